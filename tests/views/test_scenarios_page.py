"""A scenario's page: inputs first, figures before and after, and nothing listed that does not move."""

from __future__ import annotations

import math

import pytest

from workbench.scenarios import compare, load_scenario, run
from workbench.scenarios.without import NAME, VIEW, without_changes
from workbench.views.scenarios_page import inputs_grid, scenario_page


def compared(name: str, against: str | None = None):
    answer = run(name)
    before = run(without_changes(answer.scenario)) if against is None else run(against)
    comparison = compare(before, answer)
    return answer, comparison, scenario_page(answer, comparison, "the same", "the base")


@pytest.mark.parametrize("name", ["cut-by-rule", "ten-counties-fail", "housing-back-to-arud"])
def test_without_its_changes_a_scenario_looks_at_the_same_figures_and_alters_none(name):
    scenario = load_scenario(name)
    plain = without_changes(scenario)
    assert (plain.name, plain.model, plain.base) == (NAME, scenario.model, scenario.base)
    assert {change.name for change in plain.changes} == {change.name for change in scenario.changes} & set(VIEW)
    assert run(plain).financial_year == run(scenario).financial_year


def test_many_inputs_that_move_alike_stand_in_one_row_and_few_one_by_one():
    _, comparison, _ = compared("scores-plus-or-minus-three")
    rows = {row[0]: row[1:3] for row in inputs_grid(comparison).rows}
    assert rows["scores of 43 lines"] == ("", "80")
    assert rows["scores.Nyandarua"] == ("", "87")
    assert rows["conditions.Bomet"] == ("unknown", "not met")
    assert len(comparison.inputs) == 96


def test_the_cards_say_before_and_after():
    answer, _, page = compared("cut-across-the-board")
    cards = {card.label: card for card in page.cards}
    assert (cards["Gap"].value, cards["Gap"].unit) == ("119.15", "KSh billion".replace(" ", "\u00a0"))
    assert cards["Gap"].note.replace("\u00a0", " ") == "before: KSh 0"
    assert cards["Revised estimates"].note == "as before"
    assert page.illustrative
    assert page.result is answer


def test_winners_and_losers_are_those_of_the_comparison_and_say_why():
    _, comparison, page = compared("development-at-30-per-cent")
    assert len(page.grid.rows) == len(comparison.changes[comparison.names[1]])
    assert math.isclose(sum(row[3] for row in page.grid.values), 0, abs_tol=1e-3), "what some gain others lose"
    assert page.grid.rows[0][0] == "Teachers Service Commission / recurrent"
    assert "Teachers Service Commission" in page.explain(page.grid.picks[0])
    drawn = [value for trace in page.picture.figure["data"] for value in trace["x"] if value is not None]
    assert len(drawn) == 24
    assert "The 24 largest changes are shown." in page.picture.says


def test_nothing_that_moves_is_said_in_words():
    answer = run("ten-counties-fail")
    page = scenario_page(answer, compare(answer, answer), "itself", "the base")
    assert page.finding == "No headline figure moves; none gains and none loses"
    assert page.grid.rows == ()
    assert page.picture.says == "Nothing moves: no line gains or loses."
