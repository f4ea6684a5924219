"""An audit as a page: the tables as printed, with the cells that do not hold marked, and why.

The page stands alone: no script, no picture, no address outside it. A mark is a sign, a colour and an outline, so
that it is seen without colour too; the reason shows on hovering, tapping and with the keyboard, and is listed below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any, Final

import pandas as pd

from workbench.audit import Audit, table_name
from workbench.views import text
from workbench.views.numbers import number, shown_unit

SIGNS = {"wrong": "✗", "rounded": "≈", "right": "✓", "unchecked": ""}
WORDS: Final = text.AUDIT_PAGE
MOST_CELLS = 20_000
"""Larger tables show only the rows with a finding, so that a browser can show the page."""


def audit_page(audit: Audit, *, title: str) -> str:
    """Return an audit as one HTML page that stands alone.

    Parameters
    ----------
    audit : Audit
    title : str
        What was audited.
    """
    return (
        f'<!doctype html>\n<html lang="{text.FRAME["language"]}"><head><meta charset="utf-8">'
        f'<title>{escape(title)}</title><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{BARE_PAGE_STYLE}{STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{audit_section(audit)}</main></body></html>\n"
    )


def audit_section(audit: Audit) -> str:
    """Return an audit as a piece of HTML for a page that has a heading of its own; it needs :data:`STYLE`."""
    parts = [_counts(audit), _legend(), *_tables(audit), _findings(audit), _notes(audit)]
    return f'<section class="audit">{"".join(parts)}</section>'


def audited_tables(audit: Audit) -> str:
    """Return the tables as printed alone, wrong cells marked, with the legend and the style that they need."""
    return f'<style>{STYLE}</style><section class="audit">{_legend()}{"".join(_tables(audit))}</section>'


def _counts(audit: Audit) -> str:
    counts = audit.counts
    boxes = "".join(
        f'<div class="count {name}"><dt>{escape(text.AUDIT_COUNTS[name])}</dt><dd>{counts[name]:,}</dd></div>'
        for name in text.AUDIT_COUNTS
    )
    return f'<dl class="counts" aria-label="{escape(WORDS["cells"])}">{boxes}</dl><p>{escape(audit.summary())}</p>'


def _legend() -> str:
    entries = "".join(
        f'<li><span class="{name} key">{SIGNS[name]}</span> {escape(WORDS[name])}</li>'
        for name in ("right", "rounded", "wrong")
    )
    return f'<ul class="legend" aria-label="{escape(WORDS["marks"])}">{entries}</ul>'


def _tables(audit: Audit) -> Iterator[str]:
    reasons = _reasons(audit.findings)
    cells = audit.cells
    if len(cells) > MOST_CELLS:
        found = set(zip(audit.findings["resource"], audit.findings["table"], audit.findings["row"], strict=True))
        keys = zip(cells["resource"], cells["table"], cells["row"], strict=True)
        cells = cells[[key in found for key in keys]]
        yield f"<p>{escape(WORDS['too_many'].format(count=number(len(audit.cells))))}</p>"
    several = len(set(cells["resource"])) > 1
    for (resource, table), of_table in cells.groupby(["resource", "table"], sort=False):
        if (of_table["status"] == "unchecked").all():
            continue
        name = table_name(str(table)) + (f" ({resource})" if resource and several else "")
        yield _table(name, of_table, reasons)


def _reasons(findings: pd.DataFrame) -> dict[tuple[Any, ...], str]:
    reasons: dict[tuple[Any, ...], str] = {}
    for found in findings.itertuples():
        key = _key(found)
        told = str(found.message)
        reasons[key] = f"{reasons[key]} {told}" if key in reasons else told
    return reasons


def _key(cell: Any) -> tuple[Any, ...]:  # noqa: ANN401  # a row of findings or of cells
    year = None if pd.isna(cell.financial_year) else cell.financial_year
    return cell.resource, cell.table, cell.row, cell.column, year


def _table(name: str, cells: pd.DataFrame, reasons: dict[tuple[Any, ...], str]) -> str:
    headings = list(dict.fromkeys(_heading(cell) for cell in cells.itertuples()))
    head = "".join(f'<th scope="col">{escape(_shown(heading))}</th>' for heading in headings)
    body = "".join(_row(of_row, headings, reasons) for _, of_row in cells.groupby("row", sort=False))
    units = ", ".join(dict.fromkeys(shown_unit(unit) for unit in cells["unit"] if unit))
    unit = f' <span class="unit">{escape(units)}</span>' if units else ""
    return (
        f'<h2>{escape(name)}{unit}</h2><div class="scroll" tabindex="0" role="region" '
        f'aria-label="{escape(name)}"><table><thead><tr><th scope="col">{escape(WORDS["row"])}</th>'
        f'<th scope="col">{escape(WORDS["as_printed"])}</th>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _heading(cell: Any) -> tuple[str, str]:  # noqa: ANN401
    year = "" if pd.isna(cell.financial_year) else str(cell.financial_year)
    return str(cell.column), "" if year in str(cell.column) else year


def _shown(heading: tuple[str, str]) -> str:
    return " ".join(filter(None, heading)).replace("_", " ")


def _row(cells: pd.DataFrame, headings: Sequence[tuple[str, str]], reasons: dict[tuple[Any, ...], str]) -> str:
    first = cells.iloc[0]
    by_heading = {_heading(cell): cell for cell in cells.itertuples()}
    drawn = "".join(_cell(by_heading.get(heading), reasons) for heading in headings)
    kind = f' class="{first["line"]}"' if first["line"] in ("total", "subtotal", "difference") else ""
    label = escape(str(first["label"]))
    return f'<tr{kind}><td class="row">{first["row"]}</td><th scope="row">{label}</th>{drawn}</tr>'


def _cell(cell: Any, reasons: dict[tuple[Any, ...], str]) -> str:  # noqa: ANN401
    if cell is None:
        return "<td></td>"
    reason = reasons.get(_key(cell))
    printed = escape(str(cell.printed))
    if reason is None or cell.status not in ("wrong", "rounded"):
        return f'<td class="{cell.status}">{printed}</td>'
    sign = SIGNS[cell.status]
    shown = printed or escape(WORDS["blank"])
    why = escape(reason)
    return (
        f'<td class="{cell.status}"><span class="mark" tabindex="0" role="note" aria-label="{shown}: {why}">'
        f'<span class="sign" aria-hidden="true">{sign}</span>{shown}<span class="why">{why}</span></span></td>'
    )


def _findings(audit: Audit) -> str:
    if audit.findings.empty:
        return f"<h2>{escape(WORDS['findings'])}</h2><p>{escape(WORDS['none'])}</p>"
    parts = [f"<h2>{escape(WORDS['findings'])}</h2>"]
    for severity in ("error", "rounding"):
        of_one = audit.of_severity(severity)
        if of_one.empty:
            continue
        entries = "".join(
            f'<li><span class="check">{found.check}</span> {escape(str(found.message))}{_place(found)}</li>'
            for found in of_one.itertuples()
        )
        parts.append(f"<h3>{escape(WORDS[severity])} ({len(of_one):,})</h3><ol>{entries}</ol>")
    return "".join(parts)


def _place(found: Any) -> str:  # noqa: ANN401
    place = ", ".join(str(part) for part in (found.source, found.locator) if part and not pd.isna(part))
    return f' <span class="place">{escape(place)}</span>' if place else ""


def _notes(audit: Audit) -> str:
    if not audit.notes:
        return ""
    return f"<h2>{escape(WORDS['notes'])}</h2><ul>{''.join(f'<li>{escape(note)}</li>' for note in audit.notes)}</ul>"


BARE_PAGE_STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #f6f7f9; color: #1b2430;
  font: 16px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
main { max-width: 78rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; margin: 0 0 1rem; }
@media print {
  body { background: #fff; font-size: 10pt; }
  main { max-width: none; padding: 0; }
}
"""
"""The style of the page that stands alone."""

STYLE = """
.audit { --ink: #1b2430; --quiet: #5a6675; --line: #d5dbe3; --wrong: #a4161a; --rounded: #8a5a00; --right: #1d6b40; }
.audit h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
.audit h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
.audit .unit { font-weight: 400; color: var(--quiet); font-size: .9rem; margin-left: .5rem; }
.audit .counts { display: flex; flex-wrap: wrap; gap: .75rem; margin: 0 0 .75rem; }
.audit .count { background: #fff; border: 1px solid var(--line); border-top: 4px solid var(--quiet); border-radius: 6px;
  padding: .5rem 1rem; min-width: 8rem; }
.audit .count dt { color: var(--quiet); font-size: .9rem; text-transform: capitalize; }
.audit .count dd { margin: 0; font-size: 1.8rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.audit .count.right { border-top-color: var(--right); }
.audit .count.rounded { border-top-color: var(--rounded); }
.audit .count.wrong { border-top-color: var(--wrong); }
.audit .legend { display: flex; flex-wrap: wrap; gap: .4rem 1.5rem; list-style: none; padding: 0; color: var(--quiet);
  font-size: .9rem; }
.audit .key { display: inline-block; min-width: 1.4em; text-align: center; font-weight: 700; border-radius: 3px; }
.audit .scroll { overflow-x: auto; background: #fff; border: 1px solid var(--line); border-radius: 6px;
  padding-bottom: .25rem; }
.audit table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
.audit th, .audit td { padding: .35rem .7rem; border-bottom: 1px solid #e8ecf1; text-align: right;
  vertical-align: top; }
.audit thead th { background: #eef1f5; font-size: .85rem; font-weight: 600; vertical-align: bottom; }
.audit thead th:nth-child(2), .audit tbody th { text-align: left; }
.audit tbody th { font-weight: 400; min-width: 16rem; }
.audit td.row { color: var(--quiet); font-size: .85rem; }
.audit tr.total th, .audit tr.total td, .audit tr.subtotal th, .audit tr.subtotal td { font-weight: 650;
  border-top: 1px solid #aab4c0; }
.audit .wrong.key, .audit td.wrong .mark { color: var(--wrong); background: #fde8e8; outline: 2px solid var(--wrong); }
.audit .rounded.key, .audit td.rounded .mark { color: var(--rounded); background: #fff4d6;
  outline: 1px dashed var(--rounded); }
.audit .right.key, .audit td.right { color: var(--right); }
.audit .mark { position: relative; display: inline-block; padding: 0 .35rem; border-radius: 3px; cursor: help; }
.audit .sign { margin-right: .35rem; }
.audit .why { display: none; position: absolute; right: 0; top: 100%; z-index: 2; width: 24rem; max-width: 75vw;
  margin-top: .3rem; padding: .6rem .8rem; background: var(--ink); color: #fff; font-weight: 400; font-size: .9rem;
  text-align: left; border-radius: 6px; white-space: normal; box-shadow: 0 4px 14px rgba(0, 0, 0, .25); }
.audit .mark:hover .why, .audit .mark:focus .why { display: block; }
.audit .scroll:has(.mark:hover), .audit .scroll:has(.mark:focus) { overflow: visible; }
.audit ol, .audit ul:not(.legend) { padding-left: 1.6rem; }
.audit li { margin: .35rem 0; }
.audit .check { display: inline-block; background: #e8ecf1; border-radius: 3px; padding: 0 .4rem; font-size: .85rem; }
.audit .place { color: var(--quiet); font-size: .85rem; }
@media (max-width: 44rem) {
  .audit .why { position: fixed; left: 1rem; right: 1rem; bottom: 1rem; top: auto; width: auto; max-width: none; }
  .audit .scroll:has(.mark:hover), .audit .scroll:has(.mark:focus) { overflow-x: auto; }
  .audit tbody th { min-width: 9rem; }
}
@media print {
  .audit .scroll { overflow: visible; border: 0; }
  .audit .why { display: none !important; }
  .audit table, .audit li { break-inside: auto; font-size: 8.5pt; }
  .audit tr { break-inside: avoid; }
  .audit thead { display: table-header-group; }
  .audit th, .audit td { padding: .15rem .35rem; }
  .audit td.wrong .mark, .audit td.rounded .mark { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
"""The style of an audit wherever it is shown; every rule is bound to ``.audit``."""
