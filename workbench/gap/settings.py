"""The settings that credibility is scored with: dated YAML, each value with its unit, reference and mark."""

from __future__ import annotations

import datetime as dt
import os
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from workbench.datasets import data_root
from workbench.datasets.yaml_file import read_yaml
from workbench.results import Mark

SettingMark = Mark | Literal["recollection"]
"""A setting that was not checked against its source says so, where a figure could not stand at all."""

Score = Literal["A", "B", "C"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Setting(_Part):
    """What every setting says of itself."""

    description: str
    unit: str
    reference: str
    mark: SettingMark


class Outturn(Setting):
    """PI-1: the outturn must lie within bounds in so many of so many years."""

    lowest: dict[Score, float]
    highest: dict[Score, float]
    years: int
    in_at_least: int


class Variance(Setting):
    """PI-2.1 and 2.2: the variance must stay below a bound in so many of so many years."""

    below: dict[Score, float]
    years: int
    in_at_least: int


class Contingency(Setting):
    """PI-2.3: the average share over the years."""

    below: dict[Score, float]
    at_most: dict[Score, float]
    years: int


class Heads(Setting):
    """How many heads are looked at, and what part of the budget they must cover."""

    most: int
    cover: float


class Suspense(Setting):
    """The share of unallocated spending above which composition cannot be judged."""

    most: float


class AlignmentTest(Setting):
    """The SIGMA/OECD test of planned cost against funding."""

    excess: float
    sample: int
    points: dict[int, int]


class CredibilitySettings(_Part):
    """All settings of ``data/gap/credibility.yaml``."""

    name: str
    title: str
    valid_from: dt.date
    pi_1: Outturn
    pi_2_1: Variance
    pi_2_2: Variance
    pi_2_3: Contingency
    heads: Heads
    suspense: Suspense
    alignment: AlignmentTest


def credibility_settings(path: str | os.PathLike[str] | None = None) -> CredibilitySettings:
    """Read the shipped settings, or a file of one's own in the same form.

    Raises
    ------
    InputError
        With every mistake of the file and where it stands.
    """
    given = Path(path) if path is not None else data_root() / "gap" / "credibility.yaml"
    return _read(given)


@lru_cache(maxsize=8)
def _read(path: Path) -> CredibilitySettings:
    return read_yaml(path, CredibilitySettings)
