"""What a change sets: a value, a relative change such as ``+5%``, or a change by the ratio of two other figures."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from workbench.errors import Fault, WorkbenchError, suggestion
from workbench.fiscal import UNITS, parse_money, parse_number
from workbench.scenarios.dotted import folded, matching, remedy
from workbench.scenarios.models import Parameter, Value
from workbench.scenarios.reading import WrittenChange

_PERCENT: Final = re.compile(r"([+\-−])\s*(\d+(?:\.\d+)?)\s*(?:%|per cent|percent)")
_LIKE: Final = ("like", "from")


def read_value(
    change: WrittenChange, parameter: Parameter, current: Value | None, known: Mapping[str, Parameter]
) -> Value | Fault:
    """Read what a change sets a parameter to.

    Parameters
    ----------
    change : WrittenChange
        The line of the file.
    parameter : Parameter
        What it changes.
    current : number or str, optional
        What the parameter is below this change; None where it is unknown.
    known : mapping
        All parameters, for a change by the ratio of two of them.

    Returns
    -------
    number, str or Fault
        The value, or what is wrong with it.
    """
    written = change.value
    if isinstance(written, Mapping):
        return _by_ratio(change, current, known)
    if isinstance(written, bool) or written is None or isinstance(written, list):
        return change.fault("is no value", _example(parameter), value=str(written))
    relative = _PERCENT.fullmatch(written.strip()) if isinstance(written, str) else None
    if relative is not None:
        sign = 1 if relative[1] == "+" else -1
        factor = 1 + sign * Decimal(relative[2]) / 100
        return _changed(change, current, factor, parameter)
    return _plain(change, parameter)


def _plain(change: WrittenChange, parameter: Parameter) -> Value | Fault:
    written = change.value
    if parameter.kind == "number":
        return _number(change, parameter)
    text = str(written).strip()
    if parameter.kind == "choice":
        same = [choice for choice in parameter.choices if folded(choice) == folded(text)]
        if not same:
            return change.fault("is not allowed here", suggestion(text, parameter.choices), value=text)
        return same[0]
    return text


def _number(change: WrittenChange, parameter: Parameter) -> Value | Fault:
    written = change.value
    if isinstance(written, str):
        try:
            parsed = parse_money(written) if parameter.unit in UNITS else parse_number(written)
        except WorkbenchError as fault:
            return change.fault("is no number", fault.faults[0].remedy or _example(parameter), value=written)
        if parsed is None:
            return change.fault("is unknown, and unknown cannot be set", _example(parameter), value=written)
        written = int(parsed) if parsed == int(parsed) else float(parsed)
    number = int(written) if isinstance(written, int) else float(written)
    if not math.isfinite(number):
        return change.fault("is no number", _example(parameter), value=str(written))
    return _within(change, number, parameter)


def _within(change: WrittenChange, number: Value, parameter: Parameter) -> Value | Fault:
    if parameter.low <= float(number) <= parameter.high:
        return number
    bounds = [f"at least {parameter.low:,g}"] if math.isfinite(parameter.low) else []
    bounds += [f"at most {parameter.high:,g}"] if math.isfinite(parameter.high) else []
    return change.fault("is out of bounds", " and ".join(bounds), value=number)


def _changed(change: WrittenChange, current: Value | None, factor: Decimal, parameter: Parameter) -> Value | Fault:
    if isinstance(current, str) or parameter.kind != "number":
        return change.fault("is no number that could rise or fall by a percentage", value=str(change.value))
    if current is None:
        what = "has no value in the base that could rise or fall"
        return change.fault(what, "write the value itself", value=str(change.value))
    # In decimals, so that 5 per cent of a printed figure is what a person would get on paper.
    exact = Decimal(str(current)) * factor
    number = int(exact) if exact == exact.to_integral_value() else float(exact)
    return _within(change, number, parameter)


def _by_ratio(change: WrittenChange, current: Value | None, known: Mapping[str, Parameter]) -> Value | Fault:
    written = dict(change.value)
    if set(written) != set(_LIKE):
        return change.fault("is no change by a ratio", "write {like: NAME, from: NAME}", value=str(written))
    figures: list[Decimal] = []
    for key in _LIKE:
        found = matching(str(written[key]), known)
        if len(found) != 1:
            return change.fault("names no one figure", remedy(str(written[key]), known), value=written[key])
        value = known[found[0]].value
        if not isinstance(value, (int, float)) or not value:
            return change.fault("is no known figure above nil, so that it gives no ratio", value=written[key])
        figures.append(Decimal(str(value)))
    if current is None or isinstance(current, str):
        return change.fault("has no value in the base that could rise or fall", "write the value itself")
    return float(Decimal(str(current)) * figures[0] / figures[1])


def _example(parameter: Parameter) -> str:
    if parameter.kind == "choice":
        return f"one of {', '.join(parameter.choices[:8])}"
    return f"a number in {parameter.unit}" if parameter.unit else "a number, such as 160, or a change, such as +5%"
