"""A parent process that has everything imported and forks a kernel in no time.

A kernel that starts from nothing imports NumPy, pandas and the widgets for seconds, for every viewer. This process
imports them once; each kernel is a fork of it, ready in a fraction of a second, and shares its memory. It takes one
JSON order a line on standard input, answers each with one line, and ends, with all its kernels, when the input ends:
a server that is killed leaves no orphan behind.

It must stay a single thread: a fork of a threaded process can hang.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import random
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from typing import Any, Final, NoReturn, TextIO, TypeVar

PRELOADED: Final = (
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "IPython.core.completer",
    "numpy",
    "pandas",
    "ipywidgets",
    "anywidget",
    "workbench.panels.preload",
)
"""Imported before the first fork. A module that starts a thread on import must not be among them."""

KERNEL_OPTIONS: Final = (
    "--IPKernelApp.capture_fd_output=False",  # the log is the server's, not the browser's
    "--HistoryManager.enabled=False",
)

DONE: Final = object()
Answer = TypeVar("Answer")

GRACE_SECONDS: Final = 2.0
QUIET_SECONDS: Final = 1.0


def main() -> None:
    """Serve orders until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to handle
    orders, answers = sys.stdin, os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # a stray print must not look like an answer
    for name in PRELOADED:
        importlib.import_module(name)
    preload = importlib.import_module(PRELOADED[-1])
    _attempt(preload.warm_first)
    _share()
    kernels: set[int] = set()
    _answer(answers, {"ready": True})
    for order in _lines(orders, preload.warm_rest()):
        if order["do"] == "fork":
            pid = os.fork()
            if pid == 0:
                os.close(answers.fileno())  # the parent's alone; the orders' pipe goes with descriptor 0
                _become_kernel(order)
            kernels.add(pid)
            _answer(answers, {"pid": pid})
        elif order["do"] == "ask warmed":
            _answer(answers, {"warmed": order["warmed"]})
        elif order["do"] == "headlines":
            _answer(answers, {"headlines": _attempt(importlib.import_module("workbench.panels.home").headlines)})
        else:
            _answer(answers, {"status": _status(order["pid"], kernels)})
    _end(kernels)


def _lines(orders: TextIO, rest: Iterator[None]) -> Iterator[dict[str, Any]]:
    """Give the orders as they come, and do the rest of the work while there is none.

    Whoever sends an order waits for its answer before the next, so none is ever left in the buffer unseen. After a
    kernel was forked the processors are its viewer's for a moment.
    """
    busy, wait = True, 0.0
    while True:
        while busy and not select.select([orders], [], [], wait)[0]:
            busy, wait = _went_on(rest), 0.0
        line = orders.readline()
        if not line:
            return
        wait = QUIET_SECONDS
        yield {**json.loads(line), "warmed": not busy}


def _went_on(rest: Iterator[None]) -> bool:
    """Do one piece of the rest; tell whether there is more."""
    if _attempt(lambda: next(rest, DONE)) is DONE:
        _share()
        return False
    return True


def _attempt(work: Callable[[], Answer]) -> Answer | None:
    """Return what some work gives, None where it fails.

    That ends no viewer's kernel: what cannot be computed ahead is told in words to the viewer who asks for it.
    """
    try:
        return work()
    except Exception:  # noqa: BLE001 - the log has it, and this process is everybody's
        traceback.print_exc()
        return None


def _share() -> None:
    """Keep the collector from what is there: it would touch, and so copy, every page that the kernels share."""
    gc.collect()
    gc.freeze()


def _answer(answers: TextIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _status(pid: int, kernels: set[int]) -> int | None:
    """Return a kernel's exit status, None while it runs."""
    if pid not in kernels:
        return 0
    done, status = os.waitpid(pid, os.WNOHANG)
    if done == 0:
        return None
    kernels.discard(pid)
    return os.waitstatus_to_exitcode(status)


def _end(kernels: set[int]) -> None:
    """Ask every kernel to end, and make those that do not within the grace."""
    for pid in kernels:
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while kernels and time.monotonic() < deadline:
        for pid in tuple(kernels):
            _status(pid, kernels)
        time.sleep(0.02)
    for pid in kernels:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _become_kernel(order: dict[str, Any]) -> NoReturn:
    """Turn this fork into an IPython kernel of its own session; never returns."""
    status = 1
    try:
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.environ.clear()
        os.environ.update(order["env"])
        os.chdir(order["cwd"])
        gc.unfreeze()
        random.seed()
        _seed_numpy()
        import ipywidgets
        from ipykernel.kernelapp import IPKernelApp

        kernel = IPKernelApp.instance()
        kernel.parent_handle = os.getppid()
        kernel.initialize([*order["arguments"], *KERNEL_OPTIONS])
        ipywidgets.load_ipython_extension(kernel.shell)  # imported before there was a kernel, it found none to join
        kernel.start()
        status = 0
    finally:
        os._exit(status)


def _seed_numpy() -> None:
    """Seed NumPy's global generator anew: two viewers must not draw the same numbers."""
    import numpy as np

    np.random.seed(int.from_bytes(os.urandom(4), "little"))  # noqa: NPY002 - the global one is what a fork would share


if __name__ == "__main__":
    main()
