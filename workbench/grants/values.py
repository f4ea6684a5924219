"""The values that a grant design is made of: each with its description, unit, reference and mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Final, Literal, NamedTuple, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from workbench.errors import WorkbenchError
from workbench.fiscal import FiscalYear
from workbench.results import MARKS, Mark

LARGEST: Final = 10**15
"""KES; above it a float no longer counts single shillings safely, and no budget is near it."""

Unit = Literal["KES", "USD", "KES per USD", "percent", "points", "power"]


class Origin(NamedTuple):
    """Where a figure comes from and how sure it is."""

    source: str
    locator: str
    mark: str


def least_sure(origins: Iterable[Origin]) -> str:
    """Return the mark of a figure that stands on several: the least sure of theirs, blank where it stands on none."""
    return max((one.mark for one in origins), key=MARKS.index, default="")


Text = Annotated[str, Field(min_length=1)]


def _written_year(text: str) -> str:
    try:
        year = str(FiscalYear(text))
    except WorkbenchError as fault:
        raise ValueError(str(fault)) from None
    if year != text:
        raise ValueError(f"'{text}' is written '{year}' in a design")
    return year


Year = Annotated[str, AfterValidator(_written_year)]
"""A financial year as text, written ``2024/25``."""


class Strict(BaseModel):
    """A part of a design file: what it does not know, it refuses."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Referenced(Strict):
    """Something that has a source.

    Attributes
    ----------
    reference : str
        The document that says so.
    locator : str
        Where in the document, or what it says there.
    mark : str
        ``certain``, ``one source``, ``inferred`` or ``illustrative``.
    fact : str, optional
        The row of the data package ``kdsp`` that holds the same figure; a test holds the two together.
    """

    reference: Text
    locator: Text
    mark: Mark
    fact: Text | None = None

    @property
    def origin(self) -> Origin:
        """Where it comes from."""
        return Origin(self.reference, self.locator, self.mark)


class Figure(Referenced):
    """One number with its source."""

    value: Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Constant(Figure):
    """A number that holds in every year of the design, in its unit."""

    description: Text
    unit: Unit


class Dated(Strict):
    """A quantity whose number depends on the financial year.

    Attributes
    ----------
    description : str
        What it is.
    unit : str
        The unit of every number.
    by_year : dict of str to Figure
        The numbers by financial year. A year that is not named has no published number.
    """

    description: Text
    unit: Unit
    by_year: Annotated[dict[Year, Figure], Field(min_length=1)]

    @model_validator(mode="after")
    def _in_whole_shillings(self) -> Self:
        for year, figure in self.by_year.items():
            if self.unit == "KES" and not (float(figure.value).is_integer() and figure.value <= LARGEST):
                raise ValueError(f"{figure.value:,} of {year} is no whole number of shillings from 0 to {LARGEST:,}")
        return self


def figures_in(part: object) -> Iterator[Referenced]:
    """Yield everything below a part of a design that has a source, in the order of the file."""
    if isinstance(part, Referenced):
        yield part
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from figures_in(getattr(part, name))
    elif isinstance(part, dict):
        for one in part.values():
            yield from figures_in(one)
    elif isinstance(part, (list, tuple)):
        for one in part:
            yield from figures_in(one)
