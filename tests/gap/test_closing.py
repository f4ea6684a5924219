"""Close the gap of FY 2009/10: claims rules, constrained funding, sources, the frontier; staff and activities."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workbench as wb
from tests.gap.conftest import figures
from workbench.datasets import Package
from workbench.errors import InputError, LabelError, UnknownNameError
from workbench.gap import Deflator, Gap, Source, activities_funded, staffing
from workbench.gap.closing import who_is_paid


@pytest.fixture(scope="module")
def gap(plan: Package) -> Gap:
    return wb.gap(plan.requirements, plan.allocations, financial_year="2009/10")


@pytest.fixture(scope="module")
def items(plan: Package) -> pd.DataFrame:
    return plan.figures.query("table == '8 narrative' and line == 'item'")


def test_300_million_by_the_talmud(gap: Gap) -> None:
    # Six deficits of 1,309 together: less than half of all, and 50 each is below every half claim (the least is 63).
    shared = gap.share_out(300e6, rule="talmud")
    assert shared.awards.tolist() == [50_000_000] * 6
    assert shared.claims.sum() == 1309e6
    assert any("KSh 62 million more than required" in note for note in shared.notes)


def test_which_of_the_four_items_are_paid(gap: Gap, items: pd.DataFrame) -> None:
    shared = gap.share_out("KSh 500 million", rule="talmud", items=items)
    assert shared.claims.tolist() == [290.6e6, 327.2e6, 132e6, 514e6]
    assert shared.awards.sum() == 500_000_000
    # Halves are 145.3, 163.6, 66, 257: 500 - 66 leaves 144.67 for each of the three others.
    assert (shared.awards / 1e6).round(2).tolist() == [144.67, 144.67, 66.0, 144.67]
    paid = who_is_paid(shared, ["proportional", "constrained_equal_awards", "constrained_equal_losses"])
    new_staff = paid.loc["personnel emoluments for new staff"]
    assert new_staff["proportional"] == "39.6 per cent"
    assert new_staff["constrained_equal_awards"] == "94.7 per cent"
    assert new_staff["constrained_equal_losses"] == "nothing"
    tiers = dict(zip(shared.claims.index, [1, 2, 1, 3], strict=True))
    first = gap.share_out("KSh 500 million", rule="priority", items=items, tiers=tiers)
    assert "priority in printed order" not in who_is_paid(first)
    assert who_is_paid(first, ["priority"])["priority"].tolist() == ["in full", "23.7 per cent", "in full", "nothing"]


def test_priority_without_ranks_takes_the_printed_order_and_says_so(gap: Gap, items: pd.DataFrame) -> None:
    shared = gap.share_out("KSh 500 million", rule="priority", items=items)
    assert (shared.awards / 1e6).tolist() == pytest.approx([290.6, 209.4, 0, 0])
    assert any("in the order in which the document prints them" in note for note in shared.notes)
    paid = who_is_paid(gap.share_out("KSh 500 million", items=items))
    assert paid["priority in printed order"].tolist() == ["in full", "64.0 per cent", "nothing", "nothing"]
    assert "priority" not in paid
    frontier = gap.frontier(rule="priority", steps=4)
    assert frontier.steps["next_goes_to"].iloc[0] == "Communication and Press Services"
    assert any("No ranks (tiers) were given" in note for note in frontier.notes)


@settings(max_examples=15)
@given(st.integers(0, 1309), st.sampled_from(["proportional", "talmud", "constrained_equal_losses"]))
def test_awards_add_up_and_never_exceed_the_deficit(million: int, rule: str) -> None:
    plan = wb.open_package("opm-strategic-plan")
    gap = wb.gap(plan.requirements, plan.allocations, financial_year="2009/10")
    shared = gap.share_out(million * 1e6, rule=rule)
    assert int(shared.awards.sum()) == million * 10**6
    assert (shared.awards <= shared.claims).all()


def test_a_gap_of_several_years_needs_one(plan: Package) -> None:
    whole = wb.gap(plan.requirements, plan.allocations)
    with pytest.raises(InputError, match="spans several years"):
        whole.share_out(1e6)
    # The sums of 2010/11 are equal, and yet one line has 61 million less than it requires and another 61 more.
    assert whole.share_out(61e6, financial_year="2010/11").awards.to_dict() == {
        "Performance Contracting Services": 61_000_000
    }
    even = figures({"vote": "A", "amount": 1})
    with pytest.raises(InputError, match="no line is in deficit"):
        wb.gap(even, even).share_out(1)
    assert whole.share_out(1309e6, financial_year="2009/10").coverage.tolist() == [1.0] * 6


def test_fund_keeps_what_was_allocated(gap: Gap) -> None:
    funded = gap.fund(2200e6, floors="allocated")
    table = funded.table.set_index("line")
    assert table["award"].sum() == pytest.approx(2200)
    assert (table["award"] >= table["floor"] - 1e-9).all()
    assert table.loc["Coordination Services", ["floor", "award"]].tolist() == [740.0, 740.0]
    first = gap.fund(2200e6, floors="allocated", priorities={"Public Service Reforms": 1, "Household Services": 3})
    assert first.awards["Public Service Reforms"] > table.loc["Public Service Reforms", "award"] + 100
    assert any("nobody's law" in note for note in first.notes)
    with pytest.raises(LabelError, match="did you mean 'Household Services'"):
        gap.fund(2200e6, priorities={"Houshold Services": 1})


def test_fund_holds_the_development_share(national: Package) -> None:
    rule = national.table("fiscal_rules").iloc[0]
    asked = figures(
        {"vote": "A", "amount": 900, "economic_class": "recurrent"},
        {"vote": "A", "amount": 300, "economic_class": "development"},
        {"vote": "B", "amount": 300, "economic_class": "development"},
    )
    gap = wb.gap(asked, asked.assign(amount=0.0))
    weights = {"A, recurrent": 5.0, "A, development": 1.0, "B": 1.0}
    free = gap.fund(1000e6, weights=weights)
    held = gap.fund(1000e6, weights=weights, development_share=rule)
    assert free.awards["A, recurrent"] > 700
    assert held.awards["A, recurrent"] == pytest.approx(700)


def test_finance_places_tied_money_first_and_tells_what_remains(gap: Gap) -> None:
    partner = Source(
        name="Partner", kind="development partner", amount=4e6, currency="USD", rate=75.0,
        rate_date=dt.date(2009, 7, 1), rate_reference="made up for this test", lines=["Public Service Reforms"],
    )  # fmt: skip
    financed = gap.finance([Source(name="Exchequer", kind="exchequer", amount=400e6), partner])
    assert financed.lines.loc["Public Service Reforms", ["Exchequer", "Partner", "unfunded"]].tolist() == [0, 271e6, 0]
    assert financed.by_source.set_index("source")["unused"].to_dict() == {"Exchequer": 0.0, "Partner": 29e6}
    assert financed.unfunded == 1309e6 - 671e6
    assert (financed.lines["deficit"] == financed.lines["financed"] + financed.lines["unfunded"]).all()


def test_finance_tells_every_mistake(gap: Gap) -> None:
    with pytest.raises(InputError) as refusal:
        gap.finance(
            [
                Source(name="A", kind="exchequerr", amount=1.0),
                Source(name="B", kind="development partner", amount=1.0, currency="USD"),
                Source(name="C", kind="exchequer", amount=-1.0, lines=["Coordination Services", "Houshold Services"]),
            ]
        )
    assert len(refusal.value.faults) == 5


def test_the_frontier_stops_where_every_line_has_what_it_requires(gap: Gap) -> None:
    frontier = gap.frontier(steps=11)
    steps = frontier.steps
    assert frontier.stops_at == 1309e6
    assert steps["unfunded"].iloc[[0, -1]].tolist() == [1309e6, 0.0]
    assert (steps["extra"] + steps["unfunded"]).to_numpy() == pytest.approx(np.full(len(steps), 1309e6))
    assert steps["lines_in_full"].tolist()[-1] == 6
    assert steps["lines_in_full"].is_monotonic_increasing
    assert steps["next_goes_to"].tolist()[0] == ", ".join(gap.lines.query("kind == 'deficit'")["sub_programme"])
    # Of the last 119 million the first 10 go to the two largest deficits alike, and 109 to the largest alone.
    assert steps["next_goes_to"].tolist()[-2:] == ["Household Services, Public Service Reforms", ""]
    each = frontier.next_million.drop(columns="extra")
    assert each.iloc[0].tolist() == pytest.approx([1e6 / 6] * 6)
    assert each.iloc[-1]["Household Services"] == pytest.approx(0.5e6)
    assert each.sum(axis=1).tolist() == pytest.approx([1e6] * 11)
    assert "between KSh 714 million and KSh 833 million" in frontier.summary()
    assert "Beyond KSh 1,309 million more money buys nothing" in frontier.summary()


def test_change_in_nominal_and_real_shillings(plan: Package) -> None:
    gap = wb.gap(plan.requirements, plan.allocations)
    nominal = gap.change().set_index("financial_year")
    assert (nominal["requirement_change"] / 1e6).tolist()[1:] == [195, 288, 348]
    assert np.isnan(nominal["requirement_change"].iloc[0])
    years = {"2009/10": 100.0, "2010/11": 110.0, "2011/12": 125.0, "2012/13": 130.0}
    deflator = Deflator(
        name="index", base="2009/10", index=years, dated=dt.date(2014, 1, 1), reference="made up", mark="illustrative"
    )
    assert "2014-01-01 (made up; illustrative)" in gap.change(deflator=deflator).attrs["notes"][0]
    real = gap.change(deflator=deflator).set_index("financial_year")
    assert real.loc["2010/11", "requirement"] == pytest.approx(3357e6 / 1.1)
    assert real.loc["2010/11", "requirement_change"] == pytest.approx(3357e6 / 1.1 - 3162e6)
    with pytest.raises(InputError, match="2010/11"):
        gap.change(deflator=dataclasses.replace(deflator, index={"2009/10": 1.0}))


def test_a_deflator_is_read_from_a_file(tmp_path: Path) -> None:
    text = (
        "name: GDP deflator\nbase: 2009/10\ndated: 2014-01-01\nreference: made up\nmark: illustrative\n"
        "index: {2009/10: 100, 2010/11: 110}\n"
    )
    path = tmp_path / "deflator.yaml"
    path.write_text(text, encoding="utf-8")
    assert Deflator.read(path).factor("2010/11") == pytest.approx(1 / 1.1)
    path.write_text(text.replace("dated: 2014-01-01\n", "").replace("mark:", "marks:"), encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        Deflator.read(path)
    assert len(refusal.value.faults) == 3


def test_per_head_by_county() -> None:
    asked = figures({"county": "Turkana", "amount": 10}, {"county": "Lamu", "amount": 4})
    gap = wb.gap(asked, asked.assign(amount=[6, 4]))
    people = pd.Series({"Turkana": 1_000_000, "Lamu": 100_000})
    assert gap.per_head(people)["gap_per_head"].tolist() == [4.0, 0.0]
    # Without any: the census of 2019 counted 926,976 persons in Turkana.
    assert gap.per_head().set_index("county").loc["Turkana", "gap_per_head"] == pytest.approx(4e6 / 926_976)
    with pytest.raises(LabelError, match="did you mean 'Turkanna'"):
        gap.per_head(people.rename({"Turkana": "Turkanna"}))


def test_establishment_of_section_6_4(plan: Package) -> None:
    posts = plan.table("staffing")
    assert len(posts) == 228
    pay = pd.DataFrame({"job_group": list("ABCDEFGHJKLMNPQRSTUV"), "annual_kes": 1000.0, "mark": "illustrative"})
    found = staffing(posts, pay, scale="one for all")
    assert (posts["approved"].sum(), posts["proposed"].sum()) == (383, 604)
    assert found.missing == 218
    # Two new posts (policy advisors) have no job group, so their pay is unknown.
    assert found.cost == 216_000
    wrong = found.posts[found.posts["variance_agrees"].eq(False).fillna(False)]
    assert len(wrong) == 7
    assert "Assistant Inspector General" in set(wrong["post"])
    inspectorate = found.table.set_index("unit").loc["INSPECTORATE OF STATE CORPORATIONS"]
    assert (inspectorate["approved"], inspectorate["proposed"], inspectorate["missing"]) == (36, 90, 54)
    both = found.by("unit", "job_group")
    assert both["missing"].sum() == 218
    assert both.set_index(["unit", "job_group"]).index.is_unique
    with pytest.raises(UnknownNameError, match="did you mean 'job_group'"):
        found.by("job_groups")
    assert found.illustrative
    assert "no published figure" in found.against(132e6)
    requirement = found.requirements("2009/10")
    assert wb.gap(requirement, requirement.assign(stage="allocation", amount=0.0)).gap == 216_000


def test_pay_of_several_groups_and_a_broken_scale() -> None:
    posts = pd.DataFrame(
        {"unit": "U", "section": None, "post": "D", "job_group": ["J/K/L"], "approved": [1], "proposed": [3],
         "variance": [2], "source": "s", "locator": "l", "mark": "certain"}
    )  # fmt: skip
    pay = pd.DataFrame({"job_group": list("JKL"), "annual_kes": [1.0, 2.0, 4.0], "mark": "illustrative"})
    costs = [staffing(posts, pay, scale="s", pick=pick).cost for pick in ("lowest", "middle", "highest")]
    assert costs == [2.0, 4.0, 8.0]
    with pytest.raises(InputError) as refusal:
        staffing(posts, pay.assign(job_group=["J", "J", "L"], annual_kes=[1, 2, -4]), scale="s")
    assert len(refusal.value.faults) == 2


def test_planned_activities_that_are_funded() -> None:
    table = pd.DataFrame({"activity": list("abcde"), "cost": [4, 4, 4, None, 0], "money": [4, 1, 0, 3, 0]})
    found = activities_funded(table, unit="KES million")
    assert found.counts == {"in full": 2, "in part": 1, "not": 1, "unknown": 1}
    assert found.share_funded == 0.5
    assert "KSh 7 million is lacking" in found.summary()
    with pytest.raises(InputError, match="did you mean 'costs'"):
        activities_funded(table.rename(columns={"cost": "costs"}))


def test_the_activities_of_the_implementation_plan(plan: Package) -> None:
    planned = plan.table("implementation_plan")
    bare = activities_funded(planned)
    assert bare.counts["unknown"] == len(planned)
    assert "gives no cost and no money" in bare.summary()
    amounts = pd.DataFrame({"row": [1, 2, 3], "cost": [4.0, 4.0, 4.0], "money": [4.0, 1.0, 0.0]})
    found = activities_funded(planned, amounts, unit="KES million")
    assert found.counts == {"in full": 1, "in part": 1, "not": 1, "unknown": len(planned) - 3}
    assert found.share_funded == pytest.approx(1 / 3)
    objectives = found.by("objective").set_index("objective")
    first = objectives.loc["Organizational restructuring and development"]
    assert (first["in full"], first["cost"], first["money"]) == (1, 12e6, 5e6)
    assert objectives["unknown"].sum() == len(planned) - 3
    assert len(found.sources) == len(planned)
    with pytest.raises(LabelError) as refusal:
        activities_funded(planned, pd.DataFrame({"row": [1, 1, 900], "cost": 1.0, "money": 1.0}))
    assert len(refusal.value.faults) == 2
    with pytest.raises(InputError) as bad:
        activities_funded(planned, pd.DataFrame({"line": [1], "cost": 1.0}))
    assert len(bad.value.faults) == 2
