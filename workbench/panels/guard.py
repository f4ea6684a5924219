"""No traceback reaches a viewer: what goes wrong is said in words, and its details go to the server's log."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from typing import Any, Final, TypeVar

from workbench.errors import UnknownNameError, WorkbenchError, unknown_name
from workbench.views import text

Choice = TypeVar("Choice")


def _server_log() -> logging.Logger:
    log = logging.getLogger("workbench.panels")
    if not log.handlers:
        # sys.stderr of a kernel goes to the browser; the process's own goes to the server's log.
        log.addHandler(logging.StreamHandler(sys.__stderr__))
        log.propagate = False
    return log


LOG: Final = _server_log()


def in_words(fault: BaseException) -> str:
    """Say for a viewer what went wrong.

    What the workbench refuses says so itself; anything else is our own mistake, told in one plain sentence.
    """
    return str(fault) if isinstance(fault, WorkbenchError) else text.ERRORS["unexpected"]


def guarded(action: Callable[[], None], tell: Callable[[str], None]) -> bool:
    """Run an action; where it fails, tell the viewer in words and the log in full.

    Parameters
    ----------
    action : callable
        What a control's change sets off.
    tell : callable
        Shows words in the page's fixed place.

    Returns
    -------
    bool
        Whether it went well.
    """
    try:
        action()
    except WorkbenchError as refusal:
        tell(in_words(refusal))
        return False
    except Exception as fault:
        LOG.error("A dashboard's callback failed.", exc_info=fault)
        tell(in_words(fault))
        return False
    return True


def checked(value: Choice, allowed: tuple[Choice, ...], what: str) -> Choice:
    """Return a control's value if it is among those that it offers.

    A browser can send whatever it likes: what a control shows is a suggestion, not a guard.

    Raises
    ------
    UnknownNameError
        Where it is not.
    """
    if value not in allowed:
        raise unknown_name(what, str(value), [str(one) for one in allowed])
    return value


def is_dashboard() -> bool:
    """Whether this kernel belongs to a viewer of the dashboards, and not to a notebook of one's own."""
    return "VOILA_BASE_URL" in os.environ


def keep_tracebacks(tell: Callable[[str], None]) -> None:
    """Have a kernel that runs a dashboard say faults outside of callbacks in words too.

    A message with a value that a widget refuses fails before any callback of ours; the kernel would send the
    traceback to the browser. In a notebook of one's own everything stays as it is: an economist wants the traceback.
    """
    if not is_dashboard():
        return
    from IPython.core.getipython import get_ipython

    shell: Any = get_ipython()
    if shell is None:
        return

    def show(kind: type[BaseException], fault: BaseException, _traceback: object) -> None:
        LOG.error("A message from a browser was refused: %s: %s", kind.__name__, fault)
        tell(str(fault) if isinstance(fault, UnknownNameError) else text.ERRORS["refused"])

    shell._showtraceback = show  # noqa: SLF001 - IPython's own hook for front ends that show errors in another way
