"""Data for other systems: a package that frictionless accepts, with the figures of the package, and Parquet like it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile

import frictionless
import pandas as pd
import pyarrow.parquet
import pytest

from tests.briefs.subjects import SUBJECTS, brief, rendered, subject
from workbench.briefs import render
from workbench.briefs.sheets import data_tables
from workbench.errors import InputError

EVERY = pytest.mark.parametrize("name", SUBJECTS)


def opened(name: str, kind: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(rendered(name, kind)))


@EVERY
def test_frictionless_accepts_the_package(tmp_path, name):
    opened(name, "csv").extractall(tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])[:5]
    assert len(report.tasks) == len(data_tables(brief(name)))
    told = json.loads((tmp_path / "datapackage.json").read_text())
    assert told["workbench"]["illustrative"] is brief(name).illustrative
    assert all(one["illustrative"] is brief(name).illustrative for one in told["resources"])


def test_figures_are_exact_and_unknown_is_blank():
    frame = pd.read_csv(opened("gap", "csv").open("results.csv"))
    gap = subject("gap")
    assert frame["gap"].iloc[-1] == gap.gap == 1_247_000_000
    assert list(frame["requirement"].iloc[:-1]) == list(gap.by("sub_programme")["requirement"])
    text = opened("gap", "csv").read("results.csv").decode()
    assert "3162000000,1915000000,1247000000," in text
    awkward = pd.read_csv(opened("awkward", "csv").open("results.csv"))
    assert awkward["allocation"].iloc[-1] != awkward["allocation"].iloc[-1]
    assert awkward["line"].iloc[0] == "'=SUM(A1:A9)"


@EVERY
def test_parquet_holds_the_same(name):
    for table in data_tables(brief(name)):
        csv = pd.read_csv(opened(name, "csv").open(f"{table.name}.csv"))
        stored = pyarrow.parquet.read_table(io.BytesIO(opened(name, "parquet").read(f"{table.name}.parquet")))
        assert stored.column_names == list(csv.columns)
        assert stored.num_rows == len(csv)
        frame = stored.to_pandas()
        for field in table.fields:
            if field.kind != "text":
                pd.testing.assert_series_equal(
                    frame[field.name].astype("float64"),
                    csv[field.name].astype("float64"),
                    check_exact=False,
                    rtol=1e-15,
                )


def test_without_the_extra_parquet_is_refused_in_words(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"budget-alignment-workbench\[ledger\]"):
        render(brief("gap"), "parquet")


def test_importing_the_briefs_and_the_command_line_loads_no_writer():
    code = (
        "import sys, workbench, workbench.briefs, workbench.cli.brief\n"
        "loaded = {'xlsxwriter', 'docx', 'typst', 'plotly'} & set(sys.modules)\n"
        "assert not loaded, loaded"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
