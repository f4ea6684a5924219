"""Sobol indices against the textbook, tornado, robustness and plain rules."""

import numpy as np
import pytest

import workbench as wb
from workbench.errors import InputError, UnknownNameError
from workbench.scenarios.ensembles import Dirichlet, Lognormal, Uniform
from workbench.scenarios.ensembles.drawing import Driver
from workbench.scenarios.ensembles.rules import plain_rule
from workbench.scenarios.ensembles.sensitivity import indices_of, tornado_of
from workbench.scenarios.models import Core, Output

OPM = "five-hundred-million-for-the-prime-minister"


def test_the_indices_of_ishigamis_function_are_those_of_the_textbook():
    # Saltelli et al. (2008), Global Sensitivity Analysis, section 4: a = 7, b = 0.1.
    def ishigami(drawn, count):
        x, y, z = (drawn[name] for name in "xyz")
        return {"f": np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)}

    drivers = tuple(Driver(name, Uniform(low=-np.pi, high=np.pi), (0.0,)) for name in "xyz")
    found = indices_of(Core((Output("f", "f", ""),), ishigami), drivers, "f", draws=2**12, seed=1).set_index("driver")
    np.testing.assert_allclose(found.loc[list("xyz"), "first"], [0.3139, 0.4424, 0.0], atol=0.02)
    np.testing.assert_allclose(found.loc[list("xyz"), "total"], [0.5576, 0.4424, 0.2437], atol=0.02)
    assert (found["first_low"] <= found["first_high"]).all()


def test_a_tornado_moves_one_driver_at_a_time():
    core = Core((Output("f", "f", ""),), lambda drawn, count: {"f": 3 * drawn["x"] - drawn["y"]})
    drivers = (Driver("y", Uniform(low=0, high=1), (0.5,)), Driver("x", Uniform(low=0, high=1), (0.5,)))
    found = tornado_of(core, drivers, "f")
    assert list(found["driver"]) == ["x", "y"]
    np.testing.assert_allclose(found["swing"], [2.7, 0.9])
    np.testing.assert_allclose(found["middle"], [1.0, 1.0])


def test_the_exchange_rate_and_the_pool_share_the_blame():
    inputs = {"fx.kes_per_usd": Lognormal(median=130, sigma=0.1), "level_2.pool": Uniform(low=12e9, high=14e9)}
    found = wb.sensitivity("kdsp2-every-county-qualifies", "short", inputs=inputs, draws=2**10)
    assert list(found.indices["driver"]) == ["fx.kes_per_usd", "level_2.pool"]
    assert found.indices["first"].sum() == pytest.approx(1, abs=0.05)
    assert "fx.kes_per_usd explains" in found.summary()
    assert found.tornado["driver"].iloc[0] == "fx.kes_per_usd"


def test_shares_that_add_to_one_and_correlated_drivers_have_no_indices(write):
    base = write("name: own\nquestion: What?\nmodel: alignment\nbase: mtp-mtef\n")
    with pytest.raises(InputError, match="add up to one"):
        wb.sensitivity(base, "distance", inputs={"shares.*": Dirichlet(concentration=20)})
    correlated = write(
        f"name: two\nquestion: What?\nbase: {OPM}\nensemble:\n  inputs:\n"
        "    extra.amount: {distribution: uniform, low: 0, high: 1}\n    cut.percent: {distribution: uniform, low: 0, high: 1}\n"
        "  correlations:\n    - {between: [extra.amount, cut.percent], rank: 0.5}\n", "two.yaml"
    )  # fmt: skip
    with pytest.raises(InputError, match="need independent drivers"):
        wb.sensitivity(correlated, "gap")
    with pytest.raises(UnknownNameError, match="one number a draw"):
        wb.sensitivity(OPM, "coverage", inputs={"extra.amount": Uniform(low=0, high=1e9)})
    with pytest.raises(InputError, match="does not move"):
        wb.sensitivity(OPM, "requirement", inputs={"extra.amount": Uniform(low=0, high=1e9)})


def test_a_plain_rule_is_found_where_there_is_one():
    rng = np.random.default_rng(1)
    drawn = {"rate": rng.uniform(100, 180, 5000), "pool": rng.uniform(9, 14, 5000), "noise": rng.uniform(size=5000)}
    found = plain_rule(drawn, (drawn["rate"] > 140) & (drawn["pool"] < 11))
    by_driver = {question.driver: question for question in found.questions}
    assert set(by_driver) == {"rate", "pool"}
    assert by_driver["rate"].above
    assert not by_driver["pool"].above
    assert by_driver["rate"].number == pytest.approx(140, abs=4)
    assert min(found.caught, found.right) > 0.9
    assert plain_rule(drawn, np.zeros(5000, dtype=bool)).questions == ()


def test_regret_is_nil_for_the_best_and_options_are_weighed_over_the_same_draws(write):
    names = {}
    for rule in ("constrained_equal_awards", "proportional", "constrained_equal_losses"):
        names[rule] = write(f"name: {rule.replace('_', '-')}\nquestion: What?\nbase: {OPM}\nchanges:\n  extra.rule: {rule}\n",
                            f"{rule}.yaml")  # fmt: skip
    inputs = {"extra.amount": Uniform(low=1e8, high=1.2e9)}
    found = wb.robustness(names, "lowest_coverage", inputs=inputs, draws=2000, threshold=0.3)
    table = found.options.set_index("option")
    assert (found.regret.min(axis=1) == 0).all()
    # Equal losses serve the line that lacks most first, so that the worst-covered line fares best under it.
    assert found.options["option"][0] == "constrained_equal_losses"
    assert table.loc["constrained_equal_losses", "best_share"] == pytest.approx(1, abs=0.01)
    assert table["p95_regret"].is_monotonic_increasing
    assert "extra.amount at most" in table.loc["constrained_equal_awards", "fails_when"]


def test_options_of_two_models_are_refused():
    inputs = {"extra.amount": Uniform(low=0, high=1)}
    with pytest.raises(InputError, match="two options at least"):
        wb.robustness([OPM], "gap", inputs=inputs)
    one = wb.ensemble(OPM, 100, inputs=inputs)
    other = wb.ensemble("ten-counties-fail", 100, inputs={"fx.kes_per_usd": Uniform(low=120, high=160)})
    with pytest.raises(InputError, match="is of the model grants"):
        wb.robustness([one, other], "gap")
    with pytest.raises(InputError, match="drawn with another seed"):
        wb.robustness({"a": one, "b": wb.ensemble(OPM, 100, inputs=inputs, seed=9)}, "gap")
