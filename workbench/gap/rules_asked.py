"""What ``wb.check_rules`` is given, read and checked: the rules of a level, and the amounts for them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from workbench.errors import Fault, InputError, UnknownNameError, suggestion, unknown_name
from workbench.gap.checks import Checks
from workbench.gap.rule_amounts import Amount

Pair = tuple[Amount, Amount]
_REMEDY = "write (Amount('wages', 600e9), Amount('revenue', 2000e9))"


@dataclass(frozen=True, eq=False)
class RuleAmounts:
    """The rules of a level with what was given for them: pairs of part and whole, figures before and after, amounts."""

    rules: pd.DataFrame
    shares: Mapping[str, list[Pair]]
    changes: Mapping[str, tuple[pd.DataFrame, pd.DataFrame]]
    amounts: Mapping[str, Amount]


def rule_amounts_asked(
    rules: pd.DataFrame,
    level: str,
    shares: Mapping[str, Pair | Sequence[Pair]] | None,
    changes: Mapping[str, tuple[pd.DataFrame, pd.DataFrame]] | None,
    amounts: Mapping[str, Amount] | None,
) -> RuleAmounts:
    """Read what was given for the rules of a level.

    Raises
    ------
    UnknownNameError
        For a level and rules that are none, where nothing else is wrong.
    InputError
        For what is no amount with a name as well, all at once.
    """
    checks = Checks()
    by_rule = {what: _by_rule(given, what, checks)
               for what, given in (("shares", shares), ("changes", changes), ("amounts", amounts))}  # fmt: skip
    read = RuleAmounts(
        rules=rules,
        shares={rule: _pairs(given, rule, checks) for rule, given in by_rule["shares"].items()},
        changes={rule: _sides(given, rule, checks) for rule, given in by_rule["changes"].items()},
        amounts={rule: _amount(given, rule, checks) for rule, given in by_rule["amounts"].items()},
    )
    try:
        own = rules_of(rules, level, [rule for given in by_rule.values() for rule in given])
    except UnknownNameError as refusal:
        if not checks.faults:
            raise
        raise InputError([*refusal.faults, *checks.faults]) from refusal
    checks.raise_any()
    return dataclasses.replace(read, rules=own)


def rules_of(rules: pd.DataFrame, level: str, given: Iterable[str]) -> pd.DataFrame:
    """Return the rules of a level of government, once it and the names of rules that are asked for are known.

    Raises
    ------
    UnknownNameError
        With every fault.
    """
    levels = list(dict.fromkeys(rules["level"]))
    own = rules[rules["level"] == level]
    faults = list(unknown_name("level of government", str(level), levels).faults) if own.empty else []
    whose = "known" if own.empty else level
    known = [str(name) for name in dict.fromkeys((rules if own.empty else own)["rule"])]
    faults += [
        Fault(what=f"is no {whose} rule", value=name, remedy=suggestion(str(name), known))
        for name in dict.fromkeys(given) if name not in known
    ]  # fmt: skip
    if faults:
        raise UnknownNameError(faults)
    return own


def _by_rule(given: object, what: str, checks: Checks) -> Mapping[str, object]:
    if given is None or isinstance(given, Mapping):
        return given or {}
    checks.fault(f"are no {what} by rule", f"{given!r:.60}", remedy="write {'wage_share': ...}")
    return {}


def _pairs(given: object, rule: str, checks: Checks) -> list[Pair]:
    if not isinstance(given, Sequence) or isinstance(given, str) or not given:
        checks.fault(f"is no share ({rule})", f"{given!r:.60}", remedy=_REMEDY)
        return []
    # One pair, or several: of two numbers it is not known what they are of, so they make one wrong pair.
    pairs = [given] if any(not isinstance(one, Sequence) for one in given) else given
    return [pair for one in pairs if (pair := _pair(one, rule, checks)) is not None]


def _pair(given: Sequence[object], rule: str, checks: Checks) -> Pair | None:
    if len(given) != 2 or isinstance(given, str):
        checks.fault(f"is no part and whole ({rule})", f"{given!r:.60}", remedy=_REMEDY)
        return None
    return _amount(given[0], rule, checks), _amount(given[1], rule, checks)


def _amount(given: object, rule: str, checks: Checks) -> Amount:
    if not isinstance(given, Amount):
        checks.fault(f"is no amount with a name ({rule})", f"{given!r:.60}", remedy=_REMEDY)
        return Amount("", float("nan"))
    kes = checks.number(given.kes, f"{given.name}, for {rule}", money=True, unknown=True)
    return dataclasses.replace(given, name=str(given.name), kes=kes)


def _sides(given: object, rule: str, checks: Checks) -> tuple[pd.DataFrame, pd.DataFrame]:
    sides = tuple(given) if isinstance(given, Sequence) else ()
    if len(sides) != 2 or not all(isinstance(side, pd.DataFrame) for side in sides):
        checks.fault(f"are no figures before and after ({rule})", f"{given!r:.60}", remedy="give two tables")
        return pd.DataFrame(), pd.DataFrame()
    return sides[0], sides[1]
