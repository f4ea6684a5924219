"""Distributions against SciPy's, the crosswalk's shares, and what is refused."""

import numpy as np
import pytest
from scipy import stats

import workbench as wb
from workbench.errors import InputError
from workbench.scenarios.ensembles import (
    DISTRIBUTIONS,
    Chance,
    Dirichlet,
    Empirical,
    Lognormal,
    Normal,
    Pert,
    Triangular,
    Uniform,
)
from workbench.scenarios.ensembles.drawing import BLOCK, Driver, Sampler, normal_factor
from workbench.scenarios.ensembles.reading import read_distribution

U = np.concatenate([[2.0**-32, 1 - 2.0**-32], np.linspace(0.001, 0.999, 999)])


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (Normal(mean=3, sd=2), stats.norm(3, 2)),
        (Lognormal(median=130, sigma=0.1), stats.lognorm(0.1, scale=130)),
        (Uniform(low=-3, high=3), stats.uniform(-3, 6)),
        (Triangular(low=1, mode=2, high=5), stats.triang(0.25, 1, 4)),
        (Triangular(low=1, mode=1, high=5), stats.triang(0, 1, 4)),
        (Triangular(low=1, mode=5, high=5), stats.triang(1, 1, 4)),
        (Pert(low=9, mode=13, high=14), stats.beta(1 + 16 / 5, 1 + 4 / 5, 9, 5)),
        (Pert(low=0, mode=0, high=1), stats.beta(1, 5)),
    ],
)
def test_quantiles_are_those_of_the_textbook(ours, theirs):
    np.testing.assert_allclose(ours.ppf(U), theirs.ppf(U), rtol=1e-7, atol=1e-8)


def test_an_empirical_distribution_gives_what_was_seen_and_a_chance_yes_or_no():
    drawn = Empirical(values=(3, 1, 2, 2)).ppf((np.arange(1000) + 0.5) / 1000)
    assert dict(zip(*np.unique(drawn, return_counts=True), strict=True)) == {1: 250, 2: 500, 3: 250}
    assert Chance(probability=0.2).ppf((np.arange(1000) + 0.5) / 1000).sum() == 200


def test_shares_add_up_to_one_with_the_dirichlets_mean_and_spread():
    centre = (0.6, 0.3, 0.1)
    driver = Driver("shares.x", Dirichlet(concentration=20), centre, 0, 1)
    shares = Sampler((driver,), seed=1).draw(0, BLOCK)["shares.x"]
    np.testing.assert_allclose(shares.sum(axis=1), 1, atol=1e-12)
    np.testing.assert_allclose(shares.mean(axis=0), centre, atol=0.002)
    # Var = p (1 - p) / (concentration + 1).
    np.testing.assert_allclose(shares.var(axis=0), [0.24 / 21, 0.21 / 21, 0.09 / 21], rtol=0.03)


@pytest.mark.parametrize("method", ["sobol", "latin_hypercube", "random"])
def test_correlated_drivers_have_the_rank_correlation_that_was_asked_for_and_keep_their_own_shape(method):
    drivers = (
        Driver("a", Lognormal(median=130, sigma=0.1), (130.0,)),
        Driver("b", Uniform(low=0, high=1), (0.5,)),
        Driver("c", Pert(low=0, mode=1, high=4), (1.0,)),
    )
    factor = normal_factor(["a", "b", "c"], {("a", "b"): 0.7, ("b", "c"): -0.4})
    drawn = Sampler(drivers, seed=3, method=method, normal_correlation=factor).draw(0, BLOCK)
    ranks = stats.spearmanr(np.column_stack([drawn["a"], drawn["b"], drawn["c"]])).statistic
    np.testing.assert_allclose([ranks[0, 1], ranks[1, 2], ranks[0, 2]], [0.7, -0.4, 0], atol=0.03)
    assert stats.kstest(drawn["b"], "uniform").statistic < 0.02


def test_correlations_that_cannot_hold_together_are_refused():
    with pytest.raises(InputError, match="cannot hold together"):
        normal_factor(["a", "b", "c"], {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): -0.9})
    with pytest.raises(InputError, match="is no rank correlation"):
        normal_factor(["a", "b"], {("a", "b"): 1.5})


@pytest.mark.parametrize("method", ["sobol", "latin_hypercube"])
def test_even_sequences_fill_every_stratum_and_blocks_hang_on_their_number_alone(method):
    sampler = Sampler(
        (Driver("a", Uniform(low=0, high=1), (0.5,)), Driver("b", Uniform(low=0, high=1), (0.5,))), 5, method
    )
    chances = sampler.chances(3)
    for column in chances.T:
        assert len(np.unique((column * BLOCK).astype(int))) == BLOCK
    np.testing.assert_array_equal(chances, sampler.chances(3))
    assert not np.array_equal(chances, sampler.chances(4))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"distribution": "norml", "mean": 1, "sd": 1}, "did you mean 'normal'"),
        ({"distribution": "normal", "mean": 1}, "'sd' is missing"),
        ({"distribution": "normal", "mean": 1, "sd": 0}, "sd must be above 0"),
        ({"distribution": "normal", "mean": "x", "sd": 1}, "is no number"),
        ({"distribution": "uniform", "low": 2, "high": 1}, "low must be below high"),
        ({"distribution": "pert", "low": 1, "mode": 0, "high": 2}, "in this order"),
        ({"distribution": "uniform", "low": 1, "hihg": 2, "high": 3}, "did you mean 'high'"),
        ({"distribution": "uniform", "low": 1, "high": 3, "how": "adde"}, "did you mean 'added'"),
        ({"distribution": "empirical", "values": "3"}, "is no list of numbers"),
        (5, "is no distribution"),
    ],
)
def test_a_distribution_that_is_none_is_refused_in_words(given, said):
    with pytest.raises(InputError) as refused:
        wb.ensemble("kdsp2", 10, inputs={"fx.kes_per_usd": given})
    assert any(said in str(fault) for fault in refused.value.faults), refused.value.faults


def test_every_distribution_can_be_written_down_and_read_again():
    examples = [
        Normal(mean=1, sd=2), Lognormal(median=1, sigma=2), Uniform(low=1, high=2, how="factor"),
        Triangular(low=1, mode=2, high=3), Pert(low=1, mode=2, high=3, reference="a page"), Empirical(values=(1.0, 2.0)),
        Chance(probability=0.5), Dirichlet(concentration=5),
    ]  # fmt: skip
    assert {one.kind for one in examples} == set(DISTRIBUTIONS)
    for one in examples:
        assert read_distribution(one.to_dict()) == one
