"""Score forms: read as written, and every fault told in one pass."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tools.illustrative_scores import rows
from workbench.datasets.template import write_template
from workbench.errors import InputError
from workbench.grants import grants
from workbench.grants.facts import county_names_by_code
from workbench.grants.scores import UNKNOWN, Scores, illustrative_scores, read_scores

Write = Callable[..., Path]


def test_a_form_reads_back_as_it_was_written(write_form: Write, scores: Scores) -> None:
    read = read_scores(write_form())
    assert read.conditions == scores.conditions
    np.testing.assert_array_equal(read.scores, scores.scores)
    assert read.name == "scores.csv"


def test_order_spelling_and_case_make_no_difference(scores: Scores) -> None:
    names = [
        "elgeyo-marakwet" if name == "Elgeyo/Marakwet" else f"{name.upper()} COUNTY " for name in county_names_by_code()
    ]
    table = pd.DataFrame({"County": names, "Conditions met": "YES", "Score": 50, "note": "x"}).iloc[::-1]
    read = read_scores(table)
    assert set(read.conditions) == {"met"}
    assert (read.scores == 50).all()


def test_the_blank_template_reads_as_nothing_known(tmp_path: Path) -> None:
    read = read_scores(write_template("scores", tmp_path / "form.xlsx"))
    assert set(read.conditions) == {UNKNOWN}
    assert np.isnan(read.scores).all()


def test_every_fault_is_told_in_one_pass(write_form: Write) -> None:
    path = write_form(
        ("1,Mombasa,yes,40", "1,Mombasa,maybe,140"),
        ("2,Kwale", "2,Kwalle"),
        ("4,Tana River", "KE-40,Tana River"),
        ("8,Wajir", "9,Wajir"),
        ("47,Nairobi City", "46,Nyamira"),
    )
    with pytest.raises(InputError) as refused:
        read_scores(path)
    said = str(refused.value)
    for words in (
        "scores.csv, row 2, column conditions_met: 'maybe' is neither yes nor no",
        "scores.csv, row 2, column score: '140' is not from 0 to 100",
        "row 3, column county: 'Kwalle' is no known county (did you mean 'Kwale'?)",
        "row 5, column code: 'KE-40' is no county code (it looks like an ISO 3166-2 code",
        "row 9, column code: '9' is the code of Mandera, but the row names Wajir",
        "row 48: 'Nyamira' names a county a second time, after row 47",
        "'Nairobi City' is missing from the form",
    ):
        assert words in said, said
    assert len(refused.value.faults) == 7


@pytest.mark.parametrize(
    "score", ["-1", "100.5", "-", "nan", "NaN", "none", "?", "n/a", "nan?", "1e2", "=1+1", "∞", "12,5,6"]
)
def test_what_is_no_score_from_0_to_100_is_refused(write_form: Write, score: str) -> None:
    quoted = f'"{score}"'
    with pytest.raises(InputError, match="row 2"):
        read_scores(write_form(("1,Mombasa,yes,40", f"1,Mombasa,yes,{quoted}")))


def test_a_score_next_to_nothing_is_read_as_programs_write_it(write_form: Write) -> None:
    assert read_scores(write_form(("1,Mombasa,yes,40", "1,Mombasa,yes,5e-07"))).scores[0] == 5e-07


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,county,conditions,score\n", "did you mean 'conditions_met'"),
        ("code,county,score\n1,Mombasa,3\n", "'conditions_met' is missing"),
        ("conditions_met,score\nyes,3\n", "'code' or 'county' is missing"),
        ("code,county,conditions_met,score,score\n", "twice"),
        ("code,county,conditions_met,score\n", "'Turkana' is missing"),
    ],
)
def test_a_form_of_another_shape_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_scores(path)


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04broken", b"%PDF-1.7"])
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "scores.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError):
        read_scores(path)
    with pytest.raises(InputError, match="no file"):
        read_scores(tmp_path / "absent.csv")


def test_equal_scores_are_found(scores: Scores) -> None:
    tied = scores.with_score(0, 55.0).with_score(1, 55.0).tied
    assert {"Mombasa", "Kwale"} <= set(tied[55.0])


def test_the_shipped_scores_say_that_they_are_made_up(repository: Path) -> None:
    shipped = illustrative_scores()
    assert shipped.mark == "illustrative"
    assert [shipped.conditions.count(state) for state in ("met", "not met", UNKNOWN)] == [37, 6, 4]
    assert grants("kdsp2", scores=shipped).illustrative
    assert grants("kdsp2", scores=shipped.with_score(0, 1.0)).illustrative
    written = (repository / "data" / "grants" / "illustrative-scores.csv").read_text(encoding="utf-8")
    assert [",".join(row) for row in rows()] == written.splitlines()[1:]


def test_faults_in_a_workbook_name_the_sheet(tmp_path: Path) -> None:
    names = county_names_by_code()
    form = pd.DataFrame({"county": ["Kwalle", *names[1:]], "conditions_met": "maybe", "score": 101})
    path = tmp_path / "book.xlsx"
    with pd.ExcelWriter(path, engine="xlsxwriter") as writer:
        pd.DataFrame({"About": ["fill in the next sheet"]}).to_excel(writer, sheet_name="help", index=False)
        form.to_excel(writer, sheet_name="scores 2025", index=False)
    with pytest.raises(InputError) as refused:
        read_scores(path)
    placed = [fault for fault in refused.value.faults if fault.row is not None]
    assert {(fault.file, fault.sheet) for fault in refused.value.faults} == {("book.xlsx", "scores 2025")}
    assert len(placed) == 1 + 2 * 46
    with pd.ExcelWriter(path, engine="xlsxwriter") as writer:
        form.drop(columns="score").to_excel(writer, sheet_name="short", index=False)
    with pytest.raises(InputError, match=r"book\.xlsx, sheet short, row 1: the column 'score' is missing"):
        read_scores(path)
