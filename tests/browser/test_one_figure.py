"""The page in a real browser shows the figures that the package computes and the files hold, read back from its text."""

from __future__ import annotations

import pytest

from tests.briefs.reading import figure, table_of
from tests.briefs.test_one_figure import YEAR, headline, lines

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_the_page_in_the_browser_shows_the_same_figures(visit):
    visit.open("gap")
    page = visit.page
    assert YEAR in page.locator("h1").text_content()
    assert [figure(one) for one in page.locator(".wb-figure-value").all_text_contents()] == headline()
    rows = page.evaluate(
        "[...document.querySelectorAll('.wb-table tbody tr')].map(r => [...r.cells].map(c => c.textContent))"
    )
    assert table_of(rows) == lines()
