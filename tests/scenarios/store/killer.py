"""Started by ``test_killed.py``: writers that are killed with ``kill -9`` at random points, and what is left after each.

One process imports everything and forks a writer a round, so that 200 rounds take seconds. A writer tells each run
that the store said was saved by one atomic write to a pipe, so that whatever was told was really saved.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time

from tests.scenarios.samples import sample_record
from workbench.scenarios.store import open_store

ID_BYTES = 13
PATIENCE_SECONDS = 30


def write_until_killed(path, pipe):
    with open_store(path, user="writer") as store:
        for number in range(10_000):
            run = store.save(sample_record(float(number)), tags=["a", "b"]).id
            os.write(pipe, f"{run}\n".encode())
            store.note(run, "kept")
            if number % 3 == 0:
                store.approve(run)


def one_round(path, wait, *, after_a_run):
    """Kill a writer after some seconds: since it was started, or since it told of its first run, however slow it is."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            write_until_killed(path, writing)
        finally:
            os._exit(1)
    os.close(writing)
    if after_a_run:
        select.select([reading], [], [], PATIENCE_SECONDS)
    time.sleep(wait)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told = b""
    while chunk := os.read(reading, 65536):
        told += chunk
    os.close(reading)
    assert len(told) % ID_BYTES == 0
    return told.decode().split()


def main(path, rounds, seed):
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    saved, faults = [], []
    for number in range(rounds):
        saved += one_round(path, chance.uniform(0.0, 0.06), after_a_run=number % 2 == 1)
        with open_store(path, user="reader") as store:
            kept = {run.id for run in store.runs(limit=None)}
            found = store.verify()
        faults += list(found.faults)
        faults += [f"run {run} was told to be saved and is lost" for run in saved if run not in kept]
    print(json.dumps({"saved": len(saved), "kept": len(kept), "entries": found.entries, "faults": faults}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
