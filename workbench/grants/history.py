"""Designs against what was paid: what fits, and what does not, is shown with its distance.

Nothing here is fitted to look good: where the published scores are too few to tell a curve, that is the finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.datasets import open_package
from workbench.errors import unknown_name
from workbench.grants.facts import COUNTIES, county_names_by_code, county_table, published_shares
from workbench.grants.load import load_design
from workbench.grants.model import GrantsResult, grants
from workbench.grants.shares import by_weight, curve_factor

Floats = npt.NDArray[np.float64]

TRANS_NZOIA: Final = "Trans Nzoia"
FLAT_2019_20: Final = "kdsp1_level_1_flat"
SHARE_2018_19: Final = (5_620.6e6, 314e9)
"""KES: Trans Nzoia's equitable share of 2018/19 and the national total, kdsp.md section 2."""
HALF_STEP: Final = 5e6
"""KES; the shares of 2025/26 are printed to 10 million, so each can be off by 5 million either way."""


@dataclass(frozen=True)
class Confrontation:
    """A design set against what was paid.

    Attributes
    ----------
    question : str
        What is asked.
    table : DataFrame
        The comparison, a row a county or a curve.
    verdict : str
        What it says, what does not fit included.
    """

    question: str
    table: pd.DataFrame
    verdict: str

    def _repr_html_(self) -> str:
        return f"<p><strong>{self.question}</strong> {self.verdict}</p>{self.table.to_html(index=False, na_rep='')}"


def half_and_half() -> Confrontation:
    """Confront the 50/50 rule of KDSP I with what Trans Nzoia got in 2018/19, to the shilling.

    The pool of that year is not published. So the question is turned round: which pool would give Trans Nzoia its
    46,456,661, on which shares, and is that pool near the published ones?
    """
    paid = _fact("kdsp1_level_1_trans_nzoia")
    budget = _published_pool()
    shares = {year: _share_of(TRANS_NZOIA, year) for year in ("2013/14", "2014/15", "2015/16", "2016/17")}
    own, national = SHARE_2018_19
    shares["2018/19"] = own / national
    rows = []
    for year, share in shares.items():
        part = 0.5 / COUNTIES + 0.5 * share
        given = round(budget * part)
        rows.append((year, 100 * share, round(paid / part), budget, given, paid, given - paid))
    columns = ["shares_of", "share_percent", "pool_needed", "pool_2017_18", "award_of_that_pool", "paid", "off_by"]
    table = pd.DataFrame(rows, columns=columns)
    needed, off_by = int(table["pool_needed"].iloc[-1]), abs(int(table["off_by"].iloc[-1]))
    verdict = (
        f"On its share of 2018/19 the rule gives {paid:,} only if the pool was {needed:,}. No pool of 2018/19 is"
        f" published; that of 2017/18, {budget:,}, would have given {off_by:,} less. One county cannot confirm a rule"
        f" whose pool is unknown. In 2019/20 the grant was {_fact(FLAT_2019_20):,} for each of four counties seen,"
        " which the rule cannot give."
    )
    return Confrontation("Does the 50/50 rule give what Trans Nzoia got in 2018/19?", table, verdict)


def _published_pool() -> int:
    pool = load_design("kdsp1").levels["level_1"].pool
    if pool is None:
        raise LookupError("the design kdsp1 has lost its published pool")
    return int(pool.by_year["2017/18"].value)


def _share_of(county: str, year: str) -> float:
    shares, _ = published_shares(year)
    return float(shares[county_names_by_code().index(county)] / shares.sum())


NATIONAL: Final = (387.425e9, 405.07e9)
"""KES: the national share of 2024/25, and that of 2025/26 in the Budget Policy Statement, kdsp.md section 3.1."""
NAIROBI_IN_THE_BPS: Final = 21_119_443_971
"""KES: what the Budget Policy Statement had for Nairobi in 2025/26, kdsp.md section 3.1."""
NAIROBI_2019_20: Final = 15_919.95e6
"""KES: Nairobi's share of 2019/20, printed in millions, kdsp.md 3.1."""


def third_basis() -> Confrontation:
    """Ask whether half of Nairobi's share of 2019/20 is the fixed part of its later shares.

    Two years on the third basis tell a straight line: so much for each shilling of the national total, and a fixed part
    at the total's half of 2019/20. The rule says what the fixed part must be; the line says what it is.
    """
    first, second = NATIONAL
    shares, _ = published_shares("2024/25")
    own, later = float(shares[county_names_by_code().index("Nairobi City")]), NAIROBI_IN_THE_BPS
    pools = load_design("revenue-third-basis").levels["level_1"].pool
    if pools is None:
        raise LookupError("the design revenue-third-basis has lost its published pool")
    half_of_all = pools.by_year["2024/25"].value
    factor = (later - own) / (second - first)
    fixed, expected = own - factor * (first - half_of_all), NAIROBI_2019_20 / 2
    rows = [
        ("2024/25", first, own, factor * (first - half_of_all), fixed, expected, fixed - expected),
        ("2025/26 (BPS)", second, later, factor * (second - half_of_all), fixed, expected, fixed - expected),
    ]
    columns = ["year", "national", "nairobi", "by_formula", "fixed_part", "half_of_2019_20", "off_by"]
    verdict = (
        f"Nairobi's two shares give it {100 * factor:.4f} percent of what the nation has above {half_of_all:,.0f}, and"
        f" a fixed part of {fixed:,.0f}. Half of its share of 2019/20, {NAIROBI_2019_20:,.0f}, is {expected:,.0f}:"
        f" {abs(fixed - expected):,.0f} away, or {100 * abs(fixed / expected - 1):.3f} percent. So the fixed part is"
        " borne out for Nairobi. It is one county: of the other 46 no second share on this basis was found, and the"
        " floor at the share of 2019/20 cannot be checked without those shares."
    )
    question = "Is half of the share of 2019/20 the fixed part of the third basis?"
    return Confrontation(question, pd.DataFrame(rows, columns=columns), verdict)


def fourth_basis() -> Confrontation:
    """Say what poverty index each county would need for the fourth basis to give its share of 2025/26.

    Only for the counties whose share of 2024/25 is known; the others have no baseline. ``low`` and ``high`` say how far
    the rounding of the printed share to 10 million leaves the index open.
    """
    design = load_design("revenue-fourth-basis")
    result = grants(design)
    baseline, _ = published_shares("2024/25")
    printed, _ = published_shares("2025/26")
    without_poverty = result.level("level_2").awards + result.level("level_3").awards
    poverty = design.levels["level_3"].parts["poverty"].weight.value / 100 * result.level("level_3").pool
    known = ~np.isnan(baseline)
    need = printed - baseline - without_poverty
    table = pd.DataFrame(
        {
            "code": np.arange(1, COUNTIES + 1),
            "county": county_names_by_code(),
            "share_2024_25": baseline,
            "share_2025_26": printed,
            "formula_without_poverty": without_poverty,
            "poverty_part": need,
            "index": 100 * need / poverty,
            "low": 100 * (need - HALF_STEP) / poverty,
            "high": 100 * (need + HALF_STEP) / poverty,
            "poor_people_2009": 100 * _share_of_poor(),
        }
    )[known].reset_index(drop=True)
    table["sensible"] = (table["high"] >= 0) & (table["low"] <= 6)
    odd = table.loc[~table["sensible"], "county"].tolist()
    index, sensible = table["index"], int(table["sensible"].sum())
    verdict = (
        f"Of {len(table)} counties whose baseline is known, {sensible} need a poverty index between 0 and 6 percent:"
        f" from {index.min():.2f} to {index.max():.2f}, together {index.sum():.1f} percent."
        + (f" Not sensible: {', '.join(odd)}." if odd else " None falls outside.")
        + f" The other {COUNTIES - len(table)} counties have no published baseline, so nothing can be said of them."
    )
    return Confrontation("What poverty index would the fourth basis need?", table, verdict)


def _share_of_poor() -> Floats:
    facts = county_table()
    poor = facts["poverty_rate_2009"].to_numpy(np.float64) * facts["population_2019"].to_numpy(np.float64)
    return np.asarray(poor / poor.sum())


def payments(assessment_year: str) -> pd.DataFrame:
    """Return one KDSP I round: ``code, county, score, paid`` (KES; blank is unknown) and ``note``.

    Parameters
    ----------
    assessment_year : str
        ``2016/17`` or ``2017/18``.
    """
    table = open_package("kdsp").table("kdsp1_level_2_payments")
    known = sorted(table["assessment_year"].unique())
    if assessment_year not in known:
        raise unknown_name("assessment year of KDSP I", assessment_year, known)
    one = table[table["assessment_year"] == assessment_year].sort_values("code", ignore_index=True)
    paid = one["level_2_kes_million"].astype("float64") * 1e6
    return pd.DataFrame(
        {"code": one["code"], "county": one["name"], "score": one["score"], "paid": paid, "note": one["note"]}
    )


def why_unpaid(county: str, assessment_year: str) -> str:
    """Say why a county got nothing in a KDSP I round, as far as it was printed.

    Bomet scored 83 in 2017/18 and is not among the payees: no reason was printed, and none is made up.
    """
    from workbench.datasets.counties import county_name

    name = county_name(county)
    round_ = payments(assessment_year).set_index("county")
    if name not in round_.index:
        return (
            f"{name} is not named in what was found of the round of {assessment_year}: neither a score nor a payment."
        )
    row = round_.loc[name].to_dict()
    if pd.notna(row["paid"]):
        return f"{name} was paid {int(row['paid']):,} shillings in the round of {assessment_year}."
    if pd.isna(row["score"]):
        return f"{name} in the round of {assessment_year}: {row['note']}."
    score = f"{float(row['score']):g}"
    better = round_[(round_["score"] < row["score"]) & round_["paid"].notna()]
    below = ", ".join(f"{other} with {one:g}" for other, one in better["score"].items())
    told = f" Counties with a lower score were paid ({below})." if below else ""
    return (
        f"{name} scored {score} in {assessment_year} and got nothing: {row['note']}.{told} In the design the minimum"
        " performance conditions come before the score, so a score alone opens nothing; which condition failed is not"
        " published."
    )


PAID_IN: Final = {("kdsp1", "2018/19"): "2017/18"}
"""The round of which payments were found, by design and financial year: that of 2017/18 was paid in June 2019."""


def what_was_paid(result: GrantsResult, county: str) -> str:
    """Say what a county was really paid where payments of the design and year were found; blank where none were."""
    paid = PAID_IN.get((result.design.name, str(result.financial_year)))
    return "" if paid is None else why_unpaid(county, paid)


CURVES: Final = (
    ("linear", 0.0, 1.0),
    ("threshold", 50.0, 1.0),
    ("threshold", 60.0, 1.0),
    ("threshold", 70.0, 1.0),
    ("threshold", 75.0, 1.0),
    ("power", 0.0, 2.0),
    ("power", 0.0, 5.0),
    ("power", 0.0, 10.0),
    ("power", 0.0, 20.0),
    ("power", 0.0, 30.0),
)
"""Curves that are tried: kind, threshold in points, exponent."""


def curves_against_payments() -> Confrontation:
    """Set curves on the score against what the payees with a published score got in the round of 2017/18.

    The money that these counties got together is shared among them by equitable share times curve; ``off_by`` is the
    part of it that would have to move for the curve to give the payments.
    """
    scored = payments("2017/18").dropna(subset=["score", "paid"]).reset_index(drop=True)
    shares, _ = published_shares("2016/17")
    own = shares[scored["code"].to_numpy(np.int64) - 1]
    paid, score = scored["paid"].to_numpy(np.float64), scored["score"].to_numpy(np.float64)
    rows = []
    for kind, threshold, exponent in CURVES:
        given = by_weight(paid.sum(), own * curve_factor(score, kind, threshold, exponent))
        row: dict[str, object] = {"curve": kind, "threshold": threshold if kind == "threshold" else np.nan,
                                  "exponent": exponent if kind == "power" else np.nan}  # fmt: skip
        row |= {county: float(one) for county, one in zip(scored["county"], given, strict=True)}
        rows.append(row | {"off_by": float(np.abs(given - paid).sum() / 2 / paid.sum())})
    row = {"curve": "paid", "threshold": np.nan, "exponent": np.nan}
    row |= {county: float(one) for county, one in zip(scored["county"], paid, strict=True)}
    table = pd.DataFrame([row | {"off_by": 0.0}, *rows])
    tried = table.iloc[1:]
    away = tried["off_by"].to_numpy(np.float64)
    kind, threshold, exponent = CURVES[int(away.argmin())]
    shape = {"linear": "linear", "threshold": f"threshold {threshold:g}", "power": f"power {exponent:g}"}[kind]
    named = ", ".join(f"{county} {one:g}" for county, one in zip(scored["county"], score, strict=True))
    verdict = (
        f"Only {len(scored)} payees have a published score ({named}). Among them the curve '{shape}' comes nearest of"
        f" those tried and still leaves {100 * away.min():.1f} percent of their money elsewhere; the furthest leaves"
        f" {100 * away.max():.1f} percent. {len(scored)} payees do not tell a curve from chance, and the other payments"
        " point the other way (a payee got up to five times as much for a percent of equitable share as another): the"
        " historical curve stays unknown."
    )
    return Confrontation("Which curve on the score comes nearest to the payments of 2017/18?", table, verdict)


def payments_per_share(assessment_year: str) -> Confrontation:
    """Show what each payee of a round got for each percent of equitable share, and the score that a linear curve needs.

    The needed score is scaled to the payees with a published score, or, where there is none, so that the payee with the
    most for its share has 100: then it is the most that each can have scored.
    """
    found = payments(assessment_year)
    paid = found.dropna(subset=["paid"]).reset_index(drop=True)
    shares, _ = published_shares("2016/17")
    percent = 100 * shares[paid["code"].to_numpy(np.int64) - 1] / shares.sum()
    money, score = paid["paid"].to_numpy(np.float64), paid["score"].to_numpy(np.float64)
    per_percent = money / percent
    known = ~np.isnan(score)
    by_score = money[known].sum() / (percent * score)[known].sum() if known.any() else per_percent.max() / 100
    table = paid[["code", "county", "score", "paid"]].assign(
        share_percent=percent, paid_per_percent=per_percent, score_if_linear=per_percent / by_score
    )
    table = table.sort_values("paid_per_percent", ascending=False, ignore_index=True)
    most, least = str(table["county"].iloc[0]), str(table["county"].iloc[-1])
    unknown = found.loc[found["paid"].isna() & found["score"].isna(), "county"].tolist()
    verdict = (
        f"{len(table)} payments add up to {round(money.sum()):,}. A percent of equitable share brought {most}"
        f" {per_percent.max() / per_percent.min():.1f} times as much as {least}. Were the curve linear, {least} would"
        f" have scored {'' if known.any() else 'at most '}{per_percent.min() / by_score:.0f} of 100."
        + (f" Paid too, amount not found: {', '.join(unknown)}." if unknown else "")
    )
    question = f"What did a percent of equitable share bring in the round of {assessment_year}?"
    return Confrontation(question, table, verdict)


def _fact(item: str) -> int:
    facts = open_package("kdsp").table("facts").set_index("item")
    return int(str(facts["value"][item]))
