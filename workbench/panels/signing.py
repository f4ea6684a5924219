"""The name under which a run is kept, and who keeps it: asked for in the same way wherever something is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import ipywidgets as widgets

from workbench.errors import Fault, InputError
from workbench.panels.own_kind import line
from workbench.panels.rights import rights
from workbench.views import text_scenarios

WORDS: Final = text_scenarios.STORE
LONGEST_NAME: Final = 120


@dataclass(frozen=True)
class Signed:
    """Where a run is kept, by whom and under which name."""

    store: str
    user: str
    name: str


class Signing:
    """The two fields; a viewer who has logged in is not asked who he is."""

    def __init__(self) -> None:
        self.name = line(WORDS["save_name"])
        self.user = line(WORDS["save_user"])

    @property
    def fields(self) -> list[widgets.Text]:
        """Those that are to be shown."""
        return [self.name] if rights().signed_in else [self.name, self.user]

    def read(self) -> Signed:
        """Return what stands in the fields; what the server allows is asked for again.

        Raises
        ------
        NotAllowedError
            Where the server keeps nothing, or nobody signs.
        InputError
            Where no name is given.
        """
        allowed = rights()
        store, user = allowed.kept_at(), allowed.signature(self.user.value)
        name = " ".join(self.name.value.split())
        if not 0 < len(name) <= LONGEST_NAME:
            raise InputError(Fault(what=WORDS["no_name"], remedy=WORDS["no_name_remedy"]))
        return Signed(store, user, name)
