"""Requests as scenarios see them: a form of the user's own, its year, the envelope, the rule, every figure by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from workbench.datasets.form_reading import filled_form
from workbench.errors import Fault, InputError
from workbench.scenarios import canonical
from workbench.scenarios.dotted import folded
from workbench.scenarios.models.base import (
    Core,
    Given,
    Headline,
    InYear,
    KeyColumn,
    Outcome,
    Parameter,
    in_known_years,
    rules_for_any_list,
)
from workbench.scenarios.models.requests_core import RequestsCore
from workbench.scenarios.models.requests_form import Requests, read_requests
from workbench.scenarios.models.requests_met import Met, meet

FORM: Final = "requests"
RULE: Final = "proportional"
"""By which money is shared where a scenario names no other rule."""


class RequestsModel:
    """The adapter of requests that a user brings, met from an envelope."""

    name = "requests"

    def bases(self) -> Sequence[str]:
        """Return the form that is to be filled in: nobody publishes requests of this kind."""
        return [FORM]

    def parameters(self, given: Given) -> Mapping[str, Parameter]:
        """Return the form, the envelope and the rule; with a form its years, and every figure by its dotted name."""
        requests = _read(given)
        years = () if requests is None else requests.years
        asked = folded(str(given.values.get("year", "")))
        year = next((one for one in years if folded(one) == asked), years[0] if years else None)
        whole = None if requests is None or year is None else requests.whole(year)
        found = [
            Parameter(name="request_form", kind="file", description="The form of requests, as CSV"),
            Parameter(name="envelope", description="What there is to share out; in the base as much as can be used",
                      unit="KES", low=0, value=whole),
            Parameter(name="rule", description="The rule by which the envelope is shared among the requests",
                      kind="choice", value=RULE, choices=rules_for_any_list()),
            # Before the form is read nobody knows its years: a year is taken as it is written, and judged afterwards.
            Parameter(name="year", description="Financial year", kind="choice" if years else "text", choices=years,
                      value=year),
        ]  # fmt: skip
        figures = () if requests is None else requests.parameters()
        return {parameter.name: parameter for parameter in (*found, *figures)}

    def inputs(self, given: Given) -> Mapping[str, str]:
        """Return the hash of the form: all figures are the user's own."""
        path = given.values.get("request_form")
        return {} if path is None else {str(path): canonical.digest_of_text(given.files[str(path)])}

    def run(self, given: Given) -> Outcome:
        """Meet the requests from the envelope, after the scenario's changes."""
        result = _met(given)
        return Outcome(
            financial_year=result.financial_year,
            tables=result.tables,
            headline=(
                Headline("requested", "Requested", result.requested, "KES"),
                Headline("envelope", "Envelope", result.allocation.envelope, "KES"),
                Headline("gap", "Gap", result.gap, "KES"),
                Headline("lowest_coverage", "Lowest coverage of a line", result.lowest_coverage, ""),
            ),
            keys=(KeyColumn("awards", "line", "award", "KES"),),
            result=result,
        )

    def core(self, given: Given, drawn: Iterable[str]) -> Core:
        """Make the requests ready to draw their amounts and the envelope."""
        return RequestsCore(_met(given)).core(frozenset(drawn))

    def in_years(self, given: Given, years: Sequence[str]) -> Sequence[InYear]:
        """Return the scenario in each of several years for which something is asked."""
        return in_known_years(given, years, _known(given).years)


def _read(given: Given) -> Requests | None:
    path = given.values.get("request_form")
    if path is None or str(path) not in given.files:
        return None
    return read_requests(filled_form(given.files[str(path)].encode("utf-8"), str(path), FORM))


def _known(given: Given) -> Requests:
    requests = _read(given)
    if requests is None:
        remedy = "set request_form: FILE; the form is written by workbench template requests"
        raise InputError(Fault(what="has no requests of its own", value=given.base, remedy=remedy))
    return requests


def _met(given: Given) -> Met:
    requests = _known(given).with_set(given.values)
    if "envelope" not in given.values:
        raise InputError(Fault(what="is not set", value="envelope", remedy="write envelope: KSh 500 million"))
    year = str(given.values.get("year", requests.years[0]))
    return meet(requests, year, float(given.values["envelope"]), str(given.values.get("rule", RULE)))


ADAPTER: Final = RequestsModel()
