"""Save what was run to the store, under a name: the only way in which a viewer's figures outlive the visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import ipywidgets as widgets

from workbench.errors import InputError
from workbench.panels import html
from workbench.panels.guard import guarded
from workbench.panels.own_kind import Keepable, Worked
from workbench.panels.rights import rights
from workbench.panels.shown import part, row
from workbench.panels.signing import Signing
from workbench.scenarios import Scenario, open_store, run
from workbench.scenarios.writing import write_scenario
from workbench.views import text_own, text_scenarios

WORDS: Final = text_own.PAGE
SAVED: Final = text_scenarios.STORE["saved"]
OWN: Final = "own-figures"
"""The name of the scenario that a viewer's figures make."""


class KeepBox(widgets.VBox):
    """Name, signature and button; there only where the server keeps runs, and once there is something to keep.

    Parameters
    ----------
    worked : callable
        Returns what was run, None where nothing was.
    file : callable
        Returns what its figures are called.
    tell : callable
        Shows words in the page's fixed place.
    """

    def __init__(
        self, worked: Callable[[], Worked | None], file: Callable[[], str], tell: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._worked, self._of_file, self._tell = worked, file, tell
        self._signing = Signing()
        self._name, self._user = self._signing.name, self._signing.user
        self._save = widgets.Button(description=WORDS["save"])
        self._save.add_class("wb-run")
        self._save.on_click(lambda _: guarded(self.save, tell))
        self._said = part("wb-said-place")
        self.add_class("wb-keep")

    def offer(self) -> None:
        """Show the box, where this server keeps anything."""
        worked = self._worked()
        if rights().store is None or worked is None or worked.kept is None:
            self.clear()
            return
        self._said.value = ""
        self.children = [row(*self._signing.fields, self._save), self._said]

    def clear(self) -> None:
        """Show nothing."""
        self.children = []

    def save(self) -> None:
        """Run the figures once more as a scenario, and keep the run if it gives what is shown.

        Raises
        ------
        NotAllowedError
            Where the server keeps nothing, or nobody signs.
        InputError
            Where nothing was run, no name is given, or the scenario would give other figures.
        """
        signed = self._signing.read()
        worked = self._worked()
        if worked is None or worked.kept is None:
            raise InputError(WORDS["save_first"])
        made = run(scenario_of(worked.kept, signed.user, self._of_file()), user=signed.user)
        if not worked.kept.same(made):
            raise InputError(WORDS["save_unlike"])
        with open_store(signed.store, user=signed.user) as opened:
            entry = opened.save(made.record, name=signed.name)
        self._tell("")
        saved = html.said(SAVED.format(name=entry.name, id=entry.id, user=signed.user))
        self._said.value = f'{saved}<p><a href="scenarios?scenario=kept:{entry.id}">{WORDS["saved_open"]}</a></p>'


def scenario_of(kept: Keepable, user: str, file: str) -> Scenario:
    """Return a viewer's figures as a scenario."""
    return write_scenario(
        OWN,
        WORDS["question"].format(user=user, file=file),
        model=kept.model,
        base=kept.base,
        changes=kept.changes,
        notes=[WORDS["kept_note"].format(user=user, file=file)],
        files=kept.files,
    )
