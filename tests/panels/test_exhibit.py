"""A notebook gets the picture, its words and its height."""

from __future__ import annotations

import workbench as wb
from workbench.panels.exhibit import draw
from workbench.views.alignment import plan_against_budget


def test_the_widget_carries_the_picture_and_its_words() -> None:
    exhibit = plan_against_budget(wb.align())
    chart = draw(exhibit)
    assert chart.figure == exhibit.picture.figure
    assert chart.says == exhibit.picture.says
    assert chart.height == exhibit.picture.figure["layout"]["height"]
