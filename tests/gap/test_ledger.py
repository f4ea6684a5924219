"""Ledgers in files and in a real PostgreSQL; all lines here are generated and stand for nothing."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import workbench as wb
from workbench.errors import InputError, UnknownNameError

BOOST = pd.DataFrame(
    {
        "Year": [2015, 2015, 2015, 2015, 2016, 2016],
        "Class": [
            "1 Recurrent",
            "1 Recurrent",
            "2 Revenue",
            "3 Development",
            "1 Recurrent",
            "4 Funds & Deposits (BTL)",
        ],
        "National_Government_Votes_&_Counties_adm2": ["A", "A", "A", "A", "B", "B"],
        "Chapter_econ2": ["21 Pay", "22 Goods", "11 Tax", "52 Settlement Of Financial Liabilities", "21 Pay", "99"],
        "Final_Budget_Approved_Estimate": [10.0, 20.0, 99.0, 99.0, 7.0, 99.0],
        "Final_Expenditure_Total_Payment_Comm.": [8.0, 25.0, 99.0, 99.0, None, 99.0],
    }
)


def written(folder: Path, frame: pd.DataFrame, name: str) -> Path:
    path = folder / name
    frame.to_parquet(path) if name.endswith("parquet") else frame.to_csv(path, index=False)
    return path


@pytest.mark.parametrize("name", ["ledger.parquet", "ledger.csv"])
def test_boost_columns_map_and_what_is_no_spending_stays_out(tmp_path: Path, name: str) -> None:
    ledger = wb.open_ledger(written(tmp_path, BOOST, name), year_is="end", mark="illustrative")
    gap = wb.gap(ledger.stage("revised"), ledger.stage("expenditure"))
    lines = gap.lines.set_index(["financial_year", "vote", "economic_class"])
    assert lines.index.tolist() == [("2014/15", "A", "1 Recurrent"), ("2015/16", "B", "1 Recurrent")]
    assert lines["requirement"].tolist() == [30.0, 7.0]
    assert lines["gap"].iloc[0] == -3.0
    assert math.isnan(lines["gap"].iloc[1])
    assert gap.illustrative
    assert "2 lines" in set(gap.sources["locator"].str.removeprefix("sum of "))


def test_blank_is_nil_only_where_it_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, BOOST, "ledger.parquet")
    ledger = wb.open_ledger(path, year_is="end", blank_is_nil=True)
    assert wb.gap(ledger.stage("revised"), ledger.stage("expenditure"), by="vote").by("vote")["gap"].tolist() == [-3, 7]


def test_a_plain_year_is_never_guessed(tmp_path: Path) -> None:
    ledger = wb.open_ledger(written(tmp_path, BOOST, "ledger.parquet"))
    with pytest.raises(InputError, match="year_is"):
        wb.gap(ledger.stage("revised"), ledger.stage("expenditure"))
    with pytest.raises(UnknownNameError, match="did you mean 'end'"):
        wb.gap(tmp_path / "ledger.parquet", year_is="ende")


def test_fiscal_data_package_columns_map(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "date:fiscal-year": [2020, 2020, 2020],
            "phase:id": ["approved", "adjusted", "executed"],
            "administrative-classification:generic:level1:label": ["Roads"] * 3,
            "economic-classification:generic:level1:label": ["recurrent"] * 3,
            "value": [5.0, 6.0, 4.0],
        }
    )
    ledger = wb.open_ledger(written(tmp_path, frame, "fdp.csv"), year_is="start", unit="KES million")
    assert sorted(ledger.stages) == ["estimate", "expenditure", "revised"]
    assert wb.gap(ledger.stage("estimate"), ledger.stage("expenditure"), by="vote").gap == 1e6
    followed = wb.stages(ledger, vote="Roads", financial_year="2020/21")
    assert followed.steps["amount"].tolist() == [5e6, 6e6, 4e6]
    with pytest.raises(UnknownNameError, match="did you mean 'estimate'"):
        ledger.stage("estimates")


def test_harmonised_boost_and_the_one_table(tmp_path: Path) -> None:
    gold = pd.DataFrame(
        {"year": [2016], "admin2": ["A"], "econ": ["Wage bill"], "func": ["Health"], "approved": [9.0], "revised": [8.0],
         "executed": [7.0]}
    )  # fmt: skip
    ledger = wb.open_ledger(written(tmp_path, gold, "gold.parquet"), year_is="end")
    assert wb.gap(ledger.stage("estimate"), ledger.stage("expenditure"), by="sector").by("sector")["gap"].tolist() == [
        2
    ]
    table = wb.open_package("national-budget").table("votes")[["financial_year", "stage", "vote", "amount"]]
    ledger = wb.open_ledger(written(tmp_path, table, "table.csv"), unit="KES billion")
    assert wb.gap(ledger.stage("revised"), ledger.stage("expenditure"), by="vote").requirement == pytest.approx(
        2382.96e9
    )


def test_other_columns_and_other_files_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no known layout"):
        wb.open_ledger(written(tmp_path, pd.DataFrame({"a": [1]}), "x.csv"))
    with pytest.raises(InputError, match="cannot be read"):
        wb.open_ledger(tmp_path / "absent.parquet")
    with pytest.raises(InputError, match=r"\.parquet or \.csv"):
        wb.open_ledger(tmp_path / "ledger.xlsx")


def test_without_the_extra_the_error_says_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['duckdb'] = None\n"
        "import workbench as wb\n"
        "from workbench.errors import WorkbenchError\n"
        "try: wb.open_ledger('ledger.parquet')\n"
        "except WorkbenchError as refusal: print(refusal)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install 'budget-alignment-workbench[ledger]'" in done.stdout


@pytest.mark.postgres
def test_a_treasurys_own_postgresql(postgres_url: str) -> None:
    import ibis
    import psycopg

    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE ledger (financial_year text, stage text, vote text, economic_class text, amount numeric)"
        )
        connection.execute(
            "INSERT INTO ledger SELECT '2024/25', s, 'Vote ' || v, 'recurrent', v * f FROM generate_series(1, 40) v, "
            "(VALUES ('revised', 10), ('expenditure', 9)) AS t(s, f), generate_series(1, 50)"
        )
    database = ibis.connect(postgres_url)
    try:
        ledger = wb.open_ledger(database.table("ledger"), unit="KES million")
        gap = wb.gap(ledger.stage("revised"), ledger.stage("expenditure"))
        assert len(gap.lines) == 40
        assert gap.requirement == 10 * 50 * sum(range(1, 41)) * 1e6
        assert gap.funding_ratio == pytest.approx(0.9)
        followed = wb.stages(ledger, vote="Vote 7", financial_year="2024/25")
        assert followed.steps["amount"].tolist() == [7 * 10 * 50 * 1e6, 7 * 9 * 50 * 1e6]
        for source, named in ((database, {"table": "ledger"}), (database.table("ledger"), {})):
            straight = wb.gap(source, by="vote", unit="KES million", **named)
            assert straight.lines["gap"].tolist() == gap.by("vote")["gap"].tolist()
        way = wb.stages(database, table="ledger", unit="KES million", vote="Vote 7", financial_year="2024/25")
        assert way.steps["amount"].tolist() == followed.steps["amount"].tolist()
        with pytest.raises(UnknownNameError, match="did you mean 'ledger'"):
            wb.gap(database, table="ledgers")
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute("CREATE TABLE odd AS SELECT financial_year, stage, vote, amount::text FROM ledger")
            connection.execute(
                "INSERT INTO odd VALUES ('2024/25', 'revisd', 'Vote 1', '1,5'), ('2024/25', 'revised', 'Vote 1', '1,5'),"
                " (NULL, 'revised', 'Vote 1', 'Infinity'), ('2024/25', 'revised', 'Vote 2', 'NaN')"
            )
        with pytest.raises(InputError) as refusal:
            wb.gap(database, table="odd", from_stage="revised", to_stage="expenditure", by="vote")
        assert {(fault.column, fault.value, fault.what) for fault in refusal.value.faults} == {
            ("financial_year", None, "is blank (in 1 line)"),
            ("amount", "1,5", "is no number (in 2 lines)"),
            ("amount", "Infinity", "is no number (in 1 line)"),
            ("stage", "revisd", "is no stage, so that no sum would hold the line (in 1 line)"),
        }
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute("DELETE FROM odd WHERE amount IN ('1,5', 'Infinity')")
        nan = wb.gap(database, table="odd", from_stage="revised", to_stage="expenditure", by="vote", blank_is_nil=True)
        assert nan.lines.set_index("vote").loc["Vote 2", "requirement"] == 2 * 10 * 50
    finally:
        database.disconnect()


FDP = (
    "date:fiscal-year,functional-classification:cofog:division:label,economic-classification:gfsm:level1:code,"
    "phase:label,value,value-currency:code,direction\n"
)


def test_a_fiscal_data_package_by_cofog_and_gfsm_counts_no_revenue(tmp_path):
    """What is taken in is not spent, and would make of 100 estimated and 90 spent a gap of another size."""
    ledger = tmp_path / "fdp.csv"
    ledger.write_text(
        FDP + "2020,Health,21,approved,100,KES,expenditure\n2020,Health,21,executed,90,KES,expenditure\n"
        "2020,Health,11,approved,30,KES,revenue\n"
    )
    found = wb.gap(ledger, from_stage="estimate", to_stage="expenditure", year_is="start")
    assert (found.requirement, found.allocation) == (100, 90)
    assert found.lines[["sector", "economic_class"]].to_numpy().tolist() == [["Health", "21"]]


def test_money_of_another_currency_is_never_added_up_as_shillings(tmp_path):
    ledger = tmp_path / "fdp.csv"
    ledger.write_text(FDP + "2020,Health,21,approved,100,KES,expenditure\n2020,Health,21,executed,20,USD,expenditure\n")
    with pytest.raises(InputError, match="row 3, column value-currency:code: 'USD' is no unit of money"):
        wb.gap(ledger, from_stage="estimate", to_stage="expenditure", year_is="start")
