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
    assert_refused(workbench("gap", "national-budget", "--from", "ceilings"), "did you mean 'ceiling'?")
