"""The two sides of a gap out of whatever a user has: tables, files, and what lies in a database."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from workbench.errors import Fault, InputError, UnknownNameError, suggestion, unknown_name
from workbench.gap.layouts import ONE_TABLE
from workbench.gap.ledger import Ledger, LedgerSide
from workbench.gap.opening import is_ledger_source, ledger_of, lines_of
from workbench.gap.stage_names import in_order, stage_named

Side = pd.DataFrame | LedgerSide

OPENING = ("table", "layout", "unit", "year_is", "blank_is_nil", "mark")
"""What may be said of how a file or a database is opened."""

_EVERY_ROW = replace(ONE_TABLE, left_out={"line": ("difference", "ratio")})
"""The one table with its sub-totals and totals; what it prints as a difference or a ratio has no unit of money."""


def sides_given(
    requirements: object,
    allocations: object,
    stages: tuple[str | None, str | None],
    opening: Mapping[str, Any],
) -> tuple[Side, Side]:
    """Return the two sides that a call of ``wb.gap`` names.

    Parameters
    ----------
    requirements, allocations : DataFrame, LedgerSide, Ledger, path, Ibis table or connection
        The second may be None: then the first holds both stages.
    stages : tuple of str or None
        The stages to take, each needed where its source holds several.
    opening : mapping
        How files and databases are opened: the options of :func:`workbench.gap.opening.open_ledger`.

    Raises
    ------
    InputError
        For what is no table and no ledger, and for a stage that must be named.
    UnknownNameError
        For a stage that a source does not hold.
    """
    given = {"requirements": requirements, "allocations": allocations}
    faults = [_no_source(role, side) for role, side in given.items() if not _usable(role, side)]
    if opening and not any(is_ledger_source(side) for side in given.values() if not isinstance(side, pd.DataFrame)):
        faults.append(Fault(what="is for files and databases, and none is given", value=", ".join(opening)))
    if faults:
        raise InputError(faults)
    first = opened(requirements, opening)
    if allocations is None:
        names = _both_stages(first, *stages)
        return _stage_of(first, names[0]), _stage_of(first, names[1])
    second = first if _same_file(requirements, allocations) else opened(allocations, opening)
    sides = [_one_side(side, stage) for side, stage in zip((first, second), stages, strict=True)]
    return sides[0], sides[1]


def opened(source: object, opening: Mapping[str, Any]) -> pd.DataFrame | Ledger | LedgerSide:
    """Open a file or a table of Ibis; what is a table or a ledger already stays what it is."""
    if isinstance(source, (pd.DataFrame, Ledger, LedgerSide)):
        return source
    unknown = [fault for name in opening if name not in OPENING
               for fault in unknown_name("way to open a ledger", name, OPENING).faults]  # fmt: skip
    if unknown:
        raise UnknownNameError(unknown)
    how = {name: value for name, value in opening.items() if name != "table"}
    lines = lines_of(source, opening.get("table"), opening.get("layout"))
    if lines.published and "layout" not in opening:
        # Totals must be told from items, table by table, which no sum in the database can do.
        return ledger_of(lines, layout=_EVERY_ROW, **how).rows()
    return ledger_of(lines, **how)


def default_levels(sides: Sequence[object]) -> tuple[str, ...]:
    """Return the levels that a ledger is added up by where none is asked for: vote and class, or what there is."""
    held = [set(side.ledger.levels) for side in sides if isinstance(side, LedgerSide)]
    shared = set.intersection(*held)
    usual = tuple(level for level in ("vote", "economic_class") if level in shared)
    return usual if "vote" in usual else (*sorted(shared - {"economic_class"})[:1], *usual)


def _usable(role: str, side: object) -> bool:
    if side is None:
        return role == "allocations"
    return isinstance(side, (pd.DataFrame, Ledger, LedgerSide)) or is_ledger_source(side)


def _no_source(role: str, side: object) -> Fault:
    remedy = f"give a table of figures, such as package.{role}, a .parquet or .csv file, or a table of Ibis"
    return Fault(what=f"is no table, so it cannot be the {role}", value=f"{side!r:.60}", remedy=remedy)


def _same_file(first: object, second: object) -> bool:
    paths = [os.fspath(one) for one in (first, second) if isinstance(one, (str, os.PathLike))]
    return first is second or (len(paths) == 2 and paths[0] == paths[1])


def _both_stages(source: pd.DataFrame | Ledger | LedgerSide, start: str | None, end: str | None) -> tuple[str, str]:
    if isinstance(source, LedgerSide):
        raise InputError(Fault(what="is one stage", value=source.stage, remedy="give the stage to set it against"))
    held = _held(source)
    known = in_order(held)
    if start is None and end is None and len(known) == 2:
        return known[0], known[1]
    named = (stage_named(start or "requirement", known), stage_named(end or "allocation", known))
    lacking = [asked for asked, name in zip((start, end), named, strict=True) if name not in known and asked is None]
    if lacking:
        remedy = f"name from_stage and to_stage; it holds {', '.join(known) or 'none'}"
        raise InputError(Fault(what="does not say which two stages are set against each other", remedy=remedy))
    faults = [fault for asked, name in zip((start, end), named, strict=True) if name not in known
              for fault in unknown_name("stage of these figures", str(asked), known).faults]  # fmt: skip
    if faults:
        raise UnknownNameError([*faults, *_misspelt_stages(source)])
    return named


def _misspelt_stages(source: pd.DataFrame | Ledger) -> list[Fault]:
    """Return the faults of a ledger's lines where a stage that is asked for may stand in them misspelt."""
    return source.faults() if isinstance(source, Ledger) and source.odd_stages else []


def _one_side(source: pd.DataFrame | Ledger | LedgerSide, stage: str | None) -> Side:
    if isinstance(source, LedgerSide) or (isinstance(source, pd.DataFrame) and stage is None):
        return source
    held = _held(source)
    if stage is None and len(held) != 1:
        remedy = f"name from_stage and to_stage; it holds {', '.join(held) or 'none'}"
        raise InputError(Fault(what="holds several stages" if held else "holds no stage", remedy=remedy))
    name = stage_named(stage, held) if stage is not None else held[0]
    if name not in held:
        raise UnknownNameError([*unknown_name("stage of these figures", str(stage), held).faults,
                                *_misspelt_stages(source)])  # fmt: skip
    return _stage_of(source, name)


def _held(source: pd.DataFrame | Ledger) -> list[str]:
    if isinstance(source, Ledger):
        return source.stages
    if "stage" not in source:
        near = suggestion("stage", [str(column) for column in source.columns])
        raise InputError(Fault(what="is missing, so that the stages cannot be told apart", column="stage", remedy=near))
    return [str(stage) for stage in source["stage"].dropna().unique()]


def _stage_of(source: pd.DataFrame | Ledger | LedgerSide, stage: str) -> Side:
    if isinstance(source, Ledger):
        return source.stage(stage)
    if isinstance(source, LedgerSide):
        return source
    return source[source["stage"] == stage].reset_index(drop=True)
