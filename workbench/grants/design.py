"""A grant design: pools, gates, formulas and bounds, as a dated YAML file says them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Final, Literal, Self, get_args

from pydantic import Field, model_validator

from workbench.grants.assessment import Assessment
from workbench.grants.values import Constant, Dated, Referenced, Strict, Text, Year

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
"""A name that can stand in a dotted setting: ``level_2``."""

CurveKind = Literal["linear", "threshold", "power"]
CURVE_KINDS: Final[tuple[str, ...]] = get_args(CurveKind)
HIGHEST_EXPONENT: Final = 50


class Gate(Referenced):
    """A minimum condition that a county must meet before a level pays it anything.

    Attributes
    ----------
    description : str
        What must be met.
    column : str, optional
        The column of the score form that says whether it is met; without it the form has no say.
    least_score : float, optional
        Points; the gate is then met by a score that is no lower, whatever the form says of conditions.
    without_form : str
        What holds for a county where no form says: ``met`` (the reference says that all met it) or ``unknown``,
        which is not met.
    """

    description: Text
    column: Literal["conditions_met"] | None = None
    least_score: Annotated[float, Field(ge=0, le=100)] | None = None
    without_form: Literal["met", "unknown"]


class Curve(Referenced):
    """How a score becomes a factor of the index.

    Attributes
    ----------
    kind : str
        ``linear``: score / 100. ``threshold``: the part of the score above ``threshold``, out of what is left up to
        100. ``power``: (score / 100) to the power of ``exponent``.
    threshold : float
        Points; 0 to 100. A score at or below it weighs nothing.
    exponent : float
        The power, from 0.
    """

    description: Text
    kind: CurveKind = "linear"
    threshold: Annotated[float, Field(ge=0, lt=100)] = 0.0
    exponent: Annotated[float, Field(ge=0, le=HIGHEST_EXPONENT)] = 1.0


class Part(Strict):
    """A part of a formula: so much of the pool, shared in one way.

    Attributes
    ----------
    kind : str
        ``equal``: the same to each county. ``share``: in proportion to a variable. ``index``: in proportion to a
        variable times the curve on the score. ``amounts``: what a variable says, in shillings, times the weight.
    weight : Constant
        Percent of the pool, or of the variable for ``amounts``.
    variable : str, optional
        A column of county facts, or an input of the design.
    among : list of str, optional
        The counties that take part; all where it is left out.
    """

    kind: Literal["equal", "share", "index", "amounts"]
    description: Text
    weight: Constant
    variable: Name | None = None
    among: Annotated[tuple[Text, ...], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _has_variable(self) -> Self:
        if (self.kind == "equal") != (self.variable is None):
            raise ValueError(f"a part of kind '{self.kind}' {'needs no' if self.variable else 'needs a'} variable")
        if self.weight.unit != "percent":
            raise ValueError(f"the weight of a part stands in percent, not in {self.weight.unit}")
        return self


class CountyFloor(Strict):
    """The least that each county gets of a level: so much of a figure of its own.

    Attributes
    ----------
    variable : str
        A column of county facts, or an input of the design.
    weight : Constant
        Percent of the variable.
    """

    description: Text
    variable: Name
    weight: Constant


class Input(Referenced):
    """A figure by county that nobody has published, so that the user supplies it.

    Attributes
    ----------
    description, unit : str
        What it is.
    stand_in : str, optional
        A variable that shows how the design works until the real one is supplied; its use is illustrative.
    """

    description: Text
    unit: Text
    stand_in: Name | None = None


class Note(Strict):
    """What a reader must know; a plain text in the file is a note that always stands.

    Attributes
    ----------
    text : str
    unless_set : list of str, optional
        The dotted names of settings that take the note away: it speaks of the design's own value.
    """

    text: Text
    unless_set: tuple[Text, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _plain_text(cls, given: object) -> object:
        return {"text": given} if isinstance(given, str) else given


class Level(Strict):
    """One grant of a design, with a pool of its own.

    Attributes
    ----------
    pool : Dated, optional
        KES. Without it the pool is ``per_county`` for each of the 47 counties.
    per_county : Dated, optional
        KES for each county that qualifies. A level has this or ``parts``.
    per_county_usd : Dated, optional
        The same in dollars, for questions about the exchange rate.
    parts : dict of str to Part
        The formula; the weights of all parts but ``amounts`` add up to 100 percent.
    rule : str
        The rule of ``workbench.allocation`` that shares a pool which is too small for all that qualify.
    floor, cap : Dated, optional
        KES; no qualifying county gets less than the one or more than the other.
    county_floor : CountyFloor, optional
        A floor that differs by county; it holds once all that the level shares by is known.
    rounding : Constant, optional
        KES; awards are multiples of it, and what is left of the pool under one of them stays unallocated. Without it
        they are whole shillings.
    carry_over : bool
        Whether what nobody qualifies for is added to the pool of the year after.
    """

    title: Text
    description: Text
    pool: Dated | None = None
    per_county: Dated | None = None
    per_county_usd: Dated | None = None
    parts: dict[Name, Part] = Field(default_factory=dict)
    gates: dict[Name, Gate] = Field(default_factory=dict)
    curve: Curve | None = None
    rule: Name = "proportional"
    floor: Dated | None = None
    cap: Dated | None = None
    county_floor: CountyFloor | None = None
    rounding: Constant | None = None
    carry_over: bool = False

    @model_validator(mode="after")
    def _one_formula(self) -> Self:
        if (self.per_county is None) == (not self.parts):
            raise ValueError("a level has either per_county or parts")
        if self.parts and self.pool is None:
            raise ValueError("a level that shares by parts has a pool")
        if self.rounding is not None and (self.rounding.unit != "KES" or not self.rounding.value.is_integer()):
            raise ValueError("awards are rounded to a whole number of KES")
        if self.rounding is not None and self.rounding.value < 1:
            raise ValueError("awards are rounded to 1 KES or more")
        shared = [part for part in self.parts.values() if part.kind != "amounts"]
        if shared and len(shared) < len(self.parts):
            raise ValueError("parts of kind 'amounts' stand in a level of their own")
        if self.per_county is not None and (self.floor or self.cap or self.county_floor):
            raise ValueError("a level that pays one amount for each county needs no floor and no cap")
        total = sum(part.weight.value for part in shared)
        if shared and abs(total - 100) > 1e-9:
            raise ValueError(f"the weights of the parts add up to {total:g} percent, not 100")
        if any(part.kind == "index" for part in shared) and self.curve is None:
            raise ValueError("a part of kind 'index' needs the level's curve")
        return self

    @property
    def years(self) -> list[str]:
        """The financial years in which the level has a pool, in order."""
        dated = self.pool or self.per_county
        return sorted(dated.by_year) if dated else []

    @property
    def scored(self) -> bool:
        """Whether a score moves money."""
        return any(part.kind == "index" for part in self.parts.values())


class Design(Strict):
    """A grant design.

    Attributes
    ----------
    name, title, description : str
        What it is.
    currency : str
        Of the pools.
    fx : dict
        Exchange rates by name, such as ``kes_per_usd``.
    equitable_share_of : dict
        For a year of the design, the year whose equitable shares stand in where its own were not found in full.
    inputs : dict of str to Input
        What the user supplies by county.
    assessment : Assessment, optional
        Conditions and measures, where the design scores by them itself.
    levels : dict of str to Level
        The grants, in order.
    notes : list of Note
        What a reader must know in every year.
    notes_by_year : dict of str to list of Note
        What a reader must know in one year alone.
    """

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: Text
    description: Text
    currency: Literal["KES"]
    fx: dict[Name, Dated] = Field(default_factory=dict)
    equitable_share_of: dict[Year, Year] = Field(default_factory=dict)
    inputs: dict[Name, Input] = Field(default_factory=dict)
    assessment: Assessment | None = None
    levels: Annotated[dict[Name, Level], Field(min_length=1)]
    notes: tuple[Note, ...] = ()
    notes_by_year: dict[Year, Annotated[tuple[Note, ...], Field(min_length=1)]] = Field(default_factory=dict)

    def notes_of(self, year: str, settings: Collection[str] = ()) -> tuple[str, ...]:
        """Return what a reader must know in a year under some settings: the notes of every year, then its own."""
        return tuple(
            note.text
            for note in (*self.notes, *self.notes_by_year.get(year, ()))
            if not set(note.unless_set) & set(settings)
        )

    @property
    def years(self) -> list[str]:
        """The financial years in which any level has a pool, in order."""
        return sorted({year for level in self.levels.values() for year in level.years})
