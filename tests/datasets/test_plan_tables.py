"""The Strategic Plan's tables in words and in posts, against the page."""

import pandas as pd
import pytest

from workbench.datasets import open_package


@pytest.fixture(scope="module")
def plan():
    return open_package("opm-strategic-plan")


def test_the_establishment_has_its_sixteen_units_with_every_post(plan, repository):
    posts = plan.table("staffing")
    assert list(posts["unit_number"].unique()) == list(range(1, 17))
    (text,) = (repository / "data" / "sources" / "seeds").glob("004*")
    lines = text.read_text(encoding="utf-8").split("\n")
    start = next(number for number, line in enumerate(lines) if line.startswith("1. ADMINISTRATION"))
    end = next(number for number, line in enumerate(lines) if line.startswith("6.5 Organisational Structure"))
    # Counted in another way: every line with a tab that prints a digit after its designation.
    printed = [line for line in lines[start:end] if any(letter.isdigit() for letter in "".join(line.split("\t")[2:]))]
    assert len(posts) == len(printed)


@pytest.mark.parametrize(
    ("unit", "post", "group", "approved", "proposed", "variance"),
    [
        (4, "Inspector General (Corporations)", "T", "1", "1", "1"),
        (4, "Assistant Inspector General", "Q", "9", "12", "5"),
        (1, "Security Warden", "D/E/F", "5", "5", ""),
        (1, "Secretarial Assistant", "G/H/J", "0", "11", "+ 11"),
        (6, "Records Management Officer II", "H", "3", "1", "-2"),
        (5, "Statistical Officer", "H/J", "", "4", "+4"),
        (16, "Policy Advisor", "-", "0", "2", "+2"),
        (12, "Studio Tech. Operator I", "J", "1", "1", "0"),
    ],
)
def test_a_post_is_what_the_page_prints(plan, unit, post, group, approved, proposed, variance):
    posts = plan.table("staffing")
    (row,) = posts[(posts["unit_number"] == unit) & (posts["post"] == post)].itertuples()
    cells = [row.job_group, row.approved_printed, row.proposed_printed, row.variance_printed]
    assert ["" if pd.isna(cell) else cell for cell in cells] == [group, approved, proposed, variance]


def test_every_variance_that_the_columns_contradict_is_found_and_no_other(plan):
    posts = plan.table("staffing").set_index("row")
    known = posts[posts["approved"].notna() & posts["proposed"].notna()]
    wrong = known[known["variance"].fillna(0) != known["proposed"] - known["approved"]]
    errors = plan.audit().errors
    assert set(errors[errors["table"] == "6.4"]["row"]) == set(wrong.index)
    assert len(wrong) == 8


def test_the_implementation_plan_runs_through_all_five_objectives(plan):
    activities = plan.table("implementation_plan")
    assert list(activities["objective_number"].unique()) == [1, 2, 3, 4, 5]
    assert len(activities) == 37
    first = activities.iloc[1]
    assert first["output"] == "OPM operational Departments established and rationalized"
    assert first["activity"].startswith("Operationalize the following departments")
    assert activities.iloc[-1]["responsibility"] == "PS, OPM"


def test_the_eight_national_priorities_are_those_of_the_plan(plan):
    priorities = list(plan.table("national_priorities")["priority"])
    assert len(priorities) == 8
    assert (priorities[0], priorities[-1]) == ("Infrastructure", "Youth Employment (Kazi Kwa Vijana Programme)")


def test_risks_and_stakeholders_have_no_marks_of_lists_left(plan):
    risks, stakeholders = plan.table("risks"), plan.table("stakeholders")
    assert len(risks) == 10
    assert list(stakeholders["stakeholder"])[:2] == ["Citizens", "Parliament"]
    assert set(risks["rating"]) == {"High", "Medium"}
    for table in (risks, stakeholders):
        text = table.to_csv()
        assert not any(mark in text for mark in ("<", "•", "·"))
    broken = risks[risks["risk"].str.startswith("Competition")]["control_measure"].item()
    assert broken.endswith("Constitutional Review")
