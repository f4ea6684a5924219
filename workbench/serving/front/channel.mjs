// The line to the page's kernel: it opens once more when it breaks, and says what was sent in vain.
import { PROTOCOL, decode, encode } from "./messages.mjs";

const WAITS = [500, 1000, 2000, 4000, 8000, 16000];

export class Channel {
  constructor(baseUrl, kernelId, hear) {
    const session = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    this.url = `${scheme}//${location.host}${baseUrl}api/kernels/${kernelId}/channels?session_id=${session}`;
    this.session = session;
    this.hear = hear;
    this.sent = 0;
    this.failures = 0;
    this.waiting = [];
    this.opened = () => {};
    this.connect();
  }

  connect() {
    this.socket = new WebSocket(this.url, [PROTOCOL]);
    this.socket.binaryType = "arraybuffer";
    this.socket.addEventListener("message", ({ data }) => {
      if (data instanceof ArrayBuffer) this.hear(decode(data));
    });
    this.socket.addEventListener("open", () => {
      this.failures = 0;
      this.opened();
      for (const message of this.waiting.splice(0)) this.socket.send(message);
    });
    this.socket.addEventListener("close", () => {
      const wait = WAITS[this.failures];
      this.failures += 1;
      if (wait !== undefined) setTimeout(() => this.connect(), wait);
    });
  }

  // Returns the message's id, by which the kernel says that it is done with it.
  send(type, content, buffers = []) {
    this.sent += 1;
    const id = `${this.session}-${this.sent}`;
    const header = {
      msg_id: id, msg_type: type, username: "", session: this.session, date: new Date().toISOString(), version: "5.3",
    };
    const message = encode({ channel: "shell", header, content, buffers });
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(message);
    else this.waiting.push(message);
    return id;
  }
}
