"""Read a YAML file into a pydantic model: every mistake at once, with its line and the nearest right name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from workbench.datasets.yaml_faults import Location, in_words, known_keys
from workbench.errors import Fault, InputError, suggestion

Model = TypeVar("Model", bound=BaseModel)
LARGEST: Final = 1_000_000
"""Bytes: nobody writes a longer one by hand."""


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


@dataclass(frozen=True)
class Written:
    """A YAML text that knows its lines."""

    file: str
    tree: Any

    def fault(self, location: Location, what: str, **further: Any) -> LineFault:  # noqa: ANN401 - value and remedy
        """Build a fault of what stands at a location."""
        return LineFault(what=what, file=self.file, row=self.line(location), **further)

    def line(self, location: Location) -> int:
        """Return the line, from 1, of the deepest key on the way to ``location`` that the file has."""
        line, node = 1, self.tree
        for step in location:
            if isinstance(node, Mapping) and step in node:
                line = node.lc.key(step)[0] + 1  # type: ignore[attr-defined]  # ruamel's mappings know their lines
            elif isinstance(node, list) and isinstance(step, int) and step < len(node):
                line = node.lc.item(step)[0] + 1  # type: ignore[attr-defined]  # so do its lists
            else:
                break
            node = node[step]
        return line


Check = Callable[[Model, Written], Iterable[Fault]]
"""Finds what a model by itself cannot know to be wrong."""


def read_yaml(path: Path, model: type[Model], *, title: str | None = None, check: Check[Model] | None = None) -> Model:
    """Read and check a YAML file.

    Parameters
    ----------
    path : Path
    model : type
        What the file must hold.
    title : str, optional
        What messages call it, such as ``the grant design``.
    check : callable, optional
        Looks further, once the file keeps to the model.

    Raises
    ------
    InputError
        With every mistake: an unknown key with the nearest right one, a wrong value with what is allowed.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(Fault(what="is too large for a file of settings", file=path.name))
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        remedy = "save it as plain text in UTF-8"
        raise InputError(Fault(what="is no text", file=path.name, remedy=remedy)) from None
    except OSError as error:
        raise InputError(Fault(what=f"cannot be read: {error.strerror}", file=path.name)) from error
    return parse_yaml(text, model, file=path.name, title=title, check=check)


def parse_yaml(
    text: str, model: type[Model], *, file: str, title: str | None = None, check: Check[Model] | None = None
) -> Model:
    """Read and check the text of a YAML file, as :func:`read_yaml` does; ``file`` is its name in messages."""
    tree, twice = yaml_tree(text, file)
    written = Written(file, tree)
    if not isinstance(written.tree, Mapping):
        remedy = f"known keys: {', '.join(model.model_fields)}"
        raise InputError(LineFault(what="holds no keys", file=file, remedy=remedy))
    found = None
    try:
        found = model.model_validate(_plain(written.tree))
        faults = [*twice, *(check(found, written) if check is not None else ())]
    except ValidationError as refused:
        faults = [*twice, *(_fault(dict(error), written, model) for error in refused.errors(include_url=False))]
    if found is not None and not faults:
        return found
    faults.sort(key=lambda fault: fault.row or 0)
    many = f"{len(faults)} mistakes" if len(faults) > 1 else "1 mistake"
    named = f"{title[0].upper()}{title[1:]} {file}" if title else file
    raise InputError(faults, summary=f"{named} has {many}")


def yaml_tree(text: str, file: str) -> tuple[Any, list[Fault]]:
    """Return what a YAML text holds, in mappings and lists that know their lines, and every key that is there twice.

    Parameters
    ----------
    text : str
    file : str
        What messages call it.

    Raises
    ------
    InputError
        For a text that is no YAML, or that is nested in itself.
    """
    try:
        try:
            tree, doubtful = YAML(typ="rt").load(text), "&" in text and "*" in text
        except DuplicateKeyError:  # it names the first alone, and reading stops at it
            lenient = YAML(typ="rt")
            lenient.allow_duplicate_keys = True
            tree, doubtful = lenient.load(text), True
        # Nodes alone show every key that is there twice, and what is nested in itself, which is read as blank.
        twice = list(_twice(YAML(typ="rt").compose(text), file)) if doubtful else []
    except MarkedYAMLError as fault:
        what = f"is no YAML: {(fault.problem or str(fault)).splitlines()[0]}"
        remedy = "mend the indentation or the punctuation there"
        raise InputError(LineFault(what=what, file=file, row=_mark(fault), remedy=remedy)) from None
    except RecursionError:
        raise InputError(LineFault(what="is nested too deeply, or in itself", file=file)) from None
    except (YAMLError, ValueError) as fault:
        what = f"is no YAML: {str(fault).splitlines()[0][:200]}"
        raise InputError(LineFault(what=what, file=file)) from None
    return tree, twice


def _twice(node: Any, file: str) -> Iterator[Fault]:  # noqa: ANN401 - a node of the YAML library
    if isinstance(node, SequenceNode):
        for one in node.value:
            yield from _twice(one, file)
    if not isinstance(node, MappingNode):
        return
    seen: set[str] = set()
    for key, value in node.value:
        if isinstance(key, ScalarNode) and key.value in seen:
            yield LineFault(what="is set twice", value=key.value, file=file, row=key.start_mark.line + 1,
                            remedy="keep one of the two")  # fmt: skip
        seen.add(str(key.value))
        yield from _twice(value, file)


def _mark(fault: MarkedYAMLError) -> int | None:
    return None if fault.problem_mark is None else int(fault.problem_mark.line) + 1


def _plain(node: Any) -> Any:  # noqa: ANN401
    if isinstance(node, Mapping):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, (list, tuple)):
        return [_plain(value) for value in node]
    return node


def _fault(error: Mapping[str, Any], written: Written, model: type[BaseModel]) -> LineFault:
    location: Sequence[str | int] = error["loc"]
    dotted = ".".join(str(step) for step in location)
    if error["type"] == "extra_forbidden":
        parent = ".".join(str(step) for step in location[:-1])
        what = f"is no known key in {parent}" if parent else "is no known key"
        name = str(location[-1])
        return written.fault(location, what, value=name, remedy=suggestion(name, known_keys(model, location[:-1])))
    if error["type"] == "missing":
        return written.fault(location, f"'{location[-1]}' is missing", column=dotted)
    what, remedy = in_words(error)
    given = error["input"]
    value = given if isinstance(given, (str, int, float)) else None
    return written.fault(location, what, value=value, column=dotted or None, remedy=remedy)
