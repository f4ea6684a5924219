"""The shipped alignment on real figures, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import workbench as wb
from workbench.alignment import Alignment, compare_crosswalks, shipped_plans
from workbench.errors import InputError, UnknownNameError


@pytest.fixture(scope="module")
def view() -> Alignment:
    return wb.align(wb.open_package("mtp-mtef"), financial_year="2024/25")


def test_the_81_votes_of_2024_25_are_all_there(view: Alignment) -> None:
    # NGBIRR-25: revised gross by sector adds to 2,382.94; the 162 cells of two decimals, added up, to 2,382.96.
    assert view.links["budget_code"].nunique() == 81
    assert view.total == 2_382_960_000_000
    printed = wb.open_package("national-budget").table("sector_stages")
    revised = printed[(printed["stage"] == "revised") & (printed["financial_year"] == "2024/25")]
    by_sector = view.by_sector.set_index("sector")["amount"] / 1e9
    for row in revised.itertuples():
        assert by_sector[row.sector] == pytest.approx(row.amount, abs=0.0201)


def test_the_plan_is_the_five_way_grouping_with_its_money(view: Alignment) -> None:
    # K24 Digital on the FY 2024/25 budget: 100.5, 86.6, 46.2, 22.1, 28.1 billion.
    assert view.plan["amount"].tolist() == pytest.approx([100.5e9, 86.6e9, 46.2e9, 22.1e9, 28.1e9])
    assert view.by_plan["plan_share"].sum() == pytest.approx(1)


def test_defence_and_intelligence_have_no_place_in_the_five_groups(view: Alignment) -> None:
    assert set(view.unlinked_lines["budget_code"]) == {"Ministry of Defence", "National Intelligence Service"}
    assert view.unlinked == 238_350_000_000  # 179.70 + 58.65 billion
    assert "guess" in view.explain("Ministry of Defence")


def test_every_result_over_an_illustrative_crosswalk_says_so(view: Alignment) -> None:
    assert view.illustrative
    assert "Illustrative" in view.summary()
    assert view.to_dict()["illustrative"] is True
    assert any("illustrative" in note for note in view.notes)
    assert "Illustrative" in view._repr_html_()


def test_a_crosswalk_without_illustrative_rows_does_not_say_so(view: Alignment) -> None:
    sure = view.linked_lines.table[["budget_code", "plan_code", "share", "reason"]].assign(
        mark="certain", valid_from=None, valid_to=None
    )
    result = wb.align(crosswalk=sure)
    assert not result.illustrative
    assert "Illustrative" not in result.summary()
    assert result.distance == view.distance


@pytest.mark.parametrize("plan", ["vision-2030", "national-priorities"])
def test_a_plan_without_money_has_no_distance_and_says_so(plan: str) -> None:
    result = wb.align(plan=plan)
    assert result.distance is None
    assert result.index is None
    assert len(result.moves) == 0
    assert "distance is not given" in result.summary()
    assert any("distance is not given" in note for note in result.notes)
    assert result.v_measure is not None
    assert result.linked + result.unlinked == result.total


def test_every_link_has_a_reason_and_a_mark() -> None:
    package = wb.open_package("mtp-mtef")
    for plan in shipped_plans()["plan"]:
        links = wb.align(package, plan=plan).links
        assert links["reason"].str.len().min() > 10
        assert set(links["mark"]) == {"illustrative"}


def test_the_year_and_the_stage_decide(view: Alignment) -> None:
    spent = wb.align(stage="expenditure")
    assert spent.stage == "expenditure"
    assert spent.total == 2_212_370_000_000
    assert view.stage == "revised"
    with pytest.raises(UnknownNameError, match=r"did you mean .revised."):
        wb.align(stage="revisd")
    with pytest.raises(UnknownNameError, match="2024/25"):
        wb.align(financial_year="2023/24")


def test_unknown_names_are_told_with_the_nearest(view: Alignment) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'vision-2030'"):
        wb.align(plan="vision-203")
    with pytest.raises(UnknownNameError, match="did you mean 'State Department for Roads'"):
        view.explain("State Department of Roads")


def test_explain_tells_of_plans_sectors_and_votes(view: Alignment) -> None:
    assert "State Department for Roads" in view.explain("infrastructure")
    assert "Teachers Service Commission" in view.explain("Education")
    assert "70%" in view.explain("State Department for Housing and Urban Development")


def test_a_plan_of_ones_own_needs_a_crosswalk(tmp_path: Path) -> None:
    plan = pd.DataFrame({"plan_code": ["a"], "label": ["A"], "amount": [1], "unit": ["KES"]})
    with pytest.raises(InputError, match="needs a crosswalk"):
        wb.align(plan=plan)


def _budget(**columns: list[object]) -> pd.DataFrame:
    base: dict[str, list[object]] = {
        "budget_code": ["a", "b"], "label": ["A", "B"], "sector": ["S", "S"], "amount": ["1", "2"],
        "unit": ["KES million"] * 2,
    }  # fmt: skip
    return pd.DataFrame(base | columns)


PLAN = pd.DataFrame({"plan_code": ["p", "q"], "label": ["P", "Q"], "amount": ["1", ""], "unit": ["KES million"] * 2})
CROSSWALK = pd.DataFrame({"budget_code": ["a", "b"], "plan_code": ["p", "unlinked"], "share": ["1", "1"],
                          "reason": "r", "mark": "certain", "valid_from": "", "valid_to": ""})  # fmt: skip


def test_an_orphan_is_a_plan_sector_without_money() -> None:
    result = wb.align(plan=PLAN, budget=_budget(), crosswalk=CROSSWALK)
    assert result.to_dict()["orphans"] == ["q"]
    assert result.to_dict()["by_plan"] == {"p": 1_000_000, "q": 0}
    assert result.distance is None  # q's amount is unknown, and unknown is not zero
    assert result.financial_year is None


def test_every_fault_of_a_budget_is_told_at_once() -> None:
    budget = _budget(amount=["1,2,3", ""], unit=["KES million", "KES milion"], sector=["", "S"])
    with pytest.raises(InputError) as refused:
        wb.align(plan=PLAN, budget=budget, crosswalk=CROSSWALK)
    text = str(refused.value)
    assert len(refused.value.faults) == 4, text
    assert "unknown is not zero" in text
    with pytest.raises(InputError, match="did you mean 'KES million'"):
        wb.align(plan=PLAN, budget=_budget(unit=["KES million", "KES milion"]), crosswalk=CROSSWALK)
    with pytest.raises(InputError, match="is negative"):
        wb.align(plan=PLAN, budget=_budget(amount=["(1)", "2"]), crosswalk=CROSSWALK)
    with pytest.raises(InputError, match="repeats row 2"):
        wb.align(plan=PLAN, budget=_budget(budget_code=["a", "a"]), crosswalk=CROSSWALK)


def test_several_years_need_a_choice() -> None:
    budget = _budget(budget_code=["a", "a"], financial_year=["2023/24", "FY 2024/2025"])
    crosswalk = CROSSWALK.iloc[:1]
    with pytest.raises(InputError, match="choose one of 2023/24, 2024/25"):
        wb.align(plan=PLAN, budget=budget, crosswalk=crosswalk)
    assert wb.align(plan=PLAN, budget=budget, crosswalk=crosswalk, financial_year="2024-25").total == 2_000_000


def test_a_plan_may_not_use_the_code_unlinked() -> None:
    with pytest.raises(InputError, match="kept for what is left out"):
        wb.align(plan=PLAN.assign(plan_code=["p", "unlinked"]), budget=_budget(), crosswalk=CROSSWALK)


def test_rows_without_a_reason_are_named() -> None:
    silent = CROSSWALK.assign(reason=["r", ""], mark="illustrative")
    result = wb.align(plan=PLAN, budget=_budget(), crosswalk=silent)
    assert "crosswalk gives no reason in row 3." in result.notes
    assert "The crosswalk is illustrative: every link is a judgement, none is published." in result.notes
    assert "every row" in set(result.sources["locator"])
    assert result.explain("b").endswith("to unlinked. No reason is given. [illustrative]")
    told = compare_crosswalks(CROSSWALK, silent, _budget()).notes
    assert told[-1] == "crosswalk gives no reason in row 3."
    reasoned = wb.align(plan=PLAN, budget=_budget(), crosswalk=CROSSWALK)
    assert "every row, with its reason" in set(reasoned.sources["locator"])
    assert not any("no reason" in note for note in reasoned.notes)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Write a plan, a budget and a crosswalk, each faulty, on three sheets of one workbook."""
    path = tmp_path / "all.xlsx"
    tables = {
        "the plan": PLAN.assign(amount=["one", ""]),
        "the budget": _budget(amount=["1", "(2)"], financial_year=["2024/25", ""]),
        "the links": CROSSWALK.assign(share=["0.5", "2"], plan_code=["p", "qq"]),
    }
    with pd.ExcelWriter(path, engine="xlsxwriter") as writer:
        for sheet, table in tables.items():
            table.to_excel(writer, sheet_name=sheet, index=False)
    return path


def test_faults_in_a_workbook_name_its_sheets(book: Path) -> None:
    with pytest.raises(InputError) as refused:
        wb.align(plan=book, budget=book, crosswalk=book)
    sheets = [(fault.file, fault.sheet) for fault in refused.value.faults]
    assert set(sheets) == {("all.xlsx", name) for name in ("the plan", "the budget", "the links")}
    text = str(refused.value)
    assert "all.xlsx, sheet the plan, row 2, column amount: 'one' is no number" in text
    assert "all.xlsx, sheet the budget, row 3, column amount: '(2)' is negative" in text
    assert "all.xlsx, sheet the budget, row 3, column financial_year: is blank" in text
    assert "all.xlsx, sheet the links, row 3, column plan_code: 'qq' is no known plan code" in text
    assert "all.xlsx, sheet the links, row 2, column share: 'a' has shares that add to 0.5" in text


def test_figures_of_a_workbook_name_its_sheets(tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    with pd.ExcelWriter(path, engine="xlsxwriter") as writer:
        for sheet, table in (("plan", PLAN), ("budget", _budget()), ("links", CROSSWALK)):
            table.to_excel(writer, sheet_name=sheet, index=False)
    result = wb.align(plan=path, budget=path, crosswalk=path)
    assert set(result.sources["locator"]) == {
        "sheet budget, row 2", "sheet budget, row 3", "sheet plan, row 2", "sheet plan, row 3",
        "sheet links, every row, with its reason",
    }  # fmt: skip
    with pytest.raises(UnknownNameError, match=r"all\.xlsx, sheet budget: 'ceiling' is no known stage"):
        wb.align(plan=path, budget=_staged(path, tmp_path), crosswalk=path, stage="ceiling")


def _staged(path: Path, folder: Path) -> Path:
    (folder / "staged").mkdir()
    staged = folder / "staged" / "all.xlsx"
    with pd.ExcelWriter(staged, engine="xlsxwriter") as writer:
        _budget(stage=["revised", "revised"]).to_excel(writer, sheet_name="budget", index=False)
    return staged
