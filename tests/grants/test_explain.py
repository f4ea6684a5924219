"""The path of a county's money, and why a county gets nothing."""

from __future__ import annotations

import pytest

from workbench.errors import UnknownNameError
from workbench.grants import grants
from workbench.grants.scores import MET, NOT_MET, UNKNOWN, Scores

TURKANA = 22


def test_the_path_ends_at_the_award_and_names_every_step(scores: Scores) -> None:
    known = scores.with_condition(TURKANA, MET).with_score(TURKANA, 80)
    result = grants("kdsp1", scores=known, settings={"level_2.cap": 200e6})
    path = result.explain("turkana county")
    assert path.award == result.awards["Turkana"] == 200_000_000
    steps = path.table.query("level == 'Level 2, performance grant'").set_index("step")["words"]
    assert list(steps.index) == ["pool", "condition", "score", "formula", "bounds", "award"]
    assert "80 points weigh 0.8 by the curve 'linear'" in steps["score"]
    assert "the cap of KSh 200,000,000 holds back" in steps["bounds"]
    assert "Turkana: KSh 200,000,000" in path.text


def test_the_formula_lines_add_up_to_what_is_rounded() -> None:
    result = grants("kdsp1", "2017/18")
    for county in ("Mombasa", "Nairobi City", "Trans Nzoia"):
        steps = result.explain(county).table
        lines = steps.loc[(steps["step"] == "formula"), "kes"].astype(float).sum()
        assert abs(lines - result.awards[county]) < 1


def test_a_pool_that_is_too_small_is_told(scores: Scores) -> None:
    result = grants("kdsp2", scores=scores, settings={"level_2.pool": 1_000_000_000, "level_2.rule": "talmud"})
    paid = result.table.query("level_2 > 0")["county"].iloc[0]
    words = result.explain(paid).text
    assert "10,575,000,000 is due and the pool has KSh 1,000,000,000; the rule 'talmud' leaves" in words


@pytest.mark.parametrize(("state", "said"), [(NOT_MET, "is not met"), (UNKNOWN, "is unknown, and unknown is not met")])
def test_why_not_says_that_the_gate_comes_before_the_score(scores: Scores, state: str, said: str) -> None:
    result = grants("kdsp2", scores=scores.with_condition(TURKANA, state).with_score(TURKANA, 99))
    words = result.why_not("Turkana")
    assert "Turkana gets nothing from Level 2" in words
    assert said in words
    assert "A score of 99 does not help" in words


def test_why_not_tells_a_missing_score_a_missing_figure_and_who_is_not_among(scores: Scores) -> None:
    unscored = scores.with_condition(TURKANA, MET).with_score(TURKANA, float("nan"))
    assert "its score is not known" in grants("kdsp1", scores=unscored).why_not("Turkana")
    fourth = grants("revenue-fourth-basis")
    assert "'equitable_share_2024_25' is not known" in fourth.why_not("Lamu")
    assert "not among the counties that share it" in fourth.why_not("Turkana")
    assert "awarded money by every level" in grants("kdsp2").why_not("Turkana")
    assert "the pool is empty" in grants("equal-share", settings={"level_1.pool": 0}).why_not("Turkana")


def test_an_unknown_county_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Turkana"):
        grants("kdsp2").explain("Turkanna")
