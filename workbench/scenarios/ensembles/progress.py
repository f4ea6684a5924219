"""Show how far long work has come: a bar in a terminal or a notebook, and nothing where nobody looks."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any, Final

Progress = Callable[[int, int], None]
_WIDTH: Final = 30
_EVERY_SECONDS: Final = 0.1


def shown_progress(wanted: bool | Progress | None) -> Progress:
    """Return what shows progress: what is given, a bar where somebody looks (``True`` or None), or nothing."""
    if callable(wanted):
        return wanted
    if wanted is False:
        return _silent
    if _in_notebook():
        return _Notebook()
    return _Terminal() if wanted or sys.stderr.isatty() else _silent


def _silent(_done: int, _whole: int) -> None:
    """Show nothing."""


def _in_notebook() -> bool:
    # Other libraries load ipykernel too: what counts is whether a kernel runs this code.
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return getattr(shell, "kernel", None) is not None


class _Paced:
    """Shows a state at most ten times a second, and the last one always."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._last = 0.0

    def __call__(self, done: int, whole: int) -> None:
        moment = time.monotonic()
        if done < whole and moment - self._last < _EVERY_SECONDS:
            return
        self._last = moment
        passed = moment - self._began
        left = passed / done * (whole - done) if done else 0.0
        self._show(done, whole, f"{done:,} of {whole:,} draws, {left:.0f} s left")

    def _show(self, done: int, whole: int, words: str) -> None:
        raise NotImplementedError


class _Terminal(_Paced):
    def _show(self, done: int, whole: int, words: str) -> None:
        filled = _WIDTH * done // whole
        end = "\n" if done >= whole else ""
        sys.stderr.write(f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}] {words}   {end}")
        sys.stderr.flush()


class _Notebook(_Paced):
    def __init__(self) -> None:
        super().__init__()
        self._handle: Any = None

    def _show(self, done: int, whole: int, words: str) -> None:
        from IPython.display import HTML, display

        bar = HTML(  # type: ignore[no-untyped-call]  # IPython's own
            f'<progress value="{done}" max="{whole}"></progress> {words}'
        )
        if self._handle is None:
            self._handle = display(bar, display_id=True)  # type: ignore[no-untyped-call]  # the same
        else:
            self._handle.update(bar)
