import pytest

from workbench.errors import Fault, InputError, UnknownNameError, nearest, suggestion, unknown_name


def test_a_fault_says_what_where_and_how_to_mend_it():
    fault = Fault(
        what="is no number",
        file="claims.xlsx",
        sheet="Requests",
        row=7,
        column="amount",
        value="2,603,.52",
        remedy="2603.52?",
    )
    assert str(fault) == "claims.xlsx, sheet Requests, row 7, column amount: '2,603,.52' is no number (2603.52?)"


def test_a_value_of_zero_is_shown_and_a_missing_one_is_not():
    assert str(Fault(what="is too small", value=0)) == "'0' is too small"
    assert str(Fault(what="is missing", file="a.csv")) == "a.csv: is missing"


def test_one_fault_is_one_line_and_many_are_a_list():
    one, other = Fault(what="is missing", file="a.csv"), Fault(what="is no number", value="x")
    assert str(InputError(one)) == "a.csv: is missing"
    assert str(InputError([one, other])) == "2 faults:\n  - a.csv: is missing\n  - 'x' is no number"
    assert str(InputError([one], summary="The file 'a.csv'")) == "The file 'a.csv':\n  - a.csv: is missing"


def test_an_error_without_a_fault_is_refused():
    with pytest.raises(ValueError, match="without a fault"):
        InputError([])


@pytest.mark.parametrize(
    ("given", "right"),
    [("Turkanna", "Turkana"), ("TURKANA", "Turkana"), ("west pokott", "West Pokot"), ("Atlantis", None)],
)
def test_the_nearest_name_ignores_letter_case(given, right):
    assert nearest(given, ["Turkana", "West Pokot", "Wajir"]) == right


def test_a_suggestion_falls_back_to_the_list():
    assert suggestion("zzz", ["a", "b"]) == "known: a, b"
    assert suggestion("zzz", []) == "there is none"
    assert suggestion("zzz", [f"name {n}" for n in range(15)]).endswith("and 3 more")


def test_an_unknown_name_names_its_kind_and_the_nearest():
    error = unknown_name("county", "Turkanna", ["Turkana"])
    assert isinstance(error, UnknownNameError)
    assert str(error) == "'Turkanna' is no known county (did you mean 'Turkana'?)"
