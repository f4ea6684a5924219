"""One figure everywhere: a gap shows the same figures in the package, on the page, in the notebook, and in every file.

Each place is read as a person would: text is parsed back into numbers, the workbook is recalculated by LibreOffice.
The page in a real browser is read in ``tests/browser/test_one_figure.py``.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import pandas as pd
import pypdfium2
import pytest

from tests.briefs.reading import figure, figures_in, table_of
from tests.briefs.subjects import brief, rendered, subject
from workbench.panels import gap as gap_panel
from workbench.views import text

pytestmark = pytest.mark.xdist_group("office")

YEAR, MILLION = "2009/10", 1e6
NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "02-gap.ipynb"


def headline() -> list[float]:
    """The package's four figures, as precisely as people are shown them."""
    gap = subject("gap")
    amounts = [gap.requirement, gap.allocation, gap.gap]
    return [*(round(amount / MILLION) for amount in amounts), round(gap.funding_ratio * 100, 1)]


def lines() -> dict[str, list[float]]:
    """The package's figures of every line and of the whole: KES million, and per cent."""
    gap = subject("gap")
    by_line = gap.by("sub_programme", unit="KES million").set_index("sub_programme")
    found = {
        str(line): [*(round(float(row[column])) for column in ("requirement", "allocation", "gap")),
                    round(float(row["funding_ratio"]) * 100, 1)]
        for line, row in by_line.iterrows()
    }  # fmt: skip
    return {**found, text.GAP["whole"]: headline()}


def test_the_package_says_what_the_plan_s_tables_add_up_to():
    """Tables 8.1.0 and 8.1.1 of the Strategic Plan, added up by hand."""
    assert headline() == [3162, 1915, 1247, 60.6]
    assert lines()["Household Services"] == [410, 30, 380, 7.3]


def test_the_page_shows_them():
    content = gap_panel.content_of("opm", YEAR, "sub_programme", "as_computed")
    assert [figure(card.value) for card in content.cards] == headline()
    assert table_of([list(row) for row in content.grid.rows]) == lines()
    assert figures_in(content.finding.removeprefix(f"In {YEAR},")) == [1247, 3162]


def test_the_workbook_shows_them_after_libreoffice_recalculated_it(recalculated):
    made, book = brief("gap"), recalculated["gap"]
    summary = [row[1] for row in book["Summary"].iter_rows(min_row=6, values_only=True) if row[1] is not None]
    assert [round(value, one.decimals) for value, one in zip(summary, made.figures, strict=True)] == headline()
    rows = [
        [row[1], *(round(value / MILLION) for value in row[2:5]), round(row[5] * 100, 1)]
        for row in book["Results"].iter_rows(min_row=6, values_only=True)
    ]
    assert {row[0]: row[1:] for row in rows} == lines()


def test_the_pdf_shows_them():
    first = pypdfium2.PdfDocument(rendered("gap", "pdf"))[0].get_textpage().get_text_bounded()
    told = [line.strip() for line in first.replace("\u00a0", " ").splitlines()]
    start = next(place for place, line in enumerate(told) if line.startswith("Sub-programmes, "))
    for name, figures in lines().items():
        row = next(place for place, line in enumerate(told) if place > start and line.startswith(name))
        # A table's cells are lines of their own in some readers' text, one line in others'.
        cells = figures_in(" ".join(told[row : row + 1 + len(figures)]).removeprefix(name))
        assert cells[: len(figures)] == figures, name
    cards = told[: told.index("Coordination Services")]
    shown = [value for line in cards if (value := figure(line)) is not None]
    assert [value for value in shown if value in headline()] == headline()


def test_the_word_brief_shows_them():
    document = docx.Document(io.BytesIO(rendered("gap", "docx")))
    cards, grid = ([[cell.text for cell in row.cells] for row in table.rows] for table in document.tables)
    assert [figure(value) for value in cards[1]] == headline()
    assert table_of(grid[1:]) == lines()


def test_the_data_files_show_them():
    archive = zipfile.ZipFile(io.BytesIO(rendered("gap", "csv")))
    told = json.loads(archive.read("datapackage.json"))["workbench"]["headline"]
    assert [round(one["value"], place // 3) for place, one in enumerate(told)] == headline()
    frame = pd.read_csv(archive.open("results.csv")).set_index("line")
    assert {
        line: [*(round(row[column] / MILLION) for column in ("requirement", "allocation", "gap")),
               round(row["funding_ratio"] * 100, 1)]
        for line, row in frame.iterrows()
    } == lines()  # fmt: skip


def test_the_notebook_shows_them(tmp_path):
    """The cells up to the table by sub-programme are run in a kernel, and their output is read."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    table_cell = next(
        place for place, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and cell.source.startswith("gap.by(")
    )  # fmt: skip
    notebook.cells = notebook.cells[: table_cell + 1]
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    summary = next(output.text for output in outputs if output.output_type == "stream")
    assert figures_in(summary.removeprefix(f"In {YEAR}"))[:4] == [3162, 1915, 60.6, 1247]
    html = next(output.data["text/html"] for output in outputs if output.output_type == "execute_result")
    frame = pd.read_html(io.StringIO(html), index_col=0)[0].set_index("sub_programme")
    found = {
        line: [*(round(row[column]) for column in ("requirement", "allocation", "gap")),
               round(row["funding_ratio"] * 100, 1)]
        for line, row in frame.iterrows()
    }  # fmt: skip
    assert found == {line: figures for line, figures in lines().items() if line != text.GAP["whole"]}
