"""Claims and everything that stands beside them, by label: aligned exactly or refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from workbench.allocation.problems import Array
from workbench.errors import Fault, InputError, LabelError, suggestion


def labelled_claims(claims: Any) -> pd.Series:  # noqa: ANN401
    """Return claims as a Series of float64 with unique labels, or raise with every fault at once.

    Raises
    ------
    LabelError
        For a label that occurs twice.
    InputError
        For a claim that is unknown, negative, infinite or no number.
    """
    if isinstance(claims, pd.DataFrame):
        raise InputError(Fault(what="claims are a table", remedy="give one column: claims['amount']"))
    series = claims if isinstance(claims, pd.Series) else pd.Series(claims, dtype="object")
    if not isinstance(claims, (pd.Series, Mapping)):
        series.index = pd.Index([f"claimant {i}" for i in range(1, len(series) + 1)])
    if len(series) == 0:
        raise InputError(Fault(what="there are no claims", remedy="give at least one"))
    _refuse_duplicates(series.index, "claims")
    numbers = pd.to_numeric(series, errors="coerce").astype("float64")
    remedy = "a claim is an amount in KES, 0 or more"
    faults = [
        Fault(what=f"{what}: {_shown(given)}", value=label, remedy=remedy)
        for label, given, number in zip(series.index, series.array, numbers, strict=True)
        if (what := _fault_of(given, float(number)))
    ]
    if faults:
        raise InputError(faults, summary=None if len(faults) == 1 else f"{len(faults)} claims cannot be used")
    return numbers


def aligned(values: Any, claims: pd.Series, kind: str, *, partial: bool) -> Array:  # noqa: ANN401
    """Return one number a claimant in the order of the claims; NaN where ``partial`` allows that none is given.

    Parameters
    ----------
    values : Series, mapping or number
        By label. A single number holds for everybody.
    claims : Series
        Its index is the claimants.
    kind : str
        What the values are, for messages: ``floors``.
    partial : bool
        Whether claimants may be missing.

    Raises
    ------
    LabelError
        For labels that are no claimants, with the nearest right name, for labels that occur twice, and for claimants
        that are missing where all are needed.
    """
    if isinstance(values, (int, float)) and not isinstance(values, bool):
        return np.full(len(claims), float(values))
    if not isinstance(values, (pd.Series, Mapping)):
        remedy = "give a Series or a dictionary by claimant, or one number for all"
        raise InputError(Fault(what=f"{kind} have no labels", remedy=remedy))
    series = values if isinstance(values, pd.Series) else pd.Series(values, dtype="object")
    _refuse_duplicates(series.index, kind)
    known = [str(label) for label in claims.index]
    faults = [
        Fault(what=f"stands among the {kind} and is no claimant", value=label, remedy=suggestion(str(label), known))
        for label in series.index
        if label not in claims.index
    ]
    if not partial:
        faults += [
            Fault(what=f"is a claimant without one of the {kind}", value=label, remedy="give all of them")
            for label in claims.index
            if label not in series.index
        ]
    if faults:
        raise LabelError(faults, summary=None if len(faults) == 1 else f"{kind} do not align with the claims")
    numbers = pd.to_numeric(series, errors="coerce")
    wrong = [
        Fault(what=f"is no number among the {kind}", value=series[label], column=str(label))
        for label in series.index
        if pd.isna(numbers[label]) and not pd.isna(series[label])
    ]
    if wrong:
        raise InputError(wrong)
    return np.asarray(numbers.astype("float64").reindex(claims.index), dtype=np.float64)


def _refuse_duplicates(index: pd.Index, kind: str) -> None:
    twice = list(dict.fromkeys(index[index.duplicated()]))
    if twice:
        remedy = "name each claimant once; add its rows up first if they belong together"
        raise LabelError([Fault(what=f"occurs more than once among the {kind}", value=t, remedy=remedy) for t in twice])


def _fault_of(given: object, number: float) -> str | None:
    if given is None or (isinstance(given, float) and np.isnan(given)) or given is pd.NA or given is pd.NaT:
        return "has an unknown claim"
    if isinstance(given, bool) or np.isnan(number):
        return "has a claim that is no number"
    if np.isinf(number):
        return "has a claim that is not finite"
    return "has a negative claim" if number < 0 else None


def _shown(given: object) -> object:
    return "blank" if pd.isna(given) else given  # type: ignore[call-overload]  # a cell of any type
