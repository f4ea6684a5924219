"""A price index by financial year, dated, with which amounts of several years are compared."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ConfigDict

from workbench.datasets.yaml_file import read_yaml
from workbench.errors import Fault, InputError
from workbench.fiscal import FiscalYear
from workbench.gap.checks import Checks
from workbench.results import Mark, mark_fault


@dataclass(frozen=True, kw_only=True)
class Deflator:
    """A price index by financial year, with which amounts of several years are compared.

    Attributes
    ----------
    name : str
        What it is: ``GDP deflator``.
    base : str
        The financial year in whose shillings amounts are told.
    index : mapping
        Index by financial year, any base; above 0.
    dated : date
        The day on which the index was published or taken down: indices are revised.
    reference : str
        Where it comes from.
    mark : str
        ``certain``, ``one source``, ``inferred`` or ``illustrative``.
    """

    name: str
    base: str
    index: Mapping[str, float]
    dated: dt.date
    reference: str
    mark: str

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Deflator:
        """Read a YAML file with the keys ``name, base, dated, reference, mark, index``.

        Raises
        ------
        InputError
            With every mistake of the file and where it stands.
        """
        return cls(**dict(read_yaml(Path(path), _File)))

    @property
    def words(self) -> str:
        """What amounts in real shillings stand on, in a sentence."""
        day = self.dated.isoformat()
        return f"In shillings of {self.base} by the {self.name} of {day} ({self.reference}; {self.mark})."

    def factor(self, financial_year: str) -> float:
        """Return what an amount of a year is multiplied with to stand in shillings of the base year.

        Raises
        ------
        InputError
            For a year that the index does not have, and with every fault of the deflator itself.
        """
        index = self._checked
        base, asked = str(FiscalYear(self.base)), str(FiscalYear(financial_year))
        faults = [
            Fault(what=f"has no {self.name}", value=year, remedy=f"the index has {', '.join(sorted(index))}")
            for year in dict.fromkeys((base, asked)) if year not in index
        ]  # fmt: skip
        if faults:
            raise InputError(faults)
        return index[base] / index[asked]

    @cached_property
    def _checked(self) -> dict[str, float]:
        """The index by financial year as written, once every number, year and mark of it is one."""
        checks = Checks()
        mark = mark_fault(self.mark)
        checks.faults += [mark] if mark is not None else []
        dated: object = self.dated
        given: object = self.index
        if not isinstance(dated, dt.date):
            checks.fault("is no date (dated)", dated, remedy="write dt.date(2014, 1, 1)")
        if not isinstance(given, (Mapping, pd.Series)):
            checks.fault("is no index by financial year", f"{given!r:.60}", remedy="write {'2009/10': 100.0}")
            given = {}
        index: dict[str, float] = {}
        for year, value in dict(given).items():
            read = checks.number(value, f"the index of {year}", above=0.0)
            try:
                index[str(FiscalYear(year))] = read
            except InputError as refusal:
                checks.faults += refusal.faults
        checks.raise_any()
        return index


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    base: str
    dated: dt.date
    reference: str
    mark: Mark
    index: dict[str, float]
