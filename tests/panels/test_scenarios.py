"""The dashboard of the scenarios without a browser: what is run is what the package gives, and rights are asked for."""

from __future__ import annotations

import json

import pytest

import workbench as wb
from workbench.panels.rights import APPROVERS, SIGNED_IN, STORE, UPLOAD
from workbench.panels.scenarios import FIRST, ScenariosPage, questions, scenarios_panel
from workbench.scenarios import open_store
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
    assert all(questions()[name][0] == "grants" for name in offered if name)
    page._against.value = "scores-plus-or-minus-three"
    page._run.click()
    assert "prices and programmes of two years are not comparable" in page._error.value


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
