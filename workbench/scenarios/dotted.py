"""Dotted names as people write them: letter case, spaces, hyphens and apostrophes aside, with ``*`` for any part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from workbench.errors import nearest, suggestion

_MEANINGLESS = re.compile(r"[\s_\-/'’`]+")


def folded(name: str) -> str:
    """Return a name without what people spell in several ways."""
    return _MEANINGLESS.sub("", name).casefold()


def matching(name: str, known: Iterable[str]) -> list[str]:
    """Return the known names that a written one means: itself, another spelling, or all that a ``*`` stands for."""
    names = list(known)
    if name in names:
        return [name]
    if "*" not in name:
        wanted = folded(name)
        return [one for one in names if folded(one) == wanted]
    parts = [re.escape(folded(part)).replace(r"\*", r"[^.]*") for part in name.split(".")]
    pattern = re.compile(r"\.".join(parts))
    return [one for one in names if pattern.fullmatch(folded(one))]


def remedy(name: str, known: Mapping[str, object]) -> str:
    """Say which name may have been meant; for a name in parts, among those that begin alike."""
    first = folded(name.partition(".")[0])
    alike = [one for one in known if folded(one.partition(".")[0]) == first and "." in one]
    if "." in name and alike:
        # What they begin with is right, and makes all of them look near: the rest decides.
        rests = {one.partition(".")[2]: one for one in alike}
        rest = name.partition(".")[2]
        near = nearest(rest, rests)
        return f"did you mean '{rests[near]}'?" if near else suggestion(rest, list(rests))
    kinds = list(dict.fromkeys(one if "." not in one else one.partition(".")[0] + ".…" for one in known))
    near = suggestion(name, list(known))
    return near if near.startswith("did you mean") else suggestion(name, kinds)
