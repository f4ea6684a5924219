"""Ensembles: known answers, sameness wherever they are worked out, stopping, ranks and convergence."""

import numpy as np
import pytest

import workbench as wb
from workbench.errors import InputError, UnknownNameError
from workbench.scenarios.ensembles import Chance, Dirichlet, Lognormal, Uniform, front
from workbench.scenarios.ensembles import blocks as blocks_module
from workbench.scenarios.ensembles.drawing import BLOCK
from workbench.scenarios.ensembles.sketch import ACCURACY, merged, sketch
from workbench.scenarios.models import Given, find_model

OPM = "five-hundred-million-for-the-prime-minister"
EXTRA = {"extra.amount": Uniform(low=0, high=1e9)}
KDSP = "kdsp2-every-county-qualifies"
DOUBTS = {"fx.kes_per_usd": Lognormal(median=130, sigma=0.1), "conditions.*": Chance(probability=0.8)}


def test_a_sum_that_is_linear_in_a_uniform_driver_has_the_quantiles_of_paper():
    found = wb.ensemble(OPM, 3 * BLOCK, inputs=EXTRA, seed=1)
    gap = found.table.set_index("output").loc["gap"]
    # 1,247 million are missing; up to 1,000 million are found, each as likely as the next.
    assert gap["p50"] == pytest.approx(747e6, rel=1e-4)
    assert gap["p5"] == pytest.approx(297e6, rel=1e-4)
    assert gap["mean"] == pytest.approx(747e6, rel=1e-5)
    assert gap["sd"] == pytest.approx(1e9 / np.sqrt(12), rel=1e-4)
    assert found.chance_below("gap", 347e6)[""] == pytest.approx(0.1, abs=2e-4)


def test_each_draw_is_what_a_run_of_those_values_gives():
    found = wb.ensemble(KDSP, 20, inputs=DOUBTS, seed=3)
    rates = found.inputs("fx.kes_per_usd")
    met = np.array([found.inputs(f"conditions.{county}") for county in found.output("award").labels])
    for draw in (0, 7, 19):
        scenario = wb.load_scenario(KDSP)
        values = {f"conditions.{county}": "met" if yes else "not met"
                  for county, yes in zip(found.output("award").labels, met[:, draw], strict=True)}  # fmt: skip
        outcome = find_model("grants").run(Given(scenario.base, {**values, "fx.kes_per_usd": float(rates[draw])}))
        np.testing.assert_array_equal(outcome.tables["awards"]["award"], found.values("award")[draw])
        headline = {figure.name: figure.value for figure in outcome.headline}
        for name in ("awarded", "counties_paid", "short", "unallocated"):
            assert found.values(name)[draw] == headline[name], name


@pytest.mark.parametrize("rule", ["talmud", "proportional"])
def test_each_draw_of_a_gap_is_what_a_run_gives(write, rule):
    head = f"name: own\nquestion: What?\nbase: {OPM}\nchanges:\n  extra.rule: {rule}\n"
    found = wb.ensemble(write(head), 8, inputs={
        "extra.amount": Uniform(low=1e8, high=4e8), "cut.percent": Uniform(low=0, high=10),
        "requirements.Household Services.2009/10": Uniform(low=400, high=500),
    }, seed=2)  # fmt: skip
    drawn = {name: found.inputs(name)[5] for name in
             ("extra.amount", "cut.percent", "requirements.Household Services.2009/10")}  # fmt: skip
    drawn["extra.amount"] = round(float(drawn["extra.amount"]))
    changes = "".join(f"  {name}: {float(value)!r}\n" for name, value in drawn.items())
    lines = wb.run(write(head + changes, "one.yaml")).tables["lines"]
    np.testing.assert_allclose(found.values("allocated")[5], lines["allocation"], atol=3)
    np.testing.assert_allclose(found.values("coverage")[5], lines["coverage"], atol=1e-7)


def test_a_least_development_share_is_drawn_over_as_a_run_enforces_it():
    name = "development-at-30-per-cent"
    found = wb.ensemble(name, 8, inputs={"development.least_percent": Uniform(low=20, high=40)}, seed=1)
    given = wb.load_scenario(name).given
    drawn = found.inputs("development.least_percent")
    assert (drawn > 27).any()
    assert (drawn < 24).any(), "some draws must move nothing"
    for draw, least in enumerate(drawn):
        outcome = find_model("gap").run(Given(given.base, {**given.values, "development.least_percent": float(least)}))
        np.testing.assert_allclose(found.values("allocated")[draw], outcome.tables["lines"]["allocation"], atol=1)
    assert "Gap" not in found.summary(), "a sum that does not move is no news"


def test_floors_caps_and_the_curve_are_drawn_over_as_a_run_has_them():
    name = "scores-plus-or-minus-three"
    found = wb.ensemble(name, 6, seed=1, inputs={
        "scores.*": Uniform(low=-3, high=3, how="added"), "level_2.floor": Uniform(low=2e7, high=6e7),
        "level_2.cap": Uniform(low=1e8, high=2e8), "level_2.curve.threshold": Uniform(low=50, high=75),
    })  # fmt: skip
    given = wb.load_scenario(name).given
    counties = found.output("award").labels
    for draw in range(6):
        values = given.values | {f"scores.{one}": float(found.inputs(f"scores.{one}")[draw]) for one in counties}
        values |= {f"level_2.{key}": round(float(found.inputs(f"level_2.{key}")[draw])) for key in ("floor", "cap")}
        values["level_2.curve.threshold"] = float(found.inputs("level_2.curve.threshold")[draw])
        outcome = find_model("grants").run(Given(given.base, values))
        np.testing.assert_allclose(found.values("award")[draw], outcome.tables["awards"]["award"], atol=1)
        headline = {figure.name: figure.value for figure in outcome.headline}
        assert found.values("short")[draw] == pytest.approx(headline["short"], abs=1)
    with pytest.raises(InputError, match=r"'level_2\.curve\.exponent' cannot be drawn"):
        wb.ensemble(name, 6, inputs={"level_2.curve.exponent": Uniform(low=1, high=2)})


def test_crosswalk_shares_are_drawn_together_and_the_measures_move(write):
    base = write("name: own\nquestion: What?\nmodel: alignment\nbase: mtp-mtef\n")
    found = wb.ensemble(base, 500, inputs={"shares.*": Dirichlet(concentration=20)}, seed=1)
    run = wb.run(base)
    at = found.table.set_index("output")
    distance = run.headline.set_index("name").loc["distance", "value"]
    assert at.loc["distance", "p5"] < distance < at.loc["distance", "p95"]
    assert at.loc["homogeneity", "sd"] > 0
    # The mean of drawn shares are the shares given: each plan sector keeps its money on average, whatever their order.
    expected = run.tables["by_plan"].set_index("label")["budget_amount"]
    drawn = dict(zip(found.output("by_plan").labels, found.values("by_plan").mean(axis=0), strict=True))
    for label, amount in expected.items():
        assert drawn[label] == pytest.approx(amount, rel=0.02), label
    with pytest.raises(InputError, match="drawn together"):
        wb.ensemble(base, 10, inputs={"shares.State Department for Energy.infrastructure": Uniform(low=0, high=1)})


def test_the_same_seed_gives_the_same_bytes_another_one_does_not():
    one, two, other = (wb.ensemble(OPM, 1000, inputs=EXTRA, seed=seed) for seed in (1, 1, 2))
    assert one.text == two.text
    assert one.content_hash == two.content_hash != other.content_hash


def test_more_draws_begin_with_the_fewer():
    few, more = (wb.ensemble(OPM, draws, inputs=EXTRA, seed=1) for draws in (BLOCK + 10, BLOCK + 500))
    np.testing.assert_array_equal(few.values("gap"), more.values("gap")[: BLOCK + 10])


def test_stopped_work_keeps_what_is_done_and_can_be_carried_on():
    def stop_after_two_blocks(done, _whole):
        if done >= 2 * BLOCK:
            raise KeyboardInterrupt

    part = wb.ensemble(OPM, 4 * BLOCK + 5, inputs=EXTRA, seed=1, progress=stop_after_two_blocks)
    assert part.stopped
    assert part.draws == 2 * BLOCK
    assert "stopped before 32,773" in part.summary()
    seen = []
    whole = wb.ensemble(OPM, 4 * BLOCK + 5, inputs=EXTRA, seed=1, resume=part, progress=lambda d, w: seen.append(d))
    assert seen == [2 * BLOCK, 3 * BLOCK, 4 * BLOCK, 4 * BLOCK + 5]
    assert whole.content_hash == wb.ensemble(OPM, 4 * BLOCK + 5, inputs=EXTRA, seed=1).content_hash
    with pytest.raises(InputError, match="cannot be carried on"):
        wb.ensemble(OPM, 4 * BLOCK, inputs=EXTRA, seed=2, resume=part)


def test_draws_that_are_too_many_to_keep_are_sketched_within_the_stated_accuracy(monkeypatch):
    exact = wb.ensemble(KDSP, 3 * BLOCK, inputs=DOUBTS, seed=1)
    monkeypatch.setattr(front, "MOST_KEPT", 1)
    sketched = wb.ensemble(KDSP, 3 * BLOCK, inputs=DOUBTS, seed=1)
    assert exact.kept
    assert not sketched.kept
    one, other = exact.quantiles, sketched.quantiles
    columns = ["p5", "p25", "p50", "p75", "p95"]
    np.testing.assert_allclose(other[columns], one[columns], rtol=3 * ACCURACY, atol=1)
    np.testing.assert_allclose(other[["mean", "least", "most"]], one[["mean", "least", "most"]], rtol=1e-12)
    with pytest.raises(InputError, match="too many to be kept"):
        sketched.values("award")


def test_a_sketch_merges_to_the_same_whatever_the_cut():
    numbers = np.random.default_rng(1).lognormal(size=(1000, 3)) * [1, -1, 1e6]
    numbers[::10, 2] = 0
    whole, parts = sketch(numbers), merged([sketch(part) for part in np.array_split(numbers, 7)])
    for label in range(3):
        np.testing.assert_array_equal(whole.keys[label], parts.keys[label])
        np.testing.assert_array_equal(whole.counts[label], parts.counts[label])
    expected = np.quantile(numbers, [0.1, 0.5, 0.9], axis=0, method="lower")
    np.testing.assert_allclose(whole.quantiles([0.1, 0.5, 0.9]), expected, rtol=2.1 * ACCURACY)
    np.testing.assert_allclose(whole.share_below(0.0), [0, 1, 0])


def test_convergence_tells_the_error_that_other_seeds_show():
    errors, means = [], []
    for seed in range(8):
        found = wb.ensemble(
            OPM, 4 * BLOCK, inputs={"extra.amount": Uniform(low=0, high=2e9)}, seed=seed, method="random"
        )
        gap = found.convergence().set_index("output").loc["gap"]
        errors.append(gap["standard_error"])
        means.append(gap["mean"])
    assert np.std(means, ddof=1) == pytest.approx(np.mean(errors), rel=0.7)
    even = wb.ensemble(OPM, 4 * BLOCK, inputs={"extra.amount": Uniform(low=0, high=2e9)}, seed=1).convergence()
    assert even.set_index("output").loc["gap", "standard_error"] < np.mean(errors) / 20
    few = wb.ensemble(OPM, 100, inputs=EXTRA, seed=1).convergence()
    assert few["standard_error"].isna().all(), "one block tells nothing of its own error"


def test_ranks_are_firm_where_gaps_are_wide_and_shaky_where_they_are_narrow():
    found = wb.ensemble("scores-plus-or-minus-three", 2000)
    ranks = found.ranks("award").set_index("label")
    assert ranks.index[0] == "Nairobi City"
    assert ranks.loc["Nairobi City", "median_rank"] == 1
    assert ranks.loc["Nairobi City", "chance_top"] == 1
    assert ranks["same_rank"].min() < 0.5
    # Bomet did not meet its conditions: it gets nothing in every draw and stands last.
    assert ranks.loc["Bomet", "median_rank"] == 47
    assert "keeps its most frequent rank" in found.summary()


def test_awards_of_every_draw_add_up_to_the_pool():
    found = wb.ensemble("scores-plus-or-minus-three", 500)
    assert (found.values("award").sum(axis=1) == 4_000_000_000).all()


def test_what_cannot_be_drawn_is_refused_in_one_pass():
    with pytest.raises(InputError) as refused:
        wb.ensemble(KDSP, 10, inputs={
            "level_2.pol": Uniform(low=0, high=1), "scores.Turkana": Uniform(low=-3, high=3, how="added"),
            "fx.kes_per_usd": {"distribution": "norml"},
        })  # fmt: skip
    said = str(refused.value)
    assert "did you mean 'level_2.pool'" in said
    assert "has no value in the scenario that a draw could be added to" in said
    assert "did you mean 'normal'" in said
    with pytest.raises(InputError, match="names nothing to draw"):
        wb.ensemble(KDSP, 10)
    with pytest.raises(InputError, match="cannot be drawn"):
        wb.ensemble(
            KDSP,
            10,
            inputs={"level_2.curve.threshold": Uniform(low=0, high=1)} | {"level_1.cap": Uniform(low=0, high=1)},
        )
    with pytest.raises(UnknownNameError, match="did you mean 'award"):
        wb.ensemble(KDSP, 10, inputs=DOUBTS).values("awardd")


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("draws: many", "is no number of draws"),
        ("draws: 0", "is no number of draws"),
        ("seed: -1", "is no seed"),
        ("inputs: [a]", "is no list of names with distributions"),
        ("correlations: 5", "are no correlations"),
        ("correlations: {a: 1}", "is no correlation"),
        ("years: soon", "soon"),
        ("drawz: 5", "did you mean 'draws'"),
        ("method: sobool", "did you mean 'sobol'"),
    ],
)
def test_a_files_section_that_is_wrong_is_refused_in_words(write, section, said):
    inputs = (
        "" if section.startswith("inputs") else "  inputs: {extra.amount: {distribution: uniform, low: 0, high: 1}}\n"
    )
    path = write(f"name: own\nquestion: What?\nbase: {OPM}\nensemble:\n  {section}\n{inputs}")
    with pytest.raises(InputError, match=said):
        wb.ensemble(path)


WRONG = """name: own
question: What?
base: kdsp2
changes:
  level_2.pol: 12_000_000_000
ensemble:
  draws: many
  seed: -1
  method: sobool
  inputs:
    fx.kes_per_usd: {distribution: normal, mean: lots, sd: -1}
    level_2.pool:
      distribution: triangular
      low: 3
      mode: 1
      high: 2
      hihg: 2
    level_2.pol: {distribution: uniform, low: 0, high: 1}
    level_1.carry_over: {distribution: chance, probability: 0.5}
  correlations:
    - {between: [fx.kes_per_usd, level_2.pool], rank: 2}
    - {between: [fx.kes_per_usd, level_1.pool], rank: 0.5}
    - 5
  drawz: 5
"""


def test_every_mistake_of_a_files_section_is_told_at_once_with_its_line(write):
    path = write(WRONG.replace("changes:\n  level_2.pol: 12_000_000_000\n", "\n\n"))
    with pytest.raises(InputError) as refused:
        wb.ensemble(path)
    inputs, pairs = "ensemble.inputs", "ensemble.correlations"
    out_of_order = "(low, mode and high must stand in this order)"
    can_be = "draw the exchange rate, a pool, an amount, a floor or cap, the curve in use, a score or a condition"
    no_rank = "is no rank correlation of two different drivers (between -1 and 1)"
    no_parameter = "is no parameter of a triangular distribution (did you mean 'high'?)"
    assert [str(fault).removeprefix(f"{path.name}, line ") for fault in refused.value.faults] == [
        "7, ensemble.draws: 'many' is no number of draws (a whole number from 1 on)",
        "8, ensemble.seed: '-1' is no seed (a whole number from 0 on)",
        "9, ensemble.method: 'sobool' is no way to draw (did you mean 'sobol'?)",
        f"11, {inputs}.fx.kes_per_usd.mean: 'lots' is no number",
        f"11, {inputs}.fx.kes_per_usd.sd: '-1' does not fit (sd must be above 0)",
        f"12, {inputs}.level_2.pool: 'low: 3, mode: 1, high: 2' do not fit {out_of_order}",
        f"17, {inputs}.level_2.pool: 'hihg' {no_parameter}",
        f"18, {inputs}: 'level_2.pol' is nothing that 'kdsp2' has (did you mean 'level_2.pool'?)",
        f"19, {inputs}: 'level_1.carry_over' cannot be drawn ({can_be})",
        f"21, {pairs}.0: 'fx.kes_per_usd, level_2.pool: 2' {no_rank}",
        f"22, {pairs}.1: 'level_1.pool' is no driver of this ensemble (did you mean 'level_1.carry_over'?)",
        f"23, {pairs}.2: '5' is no correlation (write {{between: [A, B], rank: 0.5}})",
        "24, ensemble: 'drawz' is no key of an ensemble (did you mean 'draws'?)",
    ]


def test_mistakes_of_the_scenario_and_of_its_section_are_told_at_once(write):
    path = write(WRONG)
    with pytest.raises(InputError) as refused:
        wb.ensemble(path)
    rows = [fault.row for fault in refused.value.faults]
    assert rows == sorted(rows)
    assert {5, 7, 8, 9, 11, 12, 17, 21, 23, 24} == set(rows)
    with pytest.raises(InputError, match=f"{path.name}, line 24, ensemble: 'drawz'"):
        wb.sensitivity(path, "short")


def test_a_section_is_told_of_in_the_file_that_holds_it(write, tmp_path):
    below = write(f"name: below\nquestion: What?\nbase: {OPM}\nensemble:\n  draws: many\n")
    above = below.with_name("above.yaml")
    above.write_text(f"name: above\nquestion: What?\nbase: {below.name}\n", encoding="utf-8")
    with pytest.raises(InputError, match=f"{below.name}, line 5, ensemble.draws: 'many'"):
        wb.ensemble(above)


def test_years_that_cannot_be_hide_no_other_mistake(write):
    path = write(
        "name: own\nquestion: What?\nbase: kdsp2\nensemble:\n  years: [2025/26, soon]\n  inputs:\n"
        "    fx.kes_per_usd.2025/26: {distribution: uniform, low: 1, high: 2}\n"
        "    fx.kes_per_used: {distribution: uniform, low: 1, high: 2}\n"
    )
    with pytest.raises(InputError) as refused:
        wb.ensemble(path)
    assert [(fault.row, fault.value) for fault in refused.value.faults] == [(5, "soon"), (8, "fx.kes_per_used")]


def test_correlated_drivers_reach_the_result():
    inputs = {"fx.kes_per_usd": Lognormal(median=130, sigma=0.1), "level_2.pool": Uniform(low=10e9, high=14e9)}
    together, against = (
        wb.ensemble(KDSP, BLOCK, inputs=inputs, correlations={("fx.kes_per_usd", "level_2.pool"): rank}, seed=1)
        for rank in (0.9, -0.9)
    )
    one, other = (found.table.set_index("output").loc["short", "sd"] for found in (together, against))
    assert one < other, "a pool that rises with the rate takes the edge off"


def test_blocks_come_back_in_any_order_and_give_the_same(monkeypatch):
    straight = wb.ensemble(OPM, 3 * BLOCK, inputs=EXTRA, seed=1)
    monkeypatch.setattr(
        front, "here", lambda plan, blocks, keep: reversed(blocks_module.evaluate_blocks(plan, blocks, keep))
    )
    assert wb.ensemble(OPM, 3 * BLOCK, inputs=EXTRA, seed=1).content_hash == straight.content_hash


def test_a_line_whose_crosswalk_rows_stand_in_another_order_than_the_plan_keeps_its_shares(write):
    # In the file the larger share stands first or last as it comes; drawn shares must find their own plan sector.
    vote = "State Department for the Blue Economy and Fisheries"
    base = write("name: own\nquestion: What?\nmodel: alignment\nbase: mtp-mtef\nchanges:\n"
                 f"  amounts.*: 0\n  amounts.{vote}: 100\n")  # fmt: skip
    run = wb.run(base)
    found = wb.ensemble(base, 4000, inputs={f"shares.{vote}": Dirichlet(concentration=200)}, seed=1)
    drawn = found.values("by_plan").mean(axis=0)
    np.testing.assert_allclose(drawn, run.tables["by_plan"]["budget_amount"], rtol=0.01)
