"""Random funding problems for the property tests, small enough to read when one of them fails."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from workbench.allocation.funding import GrowthLimit, ShareLimit

YEARS = ("2009/10", "2010/11")
SECTORS = ("Health", "Roads")


def table(amounts, years=YEARS):
    """Requests of one programme per amount and year, in two sectors and two economic classes."""
    rows = [
        {
            "programme": f"P{at}",
            "financial_year": year,
            "sector": SECTORS[at % 2],
            "economic_class": "development" if at % 3 == 0 else "recurrent",
            "amount": float(amount),
        }
        for at, by_year in enumerate(amounts)
        for year, amount in zip(years, by_year, strict=True)
    ]
    return pd.DataFrame(rows)


@st.composite
def problems(draw, rules=True):
    """Requests with envelopes by year, floors, ceilings, a sector ceiling, weights and, at will, rules over many lines.

    Whole numbers on purpose: corners, where prices differ on either side, are then common.
    """
    count = draw(st.integers(2, 4))
    whole = st.integers(0, 12)
    amounts = [[draw(whole), draw(whole)] for _ in range(count)]
    requests = table(amounts)
    lines = list(zip(requests["programme"], requests["financial_year"], strict=True))
    totals = requests.groupby("financial_year")["amount"].sum()
    given = {
        "envelope": {year: float(draw(st.integers(0, int(totals[year]) + 2))) for year in YEARS},
        "weights": {line: float(draw(st.integers(1, 3))) for line in lines},
        "floors": {line: float(draw(st.integers(0, 2))) for line in lines if draw(st.integers(0, 4)) == 0},
        "ceilings": [
            {line: float(draw(st.integers(0, 12))) for line in lines if draw(st.integers(0, 4)) == 0},
            pd.Series(
                [float(draw(st.integers(0, 20)))],
                index=pd.MultiIndex.from_tuples(
                    [("Health", draw(st.sampled_from(YEARS)))], names=["sector", "financial_year"]
                ),
            ),
        ],
    }
    if rules and draw(st.booleans()):
        base = draw(st.sampled_from(["funded", "envelope", 10.0]))
        share = draw(st.sampled_from([0.25, 0.5]))
        given["shares"] = [
            ShareLimit(name="development", where={"economic_class": "development"}, of=base, maximum=share)
            if draw(st.booleans())
            else ShareLimit(name="development", where={"economic_class": "development"}, of=base, minimum=share / 5)
        ]
    if rules and draw(st.booleans()):
        given["growth"] = [GrowthLimit(by=["sector"], maximum=draw(st.sampled_from([0.0, 0.5, 1.0])))]
    return requests, given


def by_hand(requests, given):
    """All limits as (coefficients, amount) of ``coefficients @ awards <= amount``, built the slow and plain way."""
    lines = list(zip(requests["programme"], requests["financial_year"], strict=True))
    one = np.eye(len(lines))
    rows = [(one[at], requests["amount"][at]) for at in range(len(lines))] + [
        (-one[at], 0.0) for at in range(len(lines))
    ]
    year = requests["financial_year"].to_numpy()
    rows += [((year == name).astype(float), amount) for name, amount in given["envelope"].items()]
    rows += [(-one[lines.index(line)], -amount) for line, amount in given["floors"].items()]
    single, grouped = given["ceilings"]
    rows += [(one[lines.index(line)], amount) for line, amount in single.items()]
    sector = requests["sector"].to_numpy()
    rows += [(((sector == name) & (year == when)).astype(float), amount) for (name, when), amount in grouped.items()]
    development = (requests["economic_class"] == "development").to_numpy()
    for rule in given.get("shares", ()):
        for name in YEARS:
            inside = (year == name).astype(float)
            part = inside * development
            for share, sign in ((rule.minimum, -1), (rule.maximum, 1)):
                if share is None:
                    continue
                if rule.of == "funded":
                    rows.append((sign * (part - share * inside), 0.0))
                else:
                    base = given["envelope"][name] if rule.of == "envelope" else rule.of
                    rows.append((sign * part, sign * share * base))
    for rule in given.get("growth", ()):
        for name in SECTORS:
            mine = sector == name
            before, after = (mine & (year == when) for when in YEARS)
            if before.any() and after.any():
                rows.append((after - (1 + rule.maximum) * before, 0.0))
    return rows
