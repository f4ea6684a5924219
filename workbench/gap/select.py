"""Take the two sides of a gap out of a data package."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from workbench.datasets import Package
from workbench.errors import Fault, InputError, UnknownNameError, unknown_name
from workbench.gap.stage_names import stage_named

_ROLES = ("requirements", "allocations")


def sides_of(
    package: Package, from_stage: str | None = None, to_stage: str | None = None, *, table: str | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the figures of two stages of a package.

    Parameters
    ----------
    package : Package
        An open data package.
    from_stage, to_stage : str, optional
        The stages to set against each other; without them those that the package names as its requirements and
        allocations.
    table : str, optional
        A resource of the package (``sector_stages``) or a printed table's label (``8.2``), where several hold both.

    Returns
    -------
    requirements, allocations : DataFrame
        Rows of the one table, ``primary`` marking those that are counted. The differences that their tables print stand
        with the requirements, without a stage.

    Raises
    ------
    UnknownNameError
        For a stage or a table that the package does not have.
    InputError
        Where several tables hold both stages and none is named, or none holds both.
    """
    named = {role: package.descriptor.workbench.get(role) for role in _ROLES}
    if table is None and _is_named(named["requirements"], from_stage) and _is_named(named["allocations"], to_stage):
        required = package.requirements
        return _with_differences(required, package.figures, required["table"].unique()), package.allocations
    figures = package.figures
    known = list(dict.fromkeys(figures["stage"].dropna()))
    stages = (stage_named(from_stage or "requirement", known), stage_named(to_stage or "allocation", known))
    faults = [
        fault for stage in stages if stage not in known
        for fault in unknown_name(f"stage of '{package.name}'", stage, known).faults
    ]  # fmt: skip
    if faults:
        raise UnknownNameError(faults)
    if table is not None:
        chosen = figures[(figures["resource"] == table) | (figures["table"] == table)]
        if chosen.empty:
            tables = list(dict.fromkeys([*figures["resource"], *figures["table"].dropna()]))
            raise unknown_name(f"table of '{package.name}'", table, tables)
    else:
        chosen = figures[figures["resource"] == _the_resource(figures, stages, package.name)]
    first, second = (chosen[chosen["stage"] == stage].reset_index(drop=True) for stage in stages)
    return _with_differences(first, chosen, chosen["table"].unique()), second


def _with_differences(required: pd.DataFrame, figures: pd.DataFrame, tables: Collection[str]) -> pd.DataFrame:
    """Add the differences that the same tables print; beside a table that is counted they are restatements."""
    printed = figures[(figures["line"] == "difference") & figures["table"].isin(tables)]
    if printed.empty or "primary" not in required:
        return pd.concat([required, printed], ignore_index=True) if len(printed) else required
    counted = set(required.loc[required["primary"], "table"])
    return pd.concat([required, printed.assign(primary=printed["table"].isin(counted))], ignore_index=True)


def _is_named(role: dict[str, str] | None, stage: str | None) -> bool:
    return role is not None and stage in (None, role["stage"])


def _the_resource(figures: pd.DataFrame, stages: tuple[str, str], package: str) -> str:
    held = figures.groupby("resource", sort=False)["stage"].agg(set)
    both = [str(name) for name, of_one in held.items() if set(stages) <= of_one]
    if len(both) == 1:
        return both[0]
    what = f"{'several tables hold' if both else 'no table holds'} both {stages[0]} and {stages[1]}"
    remedy = f"name one of them: {', '.join(both)}" if both else f"its tables: {', '.join(map(str, held.index))}"
    raise InputError(Fault(what=what, file=package, remedy=remedy))
