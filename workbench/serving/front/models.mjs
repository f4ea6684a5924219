// The widgets' models: what Python says of each, what a viewer changed, and who wants to hear of it.
import { isBinary, put, taken } from "./messages.mjs";

const same = (one, other) =>
  Object.is(one, other) || (!isBinary(one) && !isBinary(other) && JSON.stringify(one) === JSON.stringify(other));

export class Model {
  constructor(manager, id, state) {
    Object.assign(this, { widget_manager: manager, id, model_id: id, state, heard: new Map() });
    this.changed = new Set();
    this.underWay = null;
  }

  get(name) {
    return this.state[name];
  }

  set(name, value) {
    for (const key of this.take(typeof name === "object" ? name : { [name]: value })) this.changed.add(key);
  }

  // Takes new values, tells whoever listens, and returns the names of those that are new.
  take(values) {
    const news = Object.keys(values).filter((name) => !same(this.state[name], values[name]));
    for (const name of news) this.state[name] = values[name];
    for (const name of news) this.fire(`change:${name}`, this, this.state[name]);
    if (news.length) this.fire("change", this);
    return news;
  }

  on(events, callback) {
    for (const event of events.split(/\s+/)) this.heard.set(event, [...(this.heard.get(event) ?? []), callback]);
  }

  off(events, callback) {
    if (!events) this.heard.clear();
    for (const event of events?.split(/\s+/) ?? []) {
      const left = callback ? (this.heard.get(event) ?? []).filter((one) => one !== callback) : [];
      this.heard.set(event, left);
    }
  }

  fire(event, ...all) {
    for (const callback of this.heard.get(event) ?? []) callback(...all);
  }

  send(content, _callbacks, buffers = []) {
    this.widget_manager.channel.send("comm_msg", { comm_id: this.id, data: { method: "custom", content } }, buffers);
  }

  // While Python is busy with the last change, further ones wait and go together: the newest value is what counts.
  save_changes() {
    if (this.underWay || !this.changed.size) return;
    const values = Object.fromEntries([...this.changed].map((name) => [name, this.state[name]]));
    this.changed.clear();
    const { buffers, ...data } = taken(values);
    const content = { comm_id: this.id, data: { method: "update", ...data } };
    this.underWay = this.widget_manager.channel.send("comm_msg", content, buffers);
    this.widget_manager.busy.set(this.underWay, this);
  }

  done() {
    this.underWay = null;
    this.save_changes();
  }
}

export class Manager {
  constructor(states) {
    this.models = new Map();
    this.busy = new Map();
    for (const [id, { state, buffers = [] }] of Object.entries(states)) {
      const bytes = buffers.map(({ data }) => new DataView(Uint8Array.from(atob(data), (one) => one.charCodeAt(0)).buffer));
      this.add(id, put(state, buffers.map(({ path }) => path), bytes));
    }
  }

  add(id, state) {
    this.models.set(id, new Model(this, id, state));
  }

  model(reference) {
    return this.models.get(reference.replace(/^IPY_MODEL_/, ""));
  }

  async get_model(id) {
    const found = this.model(id);
    if (!found) throw new Error("there is no such widget");
    return found;
  }

  // Asks for all states at once: what changed while the line was down, or before it was up, is made good.
  askStates() {
    this.busy.clear();
    this.control = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
    this.channel.send("comm_open", { comm_id: this.control, target_name: "jupyter.widget.control", data: {} });
    this.channel.send("comm_msg", { comm_id: this.control, data: { method: "request_states" } });
    for (const model of this.models.values()) model.done();
  }

  hear({ header, parent_header, content, buffers }) {
    const kind = header.msg_type;
    if (kind === "status" && content.execution_state === "idle") this.idle(parent_header.msg_id);
    if (kind === "comm_open") {
      const { state, buffer_paths = [] } = content.data;
      if (state) this.add(content.comm_id, put(state, buffer_paths, buffers));
    } else if (kind === "comm_close") {
      this.models.delete(content.comm_id);
    } else if (kind === "comm_msg") {
      this.comm(content.comm_id, content.data, buffers);
    }
  }

  comm(id, data, buffers) {
    if (id === this.control) {
      if (data.method === "update_states") this.renew(put(data.states, data.buffer_paths, buffers));
      return;
    }
    const model = this.models.get(id);
    if (data.method === "update") model?.take(put(data.state, data.buffer_paths ?? [], buffers));
    else if (data.method === "custom") model?.fire("msg:custom", data.content, buffers);
  }

  // What a viewer changed meanwhile is newer than what Python tells.
  renew(states) {
    const known = Object.entries(states).filter(([id, { state }]) => this.models.has(id) || this.add(id, state));
    for (const [id, { state }] of known) {
      const model = this.models.get(id);
      if (!model.changed.size && !model.underWay) model.take(state);
    }
  }

  idle(id) {
    const model = this.busy.get(id);
    this.busy.delete(id);
    model?.done();
  }
}
