import json
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMMES = ROOT / "data" / "sources" / "facts" / "programmes_2024_25.csv"
KEYS = {"check", "severity", "table", "row", "label", "column", "financial_year", "printed", "computed", "difference",
        "message"}  # fmt: skip


@pytest.fixture
def workbench(command_line):
    def run(*arguments, cwd=ROOT):
        return command_line.run(*map(str, arguments), cwd=cwd, environment=dict(os.environ))

    return run


def test_json_is_a_list_of_findings_and_errors_give_exit_code_1(workbench):
    run = workbench("audit", "opm-strategic-plan", "--json")
    found = json.loads(run.stdout)
    assert run.returncode == 1
    assert all(set(finding) >= KEYS for finding in found)
    total = [one for one in found if (one["table"], one["row"], one["financial_year"]) == ("8.1.0", 13, "2010/11")]
    assert [(one["check"], one["printed"], one["computed"], one["difference"]) for one in total] == [
        ("footing", "2,930", 3357.0, -427.0)
    ]


def test_a_severity_is_picked_out_and_the_exit_code_stays(workbench):
    run = workbench("audit", PROGRAMMES, "--layout", "programmes", "--severity", "rounding", "--json")
    assert {finding["severity"] for finding in json.loads(run.stdout)} == {"rounding"}
    assert run.returncode == 1


def test_a_table_without_errors_gives_exit_code_0(workbench, tmp_path):
    table = tmp_path / "right.csv"
    table.write_text("Item,2024/25\nRoads,10\nWater,20\nTotal,30\n", encoding="utf-8")
    run = workbench("audit", table, "--json")
    assert (run.returncode, json.loads(run.stdout)) == (0, [])


def test_a_package_in_which_nothing_adds_up_says_so(workbench):
    run = workbench("audit", "kdsp")
    assert run.returncode == 0
    assert "nothing was checked" in run.stdout
    assert json.loads(workbench("audit", "kdsp", "--json").stdout) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["opm-strategic-plann"], "did you mean 'opm-strategic-plan'"), (["nowhere.csv"], "is no file"),
     ([str(PROGRAMMES), "--layout", "programm"], "did you mean 'programmes'"),
     (["counties", "--severity", "eror"], "did you mean 'error'"),
     (["counties", "--layout", "programmes"], "needs no layout")],
)  # fmt: skip
def test_what_cannot_be_read_gives_words_and_exit_code_2(workbench, arguments, words):
    run = workbench("audit", *arguments)
    assert run.returncode == 2
    assert words in run.stderr
    assert "Traceback" not in run.stderr


def test_the_report_stands_alone_and_the_table_for_people_says_why(workbench, tmp_path):
    page = tmp_path / "report.html"
    run = workbench("audit", "opm-strategic-plan", "--html", page)
    text = page.read_text(encoding="utf-8")
    assert "with 2,155 the total" in text
    assert not any(mark in text for mark in ("<script", "http://", "https://", "src=", "@import"))
    assert "with 2,155 the total" in run.stdout


def test_a_template_is_written_and_never_over_a_file(workbench, tmp_path):
    target = tmp_path / "form.xlsx"
    assert workbench("template", "scores", "--output", target).returncode == 0
    assert target.stat().st_size > 5000
    assert workbench("template", "scores", "--output", target).returncode == 2
