"""``workbench grants``: what a program reads, what a person reads, what is refused."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Workbench, assert_refused


def test_json_has_the_promised_keys(workbench: Workbench) -> None:
    done = workbench("grants", "kdsp2", "--year", "2024/25", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert {"design", "financial_year", "pool", "awarded", "unallocated", "rows"} <= set(answer)
    assert (answer["design"], answer["financial_year"]) == ("kdsp2", "2024/25")
    assert answer["pool"] == answer["awarded"] == 1_762_500_000
    row = answer["rows"][22]
    assert (row["code"], row["county"], row["award"], row["level_1"], row["level_2"]) == (
        23, "Turkana", 37_500_000, 37_500_000, 0,
    )  # fmt: skip
    assert row["qualified"] is True
    assert row["score"] is None


def test_people_see_every_county_and_the_sources(workbench: Workbench) -> None:
    done = workbench("grants", "kdsp2")
    assert done.returncode == 0, done.stderr
    for words in ("Turkana", "37,500,000", "1,762,500,000", "Capital FM", "Sources"):
        assert (words in done.stdout) == (words != "Capital FM")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["kdsp-2"], "did you mean 'kdsp2'"),
        (["kdsp2", "--year", "2009/11"], "is no financial year"),
        (["kdsp2", "--year", "2030/31"], "2024/25, 2025/26"),
        (["kdsp2", "--set", "level_2.pol=1"], "did you mean 'level_2.pool'"),
        (["kdsp2", "--set", "level_2.pool"], "write NAME=VALUE"),
        (["kdsp2", "--set", "level_1.pool=1", "--set", "level_1.pool=2"], "is set twice"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(workbench: Workbench, arguments: list[str], said: str) -> None:
    assert_refused(workbench("grants", *arguments), said)
