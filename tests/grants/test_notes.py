"""What a run says of itself: what is illustrative, what a pool has room for, who is left out, what changed nothing."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.grants import compare, grants, illustrative_scores
from workbench.grants.facts import county_names_by_code
from workbench.grants.scores import MET, Scores

ALL_MET = (MET,) * 47


def said(result: object) -> str:
    return " ".join(result.notes)  # type: ignore[attr-defined]  # any result of the model


def test_what_is_made_up_or_set_is_called_illustrative_in_the_summary() -> None:
    assert "Illustrative" not in grants("kdsp2", "2024/25").summary()
    scored = grants("kdsp2", scores=illustrative_scores())
    assert "Illustrative, no published figure: the conditions and scores of illustrative-scores.csv are made up" in (
        scored.summary()
    )
    set_ = grants("kdsp2", "2025/26", settings={"level_2.pool": "12e9"})
    assert set_.illustrations == ("level_2.pool is set by the user to 12,000,000,000",)
    assert "level_2.pool is set by the user" in set_.summary()
    stand_in = grants("revenue-fourth-basis", illustrative=True)
    assert "for 'poverty_index' stands poverty_rate_2009 times population_2019" in stand_in.summary()
    for result in (scored, set_, stand_in):
        assert result.illustrative
        assert result.to_dict()["illustrations"] == list(result.illustrations)


def test_every_illustrative_source_is_named_in_words() -> None:
    for design in ("kdsp1", "equal-share", "revenue-third-basis"):
        result = grants(design, illustrative=True)
        assert bool(result.illustrations) == result.illustrative == ("Illustrative" in result.summary())


def test_a_set_rule_is_among_the_values_and_their_sources() -> None:
    given = {"level_2.rule": "talmud", "level_2.carry_over": "yes"}
    terms = grants("kdsp2", "2025/26", settings=given).terms.set_index("name")
    assert terms.loc["level_2.rule", "value"] == "talmud"
    assert terms.loc["level_2.carry_over", "mark"] == "illustrative"


@pytest.mark.parametrize(
    ("pool", "room"),
    [
        (13_000_000_000, "pays 36 counties in full, and 37 qualify, who need 13,042,500,000"),
        (12_000_000_000, "the pool of 12,000,000,000 pays 34 counties in full, and 37 qualify"),
        (14_000_000_000, "the pool of 14,000,000,000 pays 39 counties in full; 40 would need 14,100,000,000"),
        (17_000_000_000, "the pool of 17,000,000,000 pays 47 counties in full."),
    ],
)
def test_the_room_of_a_pool_is_told_of_the_pool_that_was_used(pool: int, room: str) -> None:
    words = said(grants("kdsp2", "2025/26", scores=illustrative_scores(), settings={"level_2.pool": pool}))
    assert room in words
    assert ("13 billion" in words) is False


def test_a_pool_that_nobody_gets_says_why() -> None:
    nobody = grants("kdsp1", "2018/19")
    assert "for nobody is known to qualify" in said(nobody)
    weightless = grants("kdsp1", "2018/19", scores=Scores("form", ALL_MET, np.zeros(47)))
    assert weightless.table["qualified"].all()
    assert "nobody is known to qualify" not in said(weightless)
    assert "the curve gives no weight to any score of the 47 counties that qualify" in said(weightless)


@pytest.mark.parametrize(
    ("design", "year", "settings", "words"),
    [
        ("kdsp1", "2018/19", {"level_2.curve.threshold": 70}, "the curve is linear; set level_2.curve.kind=threshold"),
        ("kdsp1", "2017/18", {"level_2.curve.kind": "power"}, "the level has no pool in this year"),
        ("kdsp2", "2024/25", {"fx.kes_per_usd": 160}, "no level of this year is worked out from dollars"),
        ("kdsp2", "2025/26", {"level_2.per_county": 1, "level_2.per_county_usd": 1}, "is set in shillings"),
        ("kdsp2", "2025/26", {"level_2.rule": "talmud"}, "only such a pool is shared by a rule"),
    ],
)
def test_a_setting_that_changes_nothing_is_named(
    design: str, year: str, settings: dict[str, object], words: str
) -> None:
    assert words in said(grants(design, year, settings=settings))  # type: ignore[arg-type]  # numbers and texts


def test_a_setting_that_counts_is_not_called_idle() -> None:
    counted = {"fx.kes_per_usd": 160, "level_2.rule": "talmud", "level_2.pool": "12e9"}
    assert "changes nothing" not in said(grants("kdsp2", scores=illustrative_scores(), settings=counted))
    curved = {"level_2.curve.kind": "threshold", "level_2.curve.threshold": 50}
    assert "changes nothing" not in said(grants("kdsp1", scores=illustrative_scores(), settings=curved))


def test_equal_scores_are_told_where_scores_move_money() -> None:
    tied = illustrative_scores().with_score(0, 64.0)
    assert "Equal scores weigh equally: 64 (Mombasa and Kiambu)." in said(grants("kdsp1", "2018/19", scores=tied))
    assert "Equal scores" not in said(grants("kdsp2", "2025/26", scores=tied))


def test_trans_nzoia_is_told_apart_from_what_it_was_paid() -> None:
    # kdsp.md section 2: 5,620.6 million of 314 billion; 46,456,661 was paid.
    result = grants("kdsp1", "2018/19", settings={"level_1.pool": 2_371_653_796})
    assert result.awards["Trans Nzoia"] == 48_509_234
    assert "Trans Nzoia is given 48,509,234 of a pool of 2,371,653,796 here, and 46,456,661, what it was paid" in (
        said(result)
    )
    assert round(2_371_653_796 * (0.5 / 47 + 0.5 * 5_620.6e6 / 314e9)) == 46_456_661


def test_a_comparison_says_what_of_either_run_is_illustrative() -> None:
    made_up = grants("kdsp2", scores=illustrative_scores(), settings={"level_2.pool": 12e9})
    words = compare(made_up, grants("kdsp2", "2025/26")).summary()
    assert "kdsp2 2025/26 (level_2.pool=12,000,000,000) against kdsp2 2025/26" in words
    assert (
        "Illustrative, no published figure: level_2.pool is set by the user to 12,000,000,000; the conditions" in words
    )
    assert "Illustrative" not in compare(grants("kdsp2", "2024/25"), grants("kdsp2", "2025/26")).summary()


@pytest.mark.parametrize(("blank", "said_of_them"), [
    (("Trans Nzoia",), "Trans Nzoia meets the conditions, but its score is not known, so it gets nothing yet"),
    (("Nandi", "Trans Nzoia"), "Trans Nzoia and Nandi meet the conditions, but their scores are not known, so they get"),
])  # fmt: skip
def test_a_county_that_meets_its_conditions_without_a_score_leaves_the_awards_incomplete(
    blank: tuple[str, ...], said_of_them: str
) -> None:
    names = county_names_by_code()
    points = np.array([np.nan if name in blank else 80.0 for name in names])
    result = grants("kdsp1", "2018/19", scores=Scores("form", ALL_MET, points))
    assert result.incomplete
    assert result.to_dict()["incomplete"] is True
    assert result.summary().startswith("Incomplete")
    assert result.notes[0].startswith("These awards are only a part of what is due")
    assert said_of_them in result.notes[1]
    missing = result.table.set_index("county")["missing"]
    assert {name for name, lacked in missing.items() if lacked} == set(blank)
    assert set(missing[list(blank)]) == {"score"}
    path = result.explain("Trans Nzoia")
    assert path.why_not.startswith("Trans Nzoia gets nothing from")
    assert "yet: its score is not known" in path.why_not
    assert "missing" in set(path.table["step"])
    assert "missing" not in set(result.explain("Turkana").table["step"])


def test_a_score_that_moves_no_money_or_a_county_that_fails_leaves_nothing_incomplete() -> None:
    unscored = np.full(47, np.nan)
    assert not grants("kdsp2", "2025/26", scores=Scores("form", ALL_MET, unscored)).incomplete
    fails = ("not met", *ALL_MET[1:])
    points = np.array([np.nan, *np.full(46, 80.0)])
    result = grants("kdsp1", "2018/19", scores=Scores("form", fails, points))
    assert not result.incomplete
    assert "missing" not in result.table
    unknown = grants("kdsp1", "2018/19", scores=Scores("form", ("unknown", *ALL_MET[1:]), points))
    assert not unknown.incomplete
    assert any("Mombasa meets this condition (1 of 47)" in note for note in unknown.notes)
