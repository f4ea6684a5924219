"""The dashboard of the scenarios without a browser: what is run is what the package gives, and rights are asked for."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import openpyxl
import pytest

import workbench as wb
from workbench.panels.own import own_panel
from workbench.panels.rights import APPROVERS, SIGNED_IN, STORE, UPLOAD
from workbench.panels.scenarios import FIRST, ScenariosPage, questions, scenarios_panel
from workbench.scenarios import canonical, compare, open_store
from workbench.views import text_scenarios

WORDS = text_scenarios.STORE


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    for name in (STORE, APPROVERS, SIGNED_IN, UPLOAD):
        monkeypatch.setenv(name, "")


@pytest.fixture
def store(tmp_path, monkeypatch):
    path = tmp_path / "runs.sqlite3"
    monkeypatch.setenv(STORE, str(path))
    return path


def keep(page: ScenariosPage, name: str = "ours", user: str = "Otieno") -> None:
    page._store._name.value, page._store._user.value = name, user
    page._store._save.click()


def test_the_page_opens_with_a_run_and_shows_the_packages_figures():
    page = scenarios_panel()
    assert page._error.value == ""
    run = wb.run(FIRST)
    awarded = next(one["value"] for one in run.record.headline if one["name"] == "awarded")
    assert f"{awarded / 1e9:,.2f}" in page._heading.value
    assert page._shown.content.grid.values[0][2] == run.table["award"].max()
    assert run.scenario.question.split("?")[0] in page._heading.value


def test_choosing_asks_and_running_answers():
    page = scenarios_panel()
    before = page._heading.value
    page._scenario.value = "ten-counties-fail"
    assert page._heading.value == before, "nothing is shown for what was not run"
    assert "ten counties fail" in page._question.value
    page._run.click()
    assert "37 gain and none loses" in page._heading.value
    page._against.value = FIRST
    page._run.click()
    assert "37 gain and 10 lose" in page._heading.value
    why = page._shown._why(page._shown.content.grid.picks.index("Embu"))
    assert why.startswith("Embu: KSh ")


def test_only_runs_of_the_same_model_are_offered_and_unlike_years_are_refused_in_words():
    page = scenarios_panel()
    offered = [value for _, value in page._against.options]
    assert offered == ["", "shilling-at-160", "ten-counties-fail"], (
        "not scores-plus-or-minus-three, which is of 2018/19"
    )
    for name, asked in questions().items():
        assert asked.year == wb.run(name).financial_year
        page._scenario.value = name
        for _, other in page._against.options[1:]:
            compare(wb.run(name), wb.run(other))  # raises for what cannot be compared
    page._scenario.value = FIRST
    page._against.options = [*page._against.options, ("Other year", "scores-plus-or-minus-three")]
    page._against.value = "scores-plus-or-minus-three"
    page._run.click()
    assert "is no known run to compare with" in page._error.value


@pytest.mark.parametrize("control", ["_scenario", "_against"])
def test_what_is_not_offered_is_refused(control):
    page = scenarios_panel()
    chosen = getattr(page, control)
    chosen.options = [*chosen.options, ("Mine", "/etc/passwd")]
    chosen.value = "/etc/passwd"
    page._run.click()
    assert "is no known" in page._error.value


def test_an_address_opens_its_state_and_says_what_it_cannot():
    page = scenarios_panel()
    page._address.ask({"scenario": "shilling-at-160", "against": FIRST})
    assert (page._scenario.value, page._against.value) == ("shilling-at-160", FIRST)
    assert "160" in page._heading.value
    colleague = scenarios_panel()
    page._against.value = "ten-counties-fail"
    page._run.click()
    colleague._address.ask(dict(page._address.state))
    assert colleague._heading.value == page._heading.value
    assert "37 lose" in page._heading.value or "37 gain" in page._heading.value, (
        "it is compared with what was asked for"
    )
    assert colleague._shown.content.grid.values == page._shown.content.grid.values
    page._address.ask({"scenario": "no-such"})
    assert "is no known scenario" in page._error.value


def test_without_a_store_nothing_is_kept_or_approved_whoever_clicks():
    page = scenarios_panel()
    keep(page)
    assert "This server keeps nothing" in page._store._error.value
    page._store._approve.click()
    assert "This server keeps nothing" in page._store._error.value


def test_a_kept_run_is_listed_signed_and_compared_with(store):
    page = scenarios_panel()
    keep(page, "", "Otieno")
    assert WORDS["no_name"] in page._store._error.value
    keep(page)
    assert page._store._error.value == ""
    assert [row[:2] for row in page._store._table.shown.rows] == [("ours", FIRST)]
    keep(page)
    assert "is taken" in page._store._error.value
    page._scenario.value = "ten-counties-fail"
    kept = next(value for shown, value in page._against.options if shown == "Kept run: ours")
    page._against.value = kept
    page._run.click()
    assert "37 gain and 10 lose" in page._heading.value
    with open_store(store) as opened:
        (entry,) = opened.runs()
        assert entry.made_by == "Otieno (name not checked)"
        assert opened.verify().sound


def test_approving_is_a_right_that_the_server_gives(store, monkeypatch):
    page = scenarios_panel()
    keep(page)
    page._store._approve.click()
    assert "You may not approve here" in page._store._error.value
    monkeypatch.setenv(SIGNED_IN, "otieno")
    monkeypatch.setenv(APPROVERS, json.dumps(["wanjiku"]))
    page._store._approve.click()
    assert "You may not approve here" in page._store._error.value
    with open_store(store) as opened:
        assert opened.runs()[0].status == "draft"
    monkeypatch.setenv(SIGNED_IN, "wanjiku")
    page._store._approve.click()
    assert page._store._error.value == ""
    with open_store(store) as opened:
        assert (opened.runs()[0].status, opened.runs()[0].approved_by) == ("approved", "wanjiku")
    assert page._store._choice.options == ()


def test_nobody_approves_a_run_of_his_own(store, monkeypatch):
    monkeypatch.setenv(APPROVERS, json.dumps(["Wanjiku"]))
    page = scenarios_panel()
    keep(page, "typed", "Wanjiku")
    page._store._approve.click()
    assert "was kept by you, and nobody approves a run of his own" in page._store._error.value
    monkeypatch.setenv(SIGNED_IN, "Wanjiku")
    keep(page, "signed", "the minister")
    page._store._choice.value = next(run for name, run in page._store._choice.options if name == "signed")
    page._store._approve.click()
    assert "signed&#x27; was kept by you" in page._store._error.value
    with open_store(store) as opened:
        assert {entry.status for entry in opened.runs()} == {"draft"}


def test_an_approved_run_is_not_approved_again_and_no_other_is_reached(store, monkeypatch):
    monkeypatch.setenv(APPROVERS, json.dumps(["Wanjiku"]))
    page = scenarios_panel()
    keep(page)
    run = page._store._choice.value
    page._store._approve.click()
    page._store._choice.options = [("again", run), ("other", "0" * 12)]
    page._store._choice.value = run
    page._store._approve.click()
    assert "is approved and cannot be approved again" in page._store._error.value
    page._store._choice.value = "0" * 12
    page._store._approve.click()
    assert "is no known kept run" in page._store._error.value


ASKS = """programme,economic_class,financial_year,amount,unit
Roads,total,2024/25,400,KES million
Water,total,2024/25,{water},KES million
"""


def keep_requests(name: str, water: str = "300", rule: str = "proportional") -> None:
    page = own_panel()
    page._brought("asks.csv", ASKS.format(water=water).encode())
    page.kind._envelope.value, page.kind._rule.value = "KSh 500 million", rule
    page._run.click()
    page._keep._name.value, page._keep._user.value = name, "Wanjiku"
    page._keep._save.click()
    assert page._error.value == ""


def kept(page: ScenariosPage, name: str) -> str:
    return next(value for shown, value in page._scenario.options if shown.startswith(f"Kept run: {name}"))


def test_kept_requests_are_opened_run_again_and_compared(store):
    keep_requests("ours")
    keep_requests("more water", "350", "constrained_equal_awards")
    page = scenarios_panel()
    assert page._scenario.value == FIRST, "what is kept is offered and not run unasked"
    page._scenario.value = kept(page, "more water")
    assert "given by Wanjiku (name not checked) (asks.csv)" in page._question.value
    page._run.click()
    assert page._error.value == ""
    with open_store(store) as opened:
        awards = opened.record("more water").tables["awards"]
    assert awards["award"].tolist() == [250_000_000, 250_000_000]
    assert page._answer.table["award"].tolist() == awards["award"].tolist()
    assert page._answer.entry.name == "more water"
    moved = "Envelope: from KSh\u00a0750.00\u00a0million to KSh\u00a0500.00\u00a0million; none gains and 2 lose"
    assert moved in page._heading.value, "held against all that is asked for"
    assert page._inputs.shown.rows[0][:3] == ("envelope", "750,000,000", "500,000,000")
    page._against.value = kept(page, "ours")
    page._run.click()
    assert "Requested: from KSh\u00a0700.00\u00a0million to KSh\u00a0750.00\u00a0million" in page._heading.value
    assert [row[0] for row in page._inputs.shown.rows] == ["rule", "file requests.csv"]
    why = page._shown._why(page._shown.content.grid.picks.index("Water"))
    assert why.startswith("Water gets KSh 250,000,000.")
    assert "Brought by the user: requests.csv" in page._shown.content.sources["source"].tolist()
    name, content = page._file("xlsx")
    assert name == "run-more-water-against-kept-run-ours.xlsx"
    figures = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["Results"]
    assert [figures.cell(row, 3).value for row in (6, 7, 8)] == [250_000_000, 250_000_000, 500_000_000]
    ours = [row[1] for row in page._shown.content.grid.values]
    assert {figures.cell(row, 2).value for row in (6, 7)} == set(ours), "what it is compared with stands beside it"
    assert page._file("pdf")[1].startswith(b"%PDF")
    again = scenarios_panel()
    again._address.ask(page._state())
    assert "Requested: from" in again._heading.value


def test_a_page_that_waited_for_its_viewer_lists_what_was_kept_meanwhile(store):
    page = scenarios_panel()
    keep_requests("ours")
    page._address._handle_custom_msg({"kind": "opened"}, [])
    asked = {"scenario": kept(page, "ours")}
    page._address._handle_custom_msg({"kind": "asked", "state": asked}, [])
    assert page._error.value == ""
    assert page._answer.entry.name == "ours"


def test_scores_that_are_kept_are_opened_too(store):
    page = own_panel()
    page._choice.value = "scores"
    cells = [[place, column, cell] for place in range(5) for column, cell in ((2, "yes"), (3, "77.5"))]
    page._grid._handle_custom_msg({"kind": "cells", "turn": page._grid.sheet["turn"], "changes": cells}, [])
    page._run.click()
    page._keep._name.value, page._keep._user.value = "scores of five", "Wanjiku"
    page._keep._save.click()
    opened = scenarios_panel()
    opened._scenario.value = kept(opened, "scores of five")
    opened._run.click()
    assert opened._error.value == ""
    assert opened._answer.table["award"].sum() == page._worked.content.result.table["award"].sum() > 0


def test_a_kept_run_whose_figures_no_longer_come_out_is_not_shown(store):
    keep_requests("ours")
    with open_store(store, user="Otieno") as opened:
        record = opened.record("ours")
        content = canonical.thawed(record.content)
        content["tables"]["awards"]["rows"][0][5] += 1
        opened.save(replace(record, content=content, stated_hash=None), name="a shilling more")
    page = scenarios_panel()
    before = page._heading.value
    page._scenario.value = kept(page, "a shilling more")
    page._run.click()
    assert "gives other figures now than it keeps: 1 differ" in page._error.value
    assert page._heading.value == before


def test_a_run_that_is_not_listed_is_not_opened(store):
    page = scenarios_panel()
    page._scenario.options = [*page._scenario.options, ("Mine", f"kept:{'0' * 12}")]
    page._scenario.value = f"kept:{'0' * 12}"
    page._run.click()
    assert "is no known scenario" in page._error.value
