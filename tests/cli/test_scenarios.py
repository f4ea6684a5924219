"""``workbench run``, ``compare``, ``reproduce``, ``runs``, ``ensemble``: as a user types them."""

import json

import pytest

from tests.conftest import assert_refused

STORE = ("--store", "store.sqlite3")


@pytest.fixture
def kept(workbench):
    done = workbench("run", "ten-counties-fail", "--name", "ten", "--json", *STORE)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_run_is_kept_shown_compared_approved_exported_and_reproduced(workbench, kept, tmp_path):
    assert kept["headline"][0]["name"] == "awarded"
    assert workbench("run", "shilling-at-160", *STORE).returncode == 0
    compared = json.loads(workbench("compare", "ten", "shilling-at-160.yaml", "--json", *STORE).stdout or "null")
    assert compared is None, "a file that is not there is no scenario"
    listed = json.loads(workbench("runs", "list", "--json", *STORE).stdout)
    assert [run["scenario"] for run in listed] == ["shilling-at-160", "ten-counties-fail"]
    compared = json.loads(workbench("compare", kept["id"], listed[0]["id"], "--json", *STORE).stdout)
    assert len(compared["inputs"]) == 11
    shown = workbench("compare", kept["id"], listed[0]["id"], *STORE).stdout
    assert shown.index("What changed in the inputs") < shown.index("Headline figures") < shown.index("10 gain", 300)
    assert "was approved by" in workbench("runs", "approve", "ten", *STORE).stdout
    assert "approved" in workbench("runs", "show", "ten", *STORE).stdout
    assert_refused(workbench("runs", "delete", "ten", *STORE), "is approved and cannot be deleted")
    assert workbench("runs", "export", "ten", "--to", "ten.json", *STORE).returncode == 0
    for what in (kept["id"], "ten.json"):
        again = workbench("reproduce", what, *STORE)
        assert (again.returncode, again.stdout.split(":")[0]) == (0, "identical")
    verified = workbench("store", "verify", *STORE)
    assert verified.returncode == 0
    assert "sound; 2 runs" in verified.stdout


def test_a_record_that_gives_other_figures_is_told_with_exit_code_1(workbench, kept, tmp_path):
    from workbench.scenarios.record import Record

    path = tmp_path / "ten.json"
    workbench("runs", "export", "ten", "--to", str(path), *STORE)
    tree = json.loads(path.read_text())
    tree["content"]["headline"][2]["value"] += 1
    Record(content=tree["content"], made_at="2026-01-01T00:00:00Z", made_by="somebody").write(path)
    done = workbench("reproduce", str(path))
    assert done.returncode == 1
    assert "1 of" in done.stdout
    assert "42,500,001" in done.stdout


def test_a_name_that_is_taken_and_a_broken_file_are_refused_in_words(workbench, kept, tmp_path):
    again = workbench("run", "shilling-at-160", "--name", "ten", *STORE)
    assert_refused(again, "'ten' is taken", "nothing was overwritten")
    (tmp_path / "own.yaml").write_text(
        "name: own\nquestion: What?\nmodel: grants\nbase: kdsp2\nchanges:\n  level_2.pol: 1\n"
    )
    assert_refused(workbench("run", "own.yaml", *STORE), "line 6", "did you mean 'level_2.pool'?")
    assert_refused(workbench("reproduce", "nothing", *STORE), "is no run of this store")


def test_a_store_that_was_tampered_with_is_told_with_exit_code_1(workbench, kept, tmp_path):
    import sqlite3

    connection = sqlite3.connect(tmp_path / "store.sqlite3")
    connection.execute("DROP TRIGGER keep_run")
    connection.execute("UPDATE run SET headline = '[]'")
    connection.commit()
    connection.close()
    done = workbench("runs", "verify", *STORE)
    assert done.returncode == 1
    assert "listed with another headline" in done.stdout
    assert "guard keep_run was taken out" in done.stdout


@pytest.mark.postgres
def test_runs_are_kept_in_a_postgresql_by_its_address(workbench, postgres_url):
    made = json.loads(workbench("run", "ten-counties-fail", "--store", postgres_url, "--json").stdout)
    done = workbench("reproduce", made["id"], "--store", postgres_url)
    assert (done.returncode, done.stdout.split(":")[0]) == (0, "identical")


def test_an_ensemble_is_kept_with_an_id_reproduced_and_told_when_it_was_tampered_with(workbench, tmp_path):
    drawn = ("ensemble", "scores-plus-or-minus-three", "--draws", "500", "--json", *STORE)
    one, two = (workbench(*drawn) for _ in range(2))
    assert one.stdout == two.stdout
    found = json.loads(one.stdout)
    assert found["draws"] == 500
    listed = json.loads(workbench("runs", "list", "--kind", "ensemble", "--json", *STORE).stdout)
    assert [entry["id"] for entry in listed] == [found["id"]]
    again = workbench("reproduce", found["id"], *STORE)
    assert (again.returncode, again.stdout.split(":")[0]) == (0, "identical")
    assert "500 draws of 47 drivers, sobol, seed 2018" in workbench("runs", "show", found["id"], *STORE).stdout
    workbench("runs", "export", found["id"], "--to", "e.json", *STORE)
    path = tmp_path / "e.json"
    path.write_text(path.read_text().replace('"Nairobi City","KES",', '"Nairobi City","KES",1'))
    changed = workbench("reproduce", "e.json")
    assert changed.returncode == 1
    assert "was changed after it was made. 1 of" in changed.stdout
    assert_refused(workbench("ensemble", "ten-counties-fail", *STORE), "names nothing to draw")


def test_an_ensemble_runs_over_years(workbench, tmp_path):
    path = "years.yaml"
    text = "name: years\nquestion: What?\nbase: kdsp2-every-county-qualifies\nensemble:\n  inputs:\n    level_2.pool: "
    (tmp_path / path).write_text(text + "{distribution: uniform, low: 0.9, high: 1.1, how: factor}\n")
    done = workbench("ensemble", path, "--draws", "50", "--years", "3", "--no-keep")
    assert done.returncode == 0, done.stderr
    for words in ("2027/28", "awarded_in_all", "Nothing is published of 2026/27"):
        assert words in done.stdout
    assert_refused(workbench("ensemble", path, "--years", "soon", "--no-keep"), "soon")


def test_kept_runs_and_a_comparison_fit_into_eighty_columns(monkeypatch, tmp_path, capsys):
    import workbench as wb
    from workbench.cli import runs, scenarios

    monkeypatch.setattr(runs, "shown_width", lambda: 80)
    store = str(tmp_path / "s")
    for name in ("kdsp2-every-county-qualifies", "five-hundred-million-for-the-prime-minister"):
        wb.run(name, store=store, user="wanjiku")
    runs.list_runs(store, 50, None, None, None, None, None, json=False)
    listed = capsys.readouterr().out
    assert max(len(line.rstrip()) for line in listed.splitlines()) <= 80
    assert "five-hundred-million-for-the-prime-minister" in listed, "a name is never cut"
    scenarios.compare_runs(["kdsp2-every-county-qualifies", "ten-counties-fail"], store, None, json=False)
    told = capsys.readouterr().out
    tables = told[told.index("Headline figures") :].splitlines()
    assert "B: ten-counties-fail" in told
    assert max(len(line.rstrip()) for line in tables) <= 100
