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
    made_at, made_by : str
        When (UTC) and by whom; no part of what is hashed.
    """

    content: Mapping[str, Any]
    made_at: str
    made_by: str

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
        return list(self.content["headline"])

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The result tables by name."""
        return {name: canonical.frame(table) for name, table in self.content["tables"].items()}

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the record to a file."""
        Path(path).write_text(self.text + "\n", encoding="utf-8")


def read_record(path: str | os.PathLike[str]) -> Record:
    """Read a record from a file, and check that nobody has changed it since it was made.

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
    return parse_record(text, name=name)


def parse_record(text: str, *, name: str) -> Record:
    """Read a record from its text.

    Parameters
    ----------
    text : str
        JSON, as :attr:`Record.text` gives it; spaces and line ends between its parts do not matter.
    name : str
        What messages call it.
    """
    try:
        tree = json.loads(text)
        content, stated, made = tree["content"], tree["content_hash"], tree["made"]
        record = Record(content=content, made_at=str(made["at"]), made_by=str(made["by"]))
        layout = content["format"]
    except (json.JSONDecodeError, KeyError, TypeError) as fault:
        what = "is no record of a run"
        remedy = "workbench runs export ID writes one"
        raise InputError(Fault(what=what, file=name, remedy=remedy)) from fault
    if layout != FORMAT:
        what = f"is a record of format {layout}; this workbench reads format {FORMAT}"
        raise InputError(Fault(what=what, file=name, remedy="use the workbench that made it, or a newer one"))
    if record.content_hash != stated:
        what = "was changed after it was made: its content does not have the hash that it names"
        raise InputError(Fault(what=what, file=name, value=stated[:12], remedy="export the run from its store again"))
    return record
