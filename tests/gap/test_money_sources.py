"""Money that may close a gap: what is typed wrong is refused in words, and what is illustrative says so."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pytest

import workbench as wb
from workbench.datasets import Package
from workbench.errors import InputError
from workbench.gap import Gap, Source


@pytest.fixture(scope="module")
def gap(plan: Package) -> Gap:
    return wb.gap(plan.requirements, plan.allocations, financial_year="2009/10")


def source(**changed: Any) -> Source:
    return Source(**{"name": "Exchequer", "kind": "exchequer", "amount": 400e6, **changed})


def partner(**changed: Any) -> Source:
    dollars = {"kind": "development partner", "amount": 4e6, "currency": "USD", "rate": 75.0}
    return source(**{"name": "Partner", **dollars, "rate_date": dt.date(2009, 7, 1), **changed})


@pytest.mark.parametrize("name", ["line", "deficit", "financed", "unfunded", "", "  "])
def test_a_source_cannot_take_the_place_of_a_column(gap: Gap, name: str) -> None:
    with pytest.raises(InputError, match="cannot be the name of a source"):
        gap.finance([source(name=name)])


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"amount": math.inf}, "'inf' is larger than any sum of money"),
        ({"amount": math.nan}, "the amount of 'Partner' is unknown"),
        ({"amount": "much"}, "'much' is no number"),
        ({"amount": -1}, "must be 0 or more"),
        ({"rate": -75}, "must be above 0"),
        ({"rate": 0}, "must be above 0"),
        ({"rate": math.nan}, "the rate of 'Partner' is unknown"),
        ({"rate": "x"}, "'x' is no number"),
        ({"rate_date": "July"}, "'July' is no date"),
        ({"kind": 5}, "'5' is no kind of source"),
        ({"lines": 5}, "'5' is neither a name nor several"),
        ({"mark": "Illustrative"}, "did you mean 'illustrative'"),
    ],
)
def test_what_is_typed_wrong_is_refused_in_words(gap: Gap, changed: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError) as refusal:
        gap.finance([partner(**changed)])
    assert len(refusal.value.faults) == 1
    assert words in str(refusal.value)


def test_faults_of_all_sources_are_told_at_once(gap: Gap) -> None:
    wrong: Any = [source(amount=-1), 5, partner(rate=-1, rate_date="x"), source(name="deficit", lines=["Nowhere"])]
    with pytest.raises(InputError) as refusal:
        gap.finance(wrong)
    assert len(refusal.value.faults) == 6
    none: Any = 5
    with pytest.raises(InputError, match="is no source of money"):
        gap.finance(none)


def test_what_people_write_is_read(gap: Gap) -> None:
    written = [
        source(amount="KSh 400 million"),
        partner(rate="75", rate_date="2009-07-01", lines="Public Service Reforms"),
    ]
    read = [source(), partner(lines=["Public Service Reforms"])]
    assert gap.finance(written).to_dict() == gap.finance(read).to_dict()


@pytest.mark.parametrize("changed", [{"rate_reference": "illustrative"}, {"mark": "illustrative"}])
def test_an_illustrative_rate_is_told_wherever_the_financing_is(gap: Gap, changed: dict[str, str]) -> None:
    financed = gap.finance([source(), partner(**changed)])
    assert financed.illustrative
    assert financed.summary().endswith("Illustrative, no published figure: Partner; the rate of Partner.")
    assert any(note.startswith("Illustrative") for note in financed.notes)
    told = financed.to_dict()
    assert told["illustrative"] is True
    assert {
        "source": "the rate of Partner",
        "locator": "75 KES for 1 USD on 2009-07-01",
        "mark": "illustrative",
    } in told["sources"]
    assert financed.by_source["mark"].tolist() == ["one source", "illustrative"]
    sure = gap.finance([source(), partner(rate_reference="Central Bank")])
    assert not sure.illustrative
    assert "Illustrative" not in sure.summary()
