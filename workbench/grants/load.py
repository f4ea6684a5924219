"""Read a grant design from YAML; every mistake of the file at once, with its line and the nearest right name."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from workbench.datasets import data_root
from workbench.errors import Fault, InputError, suggestion, unknown_name
from workbench.grants.design import Design
from workbench.grants.facts import county_names_by_code, known_variables

Location = Sequence[str | int]


@dataclass(frozen=True, kw_only=True)
class LineFault(Fault):
    """A fault of a text file: its ``row`` is a line."""

    @property
    def where(self) -> str:
        """The place: ``kdsp2.yaml, line 12, levels.level_2.pool``."""
        parts = [self.file] if self.file else []
        parts += [f"line {self.row}"] if self.row is not None else []
        parts += [self.column] if self.column else []
        return ", ".join(parts)


def designs_folder() -> Path:
    """Return the folder of the shipped designs."""
    return data_root() / "grants"


def design_names() -> list[str]:
    """Return the names of the shipped designs, in alphabetical order."""
    return sorted(path.stem for path in designs_folder().glob("*.yaml"))


def load_design(design: str | os.PathLike[str] | Design) -> Design:
    """Read and check a grant design.

    Parameters
    ----------
    design : str, path or Design
        A shipped design's name (``kdsp2``), or the path of a YAML file of one's own; a design comes back as it is.

    Raises
    ------
    UnknownNameError
        Where there is no such design, with the nearest right name.
    InputError
        With every mistake of the file, each with its line.
    """
    if isinstance(design, Design):
        return design
    path = Path(design)
    if path.suffix in (".yaml", ".yml") and path.is_file():
        return _read(path)
    shipped = designs_folder() / f"{design}.yaml"
    if os.fspath(design) in design_names():
        return _shipped(shipped, shipped.stat().st_mtime_ns)
    raise unknown_name("grant design", os.fspath(design), design_names())


@lru_cache(maxsize=32)
def _shipped(path: Path, _changed: int) -> Design:
    return _read(path)


def _read(path: Path) -> Design:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        remedy = "save it as plain text in UTF-8"
        raise InputError(Fault(what="is no text, so it holds no grant design", file=path.name, remedy=remedy)) from None
    except OSError as error:
        raise InputError(Fault(what=f"cannot be read: {error.strerror}", file=path.name)) from error
    return parse_design(text, file=path.name)


def parse_design(text: str, *, file: str) -> Design:
    """Read a design from the text of a YAML file.

    Parameters
    ----------
    text : str
        YAML.
    file : str
        The name that messages give it.
    """
    try:
        tree = YAML(typ="rt").load(text)
    except MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark is not None else None
        what = f"is no YAML: {(fault.problem or str(fault)).splitlines()[0]}"
        raise InputError(LineFault(what=what, file=file, row=line)) from None
    except (YAMLError, RecursionError, ValueError) as fault:
        what = f"is no YAML: {str(fault).splitlines()[0][:200]}"
        raise InputError(LineFault(what=what, file=file)) from None
    if not isinstance(tree, Mapping):
        raise InputError(LineFault(what="holds no grant design", file=file, remedy="begin with name: and title:"))
    design = None
    try:
        design = Design.model_validate(_plain(tree))
        faults = [*_unknown_counties(design, tree, file), *_unknown_variables(design, tree, file)]
    except ValidationError as refused:
        faults = [_fault(error, tree, file) for error in refused.errors(include_url=False)]
    if design is not None and not faults:
        return design
    faults.sort(key=lambda fault: fault.row or 0)
    many = f"{len(faults)} mistakes" if len(faults) > 1 else "1 mistake"
    raise InputError(faults, summary=f"The grant design {file} has {many}")


def _unknown_counties(design: Design, tree: Any, file: str) -> Iterator[LineFault]:  # noqa: ANN401
    """Yield the names among which a part shares that no county has as its own."""
    names = county_names_by_code()
    for key, level in design.levels.items():
        for part_name, part in level.parts.items():
            for place, name in enumerate(part.among or ()):
                if name not in names:
                    line = _line(tree, ["levels", key, "parts", part_name, "among", place])
                    yield LineFault(what="is no known county", value=name, file=file, row=line,
                                    remedy=suggestion(name, names))  # fmt: skip


def _unknown_variables(design: Design, tree: Any, file: str) -> Iterator[LineFault]:  # noqa: ANN401
    """Yield the variables that are neither published nor inputs of the design, and stand-ins that are not published."""
    published = list(known_variables(design, design.years[0]))
    known = list(dict.fromkeys([*published, *design.inputs]))
    for key, level in design.levels.items():
        for part_name, part in level.parts.items():
            if part.variable is not None and part.variable not in known:
                line = _line(tree, ["levels", key, "parts", part_name, "variable"])
                yield LineFault(what="is no known variable and no input of the design", value=part.variable, file=file,
                                row=line, remedy=suggestion(part.variable, known))  # fmt: skip
    for name, asked in design.inputs.items():
        if asked.stand_in is not None and asked.stand_in not in published:
            yield LineFault(what="is no published variable", value=asked.stand_in, file=file,
                            row=_line(tree, ["inputs", name, "stand_in"]),
                            remedy=suggestion(asked.stand_in, published))  # fmt: skip


def _plain(node: Any) -> Any:  # noqa: ANN401 - whatever YAML can hold
    if isinstance(node, Mapping):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, (list, tuple)):
        return [_plain(value) for value in node]
    return node


def _fault(error: Any, tree: Any, file: str) -> LineFault:  # noqa: ANN401
    location: Location = error["loc"]
    line = _line(tree, location)
    dotted = ".".join(str(step) for step in location)
    if error["type"] == "extra_forbidden":
        known = _known_keys(Design, location[:-1])
        name = str(location[-1])
        parent = ".".join(str(step) for step in location[:-1])
        where = f"in {parent}" if parent else "of a design"
        return LineFault(what=f"is no known key {where}", value=name, file=file, row=line,
                         remedy=suggestion(name, known))  # fmt: skip
    if error["type"] == "missing":
        return LineFault(what=f"'{location[-1]}' is missing", file=file, row=line, column=dotted)
    what = str(error["msg"]).removeprefix("Value error, ")
    given = error["input"]
    value = given if isinstance(given, (str, int, float)) else None
    remedy = None
    if error["type"] == "literal_error" and isinstance(given, str):
        allowed = [word.strip(" '") for word in error["ctx"]["expected"].replace(" or ", ", ").split(",")]
        what, remedy = "is not allowed here", suggestion(given, allowed)
    return LineFault(what=what, value=value, file=file, row=line, column=dotted, remedy=remedy)


def _line(tree: Any, location: Location) -> int | None:  # noqa: ANN401
    """Return the line, from 1, of the deepest key on the way to ``location`` that the file has."""
    line: int | None = 1
    node = tree
    for step in location:
        if isinstance(node, Mapping) and step in node:
            line = node.lc.key(step)[0] + 1  # type: ignore[attr-defined]  # ruamel's mappings know their lines
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            line = node.lc.item(step)[0] + 1  # type: ignore[attr-defined]  # so do its lists
        else:
            break
        node = node[step]
    return line


def _known_keys(annotation: Any, location: Location) -> list[str]:  # noqa: ANN401
    """Return the keys that the model at ``location`` below ``annotation`` knows."""
    annotation = _bare(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if not location:
            return list(annotation.model_fields)
        return _known_keys(annotation.model_fields[str(location[0])].annotation, location[1:])
    arguments = get_args(annotation)
    value = arguments[1] if get_origin(annotation) is dict else arguments[0]
    return _known_keys(value, location[1:])


def _bare(annotation: Any) -> Any:  # noqa: ANN401
    while get_origin(annotation) in (Annotated, Union, UnionType):
        annotation = next(one for one in get_args(annotation) if one is not type(None))
    return annotation
