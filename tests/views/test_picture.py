"""Pictures are plain data that Plotly accepts."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from workbench.views.picture import picture
from workbench.views.style import PALETTE, house_layout, plain_label


def test_a_picture_is_json_in_plotlys_schema():
    frame = pd.DataFrame({"name": ["a", "b"], "amount": [np.int64(3), np.float64("nan")]})
    shown = picture([{"type": "bar", "x": frame["name"], "y": frame["amount"]}], house_layout(), "Two bars.")
    assert json.loads(json.dumps(shown.figure, allow_nan=False))["data"][0]["y"] == [3.0, None]
    figure = go.Figure(dict(shown.figure), skip_invalid=False)
    assert figure.data[0].type == "bar"


def test_a_picture_that_says_nothing_is_refused():
    with pytest.raises(ValueError, match="needs a text"):
        picture([], house_layout(), "  ")


def test_a_chart_adds_to_the_house_axis_and_does_not_replace_it():
    layout = house_layout(xaxis={"title": {"text": "KES million"}}, barmode="relative")
    assert layout["xaxis"]["title"] == {"text": "KES million", "font": house_layout()["xaxis"]["title"]["font"]}
    assert layout["xaxis"]["tickformat"] == ","
    assert "title" not in house_layout()["xaxis"] or house_layout()["xaxis"]["title"] != {"text": "KES million"}
    assert layout["barmode"] == "relative"


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_wcag_does():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_neighbours_in_the_palette_differ_in_lightness_too():
    # Whoever sees no colour, and whoever prints in black and white, has lightness alone.
    first, second = PALETTE[:2]
    assert contrast(first, second) > 2


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Health & <b>Sanitation</b>", "Health &amp;<br>&lt;b&gt;Sanitation&lt;/b&gt;"),
        ("Water", "Water"),
        ("", ""),
        ("Office of the Prime Minister", "Office of the Prime<br>Minister"),
    ],
)
def test_a_label_is_wrapped_and_shown_as_it_is(label, shown):
    assert plain_label(label, width=25 if "<" in label else 20) == shown
