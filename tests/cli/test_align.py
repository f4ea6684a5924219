"""``workbench align``: a table for people, the contract's JSON for programs, words for what is refused."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Workbench, assert_refused

CONTRACT = {
    "financial_year", "stage", "total", "linked", "unlinked", "distance", "moves", "orphans", "homogeneity",
    "completeness", "v_measure", "effective_groups", "by_plan",
}  # fmt: skip
PLAN = "plan_code,label,amount,unit\np,P,3,KES million\nq,Q,1,KES million\n"
BUDGET = """budget_code,label,sector,amount,unit,financial_year,stage
a,A,S,10,KES million,2024/25,estimate
b,B,S,20,KES million,2024/25,estimate
c,C,T,10,KES million,2024/25,estimate
a,A,S,11,KES million,2024/25,revised
b,B,S,22,KES million,2024/25,revised
c,C,T,11,KES million,2024/25,revised
"""
CROSSWALK = """budget_code,plan_code,share,reason,mark,valid_from,valid_to
a,p,1,r,illustrative,,
b,q,0.5,r,illustrative,,
b,unlinked,0.5,r,illustrative,,
c,q,1,r,illustrative,,
"""


def _files(folder: Path, crosswalk: str = CROSSWALK) -> list[str]:
    for name, text in (("plan.csv", PLAN), ("budget.csv", BUDGET), ("x.csv", crosswalk)):
        (folder / name).write_text(text, encoding="utf-8")
    return ["--plan", "plan.csv", "--budget", "budget.csv", "--crosswalk", "x.csv"]


def test_the_json_keeps_to_its_contract(workbench: Workbench, tmp_path: Path) -> None:
    done = workbench("align", *_files(tmp_path), "--year", "2024/25", "--stage", "estimate", "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert set(result) >= CONTRACT
    assert (result["total"], result["linked"], result["unlinked"]) == (40_000_000, 30_000_000, 10_000_000)
    assert result["by_plan"] == {"p": 10_000_000, "q": 20_000_000}
    assert abs(result["distance"] - (3 / 4 - 1 / 3)) < 1e-12
    assert result["moves"] == [{"from": "q", "to": "p", "amount": 12_500_000}]
    assert result["orphans"] == []
    assert result["illustrative"] is True


def test_people_get_a_table_that_says_it_is_illustrative(workbench: Workbench) -> None:
    done = workbench("align", "--year", "2024/25")
    assert done.returncode == 0, done.stderr
    assert "KSh 2,383.0 billion" in done.stdout
    assert "Illustrative" in done.stdout
    assert "Sources: Controller of Budget: National Government Budget" in done.stdout


def test_a_plan_without_money_is_shown_too(workbench: Workbench) -> None:
    done = workbench("align", "--plan", "vision-2030")
    assert done.returncode == 0, done.stderr
    assert "distance is not given" in done.stdout


def test_bad_input_gets_words(workbench: Workbench, tmp_path: Path) -> None:
    bad = CROSSWALK.replace("a,p,1", "a,pp,1").replace("b,q,0.5", "b,q,0.4")
    done = workbench("align", *_files(tmp_path, bad), "--json")
    assert_refused(
        done, "x.csv has 2 faults", "x.csv, row 2, column plan_code: 'pp' is no known plan code", "add to 0.9"
    )
    assert_refused(workbench("align", "--year", "2009/11"), "2009/11")
    assert_refused(workbench("align", "--year", "2019/20"), "2024/25")
    assert_refused(workbench("align", "--plan", "nowhere.csv", "--crosswalk", "x.csv"), "nowhere.csv")


def test_the_faults_of_all_three_files_are_told_in_one_pass(workbench: Workbench, tmp_path: Path) -> None:
    arguments = _files(tmp_path, CROSSWALK.replace("a,p,1,r,illustrative,,", "a,z,1,r,illustrative,2024-13-01,"))
    (tmp_path / "plan.csv").write_text(PLAN.replace("p,P,3,", "p,P,three,"), encoding="utf-8")
    (tmp_path / "budget.csv").write_text(
        BUDGET.replace("b,B,S,20,KES million", "b,B,S,20,KES milion"), encoding="utf-8"
    )
    done = workbench("align", *arguments, "--year", "2023/24", "--json")
    assert_refused(
        done,
        "The input has 5 faults",
        "plan.csv, row 2, column amount: 'three' is no number",
        "budget.csv, row 3, column unit: 'KES milion' is no known unit (did you mean 'KES million'?)",
        "budget.csv: '2023/24' is no known financial year of this budget (did you mean '2024/25'?)",
        "x.csv, row 2, column plan_code: 'z' is no known plan code",
        "x.csv, row 2, column valid_from: '2024-13-01' is no date",
    )


def test_what_one_file_lacks_does_not_hide_what_another_has_wrong(workbench: Workbench, tmp_path: Path) -> None:
    arguments = _files(tmp_path, CROSSWALK.replace("b,q,0.5", "b,q,0.4"))
    (tmp_path / "plan.csv").write_text(PLAN.replace("plan_code", "code"), encoding="utf-8")
    (tmp_path / "budget.csv").unlink()
    assert_refused(
        workbench("align", *arguments), "plan.csv, row 1, column plan_code: is missing", "budget.csv", "add to 0.9"
    )


def test_a_year_and_a_stage_must_be_named_in_every_row_or_in_none(workbench: Workbench, tmp_path: Path) -> None:
    arguments = _files(tmp_path)
    (tmp_path / "budget.csv").write_text(
        BUDGET.replace("20,KES million,2024/25,", "20,KES million,,"), encoding="utf-8"
    )
    done = workbench("align", *arguments, "--year", "2024/25")
    assert_refused(done, "budget.csv, row 3, column financial_year: is blank, though other rows name one")


def test_the_matrix_and_its_margins_are_in_the_json(workbench: Workbench, tmp_path: Path) -> None:
    done = workbench("align", *_files(tmp_path), "--stage", "estimate", "--json")
    result = json.loads(done.stdout)
    assert result["matrix"] == {"S": {"p": 10_000_000, "q": 10_000_000}, "T": {"p": 0, "q": 10_000_000}}
    assert result["by_sector"] == {"S": 30_000_000, "T": 10_000_000}
    assert result["effective_plan_codes"] == {"S": 2.0, "T": 1.0}


def test_every_year_and_stage_is_measured_over_time(workbench: Workbench, tmp_path: Path) -> None:
    done = workbench("align", *_files(tmp_path), "--over-time", "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert [(row["stage"], row["total"]) for row in result["series"]] == [
        ("estimate", 40_000_000),
        ("revised", 44_000_000),
    ]
    (step,) = result["steps"]
    assert (step["from"], step["to"]) == ("estimate", "revised")
    assert abs(step["difference"]) < 1e-12
    said = workbench("align", "--over-time").stdout
    assert "In FY 2025/26 the revised estimate follows the plan more than the ceiling did" in said
    assert "In FY 2025/26 the expenditure follows the plan less than the revised estimate did" in said
    assert "newspaper" in said
    assert workbench("align", "--over-time", "--year", "2024/25").returncode == 2


def test_the_sectors_of_another_year_can_be_asked_for(workbench: Workbench) -> None:
    done = workbench("align", "--sectors-of", "2015/16")
    assert "State Department for Housing and Urban Development is placed in ARUD, as in FY 2015/16" in done.stdout


def test_why_there_is_no_distance_is_said_of_the_plan_at_hand(workbench: Workbench, tmp_path: Path) -> None:
    arguments = [*_files(tmp_path), "--stage", "revised"]
    for plan, why in (
        (PLAN.replace("P,3,", "P,,"), "the plan gives no money for P."),
        (PLAN.replace("P,3,", "P,,").replace("Q,1,", "Q,,"), "the plan has no money."),
        (PLAN.replace("P,3,", "P,0,").replace("Q,1,", "Q,0,"), "the plan gives nothing to any of its sectors."),
    ):
        (tmp_path / "plan.csv").write_text(plan, encoding="utf-8")
        assert f"The distance is not given: {why}" in workbench("align", *arguments).stdout
    (tmp_path / "plan.csv").write_text(PLAN, encoding="utf-8")
    nothing = CROSSWALK.replace("b,unlinked,0.5,r,illustrative,,\n", "").replace("b,q,0.5", "b,q,1")
    (tmp_path / "x.csv").write_text(nothing.replace(",p,", ",unlinked,").replace(",q,", ",unlinked,"), encoding="utf-8")
    assert "The distance is not given: no money is linked to the plan." in workbench("align", *arguments).stdout
