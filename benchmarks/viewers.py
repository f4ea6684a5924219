"""How many viewers two cores hold who move controls, and how many may come in a minute.

    python benchmarks/viewers.py

Each viewer has the gap's page open, as a browser has: the page itself, and the channel to its kernel, over which the
year is moved at about the pace of `PACE`. A browser each would need a machine of its own, so a viewer here is a light
client that speaks what the page's front end speaks, and draws nothing. "Answer" is the time from sending the moved
control until the kernel has sent all that changes and says that it is idle again. First visitors come and go, two at
a time, as fast as they are served. Then viewers come to stay, level by level, and at last those who are there move
faster and faster, until the answer's 95th percentile passes `TOO_SLOW`: from the moves a second that were still
answered in time follows how many viewers the processors hold at `PACE`. The clients run on the same cores as the
server: what they take is in the results.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from workbench.panels.carried import STATE
from workbench.serving.channel import PROTOCOL
from workbench.views import text

ROOT = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).parent / "results" / "viewers.json"
PACE = 5.0
"""Seconds between two moves of a viewer, give or take a half."""

FASTER = (2.5, 1.25, 0.6, 0.3, 0.15)
TOO_SLOW = 1.0
"""Seconds: the 95th percentile of the answer up to which moves are answered in time."""

LEVELS = (10, 20, 40, 60)
SETTLES, MEASURED = 5.0, 15.0
"""Seconds at a level before, and while, answers count."""

COMING = 30.0
"""Seconds in which visitors come and go as fast as they are served."""

WARMS = 30.0
GRACE = 10
MOVED = text.CONTROLS["year"]
OUTPUT = re.compile(r'<script type="application/vnd\.voila\.cell-output\+json">(.*?)</script>', re.DOTALL)
CONFIG = re.compile(r'id="jupyter-config-data"[^>]*>(.*?)</script>', re.DOTALL)


class Viewer:
    """Somebody with the gap's page open, who moves the year."""

    def __init__(self, line: ClientConnection, control: str, years: int) -> None:
        self._line, self._control, self._years = line, control, years
        self._place = 0

    async def move(self) -> float:
        """Move the year and return the seconds until all that it changes has come."""
        self._place = (self._place + 1) % self._years
        data = {"method": "update", "state": {"index": self._place}, "buffer_paths": []}
        began = time.perf_counter()
        changed = await self.say("comm_msg", {"comm_id": self._control, "data": data})
        if not changed:
            raise RuntimeError("a moved control changed nothing")
        return time.perf_counter() - began

    async def say(self, kind: str, content: dict[str, Any]) -> int:
        """Send a message; return how many updates came until the kernel was done with it."""
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "", "session": "load", "version": "5.3"}
        parts = [json.dumps(part).encode() for part in (header, {}, {}, content)]
        await self._line.send(serialize_msg_to_ws_v1(parts, "shell"))
        updates = 0
        while True:
            _, heard = deserialize_msg_from_ws_v1(await self._line.recv())
            told, parent = json.loads(heard[0])["msg_type"], json.loads(heard[1])
            if parent.get("msg_id") != header["msg_id"]:
                continue
            updates += told == "comm_msg"
            if told == "status" and json.loads(heard[3])["execution_state"] == "idle":
                return updates


@asynccontextmanager
async def viewer(url: str) -> AsyncIterator[tuple[Viewer, float]]:
    """Open the page as a browser does; gives the viewer and the seconds until he had all that it shows."""
    began = time.perf_counter()
    async with httpx.AsyncClient(timeout=120) as client:
        page = await client.get(url + "gap")
        if page.status_code != httpx.codes.OK:
            raise RuntimeError(f"the page answered {page.status_code}")
        cookie = {"Cookie": "; ".join(f"{name}={value}" for name, value in client.cookies.items())}
    kernel = _found(CONFIG, page.text)["kernelId"]
    states = _found(OUTPUT, page.text)["data"][STATE]["state"]
    control, state = next(
        (id_, one["state"]) for id_, one in states.items() if one["state"].get("description") == MOVED
    )
    address = f"{url.replace('http', 'ws')}api/kernels/{kernel}/channels?session_id={uuid.uuid4().hex}"
    speaks = [Subprotocol(PROTOCOL)]
    async with connect(address, subprotocols=speaks, additional_headers=cookie, max_size=None, max_queue=None) as line:
        somebody = Viewer(line, control, len(state["_options_labels"]))
        await somebody.say("comm_open", {"comm_id": "all", "target_name": "jupyter.widget.control", "data": {}})
        await somebody.say("comm_msg", {"comm_id": "all", "data": {"method": "request_states"}})
        yield somebody, time.perf_counter() - began


def _found(pattern: re.Pattern[str], page: str) -> dict[str, Any]:
    found = pattern.search(page)
    if found is None:
        raise RuntimeError("the page is none of a dashboard")
    content: dict[str, Any] = json.loads(found[1])
    return content


class Server:
    """The workbench, started as a user starts it, without a limit that would come first."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "workbench", "serve", "--port", "0", "--no-browser", "--no-token"]
        options = ["--most-kernels", "1000", "--grace-seconds", str(GRACE)]
        self.process = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True, cwd=ROOT)
        said = self.process.stdout
        if said is None or not (entry := re.search(r"http://\S+", said.readline())):
            sys.exit("The workbench did not start.")
        self.url = entry[0]
        while not said.readline().startswith("The figures are ready."):
            pass

    def family(self) -> list[psutil.Process]:
        """Return the server, the parent of the kernels, and the kernels."""
        server = psutil.Process(self.process.pid)
        return [server, *server.children(recursive=True)]

    def seconds(self) -> float:
        """Return the processor time that it has taken since it started."""
        return sum(sum(one.cpu_times()[:2]) for one in self.family())

    def megabytes(self) -> float:
        """Return the memory that it takes, what is shared counted once."""
        return sum(one.memory_full_info().pss for one in self.family()) / 1e6


def percentile(values: list[float], of: int) -> float:
    """Return a percentile of some seconds, in milliseconds."""
    return 1000 * statistics.quantiles(values, n=100, method="inclusive")[of - 1]


async def arrivals(server: Server) -> dict[str, float]:
    """Let visitors come and go, two at a time, and return how many did in a minute and how long each waited."""
    waited: list[float] = []
    ends = time.perf_counter() + COMING

    async def come_and_go() -> None:
        while time.perf_counter() < ends:
            async with viewer(server.url) as (_, seconds):
                waited.append(seconds)

    began = time.perf_counter()
    await asyncio.gather(come_and_go(), come_and_go())
    minutes = (time.perf_counter() - began) / 60
    return {"a_minute": len(waited) / minutes, "median_ms": percentile(waited, 50), "p95_ms": percentile(waited, 95)}


class Level:
    """Viewers who stay and move the year, and what they wait."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._staying: list[asyncio.Task[None]] = []
        self.pace = PACE
        self.answers: list[float] = []

    async def grow(self, viewers: int) -> None:
        """Let viewers come, one after the other, until there are so many."""
        while len(self._staying) < viewers:
            there = asyncio.Event()
            stays = asyncio.create_task(self._stay(there))
            self._staying.append(stays)
            await asyncio.wait([stays, asyncio.ensure_future(there.wait())], return_when=asyncio.FIRST_COMPLETED)
            self.check()

    async def _stay(self, there: asyncio.Event) -> None:
        async with viewer(self._server.url) as (somebody, _):
            there.set()
            while True:
                await asyncio.sleep(self.pace * random.uniform(0.5, 1.5))  # noqa: S311 - no secret
                self.answers.append(await somebody.move())

    def check(self) -> None:
        """Raise what went wrong with a viewer."""
        for one in self._staying:
            if one.done():
                one.result()

    async def measure(self) -> dict[str, float]:
        """Return what the viewers who are there wait, and what they take."""
        await asyncio.sleep(SETTLES)
        self.answers.clear()
        began, taken, own = time.perf_counter(), self._server.seconds(), time.process_time()
        await asyncio.sleep(MEASURED)
        wall = time.perf_counter() - began
        taken, own = self._server.seconds() - taken, time.process_time() - own
        self.check()
        return {
            "viewers": len(self._staying),
            "seconds_between_moves": self.pace,
            "moves_a_second": len(self.answers) / wall,
            "median_ms": percentile(self.answers, 50),
            "p95_ms": percentile(self.answers, 95),
            "server_cores": taken / wall,
            "clients_cores": own / wall,
            "server_mb": self._server.megabytes(),
        }

    async def leave(self) -> None:
        """Close all pages."""
        for one in self._staying:
            one.cancel()
        await asyncio.gather(*self._staying, return_exceptions=True)


async def measured(server: Server) -> dict[str, Any]:
    """Return what the two parts found."""
    await asyncio.sleep(WARMS)
    coming = await arrivals(server)
    print(f"{coming['a_minute']:.0f} visitors a minute, each waits {coming['median_ms']:,.0f} ms", flush=True)
    await asyncio.sleep(2 * GRACE)
    level, steps = Level(server), []
    try:
        for viewers, pace in [*((one, PACE) for one in LEVELS), *((LEVELS[-1], one) for one in FASTER)]:
            level.pace = pace
            await level.grow(viewers)
            steps.append(await level.measure())
            print("  ".join(f"{name} {value:,.2f}" for name, value in steps[-1].items()), flush=True)
            if steps[-1]["p95_ms"] > 1000 * TOO_SLOW:
                break
    finally:
        await level.leave()
    in_time = [one for one in steps if one["p95_ms"] <= 1000 * TOO_SLOW]
    moves = max((one["moves_a_second"] for one in in_time), default=0.0)
    return {
        "seconds_between_moves": PACE,
        "too_slow_ms": 1000 * TOO_SLOW,
        "processors": psutil.cpu_count(),
        "arrivals": coming,
        "steps": steps,
        "moves_a_second_in_time": moves,
        "limit_found": len(in_time) < len(steps),
        "viewers_by_processors": int(moves * PACE),
    }


def main() -> None:
    """Measure, print, and keep the result."""
    server = Server()
    try:
        found = asyncio.run(measured(server))
    finally:
        server.process.terminate()
        server.process.wait(30)
    RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    more = "" if found["limit_found"] else " or more"
    print(f"{found['moves_a_second_in_time']:.0f}{more} moves a second, 95 of 100 answered within {TOO_SLOW:.0f} s:")
    print(f"{found['viewers_by_processors']}{more} viewers of whom each moves a control every {PACE:.0f} s")


if __name__ == "__main__":
    main()
