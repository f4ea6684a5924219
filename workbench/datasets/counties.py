"""Read a county's name in any of the spellings that published tables use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from workbench.datasets.package import Package, open_package
from workbench.errors import Fault, LabelError, UnknownNameError, suggestion

_NOT_A_LETTER = re.compile(r"[^a-z]")
_COUNTY_WORDS = re.compile(
    r"^\s*(?:the\s+)?county\s+(?:government\s+)?of\s+|\s+(?:city\s+)?county(?:\s+government)?\s*$|\s+city\s*$",
    re.IGNORECASE,
)


def county_name(text: str) -> str:
    """Return the name that the package ``counties`` gives to a county.

    Letter case, spaces, hyphens, slashes, quotation marks and a trailing `` County`` make no difference; other
    spellings that documents use (``Keiyo``, ``ELEGEYO-MARAKWET``) stand in the package's table ``aliases``.

    Parameters
    ----------
    text : str
        The name as a table prints it, such as ``THARAKA - NITHI`` or ``TaitaTaveta County``.

    Raises
    ------
    UnknownNameError
        With the nearest right name.

    Examples
    --------
    >>> county_name("muranga county ")
    "Murang'a"
    """
    name = find_county(text)
    if name is None:
        raise UnknownNameError(_unknown(text))
    return name


def find_county(text: object) -> str | None:
    """Return the county's name, or None where the text names no county."""
    return _spellings().get(spelling_key(text)) if isinstance(text, str) else None


@lru_cache(maxsize=1)
def counties_package() -> Package:
    """Return the shipped package of the counties, opened once: names, facts and shares are all in it."""
    return open_package("counties")


def known_counties() -> list[str]:
    """Return the 47 names, in the order of the Constitution."""
    return list(counties_package().table("counties").sort_values("code")["name"])


def county_names(texts: Iterable[str]) -> list[str]:
    """Return the names of many counties, each of them once.

    Raises
    ------
    LabelError
        With every text that names no county, and every county that is named twice.
    """
    named: list[str] = []
    faults: list[Fault] = []
    first: dict[str, str] = {}
    for row, text in enumerate(texts, start=1):
        name = find_county(text)
        if name is None:
            faults.append(_unknown(text, row=row))
            continue
        if name in first:
            remedy = f"it is the same county as '{first[name]}'"
            faults.append(Fault(what="names a county a second time", row=row, value=text, remedy=remedy))
        first.setdefault(name, text)
        named.append(name)
    if faults:
        raise LabelError(faults)
    return named


def spelling_key(text: str) -> str:
    """Reduce a spelling to its letters: without case, accents, spaces, signs and the word County."""
    plain = unicodedata.normalize("NFKD", _COUNTY_WORDS.sub("", text.strip()))
    return _NOT_A_LETTER.sub("", plain.casefold())


@lru_cache(maxsize=1)
def _spellings() -> Mapping[str, str]:
    package = counties_package()
    names = {spelling_key(name): name for name in package.table("counties")["name"]}
    aliases = package.table("aliases")
    return names | {
        spelling_key(alias): county for alias, county in zip(aliases["alias"], aliases["county"], strict=True)
    }


def _unknown(text: str, row: int | None = None) -> Fault:
    remedy = suggestion(text, known_counties())
    return Fault(what="is no known county", value=text, row=row, remedy=remedy)
