"""Rules over many lines that a user states: shares of the money, and growth from year to year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import pandas as pd

from workbench.errors import Fault, InputError

EACH_YEAR: Final = "each year"
ALL_YEARS: Final = "all years"
Over = Literal["each year", "all years"]
Base = Literal["funded", "envelope"] | float | Mapping[str, float] | pd.Series


@dataclass(frozen=True, kw_only=True, eq=False)
class ShareLimit:
    """A least or a greatest share that some lines may have of the money.

    Parameters
    ----------
    name : str
        What the rule is called in results and errors: ``development share``.
    where : mapping
        The lines meant, by the values of their columns: ``{"economic_class": "development"}``; a value may be a list.
    minimum, maximum : float, optional
        Shares between 0 and 1; one of them or both.
    of : {"funded", "envelope"}, float, or by year
        The denominator: all money awarded, the envelope, or a given amount in the problem's unit (such as total
        revenue), one number or one a financial year. It decides compliance, so it has no default.
    over : {"each year", "all years"}
        Whether the rule holds in every financial year or over all of them together (the medium term).
    law : str, optional
        Where the rule stands.
    mark : str
        How sure its figure is: ``certain``, ``one source``, ``inferred`` or ``illustrative``.
    """

    name: str
    where: Mapping[str, object]
    of: Base
    minimum: float | None = None
    maximum: float | None = None
    over: Over = EACH_YEAR
    law: str = ""
    mark: str = "certain"

    @classmethod
    def from_fiscal_rule(
        cls, rule: Mapping[str, object] | pd.Series, *, where: Mapping[str, object], of: Base, over: Over = EACH_YEAR
    ) -> ShareLimit:
        """Read a row of the fiscal rules: ``rule, level, limit, value, unit, law, mark``, its value in per cent.

        Raises
        ------
        InputError
            For a rule that is no share in per cent.

        Examples
        --------
        >>> row = {"rule": "development_share", "level": "national", "limit": "minimum", "value": 30,
        ...        "unit": "percent of expenditure over the medium term", "law": "PFM Act", "mark": "certain"}
        >>> ShareLimit.from_fiscal_rule(row, where={"economic_class": "development"}, of="funded").minimum
        0.3
        """
        limit, unit = str(rule["limit"]), str(rule["unit"])
        if limit not in ("minimum", "maximum") or not unit.startswith("percent"):
            what = f"is no share: its limit is '{limit}', in {unit}"
            raise InputError(Fault(what=what, value=rule["rule"], remedy="a share is a minimum or maximum in percent"))
        share = float(str(rule["value"])) / 100
        return cls(
            name=f"{rule['level']} {rule['rule']}".replace("_", " "),
            where=where,
            of=of,
            minimum=share if limit == "minimum" else None,
            maximum=share if limit == "maximum" else None,
            over=over,
            law=str(rule["law"]),
            mark=str(rule["mark"]),
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class GrowthLimit:
    """How fast awards may grow or fall from one financial year to the next.

    Parameters
    ----------
    name : str
        What the rule is called in results and errors.
    by : sequence of str
        The columns whose values are held together: each programme, each sector.
    maximum, minimum : float, optional
        Greatest and least change as a share of the year before: 0.1 is ten per cent more, -0.05 five per cent less.
    base : Series or mapping, optional
        Awards in the year before the first, by the values of ``by``, in the problem's unit; without it the
        first year is free.
    """

    name: str = "growth"
    by: Sequence[str] = field(default=("programme",))
    maximum: float | None = None
    minimum: float | None = None
    base: pd.Series | Mapping[object, float] | None = None
