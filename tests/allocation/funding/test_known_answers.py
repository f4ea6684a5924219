"""Small problems whose answers can be worked out on paper."""

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from workbench.allocation.funding import GrowthLimit, Leximin, Nearest, ShareLimit, Weighted, fund
from workbench.errors import InputError, UnknownNameError

# The Strategic Plan's four items of the 2009/10 deficit, KSh millions (chapter 8, items i to iv).
DEFICIT = pd.Series(
    {
        "Strategy and Delivery Unit": 290.6,
        "Mau Task Force, Eastleigh, Kenya We Want": 327.2,
        "Personnel emoluments for new staff": 132.0,
        "Capacity building": 514.0,
    }
)


def test_the_seeds_four_items_cost_more_than_the_500_million_found():
    assert DEFICIT.sum() == pytest.approx(1263.8)


def test_divisible_items_of_equal_weight_are_all_funded_to_the_same_degree():
    result = wb.fund(DEFICIT, 500)
    assert result.ratios.to_numpy() == pytest.approx(np.full(4, 500 / 1263.8))
    # A quarter of every request is worth 1, the next 184.05 million 0.75.
    assert result.value == pytest.approx(1263.8 / 4 + 0.75 * (500 - 1263.8 / 4))


def test_whole_items_are_the_two_that_use_most_of_the_500_million():
    result = wb.fund(DEFICIT, 500, lumps=list(DEFICIT.index))
    # Of all sets that fit: 327.2 + 132.0 = 459.2, 290.6 + 132.0 = 422.6, each alone less; 514.0 does not fit.
    assert result.awards.to_dict() == {
        "Strategy and Delivery Unit": 0.0,
        "Mau Task Force, Eastleigh, Kenya We Want": 327.2,
        "Personnel emoluments for new staff": 132.0,
        "Capacity building": 0.0,
    }
    assert result.whole_shillings().sum() == 459_200_000
    assert result.shadow_prices.empty
    assert "whole or not at all" in result.price_words[0]


def test_one_whole_item_among_divisible_ones_takes_what_it_needs_only_where_that_is_worth_most():
    result = fund(DEFICIT, 500, lumps=["Personnel emoluments for new staff"], objective=Weighted(steps=[(1, 1)]))
    assert result.awards["Personnel emoluments for new staff"] in (0.0, 132.0)
    assert result.awards.sum() == pytest.approx(500)


def test_weights_decide_between_lines():
    result = fund(pd.Series({"a": 10.0, "b": 10.0}), 10, weights={"a": 1, "b": 5}, objective=Weighted(steps=[(1, 1)]))
    assert result.awards.to_dict() == {"a": 0.0, "b": 10.0}


def test_diminishing_returns_fund_first_halves_before_second_halves():
    halves = Weighted(steps=[(0.5, 1.0), (1.0, 0.4)])
    result = fund(pd.Series({"a": 10.0, "b": 20.0}), 18, weights={"a": 2, "b": 1}, objective=halves)
    # Worth a KSh million: a first half 2, b first half 1, a second half 0.8, b second half 0.4: 5 + 10 + 3.
    assert result.awards.to_dict() == pytest.approx({"a": 8.0, "b": 10.0})
    assert result.value == pytest.approx(5 * 2 + 10 * 1 + 3 * 0.8)


def test_leximin_raises_all_to_a_level_and_lets_pass_whom_nothing_holds():
    requests = pd.DataFrame(
        {"programme": list("abcd"), "sector": ["x", "x", "y", "y"], "amount": [10.0, 30.0, 20.0, 40.0]}
    )
    ceiling = pd.Series([8.0], index=pd.Index(["x"], name="sector"))
    result = fund(requests, 50, ceilings=ceiling, objective="leximin")
    # Sector x can have 8 of 40, so both its lines 20 per cent; y gets the other 42 of 60.
    assert result.ratios.to_dict() == pytest.approx({"a": 0.2, "b": 0.2, "c": 0.7, "d": 0.7})
    assert result.value is None
    assert "list of funding ratios" in result.price_words[0]


def test_leximin_stops_a_line_at_its_ceiling_and_goes_on_with_the_rest():
    result = fund(
        pd.Series({"a": 10.0, "b": 10.0, "c": 10.0}), 15, ceilings={"a": 2}, floors={"c": 8}, objective=Leximin()
    )
    assert result.awards.to_dict() == pytest.approx({"a": 2.0, "b": 5.0, "c": 8.0})


def test_nearest_keeps_a_proposal_that_the_limits_allow_and_cuts_the_rest_in_proportion():
    requests = pd.Series({"a": 10.0, "b": 20.0, "c": 30.0})
    proposal = {"a": 5.0, "b": 15.0, "c": 20.0}
    kept = fund(requests, 40, objective=Nearest(proposal))
    assert kept.awards.to_dict() == proposal
    assert kept.value == 0
    cut = fund(requests, 28, floors={"a": 8}, objective=Nearest(proposal))
    # 3 more for a; 20 of the 35 proposed is left for b and c.
    assert cut.awards.to_dict() == pytest.approx({"a": 8.0, "b": 15 * 20 / 35, "c": 20 * 20 / 35})
    assert cut.value == pytest.approx(-(3 + 15))


def test_a_proposal_above_a_request_counts_its_whole_distance():
    result = fund(pd.Series({"a": 10.0}), 50, objective=Nearest({"a": 13.0}))
    assert result.awards["a"] == 10
    assert result.value == pytest.approx(-3)
    assert any("above the request" in note for note in result.notes)


@pytest.mark.parametrize(
    ("of", "development"),
    [
        ("funded", 15.0),  # 30 per cent of the 50 awarded
        ("envelope", 15.0),
        (60.0, 18.0),  # 30 per cent of a base of 60
    ],
)
def test_development_gets_its_30_per_cent_of_the_denominator_that_is_set(of, development):
    rules = pd.DataFrame(wb.open_package("national-budget").table("fiscal_rules"))
    rule = rules[(rules["rule"] == "development_share") & (rules["level"] == "national")].iloc[0]
    requests = pd.DataFrame(
        {"programme": ["salaries", "roads"], "economic_class": ["recurrent", "development"], "amount": [60.0, 40.0]}
    )
    share = ShareLimit.from_fiscal_rule(rule, where={"economic_class": "development"}, of=of)
    result = fund(requests, 50, weights={"salaries": 9, "roads": 1}, shares=share)
    assert result.awards["roads"] == pytest.approx(development)
    assert result.awards.sum() == pytest.approx(50)
    assert "PFM Act 2012" in result.sources["source"].iloc[0]
    assert share.minimum == 0.3


def test_wages_stay_under_35_per_cent_of_revenue_over_the_medium_term():
    requests = pd.DataFrame(
        {
            "programme": ["wages", "goods"] * 2,
            "financial_year": ["2024/25"] * 2 + ["2025/26"] * 2,
            "amount": [50.0, 50.0, 50.0, 50.0],
        }
    )
    wages = ShareLimit(
        name="wages",
        where={"programme": "wages"},
        of={"2024/25": 80.0, "2025/26": 120.0},
        maximum=0.35,
        over="all years",
    )
    result = fund(requests, {"2024/25": 60, "2025/26": 60}, weights=_by_programme(wages=5, goods=1), shares=[wages])
    assert result.awards.xs("wages").sum() == pytest.approx(0.35 * 200)


def test_growth_is_held_between_years_and_to_the_year_before():
    requests = pd.DataFrame(
        {"programme": "a", "financial_year": ["2009/10", "2010/11", "2011/12"], "amount": [100.0, 100.0, 100.0]}
    )
    growth = GrowthLimit(maximum=0.1, minimum=-0.5, base={"a": 40.0})
    result = fund(requests, 1000, growth=growth)
    assert result.awards.to_numpy() == pytest.approx([44.0, 48.4, 53.24])
    poor = fund(requests, {"2009/10": 44, "2010/11": 30, "2011/12": 100}, growth=growth)
    assert poor.awards.to_numpy() == pytest.approx([44.0, 30.0, 33.0])


def test_years_that_do_not_follow_each_other_are_not_compared():
    requests = pd.DataFrame({"programme": "a", "financial_year": ["2009/10", "2011/12"], "amount": [10.0, 100.0]})
    result = fund(requests, 1000, growth=GrowthLimit(maximum=0.1))
    assert result.awards.to_numpy() == pytest.approx([10.0, 100.0])


def test_a_project_over_two_years_is_one_decision():
    requests = pd.Series(
        {("dam", "2009/10"): 6.0, ("dam", "2010/11"): 6.0, ("road", "2009/10"): 5.0, ("road", "2010/11"): 5.0}
    )
    envelope = {"2009/10": 10.0, "2010/11": 5.0}
    assert fund(requests, envelope, lumps=["dam"]).awards.to_numpy() == pytest.approx([0, 0, 5, 5])
    apart = fund(
        requests, envelope, lumps=[("dam", "FY 2009-10"), ("dam", "2010/11")], weights=_by_programme(dam=9, road=1)
    )
    assert apart.awards.to_numpy() == pytest.approx([6, 0, 4, 5])


def test_shillings_and_millions_give_the_same_awards_in_millions():
    millions = fund(DEFICIT, 500, floors={"Capacity building": 300})
    shillings = fund(DEFICIT * 1e6, 500e6, floors={"Capacity building": 300e6}, unit="KES")
    assert shillings.awards.to_numpy() == pytest.approx(millions.awards.to_numpy(), abs=1e-9)
    table = pd.DataFrame({"programme": DEFICIT.index, "amount": DEFICIT.to_numpy() / 1e3, "unit": "KES billion"})
    assert fund(table, 500).awards.to_numpy() == pytest.approx(fund(DEFICIT, 500).awards.to_numpy())


def test_a_ceiling_may_speak_of_each_year_or_of_all_years():
    requests = pd.Series({("a", "2009/10"): 10.0, ("a", "2010/11"): 10.0})
    each = fund(requests, 100, ceilings={("a", "each year"): 4})
    assert each.awards.to_numpy() == pytest.approx([4, 4])
    pooled = fund(requests, 100, ceilings={("a", "all years"): 4})
    assert pooled.awards.sum() == pytest.approx(4)


def test_the_result_can_be_read_and_carried_on():
    result = fund(DEFICIT, 500, floors={"Personnel emoluments for new staff": 132})
    assert result.summary().startswith("KSh 500 million of KSh 1,263.8 million asked for (39.6 per cent) is awarded")
    assert result.explain("Personnel emoluments for new staff").endswith(
        "(100.0 per cent). Its request is met in full."
    )
    assert "envelope" in result.explain("Capacity building")
    with pytest.raises(UnknownNameError, match="did you mean 'Capacity building'"):
        result.explain("Capacity bilding")
    plain = result.to_dict()
    assert sum(plain["awards_kes"]) == 500_000_000
    assert plain["lines"][0]["ceiling"] is None
    assert list(result.tables) == ["awards", "limits", "shadow_prices"]
    assert "500" in result._repr_html_()


def test_the_frontier_shows_where_money_stops_buying():
    frontier = fund(DEFICIT, 500).frontier([0, 500, 763.8, 1000])
    assert frontier["next_million"].tolist() == pytest.approx([0.75, 0.25, 0, 0])
    assert frontier["awarded"].tolist() == pytest.approx([500, 1000, 1263.8, 1263.8])
    assert frontier["lines_in_full"].tolist() == [0, 0, 4, 4]


def test_a_frontier_over_several_envelopes_asks_which():
    two = fund(pd.Series({("a", "2009/10"): 10.0, ("a", "2010/11"): 10.0}), {"2009/10": 1, "2010/11": 1})
    with pytest.raises(InputError, match=r"which of 2 envelopes grows .limit='envelope 2009/10', or envelope 2010/11"):
        two.frontier([1])
    assert two.frontier([1], limit="envelope 2010/11")["awarded"].tolist() == pytest.approx([3])


def test_there_is_no_price_where_none_can_be():
    whole = fund(DEFICIT, 500, lumps=["Capacity building"])
    with pytest.raises(InputError, match="no shadow prices"):
        whole.price("envelope")


def _by_programme(**weights):
    return pd.Series(weights).rename_axis("programme")
