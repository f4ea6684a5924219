"""The column names of ledgers that are known: BOOST, its harmonised form, the Fiscal Data Package, the one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workbench.errors import Fault, InputError


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
    def needed(self) -> list[str]:
        """The columns without which a ledger has another layout."""
        amounts = [*self.stages.values(), *(column for column in (self.stage, self.amount) if column)]
        return [self.year, *amounts]


_FDP_YEAR = "date:fiscal-year"

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
    Layout(
        name="Fiscal Data Package",
        year=_FDP_YEAR,
        keys={
            "sector": "functional-classification:generic:level1:label",
            "vote": "administrative-classification:generic:level1:label",
            "programme": "activity:generic:program:label",
            "sub_programme": "activity:generic:subprogram:label",
            "economic_class": "economic-classification:generic:level1:label",
        },
        stage="phase:id",
        amount="value",
        stage_names={"approved": "estimate", "adjusted": "revised", "executed": "expenditure"},
    ),
    Layout(
        name="the one table",
        year="financial_year",
        keys={level: level for level in ("sector", "vote", "programme", "sub_programme", "county", "economic_class")},
        stage="stage",
        amount="amount",
        unit="unit",
        left_out={"line": ("subtotal", "total", "difference", "ratio")},
    ),
)


def layout_of(columns: Sequence[str]) -> Layout:
    """Return the layout whose columns a ledger has.

    Raises
    ------
    InputError
        Where it has none, with what each layout lacks.
    """
    there = set(columns)
    for layout in LAYOUTS:
        if there.issuperset(layout.needed) and there & set(layout.keys.values()):
            return layout
    faults = [
        Fault(what=f"the layout '{layout.name}' lacks", value=", ".join(c for c in layout.needed if c not in there),
              remedy="name your columns with layout=Layout(...)")
        for layout in LAYOUTS
    ]  # fmt: skip
    raise InputError(faults, summary="The ledger's columns are those of no known layout")
