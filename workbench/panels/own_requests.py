"""Requests of a viewer's own, met from an envelope."""

from __future__ import annotations

from typing import Final

import ipywidgets as widgets

from workbench.allocation import RULES
from workbench.datasets.form_reading import FilledForm
from workbench.datasets.forms import find_form
from workbench.datasets.template import template_bytes
from workbench.panels.guard import checked
from workbench.panels.own_kind import Worked, file_stem, line
from workbench.panels.page import select
from workbench.views import text_own
from workbench.views.own_requests import read_requests, requests_page, share_out

WORDS: Final = text_own.REQUESTS
LONGEST_TEXT: Final = 100
BLANK_ROWS: Final = 8

RULE_NAMES: Final = tuple(name for name in RULES if name not in ("priority", "concede_and_divide"))
"""Rules for any list of claims; the others need an order of their own, or exactly two claimants."""


class RequestsKind:
    """Requests that are met from an envelope."""

    def __init__(self) -> None:
        self.form = find_form("requests")
        self.most = 500
        self._years: tuple[str, ...] = ()
        self._year = widgets.Dropdown(
            description=WORDS["year"], options=(), disabled=True, style={"description_width": "auto"}
        )
        self._year.add_class("wb-select")
        self._envelope = line(WORDS["envelope"], WORDS["envelope_hint"])
        self._rule = select(WORDS["rule"], [(name.replace("_", " "), name) for name in RULE_NAMES], "proportional")
        self.controls = (self._year, self._envelope, self._rule)

    def start(self) -> list[list[str]]:
        """Return a few blank rows."""
        return [[""] * len(self.form.columns) for _ in range(BLANK_ROWS)]

    def blank(self) -> tuple[str, bytes]:
        """Return the form."""
        return "requests.xlsx", template_bytes("requests")

    def judge(self, form: FilledForm) -> None:
        """Check the cells, and offer the years that they ask for."""
        years = read_requests(form).years
        if years != self._years:
            self._years = years
            self._year.disabled = False
            self._year.options = years
            self._year.value = years[0]

    def work(self, form: FilledForm) -> Worked:
        """Meet the requests from the envelope."""
        from workbench.views.own_sheets import requests_csv, requests_workbook

        requests = read_requests(form)
        year = checked(self._year.value, requests.years, "financial year of these requests")
        rule = checked(self._rule.value, RULE_NAMES, "rule")
        envelope = self._envelope.value[:LONGEST_TEXT]
        result = share_out(requests, year, envelope, rule)
        content = requests_page(result, requests, year)
        settings = {WORDS["year"]: year, WORDS["envelope"]: envelope, WORDS["rule"]: rule, WORDS["file"]: form.file}
        stem = f"awards-{file_stem(year)}"

        def make(kind: str) -> tuple[str, bytes]:
            if kind == "csv":
                return f"{stem}.csv", requests_csv(result)
            return f"{stem}.xlsx", requests_workbook(result, content, settings)

        return Worked(content=content, files={kind: text_own.PAGE[kind] for kind in ("xlsx", "csv")}, make=make)
