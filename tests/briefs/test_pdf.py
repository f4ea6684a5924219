"""The brief of two pages: whatever stands in it, it stays two pages, says what it must, and runs no text as markup."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
import pytest
from defusedxml.ElementTree import fromstring

import workbench as wb
from tests.briefs.subjects import LONG, SUBJECTS, awkward_sides, brief, rendered, subject
from workbench.briefs import Option, brief_of, render
from workbench.briefs.drawing import MOST_LINES, TALLEST, drawn, words_of
from workbench.briefs.paper import on_paper, table_on_paper
from workbench.briefs.words import HEADINGS
from workbench.views.bars import Series, bars
from workbench.views.style import BLUE

EVERY = pytest.mark.parametrize("name", SUBJECTS)


def text_of(content: bytes) -> list[str]:
    """The text of each page, in one line."""
    document = pypdfium2.PdfDocument(content)
    return [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in document]


@pytest.fixture(scope="module")
def pages():
    return {name: text_of(rendered(name, "pdf")) for name in SUBJECTS}


@EVERY
def test_a_brief_has_two_pages_with_its_headings_and_figures(pages, name):
    made, read = brief(name), pages[name]
    assert len(read) == 2
    plain = [page.replace("\u00a0", " ") for page in read]
    assert re.sub(r"\s+", " ", made.answer.replace("\u00a0", " ")) in plain[0]
    for figure in made.figures:
        assert figure.card.value in plain[0]
        assert figure.card.label.split()[0] in plain[0]
    for heading in ("options", "doubts", "sources", "run"):
        assert HEADINGS[heading] in plain[1]
    for option in made.options:
        assert option.name.replace("\u00a0", " ")[:40] in plain[1]


@EVERY
def test_illustrative_is_seen_on_both_pages_where_it_applies_and_nowhere_else(pages, name):
    assert all((HEADINGS["illustrative_short"] in page) is brief(name).illustrative for page in pages[name])


@EVERY
def test_every_document_and_its_marks_stand_at_the_foot(pages, name):
    sources = brief(name).sources
    for mark in sources["mark"].dropna().unique():
        assert str(mark) in pages[name][1]


def test_the_run_and_its_assumption_are_named(pages):
    record = subject("run").record
    assert all(record.content_hash[:12] in page for page in pages["run"])
    assert "Assumed: " in pages["run"][1]
    assert "500" in pages["run"][1]


def test_every_remark_that_has_room_is_told(pages):
    """The audit has more findings than any other brief has remarks, and few words beside."""
    assert len(brief("audit").doubts) > 20
    assert "more remarks" not in pages["audit"][1]


def test_user_text_is_never_read_as_markup(pages):
    assert "#set page(); *bold* $x$ <b>&amp;</b> \\ _" in pages["awkward"][0]
    assert "=SUM(A1:A9)" in pages["awkward"][0]


def test_two_pages_hold_whatever_is_too_much_for_them():
    much = replace(
        brief("awkward"),
        question=LONG * 10,
        answer=LONG * 3,
        options=tuple(
            Option(name=f"{n} {LONG}", outcome=LONG * 5, pros=(LONG,) * 9, cons=(LONG * 4,) * 9) for n in range(5)
        ),
        doubts=tuple(f"{n} {LONG * 5}" for n in range(60)),
        run_id="x" * 400,
    )
    read = text_of(render(much, "pdf"))
    assert len(read) == 2
    assert "more remarks stand in the workbook" in read[1]
    assert HEADINGS["run"] in read[1]


def test_the_file_has_its_title_and_its_structure():
    content = rendered("gap", "pdf")
    document = pypdfium2.PdfDocument(content)
    told = document.get_metadata_dict()
    assert told["Title"] == brief("gap").answer.replace("\u00a0", " ") or told["Title"] == brief("gap").answer
    assert document.is_tagged()
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)


def test_a_picture_draws_every_figure_in_proportion():
    made = bars(["a", "b & <c>"], [Series(name="s", colour=BLUE, values=[10.0, 5.0], texts=["10", "5"])],
                axis="KES million", says="Two lines.")  # fmt: skip
    root = fromstring(drawn(made))
    space = "{http://www.w3.org/2000/svg}"
    widths = [float(box.get("width")) for box in root.iter(f"{space}rect")]
    assert widths[0] == pytest.approx(2 * widths[1], rel=1e-3)
    words = [text.text for text in root.iter(f"{space}text")]
    assert {"10", "5", "a", "b & <c>", "KES million"} <= set(words)


def test_a_long_picture_is_cut_and_says_so():
    count = MOST_LINES + 5
    series = Series(name="s", colour=BLUE, values=list(map(float, range(count))), texts=list(map(str, range(count))))
    made = bars([f"line {place}" for place in range(count)], [series], axis="KES", says="Many lines.")
    root = fromstring(drawn(made))
    assert float(root.get("viewBox").split()[3]) <= TALLEST + 1
    assert str(MOST_LINES) in words_of(made)
    assert f"line {count - 1}" not in drawn(made)


def test_what_stands_for_a_number_is_set_like_one():
    """What a table prints is a text, ``2,255``, beside what its rows add up to: both stand to the right."""
    columns = {column["title"]: column["number"] for column in table_on_paper(brief("audit"))["columns"]}
    assert columns["Printed"] is columns["Computed"] is True
    assert columns["Label"] is False
    compared = table_on_paper(brief("comparison"))["columns"]
    assert [column["number"] for column in compared] == [False, True, True, True]


def test_a_comparison_writes_no_change_as_nought_and_a_loss_with_a_minus():
    rows = {row["cells"][0]: row["cells"][1:] for row in table_on_paper(brief("comparison"))["rows"]}
    assert rows["Awarded"][-1] == "KSh 0"
    short = rows["Short of what the formula gives"]
    assert short[-1].startswith("−KSh 3.52")
    assert all(cell.endswith(" billion") for cell in short)


def test_a_heading_has_room_in_a_few_lines():
    """A level's long title stands over figures of one digit where nobody gets anything."""
    columns = table_on_paper(brief("grants-unknown"))["columns"]
    assert all(len(column["title"]) <= 4 * column["width"] for column in columns)


def test_a_line_keeps_its_name_however_long_it_is():
    """A column of whole sentences is left out of paper's table, but never the one that says what a line is."""
    made = table_on_paper(brief("unknown"))
    assert made["columns"][0]["title"] == brief("unknown").grid.columns[0].title
    assert [row["cells"][0][:3] for row in made["rows"]] == ["0. ", "1. ", "2. ", "3. ", "Who"]


def test_a_line_that_the_document_does_not_name_is_told_as_that():
    """Table 8.2 has one figure a side and no lines."""
    made = brief("gap-printed-deficit")
    assert [row["cells"][0] for row in table_on_paper(made)["rows"]] == ["Not broken down", "Whole"]
    assert made.results.rows[0][1] == "Not broken down"


def test_a_long_title_leaves_the_unit_in_the_lead():
    first, second = (side.assign(source=f"The title: {LONG}") for side in awkward_sides())
    made = on_paper(brief_of(wb.gap(first, second, financial_year="2030/31")))
    assert made["lead"].endswith("amounts in KSh million.")


def test_a_long_name_takes_no_figure_s_place():
    """What a line loses stands behind its name, and must not be cut with it."""
    first, second = awkward_sides()
    long = [side.assign(sub_programme=side["sub_programme"] + f" {LONG}") for side in (first, second)]
    options = on_paper(brief_of(wb.gap(*long, financial_year="2030/31")))["options"]
    lost = [side for option in options for side in option["cons"] if "loses most" in side]
    assert len(lost) == 4
    assert all(side.endswith("million.") for side in lost)


def test_a_county_s_name_stays_in_its_tile():
    words = [text.text for text in fromstring(brief("grants").drawing).iter("{http://www.w3.org/2000/svg}text")]
    assert "Taita/Taveta" in words
    assert "Marakwet" in words
    assert max(map(len, (one for one in words if one[0].isalpha()))) <= 14


def test_an_unknown_figure_draws_no_bar():
    made = bars(["a", "b"], [Series(name="s", colour=BLUE, values=[4.0, float("nan")], texts=["4", ""])],
                axis="KES", says="One is unknown.")  # fmt: skip
    assert drawn(made).count("<rect") == 1
