"""``workbench grants``: what a program reads, what a person reads, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Workbench, assert_refused


def test_json_has_the_promised_keys(workbench: Workbench) -> None:
    done = workbench("grants", "kdsp2", "--year", "2024/25", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert {"design", "financial_year", "pool", "awarded", "unallocated", "rows"} <= set(answer)
    assert (answer["design"], answer["financial_year"]) == ("kdsp2", "2024/25")
    assert answer["pool"] == answer["awarded"] == 1_762_500_000
    row = answer["rows"][22]
    assert (row["code"], row["county"], row["award"], row["level_1"], row["level_2"]) == (
        23, "Turkana", 37_500_000, 37_500_000, 0,
    )  # fmt: skip
    assert row["qualified"] is True
    assert row["score"] is None


def test_people_see_every_county_and_the_sources(workbench: Workbench) -> None:
    done = workbench("grants", "kdsp2")
    assert done.returncode == 0, done.stderr
    for words in ("Turkana", "37,500,000", "1,762,500,000", "Capital FM", "Sources"):
        assert (words in done.stdout) == (words != "Capital FM")


def test_what_is_inferred_is_named_to_people_and_to_programs(workbench: Workbench) -> None:
    done = workbench("grants", "kdsp1", "--year", "2017/18")
    words = " ".join(done.stdout.split())
    assert "by the formula" in words
    assert "Inferred, not published: County Allocation of Revenue Acts" in words
    answer = json.loads(workbench("grants", "kdsp1", "--year", "2017/18", "--json").stdout)
    assert ["the shares of 2016/17 stand in for those of 2017/18" in one for one in answer["inferred"]] == [True]
    assert json.loads(workbench("grants", "kdsp2", "--json").stdout)["inferred"] == []


def test_sources_are_told_by_their_titles(workbench: Workbench) -> None:
    done = workbench("grants", "kdsp2")
    assert "County page on KDSP II" in done.stdout
    assert ".txt" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["kdsp-2"], "did you mean 'kdsp2'"),
        (["kdsp2", "--year", "2009/11"], "is no financial year"),
        (["kdsp2", "--year", "2030/31"], "2024/25, 2025/26"),
        (["kdsp2", "--set", "level_2.pol=1"], "did you mean 'level_2.pool'"),
        (["kdsp2", "--set", "level_2.pool"], "write NAME=VALUE"),
        (["kdsp2", "--set", "level_1.pool=1", "--set", "level_1.pool=2"], "is set twice"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(workbench: Workbench, arguments: list[str], said: str) -> None:
    assert_refused(workbench("grants", *arguments), said)


def score_form(changes: dict[int, tuple[str, str]]) -> str:
    from workbench.grants.facts import county_names_by_code

    lines = ["code,county,conditions_met,score"]
    for code, name in enumerate(county_names_by_code(), start=1):
        conditions, score = changes.get(code, ("yes", "60"))
        lines.append(f"{code},{name},{conditions},{score}")
    return "\n".join(lines) + "\n"


def test_scores_and_a_setting_share_the_pool(workbench: Workbench, tmp_path: Path) -> None:
    (tmp_path / "SCORES.csv").write_text(score_form({23: ("", "99"), 36: ("no", "83")}), encoding="utf-8")
    done = workbench("grants", "kdsp2", "--scores", "SCORES.csv", "--set", "level_2.pool=12e9", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["financial_year"] == "2025/26"
    rows = {row["code"]: row for row in answer["rows"]}
    assert sum(row["level_2"] for row in rows.values()) == 12_000_000_000
    assert {row["level_2"] for row in rows.values()} == {0, 12_000_000_000 // 45, 12_000_000_000 // 45 + 1}
    assert answer["pool"] == answer["awarded"] + answer["unallocated"] == 12_000_000_000 + 1_656_750_000
    assert (rows[23]["qualified"], rows[23]["score"], rows[23]["level_2"]) == (False, 99, 0)
    assert (rows[36]["qualified"], rows[36]["level_2"]) == (False, 0)
    assert all(isinstance(row[key], int) for row in rows.values() for key in ("award", "level_1", "level_2"))
    assert any("Turkana" in note for note in answer["notes"]), "unknown is listed"


@pytest.mark.parametrize("design", ["kdsp1", "kdsp2", "equal-share", "revenue-third-basis", "revenue-fourth-basis"])
def test_every_shipped_design_runs_as_it_comes(workbench: Workbench, design: str) -> None:
    done = workbench("grants", design, "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["awarded"] + answer["unallocated"] == answer["pool"]
    assert sum(row["award"] for row in answer["rows"]) == answer["awarded"]
    assert all(source["mark"] for source in answer["sources"])


def test_kdsp1s_first_year_can_be_run_with_a_pool(workbench: Workbench) -> None:
    done = workbench("grants", "kdsp1", "--year", "2016/17", "--set", "level_1.pool=2e9", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["awarded"] == answer["pool"] == 2_000_000_000
    assert {"level_1", "level_2"} <= set(answer["rows"][0])


def test_a_bad_form_is_refused_with_every_fault_and_nothing_is_written(workbench: Workbench, tmp_path: Path) -> None:
    (tmp_path / "SCORES.csv").write_text(score_form({2: ("perhaps", "101"), 4: ("yes", "x")}), encoding="utf-8")
    done = workbench("grants", "kdsp2", "--scores", "SCORES.csv", "--output", "out.xlsx", "--json")
    assert_refused(done, "SCORES.csv, row 3, column conditions_met", "'101' is not from 0 to 100", "row 5")
    assert not (tmp_path / "out.xlsx").exists()


def test_a_schedule_is_written_beside_the_json(workbench: Workbench, tmp_path: Path) -> None:
    done = workbench("grants", "kdsp2", "--output", "out.csv", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["design"] == "kdsp2"
    assert "Baringo" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")


def test_a_file_of_bytes_is_no_design(workbench: Workbench, tmp_path: Path) -> None:
    (tmp_path / "bin.yaml").write_bytes(bytes(range(128, 256)))
    assert_refused(workbench("grants", "bin.yaml"), "bin.yaml: is no text", "UTF-8")
    (tmp_path / "nul.yaml").write_bytes(b"name: \x00")
    assert_refused(workbench("grants", "nul.yaml"), "nul.yaml: is no YAML")


def test_a_schedule_that_cannot_be_written_is_refused_in_words(workbench: Workbench, tmp_path: Path) -> None:
    assert_refused(workbench("grants", "kdsp2", "--output", "/proc/x.csv"), "/proc/x.csv: cannot be written")
    (tmp_path / "folder.csv").mkdir()
    assert_refused(workbench("grants", "kdsp2", "--output", "folder.csv"), "cannot be written: it is a folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder.csv"]


def test_every_fault_of_the_command_line_is_told_at_once(workbench: Workbench) -> None:
    wrong = ("--year", "2018/20", "--set", "pool", "--set", "level_2.curve.kind=cubic", "--set", "level_1.pol=4")
    said = ("'2018/20' is no financial year", "write NAME=VALUE", "known: linear, threshold, power", "'level_1.pool'")
    assert_refused(workbench("grants", "kdsp1", *wrong), *said)
    assert_refused(workbench("grants-explain", "kdsp1", "--county", "Bomat", *wrong), *said, "did you mean 'Bomet'")


def test_what_is_illustrative_is_called_so_on_every_screen(workbench: Workbench, repository: Path) -> None:
    scores = str(repository / "data" / "grants" / "illustrative-scores.csv")
    for command in (["grants", "kdsp2"], ["grants-explain", "kdsp2", "--county", "Turkana"]):
        words = " ".join(workbench(*command, "--scores", scores).stdout.split())
        assert "Illustrative, no published figure: the conditions and scores of illustrative-scores.csv" in words
        assert "Illustrative" not in workbench(*command).stdout


def test_a_file_that_is_there_is_overwritten_only_by_force(workbench: Workbench, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("somebody's figures", encoding="utf-8")
    assert_refused(workbench("grants", "kdsp2", "-o", "out.csv"), "out.csv: is there already", "--force")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "somebody's figures"
    assert workbench("grants", "kdsp2", "-o", "out.csv", "--force").returncode == 0
    assert "Baringo" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")


def test_the_blank_form_is_filled_in_and_read_back(workbench: Workbench, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    assert workbench("template", "scores", "-o", "form.xlsx").returncode == 0
    book = load_workbook(tmp_path / "form.xlsx")
    sheet = book["scores"]
    for row in range(2, 49):
        sheet.cell(row, 3).value, sheet.cell(row, 4).value = "yes" if row % 2 else "no", row + 0.5
    book.save(tmp_path / "form.xlsx")
    done = workbench("grants", "kdsp1", "--year", "2018/19", "--scores", "form.xlsx", "--json")
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["rows"]
    assert [row["score"] for row in rows] == [code + 1.5 for code in range(1, 48)]
    assert [row["qualified"] for row in rows] == [code % 2 == 0 for code in range(1, 48)]
    sheet.cell(2, 4).value, sheet.cell(3, 3).value, sheet.cell(4, 2).value = 101, "perhaps", "Kilify"
    book.save(tmp_path / "form.xlsx")
    said = ("row 2, column score: '101'", "row 3, column conditions_met: 'perhaps'", "did you mean 'Kilifi'")
    assert_refused(workbench("grants", "kdsp1", "--scores", "form.xlsx"), *said)


def test_the_path_carries_marks_and_sources(workbench: Workbench, repository: Path) -> None:
    scores = str(repository / "data" / "grants" / "illustrative-scores.csv")
    asked = ("grants-explain", "kdsp1", "--year", "2018/19", "--scores", scores, "--county", "Kwale")
    answer = json.loads(workbench(*asked, "--json").stdout)
    assert {"pool", "awarded", "unallocated", "notes", "inferred", "sources", "illustrations"} <= set(answer)
    assert answer["illustrative"] is True
    assert answer["pool"] == 4_000_000_000
    marks = {step["step"]: step["mark"] for step in answer["steps"] if step["level"].startswith("Level 2")}
    assert marks["pool"] == "one source"
    assert marks["formula"] == marks["award"] == "illustrative"
    assert {source["source"] for source in answer["sources"]} >= {"The Star 2019-06-28", "illustrative-scores.csv"}
    words = " ".join(workbench(*asked).stdout.split())
    assert "one source" in words
    assert "The Star 2019-06-28" in words
    plain = json.loads(workbench("grants-explain", "kdsp2", "--county", "Kwale", "--json").stdout)
    assert plain["illustrative"] is False
    assert [step["mark"] for step in plain["steps"] if step["step"] == "award"] == ["one source"]


def test_the_path_of_a_county_ends_with_what_it_was_really_paid(workbench: Workbench) -> None:
    done = workbench("grants-explain", "kdsp1", "--year", "2018/19", "--county", "Bomet")
    words = " ".join(done.stdout.split())
    assert "Really paid: Bomet scored 83 in 2017/18 and got nothing" in words
    answer = json.loads(workbench("grants-explain", "kdsp2", "--county", "Bomet", "--json").stdout)
    assert answer["really_paid"] is None


def test_sheets_go_out_and_come_back_on_the_command_line(workbench: Workbench) -> None:
    assert workbench("grants", "kdsp2", "-o", "act.xlsx").returncode == 0
    answer = json.loads(workbench("grants-read", "act.xlsx", "--json").stdout)
    assert {row["amount"] for row in answer["rows"]} == {37_500_000}
    assert (answer["printed_total"], answer["findings"]) == (1_762_500_000, [])
    assert workbench("grants-explain", "kdsp2", "--county", "Kisii", "-o", "cob.csv").returncode == 0
    answer = json.loads(workbench("grants-read", "cob.csv", "--json").stdout)
    assert [(row["design"], row["level"], row["allocation"]) for row in answer["rows"]] == [
        ("kdsp2", "level_1", 37_500_000)
    ]
    assert "No finding." in workbench("grants-read", "act.xlsx").stdout
    assert_refused(workbench("grants-read", "absent.csv"), "is no file")


def test_the_path_of_a_countys_money(workbench: Workbench, tmp_path: Path) -> None:
    (tmp_path / "SCORES.csv").write_text(score_form({36: ("no", "83")}), encoding="utf-8")
    done = workbench("grants-explain", "kdsp2", "--county", "bomet county", "--scores", "SCORES.csv")
    assert done.returncode == 0, done.stderr
    assert "A score of 83 does not help: the gate comes before the score" in done.stdout
    done = workbench("grants-explain", "kdsp2", "--county", "Turkana", "--json")
    assert json.loads(done.stdout)["award"] == 37_500_000
    assert_refused(workbench("grants-explain", "kdsp2", "--county", "Turkanna"), "did you mean 'Turkana'")
