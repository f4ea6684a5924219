"""``workbench gap`` as a user types it."""

from __future__ import annotations

import json

from tests.conftest import Workbench, assert_refused


def test_json_of_2009_10(workbench: Workbench) -> None:
    done = workbench("gap", "opm-strategic-plan", "--year", "2009/10", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["package"] == "opm-strategic-plan"
    assert said["financial_years"] == ["2009/10"]
    assert (said["unit"], said["requirement"], said["allocation"], said["gap"]) == ("KES", 3162e6, 1915e6, 1247e6)
    assert len(said["rows"]) == 8
    totals = {(one["reading"], one["amount"]) for one in said["readings"] if one["side"] == "allocation"}
    assert {("printed total", 2055e6), ("restated", 1897e6)} <= totals


def test_table_for_people(workbench: Workbench) -> None:
    done = workbench("gap", "opm-strategic-plan", "--from", "requirement", "--to", "allocation", "--by", "programme")
    assert done.returncode == 0, done.stderr
    assert "Prime Minister's Affairs" in done.stdout
    assert "2,055" in done.stdout


def test_people_see_the_programme_the_whole_and_the_sources(workbench: Workbench) -> None:
    for options in ((), ("--by", "sub_programme")):
        done = workbench("gap", "opm-strategic-plan", "--year", "2009/10", *options)
        rows = [[cell.strip() for cell in line.split("│")] for line in done.stdout.splitlines()]
        (whole,) = (row for row in rows if row[0] == "Whole" or row[1:2] == ["Whole"])
        assert {"3,162", "1,915", "1,247", "60.6"} <= set(whole), done.stdout
        (line,) = (row for row in rows if "Household Services" in row)
        assert "Prime Minister's Affairs" in line[0]
        assert "Sources: Office of the Prime Minister, Republic of Kenya: Strategic Plan 2009-2012." in " ".join(
            done.stdout.split()
        )


def test_other_stages(workbench: Workbench) -> None:
    done = workbench("gap", "national-budget", "--from", "ceiling", "--to", "revised", "--year", "2025/26", "--json")
    said = json.loads(done.stdout)
    assert (said["from_stage"], said["to_stage"]) == ("ceiling", "revised")
    assert round(said["gap"] / 1e9, 2) == -370.05


def test_refusals(workbench: Workbench) -> None:
    assert_refused(workbench("gap", "opm-strategic-plan", "--year", "2009/11"), "is no financial year")
    assert_refused(workbench("gap", "opm-strategic-plan", "--year", "2019/20"), "is no known financial year")
    assert_refused(workbench("gap", "opm-strategic-plann"), "did you mean 'opm-strategic-plan'?")
    assert_refused(workbench("gap", "opm-strategic-plan", "--by", "programe"), "did you mean 'programme'?")
    assert_refused(workbench("gap", "opm-strategic-plan", "--table", "8.3"), "8.2")
    assert_refused(
        workbench("gap", "national-budget", "--from", "revised", "--to", "expenditure"), "several tables", "votes"
    )
    itself = ("--from", "requirement", "--to", "requirement")
    assert_refused(
        workbench("gap", "opm-strategic-plan", *itself), "'requirement' is set against itself", "two different"
    )
    assert_refused(workbench("gap", "national-budget", "--from", "ceilings"), "did you mean 'ceiling'?")


def test_stages(workbench: Workbench) -> None:
    vote = "State Department for Lands and Physical Planning"
    done = workbench("stages", "national-budget", "--vote", vote, "--year", "2024/25", "--json")
    said = json.loads(done.stdout)
    assert [round(step["amount"] / 1e9, 2) for step in said["steps"]] == [10.02, 6.51, 8.69, 9.69, 9.69, 9.57]
    table = workbench("stages", "national-budget", "--sector", "Health", "--year", "2024/25")
    assert "127,170" in table.stdout
    assert "34.03 billion" in table.stdout
    assert_refused(workbench("stages", "national-budget", "--year", "2024/25"), "name a vote or a sector")


def test_credibility(workbench: Workbench) -> None:
    options = ("--from", "ceiling", "--to", "revised", "--year", "2025/26")
    said = json.loads(workbench("credibility", "national-budget", *options, "--json").stdout)
    (year,) = said["years"]
    assert (round(year["outturn"], 5), round(year["variance"], 5)) == (1.14445, 0.0997)
    plan = workbench("credibility", "national-budget", "--plan", "--from", "requirement", "--to", "allocation")
    assert "32 of 33 lines are inconsistent" in plan.stdout
    wrong = ("--from", "ceilin", "--to", "revised", "--by", "vots", "--year", "2045/46")
    told = ("3 faults", "did you mean 'ceiling'?", "did you mean 'vote'?", "'2045/46'")
    assert_refused(workbench("credibility", "national-budget", *wrong), *told)


def test_rules_check(workbench: Workbench) -> None:
    share = "wage_share:wages=KSh 600 billion/revenue=2e12"
    said = json.loads(workbench("rules-check", "--year", "2024/25", "--share", share, "--json").stdout)
    found = {check["rule"]: check["passed"] for check in said["checks"]}
    assert (found["development_share"], found["wage_share"], found["contingencies_fund"]) == (False, True, None)
    assert {"source": "NGBIRR-25", "locator": "Table 4.1", "mark": "certain"} in said["sources"]
    assert any(source["locator"] == "rule wage_share" for source in said["sources"])


def test_rules_check_takes_what_the_package_holds_and_tells_the_rest(workbench: Workbench) -> None:
    done = workbench("rules-check")
    assert done.returncode == 0
    assert "1 passed, 2 failed, 11 could not be checked" in done.stdout
    words = " ".join(done.stdout.split())
    assert "wage share (the figures for wages are not given)" in words
    assert "ceiling slippage (unknown: estimate, 8 times)" in words
    nothing = workbench("rules-check", "--level", "county")
    assert (nothing.returncode, "4 could not be checked" in nothing.stdout) == (2, True)
    assert "no rule could be checked" in nothing.stderr
    nil = workbench("rules-check", "--level", "county", "--share", "wage_share:wages=1/revenue=0")
    assert "revenue is nil" in nil.stdout


def test_rules_check_tells_every_wrong_setting(workbench: Workbench) -> None:
    wrong = ("--level", "count", "--year", "2031/32", "--share", "wages_share:a=x/b=y", "--share", "bad")
    done = workbench("rules-check", *wrong)
    assert_refused(done, "6 faults", "'x' is no amount", "'y' is no amount", "'bad' is no share", "'2031/32'",
                   "did you mean 'county'?", "did you mean 'wage_share'?")  # fmt: skip


def test_approved_and_released_are_stages_too(workbench: Workbench) -> None:
    assert_refused(
        workbench("gap", "national-budget", "--from", "approved", "--to", "released"),
        "'exchequer_issue' is no known stage",
    )
    said = json.loads(workbench("gap", "national-budget", "--from", "ceiling", "--to", "approved", "--json").stdout)
    assert said["to_stage"] == "estimate"
    wrong = ("--by", "bogus", "--year", "2031/32", "--basis", "nope")
    assert_refused(workbench("gap", "opm-strategic-plan", *wrong), "3 faults")
    assert_refused(workbench("gap", "national-budget", "--from", "ceilingg", "--to", "estimat"), "2 faults")


LEDGER = (
    "vote,financial_year,stage,amount,unit\nA,2024/25,requirement,10,KSh million\nA,2024/25,allocation,7000000,KES\n"
)


def test_a_ledger_is_taken_as_a_file(workbench: Workbench, tmp_path) -> None:
    file = tmp_path / "own.csv"
    file.write_text(LEDGER)
    ended = workbench("gap", str(file), "--by", "vote", "--json")
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert (told["package"], told["years"][0]["gap"]) == ("own.csv", 3_000_000)


def test_stages_and_levels_that_are_none_are_told_at_once(workbench: Workbench, tmp_path) -> None:
    wrong = ("--from", "requirment", "--to", "allocaton", "--by", "progamme", "--year", "2031/32")
    told = ("did you mean 'requirement'?", "did you mean 'allocation'?", "did you mean 'programme'?")
    assert_refused(workbench("gap", "opm-strategic-plan", *wrong), "4 faults", *told, "'2031/32' is no known")
    file = tmp_path / "own.csv"
    file.write_text(LEDGER + "A,2024/25,revised,n/a,KES\n")
    assert_refused(workbench("gap", str(file), *wrong[:-2]), "3 faults", *told)
    assert_refused(workbench("gap", str(file)), "own.csv, row 4, column amount: 'n/a' is no plain number")
    assert_refused(workbench("gap", "opm-strategic-plan", "--year-is", "end"), "'--year-is' is for a ledger's file")


def test_stages_of_a_ledger_s_file(workbench: Workbench, tmp_path) -> None:
    file = tmp_path / "boost.csv"
    file.write_text("year,admin2,func,approved,revised,executed\n2016,A,Health,9,8,7\n2016,B,Health,1,1,1\n")
    options = ("--vote", "A", "--year", "2015/16", "--unit", "KES million", "--year-is")
    said = json.loads(workbench("stages", str(file), *options, "end", "--json").stdout)
    assert [(step["stage"], step["amount"]) for step in said["steps"]] == [
        ("estimate", 9e6), ("revised", 8e6), ("expenditure", 7e6),
    ]  # fmt: skip
    assert_refused(workbench("stages", str(file), *options[:-1]), "(--year-is)")
    gap = workbench(
        "gap", str(file), "--from", "approved", "--to", "executed", "--by", "sector", *options[-3:], "end", "--json"
    )
    assert json.loads(gap.stdout)["gap"] == 2e6


def test_a_line_of_a_stage_that_is_none_is_refused_and_never_left_out(workbench: Workbench, tmp_path) -> None:
    file = tmp_path / "own.csv"
    file.write_text(LEDGER + "B,2024/25,alocation,3,KES million\n")
    told = ("own.csv, row 4, column stage", "'alocation' is no stage", "did you mean 'allocation'?")
    assert_refused(workbench("gap", str(file), "--by", "vote"), *told)
