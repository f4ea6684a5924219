"""A scenario's page: inputs first, figures before and after, and nothing listed that does not move."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from workbench.grants import grants
from workbench.scenarios import canonical, compare, load_scenario, run
from workbench.scenarios.without import NAME, VIEW, without_changes
from workbench.views.grants_page import grants_page
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
    assert cards["Revised estimate before the moves"].note == "as before"
    assert page.finding.startswith("Revised estimate after the moves: from KSh")
    assert page.finding.endswith("none gains and 136 lose (recurrent and development money counted apart)")
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


@pytest.mark.parametrize("name", ["cut-across-the-board", "five-hundred-million-for-the-prime-minister", "cut-by-rule"])
def test_a_change_is_what_is_there_after_less_what_was_there_before(name):
    answer, comparison, page = compared(name)
    assert [column.key for column in page.grid.columns[1:4]] == ["before", "after", "change"]
    moved = comparison.changes[comparison.names[1]].set_index("label")
    size = 1e6 if "million" in page.grid.columns[3].title else 1
    now = answer.table.set_index("line")["allocation"]
    for label, before, after, change, percent in page.grid.values:
        assert math.isclose(change, after - before, abs_tol=1e-6)
        assert math.isclose(after * size, now[label], rel_tol=1e-12)
        assert math.isclose(percent, 100 * (after - before) / before)
        assert math.isclose(change * size, moved.loc[label, "after"] - moved.loc[label, "before"], abs_tol=1e-3)
    signs = {"Gains": 1, "Loses": -1}
    drawn = [(signs[trace["name"]], value) for trace in page.picture.figure["data"] for value in trace["x"] if value]
    assert drawn
    assert all(sign * value > 0 for sign, value in drawn)


def test_why_explains_the_line_that_is_clicked_and_names_the_whole_that_it_is_a_part_of():
    _, _, page = compared("cut-across-the-board")
    label = "State Department for Higher Education and Research / recurrent"
    why = page.explain(label)
    assert why.startswith(
        f"{label}: KSh 139,160 million before and KSh 132,202 million in the scenario, KSh 6,958 million less (−5.0 per"
    )
    assert "It is a part of State Department for Higher Education and Research, of which as a whole:" in why
    _, _, found = compared("five-hundred-million-for-the-prime-minister")
    assert "it gets KSh 93,666,667" in found.explain("Household Services")


def test_notes_say_of_which_run_they_are_and_findings_stand_on_the_page():
    _, comparison, page = compared("kdsp2-every-county-qualifies")
    nobody = next(note for note in page.notes if "nobody is known to qualify" in note)
    assert nobody.startswith("Before: ")
    assert f"{comparison.names[0]}: {nobody.removeprefix('Before: ')}" in comparison.notes
    _, _, minister = compared("five-hundred-million-for-the-prime-minister")
    assert [note[: note.index(":")] for note in minister.notes if "1,265" in note] == ["Before", "In the scenario"]
    assert any("printed 2,055, its rows add to 1,897" in finding for finding in minister.findings)
    same = scenario_page(
        run("ten-counties-fail"), compare(run("ten-counties-fail"), run("ten-counties-fail")), "itself", "x"
    )
    assert not any(note.startswith(("Before", "In the scenario")) for note in same.notes), "both say the same"


def test_what_a_scenario_invents_is_illustrative_in_every_row_source_and_reason():
    answer, _, page = compared("kdsp2-every-county-qualifies")
    assert set(page.grid.marks) == {"illustrative"}
    invented = page.sources[page.sources["source"] == "the scenario"]
    assert invented["mark"].tolist() == ["illustrative"]
    assert not page.sources["locator"].str.contains("supplied by the user").any()
    why = page.explain("Baringo").splitlines()
    assert why[0].endswith("illustrative, no published figure")
    assert why[-1] == "  award: KSh 276,595,745 in whole shillings [illustrative]"
    shown = grants_page(answer.outcome.result)
    assert set(shown.grid.marks) == {"illustrative"}
    assert set(grants_page(grants("kdsp2")).grid.marks) == {""}


def test_long_names_have_room_for_their_lines_and_figures_beyond_the_bars():
    _, _, page = compared("cut-across-the-board")
    for figure in (page.picture.figure, page.picture.narrow):
        layout = figure["layout"]
        lines = max(name.count("<br>") + 1 for name in layout["yaxis"]["ticktext"])
        assert lines > 1
        assert layout["height"] / len(layout["yaxis"]["ticktext"]) >= lines * layout["yaxis"]["tickfont"]["size"] * 1.25
        least = min(value for trace in figure["data"] for value in trace["x"] if value is not None)
        assert layout["xaxis"]["range"][0] < 1.09 * least
        assert layout["xaxis"]["range"][1] == 0, "nothing gains"


def test_an_amount_among_the_inputs_is_written_out():
    answer = run("ten-counties-fail")
    content = canonical.thawed(answer.record.content)
    pool = {"name": "level_2.pool", "before": 13_000_000_000, "after": 132_760_500_000.5, "unit": "KES"}
    other = replace(answer.record, content={**content, "parameters": [*content["parameters"], pool]})
    assert ("level_2.pool", "13,000,000,000", "132,760,500,000.5", "KSh") in inputs_grid(compare(answer, other)).rows
