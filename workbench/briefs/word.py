"""A brief as a Word document, for editing: real headings, styles, lists and tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any, Final

from workbench.briefs.brief import Brief, Option
from workbench.briefs.drawing import drawn, words_of
from workbench.briefs.paper import record_line, run_line, sources_on_paper
from workbench.briefs.pdf import png
from workbench.briefs.undated import MADE, archive
from workbench.briefs.words import HEADINGS, PAPER
from workbench.views import text
from workbench.views.content import Column

CELL: Final = "Table Cell"
"""The style of a paragraph in a table: a table's own size yields to that of the style Normal."""

PICTURE_CENTIMETRES: Final = 16.5
CHARACTER: Final = 0.22
"""Centimetres of a bold digit in a table, in the widest letters that a machine without Calibri may take."""

BESIDE: Final = 0.5
"""Centimetres that a cell leaves free at its sides."""

LEAST: Final = 2.5
"""Centimetres of a column of words."""

_MOST_ROWS: Final = 100
_WHOLE: Final = 20
_WARNING, _BLUE, _INK = (0xB8, 0x4A, 0x00), (0x00, 0x5F, 0x9E), (0x1B, 0x27, 0x33)


def word(brief: Brief) -> bytes:
    """Return the brief as the bytes of a ``.docx`` file with the headings of the PDF."""
    import docx

    document = docx.Document()
    _set_up(document, brief)
    _head(document, brief)
    _figures(document, brief)
    _picture(document, brief)
    _grid(document, brief)
    document.add_heading(HEADINGS["options"], level=1)
    _paragraph(document, brief.options_note)
    for option in brief.options:
        _option(document, option)
    document.add_heading(HEADINGS["doubts"], level=1)
    for doubt in brief.doubts:
        _paragraph(document, doubt, "List Bullet")
    document.add_heading(HEADINGS["sources"], level=1)
    for source in sources_on_paper(brief.sources):
        marks = ", ".join(source["marks"])
        _paragraph(document, f"{source['title']} [{marks}] {source['places']}", "List Bullet")
    document.add_heading(HEADINGS["run"], level=1)
    _paragraph(document, run_line(brief))
    _paragraph(document, record_line(brief))
    content = io.BytesIO()
    document.save(content)
    return _without_dates(content.getvalue())


def _set_up(document: Any, brief: Brief) -> None:  # noqa: ANN401 - python-docx has no types
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(4)
    small = document.styles.add_style(CELL, WD_STYLE_TYPE.PARAGRAPH)
    small.base_style, small.font.size = normal, Pt(9)
    small.paragraph_format.space_after = Pt(0)
    for name, size in (("Title", 18), ("Heading 1", 13), ("Heading 2", 11), ("Caption", 9)):
        style = document.styles[name]
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.font.color.rgb = RGBColor(*(_BLUE if name.startswith("Heading") else _INK))
        style.font.bold = name != "Caption"
        # The styles of Word's own template name a theme's font, which would win over the one that is set here.
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(f"{{{style.element.nsmap['w']}}}{theme}", None)
    header = f"{text.FRAME['name']} · {HEADINGS['kind']}"
    section.header.paragraphs[0].text = f"{header} · {HEADINGS['illustrative_short']}" if brief.illustrative else header
    _foot(section, run_line(brief))
    core = document.core_properties
    core.title, core.subject, core.author = _clean(brief.answer)[:255], _clean(brief.question)[:255], ""
    core.created = core.modified = MADE
    core.comments, core.language = "", text.FRAME["language"]


def _foot(section: Any, words: str) -> None:  # noqa: ANN401
    """Write the run and the page's number, which Word itself counts, at the foot of every page."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = section.footer.paragraphs[0]
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(section.page_width - section.left_margin - section.right_margin, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.style.paragraph_format.tab_stops.clear_all()
    paragraph.add_run(f"{words}\t")
    for place, counted in enumerate(("PAGE", "NUMPAGES")):
        if place:
            paragraph.add_run(" / ")
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), counted)
        field.append(OxmlElement("w:r"))
        paragraph._p.append(field)  # noqa: SLF001 - python-docx offers no fields


def _head(document: Any, brief: Brief) -> None:  # noqa: ANN401
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{HEADINGS['question']}: ").bold = True
    paragraph.add_run(_clean(brief.question))
    document.add_paragraph(_clean(brief.answer), style="Title")
    _paragraph(document, brief.lead)
    if brief.illustrative:
        from docx.shared import RGBColor

        run = document.add_paragraph().add_run(HEADINGS["illustrative"])
        run.bold, run.font.color.rgb = True, RGBColor(*_WARNING)


def _figures(document: Any, brief: Brief) -> None:  # noqa: ANN401
    document.add_heading(HEADINGS["figures"], level=1)
    cards = [figure.card for figure in brief.figures]
    table = _table(document, [card.label for card in cards], "Table Grid")
    for line in ("value", "unit", "note"):
        said = [str(getattr(card, line)) for card in cards]
        if any(said):
            for cell, words in zip(table.add_row().cells, said, strict=True):
                _write(cell, words).bold = line == "value"
    document.add_paragraph()


def _picture(document: Any, brief: Brief) -> None:  # noqa: ANN401
    from docx.shared import Cm

    drawing = brief.drawing or drawn(brief.picture)
    says = words_of(brief.picture)
    shape = document.add_picture(io.BytesIO(png(drawing)), width=Cm(PICTURE_CENTIMETRES))
    shape._inline.docPr.set("descr", _clean(says))  # noqa: SLF001 - the only way to give a picture its text
    _paragraph(document, says, "Caption")


def _grid(document: Any, brief: Brief) -> None:  # noqa: ANN401
    grid = brief.grid
    document.add_heading(_clean(grid.caption), level=1)
    shown = [place for place in range(len(grid.rows)) if place < _MOST_ROWS or place in grid.total_rows]
    numbers = [column.numeric for column in grid.columns]
    table = _table(document, [column.title for column in grid.columns], "Light List Accent 1")
    for cell, is_number in zip(table.rows[0].cells, numbers, strict=True):
        if is_number:
            _to_the_right(cell)
    for place in shown:
        for column, (cell, words) in enumerate(zip(table.add_row().cells, grid.rows[place], strict=True)):
            _write(cell, words).bold = place in grid.total_rows
            if numbers[column]:
                _to_the_right(cell)
    _keep_rows_whole(table)
    _set_widths(table, [_width(column, [row[place] for row in grid.rows]) for place, column in enumerate(grid.columns)])
    if len(table.rows) <= _WHOLE:
        _keep_table_whole(table)
    if len(shown) < len(grid.rows):
        _paragraph(document, f"{len(grid.rows) - len(shown)}{PAPER['more_rows']}")


def _table(document: Any, headings: Sequence[str], style: str) -> Any:  # noqa: ANN401
    from docx.oxml import OxmlElement

    table = document.add_table(rows=1, cols=max(len(headings), 1), style=style)
    for cell, words in zip(table.rows[0].cells, headings, strict=False):
        _write(cell, words).bold = True
    # A table that runs over a page repeats its headings.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - python-docx offers no other
    return table


def _write(cell: Any, words: str) -> Any:  # noqa: ANN401
    """Write words into a cell and return them as a run."""
    paragraph = cell.paragraphs[0]
    paragraph.style = CELL
    return paragraph.add_run(_clean(words))


def _keep_rows_whole(table: Any) -> None:  # noqa: ANN401
    from docx.oxml import OxmlElement

    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - python-docx offers no other


def _keep_table_whole(table: Any) -> None:  # noqa: ANN401
    """Keep a short table on one page: every row but the last stays with the next."""
    for row in table.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _width(column: Column, cells: Sequence[str]) -> float | None:
    """Return the centimetres in which no figure and no word of a heading is broken; None for a column of words."""
    if not column.numeric:
        return None
    return max(map(len, (*cells, *column.title.split()))) * CHARACTER + BESIDE


def _set_widths(table: Any, widths: Sequence[float | None]) -> None:  # noqa: ANN401
    """Give columns of figures what they need, and share the rest among the columns of words."""
    from docx.shared import Cm

    needed, texts = sum(width or 0.0 for width in widths), widths.count(None)
    # Columns of words keep some room whatever comes: many wide figures then break.
    shrunk = min(1.0, (PICTURE_CENTIMETRES - LEAST * texts) / max(needed, 1.0))
    rest = (PICTURE_CENTIMETRES - needed * shrunk) / max(texts, 1)
    table.autofit = False
    for column, wanted in zip(table.columns, widths, strict=True):
        width = Cm(rest if wanted is None else wanted * shrunk)
        column.width = width
        for cell in column.cells:
            cell.width = width


def _to_the_right(cell: Any) -> None:  # noqa: ANN401
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _option(document: Any, option: Option) -> None:  # noqa: ANN401
    document.add_heading(_clean(option.name), level=2)
    _paragraph(document, option.outcome)
    for heading, sentences in ((HEADINGS["pros"], option.pros), (HEADINGS["cons"], option.cons)):
        for sentence in sentences:
            paragraph = document.add_paragraph(style="List Bullet")
            paragraph.add_run(f"{heading}: ").bold = True
            paragraph.add_run(_clean(sentence))


def _paragraph(document: Any, words: str, style: str | None = None) -> None:  # noqa: ANN401
    document.add_paragraph(_clean(words), style=style)


def _clean(words: str) -> str:
    """Leave out control characters, which no document may hold."""
    return "".join(one for one in words if one in "\t\n" or (ord(one) >= 32 and one not in "\ufffe\uffff"))


def _without_dates(document: bytes) -> bytes:
    """Return the same document with one date on all of its parts."""
    with zipfile.ZipFile(io.BytesIO(document)) as old:
        return archive((name, old.read(name)) for name in old.namelist())
