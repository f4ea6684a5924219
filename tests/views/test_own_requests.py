"""A viewer's own requests: every fault at its cell, awards to the shilling, and a workbook that recomputes them."""

from __future__ import annotations

import io

import openpyxl
import pytest

from workbench.briefs import render
from workbench.datasets.form_reading import FilledForm
from workbench.datasets.forms import FORMS
from workbench.errors import InfeasibleError, InputError
from workbench.scenarios.models.requests_form import Requests, read_requests
from workbench.scenarios.models.requests_met import meet
from workbench.views.own_csv import requests_csv
from workbench.views.own_faults import wrong_cells
from workbench.views.own_requests import requests_page

FORM = FORMS["requests"]
PLAIN = {"economic_class": "total", "financial_year": "2024/25", "unit": "KES million"}


def form(*rows: dict[str, str], first_row: int = 2) -> FilledForm:
    cells = tuple(tuple((PLAIN | row).get(name, "") if row else "" for name in FORM.headings) for row in rows)
    return FilledForm(form=FORM, file="asks.xlsx", sheet="requests", cells=cells, first_row=first_row)


def share_out(requests: Requests, year: str, envelope: str, rule: str):
    return meet(requests, year, envelope, rule).allocation


ROADS = {"programme": "Roads", "amount": "400"}
WATER = {"programme": "Water", "amount": "300"}
HEALTH = {"programme": "Health", "vote": "Ministry of Health", "amount": "120.5", "source": "Plan, p. 3"}


def test_the_envelope_is_shared_out_to_the_shilling():
    result = share_out(read_requests(form(ROADS, WATER, HEALTH)), "2024/25", "KSh 500 million", "proportional")
    assert result.awards.to_dict() == {
        "Roads": 243_753_809, "Water": 182_815_356, "Ministry of Health / Health": 73_430_835,
    }  # fmt: skip
    assert int(result.awards.sum()) == 500_000_000


def test_floors_ceilings_and_weights_are_those_of_the_row_in_its_unit():
    rows = [ROADS | {"ceiling": "150", "weight": "2"}, WATER | {"floor": "290"}, HEALTH]
    result = share_out(read_requests(form(*rows)), "2024/25", "500 million", "proportional")
    assert result.awards["Roads"] <= 150_000_000
    assert result.awards["Water"] >= 290_000_000
    assert int(result.awards.sum()) == 500_000_000


def test_only_the_year_that_is_asked_for_is_met():
    requests = read_requests(form(ROADS, WATER | {"financial_year": "2025/26"}))
    assert requests.years == ("2024/25", "2025/26")
    assert list(share_out(requests, "2025/26", "1", "proportional").awards.index) == ["Water"]


def test_every_fault_of_cells_and_limits_is_told_at_once_where_it_stands():
    rows = [
        ROADS | {"amount": "four hundred"},
        {},
        WATER | {"floor": "310", "economic_class": "totl"},
        HEALTH | {"weight": "0", "ceiling": "10", "floor": "20"},
        {"programme": "Grand total", "amount": "1,220"},
    ]
    filled = form(*rows, first_row=4)
    with pytest.raises(InputError) as refused:
        read_requests(filled)
    wrong = wrong_cells(refused.value.faults, FORM.headings, 4, len(rows))
    places = {(one.row, FORM.headings[one.column]) for one in wrong}
    assert places == {(0, "amount"), (2, "economic_class"), (2, "floor"), (3, "floor"), (3, "weight"), (4, "programme")}
    assert "'310' is above the amount that is asked for (change one of the two)" in {one.words for one in wrong}
    assert all(fault.sheet == "requests" for fault in refused.value.faults)


def test_an_unknown_amount_is_never_taken_for_nothing():
    requests = read_requests(form(ROADS, WATER | {"amount": ""}))
    with pytest.raises(InputError, match="not known, and an unknown request cannot be shared out for") as refused:
        share_out(requests, "2024/25", "100 million", "proportional")
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [(3, "amount")]


@pytest.mark.parametrize("envelope", ["", "a lot", "-5", "800 million", "0.5"])
def test_an_envelope_that_cannot_be_shared_out_is_refused(envelope):
    with pytest.raises(InputError):
        share_out(read_requests(form(ROADS, WATER)), "2024/25", envelope, "proportional")


def test_floors_above_the_envelope_are_refused():
    with pytest.raises(InfeasibleError, match="floors add up to"):
        share_out(read_requests(form(ROADS | {"floor": "390"}, WATER)), "2024/25", "100 million", "proportional")


def page(*rows: dict[str, str], envelope: str = "500 million", rule: str = "proportional"):
    requests = read_requests(form(*(rows or (ROADS, WATER, HEALTH))))
    met = meet(requests, "2024/25", envelope, rule)
    return met.allocation, requests_page(met)


def test_the_page_says_what_was_asked_given_and_lacking_and_who_gave_the_figures():
    _, shown = page()
    assert "820.50" in shown.finding
    assert "320.50" in shown.finding
    assert [card.value for card in shown.cards] == ["820,500,000", "500,000,000", "320,500,000", "60.9"]
    assert shown.grid.rows[-1] == ("All requests", "820,500,000", "500,000,000", "320,500,000", "60.9")
    assert list(shown.sources["source"].unique()) == ["Brought by the user: asks.xlsx"]
    assert "row 4; after Plan, p. 3" in list(shown.sources["locator"])
    assert "Figures brought by the user (asks.xlsx) stand in this result; they are no published figures." in shown.notes
    assert shown.grid.picks[-1] is None
    assert "Roads gets KSh 243,753,809." in shown.explain(shown.grid.picks[0])


def test_a_rule_that_knows_no_weights_says_that_they_are_not_used():
    weighted = (ROADS | {"weight": "3"}, WATER)
    assert any("weights are not used" in note for note in page(*weighted, rule="talmud")[1].notes)
    assert not any("weights are not used" in note for note in page(*weighted)[1].notes)


def test_a_rule_that_covers_some_less_names_the_least():
    _, shown = page(rule="constrained_equal_losses")
    assert shown.cards[-1].note.startswith("lowest: Ministry of Health / Health")
    assert "Ministry of Health / Health is covered least" in shown.picture.says


def test_requests_that_are_met_in_full_are_said_so():
    _, shown = page(envelope="820.5 million")
    assert shown.finding.startswith("All of the")
    assert shown.cards[2].value == "0"
    assert page(ROADS, envelope="400 million")[1].lead.startswith("1 request, met by the rule: proportional.")


def test_the_workbook_holds_the_figures_and_formulas_that_recompute_them():
    result, shown = page({"programme": "=Roads", "amount": "400"}, WATER, HEALTH)
    content = render(shown.result, "xlsx")
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    sheet, cached = formulas["Results"], values["Results"]
    assert [cell.value for cell in cached[9]][:4] == ["All requests", 820_500_000, 500_000_000, 320_500_000]
    assert [sheet.cell(9, place).value for place in (2, 3)] == ["=SUM(B6:B8)", "=SUM(C6:C8)"]
    assert [cached.cell(row, 3).value for row in (6, 7, 8)] == list(result.awards)
    assert [formulas["Inputs"].cell(row, 3).value for row in (6, 7, 8)] == list(result.awards)
    assert cached["A6"].value == "'=Roads", "what a user typed never becomes a formula"
    assert {"Summary", "Inputs", "Results", "Sources", "Run record"} <= set(formulas.sheetnames)


def test_the_csv_holds_whole_shillings_and_no_formula():
    result, _ = page({"programme": "=cmd|' /C calc'!A1", "amount": "400"}, WATER)
    lines = requests_csv(result).decode("utf-8-sig").splitlines()
    assert lines[0] == "line,requested_kes,award_kes,gap_kes,coverage,reason"
    assert lines[1].startswith("'=cmd|' /C calc'!A1,400000000,285714286,114285714,0.714286,")
