"""Open a data package: its tables with their types, its figures as the one table, its sources."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from workbench.audit import Audit, recompute
from workbench.datasets.check import Records, check_records, check_references, check_sources, read_records
from workbench.datasets.check_figures import check_figures
from workbench.datasets.descriptor import PackageDescriptor, ResourceDescriptor, read_descriptor
from workbench.datasets.locate import descriptor_path
from workbench.errors import Fault, InputError, UnknownNameError, unknown_name
from workbench.fiscal import FiscalYear

FIGURE_KEYS = ("table", "row", "stage", "basis", "economic_class", "financial_year")
"""The columns that together name one figure of the one table."""


@dataclass(frozen=True, eq=False)
class Package:
    """A data package that has passed its own schema.

    Attributes
    ----------
    descriptor : PackageDescriptor
        What its ``datapackage.json`` says.
    folder : Path
        Where it stands.
    """

    descriptor: PackageDescriptor
    folder: Path
    _records: dict[str, Records]

    @property
    def name(self) -> str:
        """The package's name."""
        return self.descriptor.name

    @property
    def title(self) -> str:
        """The package's title."""
        return self.descriptor.title

    @property
    def resources(self) -> list[str]:
        """The names of its tables."""
        return [resource.name for resource in self.descriptor.resources]

    def table(self, name: str) -> pd.DataFrame:
        """Return one table, typed as its schema says; blank cells are missing values, never zero.

        Raises
        ------
        UnknownNameError
            For a name that is no resource of this package.
        """
        if name not in self.descriptor.by_name:
            raise unknown_name(f"table of '{self.name}'", name, self.resources)
        return _typed(self._records[name], self.descriptor.by_name[name])

    @property
    def figure_resources(self) -> list[str]:
        """The names of those tables that are parts of the one table."""
        return [
            name
            for name, resource in self.descriptor.by_name.items()
            if set(FIGURE_KEYS) <= set(resource.table_schema.names)
        ]

    @cached_property
    def figures(self) -> pd.DataFrame:
        """All fiscal figures of the package in the one table, with the column ``resource`` before it."""
        frames = [self.table(name).assign(resource=name) for name in self.figure_resources]
        if not frames:
            raise InputError(Fault(what="holds no fiscal figures", value=self.name))
        figures = pd.concat(frames, ignore_index=True)
        return figures[["resource", *figures.columns.drop("resource")]]

    @property
    def as_printed(self) -> pd.DataFrame:
        """The figures as printed, mistakes included; ``recomputed`` is false throughout."""
        return self.figures.assign(recomputed=False)

    @cached_property
    def as_computed(self) -> pd.DataFrame:
        """The figures with every total re-added and every difference and ratio worked out anew from the items."""
        return recompute(self.figures)

    def audit(self) -> Audit:
        """Re-add every printed total, and recompute every printed difference and ratio."""
        return self._audit

    @cached_property
    def _audit(self) -> Audit:
        from workbench.datasets.package_audit import audit_package

        return audit_package(self)

    @cached_property
    def sources(self) -> pd.DataFrame:
        """The documents that the figures come from: ``name``, ``title``, ``path``."""
        columns = ["name", "title", "path"]
        return pd.DataFrame([source.model_dump() for source in self.descriptor.sources])[columns]

    @property
    def requirements(self) -> pd.DataFrame:
        """The figures of the table that the package names as its requirements, and their restatements."""
        return self._role("requirements")

    @property
    def allocations(self) -> pd.DataFrame:
        """The figures of the table that the package names as its allocations, and their restatements."""
        return self._role("allocations")

    def _role(self, role: str) -> pd.DataFrame:
        named = self.descriptor.workbench.get(role)
        if named is None or not {"table", "stage"} <= set(named):
            remedy = 'name their table and stage in datapackage.json under "workbench", or pass your own table'
            raise InputError(Fault(what=f"names no {role}", value=self.name, remedy=remedy))
        stage = self.figures[self.figures["stage"] == named["stage"]]
        return stage.reset_index(drop=True).assign(primary=lambda figures: figures["table"] == named["table"])


def open_package(package: str | os.PathLike[str]) -> Package:
    """Open a data package and check it whole.

    Parameters
    ----------
    package : str or path
        A shipped package's name (``opm-strategic-plan``), or a folder that holds a ``datapackage.json``.

    Raises
    ------
    UnknownNameError
        Where there is no such package.
    InputError
        With every fault of every table.
    """
    path = descriptor_path(package)
    descriptor = read_descriptor(path)
    records, faults = _read_all(descriptor, path.parent)
    if faults:
        count = "a fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise InputError(faults, summary=f"The data package '{descriptor.name}' has {count}")
    return Package(descriptor, path.parent, records)


def check_package(package: str | os.PathLike[str]) -> list[Fault]:
    """Return every fault of a data package; empty where it has none."""
    path = descriptor_path(package)
    return _read_all(read_descriptor(path), path.parent)[1]


def select_year(figures: pd.DataFrame, financial_year: str | FiscalYear) -> pd.DataFrame:
    """Return the figures of one financial year.

    Raises
    ------
    UnknownNameError
        Where there are none, with the years that there are.
    """
    year = str(FiscalYear(financial_year))
    known = sorted(figures["financial_year"].dropna().unique())
    if year not in known:
        remedy = f"the years are {', '.join(known)}"
        raise UnknownNameError(Fault(what="is no financial year of these figures", value=year, remedy=remedy))
    return figures[figures["financial_year"] == year].reset_index(drop=True)


def _read_all(descriptor: PackageDescriptor, folder: Path) -> tuple[dict[str, Records], list[Fault]]:
    tables: dict[str, Records] = {}
    faults: list[Fault] = []
    for resource in descriptor.resources:
        records, shape = read_records(folder / resource.path, resource)
        tables[resource.name] = records
        faults += shape
        faults += check_records(records, resource)
        faults += check_sources(records, resource, descriptor)
        if set(FIGURE_KEYS) <= set(resource.table_schema.names):
            faults += check_figures(records, resource.path)
    return tables, faults + check_references(tables, descriptor)


def _typed(records: Records, resource: ResourceDescriptor) -> pd.DataFrame:
    schema = resource.table_schema
    frame = pd.DataFrame(list(records.values()), columns=schema.names, dtype="str").replace("", pd.NA)
    for field in schema.fields:
        if field.type == "integer":
            frame[field.name] = pd.to_numeric(frame[field.name]).astype("Int64")
        elif field.type == "number":
            frame[field.name] = pd.to_numeric(frame[field.name]).astype("float64")
    return frame
