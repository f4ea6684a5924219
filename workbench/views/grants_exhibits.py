"""Pictures of a grant with the tables behind them, as a notebook shows them."""

from __future__ import annotations

from workbench.grants.compare import LorenzBy
from workbench.grants.model import GrantsResult
from workbench.views import text
from workbench.views.content import Column, grid
from workbench.views.exhibit import Exhibit
from workbench.views.grants import Shown, county_map, map_table
from workbench.views.grants_lorenz import lorenz_chart, lorenz_table


def map_exhibit(result: GrantsResult, shown: Shown = "award", baseline: GrantsResult | None = None) -> Exhibit:
    """Return the tile map and its table; parameters are those of :func:`workbench.views.grants.county_map`."""
    picture, table = county_map(result, shown, baseline), map_table(result, shown, baseline)
    columns = [
        Column(key="county", title=text.GRANTS["county"]),
        Column(key="value", title=str(table["unit"].iloc[0]), decimals=1),
    ]
    return Exhibit(picture, grid(table, columns, picture.says, order="value"))


def lorenz_exhibit(result: GrantsResult, baseline: GrantsResult | None = None, *, by: LorenzBy = "head") -> Exhibit:
    """Return the Lorenz curve and its table; parameters as in :func:`workbench.views.grants_lorenz.lorenz_chart`."""
    picture, table = lorenz_chart(result, baseline, by=by), lorenz_table(result, baseline, by=by)
    columns = [
        Column(key="run", title=text.LORENZ["run"]),
        Column(key="people", title=text.LORENZ["people"], decimals=1),
        Column(key="money", title=text.LORENZ["money"], decimals=1),
    ]
    return Exhibit(picture, grid(table, columns, picture.says))
