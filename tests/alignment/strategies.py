"""Plans, budgets and crosswalks that nobody has seen before."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from hypothesis import strategies as st

SHARE_STEPS = 1000


@dataclass(frozen=True)
class Problem:
    plan: pd.DataFrame
    budget: pd.DataFrame
    crosswalk: pd.DataFrame


@st.composite
def problems(draw: st.DrawFn, *, plan_money: bool = True) -> Problem:
    codes = [f"p{number}" for number in range(draw(st.integers(1, 6)))]
    money = st.integers(1, 10**6)
    plan = pd.DataFrame(
        {
            "plan_code": codes,
            "label": codes,
            "amount": [draw(money) / 100 for _ in codes] if plan_money else None,
            "unit": "KES billion",
        }
    )
    lines = [f"v{number}" for number in range(draw(st.integers(1, 12)))]
    budget = pd.DataFrame(
        {
            "budget_code": lines,
            "label": lines,
            "sector": [draw(st.sampled_from("ABCD")) for _ in lines],
            "amount": [draw(money) / 1000 for _ in lines],
            "unit": draw(st.sampled_from(["KES", "KES million", "KES billion"])),
        }
    )
    rows = []
    for line in lines:
        targets = draw(st.lists(st.sampled_from([*codes, "unlinked"]), min_size=1, max_size=4, unique=True))
        cuts = sorted(draw(st.lists(st.integers(0, SHARE_STEPS), min_size=len(targets) - 1, max_size=len(targets) - 1)))
        steps = [end - start for start, end in zip([0, *cuts], [*cuts, SHARE_STEPS], strict=True)]
        rows += [(line, code, step / SHARE_STEPS) for code, step in zip(targets, steps, strict=True)]
    crosswalk = pd.DataFrame(rows, columns=["budget_code", "plan_code", "share"]).assign(
        reason="drawn", mark="illustrative", valid_from=None, valid_to=None
    )
    return Problem(plan, budget, crosswalk)
