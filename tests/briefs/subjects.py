"""One result of every model, and a gap in which everything is awkward; each made once."""

from __future__ import annotations

from functools import cache

import pandas as pd

import workbench as wb
from workbench.briefs import Brief, brief_of, render
from workbench.datasets.form_reading import filled_form
from workbench.gap import sides_of
from workbench.grants import illustrative_scores
from workbench.scenarios.models.requests_form import read_requests
from workbench.scenarios.models.requests_met import meet

LONG = "Coordination of the implementation of programmes, policies and projects across all ministries, " * 3


def _gap(**options):
    return wb.gap(*sides_of(wb.open_package("opm-strategic-plan")), financial_year="2009/10", **options)


def _printed_deficit():
    """Table 8.2, which prints its own deficit beside the two sides that give another."""
    sides = sides_of(wb.open_package("opm-strategic-plan"), table="8.2")
    return wb.gap(*sides, financial_year="2010/11", basis="as_printed")


def awkward_sides(*, extra: list[dict[str, object]] | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Unknown amounts, lines on one side only, cents, nothing required, names like formulas and markup, a long one."""
    lines = [
        ("=SUM(A1:A9)", 100.25, 50.5), ("+44 20", 10.0, 10.0), ("-minus", 5.0, 9.0), ("@home", 0.0, 3.0),
        ("#set page(); *bold* $x$ <b>&amp;</b> \\ _", 7.0, None), ("only asked", 8.0, "absent"),
        ("only given", "absent", 2.0), (LONG, 3.0, 1.0), ("two classes", 4.0, 2.0),
    ]  # fmt: skip
    sides: tuple[list[dict[str, object]], list[dict[str, object]]] = ([], [])
    for name, *amounts in lines:
        for side, amount, stage in zip(sides, amounts, ("requirement", "allocation"), strict=True):
            if amount != "absent":
                side.append({"sub_programme": name, "programme": "P", "financial_year": "2030/31", "amount": amount,
                             "unit": "KES million", "stage": stage, "source": "a made-up table", "line": "item",
                             "locator": f"row {len(side)}", "mark": "illustrative", "label": name})  # fmt: skip
    frames = (pd.DataFrame(side).astype({"amount": "float64"}) for side in sides)
    first, second = frames
    return first, second


def _awkward():
    return wb.gap(*awkward_sides(), financial_year="2030/31")


ASKS = """vote,programme,economic_class,financial_year,amount,unit,floor,ceiling,weight,source
,Roads,total,2024/25,400,KES million,,,,
,=Water(1),total,2024/25,{water},KES million,{floor},,,"Plan, p. 3"
Ministry of Health,Clinics,development,2024/25,120.5,KES million,,,,
"""


def _requests(floor="", rule="proportional"):
    text = ASKS.format(water="300.000001" if floor == "" else "350", floor=floor)
    form = filled_form(text.encode(), "asks.csv", "requests")
    return meet(read_requests(form), "2024/25", "KSh 500 million", rule)


def _unknown():
    """Lines with names like sentences, of which not one figure is known."""
    sides = awkward_sides()
    return wb.gap(
        *(
            side.head(4).assign(amount=float("nan"), sub_programme=[f"{place}. {LONG}" for place in range(4)])
            for side in sides
        ),
        financial_year="2030/31",
    )


SUBJECTS = {
    "gap": _gap,
    "gap-printed": lambda: _gap(basis="as_printed"),
    "gap-printed-deficit": _printed_deficit,
    "spent": lambda: wb.gap(*sides_of(wb.open_package("national-budget"), "revised", "expenditure", table="votes")),
    "awkward": _awkward,
    "unknown": _unknown,
    "alignment": wb.align,
    "alignment-without-plan-money": lambda: wb.align(plan="vision-2030"),
    "grants": lambda: wb.grants("kdsp1"),
    "grants-unknown": lambda: wb.grants("kdsp2", "2025/26"),
    "grants-short": lambda: wb.grants("kdsp2", "2025/26", scores=illustrative_scores()),
    "requests": _requests,
    "requests-limited": lambda: _requests("300", "constrained_equal_losses"),
    "audit": lambda: wb.open_package("opm-strategic-plan").audit(),
    "run": lambda: wb.run("five-hundred-million-for-the-prime-minister"),
    "comparison": lambda: wb.compare("kdsp2-every-county-qualifies", "ten-counties-fail"),
}


@cache
def subject(name: str):
    return SUBJECTS[name]()


@cache
def brief(name: str) -> Brief:
    return brief_of(subject(name))


@cache
def rendered(name: str, kind: str) -> bytes:
    return render(brief(name), kind)
