"""``python -m tools.audit_methods``: write the list of faults in ``docs/methods/audit.md`` from the audit itself.

The list stands between two marks in the page; a test compares it with what the audit finds, so that it cannot go stale.
"""

from __future__ import annotations

from pathlib import Path

from workbench.audit import Audit
from workbench.datasets import open_package
from workbench.datasets.file_audit import audit_file

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "methods" / "audit.md"
START, END = "<!-- faults: written by tools/audit_methods.py -->", "<!-- end of faults -->"


def faults() -> str:
    """Return the lists of all errors in the seeds' and the facts' tables, in Markdown."""
    packages = (
        ("The Strategic Plan's tables (`opm-strategic-plan`)", open_package("opm-strategic-plan").audit()),
        ("The counties' equitable shares (`counties`)", open_package("counties").audit()),
        ("The national budget (`national-budget`)", open_package("national-budget").audit()),
        ("`programmes_2024_25.csv`, read as a file with the layout `programmes`",
         audit_file(ROOT / "data" / "sources" / "facts" / "programmes_2024_25.csv", "programmes")),
    )  # fmt: skip
    return "\n".join(_section(title, audit) for title, audit in packages)


def _section(title: str, audit: Audit) -> str:
    lines = [f"### {title}", "", audit.summary(), ""]
    lines += [
        f"{number}. *{found.check}*: {found.message}" for number, found in enumerate(audit.errors.itertuples(), 1)
    ]
    return "\n".join([*lines, ""])


def page_with(text: str, listed: str) -> str:
    """Return the page with the list of faults in its place."""
    before, rest = text.split(START)
    return f"{before}{START}\n\n{listed}\n{END}{rest.split(END)[1]}"


def main() -> None:
    """Write the list into the page."""
    PAGE.write_text(page_with(PAGE.read_text(encoding="utf-8"), faults()), encoding="utf-8")


if __name__ == "__main__":
    main()
