"""The three servers that are set side by side: ours, Panel's and Streamlit's, each with the same page."""

from __future__ import annotations

import itertools
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.panels import gap
from workbench.views import text

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PEERS = ROOT / ".venv-peers" / "bin"
FIGURES = "opm"
STARTS_WITHIN = 60
GRACE = 10
QUICKLY = ["--grace-seconds", str(GRACE)]
"""A page that was left gives its kernel back soon, so that memory is that of the viewers who are there."""


@dataclass(frozen=True)
class Side:
    """One of the servers."""

    name: str
    url: str
    process: subprocess.Popen[str]


def contents() -> dict[str, Any]:
    """Return what the page shows in each state of its controls, in the order of the controls."""
    years, choice = gap.years_of(FIGURES), gap.CHOICES[FIGURES]
    states = {}
    for year, level, basis in itertools.product(years, choice.levels, choice.bases):
        page = gap.content_of(FIGURES, year, level, basis)
        key = json.dumps([text.GAP[FIGURES], year, text.GAP[level], text.GAP[basis]])
        states[key] = {
            "finding": page.finding,
            "lead": page.lead,
            "cards": [[card.label, card.value, card.unit] for card in page.cards],
            "figure": dict(page.picture.figure),
            "columns": [column.title for column in page.grid.columns],
            "rows": [[str(cell) for cell in row] for row in page.grid.rows],
            "notes": [*page.findings, *page.notes],
        }
    controls = [
        ["figures", text.CONTROLS["figures"], [text.GAP[FIGURES]]],
        ["year", text.CONTROLS["year"], list(years)],
        ["level", text.CONTROLS["lines"], [text.GAP[level] for level in choice.levels]],
        ["basis", text.CONTROLS["basis"], [text.GAP[basis] for basis in choice.bases]],
    ]
    return {"controls": controls, "states": states}


@contextmanager
def sides(folder: Path) -> Iterator[list[Side]]:
    """Start the three servers, and end them."""
    if not (PEERS / "panel").exists():
        sys.exit("Panel and Streamlit are not there: make bench-peers installs them into .venv-peers.")
    file = folder / "contents.json"
    file.write_text(json.dumps(contents()), encoding="utf-8")
    started: list[Side] = []
    try:
        started.append(_ours(folder))
        started.append(_peer("Panel", folder, _panel))
        started.append(_peer("Streamlit", folder, _streamlit))
        yield started
    finally:
        for side in started:
            side.process.terminate()
            side.process.wait(30)


def _ours(folder: Path) -> Side:
    command = [sys.executable, "-m", "workbench", "serve", "--port", "0", "--no-browser", "--no-token", *QUICKLY]
    log = (folder / "ours.log").open("w")
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, cwd=ROOT)
    found = re.search(r"http://\S+", process.stdout.readline() if process.stdout else "")
    if found is None:
        sys.exit("The workbench did not start.")
    return Side("workbench", found[0] + "gap", process)


def _panel(port: int) -> tuple[list[str], str]:
    page = str(HERE / "peers" / "panel_page.py")
    origin = f"--allow-websocket-origin=127.0.0.1:{port}"
    # --warm runs the page once before the first visitor, and so imports everything.
    return [
        str(PEERS / "panel"),
        "serve",
        page,
        "--port",
        str(port),
        "--address",
        "127.0.0.1",
        origin,
        "--warm",
    ], "panel_page"


def _streamlit(port: int) -> tuple[list[str], str]:
    page = str(HERE / "peers" / "streamlit_page.py")
    options = ["--server.headless=true", "--browser.gatherUsageStats=false", "--server.fileWatcherType=none"]
    where = [f"--server.port={port}", "--server.address=127.0.0.1"]
    return [str(PEERS / "streamlit"), "run", page, *where, *options], ""


def _peer(name: str, folder: Path, how: Callable[[int], tuple[list[str], str]]) -> Side:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command, path = how(port)
    environment = {**os.environ, "BENCH_CONTENTS": str(folder / "contents.json"), "HOME": str(folder), "PYTHONPATH": ""}
    log = (folder / f"{name}.log").open("w")
    process = subprocess.Popen(command, stdout=log, stderr=log, text=True, cwd=folder, env=environment)
    url = f"http://127.0.0.1:{port}/{path}"
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url):
                return Side(name, url, process)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
    sys.exit(f"{name} did not start: {(folder / f'{name}.log').read_text()}")
