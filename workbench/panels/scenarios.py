"""The dashboard of the scenarios: choose one, run it, compare it, keep it, approve it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

import ipywidgets as widgets

from workbench.panels import html
from workbench.panels.address import Address
from workbench.panels.carried import Carried
from workbench.panels.files import KINDS, file_of
from workbench.panels.guard import checked, guarded, keep_tracebacks
from workbench.panels.page import own_style, select
from workbench.panels.progress import Progress
from workbench.panels.questions import answered, called
from workbench.panels.scenario_store import StoreBox
from workbench.panels.shown import Shown, part, row
from workbench.panels.sources import base_title, with_titles
from workbench.panels.table import Table
from workbench.scenarios import Record, Run, compare, load_scenario, run, scenario_names
from workbench.scenarios.without import without_changes
from workbench.views import text, text_scenarios
from workbench.views.scenarios_page import inputs_grid, scenario_page

WORDS: Final = text_scenarios.PAGE
FIRST: Final = "kdsp2-every-county-qualifies"
"""What the page opens with: it is run in a moment."""

PUBLISHED: Final = ""
KEPT: Final = "kept:"
"""What comes before a kept run's id in the choice of what is compared with."""


@cache
def questions() -> dict[str, tuple[str, str]]:
    """Return the shipped scenarios: model and question by name."""
    return {name: (one.model, one.question) for name in scenario_names() for one in [load_scenario(name)]}


@cache
def unchanged(name: str) -> Run:
    """Return what a shipped scenario starts from, run."""
    return run(without_changes(answered(name).scenario))


def warm(name: str) -> None:
    """Run a shipped scenario, and what it starts from, so that whoever asks for them has them at once."""
    answered(name)
    unchanged(name)


class ScenariosPage(Carried):
    """Choose, run, compare, keep, approve."""

    def __init__(self) -> None:
        self._answer: Run | None = None
        named = [(WORDS["option"].format(name=called(name), model=questions()[name][0]), name) for name in questions()]
        self._scenario = select(WORDS["scenario"], named, FIRST)
        self._against = select(WORDS["against"], [(WORDS["published"], PUBLISHED)], PUBLISHED)
        self._run = widgets.Button(description=WORDS["run"])
        self._run.add_class("wb-run")
        self._question = part("wb-question")
        self._heading = part("wb-heading")
        self._error = part("wb-error-place")
        self._progress = Progress()
        self._inputs = Table()
        self._inputs.add_class("wb-inputs-place")
        self._address = Address(self._state(), self.restore)
        self._shown = Shown(self._file, self._address)
        self._store = StoreBox(lambda: self._answer, self._offer)
        controls = row(self._scenario, self._against, self._run)
        shown = [self._progress, self._inputs, self._shown, self._store]
        super().__init__([*own_style(), self._heading, controls, self._question, self._error, *shown])
        self.add_class("wb-page")
        keep_tracebacks(self.tell)
        self._scenario.observe(self._chosen, names="value")
        self._run.on_click(lambda _: self.run())
        self._store.begin()
        self._offer()
        self.run()

    def tell(self, words: str) -> None:
        """Show words in the fixed place for errors; empty words clear it."""
        self._error.value = html.error(words)

    def run(self) -> None:
        """Run the scenario that is chosen, and compare it."""
        guarded(self._work, self.tell)

    def restore(self, asked: Mapping[str, str]) -> None:
        """Choose and run what an address asks for; what is not offered is told."""

        def follow() -> None:
            if "scenario" in asked:
                self._scenario.value = checked(asked["scenario"], tuple(questions()), text.OFFERED["scenario"])
            if "against" in asked:
                self._against.value = checked(asked["against"], self._compared(), text.OFFERED["against"])
            self._work()

        guarded(follow, self.tell)

    def _work(self) -> None:
        name = self._chosen_name()
        against = checked(self._against.value, self._compared(), text.OFFERED["against"])
        with self._progress.steps(WORDS["running"]):
            answer = answered(name)
            baseline = self._baseline(name, against)
            compared = compare(baseline, answer)
            page = with_titles(scenario_page(answer, compared, self._named(against), base_title(answer.record)))
            inputs = inputs_grid(compared)
        self._answer = answer
        self._heading.value = html.heading(page)
        self._inputs.show(inputs)
        self._shown.show(page, KINDS)
        self._address.state = self._state()
        self._question.value = ""  # it stands above the figures now
        self.tell("")

    def _baseline(self, name: str, against: str) -> Run | Record:
        if against == PUBLISHED:
            return unchanged(name)
        if against.startswith(KEPT):
            return self._store.record(against.removeprefix(KEPT))
        return answered(against)

    def _named(self, against: str) -> str:
        return next(shown for shown, value in self._options() if value == against)

    def _options(self) -> list[tuple[str, str]]:
        """Return what the chosen scenario can be compared with: runs of its model."""
        name = self._chosen_name()
        model = questions()[name][0]
        others = [(called(one), one) for one, (of, _) in questions().items() if of == model and one != name]
        kept = [
            (WORDS["kept"].format(name=one.name), f"{KEPT}{one.id}")
            for one in self._store.entries
            if one.model == model
        ]
        return [(WORDS["published"], PUBLISHED), *others, *kept]

    def _compared(self) -> tuple[str, ...]:
        return tuple(value for _, value in self._options())

    def _offer(self) -> None:
        before, options = self._against.value, self._options()
        self._against.options = options
        self._against.value = before if before in self._compared() else PUBLISHED

    def _chosen_name(self) -> str:
        return str(checked(self._scenario.value, tuple(questions()), text.OFFERED["scenario"]))

    def _ask(self) -> None:
        _, question = questions()[self._chosen_name()]
        self._question.value = html.plain(question)

    def _chosen(self, _change: object) -> None:
        def follow() -> None:
            self._ask()
            self._offer()
            self.tell("")

        guarded(follow, self.tell)

    def _state(self) -> dict[str, str]:
        return {"scenario": str(self._scenario.value), "against": str(self._against.value)}

    def _file(self, kind: str) -> tuple[str, bytes]:
        return file_of(self._answer, kind, f"scenario-{self._answer.scenario.name if self._answer else ''}")


def scenarios_panel() -> ScenariosPage:
    """Return the dashboard."""
    return ScenariosPage()
