"""Points become a score: weights by key result area, thresholds, what is unknown, and a design that says so itself."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.datasets import data_root
from workbench.errors import InputError
from workbench.grants import grants
from workbench.grants.assessment import Assessment, assessment_form, read_assessment, score_of
from workbench.grants.load import load_design, parse_design

# Made up, to test the arithmetic: no assessment of KDSP II is published.
ASSESSMENT = """
assessment:
  conditions:
    audit: {description: Accounts were audited, reference: a test, locator: made up, mark: illustrative}
    plan: {description: A work plan is approved, reference: a test, locator: made up, mark: illustrative}
  areas:
    finance:
      description: Financing
      weight: {description: Weight, unit: percent, value: 60, reference: a test, locator: made up, mark: illustrative}
    people:
      description: People
      weight: {description: Weight, unit: percent, value: 40, reference: a test, locator: made up, mark: illustrative}
  measures:
    revenue: {description: Own revenue, area: finance, points: 10, reference: a test, locator: made up, mark: illustrative}
    budget: {description: Budget, area: finance, points: 5, threshold: 2, reference: a test, locator: made up,
             mark: illustrative}
    staff: {description: Staff plan, area: people, points: 4, reference: a test, locator: made up, mark: illustrative}
"""


@pytest.fixture
def design_file(tmp_path: Path, repository: Path) -> Path:
    path = tmp_path / "mine.yaml"
    shipped = (repository / "data" / "grants" / "kdsp1.yaml").read_text(encoding="utf-8")
    path.write_text(shipped + ASSESSMENT, encoding="utf-8")
    return path


@pytest.fixture
def assessment(design_file: Path) -> Assessment:
    found = load_design(design_file).assessment
    assert found is not None
    return found


def points(*values: float) -> dict[str, np.ndarray]:
    return {name: np.array([value]) for name, value in zip(("revenue", "budget", "staff"), values, strict=True)}


@pytest.mark.parametrize(
    ("values", "score"),
    [
        ((10, 5, 4), 100),
        ((0, 0, 0), 0),
        ((5, 5, 2), 60 * 10 / 15 + 40 / 2),
        ((5, 1.9, 2), 60 * 5 / 15 + 20),
        ((5, 2, 2), 48),
    ],
)
def test_points_are_weighed_by_area_and_threshold(
    assessment: Assessment, values: tuple[float, float, float], score: float
) -> None:
    assert score_of(assessment, points(*values))[0] == pytest.approx(score)


def test_a_score_with_an_unknown_point_is_unknown(assessment: Assessment) -> None:
    assert np.isnan(score_of(assessment, points(5, float("nan"), 2)))[0]


@cache
def parsed() -> Assessment:
    shipped = (data_root() / "grants" / "kdsp1.yaml").read_text(encoding="utf-8")
    found = parse_design(shipped + ASSESSMENT, file="mine.yaml").assessment
    assert found is not None
    return found


@given(st.lists(st.floats(0, 4), min_size=3, max_size=3), st.integers(0, 2), st.floats(0, 1))
def test_another_point_never_lowers_the_score(values: list[float], place: int, more: float) -> None:
    raised = list(values)
    raised[place] = min(raised[place] + more, 4.0)
    assert score_of(parsed(), points(*raised))[0] >= score_of(parsed(), points(*values))[0] - 1e-12


def test_a_form_of_conditions_and_measures_becomes_awards(
    design_file: Path, assessment: Assessment, tmp_path: Path
) -> None:
    form = assessment_form(assessment)
    assert list(form.columns) == ["code", "county", "audit", "plan", "revenue", "budget", "staff"]
    form.loc[22, ["audit", "plan", "revenue", "budget", "staff"]] = ["yes", "yes", "5", "5", "2"]
    form.loc[0, ["audit", "plan", "revenue", "budget", "staff"]] = ["yes", "no", "10", "5", "4"]
    form.loc[1, ["audit", "plan"]] = ["yes", "yes"]
    path = tmp_path / "form.csv"
    form.to_csv(path, index=False)
    read = read_assessment(path, assessment)
    assert (read.conditions[22], read.conditions[0], read.conditions[2]) == ("met", "not met", "unknown")
    assert read.scores[22] == pytest.approx(60)
    result = grants(design_file, "2018/19", scores=path)
    assert result.awards["Turkana"] == result.awarded == 4_000_000_000
    assert "score is not known" in result.why_not("Kwale")


def test_the_plain_form_still_reads(design_file: Path, scores: object) -> None:
    from tests.grants.conftest import form_text

    path = design_file.parent / "plain.csv"
    path.write_text(form_text(scores), encoding="utf-8")  # type: ignore[arg-type]
    assert grants(design_file, scores=path).awarded == 4_000_000_000


def test_points_above_the_most_are_refused(assessment: Assessment) -> None:
    form = assessment_form(assessment)
    form["revenue"] = 11
    with pytest.raises(InputError, match="not from 0 to 10"):
        read_assessment(form, assessment)
    with pytest.raises(InputError, match="'plan' is missing"):
        read_assessment(form.drop(columns="plan").assign(revenue=1), assessment)
    with pytest.raises(InputError, match="nothing of its conditions"):
        assessment_form(load_design("kdsp2").assessment)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("value: 60", "value: 50", "add up to 90 percent"),
        ("area: people", "area: staff", "which is no area"),
        ("threshold: 2", "threshold: 6", "threshold above its points"),
        ("    staff: {", "    audit: {", "two columns"),
        ("area: people", "area: finance", "no measure"),
    ],
)
def test_an_assessment_that_does_not_fit_together_is_refused(repository: Path, old: str, new: str, said: str) -> None:
    shipped = (repository / "data" / "grants" / "kdsp1.yaml").read_text(encoding="utf-8")
    with pytest.raises(InputError, match=said):
        parse_design(shipped + ASSESSMENT.replace(old, new), file="mine.yaml")
