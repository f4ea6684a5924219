import json
import shutil

import pytest

from tests.conftest import assert_refused


def test_the_packages_are_listed_with_their_titles_and_tables(workbench):
    done = workbench("data", "list", "--json")
    listed = {row["package"]: row["tables"] for row in json.loads(done.stdout)}
    assert listed["opm-strategic-plan"][0] == "figures"
    assert "votes" in listed["national-budget"]
    assert done.returncode == 0
    assert "Strategic Plan" in workbench("data", "list").stdout


def test_the_shipped_packages_have_no_fault(workbench):
    done = workbench("data", "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "counties: no fault" in done.stdout


@pytest.fixture
def broken(tmp_path, repository):
    folder = tmp_path / "kdsp"
    shutil.copytree(repository / "data" / "kdsp", folder)
    payments = folder / "kdsp1_level_2_payments.csv"
    payments.write_text(payments.read_text().replace(",553,", ",a lot,").replace("2018-08,22", "2018-08,222"))
    return folder


def test_every_fault_is_told_with_exit_code_2(workbench, broken):
    done = workbench("data", "check", str(broken))
    assert_refused(
        done, "2 faults in", "row 2, column level_2_kes_million: 'a lot' is no number", "row 4", "at most 47"
    )


def test_faults_come_as_json_for_programs(workbench, broken):
    done = workbench("data", "check", str(broken), "--json")
    faults = json.loads(done.stdout)[str(broken)]
    assert done.returncode == 2
    assert [(fault["row"], fault["column"], fault["value"]) for fault in faults] == [
        (2, "level_2_kes_million", "a lot"),
        (4, "code", "222"),
    ]


def test_a_missing_package_is_an_error_in_words(workbench):
    assert_refused(workbench("data", "check", "kdps"), "'kdps' is no known data package", "did you mean 'kdsp'")
