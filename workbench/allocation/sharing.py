"""Share an envelope out among labelled claims, in whole shillings, with a reason for each award."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbench.allocation.arrival import DRAWS, expected_arrival
from workbench.allocation.award import Allocation
from workbench.allocation.limits import Limited, share_within_limits
from workbench.allocation.problems import Array
from workbench.allocation.reasons import Shared, reason
from workbench.allocation.registry import Rule
from workbench.allocation.request import Asked, checked_request
from workbench.allocation.whole import Whole, round_within
from workbench.errors import Fault, InfeasibleError
from workbench.fiscal import format_money
from workbench.results import source_table


@dataclass(frozen=True, eq=False)
class WholeShare:
    """Awards in whole units by label, and what a reader must know of the rounding."""

    awards: pd.Series
    notes: tuple[str, ...]


def allocate(
    envelope: float | str,
    claims: Any,  # noqa: ANN401
    *,
    rule: str | Rule = "proportional",
    weights: Any = None,  # noqa: ANN401
    floors: Any = None,  # noqa: ANN401
    ceilings: Any = None,  # noqa: ANN401
    unit: int = 1,
    sources: pd.DataFrame | None = None,
    **options: Any,  # noqa: ANN401
) -> Allocation:
    """Share an envelope out among claims that add up to at least as much.

    Parameters
    ----------
    envelope : number or str
        KES, whole shillings (``"KSh 500 million"`` will do), a multiple of ``unit``, at most all claims together.
    claims : Series, mapping or sequence
        KES by claimant, none negative, none unknown. A plain list is numbered.
    rule : str or Rule
        One of :data:`workbench.allocation.RULES`.
    weights : Series or mapping, optional
        Above 0 by claimant, for ``proportional``, ``constrained_equal_awards``, ``constrained_equal_losses`` and
        ``priority``. More weight never means less money.
    floors, ceilings : Series, mapping or number, optional
        KES; what a claimant must get and may get. Claimants that are not named have none. They are honoured exactly:
        the rule is applied, who falls outside its limits is set to them, and the others share the rest by the same
        rule.
    unit : int
        KES in the smallest amount to pay out: 1, 1_000, 1_000_000.
    sources : DataFrame, optional
        ``source, locator, mark`` of the claims, which the result carries on.
    **options
        The rule's own, such as ``tiers`` and ``within`` for ``priority`` or ``seed`` for ``random_arrival``.

    Returns
    -------
    Allocation
        Awards as int64 shillings that add up to the envelope, with shares and a reason for each claimant.

    Raises
    ------
    InputError
        For an envelope above the claims, a claim that is negative or unknown, an option that the rule does not know.
    LabelError
        For labels that occur twice or do not align; the message has the nearest right name.
    InfeasibleError
        For floors above the envelope, or ceilings that cannot hold it.

    Examples
    --------
    >>> allocate(200, {"first wife": 100, "second wife": 200, "third wife": 300}, rule="talmud").awards.tolist()
    [50, 75, 75]
    """
    given = {**options} if weights is None else {**options, "weights": weights}
    asked = checked_request(envelope, claims, rule=rule, floors=floors, ceilings=ceilings, unit=unit, options=given)
    limited, drawn = _shared(asked)
    whole = whole_awards(asked, limited)
    labels = asked.claims.index
    parameters = {"rule": asked.request.rule.name, "envelope": asked.envelope, "unit": asked.unit}
    parameters |= {name: pd.Series(v, index=labels) if np.ndim(v) else v for name, v in asked.request.options.items()}
    if asked.given_floors:
        parameters["floors"] = pd.Series(asked.request.floors, index=labels)
    if asked.given_ceilings:
        parameters["ceilings"] = pd.Series(asked.request.ceilings, index=labels)
    return Allocation(
        parameters=parameters,
        sources=source_table() if sources is None else source_table(sources),
        notes=drawn + whole.notes,
        awards=whole.awards,
        reasons=pd.Series(_reasons(asked, limited), index=labels, name="reason"),
        asked=asked,
    )


def whole_awards(asked: Asked, limited: Limited) -> WholeShare:
    """Round awards to whole units within their limits, and say who drew level and whom rounding lifted above its claim.

    Raises
    ------
    InfeasibleError
        Where floors and ceilings leave no room for whole units.
    """
    request, unit = asked.request, asked.unit
    total = asked.envelope // unit
    quotas = limited.awards / unit
    lowest = _at_least(request.floors / unit)
    highest = np.floor(_just_above(request.ceilings / unit)).astype(np.int64)
    notes: list[str] = []
    if int(highest.sum()) < total:
        bound_by_claim = request.ceilings >= request.claims
        highest = np.where(bound_by_claim, _at_least(request.claims / unit), highest)
        notes.append(
            f"The claims are no whole multiples of KSh {unit:,}: to pay out the whole envelope, some awards stand "
            "above their claims by less than that."
        )
    if int(lowest.sum()) > total or int(highest.sum()) < total or np.any(lowest > highest):
        what = f"floors and ceilings leave no room for awards in whole units of KSh {unit:,}"
        raise InfeasibleError(
            Fault(what=what, remedy="choose limits that are multiples of the unit, or a smaller unit")
        )
    rounded = round_within(quotas, total, lowest, highest)
    labels = asked.claims.index
    if rounded.losers:
        names = [", ".join(str(labels[i]) for i in group) for group in (rounded.winners, rounded.losers)]
        notes.append(
            f"Equal remainders when rounding to KSh {unit:,}: {names[0]} got one unit more than {names[1]}, "
            "by order alone."
        )
    return WholeShare(pd.Series(rounded.units * unit, index=labels, name="award", dtype="int64"), tuple(notes))


def _just_above(amounts: Array) -> Array:
    """Lift amounts by the noise of binary floats, so that a whole number that was computed is read as whole."""
    return amounts + 4.0 * np.spacing(amounts)


def _at_least(amounts: Array) -> Whole:
    return np.ceil(amounts - 4.0 * np.spacing(amounts)).astype(np.int64)


def _shared(asked: Asked) -> tuple[Limited, tuple[str, ...]]:
    request = asked.request
    if request.rule.name != "random_arrival" or asked.given_floors or asked.given_ceilings:
        return share_within_limits(request), ()
    arrival = expected_arrival(request.envelope, request.claims, **dict(request.options))
    nobody = np.zeros(len(request.claims), dtype=np.bool_)
    limited = Limited(arrival.awards, nobody, nobody)
    if arrival.method != "sampled":
        return limited, ()
    worst = format_money(float(arrival.standard_error.max()), "KES")
    draws = int(request.options.get("draws", DRAWS))
    note = f"The awards are the mean of {draws:,} drawn orders of arrival, not exact: standard error at most {worst}."
    return limited, (note,)


def _reasons(asked: Asked, limited: Limited) -> list[str]:
    """Tell each claimant's reason; who stands at a limit is told so, the others of the rule on what they shared."""
    request = asked.request
    free = ~(limited.lifted | limited.held)
    shared = Shared(
        request.rule,
        float(limited.awards[free].sum()),
        request.claims[free],
        limited.awards[free],
        "weights" in request.options,
        bool((~free).any()),
    )
    told = iter([reason(shared, i) for i in range(int(free.sum()))])
    sentences = []
    for i, label_free in enumerate(free):
        claim = format_money(float(request.claims[i]), "KES")
        if label_free:
            sentences.append(next(told))
        elif limited.lifted[i]:
            floor = format_money(float(request.floors[i]), "KES")
            sentences.append(
                f"The rule would give it less than its floor; of its claim of {claim} it gets the floor of {floor}."
            )
        else:
            ceiling = format_money(float(request.ceilings[i]), "KES")
            sentences.append(f"The rule would give it more; of its claim of {claim} it gets its ceiling of {ceiling}.")
    return sentences
