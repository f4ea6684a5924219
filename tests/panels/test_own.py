"""The page for figures of one's own, without a browser: bring, mend, run, take away, save."""

from __future__ import annotations

import io

import openpyxl
import pytest

from workbench.datasets.form_reading import form_of
from workbench.datasets.template import template_bytes
from workbench.panels.own import OwnPage, own_panel
from workbench.panels.rights import APPROVERS, SIGNED_IN, STORE, UPLOAD
from workbench.panels.upload import PIECE
from workbench.scenarios import open_store, reproduce
from workbench.views import text_own

WORDS = text_own.PAGE
ALL = text_own.REQUESTS["total"]
HEADINGS = "programme,economic_class,financial_year,amount,unit,floor"
WRONG = f"""{HEADINGS}
Roads,total,2024/25,400,KES million,
Water,totl,2024/25,300,KES million,
Health,total,2024/25,twelve,KES million,
Schools,total,2024/25,120,KES million,130
"""
REPAIRS = [[1, 4, "total"], [2, 6, "200"], [3, 8, "30"]]


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    for name in (STORE, APPROVERS, SIGNED_IN, UPLOAD):
        monkeypatch.setenv(name, "")


@pytest.fixture
def page() -> OwnPage:
    return own_panel()


def bring(page: OwnPage, name: str, content: bytes) -> None:
    page._upload._handle_custom_msg({"kind": "begin", "name": name, "size": len(content)}, [])
    for start in range(0, len(content), PIECE):
        piece = memoryview(content[start : start + PIECE])
        page._upload._handle_custom_msg({"kind": "piece", "from": start}, [piece])


def edit(page: OwnPage, changes: list) -> None:
    page._grid._handle_custom_msg({"kind": "cells", "turn": page._grid.sheet["turn"], "changes": changes}, [])


def run(page: OwnPage) -> None:
    page._run.click()


def test_three_mistakes_are_marked_mended_and_run(page):
    bring(page, "requests.csv", WRONG.encode())
    assert [tuple(one[:2]) for one in page._grid.wrong] == [(1, 4), (2, 6), (3, 8)]
    run(page)
    assert WORDS["mend"] in page._error.value
    assert page._shown.children == ()
    edit(page, REPAIRS)
    assert page._grid.wrong == []
    page.kind._envelope.value = "KSh 500 million"
    run(page)
    assert page._error.value == ""
    assert "KSh\u00a0520.00\u00a0million is lacking" in page._finding.value
    name, content = page._result_file("csv")
    assert name == "awards-2024-25.csv"
    awards = [int(line.split(",")[2]) for line in content.decode().splitlines()[1:]]
    assert sum(awards) == 500_000_000


def test_figures_that_change_take_their_result_away(page):
    bring(page, "requests.csv", WRONG.encode())
    edit(page, REPAIRS)
    page.kind._envelope.value = "KSh 500 million"
    run(page)
    assert page._shown.children
    edit(page, [[0, 6, "401"]])
    assert page._shown.children == ()
    assert page._finding.value == ""
    run(page)
    page.kind._envelope.value = "KSh 400 million"
    assert page._shown.children == ()
    page._shown.files._handle_custom_msg({"kind": "file wanted", "what": "csv"}, [])
    assert "is no known kind of file" in page._shown.files.told


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"colour,shape\nred,round\n", "holds no heading of the form"),
        ("a.csv", f"{HEADINGS}\n".encode(), "holds no row below its heading"),
        ("a.csv", HEADINGS.replace("amount", "ammount").encode() + b"\nRoads,total,2024/25,1,KES,\n", "ammount"),
        ("a.xlsx", b"PK\x03\x04 no workbook", "a.xlsx"),
        ("a.xlsx", b"%PDF-1.7 renamed", "is a PDF"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is protected by a password"),
        ("a.xlsx", template_bytes("requests")[:4_000], "is no Excel workbook that can be read"),
        ("a.xlsx", template_bytes("requests"), "holds no row below its heading"),
        ("a.csv", (HEADINGS + "\n" + "Roads,total,2024/25,1,KES,\n" * 501).encode(), "are too many rows"),
        ("a.csv", (HEADINGS + "\n" + "x" * 600 + ",total,2024/25,1,KES,\n").encode(), "is longer than 500 signs"),
    ],
)
def test_a_file_that_is_no_form_is_refused_and_the_table_stays(page, name, content, words):
    before = page._grid.rows
    bring(page, name, content)
    assert words in page._upload.told
    assert page._grid.rows == before


def sheet_of(*rows: list[object], merged: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_title_above_the_heading_is_passed_over_and_rows_keep_their_numbers(page):
    ask = ["Roads", "total", "2024/25", "four hundred", "KES million", None]
    titled = sheet_of(["Requests of 2024/25"], ["Who", None, "When", "How much"], HEADINGS.split(","), ask,
                      merged=("A1:F1", "A2:B2"))  # fmt: skip
    bring(page, "asks.xlsx", titled)
    assert page._upload.told == ""
    assert page._grid.sheet["first"] == 4
    assert page._grid.rows[0][2:8] == ("Roads", "", "total", "2024/25", "four hundred", "KES million")
    assert [tuple(one[:2]) for one in page._grid.wrong] == [(0, 6)]


def test_cells_merged_over_rows_are_refused_for_their_value_would_stand_in_the_first_alone(page):
    rows = [[name, "total", "2024/25", amount, "KES million", None] for name, amount in (("Roads", 1), ("Water", 2))]
    before = page._grid.rows
    bring(page, "asks.xlsx", sheet_of(HEADINGS.split(","), *rows, merged=("D2:D3", "B2:B3")))
    assert "row 2, column amount: '1' is merged with the cells below it, to row 3" in page._upload.told
    assert "row 2, column economic_class: 'total' is merged" in page._upload.told
    assert page._grid.rows == before


def test_a_file_that_was_refused_is_never_named_as_the_source(page):
    bring(page, "requests.csv", WRONG.encode())
    edit(page, REPAIRS)
    bring(page, "large.csv", (HEADINGS + "\n" + "Roads,total,2024/25,1,KES,\n" * 501).encode())
    assert "too many rows" in page._upload.told
    page.kind._envelope.value = "KSh 500 million"
    run(page)
    assert page.form.file == "requests.csv"
    assert set(page._shown.content.sources["source"]) == {"Brought by the user: requests.csv"}
    edit(page, [[0, 6, "401"]])
    assert page._upload.told == "", "what was told of the file is done with"


@pytest.mark.parametrize(
    ("envelope", "words"),
    [
        ("", "There is no envelope yet"),
        ("a lot", "The envelope cannot be used"),
        ("KSh 9 billion", "more than all claims together"),
        ("KSh 10 million", "the floors add up to"),
    ],
)
def test_what_is_wrong_beside_the_table_is_told_above_the_result_in_its_own_words(page, envelope, words):
    bring(page, "requests.csv", WRONG.encode())
    edit(page, REPAIRS)
    page.kind._envelope.value = envelope
    run(page)
    assert words in page._error.value
    assert page._grid.wrong == []
    assert page._shown.children == ()


def test_nothing_is_run_from_a_blank_table(page):
    run(page)
    assert WORDS["blank"] in page._error.value


def test_a_filled_excel_form_comes_in_and_goes_out_as_it_was(page):
    book = openpyxl.load_workbook(io.BytesIO(template_bytes("requests")))
    for column, value in (("C", "Roads"), ("E", "total"), ("F", "2024/25"), ("G", 12.5), ("H", "KES billion")):
        book["requests"][f"{column}4"] = value
    out = io.BytesIO()
    book.save(out)
    bring(page, "filled.xlsx", out.getvalue())
    assert page._grid.rows[2][2:8] == ("Roads", "", "total", "2024/25", "12.5", "KES billion")
    name, content = page._form_file("table")
    assert name == "filled-xlsx-requests.csv"
    assert form_of(content, name, "requests")["amount"].tolist() == [12.5]
    assert page._form_file("form") == ("requests.xlsx", page._form_file("form")[1])


def test_each_kind_begins_with_what_it_has_and_runs(page):
    page._choice.value = "scores"
    assert len(page._grid.rows) == 47
    edit(page, [[place, 2, "yes"] for place in range(10)])
    run(page)
    assert page._error.value == ""
    assert "counties" in page._finding.value
    page._choice.value = "crosswalk"
    assert len(page._grid.rows) > 80
    run(page)
    assert page._error.value == ""
    assert "would have to move" in page._finding.value
    page.kind._plan.value = "vision-2030"
    assert page._error.value == ""
    assert page._grid.wrong == [], "another plan begins with its own links"


def test_what_was_written_is_there_again_after_a_look_at_another_kind(page):
    bring(page, "requests.csv", WRONG.encode())
    edit(page, [[0, 6, "401"]])
    page._choice.value = "scores"
    assert len(page._grid.rows) == 47
    page._choice.value = "requests"
    assert page._grid.rows[0][6] == "401"
    assert [tuple(one[:2]) for one in page._grid.wrong] == [(1, 4), (2, 6), (3, 8)]
    assert page.form.file == "requests.csv"


def test_links_that_were_edited_are_kept_and_judged_against_another_plan(page):
    page._choice.value = "crosswalk"
    edit(page, [[0, 3, "A better reason"]])
    page.kind._plan.value = "vision-2030"
    assert page._grid.rows[0][3] == "A better reason"
    assert "'environment' is no known plan code, in rows 6" in page._grid.wrong[0][2]


def test_a_kind_that_is_not_offered_is_refused(page):
    page._choice.options = [*page._choice.options, ("Everything", "everything")]
    page._choice.value = "everything"
    assert "is no known kind of figures" in page._error.value


def test_without_a_store_nothing_can_be_saved(page):
    page._choice.value = "crosswalk"
    run(page)
    assert page._keep.children == ()
    page._keep._name.value, page._keep._user.value = "mine", "Wanjiku"
    page._keep._save.click()  # a browser can click what is not shown
    assert "This server keeps nothing" in page._error.value


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("scores", [[place, column, cell] for place in range(5) for column, cell in ((2, "yes"), (3, "77.5"))]),
        ("crosswalk", [[0, 1, "social"]]),
    ],
)
def test_what_is_saved_is_a_run_by_the_viewers_name_that_reproduces(tmp_path, monkeypatch, kind, changes):
    monkeypatch.setenv(STORE, str(tmp_path / "runs.sqlite3"))
    page = own_panel()
    page._choice.value = kind
    if kind == "crosswalk":
        code = next(row[1] for row in page._grid.rows if row[1] != page._grid.rows[0][1])
        changes = [[0, 1, code]]
    edit(page, changes)
    run(page)
    assert page._keep.children
    page._keep._save.click()
    assert "A name is needed" in page._error.value
    page._keep._user.value, page._keep._name.value = "Wanjiku", "our figures"
    page._keep._save.click()
    assert page._error.value == ""
    assert "Kept as our figures" in page._keep._said.value
    page._keep._save.click()
    assert "is taken" in page._error.value
    with open_store(tmp_path / "runs.sqlite3") as store:
        (entry,) = store.runs()
        assert (entry.name, entry.made_by, entry.status) == ("our figures", "Wanjiku (name not checked)", "draft")
        record = store.record(entry.id)
    assert "written here" in record.question
    assert reproduce(record).identical


def test_requests_are_kept_with_their_form_and_come_again_to_the_shilling(tmp_path, monkeypatch):
    monkeypatch.setenv(STORE, str(tmp_path / "runs.sqlite3"))
    page = own_panel()
    bring(page, "our asks.csv", WRONG.encode())
    edit(page, [*REPAIRS, [5, 2, "=Roads (again)"], [5, 4, "total"], [5, 5, "2024/25"], [5, 6, "1,500.5"],
                [5, 7, "KES million"], [5, 10, "3"]])  # fmt: skip
    page.kind._envelope.value = "KSh 500 million"
    page.kind._rule.value = "constrained_equal_awards"
    run(page)
    shown = {row[0]: row[2] for row in page._shown.content.grid.values}
    page._keep._name.value = "our asks"
    page._keep._save.click()
    assert "A name is needed" in page._error.value, "nobody keeps anything unsigned"
    page._keep._user.value = "Wanjiku"
    page._keep._save.click()
    assert page._error.value == ""
    with open_store(tmp_path / "runs.sqlite3") as store:
        (entry,) = store.runs()
        record = store.record(entry.id)
    assert (entry.name, entry.made_by) == ("our asks", "Wanjiku (name not checked)")
    assert record.question == "What do figures given by Wanjiku (name not checked) (our asks.csv) give?"
    assert any("brought by Wanjiku (name not checked) (our asks.csv)" in note for note in record.content["notes"])
    kept = record.tables["awards"]
    assert dict(zip(kept["line"], kept["award"], strict=True)) == {k: v for k, v in shown.items() if k != ALL}
    assert kept["award"].sum() == 500_000_000 == shown[ALL]
    assert reproduce(record).byte_for_byte


def test_requests_of_a_viewer_without_a_store_are_not_kept(page):
    bring(page, "requests.csv", WRONG.encode())
    edit(page, REPAIRS)
    page.kind._envelope.value = "KSh 500 million"
    run(page)
    assert page._keep.children == ()
    page._keep._name.value, page._keep._user.value = "mine", "Wanjiku"
    page._keep._save.click()
    assert "This server keeps nothing" in page._error.value


def test_a_signed_in_viewer_signs_by_the_login(tmp_path, monkeypatch):
    monkeypatch.setenv(STORE, str(tmp_path / "runs.sqlite3"))
    monkeypatch.setenv(SIGNED_IN, "otieno")
    page = own_panel()
    page._choice.value = "crosswalk"
    run(page)
    page._keep._user.value, page._keep._name.value = "the minister", "ours"
    page._keep._save.click()
    with open_store(tmp_path / "runs.sqlite3") as store:
        assert store.runs()[0].made_by == "otieno"
