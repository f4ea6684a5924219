"""``workbench allocate`` and ``workbench rules``: share out an envelope, and say what the rules are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.output import console, print_json

if TYPE_CHECKING:
    from workbench.allocation import Allocation
    from workbench.allocation.claims_file import ClaimsFile


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("allocate")(allocate)
    app.command("rules")(rules)


def allocate(
    claims: Annotated[
        Path, typer.Argument(help="CSV with a column of claimants and one of claims.", show_default=False)
    ],
    envelope: Annotated[str, typer.Option(help="What there is to share: 200, 'KSh 500 million'.", show_default=False)],
    rule: Annotated[str, typer.Option(help="One of `workbench rules`.")] = "proportional",
    unit: Annotated[int, typer.Option(help="Shillings in the smallest amount to pay out.")] = 1,
    amounts_in: Annotated[str, typer.Option(help="Unit of the claims: KES, 'KES million'.")] = "KES",
    label: Annotated[str | None, typer.Option(help="Heading of the claimants, if it is not found by name.")] = None,
    amount: Annotated[str | None, typer.Option(help="Heading of the claims, if it is not found by name.")] = None,
    weights: Annotated[str | None, typer.Option(help="Heading of a column of weights.")] = None,
    floors: Annotated[str | None, typer.Option(help="Heading of a column of floors, KES; blank is none.")] = None,
    ceilings: Annotated[str | None, typer.Option(help="Heading of a column of ceilings, KES; blank is none.")] = None,
    tiers: Annotated[str | None, typer.Option(help="Heading of a column of tiers, for --rule priority.")] = None,
    within: Annotated[str | None, typer.Option(help="The rule within a tier, for --rule priority.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Pure JSON on standard output.")] = False,
) -> None:
    """Share an envelope out among claims, in whole shillings, with a reason for each award."""
    import workbench as wb
    from workbench.allocation.claims_file import read_claims

    file = read_claims(claims, unit=amounts_in, label=label, amount=amount)
    options: dict[str, Any] = {"within": within} if within else {}
    options |= _columns(file, {"weights": weights, "floors": floors, "ceilings": ceilings, "tiers": tiers})
    allocation = wb.allocate(envelope, file.claims, rule=rule, unit=unit, **options)
    if as_json:
        print_json(allocation.to_dict())
    else:
        _show(allocation)


def _columns(file: ClaimsFile, wanted: dict[str, str | None]) -> dict[str, Any]:
    return {option: file.column(heading) for option, heading in wanted.items() if heading}


def _show(allocation: Allocation) -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=escape(allocation.summary()), title_justify="left", caption_justify="left")
    table.add_column("Claimant")
    for heading in ("Claim, KSh", "Award, KSh", "Of the claim"):
        table.add_column(heading, justify="right")
    table.add_column("Why", overflow="fold")
    for row in allocation.to_dict()["awards"]:
        met = "" if row["coverage"] is None else f"{100 * row['coverage']:.1f}%"
        table.add_row(
            escape(str(row["claimant"])), f"{row['claim']:,.16g}", f"{row['award']:,}", met, escape(row["reason"])
        )
    table.add_section()
    table.add_row("Total", f"{allocation.claims.sum():,.16g}", f"{int(allocation.awards.sum()):,}")
    paper = console()
    paper.print(table)
    for note in allocation.notes:
        paper.print(escape(f"Note: {note}"))


def rules(
    as_json: Annotated[bool, typer.Option("--json", help="Pure JSON on standard output.")] = False,
) -> None:
    """List the allocation rules, each in one line, with the axioms that it keeps and breaks."""
    from workbench.allocation import RULES
    from workbench.allocation.axioms import axioms_of

    listed = []
    for name, rule in RULES.items():
        axioms = axioms_of(rule)
        keeps, breaks = (
            axioms.loc[axioms["keeps"].fillna(not wanted) == wanted, "axiom"].tolist() for wanted in (True, False)
        )
        listed.append(
            {
                "name": name,
                "meaning": rule.meaning,
                "source": rule.source,
                "options": list(rule.options),
                "keeps": keeps,
                "breaks": breaks,
                "not_settled": axioms.loc[axioms["keeps"].isna(), "axiom"].tolist(),
            }
        )
    if as_json:
        print_json(listed)
    else:
        _show_rules(listed)


def _show_rules(listed: list[dict[str, Any]]) -> None:
    from rich.console import Console

    unbroken = Console(soft_wrap=True, highlight=False)
    for each in listed:
        unbroken.print(f"[bold]{each['name']}[/bold]: {each['meaning']}")
        counts = [
            f"keeps {len(each['keeps'])}",
            f"breaks {len(each['breaks'])}",
            f"{len(each['not_settled'])} not settled",
        ]
        telling = _telling(each["breaks"])
        unbroken.print(f"    axioms: {', '.join(counts)}" + (f"; breaks {'; '.join(telling)}" if telling else ""))
    unbroken.print("workbench rules --json lists all axioms by name; workbench allocate --rule NAME uses a rule.")


def _telling(broken: list[str]) -> list[str]:
    """Of the axioms a rule breaks, those that a committee asks about first."""
    first = (
        "No advantageous splitting",
        "No advantageous merging",
        "Composition up",
        "Composition down",
        "Consistency",
        "Claims truncation invariance",
    )
    return [axiom for axiom in first if axiom in broken][:3]
