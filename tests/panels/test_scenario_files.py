"""What the page of the scenarios shows beside one run: files of the comparison, and the draws of an ensemble."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import pypdfium2
import pytest

import workbench as wb
from workbench.briefs import brief_of
from workbench.panels.rights import APPROVERS, SIGNED_IN, STORE, UPLOAD
from workbench.panels.scenarios import FIRST, scenarios_panel
from workbench.scenarios.central import central_case
from workbench.views.text_scenarios import DRAWS

UNCERTAIN = "scores-plus-or-minus-three"


@pytest.fixture(scope="module")
def page():
    with pytest.MonkeyPatch.context() as patch:
        for name in (STORE, APPROVERS, SIGNED_IN, UPLOAD):
            patch.setenv(name, "")
        yield scenarios_panel()


def show(page, scenario: str, against: str = ""):
    page._scenario.value = scenario
    page._against.value = against
    page._run.click()
    assert page._error.value == ""
    return page._shown.content


def tables(content: bytes) -> dict[str, list[dict[str, str]]]:
    packed = zipfile.ZipFile(io.BytesIO(content))
    return {
        name.removesuffix(".csv").rpartition("/")[2]: list(
            csv.DictReader(io.StringIO(packed.read(name).decode("utf-8")))
        )
        for name in packed.namelist()
        if name.endswith(".csv")
    }


def test_files_hold_the_comparison_that_is_on_screen(page):
    alone = show(page, FIRST)
    names = {}
    for against in ("", "ten-counties-fail"):
        shown = show(page, FIRST, against)
        name, content = page._file("csv")
        names[name] = content
        (rows,) = [rows for rows in tables(content).values() if rows and "change_1" in rows[0]]
        by_label = {row["label"]: row for row in rows}
        for label, before, after, change, _ in shown.grid.values:
            row = by_label[label]
            assert [float(row[key]) for key in ("run_0", "run_1", "change_1")] == [before, after, change]
    assert list(names) == [
        "scenario-kdsp2-every-county-qualifies.zip",
        "scenario-kdsp2-every-county-qualifies-against-ten-counties-fail.zip",
    ]
    assert len(set(names.values())) == 2, "another comparison is another file"
    assert alone.grid.values != shown.grid.values
    text = "".join(one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(page._file("pdf")[1]))
    assert "10 gain and 37 lose" in " ".join(text.split())
    book = openpyxl.load_workbook(io.BytesIO(page._file("xlsx")[1]))
    assert any("Change with" in str(cell.value) for row in book["Results"].iter_rows() for cell in row)


def test_a_scenario_with_draws_shows_their_bands_and_gives_them_in_its_files(page):
    show(page, "ten-counties-fail")
    assert page._drawn.children == ()
    shown = show(page, UNCERTAIN)
    drawn = wb.ensemble(UNCERTAIN, progress=False)
    bands = drawn.fan("award").set_index("label")
    assert shown.finding.startswith(
        "In nine of ten of 100,000 draws, the award of each county stays between 70 and 130"
    )
    paid = bands[bands["p50"] > 0]
    assert 0.695 < (paid["p5"] / paid["p50"]).min() < 0.705
    assert 1.295 < (paid["p95"] / paid["p50"]).max() < 1.305
    table = page._drawn._table.shown
    assert {row[0]: row[1:] for row in table.values} == {
        label: tuple(row)
        for label, row in zip(bands.index, bands[["p5", "p25", "p50", "p75", "p95"]].to_numpy().tolist(), strict=True)
    }
    assert set(table.marks) == {"illustrative"}
    assert any("distributions are assumptions, illustrative" in note for note in shown.notes)
    rows = {row["label"]: row for row in tables(page._file("csv")[1])["draws"]}
    assert float(rows["Nyeri"]["p95"]) == bands.loc["Nyeri", "p95"]
    assert rows["Nyeri"]["mark"] == "illustrative"


def test_drawing_tells_how_far_it_is(page):
    page._tell_draws(50_000, 100_000)
    assert page._progress.step == {"words": DRAWS["drawing"], "done": 50_000, "of": 100_000}
    page._progress.step = {}


def test_a_brief_and_a_run_of_the_central_case_say_that_it_is_no_more():
    run = wb.run(UNCERTAIN)
    (told,) = central_case(run.scenario)
    assert "100,000 draws" in told
    assert f"workbench ensemble {UNCERTAIN}" in told
    assert run.notes[0] == told
    assert told in brief_of(run).doubts
    assert told in brief_of(run.record).doubts
    assert central_case(wb.run(FIRST).scenario) == ()
