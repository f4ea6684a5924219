"""What a viewer of the dashboards may do beyond looking: keep runs, approve them, bring a file of some size.

The server says it once, in the environment of the kernels, where no message of a browser reaches. It is asked again
in every callback: a button that is hidden or greyed guards nothing.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Final

from workbench.errors import Fault, WorkbenchError
from workbench.views import text

STORE: Final = "WORKBENCH_SERVE_STORE"
APPROVERS: Final = "WORKBENCH_SERVE_APPROVERS"
UPLOAD: Final = "WORKBENCH_SERVE_UPLOAD_MEGABYTES"
SIGNED_IN: Final = "JUPYTERHUB_USER"
"""Where JupyterHub tells the name under which somebody has logged in."""

MEGABYTES: Final = 5
LONGEST_NAME: Final = 80


class NotAllowedError(WorkbenchError):
    """The viewer has no right to do this."""


@dataclass(frozen=True)
class Rights:
    """What the server lets this kernel's viewer do.

    Attributes
    ----------
    store : str or None
        Where runs are kept; None where nothing is.
    approvers : tuple of str
        Who may approve.
    signed_in : str or None
        The name under which the viewer has logged in to JupyterHub; None without it.
    upload_megabytes : int
        The largest file that the viewer may bring.
    """

    store: str | None = None
    approvers: tuple[str, ...] = ()
    signed_in: str | None = None
    upload_megabytes: int = MEGABYTES

    def kept_at(self) -> str:
        """Return where runs are kept.

        Raises
        ------
        NotAllowedError
            Where the server keeps nothing.
        """
        if self.store is None:
            raise NotAllowedError(Fault(what=text.RIGHTS["no_store"], remedy=text.RIGHTS["no_store_remedy"]))
        return self.store

    def signature(self, typed: str) -> str:
        """Return the name under which something is kept: the login's, or what was typed, marked as unproved.

        Raises
        ------
        NotAllowedError
            Where there is neither.
        """
        if self.signed_in is not None:
            return self.signed_in
        name = " ".join(typed.split())
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            raise NotAllowedError(Fault(what=text.RIGHTS["no_name"], remedy=text.RIGHTS["no_name_remedy"]))
        return unproved(name)

    @property
    def approver(self) -> str | None:
        """The name under which this viewer may approve; None where he may not.

        Behind JupyterHub it is the login's, if it is among the approvers. Without it the server is one person's own,
        and speaks for the one approver that it was started for.
        """
        if self.store is None:
            return None
        if self.signed_in is not None:
            return self.signed_in if self.signed_in in self.approvers else None
        return self.approvers[0] if len(self.approvers) == 1 else None

    def approving(self) -> str:
        """Return the name under which a run is approved.

        Raises
        ------
        NotAllowedError
            Where this viewer may not.
        """
        self.kept_at()
        if self.approver is None:
            raise NotAllowedError(Fault(what=text.RIGHTS["no_right"], remedy=text.RIGHTS["no_right_remedy"]))
        return self.approver


def unproved(name: str) -> str:
    """Return a name that somebody typed, marked as such."""
    return text.RIGHTS["unproved"].format(name=name)


def hand_to_kernels(store: str | None, approvers: tuple[str, ...], upload_megabytes: int) -> None:
    """Say in this process's environment, which its kernels inherit, what their viewers may do."""
    os.environ[STORE] = _whole_address(store) if store else ""
    os.environ[APPROVERS] = json.dumps(approvers)
    os.environ[UPLOAD] = str(upload_megabytes)


def _whole_address(store: str) -> str:
    from workbench.scenarios.store.place import store_url  # needs a database library, and most servers keep nothing

    # Kernels work in another folder: a relative path would name another file there.
    return store_url(store).render_as_string(hide_password=False)


def rights() -> Rights:
    """Return what the server lets this kernel's viewer do; without a server, nothing."""
    return Rights(
        store=os.environ.get(STORE) or None,
        approvers=tuple(json.loads(os.environ.get(APPROVERS) or "[]")),
        signed_in=os.environ.get(SIGNED_IN) or None,
        upload_megabytes=int(os.environ.get(UPLOAD) or MEGABYTES),
    )
