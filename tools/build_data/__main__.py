"""``python -m tools.build_data``: build every package anew."""

from __future__ import annotations

from tools.build_data import counties, kdsp, mtp_mtef, national_budget, opm_strategic_plan
from tools.build_data.tables import DATA

BUILDERS = (opm_strategic_plan, national_budget, counties, kdsp, mtp_mtef)


def main() -> None:
    """Write the CSV resources of every package."""
    for builder in BUILDERS:
        for path, text in builder.build().items():
            (DATA / path).parent.mkdir(parents=True, exist_ok=True)
            (DATA / path).write_text(text, encoding="utf-8", newline="\n")
            print(f"data/{path}")


if __name__ == "__main__":
    main()
