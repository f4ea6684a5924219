"""The column names of ledgers that are known: BOOST, its harmonised form, the Fiscal Data Package, the one table."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.errors import Fault, InputError, nearest


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How a ledger's columns are called.

    Attributes
    ----------
    name : str
        ``BOOST Kenya``.
    year : str
        The column of the financial year.
    keys : mapping
        A ledger's column by the workbench's level.
    stages : mapping
        A ledger's amount column by stage, where every line holds all stages.
    stage, amount : str
        The columns of stage and amount, where every line holds one.
    unit : str
        The column of the amount's unit, where lines say it.
    stage_names : mapping
        The workbench's stage by the ledger's own word.
    left_out : mapping
        By column, the beginnings of the values whose lines are no spending.
    """

    name: str
    year: str
    keys: Mapping[str, str]
    stages: Mapping[str, str] = field(default_factory=dict)
    stage: str | None = None
    amount: str | None = None
    unit: str | None = None
    stage_names: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def amounts(self) -> list[str]:
        """The columns of the amounts."""
        return [*self.stages.values(), *([self.amount] if self.amount else [])]

    @property
    def needed(self) -> list[str]:
        """The columns without which a ledger has another layout."""
        return [self.year, *([self.stage] if self.stage else []), *self.amounts]

    @property
    def texts(self) -> list[str]:
        """The columns that are read as they are written, so that a code keeps its noughts."""
        named = [self.year, *([self.stage] if self.stage else []), *([self.unit] if self.unit else [])]
        return list(dict.fromkeys([*named, *self.keys.values(), *self.left_out]))

    def fits(self, columns: Collection[str]) -> bool:
        """Say whether columns are all that is needed, with one that says what a line stands for."""
        return set(columns).issuperset(self.needed) and not set(columns).isdisjoint(self.keys.values())


ONE_TABLE = Layout(
    name="the one table",
    year="financial_year",
    keys={level: level for level in ("sector", "vote", "programme", "sub_programme", "county", "economic_class")},
    stage="stage",
    amount="amount",
    unit="unit",
    left_out={"line": ("subtotal", "total", "difference", "ratio")},
)

_FDP = "Fiscal Data Package"
_FDP_KEYS = {
    "sector": ("functional-classification:generic:level1", "functional-classification:cofog:division"),
    "vote": ("administrative-classification:generic:level1",),
    "programme": ("activity:generic:program",),
    "sub_programme": ("activity:generic:subprogram",),
    "economic_class": ("economic-classification:generic:level1", "economic-classification:gfsm:level1"),
}
"""The types of the Fiscal Data Package that say what a line stands for, each with a label or a code."""


def fiscal_data_package(columns: Collection[str]) -> Layout:
    """Return the layout of the Fiscal Data Package with the types that a ledger has, labels before codes.

    Lines of another currency are refused with their rows, for the currency is read as the unit; revenue is no spending.
    """

    def named(types: Sequence[str]) -> str:
        told = [f"{one}:{part}" for one in types for part in ("label", "code")]
        return next((one for one in told if one in columns), told[0])

    return Layout(
        name=_FDP,
        year="date:fiscal-year",
        keys={level: named(types) for level, types in _FDP_KEYS.items()},
        stage="phase:label" if "phase:label" in columns and "phase:id" not in columns else "phase:id",
        amount="value",
        unit="value-currency:code",
        stage_names={"approved": "estimate", "adjusted": "revised", "executed": "expenditure"},
        left_out={"direction": ("revenue", "Revenue")},
    )


LAYOUTS = (
    Layout(
        name="BOOST Kenya",
        year="Year",
        keys={
            "sector": "Sector_prog1",
            "vote": "National_Government_Votes_&_Counties_adm2",
            "programme": "Programme_pro2",
            "sub_programme": "Sub-programme_prog3",
            "county": "Counties_Geo2",
            "economic_class": "Class",
        },
        # The column says that the budget is the final one: that is the revised estimate, not the original.
        stages={
            "revised": "Final_Budget_Approved_Estimate",
            "expenditure": "Final_Expenditure_Total_Payment_Comm.",
        },
        left_out={"Class": ("2 ", "4 "), "Chapter_econ2": ("52", "55")},
    ),
    Layout(
        name="BOOST harmonised",
        year="year",
        keys={"sector": "func", "vote": "admin2", "county": "geo1", "economic_class": "econ"},
        stages={"estimate": "approved", "revised": "revised", "expenditure": "executed"},
    ),
    fiscal_data_package(()),
    ONE_TABLE,
)


def fitting_layout(columns: Collection[str]) -> Layout | None:
    """Return the layout whose columns these are, None where it is none that is known."""
    return next((layout for layout in _known(columns) if layout.fits(columns)), None)


def _known(columns: Collection[str]) -> list[Layout]:
    return [fiscal_data_package(columns) if one.name == _FDP else one for one in LAYOUTS]


def layout_of(columns: Sequence[str], name: str = "the ledger") -> Layout:
    """Return the layout whose columns a ledger has.

    Raises
    ------
    InputError
        Where it has none, with what it lacks of each layout; that of which it lacks least comes first.
    """
    fitting = fitting_layout(columns)
    if fitting is None:
        faults = sorted((_misfit(layout, columns) for layout in _known(columns)), key=lambda one: one[0])
        there = ", ".join(columns[:12]) + (" ..." if len(columns) > 12 else "")
        summary = f"'{name}' is of no known layout. Its columns are {there or 'none'}. {_RENAME}"
        raise InputError([fault for _, fault in faults], summary=summary)
    return fitting


def check_layout(layout: Layout, columns: Sequence[str], name: str) -> None:
    """Refuse a ledger that lacks columns of the layout that a user gives for it, each with the nearest that it has."""
    faults = [
        Fault(what=f"is no column of '{name}', though the layout '{layout.name}' names it", value=column,
              remedy=_near(column, columns) or f"its columns are {', '.join(columns[:12])}")
        for column in layout.needed if column not in columns
    ]  # fmt: skip
    if faults:
        raise InputError(faults)


def _misfit(layout: Layout, columns: Sequence[str]) -> tuple[int, Fault]:
    """Return how many columns are not even there by another name, and what is lacking in words."""
    lacking = [column for column in layout.needed if column not in columns]
    if not lacking:
        what = f"needs one of the columns {', '.join(layout.keys.values())}, which say what a line stands for"
        return 0, Fault(what=what, value=layout.name)
    near = [one for column in lacking if (one := _near(column, columns))]
    none = "and none of them is here" if len(lacking) == len(layout.needed) else f"and {', '.join(lacking)} is not here"
    what = f"needs the columns {', '.join(layout.needed)}, {none}"
    return len(lacking) - len(near), Fault(what=what, value=layout.name, remedy="; ".join(near) or None)


def _near(column: str, columns: Sequence[str]) -> str | None:
    found = nearest(column, columns, cutoff=0.7)
    return None if found is None else f"is '{found}' the column {column}?"


_RENAME = "Rename them as one of these layouts has them, or name them in Python with layout=Layout(...)"
