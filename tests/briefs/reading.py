"""Read figures back from where people see them: 3,162 and −37 and 60.6 % are numbers again."""

from __future__ import annotations

import re

FIGURE = re.compile(r"(?<![\w.])[−-]?\d{1,3}(?:,\d{3})*(?:\.\d+)?(?![\w]|[.,]\d)")


def figure(shown: str) -> float | None:
    """The number that a text shows; None for a blank or for words."""
    text = shown.strip().removesuffix("%").strip()
    return float(text.replace("−", "-").replace(",", "")) if FIGURE.fullmatch(text) else None


def figures_in(line: str) -> list[float]:
    """Every figure of a line of text, in order."""
    return [float(one.replace("−", "-").replace(",", "")) for one in FIGURE.findall(line)]


def table_of(rows: list[list[str]]) -> dict[str, list[float | None]]:
    """A table of texts by the name of each row."""
    return {row[0]: [figure(cell) for cell in row[1:]] for row in rows}
