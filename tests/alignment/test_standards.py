"""SIGMA's and PEFA's published tests: scored where their data are given, and else said not to be, with the reason."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import Workbench, assert_refused
from workbench.alignment.pefa import MediumTermEvidence, pi_16_1, pi_16_2, pi_16_3, read_evidence
from workbench.alignment.sigma import sigma_alignment
from workbench.alignment.standards import published_tests
from workbench.errors import InputError

FULL = MediumTermEvidence(
    years_of_estimates=3, administrative=True, economic=True, programme=True, years_of_aggregate_ceilings=3,
    years_of_ministry_ceilings=3, ceilings_before_circular=True, costed=0.8, aligned=0.6,
)  # fmt: skip


def _objectives(costs: list[float | None], funding: list[float | None]) -> pd.DataFrame:
    return pd.DataFrame({"strategy": "S", "objective": [str(n) for n in range(len(costs))], "cost": costs,
                         "funding": funding})  # fmt: skip


def test_sigma_counts_what_is_20_per_cent_above_uncosted_or_unmatched() -> None:
    # SIGMA/OECD: 3 points up to 3 inconsistencies, 2 up to 6, 1 up to 9, 0 from 10 on, of 15 objectives.
    result = sigma_alignment(_objectives([119.9, 120, None, 100], [100, 100, 100, None]))
    assert result.objectives["consistent"].tolist() == [True, False, False, False]
    assert result.inconsistencies == 3
    assert result.points is None  # four objectives are no sample of fifteen
    for wrong, points in ((0, 3), (3, 3), (4, 2), (6, 2), (7, 1), (9, 1), (10, 0), (15, 0)):
        costs = [200.0] * wrong + [100.0] * (15 - wrong)
        assert sigma_alignment(_objectives(costs, [100.0] * 15)).points == points
    with pytest.raises(InputError, match="column cost"):
        sigma_alignment(_objectives(["much"], [1]))


def test_pefa_pi_16() -> None:
    full = {"years_of_estimates": 3, "administrative": True, "economic": True, "programme": True,
            "years_of_aggregate_ceilings": 3, "years_of_ministry_ceilings": 3, "ceilings_before_circular": True}  # fmt: skip
    scores = [
        (pi_16_1, {}, "A"), (pi_16_1, {"programme": False}, "B"), (pi_16_1, {"administrative": False}, "C"),
        (pi_16_1, {"years_of_estimates": 2}, "D"), (pi_16_2, {}, "A"), (pi_16_2, {"years_of_ministry_ceilings": 1}, "B"),
        (pi_16_2, {"years_of_ministry_ceilings": 0}, "C"), (pi_16_2, {"ceilings_before_circular": False}, "D"),
    ]  # fmt: skip
    for score, change, expected in scores:
        assert score(MediumTermEvidence(**{**full, **change})) == expected
    assert [pi_16_3(0.8, share) for share in (0.75, 0.74, 0.3, 0.1)] == ["A", "B", "C", "D"]
    assert pi_16_3(None, 0.9) is None
    with pytest.raises(InputError):
        pi_16_3(75, 0.9)


def test_without_data_no_test_is_scored_and_each_says_why() -> None:
    result = published_tests()
    table = result.tests.set_index("test")
    assert table["score"].isna().all()
    assert set(table["standing"]) == {"not scored"}
    assert "five newest sector strategies" in table.loc["SIGMA", "reason"]
    assert table.loc["PI-16.3", "reason"] == "not known: costed, aligned"
    assert "texts of its scores A to D are not among the project's documents" in table.loc["PI-16.4", "reason"]
    assert "table by which the four are averaged is not held" in table.loc["PI-16", "reason"]
    assert result.summary() == "Not scored: SIGMA, PI-16.1, PI-16.2, PI-16.3, PI-16.4, PI-16."
    assert any("ships no data" in note for note in result.notes)


def test_what_is_known_is_scored_and_what_is_not_confirmed_is_provisional() -> None:
    table = published_tests(_objectives([100.0] * 15, [100.0] * 15), FULL).tests.set_index("test")
    assert table["score"].dropna().to_dict() == {"SIGMA": "3", "PI-16.1": "A", "PI-16.2": "A", "PI-16.3": "B"}
    assert table.loc["PI-16.3", "standing"] == "provisional"
    assert "no document" in table.loc["PI-16.3", "reason"]
    assert set(table.loc[["PI-16.4", "PI-16"], "standing"]) == {"not scored"}
    short = published_tests(_objectives([100.0] * 14, [100.0] * 14)).tests.set_index("test")
    assert pd.isna(short.loc["SIGMA", "score"])
    assert "15 objectives only" in short.loc["SIGMA", "reason"]


def test_one_unknown_item_leaves_its_dimension_alone_without_a_score() -> None:
    items = ["years_of_estimates", "administrative", "economic", "programme", "costed", "aligned"]
    evidence = read_evidence(pd.DataFrame({"item": items, "value": ["3", "yes", "no", "", "0.9", "0.9"]}))
    assert pi_16_1(evidence) is None
    table = published_tests(evidence=evidence).tests.set_index("test")
    assert table.loc["PI-16.1", "reason"] == "not known: programme"
    assert table.loc["PI-16.3", "score"] == "A"


def test_the_command_says_plainly_what_is_not_scored(workbench: Workbench, tmp_path: Path) -> None:
    done = workbench("standards")
    assert done.returncode == 0, done.stderr
    assert "Not scored: SIGMA, PI-16.1" in done.stdout
    (tmp_path / "e.csv").write_text(
        "item,value\ncosted,80%\nprogramme,yes\nprogram,no\nprogramme,no\neconomic,perhaps\n"
    )
    (tmp_path / "o.csv").write_text("strategy,objective,cost,funding\nHealth,A,much,1\nHealth,B,-2,1\n")
    refused = workbench("standards", "--evidence", "e.csv", "--objectives", "o.csv")
    assert_refused(
        refused, "6 faults", "o.csv, row 2, column cost: 'much'", "o.csv, row 3, column cost: '-2' is negative",
        "e.csv, row 2, column value: '80%'", "'program' is no item of PI-16 (did you mean 'programme'?)",
        "'programme' stands twice", "'perhaps' is not what this item needs (write yes or no)",
    )  # fmt: skip
    (tmp_path / "e.csv").write_text("item,value\ncosted,0.8\naligned,0.8\n")
    (tmp_path / "o.csv").write_text("strategy,objective,cost,funding\nHealth,A,2,1\n")
    said = json.loads(workbench("standards", "--evidence", "e.csv", "--objectives", "o.csv", "--json").stdout)
    by_test = {row["test"]: row for row in said["tests"]}
    assert (by_test["PI-16.3"]["score"], by_test["PI-16.3"]["standing"]) == ("A", "provisional")
    assert by_test["PI-16.4"]["score"] is None
    assert said["objectives"][0]["consistent"] is False
