"""The one table's audit on figures small enough to add up by eye, and on the seeds' and facts' own tables."""

import pandas as pd
import pytest

from workbench.audit import FINDING_COLUMNS, audit, findings_touching, recompute
from workbench.datasets import open_package
from workbench.errors import InputError

COLUMNS = ["table", "row", "label", "line", "parent", "stage", "economic_class", "financial_year", "printed", "unit"]


def figures(*rows, **columns):
    """One table from (row, line, parent, printed), the rest the same for all."""
    shared = {"table": "1", "stage": "requirement", "economic_class": "total", "financial_year": "2009/10",
              "unit": "KES million", **columns}  # fmt: skip
    frame = pd.DataFrame(
        [{"row": row, "line": line, "parent": parent, "printed": printed, "label": f"Row {row}", **shared}
         for row, line, parent, printed in rows],
        columns=[*COLUMNS, *[name for name in columns if name not in COLUMNS]],
    )  # fmt: skip
    return frame.assign(amount=float("nan"), parent=frame["parent"].astype("Int64"))


def one(found):
    assert len(found.findings) == 1, found.findings["message"].tolist()
    return found.findings.iloc[0]


def test_a_total_that_equals_its_rows_is_right():
    found = audit(figures((1, "item", 3, "260"), (2, "item", 3, "270"), (3, "total", None, "530")))
    assert found.findings.empty
    assert found.counts == {"checked": 1, "right": 1, "rounded": 0, "wrong": 0}


def test_half_a_unit_an_addend_and_of_the_total_is_rounding_and_no_more():
    # Two rows and a total, each to the nearest whole: 0.5 x 3 = 1.5, so that 1 apart can be rounding, 2 cannot.
    assert (
        one(audit(figures((1, "item", 3, "10"), (2, "item", 3, "10"), (3, "total", None, "21")))).severity == "rounding"
    )
    wrong = one(audit(figures((1, "item", 3, "10"), (2, "item", 3, "10"), (3, "total", None, "22"))))
    assert (wrong.severity, wrong.check, wrong.computed, wrong.difference) == ("error", "footing", 20.0, 2.0)


def test_the_tolerance_shrinks_with_the_printed_decimals():
    # 0.05 x 3 = 0.15 where one decimal is printed.
    cents = figures((1, "item", 3, "10.0"), (2, "item", 3, "10.0"), (3, "total", None, "20.1"))
    assert one(audit(cents)).severity == "rounding"
    assert one(audit(cents.replace("20.1", "20.2"))).severity == "error"


def test_a_printed_dash_is_nil_exactly_and_widens_nothing():
    # 10 and a dash can be 10.5 at most; with 11 printed, 10.5 is reached by both ends; 12 is out of reach.
    dash = figures((1, "item", 3, "10"), (2, "item", 3, "-"), (3, "total", None, "12"))
    assert one(audit(dash)).severity == "error"


def test_a_blank_is_unknown_and_a_total_over_it_is_not_called_wrong():
    found = audit(figures((1, "item", 3, "10"), (2, "item", 3, ""), (3, "total", None, "30")))
    assert found.findings.empty
    assert found.counts["checked"] == 0


def test_a_blank_is_nil_in_a_table_that_shows_that_it_prints_nil_as_a_blank():
    rows = [(1, "item", 3, "10"), (2, "item", 3, ""), (3, "total", None, "10")]
    other = [(1, "item", 3, "10"), (2, "item", 3, ""), (3, "total", None, "30")]
    both = pd.concat([figures(*rows), figures(*other, financial_year="2010/11")])
    finding = one(audit(both))
    assert (finding.severity, finding.financial_year, finding.computed) == ("error", "2010/11", 10.0)
    assert "the blank in row 2" in finding.message.lower()
    assert "would have to be 20" in finding.message


def test_a_wrong_subtotal_explains_the_total_above_it():
    found = audit(
        figures((1, "item", 3, "362"), (2, "item", 3, "1,793"), (3, "subtotal", 5, "2,255"), (4, "subtotal", 5, "1,490"),
                (5, "total", None, "3,645"))
    )  # fmt: skip
    messages = found.errors.set_index("row")["message"]
    assert "with 2,155 the total that it goes into foots" in messages[3]
    assert "The subtotal in row 3 is wrong: with 2,155 the total foots" in messages[5]


def test_a_deficit_of_the_right_size_and_the_wrong_sign_is_an_error():
    frame = pd.concat([
        figures((1, "total", None, "2,189,978,136"), unit="KES"),
        figures((2, "total", None, "2,377,400,000"), unit="KES", stage="allocation"),
        figures((3, "difference", None, "187,421,864"), unit="KES", stage=None, economic_class=None),
    ]).assign(label=["Requirements", "Allocations", "Deficit"])  # fmt: skip
    finding = one(audit(frame))
    assert (finding.check, finding.severity, finding.computed) == ("difference", "error", -187_421_864.0)
    assert "it is a surplus, not a deficit" in finding.message
    assert audit(frame.replace("187,421,864", "(187,421,864)")).findings.empty


@pytest.mark.parametrize(
    ("printed", "severity"),
    [("57", None), ("56.8", None), ("56", "error"), ("58", "error"), ("56.9", "error")],
)
def test_a_percentage_is_checked_against_its_own_decimals(printed, severity):
    # 25,684.21 of 45,216.57 is 56.80 percent (Table 4.142, National Referral Services).
    frame = pd.concat([
        figures((1, "item", None, "45216.57"), stage="revised"),
        figures((1, "item", None, "25684.21"), stage="expenditure"),
        figures((1, "ratio", None, printed), stage=None, unit="percent"),
    ])  # fmt: skip
    found = audit(frame)
    assert [finding.severity for finding in found.findings.itertuples()] == ([] if severity is None else [severity])


def test_recurrent_and_development_must_add_to_the_total():
    parts = [("recurrent", "544.00"), ("development", "10.00"), ("total", "554.02")]
    frame = pd.concat([figures((1, "item", None, printed), economic_class=name) for name, printed in parts])
    finding = one(audit(frame))
    # Three halves of 0.01 are 0.015: 0.02 apart is out of reach.
    assert (finding.check, finding.severity, finding.computed) == ("cross-footing", "error", 554.0)


def test_a_row_that_repeats_the_sum_of_others_is_named_and_the_total_explained():
    # Table 4.101, development: 64.90 stands for one sub-programme and again for its programme.
    recurrent = [(1, "item", 5, "31925.51"), (2, "item", 5, "1204.85"), (3, "item", 5, "33130.36"),
                 (4, "item", 5, "2205.02"), (5, "total", None, "35335.38")]  # fmt: skip
    found = audit(figures(*recurrent))
    assert list(found.errors["check"]) == ["duplicated subtotal", "footing"]
    assert "33130.36 = 31925.51 + 1204.85" in found.errors["message"][0]
    assert "without it the total foots" in found.errors["message"][1]


def test_a_row_that_only_looks_like_a_sum_is_left_alone_where_the_total_foots():
    rows = [(1, "item", 4, "1000"), (2, "item", 4, "2000"), (3, "item", 4, "3000"), (4, "total", None, "6000")]
    assert audit(figures(*rows)).findings.empty


def test_a_cell_in_thousands_among_millions_is_a_unit_slip():
    found = audit(figures((1, "item", 3, "260"), (2, "item", 3, "270,000"), (3, "total", None, "530")))
    assert set(found.errors["check"]) == {"footing", "unit slip"}
    slip = found.errors[found.errors["check"] == "unit slip"].iloc[0]
    assert (slip.row, slip.computed) == (2, 270.0)


def test_a_slip_shows_among_the_years_of_a_row_without_any_total():
    years = ["2009/10", "2010/11", "2011/12", "2012/13"]
    frame = pd.concat([
        figures((1, "item", None, printed), financial_year=year)
        for year, printed in zip(years, ["260", "262", "262,000", "350"], strict=True)
    ])  # fmt: skip
    assert one(audit(frame)).check == "unit slip"
    assert audit(frame.replace("262,000", "2,620")).findings.empty


def test_an_unreadable_cell_is_told_and_never_read():
    found = audit(figures((1, "item", 3, "2,603,.52"), (2, "item", 3, "10"), (3, "total", None, "2,613.52")))
    finding = one(found)
    assert (finding.check, finding.printed, finding.computed) == ("unreadable cell", "2,603,.52", 2603.52)
    assert pd.isna(found.cells["amount"][0])


def test_the_odd_one_of_three_statements_is_found():
    frame = pd.concat([
        figures((1, "total", None, "2,055"), table="8.1.1"),
        figures((1, "total", None, "1,897,000,000"), table="8.2", unit="KES", economic_class=None),
        figures((1, "total", None, "1,897"), table="text"),
    ])  # fmt: skip
    errors = audit(frame).errors
    assert [(row.table, row.check) for row in errors.itertuples()] == [("8.1.1", "restatement")]


def test_a_statement_to_the_shilling_of_what_stands_in_millions_is_rounding():
    frame = pd.concat([
        figures((1, "total", None, "3,162"), table="8.1.0"),
        figures((1, "total", None, "3,161,700,000"), table="8.2", unit="KES"),
    ])  # fmt: skip
    assert one(audit(frame)).severity == "rounding"


def test_a_missing_column_is_told():
    with pytest.raises(InputError, match="amount"):
        audit(pd.DataFrame({"table": ["1"]}))


def test_computed_figures_never_touch_an_item_and_say_what_changed():
    plan = open_package("opm-strategic-plan")
    printed, computed = plan.as_printed, plan.as_computed
    items = printed["line"] == "item"
    pd.testing.assert_series_equal(printed.loc[items, "amount"], computed.loc[items, "amount"])
    assert not computed.loc[items, "recomputed"].any()
    assert not printed["recomputed"].any()
    allocated = computed[(computed["table"] == "8.1.1") & (computed["financial_year"] == "2009/10")]
    by_row = allocated.set_index("row")["amount"]
    # 134 + 134 + 427 + 30, 80 + 161 + 184 + 765, and their sum.
    assert (by_row[6], by_row[12], by_row[13]) == (725, 1190, 1915)


def test_a_total_over_an_unknown_item_is_computed_as_unknown():
    frame = figures((1, "item", 3, "10"), (2, "item", 3, ""), (3, "total", None, "30"))
    assert pd.isna(recompute(frame)["amount"].iloc[2])


def test_findings_touch_the_totals_above_the_figures_used_and_no_others():
    plan = open_package("opm-strategic-plan")
    programme = (plan.figures["programme"] == "Prime Minister's Affairs") & (plan.figures["line"] == "item")
    used = plan.figures[programme & (plan.figures["table"] == "8.1.1")]
    touching = findings_touching(plan.audit().findings, used, whole=plan.figures)
    assert set(zip(touching["row"], touching["financial_year"], strict=True)) == {(6, "2009/10"), (13, "2009/10")}


def test_every_finding_has_the_promised_columns():
    assert list(open_package("counties").audit().findings.columns) == list(FINDING_COLUMNS)
