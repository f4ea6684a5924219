"""The tile map and the bars: the same figures as the table, neighbours beside neighbours, words for those who cannot see."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from workbench.datasets import open_package
from workbench.errors import InputError
from workbench.grants import grants, illustrative_scores
from workbench.grants.compare import LorenzBy
from workbench.grants.scores import MET, Scores
from workbench.views.grants import LESS_TO_MORE, LIGHT_TO_DARK, _luminance, award_bars, county_map, map_table
from workbench.views.grants_lorenz import lorenz_chart, lorenz_table
from workbench.views.grants_page import grants_page
from workbench.views.style import plain_label


def scored() -> Scores:
    points = np.linspace(30, 95, 47)
    points[3] = np.nan
    return Scores("line", (MET,) * 47, points)


def test_neighbours_stay_neighbours() -> None:
    package = open_package("counties")
    tiles = package.table("tiles").set_index("code")
    assert len(tiles) == 47
    assert not tiles.duplicated(["column", "row"]).any()
    pairs = package.table("neighbours")
    assert (pairs["code"] < pairs["neighbour"]).all()
    assert set(pairs["code"]) | set(pairs["neighbour"]) == set(range(1, 48))
    ends = [tiles.loc[pairs[column], ["column", "row"]].to_numpy(np.int64) for column in ("code", "neighbour")]
    steps = np.abs(ends[0] - ends[1])
    assert (steps.max(axis=1) == 1).sum() >= 96, "tiles that touch, of 111 pairs of neighbours"
    assert (steps.sum(axis=1) == 1).sum() >= 67, "tiles that share a side"


def test_the_map_shows_what_the_table_says() -> None:
    result = grants("kdsp1", scores=scored())
    picture = county_map(result)
    table = map_table(result)
    drawn = np.array(picture.figure["data"][1]["z"], dtype=object)
    for line in table.itertuples():
        shown = drawn[line.row - 1][line.column - 1]
        assert shown == pytest.approx(line.value)
        assert line.value * 1e6 == pytest.approx(result.awards[line.county])
    assert sum(value is not None for row in drawn for value in row) == 47
    json.dumps(picture.figure, allow_nan=False)
    assert "Most: Nairobi City" in picture.says


def test_what_is_not_known_is_grey_and_said() -> None:
    picture = county_map(grants("kdsp1", scores=scored()), "score")
    unknown = [value for row in picture.figure["data"][0]["z"] for value in row if value is not None]
    assert len(unknown) == 1
    assert "Not known of 1 county." in picture.says
    assert any("Tana River: not known" in cell for row in picture.figure["data"][0]["customdata"] for cell in row)
    nothing = county_map(grants("kdsp2"), "score")
    assert "Nothing is known" in nothing.says


def test_a_change_is_drawn_around_nought() -> None:
    run, base = grants("kdsp2", scores=scored()), grants("equal-share")
    values = county_map(run, "change", base).figure["data"][1]
    assert values["zmin"] == -values["zmax"]
    with pytest.raises(InputError, match="compare"):
        county_map(run, "change")
    with pytest.raises(InputError, match="award"):
        county_map(run, "colour")  # type: ignore[arg-type]


def test_the_colours_can_be_told_apart_by_lightness_alone() -> None:
    light = [_luminance(colour) for _, colour in LIGHT_TO_DARK]
    assert all(more > less + 0.05 for more, less in pairwise(light))
    middle = [_luminance(colour) for _, colour in LESS_TO_MORE]
    assert middle[2] == max(middle)


def test_every_label_stands_out_from_its_tile() -> None:
    picture = county_map(grants("kdsp1", scores=scored()), "score")
    assert len(picture.figure["data"][2]["textfont"]["color"]) == 47
    assert set(picture.figure["data"][2]["textfont"]["color"]) == {"#1b2733", "#ffffff"}


def test_bars_are_the_awards_largest_first() -> None:
    result = grants("kdsp2", scores=scored())
    traces = award_bars(result).figure["data"]
    assert [len(trace["x"]) for trace in traces] == [47, 47]
    drawn = pd.Series(np.sum([trace["x"] for trace in traces], axis=0))
    assert drawn.is_monotonic_decreasing
    assert drawn.sum() * 1e6 == pytest.approx(result.awarded)
    assert len(award_bars(result, most=10).figure["data"][0]["x"]) == 10


def test_the_lorenz_curve_shows_what_its_table_says() -> None:
    run, base = grants("kdsp1", "2018/19", scores=scored()), grants("equal-share")
    picture, table = lorenz_chart(run, base), lorenz_table(run, base)
    assert list(table.columns) == ["run", "people", "money"]
    for trace in picture.figure["data"][1:]:
        curve = table[table["run"].map(lambda name: plain_label(name, 40)) == trace["name"]]
        assert trace["x"] == pytest.approx(curve["people"].tolist())
        assert trace["y"] == pytest.approx(curve["money"].tolist())
        assert np.diff(curve["money"]).min() >= -1e-9
        assert (curve["money"] <= curve["people"] + 1e-9).all(), (
            "the least first lies below the line of the same for all"
        )
        assert (curve["people"].iloc[-1], curve["money"].iloc[-1]) == pytest.approx((100, 100))
    json.dumps(picture.figure, allow_nan=False)


WHO: tuple[tuple[LorenzBy, str], ...] = (("head", "people"), ("poor person", "poor people"), ("county", "counties"))


def test_the_gini_of_the_words_is_the_area_of_the_curve() -> None:
    result = grants("kdsp1", "2018/19", scores=scored())
    for by, named in WHO:
        curve = lorenz_table(result, by=by)
        area = np.trapezoid(curve["money"] / 100, curve["people"] / 100)
        words = lorenz_chart(result, by=by).says
        assert f"Gini {1 - 2 * area:.3f}" in words
        assert f"the half of the {named} with the least" in words
    assert "the poverty rate is of 2009" in lorenz_chart(result, by="poor person").says


def test_equal_awards_by_county_lie_on_the_line_and_nothing_is_said_to_be_nothing() -> None:
    even = lorenz_table(grants("kdsp2", "2024/25"), by="county")
    assert even["money"].tolist() == pytest.approx(even["people"].tolist())
    nothing = lorenz_chart(grants("equal-share", settings={"level_1.pool": 0}))
    assert "nobody is awarded anything" in nothing.says
    same = grants("kdsp2", "2024/25")
    assert lorenz_table(same, same)["run"].nunique() == 2


def test_pictures_of_what_is_made_up_say_so() -> None:
    made_up = grants("kdsp1", "2018/19", scores=illustrative_scores())
    for picture in (county_map(made_up), lorenz_chart(made_up), award_bars(made_up)):
        assert "Illustrative" in picture.says
        assert "are made up" in picture.says
    assert "Illustrative" not in county_map(grants("kdsp2")).says


def test_the_table_behind_the_curve_by_head_ends_where_the_curve_does() -> None:
    result = grants("kdsp2", "2024/25")
    page = grants_page(result, "lorenz")
    curve = lorenz_table(result)
    assert [row[4] for row in page.grid.values] == pytest.approx(curve["people"].tolist()[1:])
    assert [row[5] for row in page.grid.values] == pytest.approx(curve["money"].tolist()[1:])
    assert page.grid.values[0][0] == "Nairobi City", "the same award has least a head where most live"
    assert page.explain is not None
    assert page.explain(str(page.grid.picks[0])) == grants_page(result).explain(str(page.grid.picks[0]))
    assert "KNBS 2019 census" in set(page.sources["source"])
    nothing = grants_page(grants("equal-share", settings={"level_1.pool": 0}), "lorenz")
    assert {row[5] for row in nothing.grid.rows} == {""}, "a share of nothing is not known, and not zero"
