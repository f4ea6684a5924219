"""``python -m tools.illustrative_scores``: write a score form that shows how the designs work, and says it is made up.

No assessment of KDSP II is published. The pattern is plain arithmetic on the county's code, so that nobody can take it
for knowledge of a county: 37 counties meet the conditions, six do not, of four it is not known.
"""

from __future__ import annotations

import csv

from tools.build_data.tables import DATA


def rows() -> list[tuple[str, str, str, str, str]]:
    """Return the form's rows: code, county, conditions, score and the mark in the note."""
    with (DATA / "counties" / "counties.csv").open(encoding="utf-8", newline="") as file:
        names = {int(row["code"]): row["name"] for row in csv.DictReader(file)}
    found = []
    for code, name in sorted(names.items()):
        turn = code * 19 % 47
        conditions = "" if turn < 4 else "no" if turn < 10 else "yes"
        score = "" if turn == 0 else f"{40 + code * 31 % 47 + code % 2 / 2:g}"
        found.append((str(code), name, conditions, score, "illustrative"))
    return found


def main() -> None:
    """Write ``data/grants/illustrative-scores.csv``."""
    lines = [("code", "county", "conditions_met", "score", "note"), *rows()]
    text = "\n".join(",".join(line) for line in lines) + "\n"
    (DATA / "grants" / "illustrative-scores.csv").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
