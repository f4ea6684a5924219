"""The forms that the workbench reads: requests, assessment scores, a crosswalk; and what each column may hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from workbench.errors import unknown_name
from workbench.fiscal import UNITS

Kind = Literal["text", "number", "whole", "choice", "date", "year", "county"]


@dataclass(frozen=True, kw_only=True)
class FormColumn:
    """One column of a form.

    Attributes
    ----------
    name : str
        The heading.
    help : str
        What to write into it, shown beside the cell.
    kind : str
        What a cell may hold.
    required : bool
        Whether each filled row needs it.
    choices : tuple of str
        The allowed answers of a ``choice``.
    minimum, maximum : float, optional
        The bounds of a number.
    width : int
        In characters.
    """

    name: str
    help: str
    kind: Kind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    width: int = 18


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form: its columns, what makes a row one of a kind, and whether it comes with the counties filled in."""

    name: str
    title: str
    columns: tuple[FormColumn, ...]
    key: tuple[str, ...]
    rows: int = 500
    counties: bool = False

    @property
    def headings(self) -> list[str]:
        """The columns' names."""
        return [column.name for column in self.columns]


_MARKS = ("certain", "one source", "inferred", "illustrative")

FORMS: Final[dict[str, Form]] = {
    form.name: form
    for form in (
        Form(
            name="requests", title="Requests for funds", key=("vote", "programme", "sub_programme", "economic_class",
                                                              "financial_year"),
            columns=(
                FormColumn(name="sector", help="MTEF sector, such as ARUD or Health", width=14),
                FormColumn(name="vote", help="Vote, by its printed name", width=34),
                FormColumn(name="programme", help="Programme, or the line that asks", required=True, width=40),
                FormColumn(name="sub_programme", help="Sub-programme; blank for a whole programme", width=40),
                FormColumn(name="economic_class", help="recurrent, development, or total where it is not split",
                           kind="choice", choices=("recurrent", "development", "total"), required=True),
                FormColumn(name="financial_year", help="Written 2024/25", kind="year", required=True, width=15),
                FormColumn(name="amount", help="What is asked for; blank is unknown, - is nil", kind="number",
                           minimum=0),
                FormColumn(name="unit", help="The unit of all amounts of the row", kind="choice", required=True,
                           choices=tuple(UNITS)),
                FormColumn(name="floor", help="The least that must be awarded: salaries, commitments", kind="number",
                           minimum=0),
                FormColumn(name="ceiling", help="The most that can be used", kind="number", minimum=0),
                FormColumn(name="weight", help="How much a shilling counts here; blank counts as 1", kind="number",
                           minimum=0, width=10),
                FormColumn(name="source", help="The document that the figure comes from", width=30),
            ),
        ),
        Form(
            name="scores", title="Assessment of the counties", key=("code",), rows=47, counties=True,
            columns=(
                FormColumn(name="code", help="County code 1 to 47, in the order of the Constitution", kind="whole",
                           minimum=1, maximum=47, required=True, width=8),
                FormColumn(name="county", help="County", kind="county", required=True, width=22),
                FormColumn(name="conditions_met", help="yes or no; blank is unknown, and unknown is not met",
                           kind="choice", choices=("yes", "no"), width=16),
                FormColumn(name="score", help="0 to 100; blank is unknown", kind="number", minimum=0, maximum=100,
                           width=10),
            ),
        ),
        Form(
            name="crosswalk", title="Crosswalk from budget lines to a plan",
            key=("budget_code", "plan_code", "valid_from"),
            columns=(
                FormColumn(name="budget_code", help="The budget line, as the budget names it", required=True, width=40),
                FormColumn(name="plan_code", help="The plan's line, or unlinked for what is left out on purpose",
                           required=True, width=28),
                FormColumn(name="share", help="The part of the line, 0 to 1; the parts of a line add to 1",
                           kind="number", minimum=0, maximum=1, required=True, width=10),
                FormColumn(name="reason", help="Why the line belongs there, in a sentence", required=True, width=60),
                FormColumn(name="mark", help="illustrative until somebody accepts it", kind="choice", choices=_MARKS,
                           required=True, width=14),
                FormColumn(name="valid_from", help="First day, such as 2024-07-01", kind="date", required=True,
                           width=12),
                FormColumn(name="valid_to", help="Last day; blank while it lasts", kind="date", width=12),
            ),
        ),
    )
}  # fmt: skip


def find_form(name: str) -> Form:
    """Return a form by its name, or raise with the nearest right one."""
    if name not in FORMS:
        raise unknown_name("form", name, FORMS)
    return FORMS[name]
