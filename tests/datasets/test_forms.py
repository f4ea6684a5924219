import io

import openpyxl
import pandas as pd
import pytest

from workbench.datasets.form_reading import FilledForm, filled_form, form_of, read_form
from workbench.datasets.forms import FORMS
from workbench.datasets.template import template_bytes, write_template
from workbench.errors import InputError, UnknownNameError

FILLED = {
    "requests": {"programme": "Household Services", "economic_class": "total", "financial_year": "2009/10",
                 "amount": 410, "unit": "KES million"},
    "scores": {"conditions_met": "yes", "score": 83.5},
    "crosswalk": {"budget_code": "State Department for Roads", "plan_code": "infrastructure", "share": 1,
                  "reason": "Roads are infrastructure", "mark": "illustrative", "valid_from": "2024-07-01"},
}  # fmt: skip


def filled(name, row=2, **cells):
    book = openpyxl.load_workbook(io.BytesIO(template_bytes(name)))
    sheet = book[name]
    place = {cell.value: cell.column for cell in sheet[1]}
    for heading, value in (FILLED[name] | cells).items():
        sheet.cell(row, place[heading]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", FORMS)
def test_a_form_reads_back_in_with_what_was_written_into_it(name):
    table = form_of(filled(name), "form.xlsx", name)
    assert list(table.columns) == FORMS[name].headings
    first = table.iloc[0]
    assert {key: first[key] for key in FILLED[name]} == FILLED[name]
    assert table.index[0] == 2


def test_the_score_form_comes_with_all_counties_and_unknown_answers():
    table = form_of(template_bytes("scores"), "form.xlsx", "scores")
    assert list(table["code"]) == list(range(1, 48))
    assert table["score"].isna().all()
    assert table["conditions_met"].isna().all()


@pytest.mark.parametrize("name", FORMS)
def test_every_column_of_a_form_is_validated_and_says_what_to_write(name):
    sheet = openpyxl.load_workbook(io.BytesIO(template_bytes(name)))[name]
    assert len(sheet.data_validations.dataValidation) == len(FORMS[name].columns)
    assert all(cell.comment is not None for cell in sheet[1])
    assert sheet.freeze_panes == "A2"


def test_all_faults_of_a_form_are_told_at_once_with_their_place():
    content = filled("scores", row=3, conditions_met="perhaps", score=120)
    with pytest.raises(InputError) as refused:
        form_of(content, "scores.xlsx", "scores")
    assert [(fault.sheet, fault.row, fault.column, fault.value) for fault in refused.value.faults] == [
        ("scores", 3, "conditions_met", "perhaps"),
        ("scores", 3, "score", "120"),
    ]
    assert "allowed: yes, no" in str(refused.value)
    assert "from 0 to 100" in str(refused.value)


def test_a_county_in_another_spelling_is_read_and_a_county_twice_refused(tmp_path):
    path = tmp_path / "scores.csv"
    path.write_text("code,county,conditions_met,score\n28,ELEGEYO-MARAKWET,yes,79\n47,Nairobi,no,\n", encoding="utf-8")
    assert list(read_form(path, "scores")["county"]) == ["Elgeyo/Marakwet", "Nairobi City"]
    path.write_text("code,county,conditions_met,score\n28,Keiyo,yes,79\n28,Keiyo,no,\n", encoding="utf-8")
    with pytest.raises(InputError, match="repeats row 2"):
        read_form(path, "scores")


def test_text_that_looks_like_a_formula_comes_back_as_the_text_it_was(tmp_path):
    reason = "'=1+1 is a formula"
    path = tmp_path / "crosswalk.csv"
    path.write_text(
        f"budget_code,plan_code,share,reason,mark,valid_from\nRoads,x,1,{reason},inferred,2024-07-01\n",
        encoding="utf-8",
    )
    assert read_form(path, "crosswalk")["reason"].iloc[0] == "=1+1 is a formula"


def test_a_template_is_never_written_over_a_file(tmp_path):
    path = write_template("scores", tmp_path / "scores.xlsx")
    with pytest.raises(InputError, match="is there already"):
        write_template("scores", path)


def test_an_unknown_form_is_refused_with_the_nearest_name(tmp_path):
    with pytest.raises(UnknownNameError, match="did you mean 'scores'"):
        write_template("score", tmp_path / "x.xlsx")


def test_cells_come_as_they_were_written_sound_or_not_and_keep_their_rows():
    content = filled("requests", row=4, amount="four hundred and ten", unit="KES milion")
    form = filled_form(content, "requests.xlsx", "requests")
    assert (form.sheet, form.first_row, len(form.cells)) == ("requests", 2, 3)
    assert not any(form.cells[0] + form.cells[1])
    cells = dict(zip(FORMS["requests"].headings, form.cells[2], strict=True))
    assert (cells["amount"], cells["unit"], cells["floor"]) == ("four hundred and ten", "KES milion", "")
    with pytest.raises(InputError) as refused:
        form.table()
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [(4, "amount"), (4, "unit")]


def test_a_form_that_was_typed_is_judged_as_one_that_was_uploaded():
    cells = tuple(str(FILLED["requests"].get(name, "")) for name in FORMS["requests"].headings)
    typed = FilledForm(form=FORMS["requests"], file="typed here", cells=(cells, cells))
    with pytest.raises(InputError, match=r"typed here, row 3, .*repeats row 2"):
        typed.table()
    alone = FilledForm(form=FORMS["requests"], file="typed here", cells=(cells,)).table()
    pd.testing.assert_frame_equal(alone, form_of(filled("requests"), "form.xlsx", "requests"))
