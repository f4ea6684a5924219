"""The files of every page, taken as a viewer takes them and opened: each holds the figures that the page shows."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import docx
import openpyxl
import pandas as pd
import pypdfium2
import pytest

from tests.briefs.reading import figure, figures_in
from tests.browser.conftest import Visit
from tests.browser.test_own import ASKS, OWN, SHEET, bring, download
from workbench.briefs.words import COMPARISON
from workbench.panels.scenarios import FIRST
from workbench.views import text

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MENDED = SHEET.replace("totl", "total").replace("twelve", "200").replace("130", "30")
Shown = list[tuple[str, str, str]]


def of_own_figures(page) -> None:
    bring(page, MENDED.encode())
    page.get_by_label(ASKS["envelope"], exact=True).fill("KSh 500 million")
    page.get_by_role("button", name=OWN["run"], exact=True).click()
    page.locator(".wb-finding", has_text="is lacking").wait_for()
    page.locator(".wb-figure-value").nth(3).wait_for()  # a busy machine draws the finding first


def cards(page) -> Shown:
    """The label, the figure and the unit of every headline figure."""
    parts = (".wb-card dt", ".wb-figure-value", ".wb-unit")
    return list(zip(*(page.locator(part).all_text_contents() for part in parts), strict=True))


def in_workbook(content: bytes, shown: Shown) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    rows = [[cell.value for cell in row] for row in book["Summary"].iter_rows()]
    for label, value, unit in shown:
        told = [row for row in rows if row[0] == label]
        assert len(told) == 1, (label, rows)
        decimals = len(value.partition(".")[2])
        assert round(told[0][1], decimals) == figure(value), label
        assert (told[0][2] or "") == unit


def in_pdf(content: bytes, shown: Shown) -> None:
    document = pypdfium2.PdfDocument(content)
    told = " ".join(page.get_textpage().get_text_bounded() for page in document)
    told = told.replace("\x02", "-")  # so the library gives a hyphen at which a line was broken
    assert len(document) == 2
    assert_told(told, shown)


def in_word(content: bytes, shown: Shown) -> None:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert_told(" ".join([*(one.text for one in document.paragraphs), *cells]), shown)


def assert_told(told: str, shown: Shown) -> None:
    found = figures_in(told)
    for label, value, _ in shown:
        assert "".join(label.split()) in "".join(told.split()), label  # paper breaks a long name
        assert figure(value) in found, (label, value)


def last_of(content: bytes, column: str) -> int:
    """What the data give for all lines together: the last row of the results, in whole units."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        told = json.loads(packed.read("datapackage.json"))
        frames = {one["name"]: pd.read_csv(packed.open(one["path"])) for one in told["resources"]}
    assert {"inputs", "results", "findings", "sources"} <= set(frames)
    return int(frames["results"][column].iloc[-1])


def in_plain_csv(content: bytes, shown: Shown) -> None:
    told = pd.read_csv(io.BytesIO(content))
    assert [told[name].sum() for name in ("requested_kes", "award_kes", "gap_kes")] == [
        figure(value) for _, value, _ in shown[:3]
    ]


OPENED: dict[str, Callable[[bytes, Shown], None]] = {"xlsx": in_workbook, "pdf": in_pdf, "docx": in_word}
HEADLINES = {
    "gap": (2, "gap", 1e6),
    "grants": (1, "award", 1),
    "alignment": (0, "budget_amount", 1e9),
    "audit": (3, "wrong", 1),
    "scenarios": (0, "run_1", 1e9),
}
"""By page: the place of a headline figure, the column of the results that has it, and the page's unit in whole ones."""


@pytest.mark.parametrize("name", [*HEADLINES, "own"])
def test_every_file_of_a_page_opens_and_holds_the_pages_figures(browser, server, name):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    visit = Visit(context.new_page(), server.url).open(name)
    page = visit.page
    if name == "own":
        of_own_figures(page)
    shown = cards(page)
    assert len(shown) == 4
    if name != "own":
        place, column, size = HEADLINES[name]
        file, content = download(page, text.FILES["csv"])
        assert file.endswith(".zip")
        decimals = len(shown[place][1].partition(".")[2])
        exact = last_of(content, column)
        assert round(exact / size, decimals) == figure(shown[place][1])
        if name == "scenarios":  # its cards are the run's; its files speak of both runs, and of all lines together
            shown = [(COMPARISON["together"].format(name=FIRST), f"{exact / 1e6:,.0f}", "KSh million")]
    else:
        file, content = download(page, OWN["csv"])
        assert file == "awards-2024-25.csv"
        in_plain_csv(content, shown)
    for kind, check in OPENED.items():
        file, content = download(page, text.FILES[kind])
        assert file.endswith(f".{kind}")
        check(content, shown)
    visit.assert_clean()
    context.close()
