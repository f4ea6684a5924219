"""A page opens in the state that its address names; what an address cannot ask for is told in words."""

from __future__ import annotations

import ipywidgets as widgets
import pytest

from workbench.panels.address import LONGEST, Address
from workbench.panels.gap import gap_panel
from workbench.panels.grants import grants_panel
from workbench.panels.page import Page
from workbench.views import text


def part(page: Page, kind: type) -> widgets.Widget:
    return next(one for one in _all(page) if isinstance(one, kind))


def _all(box):
    for one in box.children:
        yield one
        if isinstance(one, widgets.Box):
            yield from _all(one)


def said(page: Page) -> str:
    return next(one.value for one in page.children if "wb-error-place" in one._dom_classes)


def title(page: Page) -> str:
    return next(one.value for one in page.children if "<h1>" in getattr(one, "value", ""))


@pytest.fixture
def page() -> Page:
    return gap_panel()


def ask(page: Page, **state: object) -> None:
    part(page, Address)._handle_custom_msg({"kind": "asked", "state": state}, [])


def test_an_address_opens_its_state_whatever_the_order_of_its_parts(page):
    ask(page, year="2024/25", scenario="cut-by-rule", figures="votes")
    assert said(page) == ""
    assert "119.15" in title(page)
    assert "A scenario, not a published figure" in title(page)
    assert part(page, Address).state == {
        "figures": "votes",
        "scenario": "cut-by-rule",
        "year": "2024/25",
        "level": "sector",
        "basis": "as_computed",
        "unit": "fitting",
    }


def test_the_address_follows_the_controls(page):
    year = next(one for one in _all(page) if getattr(one, "description", "") == text.CONTROLS["year"])
    year.value = "2010/11"
    assert part(page, Address).state["year"] == "2010/11"


def test_what_is_not_offered_is_told_and_the_rest_is_shown(page):
    ask(page, year="2011/12", basis="as_guessed")
    assert "2011/12" in title(page)
    assert "&#x27;as_guessed&#x27; is no known sums" in said(page)
    assert text.ADDRESS["kept"] in said(page)


def test_a_year_of_other_figures_is_refused():
    page = grants_panel()
    ask(page, grant="kdsp1", year="2024/25")
    assert "2024/25" in said(page)
    assert "Kenya Devolution Support Programme (KDSP I)" in title(page)


@pytest.mark.parametrize(
    "state",
    [{"year": 2010}, {"year": None}, {"year": ["2010/11"]}, {"year": "2" * (LONGEST + 1)}, {"years": "2010/11"}, {}],
)
def test_what_is_no_short_text_under_a_known_name_is_passed_over(page, state):
    before = title(page)
    ask(page, **state)
    assert (title(page), said(page)) == (before, "")


@pytest.mark.parametrize("message", [None, "asked", {"kind": "asked"}, {"kind": "asked", "state": "year"}])
def test_a_broken_message_is_passed_over(page, message):
    before = title(page)
    part(page, Address)._handle_custom_msg(message, [])
    assert title(page) == before
