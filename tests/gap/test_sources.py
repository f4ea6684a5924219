"""``wb.gap`` and ``wb.stages`` on files as they lie; all lines here are generated and stand for nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import workbench as wb
from tests.gap.conftest import figures
from tests.gap.test_ledger import BOOST, written
from workbench.datasets import data_root
from workbench.errors import InputError, UnknownNameError

LINES = pd.DataFrame(
    {
        "financial_year": "2020/21",
        "stage": ["estimate", "revised", "expenditure"] * 2,
        "vote": ["Roads"] * 3 + ["Lands"] * 3,
        "amount": [5.0, 6.0, 4.0, 2.0, 2.0, 1.0],
    }
)


@pytest.mark.parametrize("as_text", [True, False])
@pytest.mark.parametrize("name", ["boost.parquet", "boost.csv"])
def test_a_path_is_all_that_it_needs(tmp_path: Path, name: str, as_text: bool) -> None:
    path = written(tmp_path, BOOST, name)
    given = str(path) if as_text else path
    gap = wb.gap(given, by=("vote", "economic_class"), year_is="end", mark="illustrative")
    assert gap.stages == ("revised", "expenditure")
    assert gap.lines["requirement"].tolist() == [30.0, 7.0]
    assert gap.lines["gap"].iloc[0] == -3.0
    assert gap.illustrative
    steps = wb.stages(given, vote="A", financial_year="2014/15", year_is="end").steps
    assert steps["amount"].tolist() == [30.0, 33.0]


def test_stages_of_a_file_are_named_and_known_by_other_words(tmp_path: Path) -> None:
    path = written(tmp_path, LINES, "lines.parquet")
    gap = wb.gap(path, from_stage="approved", to_stage="expenditure", by="vote", unit="KES million")
    assert (gap.stages, gap.gap) == (("estimate", "expenditure"), 2e6)
    with pytest.raises(InputError, match="which two stages"):
        wb.gap(path)
    with pytest.raises(UnknownNameError, match="did you mean 'revised'"):
        wb.gap(path, from_stage="revisd", to_stage="expenditure")


def test_two_files_a_stage_each(tmp_path: Path) -> None:
    paths = [written(tmp_path, LINES[LINES["stage"] == stage], f"{stage}.csv") for stage in ("estimate", "revised")]
    assert wb.gap(*paths, by="vote").gap == -1.0
    one = written(tmp_path, LINES, "lines.csv")
    assert wb.gap(one, one, from_stage="revised", to_stage="expenditure", by="vote").gap == 3.0


def test_one_table_with_both_stages() -> None:
    both = figures({"vote": "A", "amount": 3, "stage": "ceiling"}, {"vote": "A", "amount": 2, "stage": "estimate"})
    assert wb.gap(both).gap == 1e6
    assert wb.gap(both, from_stage="estimate", to_stage="ceiling").gap == -1e6


def test_units_of_the_lines_count(tmp_path: Path) -> None:
    units = ["KES", "KES", "KES", "KES million", "KES million", "KES billion"]
    path = written(tmp_path, LINES.assign(unit=units), "lines.parquet")
    lines = wb.gap(path, from_stage="revised", to_stage="expenditure", by="vote").lines.set_index("vote")
    assert lines.loc["Lands", ["requirement", "allocation"]].tolist() == [2e6, 1e9]
    assert lines.loc["Roads", "gap"] == 2.0
    path = written(tmp_path, LINES.assign(unit=[*units[:5], "EUR"]), "odd.parquet")
    with pytest.raises(InputError, match=r"odd\.parquet, row 6, column unit: 'EUR' is no unit of money"):
        wb.gap(path, from_stage="revised", to_stage="expenditure", by="vote")


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("economic_class", ["recurrent", "total"]),
        ("economic_class", ["total", "development"]),
        ("basis", ["net", "gross"]),
    ],
)
@pytest.mark.parametrize("by", ["vote", ("vote", "economic_class")])
def test_nothing_is_counted_twice(tmp_path: Path, column: str, values: list[str], by: Any) -> None:
    lines = pd.concat([LINES.assign(**{"economic_class": "recurrent", column: value}) for value in values])
    with pytest.raises(InputError, match="would be counted twice"):
        wb.gap(written(tmp_path, lines, "lines.parquet"), from_stage="revised", to_stage="expenditure", by=by)


def test_a_file_of_a_data_package_keeps_its_totals_apart() -> None:
    path = data_root() / "national-budget" / "programmes.csv"
    gap = wb.gap(path, from_stage="revised", to_stage="expenditure", by="vote")
    package = wb.open_package("national-budget").table("programmes")
    whole = wb.gap(package.query("stage == 'revised'"), package.query("stage == 'expenditure'"))
    pd.testing.assert_frame_equal(gap.by("vote"), whole.by("vote"))
    assert gap.by("vote")["revised"].notna().sum() == 9


def test_a_ledger_without_a_column_says_which_levels_it_has(tmp_path: Path) -> None:
    gold = pd.DataFrame({"year": [2016], "func": ["Health"], "econ": ["Wages"], "approved": [9.0], "revised": [8.0],
                         "executed": [7.0]})  # fmt: skip
    path = written(tmp_path, gold, "gold.parquet")
    with pytest.raises(UnknownNameError, match=r"'vote' is no known level of 'gold\.parquet'"):
        wb.gap(path, from_stage="approved", to_stage="expenditure", by="vote", year_is="end")
    assert wb.gap(path, from_stage="approved", to_stage="expenditure", year_is="end").gap == 2.0


def test_refusals(tmp_path: Path) -> None:
    path = written(tmp_path, LINES, "lines.csv")
    with pytest.raises(InputError, match="is for files and databases"):
        wb.gap(figures({"vote": "A", "amount": 1}), figures({"vote": "A", "amount": 1}), year_is="end")
    with pytest.raises(InputError, match="is for files and databases"):
        wb.stages(figures({"vote": "A", "amount": 1}), vote="A", financial_year="2009/10", unit="KES billion")
    with pytest.raises(InputError, match="is one stage"):
        wb.gap(wb.open_ledger(path).stage("revised"))
    with pytest.raises(InputError, match="is one stage"):
        wb.stages(wb.open_ledger(path).stage("revised"), vote="Roads", financial_year="2020/21")
    with pytest.raises(InputError, match="is a file, which holds one table"):
        wb.gap(path, table="lines")
    with pytest.raises(InputError, match="is no ledger"):
        wb.open_ledger(LINES)
    with pytest.raises(InputError, match="stages cannot be told apart"):
        wb.gap(LINES.drop(columns="stage").assign(unit="KES"))
    with pytest.raises(UnknownNameError) as refusal:
        wb.gap(figures({"vote": "A", "amount": 1}), figures({"vote": "A", "amount": 1}), by="bogus",
               financial_year="2031/32", basis="nope")  # fmt: skip
    assert len(refusal.value.faults) == 3
