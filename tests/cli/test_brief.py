"""``workbench brief``: files for a committee, refusals in words, nothing written over."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile

import openpyxl
import pypdfium2
import pytest

from tests.conftest import assert_refused
from workbench.cli import main


@pytest.fixture
def here(monkeypatch, tmp_path, capsys):
    """The command line in this process: a refusal needs no new one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORKBENCH_STORE", str(tmp_path / "store.sqlite3"))
    monkeypatch.setenv("WORKBENCH_USER", "wanjiku")
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["workbench", *arguments])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, said.out, said.err)

    return run


def test_a_brief_of_a_model_is_written_in_every_kind_and_never_over_another(workbench, tmp_path):
    files = ["--pdf", "b.pdf", "--docx", "b.docx", "--xlsx", "b.xlsx", "--csv", "b.zip"]
    done = workbench("brief", "gap", *files)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == files[1::2]
    assert len(pypdfium2.PdfDocument(tmp_path / "b.pdf")) == 2
    assert openpyxl.load_workbook(tmp_path / "b.xlsx")["Results"]["B6"].value == "Communication and Press Services"
    assert "datapackage.json" in zipfile.ZipFile(tmp_path / "b.zip").namelist()
    before = (tmp_path / "b.pdf").read_bytes()
    refused = workbench("brief", "grants", "--pdf", "b.pdf", "--xlsx", "new.xlsx")
    assert_refused(refused, "'b.pdf' is there already", "--force")
    assert (tmp_path / "b.pdf").read_bytes() == before
    assert not (tmp_path / "new.xlsx").exists()
    assert workbench("brief", "grants", "--pdf", "b.pdf", "--force").returncode == 0
    assert (tmp_path / "b.pdf").read_bytes() != before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.docx", "b.pdf", "b.xlsx", "b.zip"]


def test_a_run_is_briefed_by_its_id_with_who_made_it(here, tmp_path):
    here("run", "ten-counties-fail", "--name", "ten fail")
    done = here("brief", "ten fail", "--xlsx", "run.xlsx")
    assert done.returncode == 0, done.stderr
    rows = {
        (row[0], row[1]): row[2]
        for row in openpyxl.load_workbook(tmp_path / "run.xlsx")["Run record"].iter_rows(values_only=True)
    }
    assert rows["Run", "made by"] == "wanjiku"
    assert rows["Run", "name"] == "ten fail"
    assert rows["Run", "status"] == "draft"


def test_without_a_file_the_headline_figures_are_shown(here):
    done = here("brief", "gap")
    assert done.returncode == 0
    for words in ("3,162", "1,915", "1,247", "60.6", "--pdf"):
        assert words in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gpa"], ["'gpa' is no known model, kept run, record or scenario", "did you mean 'gap'?"]),
        (["gap", "--pdf", "b.docx"], ["does not end in .pdf"]),
        (["gap", "--pdf", "nowhere/b.pdf"], ["is no folder"]),
        (["gap", "--csv", "b.zip", "--parquet", "b.zip"], ["is named for two kinds of file"]),
        (["audit", "--year", "2009/10"], ["'--year' does not go with 'audit'", "it takes --of"]),
        (["ten-counties-fail", "--of", "x"], ["a run has what it was run with"]),
        (["gap", "--year", "1999/00"], ["1999/00", "financial year"]),
        (["missing.json"], ["missing.json", "cannot be read"]),
        (["grants", "--of", "kdsp3"], ["kdsp3", "did you mean"]),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(here, tmp_path, arguments, said):
    done = here("brief", *arguments)
    assert_refused(done, *said)
    assert not [path for path in tmp_path.iterdir() if path.suffix in {".pdf", ".docx", ".zip"}]


def test_a_record_that_was_tampered_with_is_refused(here, tmp_path):
    here("run", "ten-counties-fail", "--name", "ten")
    assert here("runs", "export", "ten", "--to", "ten.json").returncode == 0
    text = (tmp_path / "ten.json").read_text()
    (tmp_path / "ten.json").write_text(text.replace('"award"', '"awards"', 1))
    assert_refused(here("brief", "ten.json", "--pdf", "x.pdf"), "was changed after it was made")


def test_the_zip_is_whole(here, tmp_path):
    assert here("brief", "audit", "--csv", "a.zip").returncode == 0
    assert zipfile.ZipFile(io.BytesIO((tmp_path / "a.zip").read_bytes())).testzip() is None
