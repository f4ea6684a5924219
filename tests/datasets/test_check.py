"""Broken packages: every fault in one pass, with file, row, column, value and what is allowed."""

import csv
import json
import shutil
from functools import partial

import pytest

from workbench.datasets import check_package, open_package
from workbench.errors import InputError, UnknownNameError

DESCRIPTOR = (
    '{"name": "x", "title": "X", "sources": [], "resources": [{"name": "r", "path": "r.csv", '
    '"schema": {"fields": [{"name": "f", "constraints": %s}]}}]}'
)
SCHEMA = {
    "fields": [
        {"name": "code", "type": "integer", "constraints": {"required": True, "minimum": 1, "maximum": 47}},
        {"name": "stage", "constraints": {"enum": ["estimate", "revised"]}},
        {"name": "amount", "type": "number"},
        {"name": "year", "constraints": {"pattern": "\\d{4}/\\d{2}"}},
    ],
    "primaryKey": ["code", "stage"],
}


@pytest.fixture
def package(tmp_path):
    """Write a package of one table and return its folder."""

    def write(csv, schema=SCHEMA, **descriptor):
        folder = tmp_path / "own"
        folder.mkdir(exist_ok=True)
        if csv is not None:
            (folder / "figures.csv").write_bytes(csv if isinstance(csv, bytes) else csv.encode())
        content = {
            "name": "own", "title": "Own", "sources": [{"title": "Report", "name": "R"}],
            "resources": [{"name": "figures", "path": "figures.csv", "schema": schema}], **descriptor,
        }  # fmt: skip
        (folder / "datapackage.json").write_text(json.dumps(content))
        return folder

    return write


def faults(folder):
    return [str(fault) for fault in check_package(folder)]


def test_a_sound_table_has_no_fault_and_blank_is_unknown(package):
    folder = package("code,stage,amount,year\n1,estimate,,2009/10\n2,,1234.5,\n")
    assert faults(folder) == []
    table = open_package(folder).table("figures")
    assert table["amount"].isna().tolist() == [True, False]


def test_every_fault_of_a_table_comes_in_one_pass(package):
    folder = package(
        'code,stage,amount,year\n1,estimate,5,2009/10\nx,estimate,5,2009/10\n48,draft,"1,234",2009\n,revised,1,2009/10\n1,estimate,5,2009/10\n'
    )
    assert faults(folder) == [
        "figures.csv, row 3, column code: 'x' is no integer (write a whole number, such as 47)",
        "figures.csv, row 4, column code: '48' is too large (at most 47)",
        "figures.csv, row 4, column stage: 'draft' is not allowed (allowed: estimate, revised)",
        "figures.csv, row 4, column amount: '1,234' is no number (write a number without commas, such as 1234.5)",
        "figures.csv, row 4, column year: '2009' does not have the form \\d{4}/\\d{2}",
        "figures.csv, row 5, column code: is blank where a value is required",
        "figures.csv, row 6, column code, stage: '1, estimate' repeats row 2 (each combination may occur once: take one of the two out, or tell them apart)",
    ]
    with pytest.raises(InputError) as refused:
        open_package(folder)
    assert len(refused.value.faults) == 7


def test_a_column_short_or_misspelt_is_named_with_the_right_one(package):
    found = faults(package("code,stage,amnt,year\n1,estimate,5,2009/10\n"))
    assert found == [
        "figures.csv, row 1, column amount: is missing from the heading (the columns are code, stage, amount, year)",
        "figures.csv, row 1: 'amnt' is no column of this table (did you mean 'amount'?)",
    ]


def test_a_row_too_short_or_too_long_is_named_by_its_row(package):
    found = faults(package("code,stage,amount,year\n1,estimate,5\n\n2,estimate,5,2009/10,more\n"))
    assert [fault.split(":")[0] for fault in found] == ["figures.csv, row 2", "figures.csv, row 4"]


def test_a_malformed_row_hides_no_fault_of_the_others(package):
    found = faults(package("code,stage,amount,year\n1,estimate,5\n2,draft,x,2009/10\n"))
    assert [fault.split(":")[0] for fault in found] == [
        "figures.csv, row 2",
        "figures.csv, row 3, column stage",
        "figures.csv, row 3, column amount",
    ]


@pytest.mark.parametrize("limit", [131_072, 2**31 - 1])
def test_a_number_beyond_all_numbers_and_a_cell_without_end_are_faults(package, limit, request):
    request.addfinalizer(partial(csv.field_size_limit, csv.field_size_limit(limit)))  # other libraries lift the limit
    assert "larger than any number" in faults(package(f"code,stage,amount,year\n1,estimate,{'9' * 400},2009/10\n"))[0]
    assert "is no CSV" in faults(package(f"code,stage,amount,year\n1,estimate,{'9' * 200_000},2009/10\n"))[0]


def test_a_folder_in_the_place_of_a_table_is_not_called_missing(package, tmp_path):
    folder = package(None)
    (folder / "figures.csv").mkdir()
    assert "cannot be read" in faults(folder)[0]


@pytest.fixture
def plan(tmp_path, repository):
    """Return a function that changes a cell's text in a copy of the Strategic Plan, and the copy's faults."""
    folder = tmp_path / "plan"
    shutil.copytree(repository / "data" / "opm-strategic-plan", folder)

    def changed(old, new):
        path = folder / "figures.csv"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))
        return faults(folder)

    return changed


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (",2009/10,260,260,", ",2009/11,260,260,", "row 2, column financial_year: '2009/11' is no financial year"),
        (",item,6,", ",item,999,", "row 2, column parent: '999' is no row of table '8.1.0'"),
        (",260,260,", ",260,1e308,", "is more than KSh 1,000,000,000,000,000"),
    ],
)
def test_what_no_schema_can_say_of_figures_is_checked(plan, old, new, said):
    assert any(said in fault for fault in plan(old, new))


def test_a_column_that_stands_twice_is_named(package):
    assert any("stands in the heading twice" in fault for fault in faults(package("code,code,stage,amount,year\n")))


def test_a_blank_row_does_not_shift_the_rows_named_after_it(package):
    (fault,) = check_package(package("code,stage,amount,year\n\n\n1,estimate,five,2009/10\n"))
    assert (fault.row, fault.value) == (4, "five")


def test_a_missing_or_unreadable_file_is_told(package):
    assert "figures.csv: is missing" in faults(package(None))[0]
    assert "is not written in UTF-8" in faults(package(b"code\xff\xfe"))[0]
    assert len(faults(package(b""))) == 4


def test_a_mark_of_byte_order_is_no_fault(package):
    assert faults(package("\ufeffcode,stage,amount,year\n1,estimate,5,2009/10\n")) == []


def test_a_key_that_points_nowhere_is_told_with_the_nearest(package, tmp_path):
    schema = {
        "fields": [{"name": "vote"}],
        "foreignKeys": [{"fields": "vote", "reference": {"resource": "votes", "fields": "vote"}}],
    }
    folder = package("vote\nDefence\nDefense\n", schema)
    descriptor = json.loads((folder / "datapackage.json").read_text())
    descriptor["resources"].append({"name": "votes", "path": "votes.csv", "schema": {"fields": [{"name": "vote"}]}})
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    (folder / "votes.csv").write_text("vote\nDefence\n")
    assert faults(folder) == [
        "figures.csv, row 3, column vote: 'Defense' stands in no row of 'votes' (did you mean 'Defence'?)"
    ]


def test_a_source_that_is_not_declared_is_told(package):
    schema = {"fields": [{"name": "source"}, {"name": "locator"}]}
    found = faults(package("source,locator\nR,p. 1\nhttps://example.org/page,text\nReport X,p. 2\n", schema))
    assert len(found) == 1
    assert "'Report X' is no declared source" in found[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is no JSON"),
        ('{"name": "x"}', "column title: Field required"),
        ('{"name": "x", "title": "X", "sources": [], "resources": [{"name": "r", "path": "../r.csv", "schema": {"fields": []}}]}',
         "inside the package's own folder"),
        ("[" * 100_000, "cannot be read"),
        (DESCRIPTOR % '{"pattern": "("}', "no regular expression"),
        (DESCRIPTOR % '{"minimum": 1}', "minimum and maximum are for numbers"),
    ],
)  # fmt: skip
def test_a_broken_descriptor_is_told_in_words(tmp_path, text, said):
    (tmp_path / "datapackage.json").write_text(text)
    with pytest.raises(InputError, match=said):
        check_package(tmp_path)


def test_an_unknown_package_gets_the_nearest_name():
    with pytest.raises(UnknownNameError, match="did you mean 'opm-strategic-plan'"):
        open_package("opm-strategic-plans")


def test_a_copy_of_a_shipped_package_opens_from_its_folder(tmp_path, repository):
    shutil.copytree(repository / "data" / "kdsp", tmp_path / "copy")
    assert open_package(tmp_path / "copy").name == "kdsp"
    assert open_package(tmp_path / "copy" / "datapackage.json").name == "kdsp"


def test_another_data_folder_can_be_named(tmp_path, repository, monkeypatch):
    shutil.copytree(repository / "data" / "kdsp", tmp_path / "mine")
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    assert open_package("mine").name == "kdsp"
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(InputError, match="WORKBENCH_DATA"):
        open_package("mine")


def test_a_folder_without_a_descriptor_and_a_name_too_long_are_told(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnknownNameError, match="is a folder without a datapackage"):
        open_package(tmp_path / "empty")
    with pytest.raises(UnknownNameError):
        open_package("x" * 5000)
    with pytest.raises(UnknownNameError):
        open_package("x\0y")


def test_a_role_that_names_no_table_is_told(tmp_path, repository):
    shutil.copytree(repository / "data" / "opm-strategic-plan", tmp_path / "plan")
    path = tmp_path / "plan" / "datapackage.json"
    descriptor = json.loads(path.read_text())
    descriptor["workbench"]["requirements"] = {}
    path.write_text(json.dumps(descriptor))
    with pytest.raises(InputError, match="names no requirements"):
        _ = open_package(tmp_path / "plan").requirements
