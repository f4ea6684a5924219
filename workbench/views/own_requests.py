"""Requests that a user brings: met from an envelope by a rule, and shown as a page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from workbench.allocation import Allocation, allocate, find_rule
from workbench.allocation.claims_file import is_total
from workbench.datasets.form_reading import FilledForm
from workbench.errors import Fault, InputError
from workbench.fiscal import UNITS, fitting_unit
from workbench.results import source_table
from workbench.views import text_own
from workbench.views.bars import Series, bars
from workbench.views.content import Card, Column, Grid, PageContent, grid
from workbench.views.numbers import TOGETHER, number, percent
from workbench.views.picture import Picture
from workbench.views.style import BLUE, ORANGE

WORDS: Final = text_own.REQUESTS
MILLION: Final = 1e6
MOST_BARS: Final = 25
ALIKE: Final = 0.0005
"""Shares of one that differ by less read the same."""


@dataclass(frozen=True, eq=False)
class Requests:
    """Requests as a user wrote them, checked.

    Attributes
    ----------
    file : str
        What they are called.
    lines : DataFrame
        By row of the sheet: ``line`` (what a row is called), ``financial_year``, ``claim``, ``floor``, ``ceiling``
        (KES, blank is NaN), ``weight``, ``document``.
    """

    file: str
    lines: pd.DataFrame

    @property
    def years(self) -> tuple[str, ...]:
        """The financial years that are asked for, in order."""
        return tuple(sorted(self.lines["financial_year"].unique()))


def read_requests(form: FilledForm) -> Requests:
    """Read requests from a filled form.

    Raises
    ------
    InputError
        With every fault: of a cell, and of a floor, ceiling or weight that cannot be.
    """
    table, faults = form.read()
    unit = table["unit"].map(UNITS).astype("float64")
    lines = pd.DataFrame(
        {
            "line": _names(table),
            "financial_year": table["financial_year"],
            "claim": (table["amount"] * unit).round(2),
            "floor": (table["floor"] * unit).round(2),
            "ceiling": (table["ceiling"] * unit).round(2),
            "weight": table["weight"],
            "document": table["source"],
        }
    )
    faults += _limit_faults(lines, table, form)
    if faults:
        raise form.refusal(faults)
    return Requests(form.file, lines)


def _names(table: pd.DataFrame) -> pd.Series[Any]:
    def name(row: dict[str, Any]) -> str:
        parts = [row[key] for key in ("vote", "programme", "sub_programme") if row[key] is not None]
        split = [] if row["economic_class"] in ("total", None) else [row["economic_class"]]
        return " / ".join([*parts, *split])

    cells = table.astype(object).where(table.notna(), None).to_dict("records")
    return pd.Series([name({str(key): cell for key, cell in row.items()}) for row in cells], index=table.index)


def _limit_faults(lines: pd.DataFrame, table: pd.DataFrame, form: FilledForm) -> list[Fault]:
    wrong = (
        ("floor", lines["floor"] > lines["claim"], WORDS["floor_high"], WORDS["limit_remedy"]),
        ("floor", lines["floor"] > lines["ceiling"], WORDS["floor_ceiling"], WORDS["limit_remedy"]),
        ("weight", lines["weight"] <= 0, WORDS["weight"], WORDS["weight_remedy"]),
    )
    found = [
        Fault(what=what, file=form.file, sheet=form.sheet, row=int(row), column=column, remedy=remedy,
              value=number(table.loc[row, column], 0))
        for column, where, what, remedy in wrong
        for row in lines.index[where]
    ]  # fmt: skip
    found += [
        Fault(what=WORDS["total_row"], file=form.file, sheet=form.sheet, row=int(row), column=column,
              remedy=WORDS["total_remedy"], value=name)
        for column in ("vote", "programme", "sub_programme")
        for row, name in zip(table.index.tolist(), table[column].tolist(), strict=True)
        if isinstance(name, str) and is_total(name)
    ]  # fmt: skip
    return sorted(found, key=lambda fault: fault.row or 0)


def share_out(requests: Requests, year: str, envelope: str, rule: str) -> Allocation:
    """Meet the requests of one year from an envelope.

    Parameters
    ----------
    requests : Requests
    year : str
        One of the requests' years.
    envelope : str
        As people write it: ``KSh 500 million``.
    rule : str
        One of :data:`workbench.allocation.RULES`.

    Raises
    ------
    InputError
        For an unknown amount, with its row, and for an envelope that cannot be shared out.
    """
    lines = requests.lines[requests.lines["financial_year"] == year]
    if lines.empty:
        raise InputError(Fault(what=WORDS["no_year"], value=requests.file, remedy=", ".join(requests.years)))
    unknown = [
        Fault(what=WORDS["unknown"], row=int(row), column="amount", remedy=WORDS["unknown_remedy"])
        for row in lines.index[lines["claim"].isna()]
    ]
    if unknown:
        raise InputError(unknown)
    by_line = lines.set_index("line")
    given: dict[str, Any] = {
        f"{name}s": by_line[name].dropna() for name in ("floor", "ceiling") if by_line[name].notna().any()
    }  # fmt: skip
    if _weighs(rule) and by_line["weight"].notna().any():
        given["weights"] = by_line["weight"].fillna(1.0)
    return allocate(envelope, by_line["claim"], rule=rule, sources=_sources(requests, lines), **given)


def _weighs(rule: str) -> bool:
    return "weights" in find_rule(rule).per_claimant


def _sources(requests: Requests, lines: pd.DataFrame) -> pd.DataFrame:
    rows = [
        text_own.PAGE["given_row" if pd.isna(document) else "given_document"].format(row=row, document=document)
        for row, document in zip(lines.index, lines["document"], strict=True)
    ]
    given = text_own.PAGE["given"].format(file=requests.file)
    return source_table(pd.DataFrame({"source": given, "locator": rows, "mark": "one source"}))


def requests_page(result: Allocation, requests: Requests, year: str) -> PageContent:
    """Return the page of requests that were met from an envelope."""
    rule = result.rule.name.replace("_", " ")
    used = requests.lines[requests.lines["financial_year"] == year]
    notes = [text_own.PAGE["given_note"].format(file=requests.file), result.rule.meaning, *result.notes]
    if used["weight"].notna().any() and not _weighs(result.rule.name):
        notes.append(WORDS["weights_unused"].format(rule=rule))
    return PageContent(
        finding=_finding(result, year),
        lead=WORDS["lead"].format(count=len(result.claims), rule=rule),
        cards=_cards(result),
        picture=_picture(result),
        grid=_grid(result, year),
        sources=result.sources,
        notes=tuple(notes),
        result=result,
        explain=lambda line: str(result.explain(line)),
    )


def _money(amount: float) -> str:
    unit = fitting_unit(amount, billions_from=1e9, millions_from=0)
    currency, word = unit.split()
    return TOGETHER.join((currency, number(amount / UNITS[unit], 2), word))


def _gap(result: Allocation) -> float:
    return math.fsum(result.claims) - result.envelope


def _finding(result: Allocation, year: str) -> str:
    asked = math.fsum(result.claims)
    if _gap(result) < 1:
        return WORDS["finding_all"].format(asked=_money(asked), year=year)
    return WORDS["finding"].format(
        asked=_money(asked), award=_money(result.envelope), gap=_money(_gap(result)), year=year
    )


def _cards(result: Allocation) -> tuple[Card, ...]:
    asked = math.fsum(result.claims)
    covered = result.coverage.dropna()
    note = ""
    if len(covered) and covered.max() - covered.min() >= ALIKE:
        note = WORDS["covered_note"].format(line=covered.idxmin(), share=percent(covered.min()))
    share = 100 * result.envelope / asked if asked else None
    return (
        Card(label=WORDS["asked"], value=number(asked), unit=WORDS["unit"]),
        Card(label=WORDS["envelope_card"], value=number(result.envelope), unit=WORDS["unit"]),
        Card(label=WORDS["gap"], value=number(_gap(result)), unit=WORDS["unit"], tone="short"),
        Card(label=WORDS["covered"], value=number(share, 1), unit=WORDS["per_cent"], note=note),
    )


def _picture(result: Allocation) -> Picture:
    table = result.table.sort_values("claim", ascending=False, kind="stable")
    shown = table.head(MOST_BARS)
    left = WORDS["left"].format(shown=len(shown), count=len(table)) if len(shown) < len(table) else ""
    covered = table.dropna(subset=["coverage"])
    least = ""
    if len(covered) and covered["coverage"].max() - covered["coverage"].min() >= ALIKE:
        worst = covered.sort_values("coverage", kind="stable").iloc[0]
        least = WORDS["least"].format(line=worst["claimant"], share=percent(worst["coverage"]))
    series = [
        Series(name=name, colour=colour, values=list(shown[column] / MILLION),
               texts=[number(one / MILLION, 1) for one in shown[column]])
        for name, column, colour in ((WORDS["asked"], "claim", ORANGE), (WORDS["award"], "award", BLUE))
    ]  # fmt: skip
    says = WORDS["picture"].format(left=left, least=least).strip()
    return bars([str(name) for name in shown["claimant"]], series, axis=WORDS["axis"], says=says)


def _grid(result: Allocation, year: str) -> Grid:
    frame = result.table[["claimant", "claim", "award", "coverage"]].copy()
    asked, awarded = math.fsum(frame["claim"]), int(frame["award"].sum())
    covered = awarded / asked if asked else math.nan
    whole = pd.DataFrame([[WORDS["total"], asked, awarded, covered]], columns=frame.columns)
    frame = pd.concat([frame, whole], ignore_index=True)
    frame["gap"] = frame["claim"] - frame["award"]
    frame["coverage"] *= 100
    frame["pick"] = [*result.table["claimant"], None]
    columns = [
        Column(key="claimant", title=WORDS["line"]),
        Column(key="claim", title=WORDS["column_asked"], decimals=0),
        Column(key="award", title=WORDS["column_award"], decimals=0),
        Column(key="gap", title=WORDS["column_gap"], decimals=0),
        Column(key="coverage", title=WORDS["column_covered"], decimals=1),
    ]
    return grid(frame, columns, WORDS["caption"].format(year=year), totals=[len(frame) - 1], pick="pick")
