"""Read a grant design from YAML; every mistake of the file at once, with its line and the nearest right name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from workbench.allocation import RULES
from workbench.datasets import data_root
from workbench.datasets.yaml_file import LineFault, Written, parse_yaml, read_yaml
from workbench.errors import suggestion, unknown_name
from workbench.grants.design import Design, Note
from workbench.grants.facts import county_names_by_code, known_variables
from workbench.grants.settings import setting_names

TITLE = "the grant design"


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
    return read_yaml(path, Design, title=TITLE, check=_check)


def parse_design(text: str, *, file: str) -> Design:
    """Read a design from the text of a YAML file.

    Parameters
    ----------
    text : str
        YAML.
    file : str
        The name that messages give it.
    """
    return parse_yaml(text, Design, file=file, title=TITLE, check=_check)


def _check(design: Design, written: Written) -> Iterator[LineFault]:
    yield from _unknown_counties(design, written)
    yield from _unknown_variables(design, written)
    yield from _unknown_rules(design, written)
    yield from _unknown_settings(design, written)


def _unknown_counties(design: Design, written: Written) -> Iterator[LineFault]:
    """Yield the names among which a part shares that no county has as its own."""
    names = county_names_by_code()
    for key, level in design.levels.items():
        for part_name, part in level.parts.items():
            for place, name in enumerate(part.among or ()):
                if name not in names:
                    location: list[str | int] = ["levels", key, "parts", part_name, "among", place]
                    yield written.fault(location, "is no known county", value=name, remedy=suggestion(name, names))


def _unknown_variables(design: Design, written: Written) -> Iterator[LineFault]:
    """Yield the variables that are neither published nor inputs of the design, and stand-ins that are not published."""
    published = list(known_variables(design, design.years[0]))
    known = list(dict.fromkeys([*published, *design.inputs]))
    for key, level in design.levels.items():
        for part_name, part in level.parts.items():
            if part.variable is not None and part.variable not in known:
                location = ["levels", key, "parts", part_name, "variable"]
                what = "is no known variable and no input of the design"
                yield written.fault(location, what, value=part.variable, remedy=suggestion(part.variable, known))
        if level.county_floor is not None and level.county_floor.variable not in known:
            name, location = level.county_floor.variable, ["levels", key, "county_floor", "variable"]
            what = "is no known variable and no input of the design"
            yield written.fault(location, what, value=name, remedy=suggestion(name, known))
    for name, asked in design.inputs.items():
        if asked.stand_in is not None and asked.stand_in not in published:
            location, remedy = ["inputs", name, "stand_in"], suggestion(asked.stand_in, published)
            yield written.fault(location, "is no published variable", value=asked.stand_in, remedy=remedy)


def _unknown_rules(design: Design, written: Written) -> Iterator[LineFault]:
    for key, level in design.levels.items():
        if level.rule not in RULES:
            remedy = suggestion(level.rule, list(RULES))
            yield written.fault(["levels", key, "rule"], "is no allocation rule", value=level.rule, remedy=remedy)


def _unknown_settings(design: Design, written: Written) -> Iterator[LineFault]:
    """Yield the settings that take a note away and are none."""
    known = setting_names(design)
    found: list[tuple[list[str | int], Note]] = [(["notes", place], note) for place, note in enumerate(design.notes)]
    for year, of_year in design.notes_by_year.items():
        found += [(["notes_by_year", year, place], note) for place, note in enumerate(of_year)]
    for location, note in found:
        for place, name in enumerate(note.unless_set):
            if name not in known:
                what = "is nothing that can be set in the design"
                where: list[str | int] = [*location, "unless_set", place]
                yield written.fault(where, what, value=name, remedy=suggestion(name, known))
