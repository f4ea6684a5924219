"""Runs: known answers of the shipped scenarios, records that give the same bytes, and what reproduces."""

import json

import pytest

import workbench as wb
from workbench.errors import InputError
from workbench.scenarios import read_record, reproduce, scenario_names
from workbench.scenarios.record import Record, parse_record
from workbench.scenarios.store import StoreError


def figure(run, name):
    return run.headline.set_index("name").loc[name, "value"]


def test_ten_counties_fail_leaves_37_whose_rewards_miss_the_pool_by_42_5_million():
    # kdsp.md section 0: 37 x 352.5M = 13.0425bn; the Bill prints 13bn.
    run = wb.run("ten-counties-fail")
    assert figure(run, "short") == 42_500_000
    awards = run.tables["awards"].set_index("county")["level_2"]
    assert (awards > 0).sum() == 37
    assert awards.sum() == 13_000_000_000
    assert awards["Mombasa"] == 0


def test_the_shilling_at_160_makes_the_reward_432_million_and_the_pool_binds():
    run = wb.run("shilling-at-160")
    # US$ 2.7 million at 160 is 432 million; for 47 counties 20.304 billion, out of a pool of 13 billion.
    assert figure(run, "short") == 47 * 432_000_000 - 13_000_000_000
    assert figure(run, "awarded") == 13_000_000_000 + 47 * 35_250_000


def test_both_cuts_save_the_same_and_the_rule_spares_the_small():
    flat, ruled = wb.run("cut-across-the-board"), wb.run("cut-by-rule")
    assert figure(flat, "gap") == figure(ruled, "gap")
    assert figure(flat, "allocation") == pytest.approx(0.95 * figure(flat, "requirement"), abs=1)
    assert flat.tables["lines"]["coverage"].dropna().between(0.9499, 0.9501).all()
    after = ruled.tables["cut"]["after"]
    untouched = ruled.tables["cut"]["cut"] == 0
    assert untouched.sum() > 150
    assert after[~untouched].nunique() == 1, "those above the cap all get the cap"


def test_development_is_raised_to_exactly_30_per_cent_and_no_shilling_is_lost():
    run = wb.run("development-at-30-per-cent")
    lines = run.tables["lines"]
    development = lines[lines["line"].str.endswith("development")]["allocation"].sum()
    assert figure(run, "gap") == 0
    assert development == pytest.approx(0.3 * figure(run, "allocation"), abs=100)


def test_500_million_go_to_the_lines_that_go_short_and_to_nobody_else():
    run = wb.run("five-hundred-million-for-the-prime-minister")
    extra = run.tables["extra"]
    assert extra["award"].sum() == 500_000_000
    # 2009/10: 3,162 asked, 1,915 given (rows added up): 1,247 missing before.
    assert figure(run, "gap") == 1_247_000_000 - 500_000_000
    assert set(extra["line"]) == {
        "Communication and Press Services", "Protocol and Liaison Services", "Household Services",
        "Performance Contracting Services", "Public Service Reforms", "Monitoring and Inspection",
    }  # fmt: skip
    assert (extra["award"] <= extra["gap"]).all()


def test_supplementary_two_moves_health_by_the_ratio_of_the_year_before():
    run = wb.run("supplementary-two-repeated")
    lines = run.tables["lines"].set_index("line")["allocation"]
    assert lines["Health"] == pytest.approx(164.92e9 * 136.08 / 118.86, abs=1)
    assert lines["Education"] == 757.5e9


def test_housing_moves_its_82_billion_from_one_working_group_to_the_other(write):
    before = wb.run(write("name: own\nquestion: What?\nmodel: alignment\nbase: mtp-mtef\n"))
    after = wb.run("housing-back-to-arud")
    moved = wb.compare(before, after).changes["housing-back-to-arud"].set_index("label")["change"]
    assert dict(moved) == {"ARUD": 82_440_000_000, "EIICT": -82_440_000_000}
    assert figure(before, "distance") == figure(after, "distance")
    assert figure(before, "homogeneity") != figure(after, "homogeneity")


def test_a_changed_share_moves_money_between_plan_sectors_and_must_add_to_one(write):
    head = "name: own\nquestion: What?\nmodel: alignment\nbase: mtp-mtef\nchanges:\n"
    vote = "shares.State Department for Livestock Development"
    run = wb.run(write(f"{head}  {vote}.finance-production: 0.5\n  {vote}.environment: 0.5\n"))
    base = wb.run(write("name: base\nquestion: What?\nmodel: alignment\nbase: mtp-mtef\n", "base.yaml"))
    moved = wb.compare(base, run).changes["own"].set_index("label")["change"]
    assert moved.sum() == 0
    assert moved["Environment and natural resources"] > 0
    with pytest.raises(InputError, match="add"):
        wb.run(write(f"{head}  {vote}.environment: 0.5\n"))


@pytest.mark.parametrize("name", scenario_names())
def test_identical_inputs_give_identical_bytes_and_reproduce(name, tmp_path):
    first, second = wb.run(name, user="wanjiku"), wb.run(name, user="otieno")
    assert first.record.content_text == second.record.content_text
    assert first.record.made_by != second.record.made_by
    first.record.write(tmp_path / "record.json")
    record = read_record(tmp_path / "record.json")
    assert record.text == first.record.text
    found = reproduce(record)
    assert found.identical
    assert found.byte_for_byte
    assert found.summary().startswith("identical: all")
    assert found.figures > 20


def test_a_record_holds_no_place_of_this_machine(repository):
    text = wb.run("housing-back-to-arud").record.text
    assert str(repository) not in text
    assert "national-budget/votes.csv" in text


def test_a_record_says_what_it_stood_on():
    content = wb.run("ten-counties-fail").record.content
    assert set(content["versions"]) == {"workbench", "python", "numpy", "pandas", "scipy"}
    assert "grants/kdsp2.yaml" in content["inputs"]
    assert all(len(digest) == 64 for digest in content["inputs"].values())
    assert [text["name"] for text in content["scenario"]["texts"]] == [
        "kdsp2-every-county-qualifies",
        "ten-counties-fail",
    ]
    assert content["illustrative"] is True


def test_a_record_that_was_changed_is_refused_and_one_that_differs_says_where(tmp_path):
    record = wb.run("ten-counties-fail").record
    (tmp_path / "changed.json").write_text(record.text.replace("352500000", "352500001"))
    with pytest.raises(InputError, match="was changed after it was made"):
        read_record(tmp_path / "changed.json")
    content = json.loads(record.content_text)
    content["tables"]["awards"]["rows"][0][5] += 1
    content["headline"][0]["value"] += 1
    content["versions"]["numpy"] = "1.0"
    content["inputs"]["grants/kdsp2.yaml"] = "0" * 64
    found = reproduce(Record(content=content, made_at=record.made_at, made_by=record.made_by))
    assert not found.identical
    assert len(found.differences) == 2
    assert set(found.differences["table"]) == {"headline", "awards"}
    assert any("grants/kdsp2.yaml has changed since" in note for note in found.notes)
    assert any("numpy was 1.0" in note for note in found.notes)


def test_a_record_cannot_be_changed_in_memory(tmp_path):
    record = wb.run("ten-counties-fail").record
    for change in (
        lambda: record.content["headline"][0].update(value=1),
        lambda: record.content["tables"]["awards"]["rows"][0].append(1),
        lambda: record.content.pop("notes"),
    ):
        with pytest.raises((AttributeError, TypeError)):
            change()
    tables = record.tables
    tables["awards"].loc[0, "award"] = 0
    record.headline[0]["value"] = 0
    with wb.open_store(tmp_path / "s") as store:
        kept = store.save(record)
        assert store.record(kept.id).content_hash == record.content_hash
        assert store.verify().sound


def test_a_record_that_was_changed_is_run_again_with_the_figures_that_differ(tmp_path):
    record = wb.run("ten-counties-fail").record
    (tmp_path / "t.json").write_text(record.text.replace('"value":14656750000', '"value":14656750001'))
    changed = read_record(tmp_path / "t.json", changed_too=True)
    assert not changed.intact
    found = reproduce(changed)
    assert not found.identical
    assert found.differences.iloc[0].to_list() == ["headline", "Awarded", "value", 14656750001, 14656750000]
    (tmp_path / "n.json").write_text(record.text.replace("No list", "A list").replace('"notes":[', '"notes":["x",'))
    found = reproduce(read_record(tmp_path / "n.json", changed_too=True))
    assert not found.identical
    assert "what was changed is no figure" in found.summary()
    with wb.open_store(tmp_path / "s") as store, pytest.raises(StoreError, match="is not kept"):
        store.save(changed)


def test_a_record_that_cannot_be_written_is_refused_in_words(tmp_path):
    record = wb.run("ten-counties-fail").record
    with pytest.raises(InputError, match="cannot be written"):
        record.write(tmp_path / "nowhere" / "r.json")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"content": {}}', '{"content": 5, "content_hash": "", "made": {}}'])
def test_what_is_no_record_is_refused(text):
    with pytest.raises(InputError, match="is no record of a run"):
        parse_record(text, name="r.json")


def test_a_users_own_form_goes_into_the_record_so_that_it_runs_anywhere(write, tmp_path):
    from workbench.grants.facts import county_names_by_code

    rows = [f"{code},{name},yes,{50 + code}" for code, name in enumerate(county_names_by_code(), start=1)]
    (tmp_path / "scores.csv").write_text("code,county,conditions_met,score\n" + "\n".join(rows) + "\n")
    run = wb.run(write("name: own\nquestion: What?\nmodel: grants\nbase: kdsp1\nchanges:\n  year: 2018/19\n"
                       "  score_form: scores.csv\n  scores.Nyeri: +10%\n"))  # fmt: skip
    assert run.tables["awards"].set_index("county").loc["Nyeri", "score"] == pytest.approx((50 + 19) * 1.1)
    record = run.record
    (tmp_path / "scores.csv").unlink()
    assert reproduce(record).identical


def test_a_run_that_is_kept_has_an_id_and_explains_a_county(tmp_path):
    run = wb.run("ten-counties-fail", store=tmp_path / "store", name="mine")
    with wb.open_store(tmp_path / "store") as store:
        assert store.run("mine").id == run.id
        assert store.record("mine").content_hash == run.record.content_hash
    assert "Turkana" in run.explain("Turkana")
    assert "Illustrative" in run._repr_html_() or run.record.illustrative
