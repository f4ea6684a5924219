"""An assessment of a viewer's own, for a grant to the counties."""

from __future__ import annotations

from typing import Final

from workbench.datasets.form_reading import FilledForm
from workbench.datasets.forms import find_form
from workbench.datasets.template import template_bytes
from workbench.grants import grants, load_design
from workbench.grants.facts import county_names_by_code
from workbench.panels.files import KINDS, file_of
from workbench.panels.grants import years_of
from workbench.panels.guard import checked
from workbench.panels.own_kind import Keepable, Worked, csv_of
from workbench.panels.page import select
from workbench.panels.sources import with_titles
from workbench.views import text_own
from workbench.views.grants_page import grants_page
from workbench.views.own_models import own_scores, with_given

WORDS: Final = text_own.SCORES
SCORED: Final = ("kdsp2", "kdsp1")
"""Designs that pay by an assessment."""


class ScoresKind:
    """An assessment of the counties, for a grant."""

    def __init__(self) -> None:
        self.form = find_form("scores")
        self.most = 60
        self._design = select(WORDS["grant"], [(load_design(name).title, name) for name in SCORED], SCORED[0])
        self._year = select(WORDS["year"], years_of(SCORED[0]), years_of(SCORED[0])[-1])
        self._design.observe(self._follow, names="value")
        self.controls = (self._design, self._year)

    def _follow(self, _change: object) -> None:
        if self._design.value in SCORED:
            self._year.options = years_of(self._design.value)
            self._year.value = years_of(self._design.value)[-1]

    def start(self) -> list[list[str]]:
        """Return the counties with every answer blank."""
        return [[str(code), county, "", ""] for code, county in enumerate(county_names_by_code(), start=1)]

    def blank(self) -> tuple[str, bytes]:
        """Return the form."""
        return "scores.xlsx", template_bytes("scores")

    def judge(self, form: FilledForm) -> None:
        """Check the cells."""
        own_scores(form)

    def work(self, form: FilledForm) -> Worked:
        """Work out the awards."""
        scores = own_scores(form)
        design = checked(self._design.value, SCORED, "grant")
        year = checked(self._year.value, years_of(design), "financial year of this grant")
        result = grants(design, year, scores=scores)
        content = with_given(with_titles(grants_page(result)), form.file)
        name = "scores.csv"
        kept = Keepable(
            model="grants",
            base=design,
            changes={"year": year, "score_form": name},
            files={name: csv_of(form)},
            same=lambda run: run.table["award"].tolist() == result.table["award"].tolist(),
        )
        called = f"own-{design}-{year}"
        return Worked(content=content, files=KINDS, make=lambda kind: file_of(result, kind, called), kept=kept)
