"""What is computed before anybody comes is what the controls can ask for: then a moved control finds its answer."""

from __future__ import annotations

import itertools

import ipywidgets as widgets
import pytest

from workbench.panels import alignment, audit, gap, grants, preload
from workbench.panels.alignment import alignment_panel
from workbench.panels.audit import audit_panel
from workbench.panels.gap import gap_panel
from workbench.panels.grants import grants_panel
from workbench.panels.page import Page

PANELS = {alignment: alignment_panel, audit: audit_panel, gap: gap_panel, grants: grants_panel}
UNMOVED = 12


def controls(page: Page) -> list[widgets.Dropdown]:
    return list(page._controls.values())


@pytest.fixture(scope="module")
def _warm() -> None:
    preload.warm_first()
    for _ in preload.warm_rest():
        pass


@pytest.mark.usefixtures("_warm")
@pytest.mark.parametrize("page", PANELS, ids=lambda page: page.__name__.rpartition(".")[2])
def test_no_control_asks_for_what_was_not_computed_ahead(page):
    before = page.content_of.cache_info().misses
    shown = PANELS[page]()
    moved = 0
    for control in controls(shown):
        for _, value in list(control._options_full)[:UNMOVED]:
            control.value = value
            moved += 1
    assert moved > 4
    assert page.content_of.cache_info().misses == before


@pytest.mark.parametrize("page", PANELS, ids=lambda page: page.__name__.rpartition(".")[2])
def test_a_page_opens_on_what_was_computed_first(page):
    preload.warm_first()
    before = page.content_of.cache_info().misses
    PANELS[page]()
    assert page.content_of.cache_info().misses == before


def test_the_rest_can_be_stopped_between_two_pieces():
    assert len(list(itertools.islice(preload.warm_rest(), 2))) == 2
