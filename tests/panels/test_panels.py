"""The dashboards as widgets, without a browser: what follows a control's change, and the notebooks that show them."""

from __future__ import annotations

import json

import ipywidgets as widgets
import nbformat
import pytest

from workbench.panels.alignment import alignment_panel
from workbench.panels.audit import audit_panel
from workbench.panels.chart import Chart
from workbench.panels.gap import gap_panel
from workbench.panels.grants import grants_panel
from workbench.panels.page import Page

PANELS = {"alignment": alignment_panel, "audit": audit_panel, "gap": gap_panel, "grants": grants_panel}
NOTEBOOKS = (*PANELS, "own", "scenarios")


def controls(page: Page) -> dict[str, widgets.Dropdown]:
    row = next(part for part in page.children if isinstance(part, widgets.HBox))
    return {control.description: control for control in row.children}


def title(page: Page) -> str:
    return next(part.value for part in page.children if "<h1>" in getattr(part, "value", ""))


@pytest.mark.parametrize("name", PANELS)
def test_every_option_of_every_control_changes_what_is_shown_and_faults_nowhere(name):
    page = PANELS[name]()
    drawn = next(part for part in page.children if isinstance(part, Chart))
    seen = set()
    # The first control decides what the others offer, so it is moved last.
    for control in reversed(controls(page).values()):
        for _, value in dict.fromkeys(control._options_full):
            control.value = value
            error = next(part for part in page.children if "wb-error-place" in part._dom_classes)
            assert error.value == ""
            seen.add(title(page) + drawn.says + str(drawn.figure["data"][0].get("name")))
    assert len(seen) > 2


def test_years_follow_the_chosen_figures_and_the_page_is_computed_once(monkeypatch):
    from workbench.panels import gap

    counted = []
    real = gap.content_of
    monkeypatch.setattr(gap, "content_of", lambda *choice: counted.append(choice) or real(*choice))
    page = gap_panel()
    assert counted == [("opm", "2009/10", "sub_programme", "as_computed", "", "fitting")]
    controls(page)["Figures"].value = "votes"
    assert controls(page)["Financial year"].options == ("2024/25",)
    assert counted[1:] == [("votes", "2024/25", "sector", "as_computed", "", "fitting")]


def test_a_control_without_a_choice_is_shown_so_and_guards_nothing():
    page = gap_panel()
    shown = controls(page)
    assert not any(control.disabled for control in shown.values())
    shown["Figures"].value = "votes"
    assert [control.description for control in shown.values() if control.disabled] == [
        "Financial year",
        "Lines",
        "Sums",
    ]
    shown["Figures"].value = "opm"
    assert not any(control.disabled for control in shown.values())


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_three_lines_and_holds_no_output(repository, name):
    notebook = nbformat.read(repository / "dashboards" / f"{name}.ipynb", as_version=4)
    (cell,) = notebook.cells
    assert len(cell.source.splitlines()) <= 3
    assert cell.outputs == []
    assert f"{name}_panel()" in cell.source


def test_no_other_file_lies_beside_the_notebooks(repository):
    names = {path.name for path in (repository / "dashboards").iterdir() if not path.name.startswith(".")}
    assert names == {f"{name}.ipynb" for name in NOTEBOOKS}


@pytest.mark.parametrize("name", ["alignment", "audit", "gap", "grants", "scenarios", "own"])
def test_a_dashboard_is_called_by_its_own_name_in_the_browser(name, repository):
    notebook = json.loads((repository / "dashboards" / f"{name}.ipynb").read_text(encoding="utf-8"))
    assert notebook["metadata"]["title"] == {"own": "Your own figures"}.get(name, name.capitalize())
