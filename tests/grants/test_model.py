"""The grants model's known answers, and the promise that awards add up to the shilling."""

from __future__ import annotations

import importlib

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from workbench.errors import InputError, UnknownNameError
from workbench.grants import grants


def test_level_1_of_2024_25_is_37_500_000_for_each_county() -> None:
    # kdsp.md section 1.4; the Bill prints Sh1.76 billion.
    result = grants("kdsp2", "2024/25")
    assert result.awards.dtype == np.int64
    assert list(result.table["level_1"]) == [37_500_000] * 47
    assert (result.pool, result.awarded, result.unallocated) == (1_762_500_000, 1_762_500_000, 0)
    assert list(result.table["code"]) == list(range(1, 48))
    assert result.table["county"].iloc[[0, 22, 46]].tolist() == ["Mombasa", "Turkana", "Nairobi City"]


def test_level_1_of_2025_26_is_what_was_released() -> None:
    # kdsp.md section 1.4: 35.25 million each, which adds up to 1,656.75 million.
    result = grants("kdsp2", "2025/26")
    assert list(result.table["level_1"]) == [35_250_000] * 47
    assert result.table["level_1"].sum() == 1_656_750_000


def test_without_scores_nobody_is_known_to_qualify_for_level_2() -> None:
    result = grants("kdsp2", "2025/26")
    level_2 = result.level_table.set_index("level").loc["level_2"]
    assert (level_2["awarded"], level_2["unallocated"], level_2["pool"]) == (0, 13_000_000_000, 13_000_000_000)
    assert set(result.table["conditions"]) == {"unknown"}
    assert not result.table["qualified"].any()
    assert any("not known whether any county meets" in note for note in result.notes)


def test_the_year_that_is_meant_without_one_is_the_first() -> None:
    assert str(grants("kdsp2").financial_year) == "2024/25"
    assert str(grants("kdsp2", settings={"level_2.pool": "12e9"}).financial_year) == "2025/26"


@pytest.mark.parametrize("pool", [0, 1, 46, 47, 1_000_000_007, 1_762_499_999, 2_000_000_000])
def test_a_pool_that_is_too_small_or_too_large_adds_up(pool: int) -> None:
    result = grants("kdsp2", "2024/25", settings={"level_1.pool": pool})
    assert result.awarded == min(pool, 1_762_500_000)
    assert result.awarded + result.unallocated == result.pool == pool
    assert result.awards.max() - result.awards.min() <= 1


@pytest.mark.parametrize("text", ["12e9", "12_000_000_000", "12,000,000,000", "KSh 12 billion"])
def test_a_pool_is_read_as_people_write_it(text: str) -> None:
    result = grants("kdsp2", "2025/26", settings={"level_2.pool": text})
    assert result.pool == 12_000_000_000 + 1_656_750_000
    pool = result.terms.set_index("name").loc["level_2.pool"]
    assert pool["source"] == "set by the user"
    assert result.illustrative


def test_a_dollar_amount_follows_the_exchange_rate() -> None:
    result = grants("kdsp2", "2025/26", settings={"fx.kes_per_usd": 160})
    assert result.terms.set_index("name").loc["level_2.per_county", "value"] == 2_700_000 * 160


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"level_2.pol": 1}, "level_2.pool"),
        ({"level_2.pool": "plenty"}, "no amount of money"),
        ({"level_2.pool": -1}, "whole number of shillings"),
        ({"level_2.pool": 0.5}, "whole number of shillings"),
        ({"level_2.pool": "1e400"}, "whole number of shillings"),
        ({"level_2.pool": "nan"}, "whole number of shillings"),
        ({"fx.kes_per_usd": 0}, "exchange rate"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_in_words(settings: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        grants("kdsp2", "2025/26", settings=settings)


def test_unknown_names_are_refused_with_the_nearest_right_one() -> None:
    with pytest.raises(UnknownNameError, match="kdsp2"):
        grants("kdsp-2")
    with pytest.raises(InputError, match="2024/25, 2025/26"):
        grants("kdsp2", "2030/31")


def test_every_value_has_its_source_and_mark() -> None:
    result = grants("kdsp2", "2025/26")
    assert set(result.sources.columns) == {"source", "locator", "mark"}
    assert result.sources.notna().all(axis=None)
    assert set(result.sources["mark"]) <= {"certain", "one source", "inferred", "illustrative"}
    assert not result.illustrative


def test_the_front_page_gives_the_model_whatever_was_imported_before() -> None:
    importlib.import_module("workbench.grants")
    assert isinstance(wb.grants("kdsp2"), wb.GrantsResult)


def test_the_result_is_frozen_and_prints_its_table() -> None:
    result = grants("kdsp2")
    with pytest.raises(AttributeError):
        result.pool = 1  # type: ignore[misc]
    assert "Turkana" in result._repr_html_()
    assert isinstance(result.tables["awards"], pd.DataFrame)


def test_a_pool_set_for_a_year_without_one_uses_the_amount_of_the_nearest_year() -> None:
    result = grants("kdsp2", "2024/25", settings={"level_2.pool": 5e9})
    amount = result.terms.set_index("name").loc["level_2.per_county"]
    assert (amount["value"], amount["mark"]) == (352_500_000, "inferred")
    assert "the amount of 2025/26 stands in for that of 2024/25" in amount["locator"]
