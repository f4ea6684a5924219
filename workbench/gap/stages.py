"""``wb.stages``: one line's money on its way through the stages of the budget."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.errors import Fault, InputError, unknown_name
from workbench.fiscal import FiscalYear
from workbench.gap.amounts import money, moneys, per_cent
from workbench.gap.frames import blank, rows
from workbench.gap.inputs import opened
from workbench.gap.ledger import Ledger, LedgerSide
from workbench.gap.opening import is_ledger_source
from workbench.gap.sides import prepare
from workbench.gap.stage_names import ORDER, TITLES, noun, stage_named
from workbench.gap.whole import whole_by_table
from workbench.results import Result, illustrative_notes, records, source_table

CLASSES = ("total", "recurrent", "development")


@dataclass(frozen=True, kw_only=True, eq=False)
class Stages(Result):
    """One line's amount at each stage, and what each step added or took.

    Attributes
    ----------
    steps : DataFrame
        ``stage``, ``title``, ``amount`` (KES), ``change`` from the stage before that is known (KES; positive is added),
        ``change_ratio`` (change / the stage before), ``basis``, ``table``, ``source``, ``locator``, ``mark``.
    readings : DataFrame
        Every figure that was found for a stage, and which is ``used``.
    """

    steps: pd.DataFrame
    readings: pd.DataFrame

    @property
    def table(self) -> pd.DataFrame:
        """The steps."""
        return self.steps

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The steps and the readings."""
        return {"steps": self.steps, "readings": self.readings}

    def summary(self) -> str:
        """Say where the money started and ended, and the step that changed it most."""
        known = rows(self.steps.dropna(subset="amount"))
        if not known:
            line, year = self.parameters["line"], self.parameters["financial_year"]
            return " ".join([f"{line}, {year}: no stage is known.", *self.notes])
        start, end = known[0], known[-1]
        if len(known) == 1:
            line, year = self.parameters["line"], self.parameters["financial_year"]
            told = f"{line}, {year}: only one stage is known, the {_named(start['stage'])} of {money(start['amount'])}."
            return " ".join([told, *self.notes])
        change = end["amount"] - start["amount"]
        largest = max(known[1:], key=lambda step: abs(step["change"]))
        first, last, moved, step = moneys(start["amount"], end["amount"], abs(change), abs(largest["change"]))
        ratio = f" ({per_cent(end['amount'] / start['amount'])} of it)" if start["amount"] > 0 else ""
        less = f", {moved} {'less' if change < 0 else 'more'}" if change else ", no change"
        did = "added" if largest["change"] > 0 else "took"
        way = f"{_named(start['stage'])} {first}, {_named(end['stage'])} {last}{ratio}{less}."
        most = f"The largest step, {_named(largest['stage'])}, {did} {step}."
        whose = f"{self.parameters['line']}, {self.parameters['financial_year']}:"
        return " ".join([whose, way, most if largest["change"] else "No step changed it.", *self.notes])

    def explain(self, stage: str) -> str:
        """Say what one stage did to the line."""
        known = rows(self.steps)
        step = next((one for one in known if one["stage"] == stage), None)
        if step is None:
            raise unknown_name("stage of this line", str(stage), [one["stage"] for one in known])
        if pd.isna(step["change"]):
            return f"{step['title']}: {money(step['amount'])}. It is the first stage that is known."
        before = known[known.index(step) - 1]
        did = "added" if step["change"] > 0 else "took away" if step["change"] < 0 else "changed"
        here, change, there = moneys(step["amount"], abs(step["change"]), before["amount"])
        return (
            f"{step['title']}: {here}. It {did} {change if step['change'] else 'nothing'} against the "
            f"{_named(before['stage'])} of {there}. Source: {step['source']}, {step['locator']}."
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the steps for a program, amounts in KES, None for unknown."""
        return {
            **self.parameters,
            "unit": "KES",
            "steps": records(blank(self.steps)),
            "readings": records(blank(self.readings)),
            "summary": self.summary(),
            "notes": list(self.notes),
            "sources": records(self.sources),
        }


def stages(
    figures: pd.DataFrame | Ledger | str | os.PathLike[str] | Any,  # noqa: ANN401 - or an Ibis table or connection
    *,
    vote: str | None = None,
    sector: str | None = None,
    financial_year: str | FiscalYear,
    economic_class: str = "total",
    **opening: Any,  # noqa: ANN401 - handed to open_ledger
) -> Stages:
    """Follow a sector's or a vote's money from requirement to expenditure.

    Parameters
    ----------
    figures : DataFrame, Ledger, path, Ibis table or connection
        Rows of the one table, of any stages: ``package.figures``; or a ledger, which is added up where it lies: a
        Parquet or CSV file, or a table of any Ibis connection.
    vote, sector : str
        One of them: a vote by its name, or a sector by its code.
    financial_year : str or FiscalYear
        The year.
    economic_class : {"total", "recurrent", "development"}
        Both classes together, or one.
    **opening
        How a file or a database is opened: ``table``, ``layout``, ``unit``, ``year_is``, ``blank_is_nil``, ``mark``.

    Returns
    -------
    Stages

    Raises
    ------
    UnknownNameError
        For a vote or sector that the figures do not have, and an economic class that is none.
    InputError
        For a class that is published for no stage of the line alone.

    Notes
    -----
    Where several tables tell one stage, gross is used before a basis that is not stated and that before net, then the
    table that tells most stages of the line; the others stand in ``readings``. The step from a stage on one basis to a
    stage on another mixes a real change with the difference of the bases, and a note says so. Revised estimates are the
    last supplementary; the step between them is what rounding leaves.
    """
    year = str(FiscalYear(financial_year))
    level, name = _line(vote, sector)
    if economic_class not in CLASSES:
        raise unknown_name("economic class", economic_class, CLASSES)
    if opening and not is_ledger_source(figures):
        raise InputError(Fault(what="is for files and databases, and none is given", value=", ".join(opening)))
    source = opened(figures, opening)
    if isinstance(source, LedgerSide):
        raise InputError(Fault(what="is one stage, and not the money's way", value=source.stage,
                               remedy="give the ledger itself"))  # fmt: skip
    notes = source.notes if isinstance(source, Ledger) else ()
    if isinstance(source, Ledger):
        source = _in_ledger(source, level, economic_class)
    side = prepare(source, "figures")
    _check_name(side, level, name)
    found = whole_by_table(side[(side[level] == name) & (side["financial_year"] == year)], level, economic_class)
    found = found[found["stage"].isin(ORDER) & (found["basis"] != "aia")]
    if found.empty and economic_class != "total" and year in set(side.loc[side[level] == name, "financial_year"]):
        raise InputError(Fault(what=f"has no figures for {economic_class} alone in {year}", value=name,
                               remedy="ask for total"))  # fmt: skip
    if found.empty:
        years = sorted(set(side.loc[side[level] == name, "financial_year"]) - {""})
        raise unknown_name(f"financial year of '{name}'", year, years)
    readings = _chosen(found)
    steps = _steps(readings[readings["used"]])
    sources = source_table(readings[readings["used"]])
    return Stages(
        parameters={"line": name, "level": level, "financial_year": year, "economic_class": economic_class},
        sources=sources,
        notes=(*notes, *_notes(steps, readings), *illustrative_notes(sources)),
        steps=steps,
        readings=readings,
    )


def _in_ledger(ledger: Ledger, level: str, economic_class: str) -> pd.DataFrame:
    """Add a ledger's stages up by one level, each under its own name whatever word the lines have for it."""
    held = ledger.stages
    words = {stage: word for stage in ORDER if (word := stage_named(stage, held)) in held}
    if not words:
        what = f"holds none of the stages that money passes, but {', '.join(held)}"
        raise InputError(Fault(what=what, value=ledger.name, remedy=f"they are {', '.join(ORDER)}"))
    by_class = economic_class != "total" and "economic_class" in ledger.levels
    added = ledger.figures(list(words.values()), [level, "economic_class"] if by_class else [level])
    figures = pd.concat([added[word].assign(stage=stage) for stage, word in words.items()], ignore_index=True)
    return figures if by_class else figures.assign(economic_class="total")


def _line(vote: str | None, sector: str | None) -> tuple[str, str]:
    if (vote is None) == (sector is None):
        raise InputError(Fault(what="name a vote or a sector, one of the two"))
    return ("vote", vote) if vote is not None else ("sector", str(sector))


def _check_name(side: pd.DataFrame, level: str, name: str) -> None:
    known = sorted(set(side[level]) - {""})
    if name not in known:
        raise unknown_name(level, name, known)


def _chosen(found: pd.DataFrame) -> pd.DataFrame:
    bases = ["gross", "", "net"]
    # A table that tells more stages is the better yardstick for the changes between them.
    told = found.groupby("table")["stage"].transform("nunique")
    ordered = found.assign(
        at=found["stage"].map(ORDER.index),
        rank=found["basis"].map(bases.index),
        told=-told,
        unknown=found["amount"].isna(),
    ).sort_values(["at", "unknown", "rank", "told"], kind="stable", ignore_index=True)
    used = ~ordered.duplicated("stage") & ordered["amount"].notna()
    return ordered.assign(used=used).drop(columns=["at", "rank", "told", "unknown"])


def _steps(used: pd.DataFrame) -> pd.DataFrame:
    change = used["amount"].diff().round(2)
    return used.assign(
        title=used["stage"].map(TITLES),
        change=change,
        change_ratio=change / used["amount"].shift().replace(0, float("nan")),
    )[
        ["stage", "title", "amount", "change", "change_ratio", "basis", "table", "source", "locator", "mark"]
    ].reset_index(drop=True)


def _notes(steps: pd.DataFrame, readings: pd.DataFrame) -> tuple[str, ...]:
    notes = []
    told = list(dict.fromkeys(steps["basis"]))
    if len(told) > 1:
        names = " and ".join(basis or "not stated" for basis in told)
        notes.append(f"The stages stand on different bases (gross or net): {names}.")
    missing = [TITLES[stage] for stage in ORDER if stage not in set(steps["stage"])]
    if missing:
        notes.append(f"Not published here, and not nil: {', '.join(missing)}.")
    alike = readings["amount"].notna() & (readings["basis"] != "net")
    spread = readings[alike].groupby("stage", sort=False)["amount"].agg(["min", "max"])
    apart = [TITLES[str(stage)] for stage in spread.index[spread["max"] > spread["min"] * 1.001]]
    if apart:
        notes.append(f"Several figures are published for {', '.join(apart)}; see the readings.")
    return tuple(notes)


def _named(stage: str) -> str:
    """Return a stage as it stands inside a sentence, the estimate told from its revision."""
    return "original estimate" if stage == "estimate" else noun(stage)
