"""What a store refuses."""

from __future__ import annotations

from workbench.errors import Fault, WorkbenchError


class StoreError(WorkbenchError):
    """The store cannot be used as asked."""


class NameTakenError(StoreError):
    """Somebody has kept something else under this name; nothing was overwritten."""


class NotKeptError(StoreError):
    """The store has no such run or scenario."""


def approved(run: str, act: str) -> StoreError:
    """Build the refusal to change an approved run."""
    return StoreError(
        Fault(
            what=f"is approved and cannot be {act}",
            value=run,
            remedy="run the scenario anew, and approve that run in its place",
        )
    )


def taken(kind: str, name: str, by: str, at: str) -> NameTakenError:
    """Build the refusal to keep something under a name that somebody else has used."""
    what = f"is taken: {by} kept another {kind} under this name at {at}; nothing was overwritten"
    return NameTakenError(Fault(what=what, value=name, remedy="choose another name"))
