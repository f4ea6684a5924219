"""Draw one picture with its words in a notebook."""

from __future__ import annotations

from typing import Final

from workbench.panels.chart import Chart
from workbench.views.exhibit import Exhibit

HEIGHT: Final = 420
"""Pixels, where a picture names none."""


def draw(exhibit: Exhibit) -> Chart:
    """Return a picture as a widget that a notebook shows.

    Parameters
    ----------
    exhibit : Exhibit
        What it shows in words, ``exhibit.picture.says``, goes with it for those who cannot see it; the table behind it
        is ``exhibit.grid``.
    """
    chart = Chart(height=int(exhibit.picture.figure["layout"].get("height", HEIGHT)))
    chart.show(exhibit.picture)
    return chart
