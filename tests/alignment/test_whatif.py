"""Changes to a position: before and after, to the shilling."""

from __future__ import annotations

import pytest

import workbench as wb
from workbench.alignment import ChangeShares, Cut, CutProgramme, MoveVote, Shift, programmes, what_if
from workbench.errors import InputError, UnknownNameError, WorkbenchError

ROADS = "State Department for Roads"
TREASURY = "The National Treasury"


@pytest.fixture(scope="module")
def view() -> wb.Alignment:
    return wb.align()


def test_shifted_money_arrives(view: wb.Alignment) -> None:
    result = what_if(view, Shift(TREASURY, ROADS, 5e9))
    moved = result.by_plan.set_index("plan_code")["difference"]
    assert moved["infrastructure"] == 5_000_000_000
    assert moved["finance-production"] == -5_000_000_000
    assert result.after.total == view.total
    assert result.table.set_index("measure").loc["distance", "difference"] == pytest.approx(
        result.after.distance - view.distance
    )


def test_a_cut_leaves_the_total_less(view: wb.Alignment) -> None:
    assert what_if(view, Cut(ROADS, part=0.1)).after.total == view.total - 19_660_000_000  # a tenth of 196.60 billion
    assert what_if(view, Cut(ROADS, amount=1e9)).after.total == view.total - 1_000_000_000


def test_a_moved_vote_changes_structure_only(view: wb.Alignment) -> None:
    result = view.what_if(MoveVote("State Department for Forestry", "ARUD"))
    assert result.after.distance == view.distance
    assert result.after.v_measure != view.v_measure
    assert result.after.by_sector.set_index("sector").loc["ARUD", "amount"] == 81_440_000_000 + 12_230_000_000


def test_changed_shares_are_illustrative_and_counted(view: wb.Alignment) -> None:
    result = what_if(view, ChangeShares("Ministry of Defence", {"governance": 1.0}))
    assert result.after.unlinked == 58_650_000_000  # the National Intelligence Service is left
    assert result.illustrative
    with pytest.raises(InputError, match=r"add to 0\.5"):
        what_if(view, ChangeShares(ROADS, {"social": 0.5}))
    with pytest.raises(InputError, match="did you mean 'social'"):
        what_if(view, ChangeShares(ROADS, {"socail": 1}))
    with pytest.raises(InputError, match="no share from 0 to 1"):
        what_if(view, ChangeShares(ROADS, {"social": 2, "governance": -1}))


def test_a_programme_is_cut_by_what_is_published_of_it(view: wb.Alignment) -> None:
    table = programmes(ROADS)
    name = table["programme"].iloc[0]
    amount = table[(table["programme"] == name) & (table["stage"] == "revised")]["amount"].iloc[0]
    assert what_if(view, CutProgramme(ROADS, name, 0.5)).after.total == pytest.approx(view.total - amount / 2, abs=1)
    with pytest.raises(UnknownNameError):
        what_if(view, CutProgramme(ROADS, "Road Trasport of another kind"))
    with pytest.raises(UnknownNameError, match="published programmes"):
        programmes(TREASURY)


def test_before_is_left_as_it_was(view: wb.Alignment) -> None:
    total, distance = view.total, view.distance
    what_if(view, [Cut(ROADS, part=0.5), MoveVote(ROADS, "GECA"), ChangeShares(ROADS, {"unlinked": 1})])
    assert (view.total, view.distance) == (total, distance)
    assert "KSh 196.6 billion: 100% of State Department for Roads (EIICT) to infrastructure" in view.explain(ROADS)


def test_what_cannot_be_is_told(view: wb.Alignment) -> None:
    with pytest.raises(InputError, match="less than nothing"):
        what_if(view, Shift("Witness Protection Agency", ROADS, 1e12))
    with pytest.raises(UnknownNameError, match=f"did you mean '{ROADS}'"):
        what_if(view, MoveVote("State Department of Roads", "GECA"))
    with pytest.raises(WorkbenchError, match="an amount or a part"):
        what_if(view, Cut(ROADS))


def test_every_fault_of_every_change_is_told_at_once(view: wb.Alignment) -> None:
    with pytest.raises(InputError) as refused:
        what_if(
            view,
            [
                MoveVote("State Department of Roads", " "),
                Cut(ROADS, part=0.1),
                ChangeShares(ROADS, {"socail": 0.5, "governance": 0.2}),
                Shift("Nowhere", "Nobody", 1e9),
                Cut(TREASURY, amount=1e15),
                CutProgramme(ROADS, "Road Trasport of another kind"),
                CutProgramme(ROADS, "Road Transport", 2),
            ],
        )
    told = [str(fault) for fault in refused.value.faults]
    assert len(told) == 9, told
    assert told[0].startswith("change 1, MoveVote: 'State Department of Roads' is no known budget line (did you mean")
    assert "needs a sector" in told[1]
    assert told[2].startswith("change 3, ChangeShares: 'socail' is no known plan code (did you mean 'social'?)")
    assert "add to 0.7" in told[3]
    assert all(one.startswith("change 4, Shift: 'No") for one in told[4:6])
    assert "change 5" in told[6]
    assert "less than nothing" in told[6]
    assert "programme of State Department for Roads" in told[7]
    assert "is no part from 0 to 1" in told[8]


@pytest.mark.parametrize("amount", [float("nan"), float("inf"), -1e9])
def test_an_amount_that_is_none_is_refused(view: wb.Alignment, amount: float) -> None:
    with pytest.raises(InputError, match="is no amount to shift"):
        what_if(view, Shift(TREASURY, ROADS, amount))


def test_cents_of_a_cut_are_not_lost(view: wb.Alignment) -> None:
    result = what_if(view, [Cut(ROADS, amount=0.5), Cut(TREASURY, amount=0.5)])
    assert result.after.total == view.total - 1
    assert result.after.linked + result.after.unlinked == result.after.total


def test_a_scenario_on_certain_links_is_still_a_scenario(view: wb.Alignment) -> None:
    sure = view.links[["budget_code", "plan_code", "share", "reason"]].assign(
        mark="certain", valid_from=None, valid_to=None
    )
    result = what_if(wb.align(crosswalk=sure), Cut(ROADS, part=0.1))
    assert not result.before.illustrative
    assert result.illustrative
