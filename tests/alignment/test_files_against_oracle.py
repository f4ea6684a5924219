"""Three files that nobody has seen before, measured by ``workbench align`` and by an independent computation."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workbench as wb
from tests.alignment.oracle import UNITS, Answer, answer
from tests.conftest import Workbench
from workbench.cli.output import print_json

NINE_DECIMALS = 5e-10
YEARS = ("2023/24", "2024/25", "2025/26")
STAGES = ("estimate", "expenditure", "revised")
DECIMALS = {"KES": 2, "KES thousand": 3, "KES million": 4, "KES billion": 3}


@dataclass(frozen=True)
class Files:
    """The text of the three files, and what is asked of them."""

    plan: str
    budget: str
    crosswalk: str
    year: str | None = None
    stage: str | None = None

    def write(self, folder: Path) -> list[str]:
        """Write them, and return the arguments of the command."""
        arguments = []
        for name in ("plan", "budget", "crosswalk"):
            (folder / f"{name}.csv").write_text(getattr(self, name), encoding="utf-8")
            arguments += [f"--{name}", f"{name}.csv"]
        arguments += ["--year", self.year] if self.year else []
        return arguments + (["--stage", self.stage] if self.stage else [])

    @property
    def answer(self) -> Answer:
        return answer(self.plan, self.budget, self.crosswalk, self.year, self.stage)


@st.composite
def amounts(draw: st.DrawFn) -> tuple[str, str]:
    unit = draw(st.sampled_from(list(UNITS)))
    digits = draw(st.sampled_from([3, 6, 8]))
    number = draw(st.integers(0, 10**digits) | st.just(0))
    places = DECIMALS[unit]
    return f"{number // 10**places}.{number % 10**places:0{places}d}", unit


@st.composite
def links(draw: st.DrawFn, code: str, targets: list[str], dates: str) -> list[str]:
    chosen = draw(st.lists(st.sampled_from(targets), min_size=1, max_size=4, unique=True))
    steps = 10 ** draw(st.integers(1, 6))
    cuts = sorted(draw(st.lists(st.integers(0, steps), min_size=len(chosen) - 1, max_size=len(chosen) - 1)))
    parts = [end - start for start, end in zip([0, *cuts], [*cuts, steps], strict=True)]
    return [f"{code},{one},{part / steps:.6f},r,illustrative,{dates}" for one, part in zip(chosen, parts, strict=True)]


@st.composite
def files(draw: st.DrawFn) -> Files:
    codes = [f"p{number}" for number in range(draw(st.integers(1, 6)))]
    blank = draw(st.sampled_from(["no", "no", "no", "some", "all"]))
    plan = "plan_code,label,amount,unit\n"
    for place, code in enumerate(codes):
        amount, unit = draw(amounts())
        left_blank = blank == "all" or (blank == "some" and place == 0)
        plan += f"{code},{code},{'' if left_blank else amount},{'' if blank == 'all' else unit}\n"
    several = draw(st.booleans())
    lines = [f"v{number}" for number in range(draw(st.integers(1, 9)))]
    sectors = draw(st.sampled_from(["A", "AB", "ABCDE"]))
    budget = "budget_code,label,sector,amount,unit" + (",financial_year,stage\n" if several else "\n")
    keys = [f",{year},{stage}" for year in YEARS for stage in STAGES] if several else [""]
    homes = {line: draw(st.sampled_from(sectors)) for line in lines}
    for key in draw(st.permutations(keys)) if several else keys:
        for line in lines:
            budget += f"{line},{line},{homes[line]},{','.join(draw(amounts()))}{key}\n"
    crosswalk = "budget_code,plan_code,share,reason,mark,valid_from,valid_to\n"
    for line in lines:
        periods = [","]
        if several:
            periods = draw(st.sampled_from([[","], [",2024-06-30", "2024-07-01,"],
                                            [",2024-06-30", "2024-07-01,2025-06-30", "2025-07-01,"]]))  # fmt: skip
        for dates in periods:
            crosswalk += "\n".join(draw(links(line, [*codes, "unlinked"], dates))) + "\n"
    year = draw(st.sampled_from(YEARS)) if several else None
    return Files(plan, budget, crosswalk, year, draw(st.sampled_from(STAGES)) if several else None)


def assert_agrees(said: dict[str, object], right: Answer) -> None:
    assert said["linked"] + said["unlinked"] == said["total"]
    assert abs(said["total"] - right.total) <= Fraction(1, 2)
    assert abs(said["linked"] - right.linked) < 1
    assert sum(said["by_plan"].values()) == said["linked"]
    assert sum(said["by_sector"].values()) == said["total"]
    for code, exact in right.by_plan.items():
        assert abs(said["by_plan"][code] - exact) < 1
    assert said["orphans"] == right.orphans
    for measure in ("distance", "homogeneity", "completeness", "v_measure"):
        exact = getattr(right, measure)
        assert said[measure] == (None if exact is None else pytest.approx(float(exact), abs=NINE_DECIMALS)), measure
    for code, exact in right.effective_groups.items():
        assert said["effective_groups"][code] == (
            None if exact is None else pytest.approx(float(exact), abs=NINE_DECIMALS)
        )
    moved = sum(move["amount"] for move in said["moves"])
    if right.distance is None:
        assert said["moves"] == []
    else:
        # Whole shillings: each plan sector's wanted amount is rounded, at most half of them up and half of them down.
        assert abs(moved - float(right.distance) * float(right.linked)) <= 1 + len(right.by_plan) / 2
        givers, takers = {move["from"] for move in said["moves"]}, {move["to"] for move in said["moves"]}
        assert not givers & takers


@settings(max_examples=80)
@given(drawn=files())
def test_every_figure_equals_the_independent_computation(drawn: Files) -> None:
    with tempfile.TemporaryDirectory() as folder:
        drawn.write(Path(folder))
        paths = {name: Path(folder) / f"{name}.csv" for name in ("plan", "budget", "crosswalk")}
        result = wb.align(**paths, financial_year=drawn.year, stage=drawn.stage)
    assert_agrees(result.to_dict(), drawn.answer)


ONE_TO_ONE = Files(
    "plan_code,label,amount,unit\np,P,1,KES billion\nq,Q,2000,KES million\nr,R,3000000,KES thousand\n",
    "budget_code,label,sector,amount,unit\na,A,S,4,KES billion\nb,B,T,2500,KES million\nc,C,U,1000000000.50,KES\n",
    "budget_code,plan_code,share,reason,mark,valid_from,valid_to\na,p,1,r,certain,,\nb,q,1,r,certain,,\nc,r,1,r,certain,,\n",
)  # fmt: skip
HEADING = ONE_TO_ONE.crosswalk.splitlines()[0] + "\n"


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (ONE_TO_ONE, {"homogeneity": 1.0, "completeness": 1.0, "v_measure": 1.0,
                      "effective_groups": {"p": 1.0, "q": 1.0, "r": 1.0}, "total": 7_500_000_001}),
        # One sector, several plan sectors: H(s) is 0, so completeness is 1; nothing is told by the sector.
        (Files(ONE_TO_ONE.plan, ONE_TO_ONE.budget.replace(",T,", ",S,").replace(",U,", ",S,"), ONE_TO_ONE.crosswalk),
         {"homogeneity": 0.0, "completeness": 1.0, "v_measure": 0.0}),
        # All money under one plan code: H(p) is 0, so homogeneity is 1.
        (Files(ONE_TO_ONE.plan, ONE_TO_ONE.budget, HEADING + "".join(f"{v},q,1,r,certain,,\n" for v in "abc")),
         {"homogeneity": 1.0, "completeness": 0.0, "v_measure": 0.0, "orphans": ["p", "r"]}),
        # Everything left out.
        (Files(ONE_TO_ONE.plan, ONE_TO_ONE.budget, HEADING + "".join(f"{v},unlinked,1,r,certain,,\n" for v in "abc")),
         {"linked": 0, "unlinked": 7_500_000_001, "distance": None, "v_measure": None, "moves": [],
          "orphans": ["p", "q", "r"], "effective_groups": {"p": None, "q": None, "r": None}}),
        # A budget of nothing at all.
        (Files(ONE_TO_ONE.plan, "budget_code,label,sector,amount,unit\na,A,S,0,KES\n", HEADING + "a,p,1,r,certain,,\n"),
         {"total": 0, "linked": 0, "distance": None, "homogeneity": None, "orphans": ["p", "q", "r"]}),
    ],
)  # fmt: skip
def test_the_command_gives_known_answers(
    workbench: Workbench, tmp_path: Path, case: Files, expected: dict[str, object]
) -> None:
    done = workbench("align", *case.write(tmp_path), "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert_agrees(said, case.answer)
    assert {key: said[key] for key in expected} == expected


def test_the_command_prints_what_the_result_holds(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ONE_TO_ONE.write(tmp_path)
    result = wb.align(plan=tmp_path / "plan.csv", budget=tmp_path / "budget.csv", crosswalk=tmp_path / "crosswalk.csv")
    print_json(result.to_dict())
    assert json.loads(capsys.readouterr().out) == result.to_dict()
