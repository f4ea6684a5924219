"""Scenario files: read, stacked, and refused with every mistake at once."""

import pytest

import workbench as wb
from workbench.errors import InputError, UnknownNameError
from workbench.scenarios import list_scenarios, load_scenario, scenario_names

BASE = "name: own\nquestion: What?\nmodel: grants\nbase: kdsp2\n"


def changed(path):
    return {change.name: change.after for change in load_scenario(path).changes}


@pytest.mark.parametrize("name", scenario_names())
def test_every_shipped_scenario_is_sound_and_asks_a_question(name):
    scenario = load_scenario(name)
    assert scenario.name == name
    assert scenario.question.endswith("?")
    assert scenario.changes
    assert "/" not in scenario.texts[-1].file


def test_at_least_eight_scenarios_are_shipped():
    assert len(scenario_names()) >= 8


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12_000_000_000", 12_000_000_000),
        ("12e9", 12e9),
        ("KSh 12 billion", 12_000_000_000),
        ("'12,000,000,000'", 12_000_000_000),
        ("+5%", 13_650_000_000),
        ("-5 %", 12_350_000_000),
        ("−0.1%", 12_987_000_000),
        ("{like: level_2.per_county, from: level_1.per_county}", 130_000_000_000),
    ],
)
def test_a_value_may_be_written_in_many_ways(write, written, value):
    assert changed(write(f"{BASE}changes:\n  level_2.pool: {written}\n")) == {"level_2.pool": value}


def test_a_figure_of_a_package_is_named_by_stage_label_and_year_in_its_own_unit(write):
    path = write(
        "name: own\nquestion: What?\nmodel: gap\nbase: national-budget\nchanges:\n  table: sector_stages\n"
        "  from: ceiling\n  to: revised\n  year: 2025/26\n  ceilings.health.2025/26: +5%\n"
    )
    # The ceiling of Health is 204.5 KSh billion (Hansard 1533582): 5 per cent more is 214.725.
    (change,) = [change for change in load_scenario(path).changes if change.unit]
    assert (change.name, change.before, change.after) == ("ceilings.Health.2025/26", 204.5, 214.725)
    assert change.unit == "KES billion"


def test_names_are_read_in_any_spelling_and_a_star_stands_for_any_part(write):
    path = write(
        f"{BASE}changes:\n  conditions.*: met\n  conditions.taita taveta: not met\n  conditions.MURANGA: unknown\n"
    )
    found = changed(path)
    assert len(found) == 47
    assert (found["conditions.Taita/Taveta"], found["conditions.Murang'a"]) == ("not met", "unknown")
    assert found["conditions.Turkana"] == "met"


def test_scenarios_stack_and_the_upper_one_wins(write):
    write(f"{BASE}changes:\n  level_2.pool: 10e9\n  fx.kes_per_usd: 140\n", "lower.yaml")
    upper = write("name: upper\nquestion: And?\nbase: lower\nchanges:\n  level_2.pool: +10%\n", "upper.yaml")
    scenario = load_scenario(upper)
    assert changed(upper) == {"level_2.pool": 11e9, "fx.kes_per_usd": 140}
    assert [text.name for text in scenario.texts] == ["own", "upper"]
    assert wb.reproduce(wb.run(upper).record).identical
    assert (scenario.model, scenario.base) == ("grants", "kdsp2")
    # What the base says is what the design says, whatever lies between.
    assert {change.name: change.before for change in scenario.changes}["level_2.pool"] == 13_000_000_000


def test_a_stack_that_stands_on_itself_is_refused(write):
    write("name: a\nquestion: What?\nmodel: gap\nbase: b\n", "a.yaml")
    path = write("name: b\nquestion: What?\nmodel: gap\nbase: a\n", "b.yaml")
    with pytest.raises(InputError, match="stacks on itself"):
        load_scenario(path)


def test_every_mistake_is_told_at_once_with_its_line_and_the_nearest_right_name(write):
    path = write(
        "name: Own Name\nquestion: What?\nmodel: grants\nbase: kdsp2\nnote: x\nchanges:\n"
        "  fx.kes_per_usd: abc\n  level_2.pol: 1\n  level_2.pool: -5\n  conditions.Turkanna: met\n"
        "  conditions.Turkana: mett\n  scores.Turkana: +5%\n  level_1.rule: talmudd\n  fx: [1]\n"
    )
    with pytest.raises(InputError, match=r"own\.yaml has 10 mistakes") as refused:
        load_scenario(path)
    said = [str(fault) for fault in refused.value.faults]
    for line, words in (
        (1, "is no name of a scenario"),
        (5, "did you mean 'notes'?"),
        (7, "is no number"),
        (8, "did you mean 'level_2.pool'?"),
        (9, "at least 0"),
        (10, "did you mean 'conditions.Turkana'?"),
        (11, "did you mean 'met'?"),
        (12, "has no value in the base that could rise or fall"),
        (13, "did you mean 'talmud'?"),
        (14, "is nothing that can be changed"),
    ):
        assert any(f"line {line}" in one and words in one for one in said), (line, words, said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no scenario"),
        ("- a\n- b\n", "holds no scenario"),
        ("name: [\n", "is no YAML"),
        ("name: own\nname: two\n", "line 2: 'name' is set twice"),
        (f"{BASE}changes:\n  level_2.pool: 5\n  level_2.pool: 6\n", "line 7: 'level_2.pool' is set twice"),
        (f"{BASE}changes:\n  level_2.pool: +5\n", "line 6.*'\\+5' is written with a plus"),
        ("name: own\nquestion: &a [*a]\n", "nested too deeply, or in itself"),
        ("name: \x00\n", "is no YAML"),
        ("name: own\nquestion: What?\nmodel: grants\nbase: lower.yaml\n", "line 4: 'lower.yaml' is no file beside"),
        ("name: own\nquestion: What?\n", "'base' is missing"),
        ("name: own\nquestion:\nbase: kdsp2\n", "'question' is blank"),
        ("name: own\nquestion: What?\nmodel: grantz\nbase: kdsp2\n", "did you mean 'grants'"),
        ("name: own\nquestion: What?\nmodel: grants\nbase: kdsp\n", "line 4.*did you mean 'kdsp1'|line 4.*'kdsp2'"),
        ("name: own\nquestion: What?\nmodel: gap\nbase: kdsp2\n", "is no base of the model gap"),
        (f"{BASE}changes: 5\n", "is no list of names with values"),
        (f"{BASE}notes: 5\n", "are no sentences"),
        (f"{BASE}changes:\n  level_2.pool:\n", "is no value"),
        (f"{BASE}changes:\n  score_form: nowhere.csv\n", "cannot be read"),
        (f"{BASE}changes:\n  level_2.pool: {{like: level_2.pol, from: level_2.pool}}\n", "names no one figure"),
    ],
)
def test_a_file_that_is_no_scenario_is_refused_in_words(write, text, said):
    with pytest.raises(InputError, match=f"(?s)own.yaml.*({said})|({said}).*"):
        load_scenario(write(text))


def test_a_misspelt_model_or_base_hides_no_other_mistake(write):
    path = write("name: own\nquestion: What?\nmodel: grant\nbase: kdsp2\nchanges:\n  level_2.pol: 1\n")
    with pytest.raises(InputError, match="has 2 mistakes") as refused:
        load_scenario(path)
    assert "line 6" in str(refused.value)
    assert "did you mean 'level_2.pool'?" in str(refused.value)
    path = write("name: own\nquestion: What?\nmodel: grant\nbase: kdsp22\n")
    with pytest.raises(InputError, match="has 2 mistakes") as refused:
        load_scenario(path)
    assert "line 4: 'kdsp22' is no package, design or scenario (did you mean 'kdsp2'?)" in str(refused.value)


def test_a_package_or_design_is_a_scenario_as_it_stands(write):
    scenario = load_scenario("kdsp2")
    assert (scenario.model, scenario.base, scenario.changes) == ("grants", "kdsp2", ())
    assert wb.reproduce(wb.run("kdsp2").record).identical
    with pytest.raises(UnknownNameError, match=r"'nowhere\.yaml' is no file, and no known scenario"):
        load_scenario("nowhere.yaml")


def test_scenarios_are_listed_to_choose_from(tmp_path):
    with wb.open_store(tmp_path / "s") as store:
        store.save_scenario("kept", "name: kept\nquestion: And then?\nbase: ten-counties-fail\n")
        listed = list_scenarios(store).set_index("name")
    assert list(listed.index) == [*scenario_names(), "kept"]
    assert tuple(listed.loc["kept", ["question", "model", "base", "kept"]]) == ("And then?", "grants", "kdsp2", True)
    assert not listed.loc["shilling-at-160", "kept"]


def test_an_unknown_scenario_is_refused_with_the_nearest_name():
    with pytest.raises(UnknownNameError, match="did you mean 'shilling-at-160'"):
        load_scenario("shiling-at-160")


def test_a_stack_runs_one_model(write):
    write(BASE, "lower.yaml")
    path = write("name: upper\nquestion: And?\nmodel: gap\nbase: lower\n", "upper.yaml")
    with pytest.raises(InputError, match="runs the model grants, and a scenario that stacks on it runs gap"):
        load_scenario(path)


def test_a_scenario_kept_in_the_store_is_found_by_its_name(tmp_path):
    from workbench.scenarios import open_store

    with open_store(tmp_path / "store") as store:
        store.save_scenario("kept", "name: kept\nquestion: What?\nbase: ten-counties-fail\n")
        assert load_scenario("kept", store=store).base == "kdsp2"


@pytest.mark.parametrize("base", ["national-budget", "counties"])
def test_a_package_without_plan_lists_is_no_base_of_an_alignment(tmp_path, base):
    file = tmp_path / "own.yaml"
    file.write_text(f"name: own\nquestion: What?\nmodel: alignment\nbase: {base}\nchanges: {{}}\n")
    with pytest.raises(InputError, match=f"line 4: '{base}' is no base of the model alignment"):
        load_scenario(file)


def test_a_county_that_is_none_is_not_taken_for_another(write):
    path = write(
        "name: own\nquestion: What?\nbase: kdsp1\nchanges:\n  conditions.Atlantis: met\n  scores.Turkanna: 80\n"
    )
    with pytest.raises(InputError) as refused:
        load_scenario(path)
    said = str(refused.value)
    assert "'conditions.Atlantis' is nothing that can be changed in 'kdsp1' (known: Mombasa, Kwale," in said
    assert "'scores.Turkanna' is nothing that can be changed in 'kdsp1' (did you mean 'scores.Turkana'?)" in said
