"""Save what was run to the store, under a name: the only way in which a viewer's figures outlive the visit."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Final

import ipywidgets as widgets

from workbench.errors import Fault, InputError
from workbench.panels import html
from workbench.panels.guard import guarded
from workbench.panels.own_kind import Keepable, Worked, line
from workbench.panels.rights import rights
from workbench.panels.shown import part, row
from workbench.scenarios import Scenario, open_store, run
from workbench.scenarios.loading import parse_scenarios
from workbench.scenarios.scenario import ScenarioText
from workbench.views import text_own

WORDS: Final = text_own.PAGE
LONGEST_NAME: Final = 120
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
        self._name = line(WORDS["save_name"])
        self._user = line(WORDS["save_user"])
        self._save = widgets.Button(description=WORDS["save"])
        self._save.add_class("wb-run")
        self._save.on_click(lambda _: guarded(self.save, tell))
        self._said = part("wb-said-place")
        self.add_class("wb-keep")

    def offer(self) -> None:
        """Show the box, where this server keeps anything."""
        allowed = rights()
        worked = self._worked()
        if allowed.store is None or worked is None or worked.kept is None:
            self.clear()
            return
        asked = [self._name] if allowed.signed_in else [self._name, self._user]
        self._said.value = ""
        self.children = [row(*asked, self._save), self._said]

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
        allowed = rights()
        store = allowed.kept_at()
        user = allowed.signature(self._user.value)
        worked = self._worked()
        if worked is None or worked.kept is None:
            raise InputError(WORDS["save_first"])
        name = " ".join(self._name.value.split())
        if not 0 < len(name) <= LONGEST_NAME:
            raise InputError(Fault(what=WORDS["save_no_name"], remedy=WORDS["save_no_name_remedy"]))
        made = run(scenario_of(worked.kept, user, self._of_file()), user=user)
        if not worked.kept.same(made):
            raise InputError(WORDS["save_unlike"])
        with open_store(store, user=user) as opened:
            entry = opened.save(made.record, name=name)
        self._tell("")
        saved = html.said(WORDS["saved"].format(name=entry.name, id=entry.id, user=user))
        self._said.value = f'{saved}<p><a href="scenarios?scenario=kept:{entry.id}">{WORDS["saved_open"]}</a></p>'


def scenario_of(kept: Keepable, user: str, file: str) -> Scenario:
    """Return a viewer's figures as a scenario."""
    from ruamel.yaml import YAML

    question = WORDS["question"].format(user=user, file=file)
    tree = {
        "name": OWN,
        "question": question,
        "model": kept.model,
        "base": kept.base,
        "changes": dict(kept.changes),
        "notes": [WORDS["kept_note"].format(user=user, file=file)],
    }
    written = io.StringIO()
    writer = YAML(typ="safe")
    writer.default_flow_style = False
    writer.width = 10_000
    writer.dump(tree, written)
    return parse_scenarios([ScenarioText(OWN, f"{OWN}.yaml", written.getvalue())], kept.files)
