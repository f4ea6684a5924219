"""What a ``datapackage.json`` says: the part of the Frictionless Data Package standard that the workbench reads.

Whatever else a descriptor holds is left alone: the standard allows properties of one's own.
"""

from __future__ import annotations

import json
import re
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from workbench.errors import Fault, InputError

FieldType = Literal["string", "integer", "number", "date", "year"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, populate_by_name=True)


class Constraints(_Part):
    """What a field's values must keep to."""

    required: bool = False
    unique: bool = False
    enum: tuple[str | float, ...] | None = None
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None

    @field_validator("pattern")
    @classmethod
    def _regular_expression(cls, pattern: str | None) -> str | None:
        try:
            re.compile(pattern or "")
        except re.error as error:
            raise ValueError(f"is no regular expression: {error}") from error
        return pattern


class FieldDescriptor(_Part):
    """A column."""

    name: str
    type: FieldType = "string"
    description: str = ""
    constraints: Constraints = Constraints()

    @model_validator(mode="after")
    def _limits_of_numbers_only(self) -> FieldDescriptor:
        limited = self.constraints.minimum is not None or self.constraints.maximum is not None
        if limited and self.type not in ("integer", "number", "year"):
            raise ValueError("minimum and maximum are for numbers")
        return self


class Reference(_Part):
    """Where a foreign key points to; an empty resource is the table itself."""

    resource: str
    fields: tuple[str, ...]

    @field_validator("fields", mode="before")
    @classmethod
    def _one_or_many(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value


class ForeignKey(_Part):
    """Columns whose values must stand in another table."""

    fields: tuple[str, ...]
    reference: Reference

    @field_validator("fields", mode="before")
    @classmethod
    def _one_or_many(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value


class Schema(_Part):
    """The columns and keys of a table."""

    fields: tuple[FieldDescriptor, ...]
    primary_key: tuple[str, ...] = Field(default=(), alias="primaryKey")
    foreign_keys: tuple[ForeignKey, ...] = Field(default=(), alias="foreignKeys")

    @field_validator("primary_key", mode="before")
    @classmethod
    def _one_or_many(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @property
    def names(self) -> list[str]:
        """The columns' names, in order."""
        return [field.name for field in self.fields]


class ResourceDescriptor(_Part):
    """One CSV file and its schema."""

    name: str
    path: str
    title: str = ""
    description: str = ""
    table_schema: Schema = Field(alias="schema")

    @field_validator("path")
    @classmethod
    def _inside_the_package(cls, path: str) -> str:
        if Path(path).is_absolute() or ".." in Path(path).parts or re.match(r"^[a-z]+://", path):
            raise ValueError("must be a path inside the package's own folder")
        return path


class SourceDescriptor(_Part):
    """A document that figures come from."""

    title: str
    name: str = ""
    path: str = ""


class PackageDescriptor(_Part):
    """A whole ``datapackage.json``."""

    name: str
    title: str
    description: str = ""
    sources: tuple[SourceDescriptor, ...]
    resources: tuple[ResourceDescriptor, ...]
    workbench: dict[str, dict[str, str]] = {}
    """The project's own property: which table and stage are the requirements and the allocations, say."""

    @cached_property
    def by_name(self) -> dict[str, ResourceDescriptor]:
        """The resources by their names."""
        return {resource.name: resource for resource in self.resources}


def read_descriptor(path: Path) -> PackageDescriptor:
    """Read and check a ``datapackage.json``.

    Raises
    ------
    InputError
        With every mistake in it, and where it stands.
    """
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        remedy = "put a datapackage.json in its place, written in UTF-8"
        raise InputError(Fault(what=f"cannot be read: {error}", file=path.name, remedy=remedy)) from error
    except json.JSONDecodeError as error:
        what = f"is no JSON: {error.msg}"
        raise InputError(Fault(what=what, file=path.name, row=error.lineno, remedy="mend the text there")) from error
    try:
        return PackageDescriptor.model_validate(content)
    except ValidationError as error:
        raise InputError(
            [
                Fault(what=detail["msg"], file=path.name, column=".".join(str(part) for part in detail["loc"]))
                for detail in error.errors()
            ],
            summary=f"{path.name} of '{path.parent.name}' is no data package",
        ) from error
