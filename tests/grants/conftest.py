"""Score forms that tests fill in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from workbench.grants.facts import county_names_by_code
from workbench.grants.scores import MET, NOT_MET, UNKNOWN, Scores

ANSWER = {MET: "yes", NOT_MET: "no", UNKNOWN: ""}


@pytest.fixture
def scores() -> Scores:
    """Made up: 30 counties meet the conditions, 10 do not, of 7 it is not known; scores 40 to 86, three not known."""
    states = [MET] * 30 + [NOT_MET] * 10 + [UNKNOWN] * 7
    points = 40.0 + np.arange(47)
    points[[5, 6, 41]] = np.nan
    order = [(place * 11) % 47 for place in range(47)]
    return Scores("made up", tuple(states[place] for place in order), points[order])


def form_text(scores: Scores) -> str:
    lines = ["code,county,conditions_met,score"]
    for place, name in enumerate(county_names_by_code()):
        score = scores.scores[place]
        lines.append(f"{place + 1},{name},{ANSWER[scores.conditions[place]]},{'' if np.isnan(score) else f'{score:g}'}")
    return "\n".join(lines) + "\n"


@pytest.fixture
def write_form(tmp_path: Path, scores: Scores) -> Callable[..., Path]:
    """Write the form, with texts in it changed."""

    def write(*changes: tuple[str, str]) -> Path:
        text = form_text(scores)
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        path = tmp_path / "scores.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write
