"""What the page of the gap says of its lines: in the title, in the findings, in the marks of its rows."""

from __future__ import annotations

from workbench.panels.gap import content_of


def test_a_title_that_balances_in_sum_says_that_lines_lack_money():
    page = content_of("opm", "2010/11", "sub_programme", "as_computed")
    assert page.finding.replace("\u00a0", " ") == (
        "In 2010/11, as much was allocated in all as the KSh 3,357 million required, but one line lacks KSh 61 million"
    )
    lines = [row for row in page.grid.values[:-1] if row[3] > 0]
    assert [(row[0], row[3]) for row in lines] == [("Performance Contracting Services", 61)]
    moved = content_of("votes", "2024/25", "sector", "as_computed", "development-at-30-per-cent")
    assert "all of" not in moved.finding
    assert moved.finding.replace("\u00a0", " ").endswith("but 4 lines lose KSh 60.08 billion")


def test_findings_on_published_figures_stay_under_a_scenario_and_rows_it_changes_are_marked():
    chosen = ("opm", "2009/10", "programme", "as_computed")
    published, scenario = content_of(*chosen), content_of(*chosen, "five-hundred-million-for-the-prime-minister")
    audited = {finding for finding in published.findings if finding.startswith("Table ")}
    assert len(audited) == 5
    assert audited <= set(scenario.findings)
    assert set(published.grid.marks) == {""}
    assert set(scenario.grid.marks) == {"illustrative"}
