"""A screen names the published document, and no working file that quotes it; an export keeps the locator."""

from __future__ import annotations

import csv
import re

import pytest

from workbench.datasets.locate import data_root
from workbench.panels import alignment, gap, grants
from workbench.panels.html import foot, heading
from workbench.views.places import is_working_file, shown_place


@pytest.mark.parametrize(
    ("locator", "shown"),
    [
        ("table 8.1.0, line 1784 of the text", "table 8.1.0, line 1784 of the text"),
        ("budget_system.md section 2.7: supp_II", ""),
        ("budget_system.md section 2.7: allocation", ""),
        ("budget_system.md section 1, MTP IV budget grouping", "MTP IV budget grouping"),
        ("kdsp.md sections 3.3 and 3.4", ""),
        ("kdsp.md section 3.4; exact to the shilling, partial: 11 of 47", "exact to the shilling, partial: 11 of 47"),
        ("whole shillings (kdsp.md section 3.4)", "whole shillings"),
        ("section 2, the sources say", "section 2, the sources say"),
    ],
)
def test_a_place_is_what_the_document_has_without_the_working_file(locator, shown):
    assert shown_place(locator) == shown


def test_no_locator_of_the_shipped_figures_shows_a_working_file():
    seen = 0
    for path in data_root().glob("*/*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                place = row.get("locator") or ""
                seen += ".md" in place
                assert ".md" not in shown_place(place), place
    assert seen > 300


@pytest.mark.parametrize(
    "content",
    [
        lambda: grants.content_of(*grants.first_choice()),
        lambda: grants.content_of("kdsp1", "2018/19", "map", "scores-plus-or-minus-three"),
        lambda: alignment.content_of(*alignment.first_choice()),
        lambda: gap.content_of("votes", "2025/26", "sector", "as_computed", "supplementary-two-repeated"),
    ],
)
def test_no_page_names_a_working_file_while_its_result_keeps_every_locator(content):
    page = content()
    assert re.search(r"\w\.md\b", heading(page) + foot(page)) is None
    kept = page.result.sources
    assert (kept["locator"].astype(str).str.contains(".md", regex=False) | kept["source"].map(is_working_file)).any()
