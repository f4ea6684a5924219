"""What is new, read from the changelog, so that there is one list of changes and no second to forget."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ENTRY: Final = re.compile(r"^- \*\*(?P<name>.+?)\*\*(?P<says>.*(?:\n  .*)*)", re.MULTILINE)
COMMAND: Final = re.compile(r"\s*\(`[^`]*`\)|(?:\s*[,;]?\s*`[^`]*`)+\.?")
FIRST: Final = re.compile(r"; |\. |\.$")


@dataclass(frozen=True)
class News:
    """The newest version and what it brought: a name and a few words each, in the changelog's order."""

    version: str
    entries: tuple[tuple[str, str], ...]


def news(changelog: Path) -> News:
    """Read the first version of a changelog.

    Parameters
    ----------
    changelog : path
        Markdown: ``## 0.1.0`` for a version, ``- **Name** what it does.`` for an entry.

    Returns
    -------
    News
        Each entry up to its first full stop or semicolon, without commands: the home page is for readers.
    """
    _, _, newest = changelog.read_text(encoding="utf-8").partition("\n## ")
    version, _, rest = newest.partition("\n")
    section = rest.partition("\n## ")[0]
    entries = tuple((found["name"].rstrip("."), _short(found["says"])) for found in ENTRY.finditer(section))
    return News(version.strip(), entries)


def _short(says: str) -> str:
    """Return the words that follow an entry's name, with the colon or the space between them."""
    joined = COMMAND.sub(lambda code: "" if code[0].endswith(")") else ". ", " ".join(says.split()))
    words = FIRST.split(joined, maxsplit=1)[0].rstrip(" .,")
    return words if not words or words.startswith(":") else f" {words}"
