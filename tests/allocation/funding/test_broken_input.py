"""Broken input is refused in words, all of it at once, and nothing unknown becomes zero."""

import numpy as np
import pandas as pd
import pytest

from workbench.allocation.funding import GrowthLimit, Leximin, Nearest, ShareLimit, Weighted, fund
from workbench.errors import InputError, LabelError, WorkbenchError

ASKED = pd.Series({"Roads": 60.0, "Clinics": 40.0})
YEARLY = pd.Series({("Roads", "2009/10"): 60.0, ("Clinics", "2009/10"): 40.0, ("Roads", "2010/11"): 60.0})
TABLE = pd.DataFrame({"programme": ["Roads", "Clinics"], "sector": ["Works", "Health"], "amount": [60.0, 40.0]})


def refusal(*arguments, **options):
    with pytest.raises(WorkbenchError) as caught:
        fund(*arguments, **options)
    return caught.value


def test_all_faults_are_told_at_once():
    error = refusal(
        pd.Series({"Roads": 60.0, "Clinics": np.nan, "Dams": -1.0}),
        -5,
        floors={"Road": 5, "Clinics": "many"},
        weights={"Roads": 1},
        lumps=["Dam"],
    )
    assert isinstance(error, InputError)
    text = str(error)
    for said in (
        "'Clinics' has no request: unknown is not zero",
        "'Dams' has a negative request: -1.0",
        "'the envelope' has a negative amount: -5",
        "'Road' has a floor but no request (did you mean 'Roads'?)",
        "'Clinics' has a floor that is no number: 'many'",
        "'Clinics' has no weight",
        "'Dams' has no weight",
        "'Dam' is to be funded whole but has no request (did you mean 'Dams'?)",
    ):
        assert said in text
    assert len(error.faults) == 8


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"floors": {"Clinic": 1}}, "did you mean 'Clinics'?"),
        ({"ceilings": pd.Series([5], index=pd.Index(["Helth"], name="sector"))}, "did you mean 'Health'?"),
        ({"ceilings": pd.Series([5], index=pd.Index(["Health"], name="sektor"))}, "did you mean 'sector'?"),
        ({"weights": {"Roads": 1}}, "'Clinics' has no weight"),
        ({"objective": Nearest({"Roads": 1})}, "'Clinics' has no proposal"),
        ({"lumps": ["Clinic"]}, "did you mean 'Clinics'?"),
        (
            {"shares": ShareLimit(name="s", where={"sector": "Helth"}, of="funded", minimum=0.1)},
            "did you mean 'Health'?",
        ),
        (
            {"shares": ShareLimit(name="s", where={"sectr": "Health"}, of="funded", minimum=0.1)},
            "did you mean 'sector'?",
        ),
        ({"growth": GrowthLimit(maximum=0.1)}, "have no financial_year"),
        ({"floors": pd.Series([1, 2], index=["Roads", "Roads"])}, "'Roads' stands twice in the floors"),
    ],
)
def test_labels_align_exactly_or_raise(options, said):
    error = refusal(TABLE, 50, **options)
    assert isinstance(error, LabelError)
    assert said in str(error)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"floors": {"Roads": np.nan}}, "'Roads' has no floor: unknown is not zero"),
        ({"ceilings": {"Roads": np.inf}}, "without end ceiling"),
        ({"floors": {"Roads": True}}, "no number"),
        ({"weights": {"Roads": -1, "Clinics": 1}}, "negative weight"),
        ({"shares": ShareLimit(name="s", where={"sector": "Health"}, of="funded", minimum=30)}, "0.3 is 30 per cent"),
        ({"shares": ShareLimit(name="s", where={"sector": "Health"}, of="funded")}, "neither a minimum nor a maximum"),
        ({"shares": ShareLimit(name="s", where={}, of="funded", minimum=0.3)}, "says of no lines"),
        (
            {"shares": ShareLimit(name="s", where={"sector": "Health"}, of="fundd", minimum=0.1)},
            "did you mean 'funded'?",
        ),
        (
            {"shares": ShareLimit(name="s", where={"sector": "Health"}, of="funded", minimum=0.4, maximum=0.3)},
            "above its maximum",
        ),
        ({"objective": "leximin", "weights": {"Roads": 1, "Clinics": 2}}, "no use for weights"),
        ({"objective": Leximin(), "lumps": ["Roads"]}, "cannot raise the worst-funded"),
        ({"objective": "nearest"}, "write objective=Nearest(proposal)"),
        ({"objective": "leximim"}, "did you mean 'leximin'?"),
        ({"unit": "KES millon"}, "did you mean 'KES million'?"),
        ({"floors": TABLE.assign(unit="KES")[["programme", "amount", "unit"]]}, "bring it to KES million"),
    ],
)
def test_values_that_cannot_be_used_are_refused(options, said):
    error = refusal(TABLE, 50, **options)
    assert isinstance(error, InputError)
    assert said in str(error)


@pytest.mark.parametrize(
    ("requests", "said"),
    [
        (TABLE.assign(amount=["sixty", 40]), "'Roads' has a request that is no number: 'sixty'"),
        (pd.concat([TABLE, TABLE]), "'Roads' stands twice in the requests"),
        (TABLE.rename(columns={"amount": "amout"}), "did you mean 'amout'?"),
        (TABLE.rename(columns={"programme": "programe"}), "did you mean 'programe'?"),
        (TABLE.assign(programme=["Roads", None]), "is missing in the requests"),
        (TABLE.assign(unit=["KES million", "KES milion"]), "did you mean 'KES million'?"),
        (TABLE.assign(unit=["KES million", None]), "has no unit"),
        (TABLE.assign(financial_year=["2009/10", "2009/11"]), "is no financial year"),
        (TABLE.iloc[:0], "there are no requests"),
        ({"Roads": 1}, "give a pandas Series"),
    ],
)
def test_requests_that_cannot_be_used_are_refused(requests, said):
    assert said in str(refusal(requests, 50))


@pytest.mark.parametrize(
    ("envelope", "options", "said"),
    [
        ({"2009/10": 10}, {}, "'2010/11' has requests but no amount of the envelope"),
        ({"2009/10": 10, "2010/11": 1, "2011/12": 1}, {}, "'2011/12' has an amount of the envelope but no request"),
        ({"2009/10": 10, "2010/12": 1}, {}, "its two years do not follow each other"),
        ({"2009/10": 10, "2009-10": 1, "2010/11": 1}, {}, "stands twice in the envelope"),
        ({"2009/10": 10, "2010/11": None}, {}, "'envelope 2010/11' has no amount"),
        (10, {"floors": {"Roads": 1}}, "'each year' and 'all years' may stand for a year"),
        (10, {"ceilings": pd.Series([1.0], index=pd.Index(["Roads"], name="programme"))}, "does not say for which"),
        (10, {"ceilings": {("Roads", "2012/13"): 1}}, "has a ceiling but no request"),
        (
            10,
            {"shares": ShareLimit(name="s", where={"programme": "Roads"}, of="envelope", minimum=0.1)},
            "give the envelope by year",
        ),
        (10, {"growth": GrowthLimit(maximum=0.1, base={"Road": 5})}, "did you mean 'Roads'?"),
        (10, {"growth": GrowthLimit(minimum=-2)}, "is no growth"),
    ],
)
def test_years_align_exactly_or_raise(envelope, options, said):
    assert said in str(refusal(YEARLY, envelope, **options))


@pytest.mark.parametrize(
    "steps",
    [[], [(0.5, 1.0)], [(0.5, 0.5), (1.0, 1.0)], [(1.0, -1.0)], [(0.6, 1.0), (0.5, 1.0), (1.0, 0.1)], [(1, np.nan)]],
)
def test_steps_that_are_no_diminishing_returns_are_refused(steps):
    with pytest.raises(InputError, match=r"parts of a request|diminishing returns"):
        Weighted(steps=steps)


def test_a_fiscal_rule_that_is_no_share_is_refused():
    row = {
        "rule": "contingencies_fund",
        "level": "national",
        "limit": "maximum",
        "value": 10**10,
        "unit": "KES",
        "law": "",
    }
    with pytest.raises(InputError, match="is no share"):
        ShareLimit.from_fiscal_rule(row, where={"sector": "x"}, of="funded")


def test_units_that_look_mixed_up_are_pointed_out():
    assert any("one unit" in note for note in fund(ASKED * 1e6, 50).notes)
    assert not any("one unit" in note for note in fund(ASKED, 50).notes)


def test_one_envelope_for_several_years_is_pointed_out():
    assert any("one pool for 2 financial years" in note for note in fund(YEARLY, 50).notes)
