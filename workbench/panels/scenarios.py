"""The dashboard of the scenarios: choose one or a kept run, run it, compare it, keep it, approve it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final, Literal, NamedTuple

import ipywidgets as widgets

from workbench.briefs import brief_of
from workbench.briefs.of_draws import with_draws as brief_with_draws
from workbench.panels import html
from workbench.panels.address import Address
from workbench.panels.carried import Carried
from workbench.panels.drawn import Drawn
from workbench.panels.files import KINDS, file_of
from workbench.panels.guard import checked, guarded, keep_tracebacks
from workbench.panels.page import own_style, select
from workbench.panels.progress import Progress
from workbench.panels.questions import answered, called
from workbench.panels.scenario_store import StoreBox
from workbench.panels.shown import Shown, part, row
from workbench.panels.sources import base_title, with_titles
from workbench.panels.table import Table
from workbench.scenarios import Comparison, Record, Run, Scenario, compare, ensemble, load_scenario, run, scenario_names
from workbench.scenarios.store.entry import RunEntry
from workbench.scenarios.without import without_changes
from workbench.views import text, text_scenarios
from workbench.views.content import PageContent
from workbench.views.scenario_draws import draws_page, with_draws
from workbench.views.scenarios_page import inputs_grid, scenario_page

WORDS: Final = text_scenarios.PAGE
DRAWING: Final = text_scenarios.DRAWS["drawing"]
FIRST: Final = "kdsp2-every-county-qualifies"
"""What the page opens with: it is run in a moment."""

PUBLISHED: Final = ""
KEPT: Final = "kept:"
"""What comes before a kept run's id in the choices of what is run and of what it is compared with."""


class Asked(NamedTuple):
    """What can be run: the model, the question, and the financial year, None where it has none."""

    model: str
    question: str
    year: str | None


@cache
def questions() -> dict[str, Asked]:
    """Return what the shipped scenarios ask, by name."""
    return {name: Asked(one.model, one.question, _year_of(one)) for name in scenario_names()
            for one in [load_scenario(name)]}  # fmt: skip


def _year_of(scenario: Scenario) -> str | None:
    """Return the year that a scenario is about, before it is run: the one it sets, or the one of its model."""
    year = scenario.given.values.get("year") or (
        scenario.parameters["year"].value if "year" in scenario.parameters else None
    )
    return None if year is None else str(year)


@cache
def unchanged(name: str) -> Run:
    """Return what a shipped scenario starts from, run."""
    return run(without_changes(answered(name).scenario))


@cache
def drawn(name: str) -> PageContent | None:
    """Return what the draws of a shipped scenario give; None where it asks for none."""
    return drawn_of(answered(name).scenario, progress=False)


def drawn_of(scenario: Scenario, progress: Callable[[int, int], None] | Literal[False]) -> PageContent | None:
    """Draw what a scenario says is uncertain, and return what comes of it; None where it says nothing."""
    return draws_page(ensemble(scenario, progress=progress)) if scenario.ensemble else None


def warm(name: str) -> None:
    """Run a shipped scenario, and what it starts from, so that whoever asks for them has them at once."""
    answered(name)
    unchanged(name)
    drawn(name)


class ScenariosPage(Carried):
    """Choose, run, compare, keep, approve."""

    def __init__(self) -> None:
        self._answer: Run | None = None
        self._compared_with: tuple[Comparison, str] | None = None
        self._draws: PageContent | None = None
        self._store = StoreBox(lambda: self._answer, self._offer)
        self._scenario = select(WORDS["scenario"], self._runnable(), FIRST)
        self._against = select(WORDS["against"], [(WORDS["published"], PUBLISHED)], PUBLISHED)
        self._run = widgets.Button(description=WORDS["run"])
        self._run.add_class("wb-run")
        self._question = part("wb-question")
        self._heading = part("wb-heading")
        self._error = part("wb-error-place")
        self._progress = Progress()
        self._inputs = Table()
        self._inputs.add_class("wb-inputs-place")
        self._drawn = Drawn()
        self._address = Address(self._state(), self.restore, self._store.refresh)
        self._shown = Shown(self._file, self._address)
        controls = row(self._scenario, self._against, self._run)
        shown = [self._progress, self._inputs, self._drawn, self._shown, self._store]
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
                self._scenario.value = checked(asked["scenario"], self._names(), text.OFFERED["scenario"])
            if "against" in asked:
                self._against.value = checked(asked["against"], self._compared(), text.OFFERED["against"])
            self._work()

        guarded(follow, self.tell)

    def _work(self) -> None:
        name = self._chosen_name()
        against = checked(self._against.value, self._compared(), text.OFFERED["against"])
        with self._progress.steps(WORDS["running"]):
            answer = self._run_of(name)
            compared = compare(self._baseline(answer, name, against), answer)
            page = with_titles(scenario_page(answer, compared, self._named(against), base_title(answer.record)))
            inputs = inputs_grid(compared)
            draws = self._draws_of(answer, name)
        page = page if draws is None else with_draws(page, draws)
        self._answer, self._compared_with, self._draws = answer, (compared, self._named(against)), draws
        self._drawn.show(draws)
        self._heading.value = html.heading(page)
        self._inputs.show(inputs)
        self._shown.show(page, KINDS)
        self._address.state = self._state()
        self._question.value = ""  # it stands above the figures now
        self.tell("")

    def _run_of(self, name: str) -> Run:
        return self._store.again(name.removeprefix(KEPT)) if name.startswith(KEPT) else answered(name)

    def _draws_of(self, answer: Run, name: str) -> PageContent | None:
        if answer.scenario.ensemble:
            self._progress.at(DRAWING)
        if name.startswith(KEPT):
            return drawn_of(answer.scenario, self._tell_draws)
        return drawn(name)

    def _tell_draws(self, done: int, wanted: int) -> None:
        self._progress.at(DRAWING, done, wanted)

    def _baseline(self, answer: Run, name: str, against: str) -> Run | Record:
        if against == PUBLISHED:
            return run(without_changes(answer.scenario)) if name.startswith(KEPT) else unchanged(name)
        if against.startswith(KEPT):
            return self._store.record(against.removeprefix(KEPT))
        return answered(against)

    def _named(self, against: str) -> str:
        return next(shown for shown, value in self._options() if value == against)

    def _kept(self) -> dict[str, RunEntry]:
        """Return the runs that the store lists; an ensemble is no figure of one run."""
        return {f"{KEPT}{one.id}": one for one in self._store.entries if one.kind == "run"}

    def _runnable(self) -> list[tuple[str, str]]:
        """Return what can be run: the shipped scenarios, and what is kept."""
        option, kept = WORDS["option"], WORDS["kept"]
        shipped = [(option.format(name=called(name), model=model), name) for name, (model, *_) in questions().items()]
        return shipped + [
            (option.format(name=kept.format(name=one.name), model=one.model), name)
            for name, one in self._kept().items()
        ]

    def _names(self) -> tuple[str, ...]:
        return (*questions(), *self._kept())

    def _chosen_name(self) -> str:
        name: str = checked(self._scenario.value, self._names(), text.OFFERED["scenario"])
        return name

    def _asks(self, name: str) -> Asked:
        """Return what something asks that can be run."""
        if name in questions():
            return questions()[name]
        entry = self._kept()[name]
        return Asked(entry.model, entry.question, entry.financial_year)

    def _options(self) -> list[tuple[str, str]]:
        """Return what the chosen scenario can be compared with: runs of its model about its year."""
        name = self._chosen_name()
        model, _, year = self._asks(name)
        others = [
            (called(one), one)
            for one, asked in questions().items()
            if (asked.model, asked.year) == (model, year) and one != name
        ]
        kept = [
            (WORDS["kept"].format(name=one.name), key)
            for key, one in self._kept().items()
            if (one.model, one.financial_year) == (model, year) and key != name
        ]
        return [(WORDS["published"], PUBLISHED), *others, *kept]

    def _compared(self) -> tuple[str, ...]:
        return tuple(value for _, value in self._options())

    def _offer_kept(self) -> None:
        """Offer what is kept now among what can be run; the choice stays where it was."""
        before = self._scenario.value
        self._scenario.unobserve(self._chosen, names="value")
        self._scenario.options = self._runnable()
        self._scenario.value = before if before in self._names() else FIRST
        self._scenario.observe(self._chosen, names="value")

    def _offer(self) -> None:
        """Offer what is kept now."""
        self._offer_kept()
        self._offer_compared()

    def _offer_compared(self) -> None:
        before, options = self._against.value, self._options()
        self._against.options = options
        self._against.value = before if before in self._compared() else PUBLISHED

    def _ask(self) -> None:
        self._question.value = html.plain(self._asks(self._chosen_name()).question)

    def _chosen(self, _change: object) -> None:
        def follow() -> None:
            self._ask()
            self._offer_compared()
            self.tell("")

        guarded(follow, self.tell)

    def _state(self) -> dict[str, str]:
        return {"scenario": str(self._scenario.value), "against": str(self._against.value)}

    def _file(self, kind: str) -> tuple[str, bytes]:
        if self._answer is None or self._compared_with is None:
            return file_of(None, kind, "")
        entry, (comparison, named) = self._answer.entry, self._compared_with
        of = f"scenario-{self._answer.scenario.name}" if entry is None else f"run-{entry.name}"
        brief = brief_of(comparison)
        brief = brief if self._draws is None else brief_with_draws(brief, self._draws)
        return file_of(brief, kind, of if named == WORDS["published"] else f"{of} against {named}")


def scenarios_panel() -> ScenariosPage:
    """Return the dashboard."""
    return ScenariosPage()
