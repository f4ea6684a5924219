"""Read a distribution as a scenario file or a caller writes it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from workbench.errors import suggestion
from workbench.scenarios.ensembles.distributions import DISTRIBUTIONS, HOWS, TEXTS, Distribution
from workbench.scenarios.ensembles.mistakes import Mistake


def read_distribution(given: object) -> Distribution | list[Mistake]:
    """Read a distribution, as a scenario file writes it: ``{distribution: uniform, low: 120, high: 160}``.

    Returns
    -------
    Distribution or list of Mistake
        The distribution, or everything that is wrong with it.
    """
    if isinstance(given, Distribution):
        return given.mistakes(vars(given)) or given
    if not isinstance(given, Mapping) or "distribution" not in given:
        remedy = "write {distribution: uniform, low: 120, high: 160}"
        return [Mistake("", "is no distribution", str(given), remedy)]
    kind = str(given["distribution"])
    if kind not in DISTRIBUTIONS:
        remedy = suggestion(kind, list(DISTRIBUTIONS))
        return [Mistake("distribution", "is no known distribution", kind, remedy)]
    known = [one.name for one in fields(DISTRIBUTIONS[kind])]
    mistakes = [
        Mistake(str(key), f"is no parameter of a {kind} distribution", str(key), suggestion(str(key), known))
        for key in given if key not in known and key != "distribution"
    ]  # fmt: skip
    values: dict[str, Any] = {}
    for key in known:
        if key not in given:
            if key not in TEXTS:
                mistakes.append(Mistake("", f"'{key}' is missing from the {kind} distribution"))
            continue
        read = _read(key, given[key])
        if isinstance(read, str) and key not in TEXTS:
            mistakes.append(Mistake(key, read, str(given[key])))
        else:
            values[key] = read
    if values.get("how", "value") not in HOWS:
        mistakes.append(Mistake("how", "is not allowed here", values["how"], suggestion(values["how"], HOWS)))
    mistakes += DISTRIBUTIONS[kind].mistakes(values)
    return mistakes or DISTRIBUTIONS[kind](**values)


def _read(key: str, value: object) -> Any:  # noqa: ANN401 - a number, numbers, a text, or what is wrong as a text
    if key in TEXTS:
        return str(value)
    if key == "values":
        if isinstance(value, (list, tuple)) and all(_is_number(one) for one in value):
            return tuple(float(one) for one in value)
        return "is no list of numbers"
    return float(value) if _is_number(value) else "is no number"  # type: ignore[arg-type]  # just seen to be one


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
