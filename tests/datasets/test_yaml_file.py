"""YAML files of settings: every mistake at once, in words, with its line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from workbench.datasets.yaml_file import LineFault, Written, parse_yaml, read_yaml
from workbench.errors import InputError


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    share: Annotated[float, Field(ge=0, le=1)] = 0.0
    kind: Literal["linear", "power"] = "linear"


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(pattern="^[a-z]+$")]
    count: int = 1
    parts: dict[str, Inner] = Field(default_factory=dict)
    rows: list[Inner] = Field(default_factory=list)
    day: bool = True


def refused(text: str) -> str:
    with pytest.raises(InputError) as error:
        parse_yaml(text, Outer, file="mine.yaml", title="the settings")
    return str(error.value)


def test_every_mistake_is_told_with_its_line_and_no_word_of_the_library() -> None:
    said = refused(
        "name: A B\ncount: some\nday: 7\nparts:\n  a:\n    share: 2\n    kynd: linear\n  b:\n    kind: linaer\n"
        "rows:\n  - share: -1\n  - 3\nsize: 4\n"
    )
    for words in (
        "The settings mine.yaml has 9 mistakes",
        "mine.yaml, line 1, name: 'A B' is no name (write small letters and digits, a letter first)",
        "line 2, count: 'some' is no whole number",
        "line 3, day: '7' is neither true nor false",
        "line 6, parts.a.share: '2' is more than 1",
        "line 7: 'kynd' is no known key in parts.a (did you mean 'kind'?)",
        "line 9, parts.b.kind: 'linaer' is not allowed here (did you mean 'linear'?)",
        "line 11, rows.0.share: '-1' is less than 0",
        "line 12, rows.1: '3' holds no keys",
        "line 13: 'size' is no known key",
    ):
        assert words in said, said
    assert "Input should" not in said
    assert "should match" not in said


def test_a_missing_key_is_named() -> None:
    assert "'name' is missing" in refused("count: 2\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: [", "is no YAML"),
        ("- a", "holds no keys (known keys: name, count, parts, rows, day)"),
        ("", "holds no keys"),
        ("name: a\nname: b", "line 2: 'name' is set twice (keep one of the two)"),
    ],
)
def test_what_is_no_yaml_is_refused_in_words(text: str, said: str) -> None:
    assert said in refused(text)


def test_a_further_check_is_told_with_the_line_too() -> None:
    def check(model: Outer, written: Written) -> Iterator[LineFault]:
        yield written.fault(["parts", "b", "share"], "is too much", value=model.parts["b"].share)

    with pytest.raises(InputError, match=r"mine\.yaml, line 4: '0.5' is too much"):
        parse_yaml("name: a\nparts:\n  b:\n    share: 0.5\n", Outer, file="mine.yaml", check=check)


def test_a_file_is_read_and_what_cannot_be_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("name: a\n", encoding="utf-8")
    assert read_yaml(path, Outer) == Outer(name="a")
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match=r"mine\.yaml: is no text"):
        read_yaml(path, Outer)
    path.write_text("name: a\n#" + "x" * 1_000_001, encoding="utf-8")
    with pytest.raises(InputError, match="too large"):
        read_yaml(path, Outer)
    with pytest.raises(InputError, match="cannot be read"):
        read_yaml(tmp_path / "absent.yaml", Outer)


def test_keys_that_are_there_twice_are_told_with_all_else_that_is_wrong() -> None:
    with pytest.raises(InputError) as error:
        parse_yaml("name: a\nname: b\ncount: 2\ncount: 3\nsizes: 4\n", Outer, file="mine.yaml")
    assert [(fault.row, fault.what) for fault in error.value.faults] == [
        (2, "is set twice"), (4, "is set twice"), (5, "is no known key"),
    ]  # fmt: skip


def test_what_is_nested_in_itself_is_refused() -> None:
    assert "is nested too deeply, or in itself" in refused("name: &a [*a]\n")
