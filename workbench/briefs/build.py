"""A brief of whatever the workbench made."""

from __future__ import annotations

from workbench.briefs.brief import Brief
from workbench.briefs.common import Stamp
from workbench.briefs.of_gap import brief_of_gap
from workbench.errors import Fault, InputError
from workbench.gap import Gap
from workbench.results import Result

Subject = Result


def brief_of(subject: Subject) -> Brief:
    """Return the brief of a result.

    Parameters
    ----------
    subject : Result
        A gap of one financial year.

    Raises
    ------
    InputError
        For anything else, and for a gap of several years.
    """
    if isinstance(subject, Gap):
        return brief_of_gap(subject, Stamp())
    what = "is nothing that a brief can be made of"
    raise InputError(Fault(what=what, value=type(subject).__name__))
