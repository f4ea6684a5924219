"""Requests that were met from an envelope as one plain CSV file, which any spreadsheet opens."""

from __future__ import annotations

import csv
import io
import math

from workbench.allocation import Allocation
from workbench.datasets.safe_text import safe_text


def requests_csv(result: Allocation) -> bytes:
    """Return the awards as CSV that a spreadsheet opens, amounts in KES."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["line", "requested_kes", "award_kes", "gap_kes", "coverage", "reason"])
    for one in result.table.to_dict("records"):
        claim, award = float(one["claim"]), int(one["award"])
        covered = "" if math.isnan(one["coverage"]) else f"{one['coverage']:.6f}"
        shown = [f"{amount:.2f}".removesuffix(".00") for amount in (claim, award, claim - award)]
        writer.writerow([safe_text(str(one["claimant"])), *shown, covered, safe_text(str(one["reason"]))])
    return text.getvalue().encode("utf-8-sig")
