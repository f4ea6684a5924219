"""Requests of a viewer's own, met from an envelope."""

from __future__ import annotations

from typing import Final

import ipywidgets as widgets

from workbench.datasets.form_reading import FilledForm
from workbench.datasets.forms import find_form
from workbench.datasets.template import template_bytes
from workbench.errors import Fault, InputError, WorkbenchError
from workbench.fiscal import parse_money
from workbench.panels.files import KINDS, file_of
from workbench.panels.guard import checked
from workbench.panels.own_kind import Keepable, Worked, csv_of, file_stem, line
from workbench.panels.page import select
from workbench.scenarios.models.base import rules_for_any_list
from workbench.scenarios.models.requests import FORM, RULE
from workbench.scenarios.models.requests_form import read_requests
from workbench.scenarios.models.requests_met import meet
from workbench.views import text_own
from workbench.views.own_csv import requests_csv
from workbench.views.own_requests import requests_page

WORDS: Final = text_own.REQUESTS
LONGEST_TEXT: Final = 100
BLANK_ROWS: Final = 8


class RequestsKind:
    """Requests that are met from an envelope."""

    def __init__(self) -> None:
        self.form = find_form(FORM)
        self.most = 500
        self._years: tuple[str, ...] = ()
        self._year = widgets.Dropdown(
            description=WORDS["year"], options=(), disabled=True, style={"description_width": "auto"}
        )
        self._year.add_class("wb-select")
        self._envelope = line(WORDS["envelope"], WORDS["envelope_hint"])
        self._rule = select(WORDS["rule"], [(name.replace("_", " "), name) for name in rules_for_any_list()], RULE)
        self.controls = (self._year, self._envelope, self._rule)

    def start(self) -> list[list[str]]:
        """Return a few blank rows."""
        return [[""] * len(self.form.columns) for _ in range(BLANK_ROWS)]

    def blank(self) -> tuple[str, bytes]:
        """Return the form."""
        return "requests.xlsx", template_bytes(FORM)

    def judge(self, form: FilledForm) -> None:
        """Check the cells, and offer the years that they ask for."""
        years = read_requests(form).years
        if years != self._years:
            self._years = years
            self._year.disabled = False
            self._year.options = years
            self._year.value = years[0]

    def _money(self) -> float:
        """Return the envelope in KES."""
        try:
            amount = parse_money(self._envelope.value[:LONGEST_TEXT])
        except WorkbenchError as refused:
            raise InputError(refused.faults, summary=WORDS["envelope_wrong"]) from None
        if amount is None:
            raise InputError(Fault(what=WORDS["envelope_blank"], remedy=WORDS["envelope_remedy"]))
        return amount

    def work(self, form: FilledForm) -> Worked:
        """Meet the requests from the envelope."""
        requests = read_requests(form)
        year = checked(self._year.value, requests.years, "financial year of these requests")
        rule = checked(self._rule.value, rules_for_any_list(), "rule")
        envelope = self._money()
        result = meet(requests, year, envelope, rule)
        content = requests_page(result)
        name = "requests.csv"
        table = result.table.drop(columns="reason")
        kept = Keepable(
            model="requests",
            base=FORM,
            changes={"request_form": name, "year": year, "envelope": result.allocation.envelope, "rule": rule},
            files={name: csv_of(form)},
            same=lambda run: run.table.drop(columns="reason").equals(table),
        )
        called = f"awards-{file_stem(year)}"

        def make(kind: str) -> tuple[str, bytes]:
            if kind == "csv":
                return f"{called}.csv", requests_csv(result.allocation)
            return file_of(result, kind, called)

        return Worked(content=content, files={**KINDS, "csv": text_own.PAGE["csv"]}, make=make, kept=kept)
