"""Populations and deflators that are none are refused in words, all faults at once."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pandas as pd
import pytest

import workbench as wb
from tests.gap.conftest import figures
from workbench.errors import InputError, LabelError
from workbench.gap import Deflator, Gap


@pytest.fixture(scope="module")
def gap() -> Gap:
    asked = figures({"county": "Turkana", "amount": 10}, {"county": "Lamu", "amount": 4})
    return wb.gap(asked, asked.assign(amount=[6, 4]))


def test_a_dictionary_of_persons_will_do(gap: Gap) -> None:
    assert gap.per_head({"Turkana": 1e6, "Lamu": 1e5})["gap_per_head"].tolist() == [4.0, 0.0]


@pytest.mark.parametrize(
    ("population", "kind", "faults"),
    [
        ({"Turkana": 0, "Lamu": -6}, InputError, ["population of Turkana", "population of Lamu"]),
        ({"Turkana": "many", "Lamo": 3}, InputError, ["'many' is no number", "did you mean 'Lamo'"]),
        ({"Turkana": math.inf, "Lamu": None}, InputError, ["population of Turkana", "population of Lamu is unknown"]),
        (pd.Series([1, 2, 3], index=["Turkana", "Turkana", "Lamu"]), LabelError, ["stands in the population twice"]),
        (5, InputError, ["'5' is no population by county"]),
    ],
)
def test_what_is_no_population_is_refused(gap: Gap, population: Any, kind: type[Exception], faults: list[str]) -> None:
    with pytest.raises(kind) as refusal:
        gap.per_head(population)
    for words in faults:
        assert words in str(refusal.value)


def deflator(**changed: Any) -> Deflator:
    common = {"name": "index", "base": "2009/10", "index": {"2009/10": 100.0}, "dated": dt.date(2014, 1, 1)}
    return Deflator(**{**common, "reference": "made up", "mark": "illustrative", **changed})


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"index": {"2009/10": "much", "2010/12": 5, "2011/12": -1}}, ["'much'", "2010/11?", "above 0"]),
        ({"index": {"2009/10": math.inf}, "mark": "Illustrative"}, ["'inf'", "did you mean 'illustrative'"]),
        ({"index": 5, "dated": "2014"}, ["is no index by financial year", "is no date"]),
    ],
)
def test_what_is_no_deflator_is_refused(gap: Gap, changed: dict[str, Any], faults: list[str]) -> None:
    with pytest.raises(InputError) as refusal:
        gap.change(deflator=deflator(**changed))
    assert len(refusal.value.faults) == len(faults)
    for words in faults:
        assert words in str(refusal.value)


def test_a_number_is_no_deflator(gap: Gap) -> None:
    wrong: Any = 1.1
    with pytest.raises(InputError, match=r"'1\.1' is no deflator"):
        gap.change(deflator=wrong)
    assert deflator(index={"2009/10": "100"}).factor("2009/10") == 1.0
