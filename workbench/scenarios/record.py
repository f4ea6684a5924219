"""The record of a run: everything that it stood on and everything that it gave, as bytes that can be compared."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pandas as pd

from workbench.datasets.write_file import write_whole
from workbench.errors import Fault, InputError
from workbench.scenarios import canonical

FORMAT: Final = 1
"""The layout of a record; a reader refuses a newer one."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Record:
    """What a run stood on and what it gave.

    Attributes
    ----------
    content : mapping
        ``scenario`` (its text and those it stacks on), ``model``, ``base``, ``parameters``, ``inputs`` (the hash of
        every file of figures and every design used), ``files`` (the text of the user's own), ``seed``, ``versions``,
        ``headline``, ``tables``, ``keys``, ``sources``, ``findings``, ``notes``. Identical inputs give identical bytes.
        An ensemble's has ``ensemble`` too: what was drawn and how, and the hash of every drawn result. Nobody can
        change it: what is hashed, shown, kept and run again is one and the same.
    made_at, made_by : str
        When (UTC) and by whom; no part of what is hashed.
    stated_hash : str or None
        The hash that a record from a file or a store names; None for one that was made here.
    """

    content: Mapping[str, Any]
    made_at: str
    made_by: str
    stated_hash: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "content", canonical.frozen(self.content))

    @cached_property
    def content_text(self) -> str:
        """The content as canonical JSON."""
        return canonical.text(self.content)

    @cached_property
    def content_hash(self) -> str:
        """The SHA-256 of :attr:`content_text`."""
        return canonical.digest_of_text(self.content_text)

    @cached_property
    def text(self) -> str:
        """The whole record as canonical JSON."""
        made = canonical.text({"at": self.made_at, "by": self.made_by})
        return f'{{"content":{self.content_text},"content_hash":"{self.content_hash}","made":{made}}}'

    @property
    def intact(self) -> bool:
        """Whether the content has the hash that the record names: whether it is as it was made."""
        return self.stated_hash is None or self.stated_hash == self.content_hash

    @property
    def kind(self) -> str:
        """``run``, or ``ensemble``."""
        return "ensemble" if self.content.get("ensemble") else "run"

    @property
    def scenario(self) -> str:
        """The scenario's name."""
        return str(self.content["scenario"]["name"])

    @property
    def question(self) -> str:
        """The question that the scenario asks."""
        return str(self.content["scenario"]["question"])

    @property
    def model(self) -> str:
        """The model that was run."""
        return str(self.content["model"])

    @property
    def financial_year(self) -> str | None:
        """The financial year of the result, where it has one."""
        return None if self.content["financial_year"] is None else str(self.content["financial_year"])

    @property
    def illustrative(self) -> bool:
        """Whether anything that the run stands on is illustrative."""
        return bool(self.content["illustrative"])

    @property
    def headline(self) -> list[dict[str, Any]]:
        """The headline figures: ``name``, ``label``, ``value``, ``unit``."""
        return [dict(figure) for figure in self.content["headline"]]

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The result tables by name."""
        return {name: canonical.frame(table) for name, table in self.content["tables"].items()}

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the record to a file, whole or not at all.

        Raises
        ------
        InputError
            Where it cannot be written.
        """
        write_whole(Path(path), (self.text + "\n").encode("utf-8"))


def read_record(path: str | os.PathLike[str], *, changed_too: bool = False) -> Record:
    """Read a record from a file, and check that nobody has changed it since it was made.

    Parameters
    ----------
    path : str or path
    changed_too : bool
        Whether a record that was changed is read too; :attr:`Record.intact` tells.

    Raises
    ------
    InputError
        For a file that is no record, or whose content does not have the hash that it names.
    """
    name = Path(path).name
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(Fault(what=f"cannot be read: {fault}", file=name)) from fault
    return parse_record(text, name=name, changed_too=changed_too)


def parse_record(text: str, *, name: str, changed_too: bool = False) -> Record:
    """Read a record from its text.

    Parameters
    ----------
    text : str
        JSON, as :attr:`Record.text` gives it; spaces and line ends between its parts do not matter.
    name : str
        What messages call it.
    changed_too : bool
        Whether a record that was changed since it was made is read too.
    """
    try:
        tree = json.loads(text)
        content, stated, made = tree["content"], tree["content_hash"], tree["made"]
        record = Record(content=content, made_at=str(made["at"]), made_by=str(made["by"]), stated_hash=str(stated))
        layout = content["format"]
        _touch(content)
    except (json.JSONDecodeError, KeyError, TypeError, RecursionError) as fault:
        what = "is no record of a run"
        remedy = "workbench runs export ID writes one"
        raise InputError(Fault(what=what, file=name, remedy=remedy)) from fault
    if layout != FORMAT:
        what = f"is a record of format {layout}; this workbench reads format {FORMAT}"
        raise InputError(Fault(what=what, file=name, remedy="use the workbench that made it, or a newer one"))
    if not record.intact and not changed_too:
        raise changed(name, record)
    return record


def changed(name: str, record: Record) -> InputError:
    """Build the refusal of a record that is not as it was made."""
    what = "was changed after it was made: its content does not have the hash that it names"
    remedy = "export the run from its store again"
    return InputError(Fault(what=what, file=name, value=str(record.stated_hash)[:12], remedy=remedy))


def _touch(content: Mapping[str, Any]) -> None:
    """Raise KeyError or TypeError where a part that running it again needs is not there."""
    _ = [dict(text)["text"] for text in content["scenario"]["texts"]]
    _ = [(dict(figure)["label"], figure["name"], figure["value"]) for figure in content["headline"]]
    _ = [(list(table["columns"]), [list(row) for row in table["rows"]]) for table in content["tables"].values()]
    _ = [dict(content[part]) for part in ("inputs", "files", "versions")]
    _ = content["model"], content["financial_year"], content["illustrative"], list(content["parameters"])
