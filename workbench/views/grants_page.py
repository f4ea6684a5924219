"""A grant as a page: who gets how much, to the shilling."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from workbench.grants import GrantsResult
from workbench.results import source_table
from workbench.views import text
from workbench.views.bars import Series, bars
from workbench.views.content import Card, Column, Grid, PageContent, grid
from workbench.views.exhibit import Exhibit
from workbench.views.grants import county_map
from workbench.views.grants_lorenz import lorenz_chart, people_source, per_head_grid
from workbench.views.numbers import number
from workbench.views.picture import Picture
from workbench.views.scale import FITTING, Scale, scale_in
from workbench.views.style import BLUE

WORDS: Final = text.GRANTS
MILLION: Final = 1e6
PICTURES: Final = ("map", "bars", "lorenz")
DECIMALS: Final = {"KES million": 2, "KES billion": 3}


def grants_page(result: GrantsResult, shown: str = PICTURES[0], unit: str = FITTING) -> PageContent:
    """Return the page of a grant in one financial year.

    Parameters
    ----------
    result : GrantsResult
    shown : {"map", "bars", "lorenz"}
        Which picture; the Lorenz curve has a table of its own behind it.
    unit : str
        What the headline figures and the table of awards are shown in; one of
        :data:`workbench.views.scale.OFFERED`. Sentences are to the shilling.

    Returns
    -------
    PageContent
    """
    year = str(result.financial_year)
    scale = scale_in(unit, "KES", DECIMALS)
    exhibit = _exhibit(result, shown, year, scale)
    return PageContent(
        finding=_finding(result),
        lead=WORDS["lead"].format(title=result.design.title, year=year),
        cards=_cards(result, scale),
        picture=exhibit.picture,
        grid=exhibit.grid,
        sources=source_table(result.sources, people_source(result)) if shown == "lorenz" else result.sources,
        notes=result.notes,
        illustrative=result.illustrative,
        result=result,
        explain=lambda county: str(result.explain(county)),
    )


def _exhibit(result: GrantsResult, shown: str, year: str, scale: Scale) -> Exhibit:
    if shown == "lorenz":
        return Exhibit(lorenz_chart(result), per_head_grid(result))
    return Exhibit(_map(result) if shown == "map" else _picture(result), _grid(result, year, scale))


def _awarded(result: GrantsResult) -> pd.Series[int]:
    return result.awards[result.awards > 0].sort_values(ascending=False, kind="stable")


def _finding(result: GrantsResult) -> str:
    awarded = _awarded(result)
    if awarded.empty:
        qualify = any(level.qualifies.any() for level in result.levels if level.terms.pool)
        return WORDS["nothing" if qualify else "nobody"].format(pool=number(result.pool))
    most, least = number(int(awarded.iloc[0])), number(int(awarded.iloc[-1]))
    kind = "equal" if most == least else "unequal"
    finding = WORDS[kind].format(count=len(awarded), award=most, most=most, least=least)
    if result.unallocated:
        finding += WORDS["part"].format(rest=number(result.unallocated))
    return WORDS["incomplete"].format(finding=finding) if result.incomplete else finding


def _cards(result: GrantsResult, scale: Scale) -> tuple[Card, ...]:
    counties = WORDS["counties_unit"].format(count=len(result.awards))
    left = result.unallocated
    return (
        Card(label=WORDS["pool"], value=scale.figure(result.pool), unit=scale.unit),
        Card(label=WORDS["awarded"], value=scale.figure(result.awarded), unit=scale.unit),
        Card(
            label=WORDS["unallocated"],
            value=scale.figure(left),
            unit=scale.unit,
            tone="short" if left else "plain",
        ),
        Card(label=WORDS["counties"], value=number(len(_awarded(result))), unit=counties),
    )


def _picture(result: GrantsResult) -> Picture:
    ordered = result.awards.sort_values(ascending=False, kind="stable")
    millions = [float(award) / MILLION for award in ordered]
    series = Series(
        name=WORDS["awarded"],
        colour=BLUE,
        values=millions,
        texts=[number(value, 2).removesuffix(".00") for value in millions],
    )
    says = WORDS["picture"].format(range=_range(result))
    return bars([str(name) for name in ordered.index], [series], axis=WORDS["axis"], says=says, row=19)


def _map(result: GrantsResult) -> Picture:
    """Draw the tile map; on a telephone, where a tile has no room for its name, the bars."""
    bars_ = _picture(result)
    says = WORDS["map_picture"].format(range=_range(result))
    return Picture(county_map(result).figure, says, bars_.narrow)


def _range(result: GrantsResult) -> str:
    awarded = _awarded(result)
    if awarded.empty:
        return WORDS["range_none"]
    most, least = (number(int(award) / MILLION, 2) for award in (awarded.iloc[0], awarded.iloc[-1]))
    if most == least:
        return WORDS["range_equal"].format(count=len(awarded), award=most)
    return WORDS["range"].format(first=awarded.index[0], most=most, last=awarded.index[-1], least=least)


def _grid(result: GrantsResult, year: str, scale: Scale) -> Grid:
    levels = [level.name for level in result.levels if level.terms.pool is not None]
    frame = result.table[["county", *levels, "award"]].assign(pick=result.table["county"])
    whole = pd.DataFrame([{"county": WORDS["total"], **{key: int(frame[key].sum()) for key in (*levels, "award")}}])
    titles = {level.name: level.terms.level.title for level in result.levels}
    marks: Mapping[Any, str] = dict(result.marks[result.marks == "illustrative"]) if result.illustrative else {}
    frame["mark"] = [marks.get(county) for county in frame["county"]]
    whole["mark"] = "illustrative" if len(marks) else None
    shown = pd.concat([frame, whole], ignore_index=True)
    if scale.size > 1:
        shown = shown.assign(**{key: shown[key] / scale.size for key in (*levels, "award")})
    caption = WORDS["caption" if scale.size == 1 else "caption_unit"].format(year=year, unit=scale.unit)
    return grid(
        shown,
        [
            Column(key="county", title=WORDS["county"]),
            *(
                Column(
                    key=key, title=WORDS["level_in"].format(title=titles[key], unit=scale.unit), decimals=scale.decimals
                )
                for key in levels
            ),
            Column(key="award", title=WORDS["award_in"].format(unit=scale.unit), decimals=scale.decimals),
        ],
        caption,
        totals=[len(frame)],
        pick="pick",
        mark="mark",
    )
