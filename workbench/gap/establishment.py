"""Read an establishment and a pay scale as a user gives them: every fault of both at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, get_args

import pandas as pd

from workbench.errors import Fault, suggestion
from workbench.gap.checks import Checks
from workbench.results import SOURCE_COLUMNS, mark_fault

Pick = Literal["lowest", "middle", "highest"]
NUMBERS: Final = ("approved", "proposed", "variance")
_POSTS: Final = ("unit", "post", "job_group", *NUMBERS, *SOURCE_COLUMNS)
_PAY: Final = ("job_group", "annual_kes", "mark")


def read_posts(establishment: pd.DataFrame, checks: Checks) -> pd.DataFrame:
    """Return the rows with ``approved``, ``proposed`` and ``variance`` as float64, NaN where unknown.

    A post is approved or proposed so many times, none below 0; the printed variance may be.
    """
    if not _has(establishment, _POSTS, "establishment", checks):
        return establishment
    named = establishment["post"].astype("str")
    read = {
        column: checks.numbers(establishment[column], named, column, unknown=True,
                               **({} if column == "variance" else {"least": 0.0}))
        for column in NUMBERS
    }  # fmt: skip
    _marks(establishment, checks)
    section = {} if "section" in establishment else {"section": None}
    return establishment.assign(**read, **section)


def read_pay(pay: pd.DataFrame, checks: Checks) -> dict[str, float]:
    """Return the annual pay of one post by job group, KES."""
    if not _has(pay, _PAY, "pay scale", checks):
        return {}
    for group in pay.loc[pay["job_group"].duplicated(), "job_group"]:
        checks.fault("stands in the pay scale twice", group, column="job_group")
    amounts = checks.numbers(pay["annual_kes"], pay["job_group"], "the pay of job group", above=0.0, money=True)
    _marks(pay, checks)
    return {str(group): float(amount) for group, amount in zip(pay["job_group"], amounts, strict=True)}


def pay_of(groups: object, known: Mapping[str, float], pick: Pick) -> float:
    """Return the pay of a post that may stand in several groups (``J/K/L``); NaN where one of them has none."""
    names = [name.strip() for name in str(groups).split("/")]
    if not all(name in known for name in names):
        return float("nan")
    ordered = sorted(known[name] for name in names)
    return {"lowest": ordered[0], "highest": ordered[-1], "middle": ordered[(len(ordered) - 1) // 2]}[pick]


def check_pick(pick: object, checks: Checks) -> None:
    """Note what is no way to choose one of several groups."""
    checks.known([str(pick)], "way to choose one of several job groups", get_args(Pick))


def _has(table: object, needed: tuple[str, ...], what: str, checks: Checks) -> bool:
    if not isinstance(table, pd.DataFrame):
        checks.fault(f"is no table, so it cannot be the {what}", f"{table!r:.60}")
        return False
    columns = [str(column) for column in table.columns]
    missing = [column for column in needed if column not in columns]
    for column in missing:
        checks.fault(f"is missing from the {what}", column=column, remedy=suggestion(column, columns))
    return not missing


def _marks(table: pd.DataFrame, checks: Checks) -> None:
    found: list[Fault | None] = [mark_fault(mark) for mark in table["mark"].dropna().unique()]
    checks.faults += [fault for fault in found if fault is not None]
