"""``workbench crosswalk``: check, diff, suggest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_align import BUDGET, CROSSWALK, PLAN
from tests.conftest import Workbench, assert_refused


@pytest.fixture
def files(tmp_path: Path) -> Path:
    moved = CROSSWALK.replace("c,q,1,r", "c,p,1,r")
    for name, text in (("plan.csv", PLAN), ("budget.csv", BUDGET), ("x.csv", CROSSWALK), ("y.csv", moved)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_sound_crosswalk_is_confirmed_to_the_shilling(workbench: Workbench, files: Path) -> None:
    done = workbench(
        "crosswalk", "check", "x.csv", "--plan", "plan.csv", "--budget", "budget.csv", "--stage", "estimate"
    )
    assert done.returncode == 0, done.stderr
    assert "no fault in 4 links of 3 budget lines" in done.stdout
    assert "KSh 40,000,000 = 30,000,000 linked + 10,000,000 unlinked" in done.stdout


def test_the_shipped_crosswalks_are_sound(workbench: Workbench, repository: Path) -> None:
    folder = repository / "data" / "mtp-mtef"
    for plan, table in (("mtp-iv", "mtp_iv"), ("vision-2030", "vision_2030")):
        done = workbench("crosswalk", "check", str(folder / f"crosswalk_{table}.csv"), "--plan", plan, "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["illustrative"] is True


def test_all_faults_are_told(workbench: Workbench, files: Path) -> None:
    (files / "bad.csv").write_text(CROSSWALK.replace("a,p,1", "aa,p,1").replace("b,q,0.5", "b,q,0.7"), encoding="utf-8")
    done = workbench("crosswalk", "check", "bad.csv", "--plan", "plan.csv", "--budget", "budget.csv")
    assert_refused(
        done, "3 faults", "'aa' is no known budget code", "0.2 is too much", "'a' is in the budget, and in no row"
    )


def test_what_moved_between_two(workbench: Workbench, files: Path) -> None:
    done = workbench("crosswalk", "diff", "x.csv", "y.csv", "--budget", "budget.csv", "--stage", "revised", "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["moved"] == 11_000_000
    assert {row["plan_code"]: row["difference"] for row in result["by_plan"]} == {
        "p": 11_000_000, "q": -11_000_000, "unlinked": 0
    }  # fmt: skip


def test_a_difference_of_illustrative_crosswalks_says_so(workbench: Workbench, files: Path) -> None:
    asked = ("x.csv", "y.csv", "--budget", "budget.csv", "--stage", "revised")
    said = workbench("crosswalk", "diff", *asked)
    assert "Illustrative" in said.stdout
    assert "x.csv is illustrative" in said.stdout
    assert "y.csv is illustrative" in said.stdout
    result = json.loads(workbench("crosswalk", "diff", *asked, "--json").stdout)
    assert result["illustrative"] is True
    assert any("y.csv is illustrative" in note for note in result["notes"])
    for name in ("x.csv", "y.csv"):
        certain = (files / name).read_text(encoding="utf-8").replace("illustrative", "certain")
        (files / name).write_text(certain, encoding="utf-8")
    assert "llustrative" not in workbench("crosswalk", "diff", *asked).stdout


def test_both_crosswalks_and_the_budget_are_told_of_at_once(workbench: Workbench, files: Path) -> None:
    (files / "x.csv").write_text(CROSSWALK.replace("b,q,0.5", "b,q,0.4"), encoding="utf-8")
    (files / "y.csv").write_text(CROSSWALK.replace("c,q,1,r", "c,q,one,r"), encoding="utf-8")
    (files / "budget.csv").write_text(BUDGET.replace("c,C,T,11", "c,C,,11"), encoding="utf-8")
    done = workbench("crosswalk", "diff", "x.csv", "y.csv", "--budget", "budget.csv", "--stage", "revised")
    assert_refused(done, "3 faults", "budget.csv, row 7, column sector", "x.csv, row 3, column share", "y.csv, row 5")


def test_suggestions(workbench: Workbench) -> None:
    done = workbench(
        "crosswalk", "suggest", "Department of Fisheries and Livestock", "--plan", "national-priorities", "--json"
    )
    assert done.returncode == 0, done.stderr
    first = json.loads(done.stdout)[0]
    assert first["plan_code"] == "food-security"
    assert first["mark"] == "illustrative"
    assert "Nothing to suggest" in workbench("crosswalk", "suggest").stdout


def test_a_form_goes_out_and_comes_in(workbench: Workbench, tmp_path: Path, repository: Path) -> None:
    assert workbench("crosswalk", "form", "form.xlsx").returncode == 0
    done = workbench("crosswalk", "read", "form.xlsx", "out.csv")
    assert done.returncode == 0, done.stderr
    shipped = repository / "data" / "mtp-mtef" / "crosswalk_mtp_iv.csv"
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == shipped.read_text(encoding="utf-8")
    assert_refused(workbench("crosswalk", "read", "form.xlsx", "out.csv"), "out.csv", "not overwritten")


def test_nothing_is_written_of_a_faulty_form(workbench: Workbench, files: Path) -> None:
    (files / "bad.csv").write_text(CROSSWALK.replace("a,p,1", "a,p,0.9"), encoding="utf-8")
    done = workbench("crosswalk", "read", "bad.csv", "out.csv", "--plan", "plan.csv", "--budget", "budget.csv")
    assert_refused(done, "add to 0.9")
    assert not (files / "out.csv").exists()
