"""A brief of whatever the workbench made."""

from __future__ import annotations

from workbench.alignment import Alignment
from workbench.audit import Audit
from workbench.briefs.brief import Brief
from workbench.briefs.common import Stamp
from workbench.briefs.of_alignment import brief_of_alignment
from workbench.briefs.of_audit import brief_of_audit
from workbench.briefs.of_comparison import brief_of_comparison
from workbench.briefs.of_gap import brief_of_gap
from workbench.briefs.of_grants import brief_of_grants
from workbench.briefs.of_requests import brief_of_requests
from workbench.briefs.of_run import single, stamp_of_record, stamp_of_run
from workbench.briefs.words import BUILD
from workbench.errors import Fault, InputError
from workbench.gap import Gap
from workbench.grants import GrantsResult
from workbench.results import Result
from workbench.scenarios import Comparison, Ensemble, Record, Run
from workbench.scenarios.models.requests_met import Met
from workbench.scenarios.store.entry import RunEntry

Subject = Result | Record
"""What a brief can be made of."""


def brief_of(subject: Subject, *, entry: RunEntry | None = None) -> Brief:
    """Return the brief of a result, of a run or of the record of a run.

    Parameters
    ----------
    subject : Result or Record
        A gap of one financial year, an alignment, awards of a grant, an audit, requests that were met, a run, a
        comparison of runs, or the record of a run. A record is run again first, and refused where another figure comes
        out than it keeps.
    entry : RunEntry, optional
        Where a record is kept in a store: its id, its name and whether it is approved.

    Raises
    ------
    InputError
        For anything else, for a gap of several years, for an ensemble, and for a record whose figures no longer come
        out.
    """
    if isinstance(subject, Record):
        stamp, outcome = stamp_of_record(subject, entry)
        return _of(outcome.result, stamp)
    if isinstance(subject, Ensemble):
        single(subject.record)
    if isinstance(subject, Run):
        return _of(subject.outcome.result, stamp_of_run(subject))
    return _of(subject, Stamp())


def _of(result: Result, stamp: Stamp) -> Brief:
    if isinstance(result, Gap):
        return brief_of_gap(result, stamp)
    if isinstance(result, Alignment):
        return brief_of_alignment(result, stamp)
    if isinstance(result, GrantsResult):
        return brief_of_grants(result, stamp)
    if isinstance(result, Audit):
        return brief_of_audit(result, stamp)
    if isinstance(result, Comparison):
        return brief_of_comparison(result)
    if isinstance(result, Met):
        return brief_of_requests(result, stamp)
    raise InputError(Fault(what=BUILD["no_brief"], value=type(result).__name__, remedy=BUILD["can"]))
