"""What a user asks for, checked: envelope, claims, rule, limits and unit, with every fault told at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from workbench.allocation.labels import aligned, labelled_claims
from workbench.allocation.limits import Request
from workbench.allocation.registry import find_rule
from workbench.allocation.rounding import LARGEST_TOTAL
from workbench.errors import Fault, InfeasibleError, InputError, WorkbenchError
from workbench.fiscal import format_money, parse_money


@dataclass(frozen=True, eq=False)
class Asked:
    """A checked request by label.

    Attributes
    ----------
    claims : Series of float64
        KES by claimant.
    request : Request
        The same as arrays, with limits.
    envelope, unit : int
        KES.
    given_floors, given_ceilings : bool
        Whether the user gave any.
    """

    claims: pd.Series
    request: Request
    envelope: int
    unit: int
    given_floors: bool
    given_ceilings: bool


def checked_request(
    envelope: Any,  # noqa: ANN401
    claims: Any,  # noqa: ANN401
    *,
    rule: Any,  # noqa: ANN401
    floors: Any,  # noqa: ANN401
    ceilings: Any,  # noqa: ANN401
    unit: int,
    options: Mapping[str, Any],
) -> Asked:
    """Check what :func:`workbench.allocation.allocate` was given; its parameters are documented there."""
    chosen = find_rule(rule)
    chosen.check_options(options)
    wanted, money = _gathered(lambda: labelled_claims(claims), lambda: _whole_envelope(envelope, unit))
    by_label = {
        name: aligned(value, wanted, name, partial=False)
        for name, value in options.items()
        if name in chosen.per_claimant and value is not None
    }
    plain = {name: value for name, value in options.items() if name not in chosen.per_claimant}
    least = _limit(floors, wanted, "floors", 0.0)
    most = _limit(ceilings, wanted, "ceilings", np.inf)
    amounts = wanted.to_numpy(dtype=np.float64)
    _refuse_crossed(wanted, least, most)
    _refuse_infeasible(money, wanted, least, most, ceilings is not None)
    request = Request(chosen, float(money), amounts, least, np.minimum(most, amounts), {**plain, **by_label})
    return Asked(wanted, request, money, int(unit), floors is not None, ceilings is not None)


def _gathered(claims: Callable[[], pd.Series], envelope: Callable[[], int]) -> tuple[pd.Series, int]:
    """Check both, and tell the faults of both at once."""
    try:
        wanted = claims()
    except WorkbenchError as refused:
        try:
            envelope()
        except WorkbenchError as too:
            raise InputError([*refused.faults, *too.faults]) from None
        raise
    return wanted, envelope()


def _whole_envelope(envelope: Any, unit: int) -> int:  # noqa: ANN401
    if isinstance(unit, bool) or unit != int(unit) or unit < 1:
        raise InputError(Fault(what="is no unit", value=unit, remedy="give a whole number of shillings, 1 or more"))
    amount = parse_money(envelope) if isinstance(envelope, str) else envelope
    if amount is None or isinstance(amount, bool) or (not np.isscalar(amount) and not isinstance(amount, Decimal)):
        raise InputError(Fault(what="is no envelope", value=envelope, remedy="give an amount in KES"))
    number = float(amount)  # type: ignore[arg-type]  # a scalar of any number type
    if not np.isfinite(number):
        raise InputError(
            Fault(what="is no envelope: unknown is not zero", value=envelope, remedy="give an amount in KES")
        )
    if number < 0:
        raise InputError(Fault(what="is a negative envelope", value=envelope, remedy="give an amount of 0 or more"))
    if number != int(number) or int(number) % int(unit) or number > LARGEST_TOTAL:
        whole = "whole shillings" if unit == 1 else f"a multiple of the unit, {int(unit):,} shillings"
        raise InputError(Fault(what="is no envelope that can be paid out", value=envelope, remedy=f"give {whole}"))
    return int(number)


def _limit(values: Any, claims: pd.Series, kind: str, otherwise: float) -> np.ndarray[Any, np.dtype[np.float64]]:  # noqa: ANN401
    if values is None:
        return np.full(len(claims), otherwise)
    numbers = aligned(values, claims, kind, partial=True)
    return np.where(np.isnan(numbers), otherwise, numbers)


def _refuse_crossed(claims: pd.Series, floors: Any, ceilings: Any) -> None:  # noqa: ANN401
    faults = []
    for label, claim, least, most in zip(claims.index, claims, floors, ceilings, strict=True):
        name = str(label)
        if least < 0 or most < 0:
            faults.append(
                Fault(what="has a negative floor or ceiling", value=name, remedy="limits are amounts of 0 or more")
            )
        elif least > claim:
            remedy = f"lower the floor or raise the claim of {_kes(claim)}"
            faults.append(Fault(what=f"has a floor of {_kes(least)} above its claim", value=name, remedy=remedy))
        elif least > most:
            what = f"has a floor of {_kes(least)} above its ceiling of {_kes(most)}"
            faults.append(Fault(what=what, value=name, remedy="change one of them"))
    if faults:
        raise InputError(faults)


def _refuse_infeasible(envelope: int, claims: pd.Series, floors: Any, ceilings: Any, limited: bool) -> None:  # noqa: ANN401
    total = math.fsum(claims)
    if envelope > math.ceil(total):
        what = f"the envelope of {_kes(envelope)} is more than all claims together, {_kes(total)}"
        remedy = f"share out {_kes(np.floor(total))} at most; {_kes(envelope - np.floor(total))} would be left over"
        raise InputError(Fault(what=what, remedy=remedy))
    least, most = math.fsum(floors), math.fsum(np.minimum(ceilings, claims))
    if least > envelope:
        what = f"the floors add up to {_kes(least)}, more than the envelope of {_kes(envelope)}"
        raise InfeasibleError(Fault(what=what, remedy=f"{_kes(least - envelope)} more would mend it, or lower floors"))
    if limited and math.ceil(most) < envelope:
        what = f"the claims within their ceilings hold {_kes(most)}, less than the envelope of {_kes(envelope)}"
        raise InfeasibleError(Fault(what=what, remedy=f"raise ceilings by {_kes(envelope - most)}, or share out less"))


def _kes(amount: float) -> str:
    return format_money(float(amount), "KES")
