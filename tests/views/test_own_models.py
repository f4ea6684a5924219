"""Scores and crosswalks of a viewer's own go through the models' own readers, faults located in the form."""

from __future__ import annotations

import pytest

import workbench as wb
from workbench.alignment.wording import open_work
from workbench.datasets.form_reading import FilledForm
from workbench.datasets.forms import FORMS
from workbench.errors import InputError
from workbench.grants.facts import county_names_by_code
from workbench.views.grants_page import grants_page
from workbench.views.own_models import changed_shares, own_crosswalk, own_scores, with_given

COUNTIES = county_names_by_code()


def scores(changed: dict[int, tuple[str, str, str, str]] | None = None, first_row: int = 2) -> FilledForm:
    cells = [(str(code), county, "yes", "80") for code, county in enumerate(COUNTIES, start=1)]
    for place, row in (changed or {}).items():
        cells[place] = row
    return FilledForm(form=FORMS["scores"], file="scores.csv", cells=tuple(cells), first_row=first_row)


def test_scores_reach_the_grant_and_the_page_says_who_gave_them():
    read = own_scores(scores({0: ("1", "Mombasa", "no", "")}))
    result = wb.grants("kdsp2", "2025/26", scores=read)
    whole = wb.grants("kdsp2", "2025/26", scores=own_scores(scores()))
    assert result.awards["Mombasa"] < whole.awards["Mombasa"]
    shown = with_given(grants_page(result), "scores.csv")
    assert "Brought by the user: scores.csv" in list(shown.sources["source"])
    assert "given by you (scores.csv)" in shown.notes[0]


def test_faults_of_the_form_and_of_the_counties_come_together_at_their_rows():
    wrong = {
        2: ("3", "Kilifi", "perhaps", "80"),
        4: ("6", "Lamu", "yes", "80"),
        6: ("", "", "", ""),
        9: ("10", "Marsabit", "yes", "101"),
    }
    with pytest.raises(InputError) as refused:
        own_scores(scores(wrong, first_row=5))
    faults = {(fault.row, fault.column) for fault in refused.value.faults}
    assert {(7, "conditions_met"), (14, "score")} <= faults
    assert any(fault.row == 9 and "code of Taita" in fault.what for fault in refused.value.faults)
    assert any(fault.row is None and fault.value == COUNTIES[6] for fault in refused.value.faults)


def crosswalk(rows: list[list[str]]) -> FilledForm:
    return FilledForm(form=FORMS["crosswalk"], file="links.xlsx", cells=tuple(map(tuple, rows)))


@pytest.fixture(scope="module")
def work():
    return open_work(plan="mtp-iv")


@pytest.fixture
def cells(work) -> list[list[str]]:
    return [
        ["" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in row]
        for row in work.crosswalk.table.to_numpy().tolist()
    ]


def test_the_shipped_links_read_back_in_unchanged(work, cells):
    own = own_crosswalk(crosswalk(cells), list(work.labels), list(work.plan["plan_code"]))
    assert changed_shares(own, work.crosswalk) == {}
    assert wb.align(plan="mtp-iv", crosswalk=own).distance == wb.align(plan="mtp-iv").distance


def test_a_moved_line_is_the_only_change(work, cells):
    line, code = cells[0][:2]
    other = next(one for one in work.plan["plan_code"] if one != code)
    cells[0][1] = other
    own = own_crosswalk(crosswalk(cells), list(work.labels), list(work.plan["plan_code"]))
    assert changed_shares(own, work.crosswalk) == {f"shares.{line}.{code}": 0.0, f"shares.{line}.{other}": 1.0}


def test_a_crosswalks_faults_stand_at_their_cells_each_once(work, cells):
    cells[0][2], cells[1][1], cells[2][4] = "much", "roads-and-such", ""
    cells.insert(1, [""] * 7)
    with pytest.raises(InputError) as refused:
        own_crosswalk(crosswalk(cells), list(work.labels), list(work.plan["plan_code"]))
    faults = [(fault.row, fault.column) for fault in refused.value.faults]
    assert {(2, "share"), (4, "plan_code"), (5, "mark")} <= set(faults)
    assert len(faults) == len(set(faults))
