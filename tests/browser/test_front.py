"""The front end: ours alone on our pages, Voila's where a widget is not known, and a broken line that is opened again."""

from __future__ import annotations

import pytest

from workbench.panels import gap
from workbench.serving.places import dashboard_names, dashboards_folder

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TITLE = "document.querySelector('h1').textContent.includes('2010/11')"

# A widget of an unknown kind in the state that the page carries; Voila's front end asks the kernel for it itself.
STRANGER = """
const read = JSON.parse;
const kind = '"model_name": "HTMLModel"';
JSON.parse = (text, ...more) => {
  const carried = String(text).includes("widget-state+json") && String(text).includes(kind);
  return read(carried ? text.replace(kind, '"model_name": "Stranger"') : text, ...more);
};
"""


def asked_by(visit) -> list[str]:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url.removeprefix(visit.url)))
    return asked


def test_every_dashboard_is_drawn_by_our_own_front_end(visit):
    asked = asked_by(visit)
    for name in dashboard_names(dashboards_folder()):
        visit.open(name)
    assert [address for address in asked if address.startswith("voila/")] == []
    visit.assert_clean()


def test_a_page_with_a_widget_that_is_not_known_takes_voilas_front_end(visit):
    asked = asked_by(visit)
    visit.page.add_init_script(STRANGER)
    visit.open("gap")
    assert "voila/static/voila.js" in asked
    visit.page.get_by_label("Financial year", exact=True).select_option(label="2010/11")
    visit.page.wait_for_function(TITLE)
    visit.assert_clean()


def test_a_line_that_breaks_is_opened_again_and_nothing_is_missed(visit):
    lines = []

    def between(page_side) -> None:
        page_side.connect_to_server()
        lines.append(page_side)

    visit.page.route_web_socket("**/channels**", between)
    visit.open("gap")
    lines[0].close(code=1001)
    visit.page.get_by_label("Financial year", exact=True).select_option(label="2010/11")
    visit.page.wait_for_function(TITLE)
    assert len(lines) == 2
    assert not visit.page.locator("#wb-lost").is_visible()
    assert (
        visit.page.locator("h1").text_content()
        == gap.content_of("opm", "2010/11", "sub_programme", "as_computed").finding
    )
