"""The amounts that fiscal rules are checked on, each with the name that it goes by."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from workbench.errors import Fault, InputError
from workbench.fiscal import parse_money

_SCIENTIFIC = re.compile(r"\s*\d+(\.\d+)?e\+?\d{1,2}\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Amount:
    """An amount with the name that it goes by in the result.

    Attributes
    ----------
    name : str
        ``MDAs' revised gross estimates``, ``total expenditure and net lending``.
    kes : float
        KES; NaN is unknown.
    figures : DataFrame, optional
        The rows that it was added up from: ``source``, ``locator``, ``mark``.
    """

    name: str
    kes: float
    figures: pd.DataFrame | None = field(default=None, compare=False, repr=False)

    @classmethod
    def read(cls, text: str) -> Amount:
        """Read ``NAME=KSh 1,234 million``, or ``NAME=5e9``.

        Raises
        ------
        InputError
            Where there is no name, or no amount.
        """
        name, equals, amount = text.rpartition("=")
        if not equals or not name.strip():
            remedy = "write it as NAME=AMOUNT, such as 'total revenue=KSh 2.5 billion'"
            raise InputError(Fault(what="names no amount", value=text, remedy=remedy))
        kes = float(amount) if _SCIENTIFIC.fullmatch(amount) else parse_money(amount)
        return cls(name.strip(), math.nan if kes is None else kes)


def read_shares(texts: Sequence[str]) -> dict[str, list[tuple[Amount, Amount]]]:
    """Read shares written as ``RULE:PART=AMOUNT/WHOLE=AMOUNT``.

    Raises
    ------
    InputError
        With every text that is not written so.
    """
    shares: dict[str, list[tuple[Amount, Amount]]] = {}
    faults: list[Fault] = []
    for text in texts:
        rule, colon, rest = text.partition(":")
        part, slash, whole = rest.partition("/")
        if not (colon and slash):
            remedy = "write RULE:PART=AMOUNT/WHOLE=AMOUNT, such as wage_share:wages=600000000000/revenue=2000000000000"
            faults.append(Fault(what="is no share", value=text, remedy=remedy))
            continue
        pair = []
        for amount in (part, whole):
            try:
                pair.append(Amount.read(amount))
            except InputError as refusal:
                faults += refusal.faults
        if len(pair) == 2:
            shares.setdefault(rule.strip(), []).append((pair[0], pair[1]))
    if faults:
        raise InputError(faults)
    return shares
