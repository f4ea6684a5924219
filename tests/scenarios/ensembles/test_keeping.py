"""Ensembles as records: kept like runs, drawn again to the last byte, compared with each other."""

import json

import pytest

import workbench as wb
from workbench.errors import InputError
from workbench.scenarios import read_record, reproduce
from workbench.scenarios.ensembles import Lognormal, Normal, Uniform
from workbench.scenarios.ensembles.drawing import BLOCK
from workbench.scenarios.record import Record

KDSP = "kdsp2-every-county-qualifies"
DOUBTS = {"fx.kes_per_usd": Lognormal(median=130, sigma=0.1), "level_2.pool": Uniform(low=10e9, high=14e9)}
TOGETHER = {("fx.kes_per_usd", "level_2.pool"): 0.6}
OPM = "five-hundred-million-for-the-prime-minister"


@pytest.fixture(scope="module")
def found():
    return wb.ensemble(KDSP, BLOCK + 5, inputs=DOUBTS, correlations=TOGETHER, method="latin_hypercube", seed=3)


def test_a_kept_ensemble_is_listed_verified_and_drawn_again_from_the_store_alone(tmp_path):
    found = wb.ensemble(KDSP, 300, inputs=DOUBTS, correlations=TOGETHER, seed=3, store=tmp_path / "s", user="wanjiku")
    with wb.open_store(tmp_path / "s") as store:
        (entry,) = store.runs(kind="ensemble")
        assert (entry.id, entry.made_by, entry.scenario) == (found.id, "wanjiku", KDSP)
        assert store.runs(kind="run") == []
        again = reproduce(store.record(found.id))
        assert again.identical
        assert again.byte_for_byte
        assert store.verify().sound


def test_the_record_says_in_full_what_was_drawn(found):
    drawn = found.record.content["ensemble"]
    assert found.record.content["seed"] == 3
    assert (drawn["draws"], drawn["method"]) == (BLOCK + 5, "latin_hypercube")
    assert [one["name"] for one in drawn["drivers"]] == list(DOUBTS)
    assert drawn["drivers"][1]["high"] == 14e9
    assert drawn["correlations"] == (("fx.kes_per_usd", "level_2.pool", 0.6),)
    assert drawn["results"] == found.content_hash
    assert len(found.record.tables["award"]) == 47


def test_a_record_on_file_draws_the_same_and_one_that_was_changed_does_not(found, tmp_path):
    found.record.write(tmp_path / "e.json")
    assert reproduce(read_record(tmp_path / "e.json")).summary().startswith("identical: all")
    content = json.loads(found.record.content_text)
    content["ensemble"]["drivers"][1]["high"] = 15e9
    other = reproduce(Record(content=content, made_at="", made_by=""))
    assert not other.identical
    assert {"every draw", "headline", "award"} <= set(other.differences["table"])
    content["ensemble"].pop("drivers")
    with pytest.raises(InputError, match="does not say in full what was drawn"):
        reproduce(Record(content=content, made_at="", made_by=""))


def test_what_was_stopped_is_drawn_again_as_far_as_it_came():
    def stop(done, _whole):
        if done >= 2 * BLOCK:
            raise KeyboardInterrupt

    part = wb.ensemble(OPM, 4 * BLOCK, inputs={"extra.amount": Uniform(low=0, high=1e9)}, progress=stop)
    assert part.record.content["ensemble"]["not_done"] == (2, 3)
    assert reproduce(part.record).identical


def test_the_same_ensemble_is_kept_once_and_under_a_name_of_its_own_beside_it(tmp_path):
    with wb.open_store(tmp_path / "s") as store:
        one, two = (wb.ensemble(KDSP, 50, inputs=DOUBTS, store=store) for _ in range(2))
        named = wb.ensemble(KDSP, 50, inputs=DOUBTS, store=store, name="mine")
        other = wb.ensemble(KDSP, 50, inputs=DOUBTS, store=store, seed=9)
        assert one.id == two.id
        assert len({one.id, named.id, other.id}) == 3
        assert len(store.runs()) == 3
        store.approve(one.id)
        with pytest.raises(wb.scenarios.store.StoreError, match="approved and cannot be deleted"):
            store.delete(one.id)


def test_ensembles_compare_by_their_medians_and_never_with_a_single_run(found):
    other = wb.ensemble("ten-counties-fail", BLOCK + 5, inputs=DOUBTS | {"fx.kes_per_usd": Normal(mean=130, sd=1)})
    compared = wb.compare(found, other)
    inputs = compared.inputs.set_index("input")
    assert "conditions.Mombasa" in inputs.index
    assert inputs.loc["draws of fx.kes_per_usd", "ten-counties-fail"] == "normal: mean 130, sd 1"
    assert inputs.loc["rank correlation of fx.kes_per_usd and level_2.pool", KDSP] == 0.6
    assert inputs.loc["how drawn", KDSP] == "latin_hypercube"
    assert len(compared.losers()) == 10
    with pytest.raises(InputError, match="a median is no figure of one run"):
        wb.compare(found, wb.run("ten-counties-fail"))
