"""The gap as scenarios see it: the figures of two stages, a cut, the development share, and money that is found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from workbench.datasets import Package, package_names
from workbench.errors import Fault, InputError, WorkbenchError
from workbench.gap import Gap, gap
from workbench.gap.stage_names import noun
from workbench.gap.touched import findings_of
from workbench.scenarios.models.base import (
    Core,
    Given,
    Headline,
    InYear,
    KeyColumn,
    Outcome,
    Parameter,
    in_known_years,
    rules_for_any_list,
)
from workbench.scenarios.models.files import opened, package_hashes
from workbench.scenarios.models.gap_core import GapCore
from workbench.scenarios.models.gap_figures import Figures, figures_of, is_set, named, set_amounts
from workbench.scenarios.models.gap_moves import MOVES, Moved, move


class GapModel:
    """The adapter of :func:`workbench.gap.gap`."""

    name = "gap"

    def bases(self) -> Sequence[str]:
        """Return the shipped packages that hold fiscal figures of at least two stages."""
        return [name for name in package_names() if _is_base(opened(name))]

    def parameters(self, given: Given) -> Mapping[str, Parameter]:
        """Return the stages, the year, the moves of money, and every figure by its dotted name."""
        package = opened(given.base)
        stages = tuple(sorted(package.figures["stage"].dropna().unique()))
        roles = package.descriptor.workbench
        tables = tuple(dict.fromkeys([*package.figures["resource"], *package.figures["table"].dropna()]))
        found = {
            "from": Parameter(name="from", description="The stage that is required", kind="choice", choices=stages,
                              value=roles.get("requirements", {}).get("stage")),
            "to": Parameter(name="to", description="The stage that is given", kind="choice", choices=stages,
                            value=roles.get("allocations", {}).get("stage")),
            "table": Parameter(name="table", description="The table that holds both", kind="choice", choices=tables),
        }  # fmt: skip
        if not _is_chosen(package, given):
            return found
        figures = figures_of(package, given.values.get("from"), given.values.get("to"), given.values.get("table"))
        year = given.values.get("year", figures.years[0])
        found["year"] = Parameter(name="year", description="Financial year", kind="choice", value=year,
                                  choices=figures.years)  # fmt: skip
        for move_ in MOVES:
            found[move_.name] = move_
        found["cut.rule"] = _rule("cut.rule", "The rule by which a cut allocation is shared among the lines")
        found["extra.rule"] = _rule("extra.rule", "The rule by which money that is found is shared among the gaps")
        return {**found, **figures.parameters}

    def inputs(self, given: Given) -> Mapping[str, str]:
        """Return the hashes of the package."""
        return package_hashes(opened(given.base))

    def run(self, given: Given) -> Outcome:
        """Set the two stages against each other, after the scenario's changes and moves of money."""
        moved = self._moved(given)
        result = gap(moved.requirements, moved.allocations, financial_year=moved.year)
        result = replace(result, findings=self._findings(given, moved.year, result.findings))
        lines = lines_table(result)
        tables = {"lines": lines, **result.tables, **moved.tables}
        tables.pop("sources")
        return Outcome(
            financial_year=moved.year,
            tables=tables,
            headline=_headline(result, lines),
            keys=(KeyColumn("lines", "line", "allocation", "KES"),),
            result=result,
            notes=moved.notes,
        )

    def core(self, given: Given, drawn: Iterable[str]) -> Core:
        """Make two stages ready to draw their figures, the cut and the money that is found."""
        # What is drawn must not have moved the lines already: the core does it, draw by draw.
        moves = {parameter.name for parameter in MOVES}
        still = Given(given.base, {name: value for name, value in given.values.items() if name not in moves})
        moved = self._moved(still)
        result = gap(moved.requirements, moved.allocations, financial_year=moved.year)
        return GapCore(result, self.parameters(given), given.values).core(frozenset(drawn))

    def in_years(self, given: Given, years: Sequence[str]) -> Sequence[InYear]:
        """Return the scenario in each of several years that both stages have."""
        return in_known_years(given, years, self.parameters(given)["year"].choices)

    def _findings(self, given: Given, year: str, found: pd.DataFrame) -> pd.DataFrame:
        """Return what the audit finds in the published figures that a scenario stands on, and in its own.

        A scenario that moves money leaves the printed totals behind, and with them what is wrong with them; but what it
        moves are the very figures that contradict those totals. A figure that it sets is none of the document's.
        """
        sides = self._figures(given).sides
        published = findings_of(*sides, year)
        if published.empty:
            return found
        kept = published[~is_set(published, sides, given.values)]
        return pd.concat([kept, found], ignore_index=True).drop_duplicates("message", ignore_index=True)

    def _figures(self, given: Given) -> Figures:
        package, values = opened(given.base), given.values
        if not _is_chosen(package, given):
            remedy = "set from:, to: and, where several tables hold both, table:"
            raise InputError(Fault(what="names no requirements and allocations of its own", value=given.base,
                                   remedy=remedy))  # fmt: skip
        return figures_of(package, values.get("from"), values.get("to"), values.get("table"))

    def _moved(self, given: Given) -> Moved:
        values, figures = given.values, self._figures(given)
        year = str(values.get("year", figures.years[0]))
        requirements, allocations = (set_amounts(side, values) for side in figures.sides)
        return move(requirements, allocations, year, values)


def _is_base(package: Package) -> bool:
    try:
        return len(package.figures["stage"].dropna().unique()) > 1
    except WorkbenchError:
        return False  # a package without fiscal figures, such as one of facts, is none


def _is_chosen(package: Package, given: Given) -> bool:
    roles = package.descriptor.workbench
    return {"requirements", "allocations"} <= set(roles) or {"from", "to"} <= set(given.values)


def _rule(name: str, description: str) -> Parameter:
    return Parameter(name=name, description=description, kind="choice", value="proportional",
                     choices=rules_for_any_list())  # fmt: skip


def lines_table(result: Gap) -> pd.DataFrame:
    """Return a row a line: ``line``, ``requirement``, ``allocation``, ``gap`` (KES), ``coverage`` (1 is all of it)."""
    return pd.DataFrame(
        {
            "line": named(result.lines),
            "requirement": result.lines["requirement"],
            "allocation": result.lines["allocation"],
            "gap": result.lines["gap"],
            "coverage": result.lines["funding_ratio"],
        }
    )


def _headline(result: Gap, lines: pd.DataFrame) -> tuple[Headline, ...]:
    first, second = (f"{named_[:1].upper()}{named_[1:]}" for named_ in map(noun, result.stages))
    if first == second:  # a stage beside itself, after moves of money
        first, second = f"{first} before the moves", f"{first} after the moves"
    coverage = lines["coverage"].dropna()
    return (
        Headline("requirement", first, _known(result.requirement), "KES"),
        Headline("allocation", second, _known(result.allocation), "KES"),
        Headline("gap", "Gap", _known(result.gap), "KES"),
        Headline("lowest_coverage", "Lowest coverage of a line", float(coverage.min()) if len(coverage) else None, ""),
    )


def _known(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


ADAPTER: Final = GapModel()
