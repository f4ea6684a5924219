"""Settings: every fault in one pass, in words, with the nearest right name."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.errors import InputError
from workbench.grants import grants, load_design
from workbench.grants.settings import read_settings, setting_names


def test_every_fault_of_settings_year_and_form_is_told_at_once(tmp_path: Path) -> None:
    form = tmp_path / "SCORES.csv"
    form.write_text("code,county,conditions_met,score\n1,Mombasa,perhaps,nan\n", encoding="utf-8")
    given = {
        "level_2.pol": 1,
        "level_1.pool": "plenty",
        "level_2.rule": "constrained-equal-losses",
        "level_2.curve.threshold": 120,
        "level_2.curve.kind": "cubic",
        "level_2.parts.index.weight": 90,
        "level_2.floor": 5,
        "level_2.cap": 4,
        "level_2.carry_over": "maybe",
    }
    with pytest.raises(InputError) as refused:
        grants("kdsp1", "2018/20", scores=form, settings=given)
    words = str(refused.value)
    for one in (
        "'2018/20' is no financial year",
        "'level_2.pol' is nothing that can be set in 'kdsp1' (did you mean 'level_2.pool'?)",
        "'level_1.pool=plenty' is no amount of money",
        "'level_2.rule=constrained-equal-losses' is no allocation rule (did you mean 'constrained_equal_losses'?)",
        "'level_2.curve.threshold=120' is out of range (write points from 0 to less than 100)",
        "'level_2.curve.kind=cubic' is no curve on the score (known: linear, threshold, power)",
        "'level_2.floor' is a floor of 5 above the cap of 4 (lower the floor or raise the cap)",
        "the weights of the parts add up to 90 percent, not 100",
        "'level_2.carry_over=maybe' is neither yes nor no",
        "SCORES.csv, row 2, column conditions_met: 'perhaps' is neither yes nor no",
        "SCORES.csv, row 2, column score: 'nan' is no number",
        "'Kwale' is missing from the form",
    ):
        assert one in words, words
    for leak in ("String should", "Input should", "literal_error", "pattern"):
        assert leak not in words


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("level_2.per_county_usd", "1e300"),
        ("fx.kes_per_usd", "1e300"),
        ("fx.kes_per_usd", "-1"),
        ("level_2.per_county", "1e16"),
        ("level_2.per_county", "true"),
        ("level_2.rule", ""),
        ("level_2.rule", 7),
    ],
)
def test_values_beyond_reason_are_refused_in_words(name: str, value: str) -> None:
    with pytest.raises(InputError, match=name.replace(".", r"\.")):
        grants("kdsp2", "2025/26", settings={name: value})


def test_dollars_that_make_too_many_shillings_are_refused() -> None:
    with pytest.raises(InputError, match="more than 1,000,000,000,000,000 shillings at 999999 to the dollar"):
        grants("kdsp2", "2025/26", settings={"level_2.per_county_usd": 1e14, "fx.kes_per_usd": 999_999})


@pytest.mark.parametrize("design", ["kdsp1", "kdsp2", "revenue-fourth-basis"])
def test_every_name_that_can_be_set_is_read(design: str) -> None:
    loaded = load_design(design)
    good = {"rule": "talmud", "kind": "power", "carry_over": "no"}
    names = setting_names(loaded)
    read, faults = read_settings(loaded, {name: good.get(name.rpartition(".")[2], "2") for name in names})
    assert faults == []
    assert list(read) == names


@pytest.mark.parametrize("switch", [True, "yes", "True", "1"])
def test_a_switch_is_read_as_people_and_programs_write_it(switch: bool | str) -> None:
    result = grants("kdsp2", "2025/26", settings={"level_2.carry_over": switch})
    assert "is carried over to the year after" in " ".join(result.notes)
