"""A page shows what its content says, keeps standing when that fails, and never shows a traceback."""

from __future__ import annotations

import logging
import re
from html import escape

import ipywidgets as widgets
import pytest

from workbench.errors import UnknownNameError
from workbench.panels.chart import BUNDLE, Chart
from workbench.panels.guard import LOG, checked, guarded
from workbench.panels.page import STYLESHEET, Page, select
from workbench.panels.table import Table
from workbench.views import text
from workbench.views.content import Card, Column, Grid, PageContent
from workbench.views.picture import picture

YEARS = ("2009/10", "2010/11")


def content(year: str) -> PageContent:
    return PageContent(
        finding=f"In {year} something was found",
        lead="KES million",
        cards=(Card(label="Gap", value="1,247", unit="KES million", tone="short"),),
        picture=picture([{"type": "bar", "x": [year], "y": [1]}], {}, f"One bar for {year}."),
        grid=Grid(caption="All of it", columns=(Column(key="a", title="A"),), rows=((year,),)),
        notes=("Read with care.",),
    )


def whole(page: Page) -> str:
    return "".join(part.value for part in page.children if isinstance(part, widgets.HTML))


def chart(page: Page) -> Chart:
    return next(part for part in page.children if isinstance(part, Chart))


def table(page: Page) -> Table:
    return next(part for part in page.children if isinstance(part, Table))


@pytest.fixture
def year() -> widgets.Dropdown:
    return select("Financial year", YEARS, YEARS[0])


def test_a_page_shows_its_content_at_once(year):
    page = Page({"year": year}, lambda: content(checked(year.value, YEARS, "financial year")))
    assert "In 2009/10 something was found" in whole(page)
    assert "1,247" in whole(page)
    assert "Read with care." in whole(page)
    assert chart(page).figure["data"][0]["x"] == ["2009/10"]
    assert chart(page).says == "One bar for 2009/10."
    assert table(page).shown.rows == (("2009/10",),)


def test_a_moved_control_changes_heading_picture_and_table(year):
    page = Page({"year": year}, lambda: content(checked(year.value, YEARS, "financial year")))
    year.value = "2010/11"
    assert "2009/10" not in whole(page)
    assert whole(page).count("2010/11") == 1
    assert table(page).shown.rows == (("2010/11",),)
    assert chart(page).figure["data"][0]["x"] == ["2010/11"]


def test_a_refusal_is_said_in_words_and_the_figures_before_stay(year):
    def show() -> PageContent:
        return content(checked(year.value, YEARS[:1], "financial year"))

    page = Page({"year": year}, show)
    year.value = "2010/11"
    assert "&#x27;2010/11&#x27; is no known financial year" in whole(page)
    assert "In 2009/10 something was found" in whole(page)
    year.value = "2009/10"
    assert "is no known" not in whole(page)


def test_a_fault_of_our_own_is_one_plain_sentence_and_the_log_has_the_rest(year, caplog, monkeypatch):
    monkeypatch.setattr(LOG, "propagate", True)

    def show() -> PageContent:
        raise ZeroDivisionError("secret details")

    with caplog.at_level(logging.ERROR):
        page = Page({"year": year}, show)
    assert escape(text.ERRORS["unexpected"]) in whole(page)
    assert "secret details" not in whole(page)
    assert "secret details" in caplog.text


def test_guarded_tells_whether_it_went_well():
    told: list[str] = []
    assert guarded(lambda: None, told.append)
    assert told == []


def test_a_value_is_checked_again_whatever_its_control_offers():
    assert checked("2009/10", YEARS, "financial year") == "2009/10"
    with pytest.raises(UnknownNameError, match=r"did you mean '2010/11'"):
        checked("2010-11", YEARS, "financial year")


def test_the_chart_gives_the_library_once_it_is_asked_and_to_nothing_else(monkeypatch):
    sent = []
    drawn = Chart()
    monkeypatch.setattr(drawn, "send", lambda message, buffers: sent.append((message, buffers)))
    drawn._handle_custom_msg({"kind": "something else"}, [])
    assert sent == []
    drawn._handle_custom_msg({"kind": "library wanted"}, [])
    assert sent == [({"kind": "library"}, [BUNDLE.read_bytes()])]


def test_the_bundle_is_small_and_names_its_version():
    assert BUNDLE.stat().st_size < 1_500_000
    assert BUNDLE.read_text(encoding="utf-8").startswith("/* plotly.js v")
    assert (BUNDLE.parent / "plotly-workbench.LICENSES.txt").is_file()


def test_outside_of_voila_a_page_brings_its_own_style(year, monkeypatch):
    monkeypatch.delenv("VOILA_BASE_URL", raising=False)
    assert "<style>" in whole(Page({"year": year}, lambda: content(year.value)))
    monkeypatch.setenv("VOILA_BASE_URL", "/")
    assert "<style>" not in whole(Page({"year": year}, lambda: content(year.value)))


def test_the_style_that_goes_into_a_notebook_touches_nothing_but_our_own_parts():
    # It broke JupyterLab's own window once.
    rules = re.sub(r"/\*.*?\*/|@media[^{]*\{", "", STYLESHEET.read_text(encoding="utf-8"), flags=re.DOTALL)
    selectors = [one.strip() for block in re.findall(r"([^{}]+)\{", rules) for one in block.split(",")]
    assert len(selectors) > 40
    assert [one for one in selectors if not one.startswith((".wb-", ":root"))] == []


class Shell:
    """Stands in for IPython's shell, with its hook for showing errors."""

    def _showtraceback(self, kind, fault, traceback):
        raise AssertionError("the traceback went to the browser")


def test_a_dashboards_kernel_says_faults_outside_of_callbacks_in_words(year, monkeypatch):
    shell = Shell()
    monkeypatch.setattr("IPython.core.getipython.get_ipython", lambda: shell)
    monkeypatch.setenv("VOILA_BASE_URL", "/")
    page = Page({"year": year}, lambda: content(year.value))
    shell._showtraceback(ValueError, ValueError("secret details"), ["line 1"])
    assert escape(text.ERRORS["refused"]) in whole(page)
    assert "secret details" not in whole(page)


def test_a_notebook_of_ones_own_keeps_its_tracebacks(year, monkeypatch):
    shell = Shell()
    monkeypatch.setattr("IPython.core.getipython.get_ipython", lambda: shell)
    monkeypatch.delenv("VOILA_BASE_URL", raising=False)
    Page({"year": year}, lambda: content(year.value))
    with pytest.raises(AssertionError, match="went to the browser"):
        shell._showtraceback(ValueError, ValueError("x"), [])
