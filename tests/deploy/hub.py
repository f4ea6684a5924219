"""A team's hub, started from deploy/ as an administrator would, and people who log in to it."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path

import httpx
from websockets.sync.client import connect

from tests.running import REPOSITORY

PASSWORDS = {"asha": "asha's long password", "otieno": "otieno's long password"}
ROLES = {"asha": "economist", "otieno": "viewer"}
STARTS_WITHIN = 90


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Hub:
    """A running hub."""

    def __init__(self, state: Path) -> None:
        self.state, self.log = state, state / "hub.log"
        port, api = free_ports(1)[0], self._two_in_a_row()
        self.url = f"http://127.0.0.1:{port}"
        for name, role in ROLES.items():
            add = [sys.executable, REPOSITORY / "deploy" / "people.py", state / "people.json", "add", name, role]
            subprocess.run(add, input=PASSWORDS[name] + "\n", text=True, check=True)
        environment = {
            **os.environ,
            "PYTHONPATH": str(REPOSITORY),
            "WORKBENCH_HUB_STATE": str(state),
            "WORKBENCH_HUB_URL": self.url,
            "WORKBENCH_HUB_API_PORT": str(api),
            "WORKBENCH_HUB_SPAWNER": "simple",
        }
        command = [sys.executable, "-m", "jupyterhub", "-f", str(REPOSITORY / "deploy" / "jupyterhub_config.py")]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, env=environment, cwd=state, stdout=log, stderr=log)

    @staticmethod
    def _two_in_a_row() -> int:
        while True:
            (first,) = free_ports(1)
            with socket.socket() as after:
                try:
                    after.bind(("127.0.0.1", first + 1))
                except OSError:
                    continue
                return first

    def wait(self) -> None:
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if httpx.get(self.url + "/hub/login").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.3)
        raise AssertionError(self.log.read_text())

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)


class Person(httpx.Client):
    """Somebody at the hub, with a browser's cookies."""

    def __init__(self, hub: Hub, name: str) -> None:
        super().__init__(base_url=hub.url, follow_redirects=True, timeout=60)
        self.hub, self.name = hub, name

    def log_in(self, password: str) -> httpx.Response:
        form = self.get("/hub/login").text
        token = re.search(r'name="_xsrf" value="([^"]+)"', form).group(1)
        fields = {"username": self.name, "password": password, "_xsrf": token}
        return self.post("/hub/login", data=fields, follow_redirects=False)

    def open_own(self, server: str = "") -> httpx.Response:
        """Open one's own server, as the hub's front page does, and wait until it is there."""
        home = f"/user/{self.name}/{server + '/' if server else ''}"
        self.get(f"/hub/spawn/{self.name}/{server}".rstrip("/"))
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline:
            page = self.get(home)
            if page.url.path.startswith(home) and page.status_code == 200:
                return page
            time.sleep(0.5)
        raise AssertionError(self.hub.log.read_text())

    def channel(self, kernel: str, **options):
        url = f"{self.hub.url.replace('http', 'ws')}/user/{self.name}/api/kernels/{kernel}/channels"
        request = httpx.Request("GET", f"{self.hub.url}/user/{self.name}/api/kernels/{kernel}/channels")
        self.cookies.set_cookie_header(request)
        return connect(url, additional_headers={"Cookie": request.headers.get("Cookie", "")}, **options)


def header_of(kind: str) -> dict[str, str]:
    """Return the header of a message that is written by hand."""
    return {"msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "", "session": "hand", "version": "5.3"}


def execute(channel, code: str, seconds: float = 20) -> list[dict]:
    """Ask a kernel to run code, in Jupyter's older form of messages, and return what came back."""
    content = {"code": code, "silent": False}
    message = {
        "header": header_of("execute_request"),
        "parent_header": {},
        "metadata": {},
        "content": content,
        "channel": "shell",
        "buffers": [],
    }
    channel.send(json.dumps(message))
    heard, deadline = [], time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            heard.append(json.loads(channel.recv(timeout=max(0.1, deadline - time.monotonic()))))
        except TimeoutError:
            break
        if heard[-1]["msg_type"] == "execute_reply":
            break
    return heard
