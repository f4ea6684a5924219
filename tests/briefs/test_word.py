"""The Word brief: the same words and figures as the PDF, in headings, lists and tables that can be edited."""

from __future__ import annotations

import io
import re

import docx
import pypdfium2
import pytest

from tests.briefs.office import convert
from tests.briefs.subjects import SUBJECTS, brief, rendered
from workbench.briefs.words import HEADINGS

EVERY = pytest.mark.parametrize("name", SUBJECTS)


@pytest.fixture(scope="module")
def documents():
    return {name: docx.Document(io.BytesIO(rendered(name, "docx"))) for name in SUBJECTS}


def cells(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


@EVERY
def test_it_has_real_headings_the_figures_and_the_whole_table(documents, name):
    made, document = brief(name), documents[name]
    headings = [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]
    for heading in ("figures", "options", "doubts", "sources", "run"):
        assert HEADINGS[heading] in headings
    assert [one.text for one in document.paragraphs if one.style.name == "Title"] == [made.answer]
    assert [option.name for option in made.options] == [
        one.text for one in document.paragraphs if one.style.name == "Heading 2"
    ]
    figures, grid = (cells(table) for table in document.tables)
    assert figures[0] == [figure.card.label for figure in made.figures]
    assert figures[1] == [figure.card.value for figure in made.figures]
    assert grid == [[column.title for column in made.grid.columns], *map(list, made.grid.rows)]
    bullets = [one.text for one in document.paragraphs if one.style.name == "List Bullet"]
    assert set(made.doubts) <= set(bullets)


@EVERY
def test_it_says_where_something_is_illustrative(documents, name):
    document = documents[name]
    told = document.sections[0].header.paragraphs[0].text + " ".join(one.text for one in document.paragraphs)
    assert (HEADINGS["illustrative"] in told) is brief(name).illustrative


def test_every_source_stands_with_its_mark(documents):
    for name, document in documents.items():
        told = "\n".join(paragraph.text for paragraph in document.paragraphs)
        marks = {str(mark) for mark in brief(name).sources["mark"].dropna() if mark}
        listed = [set(found.split(", ")) for found in re.findall(r"\[([^\]]+)\]", told)]
        assert marks <= set().union(*listed), name


@EVERY
def test_the_picture_has_its_text(documents, name):
    (shape,) = documents[name].inline_shapes
    assert shape._inline.docPr.get("descr").startswith(brief(name).picture.says[:60])


@pytest.mark.xdist_group("office")
def test_libreoffice_opens_it_and_breaks_no_figure_and_no_word_of_a_heading(tmp_path):
    names = ("awkward", "grants-short")
    for name in names:
        (tmp_path / f"{name}.docx").write_bytes(rendered(name, "docx"))
    convert([tmp_path / f"{name}.docx" for name in names], "pdf", tmp_path / "out")
    pages = list(pypdfium2.PdfDocument(tmp_path / "out" / "grants-short.pdf"))
    texts = [page.get_textpage().get_text_bounded() for page in pages]
    told = {word for text in texts for word in text.split()}
    grid = brief("grants-short").grid
    assert {cell for row in grid.rows for cell in row[1:]} <= told
    assert {word for column in grid.columns for word in column.title.split()} <= told
    assert f"1 / {len(pages)}" in texts[0]
