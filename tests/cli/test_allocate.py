"""``workbench allocate`` and ``workbench rules`` as a user types them."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Workbench, assert_refused


@pytest.fixture
def claims(tmp_path) -> str:
    (tmp_path / "claims.csv").write_text(
        "claimant,claim,weight,floor,tier\nWater,100,1,,1\nRoads,200,1,150,1\nHealth,300,3,,2\n", encoding="utf-8"
    )
    return "claims.csv"


def test_json(workbench: Workbench, claims: str) -> None:
    done = workbench("allocate", "--rule", "talmud", "--envelope", "200", claims, "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["rule"], said["envelope"], said["unit"], said["claims"], said["notes"]) == ("talmud", 200, 1, 600, [])
    assert [(row["claimant"], row["award"]) for row in said["awards"]] == [("Water", 50), ("Roads", 75), ("Health", 75)]
    assert set(said["awards"][0]) == {"claimant", "claim", "award", "share", "coverage", "reason"}


def test_table_for_people(workbench: Workbench, claims: str) -> None:
    done = workbench("allocate", claims, "--envelope", "KSh 200")
    assert done.returncode == 0, done.stderr
    assert "KSh 200 shared out by proportional" in done.stdout
    assert "33.3%" in done.stdout


@pytest.mark.parametrize(
    ("options", "awards"),
    [
        (["--weights", "weight"], [33, 67, 300]),
        (["--floors", "floor"], [63, 150, 187]),
        (["--rule", "priority", "--tiers", "tier", "--within", "constrained_equal_awards"], [100, 200, 100]),
        (["--unit", "100"], [100, 100, 200]),
    ],
)
def test_further_columns(workbench: Workbench, claims: str, options: list[str], awards: list[int]) -> None:
    done = workbench("allocate", claims, "--envelope", "400", "--json", *options)
    assert done.returncode == 0, done.stderr
    assert [row["award"] for row in json.loads(done.stdout)["awards"]] == awards


def test_refusals(workbench: Workbench, claims: str) -> None:
    assert_refused(workbench("allocate", claims, "--envelope", "700"), "more than all claims together, KSh 600")
    assert_refused(workbench("allocate", claims, "--envelope", "7", "--rule", "talmut"), "did you mean 'talmud'?")
    assert_refused(workbench("allocate", claims, "--envelope", "much"), "is no amount of money")
    assert_refused(workbench("allocate", claims, "--envelope", "7", "--tiers", "tier"), "is no option of the rule")
    assert_refused(workbench("allocate", "none.csv", "--envelope", "7"), "is no file")


def test_rules(workbench: Workbench) -> None:
    listed = json.loads(workbench("rules", "--json").stdout)
    talmud = next(rule for rule in listed if rule["name"] == "talmud")
    assert "Self-duality" in talmud["keeps"]
    assert "No advantageous splitting" in talmud["breaks"]
    assert talmud["not_settled"] == []
    assert len(listed) == 13
    for rule in listed:
        assert len(rule["keeps"]) + len(rule["breaks"]) + len(rule["not_settled"]) == 48
    shown = workbench("rules").stdout
    assert "constrained_equal_awards: Everyone gets the same amount, but none more than its claim." in shown
    assert "keeps 35, breaks 13, 0 not settled" in shown


def test_brackets_in_a_name_are_shown_as_they_are(workbench: Workbench, tmp_path) -> None:
    (tmp_path / "claims.csv").write_text("name,claim\n[red]A,100\nB[/],200\n", encoding="utf-8")
    done = workbench("allocate", "--envelope", "100", "claims.csv")
    assert done.returncode == 0, done.stderr
    assert "[red]A" in done.stdout
    assert "B[/]" in done.stdout


@pytest.mark.parametrize("label", ["Total", "GRAND TOTAL", "Sub-Total", "Totals"])
def test_a_row_of_totals_is_paid_nothing(workbench: Workbench, tmp_path, label: str) -> None:
    (tmp_path / "claims.csv").write_text(f"ministry,bid\nA,1000\nB,500\n{label},1500\n", encoding="utf-8")
    assert_refused(workbench("allocate", "--envelope", "600", "claims.csv"), "row 4", "is a total and no claimant")
