"""Read a YAML file into a pydantic model: every mistake at once, with its line and the nearest right name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from workbench.errors import Fault, InputError, suggestion

Model = TypeVar("Model", bound=BaseModel)
LARGEST = 1_000_000
"""Bytes: nobody writes a longer one by hand."""


def read_yaml(path: Path, model: type[Model]) -> Model:
    """Read and check a YAML file.

    Raises
    ------
    InputError
        With every mistake: an unknown key with the nearest right one, a wrong value with what is allowed.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(Fault(what="is too large for a file of settings", file=path.name))
        content = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        remedy = "mend the indentation or the punctuation there"
        raise InputError(Fault(what=f"is no YAML: {error.problem}", file=path.name, row=line, remedy=remedy)) from error
    except (OSError, UnicodeDecodeError, YAMLError, RecursionError, ValueError) as error:
        raise InputError(Fault(what=f"cannot be read: {str(error)[:200]}", file=path.name)) from error
    if not isinstance(content, dict):
        raise InputError(Fault(what="holds no keys", file=path.name, remedy=f"known keys: {', '.join(_keys(model))}"))
    try:
        return model.model_validate(content)
    except ValidationError as error:
        faults = [_fault(dict(detail), content, path.name, model) for detail in error.errors()]
        raise InputError(faults, summary=f"{path.name} cannot be used") from error


def _fault(detail: dict[str, Any], content: Any, file: str, model: type[BaseModel]) -> Fault:  # noqa: ANN401
    place: Sequence[str | int] = detail["loc"]
    where = ".".join(str(part) for part in place)
    line = _line(content, place)
    if detail["type"] == "extra_forbidden":
        known = _keys_at(model, place)
        return Fault(what="is no known key", file=file, row=line, value=where, remedy=suggestion(str(place[-1]), known))
    value = detail.get("input")
    shown = value if isinstance(value, (str, int, float)) else None
    return Fault(what=str(detail["msg"]), file=file, row=line, column=where or None, value=shown)


def _line(content: Any, place: Sequence[str | int]) -> int | None:  # noqa: ANN401
    line = None
    for part in place:
        marks = getattr(content, "lc", None)
        if marks is None:
            break
        try:
            line = (marks.item(part) if isinstance(part, int) else marks.key(part))[0] + 1
            content = content[part]
        except (KeyError, IndexError, TypeError):
            break
    return line


def _keys(model: type[BaseModel]) -> list[str]:
    return list(model.model_fields)


def _keys_at(model: type[BaseModel], place: Sequence[str | int]) -> list[str]:
    for part in place[:-1]:
        field = model.model_fields.get(str(part))
        if field is None:
            continue
        inner = [one for one in getattr(field.annotation, "__args__", ()) if isinstance(one, type)]
        models = [one for one in inner if issubclass(one, BaseModel)]
        if models:
            model = models[0]
    return _keys(model)
