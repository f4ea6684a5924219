"""Which rule keeps which axiom: no counter-example where it keeps it, one where it breaks it."""

from __future__ import annotations

import numpy as np
import pytest

from tests.allocation.cases_known import published_axioms
from workbench.allocation import RULES, allocate, forget_rule, rule
from workbench.allocation.axioms import AXIOMS, NEEDED, axioms_of, find_counterexample, verdicts
from workbench.errors import UnknownNameError

PUBLISHED = published_axioms()
TABLED = [name for name in RULES if name in PUBLISHED[0]]
AGAINST_THE_TABLE = {
    ("Regressivity", "constrained_egalitarian", True),
    ("Regressivity", "piniles", True),
    ("Replication invariance", "average_of_cea_and_cel", True),
    ("Division invariance", "average_of_cea_and_cel", True),
    ("1/|N|-min-of-claims-and-deficit lower bounds on losses", "minimal_overlap", True),
    ("Claim-endowment separability", "constrained_equal_losses", True),
    ("Null compensation consistency", "adjusted_proportional", True),
    ("Full compensation consistency", "adjusted_proportional", True),
    ("No advantageous merging", "constrained_egalitarian", True),
    ("No advantageous merging", "piniles", True),
    ("Converse consistency", "average_of_cea_and_cel", False),
}
"""Cells of the published table that docs/methods/allocation-axioms.md settles the other way."""


def test_the_catalogue_is_the_published_table():
    assert list(AXIOMS) == [row["property"] for row in PUBLISHED]
    assert len(TABLED) == 10


def test_verdicts_follow_the_table_but_where_it_is_proved_wrong():
    differing = set()
    for row in PUBLISHED:
        for name in TABLED:
            keeps = verdicts()[row["property"], name].verdict == "keeps"
            if keeps != (row[name] == "1"):
                differing.add((row["property"], name, keeps))
    assert differing == AGAINST_THE_TABLE


@pytest.mark.parametrize("axiom", AXIOMS)
def test_no_counterexample_where_an_axiom_is_kept(axiom):
    for name in RULES:
        verdict = verdicts().get((axiom, name))
        if verdict is not None and verdict.verdict in ("keeps", "not refuted"):
            assert find_counterexample(axiom, name, count=250, rounds=2, seed=7) is None, name


@pytest.mark.parametrize("axiom", AXIOMS)
def test_a_counterexample_where_an_axiom_is_broken(axiom):
    for name in RULES:
        verdict = verdicts().get((axiom, name))
        if verdict is not None and verdict.verdict == "breaks":
            found = find_counterexample(axiom, name, count=2000, rounds=80)
            assert found is not None, name
            assert found.violation > 0
            assert abs(sum(found.awards) - found.envelope) < 1e-9


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("needed", [*NEEDED, "Anonymity", "Homogeneity", "Equal treatment of equals"])
def test_what_every_rule_must_keep(name, needed):
    assert find_counterexample(needed, name, count=500, rounds=2, seed=3) is None


def test_disputed_regressivity_of_piniles_and_constrained_egalitarian():
    # Award over claim falls as the claim rises: min(1/2, l/d), 1/2 + min(1/2, l/d) and max(1/2, min(1, l/d)).
    claims = np.array([2.0, 4.0, 7.0, 8.0, 30.0])
    for part in np.linspace(0, 1, 41):
        for name in ("piniles", "constrained_egalitarian"):
            ratio = RULES[name](part * claims.sum(), claims) / claims
            assert np.all(np.diff(ratio) <= 1e-12)


def test_disputed_replication_of_the_average():
    # Copies share a copied envelope at the same level, in equal awards and in equal losses, and so in their mean.
    claims, envelope = np.array([1.0, 3.0, 8.0]), 5.0
    for copies in (2, 3, 5):
        copied = RULES["average_of_cea_and_cel"](envelope * copies, np.tile(claims, copies))
        expected = np.tile(RULES["average_of_cea_and_cel"](envelope, claims), copies)
        np.testing.assert_allclose(copied, expected, atol=1e-12)


def test_converse_consistency_of_the_average_fails():
    # Envelope 1, claims 1, 1, 3: (1, 1, 3) / 5 is right between every two claimants, yet the rule gives (1, 1, 4) / 6.
    share, claims, pairwise = RULES["average_of_cea_and_cel"], np.array([1.0, 1.0, 3.0]), np.array([1.0, 1.0, 3.0]) / 5
    for pair in ([0, 1], [0, 2], [1, 2]):
        np.testing.assert_allclose(share(pairwise[pair].sum(), claims[pair]), pairwise[pair])
    np.testing.assert_allclose(share(1.0, claims), np.array([1, 1, 4]) / 6)


def test_minimal_overlap_can_punish_those_who_stay():
    # Miras Calvo and others (2024): a claimant of 9 comes with the money for its whole claim, and the first gets less.
    share = RULES["minimal_overlap"]
    assert share(10, [1, 2, 9, 10])[0] < share(1, [1, 2, 10])[0]


def test_axioms_in_words():
    said = allocate(200, {"a": 100, "b": 200, "c": 300}, rule="talmud").axioms().set_index("axiom")
    assert bool(said.loc["Self-duality", "keeps"])
    assert not said.loc["No advantageous splitting", "keeps"]
    assert said.loc["No advantageous splitting", "meaning"] == "A ministry would gain by splitting in two."
    assert said.loc["No advantageous splitting", "basis"].startswith("for instance with an envelope of")
    reverse = axioms_of("reverse_talmud").set_index("axiom")
    assert reverse.loc["Midpoint property"].isna()["keeps"]
    assert "not proved" in reverse.loc["Midpoint property", "basis"]
    assert axioms_of("priority")["keeps"].isna().all()


def test_a_users_rule_is_tried():
    @rule("first_come", meaning="In the order of the table.")
    def first_come(envelope, claims):
        before = np.cumsum(claims, axis=-1) - claims
        return np.clip(envelope[:, None] - before, 0, claims)

    try:
        assert find_counterexample("Balance", "first_come", count=200, rounds=1) is None
        assert find_counterexample("Anonymity", "first_come", count=200, rounds=1) is not None
        said = axioms_of("first_come").set_index("axiom")["keeps"]
        assert said["Equal treatment of equals"] == np.False_
        assert said.isna()["Endowment monotonicity"]
    finally:
        forget_rule("first_come")


def test_unknown_axiom():
    with pytest.raises(UnknownNameError, match="did you mean 'Anonymity'"):
        find_counterexample("anonimity", "talmud")
