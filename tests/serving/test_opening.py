"""A visitor who comes as soon as the address is printed reads that the figures are being computed, and then sees them."""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psutil
import pytest

from tests.running import Server, run_to_its_end, start_server
from workbench.serving import opening
from workbench.serving.opening import Opening
from workbench.views import text

pytestmark = [
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(not hasattr(psutil.Process, "suspend"), reason="a process cannot be held here"),
]

WAITS = html.escape(text.FRAME["starting"])
CARD = 'class="wb-figure-value"'


@pytest.fixture(scope="module")
def young(tmp_path_factory) -> Iterator[Server]:
    """A server whose figures stay uncomputed until the test lets its parent of kernels go on."""
    running = start_server(tmp_path_factory.mktemp("young") / "log.txt", "--warm-kernels", "0")
    (parent,) = psutil.Process(running.process.pid).children()
    parent.suspend()
    running.go_on = parent.resume
    yield running
    parent.resume()
    running.stop()


@contextmanager
def asked(url: str) -> Iterator[tuple[httpx.Response, Iterator[str]]]:
    with httpx.stream("GET", url, timeout=60) as answer:
        yield answer, answer.iter_text()


def test_whoever_comes_at_once_is_told_to_wait_and_then_sees_the_page(young):
    with asked(young.url) as (home, of_home), asked(young.url + "gap") as (gap, of_gap):
        for answer, parts in ((home, of_home), (gap, of_gap)):
            assert answer.status_code == 202
            assert answer.headers["Cache-Control"] == "no-store"
            begun = next(parts)
            while WAITS not in begun:
                begun += next(parts)
            assert 'href="/grants"' in begun, "the menu is there already"
            assert "<script" not in begun
            assert CARD not in begun, "no figure before it is computed"
        assert httpx.get(young.url + "no-such-page").status_code == 404, "the server answers meanwhile"
        young.go_on()
        young.wait_for_figures()
        for parts in (of_home, of_gap):
            (script,) = ["".join(parts)]
            assert script.startswith('<script src="/static/again.js?v='), "the page loads itself again"
            assert script.rstrip().endswith("</html>")
    page = httpx.get(young.url)
    assert page.status_code == 200
    assert CARD in page.text
    assert WAITS not in page.text
    assert "jupyter-config-data" in httpx.get(young.url + "gap", timeout=60).text
    reload = script.split('"')[1]
    assert "location.reload()" in httpx.get(young.url[:-1] + reload).text


def test_figures_that_cannot_be_computed_leave_a_home_page_of_links(monkeypatch, caplog):
    async def broken() -> dict[str, dict[str, str]]:
        raise ZeroDivisionError("details for the log")

    monkeypatch.setattr(opening, "_headlines", broken)
    begun = Opening()
    assert not begun.over
    assert run_to_its_end(begun.pass_by()) is False
    assert begun.over
    assert begun.headlines == {}
    assert "details for the log" in caplog.text
