"""The shipped designs: every figure that is a published fact equals the package's."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.datasets import open_package
from workbench.errors import InputError, UnknownNameError
from workbench.grants import design_names, grants, load_design
from workbench.grants.load import designs_folder, parse_design
from workbench.grants.values import Figure, figures_in

SHIPPED = design_names()
FLOOR = (
    "    floor: {description: x, unit: KES, by_year: {2025/26: {value: 1, mark: certain, reference: x, locator: x}}}"
)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_figure_that_names_a_fact_equals_it(name: str) -> None:
    facts = open_package("kdsp").table("facts").set_index("item")
    named = [figure for figure in figures_in(load_design(name)) if isinstance(figure, Figure) and figure.fact]
    for figure in named:
        fact = facts.loc[figure.fact]
        assert figure.value == float(fact["value"]), figure.fact
        assert figure.mark == fact["mark"], figure.fact


def test_kdsp2_stands_on_the_facts() -> None:
    named = {figure.fact for figure in figures_in(load_design("kdsp2"))} - {None}
    assert named == {
        "level_1_per_county_budgeted",
        "level_1_per_county_released",
        "level_2_pool",
        "level_2_per_qualifying_county",
        "level_2_per_qualifying_county_usd",
    }


@pytest.mark.parametrize("name", SHIPPED)
def test_a_design_is_named_after_its_file(name: str) -> None:
    assert load_design(name).name == name


def test_every_mistake_of_a_file_is_told_at_once_with_its_line(repository: Path) -> None:
    text = (repository / "data" / "grants" / "kdsp2.yaml").read_text(encoding="utf-8")
    broken = (
        text.replace("    pool:\n", "    pol:\n")
        .replace("value: 37_500_000", "value: a lot")
        .replace("mark: one source", "mark: one sauce", 1)
        .replace("2024/25:", "2024/26:")
        .replace("currency: KES", "currency: USD")
        .replace("title: Level 1, institutional strengthening grant", "titel: Level 1")
    )
    with pytest.raises(InputError) as refused:
        parse_design(broken, file="mine.yaml")
    said = str(refused.value)
    lines = broken.splitlines()

    def line(text: str) -> int:
        return next(number for number, one in enumerate(lines, start=1) if text in one)

    assert f"mine.yaml, line {line('pol:')}: 'pol' is no known key in levels.level_2 (did you mean 'pool'?)" in said
    assert f"line {line('titel:')}: 'titel' is no known key in levels.level_1 (did you mean 'title'?)" in said
    assert f"line {line('a lot')}, " in said
    assert f"line {line('one sauce')}, " in said
    assert "did you mean 'one source'?" in said
    assert "2024/26" in said
    assert f"line {line('currency')}" in said
    assert "title' is missing" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: [", "is no YAML"),
        ("- a\n- b\n", "holds no keys"),
        ("", "holds no keys"),
        ("name: a\nname: b\n", "line 2: 'name' is set twice"),
        ("levels: 3\nname: x\n", "title"),
    ],
)
def test_what_is_no_design_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        parse_design(text, file="mine.yaml")


def test_a_design_of_ones_own_is_a_file(tmp_path: Path, repository: Path) -> None:
    text = (repository / "data" / "grants" / "kdsp2.yaml").read_text(encoding="utf-8")
    mine = tmp_path / "mine.yaml"
    mine.write_text(text.replace("name: kdsp2", "name: mine"), encoding="utf-8")
    assert load_design(mine).name == "mine"
    with pytest.raises(UnknownNameError, match="kdsp2"):
        load_design(tmp_path / "absent.yaml")


@pytest.mark.parametrize(
    ("design", "old", "new", "said"),
    [
        ("revenue-fourth-basis", "- Lamu", "- Lamuu", "'Lamuu' is no known county"),
        ("revenue-fourth-basis", "variable: population_2019", "variable: population", "did you mean 'population_2019'"),
        ("revenue-fourth-basis", "stand_in: poor_people_2009", "stand_in: poor", "is no published variable"),
        ("revenue-fourth-basis", "value: 45", "value: 46", "add up to 101 percent"),
        ("kdsp1", "kind: index", "kind: indeks", "did you mean 'index'"),
        ("kdsp1", "        variable: equitable_share\n", "", "needs a variable"),
        ("kdsp2", "    rule: proportional", FLOOR, "needs no floor"),
        ("kdsp2", "value: 13_000_000_000", "value: -1", "'-1' is less than 0"),
        ("kdsp2", "value: 13_000_000_000", "value: 0.5", "0.5 of 2025/26 is no whole number of shillings"),
        ("kdsp2", "rule: proportional", "rule: talmut", "is no allocation rule .did you mean 'talmud'"),
        ("kdsp1", "- level_1.pool", "- level_1.pol", "did you mean 'level_1.pool'"),
        ("kdsp1", "unless_set:", "unless_sett:", "did you mean 'unless_set'"),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_refused_with_its_line(
    repository: Path, design: str, old: str, new: str, said: str
) -> None:
    text = (repository / "data" / "grants" / f"{design}.yaml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(InputError, match=said) as refused:
        parse_design(text.replace(old, new, 1), file="mine.yaml")
    assert "mine.yaml, line" in str(refused.value)


def test_a_note_of_one_year_stands_in_that_year_alone() -> None:
    receipt, stand_in = "no receipt in that year", "The equitable shares of 2016/17 stand in for those of 2018/19"
    first, second = (" ".join(grants("kdsp2", year).notes) for year in ("2024/25", "2025/26"))
    assert receipt in first
    assert receipt not in second
    assert stand_in in " ".join(grants("kdsp1", "2018/19").notes)
    assert stand_in not in " ".join(grants("kdsp1", "2017/18").notes)


def test_a_note_on_a_value_goes_when_the_value_is_set() -> None:
    printed = "The pool is printed rounded, KES 2.16 billion"
    assert printed in " ".join(grants("kdsp1", "2017/18").notes)
    assert printed not in " ".join(grants("kdsp1", "2017/18", settings={"level_1.pool": 2e9}).notes)


def test_notes_of_a_year_that_is_none_are_refused() -> None:
    text = (
        (designs_folder() / "kdsp2.yaml").read_text(encoding="utf-8").replace("  2024/25:\n    - L", "  2024:\n    - L")
    )
    with pytest.raises(InputError, match="notes_by_year"):
        parse_design(text, file="mine.yaml")
