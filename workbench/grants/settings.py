"""What a user can set instead of what a design says: the names, and what each may be; every fault in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from workbench.allocation import RULES
from workbench.errors import Fault, InputError, WorkbenchError, suggestion
from workbench.fiscal import parse_money
from workbench.grants.design import CURVE_KINDS, HIGHEST_EXPONENT, Design
from workbench.grants.values import LARGEST

HIGHEST_RATE: Final = 10**6
"""KES per USD."""

Setting = str | int | float | bool
_CURVE: Final = ("kind", "threshold", "exponent")
_SWITCH: Final = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def setting_names(design: Design) -> list[str]:
    """Return the dotted names that a user can set."""
    names = [f"fx.{name}" for name in design.fx]
    for key, level in design.levels.items():
        names += [f"{key}.{name}" for name in ("pool", "rule", "rounding", "carry_over")]
        names += [
            f"{key}.{name}" for name in (("per_county", "per_county_usd") if level.per_county else ("floor", "cap"))
        ]
        if level.curve is not None:
            names += [f"{key}.curve.{name}" for name in _CURVE]
        names += [f"{key}.parts.{part}.weight" for part in level.parts]
    return names


def read_settings(design: Design, settings: Mapping[str, Setting]) -> tuple[dict[str, Setting], list[Fault]]:
    """Read settings as people write them.

    Parameters
    ----------
    design : Design
    settings : mapping
        Values by dotted name: ``{"level_2.pool": "12e9"}``.

    Returns
    -------
    read : dict
        What could be read: whole shillings as int, other numbers as float, names as str, switches as bool.
    faults : list of Fault
        What could not, in the order of the settings: a name that the design does not know, with the nearest right
        one, and a value that cannot be.
    """
    known = setting_names(design)
    read: dict[str, Setting] = {}
    faults: list[Fault] = []
    for name, value in settings.items():
        if name not in known:
            what = f"is nothing that can be set in '{design.name}'"
            faults.append(Fault(what=what, value=name, remedy=suggestion(name, known)))
            continue
        try:
            read[name] = _read(name, value)
        except WorkbenchError as refused:
            faults.extend(refused.faults)
    for key in design.levels:
        floor, cap = (read.get(f"{key}.{name}") for name in ("floor", "cap"))
        if isinstance(floor, int) and isinstance(cap, int) and floor > cap:
            faults.append(floor_above_cap(key, floor, cap))
            del read[f"{key}.floor"]
    return read, faults


def floor_above_cap(key: str, floor: int, cap: int) -> Fault:
    """Build the fault of a level whose floor is above its cap, KES."""
    what, remedy = f"is a floor of {floor:,} above the cap of {cap:,}", "lower the floor or raise the cap"
    return Fault(what=what, value=f"{key}.floor", remedy=remedy)


def _read(name: str, value: Setting) -> Setting:
    last = name.rpartition(".")[2]
    if last in ("pool", "per_county", "floor", "cap"):
        return _shillings(name, value)
    if last == "rounding":
        what = "a whole number of shillings from 1 to a billion"
        return int(_number(name, value, what, lambda number: number % 1 == 0 and 1 <= number <= 10**9))
    if last == "rule":
        return _choice(name, value, list(RULES), "is no allocation rule")
    if last == "kind":
        return _choice(name, value, CURVE_KINDS, "is no curve on the score")
    if last == "carry_over":
        return _SWITCH[_choice(name, str(value).casefold(), list(_SWITCH), "is neither yes nor no")]
    if last == "threshold":
        return _number(name, value, "points from 0 to less than 100", lambda number: number < 100)
    if last == "exponent":
        return _number(name, value, f"power from 0 to {HIGHEST_EXPONENT}", lambda number: number <= HIGHEST_EXPONENT)
    if last == "weight":
        return _number(name, value, "percentage from 0 to 100", lambda number: number <= 100)
    if last == "per_county_usd":
        return _number(name, value, "dollars from 0", lambda number: number <= LARGEST)
    what = f"exchange rate above 0 and up to {HIGHEST_RATE:,}"
    return _number(name, value, what, lambda number: 0 < number <= HIGHEST_RATE)


def _choice(name: str, value: Setting, known: Iterable[str], what: str) -> str:
    text = str(value).strip()
    if text not in known:
        raise InputError(Fault(what=what, value=f"{name}={value}", remedy=suggestion(text, list(known))))
    return text


def _number(name: str, value: Setting, what: str, allowed: Callable[[Decimal], bool]) -> float:
    try:
        number = Decimal(str(value).replace(",", "").replace("_", ""))
    except InvalidOperation:
        raise InputError(Fault(what="is no number", value=f"{name}={value}", remedy=f"write {what}")) from None
    if not number.is_finite() or number < 0 or not allowed(number):
        raise InputError(Fault(what="is out of range", value=f"{name}={value}", remedy=f"write {what}"))
    return float(number)


def _shillings(name: str, value: Setting) -> int:
    """Read whole shillings: ``12e9``, ``12,000,000,000``, ``KSh 12 billion``."""
    try:
        amount = Decimal(str(value).replace("_", ""))
    except InvalidOperation:
        try:
            parsed = parse_money(value)
        except WorkbenchError:
            remedy = "write 12e9, 12,000,000,000 or KSh 12 billion"
            raise InputError(Fault(what="is no amount of money", value=f"{name}={value}", remedy=remedy)) from None
        amount = Decimal("NaN") if parsed is None else Decimal(str(parsed))
    if not amount.is_finite() or amount != amount.to_integral_value() or not 0 <= amount <= LARGEST:
        what = f"is no whole number of shillings from 0 to {LARGEST:,}"
        raise InputError(Fault(what=what, value=f"{name}={value}"))
    return int(amount)
