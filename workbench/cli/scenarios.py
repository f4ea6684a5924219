"""``workbench run``, ``compare``, ``reproduce`` and ``scenarios``: say what if, and say it again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

import typer

from workbench.cli.output import print_json, print_table

if TYPE_CHECKING:
    import pandas as pd

STORE = typer.Option(
    None,
    "--store",
    metavar="URL",
    help="Where runs are kept: a file, sqlite:///FILE or postgresql://USER@HOST/DATABASE.",
)
NAME = typer.Option(None, "--name", help="A name to keep it under; nobody may have used it.")
RECORD = typer.Option(None, "--record", help="Also write its record to this file.")
KEEP = typer.Option(True, "--keep/--no-keep", help="Keep it in the store.")
JSON = typer.Option(False, "--json", help="Print JSON.")
SHOWN_MOVES = 12


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("run")(run_scenario)
    app.command("compare")(compare_runs)
    app.command("reproduce")(reproduce_run)
    app.command("scenarios")(list_scenarios)


def run_scenario(
    scenario: str = typer.Argument(
        ..., metavar="FILE", help="A scenario's YAML file, or a shipped or kept one's name."
    ),
    store: str = STORE,
    name: str = NAME,
    record: Path = RECORD,
    keep: bool = KEEP,
    json: bool = JSON,
) -> None:
    """Run a scenario and keep the run with all that it stood on."""
    from workbench.results import records
    from workbench.scenarios import open_store, run

    if keep:
        with open_store(store) as opened:
            made = run(scenario, store=opened, name=name)
    else:
        made = run(scenario)
    if record is not None:
        made.record.write(record)
    if json:
        print_json(made.to_dict())
        return
    print(made.summary())
    if made.illustrative or made.record.illustrative:
        print("Illustrative: it stands on assumptions, not on published figures alone.")
    _print_headline(made.record.headline)
    changed = [{**row, "before": "" if row["before"] is None else row["before"]} for row in records(made.changes)]
    if changed:
        print_table(changed[:SHOWN_MOVES], title="What differs from the base", decimals=3,
                    notes=_more(len(changed), "changes"))  # fmt: skip
    for note in made.notes:
        print(note)
    if made.entry is not None:
        print(f"Kept as {made.entry.name} ({made.id}).")


def compare_runs(
    runs: list[str] = typer.Argument(..., help="Two or more: ids or names of kept runs, records, scenario files."),
    store: str = STORE,
    baseline: str = typer.Option(None, "--baseline", help="Which of them the others are held against; the first."),
    json: bool = JSON,
) -> None:
    """Compare runs: what changed in the inputs, the headline figures, winners and losers."""
    from workbench.errors import unknown_name
    from workbench.results import records
    from workbench.scenarios import compare, open_store

    if baseline is not None and baseline not in runs:
        raise unknown_name("run of this comparison", baseline, runs)
    with open_store(store) as opened:
        found = compare(*runs, baseline=0 if baseline is None else runs.index(baseline), store=opened)
    if json:
        print_json(found.to_dict())
        return
    letters = dict(zip(found.names, ascii_uppercase, strict=False)) if len(found.names) <= len(ascii_uppercase) else {}
    print(found.summary())
    for name, letter in letters.items():
        print(f"{letter}: {name}{', the baseline' if name == found.baseline else ''}")
    heads = letters | {f"change in {name}": f"{letter} − {letters[found.baseline]}" for name, letter in letters.items()}
    print_table(_headed(found.inputs, heads), title="What changed in the inputs", decimals=3)
    headline = found.headline.assign(figure=[", ".join(filter(None, pair)) for pair in
                                             found.headline[["figure", "unit"]].to_numpy()])  # fmt: skip
    print_table(_headed(headline.drop(columns="unit"), heads), title="Headline figures", decimals=3)
    for name in found.names[1:]:
        for kind, table in (("gain", found.winners(name)), ("lose", found.losers(name))):
            if len(table):
                print_table(records(table.head(SHOWN_MOVES)), title=f"{name}: {len(table)} {kind}",
                            notes=_more(len(table), "rows"))  # fmt: skip


def _headed(table: pd.DataFrame, heads: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return rows under short heads: the names of several runs side by side leave no room for their figures."""
    from workbench.results import records

    return [{heads.get(key, key): value for key, value in row.items()} for row in records(table)]


def reproduce_run(
    run: str = typer.Argument(..., metavar="ID_OR_RECORD", help="A kept run's id or name, or the file of a record."),
    store: str = STORE,
    json: bool = JSON,
) -> None:
    """Run a record again: says identical (exit code 0), or which figures differ (exit code 1)."""
    from workbench.results import records
    from workbench.scenarios import open_store, read_record, reproduce

    # A record that was changed is run again too: what was changed shows as figures that differ.
    if Path(run).is_file():
        kept = read_record(run, changed_too=True)
    else:
        with open_store(store) as opened:
            kept = opened.record(run, changed_too=True)
    found = reproduce(kept)
    if json:
        print_json(found.to_dict())
    else:
        print(found.summary())
        if not found.differences.empty:
            print_table(records(found.differences), title="Figures that differ", decimals=6)
        for note in found.notes:
            print(note)
    if not found.identical:
        raise typer.Exit(1)


def list_scenarios(store: str = STORE, json: bool = JSON) -> None:
    """List the scenarios that are shipped or kept, with their questions."""
    from workbench.results import records
    from workbench.scenarios import list_scenarios as listed
    from workbench.scenarios import open_store

    with open_store(store) as opened:
        found = listed(opened).rename(columns={"name": "scenario"})
    rows = records(found[["scenario", "model", "question"]])
    if json:
        print_json(rows)
    else:
        print_table(rows, title="Scenarios")


def _print_headline(headline: list[dict[str, object]]) -> None:
    from workbench.scenarios.running import shown_figure

    rows = [
        {"figure": one["label"], "value": shown_figure(one["value"], str(one["unit"]))}  # type: ignore[arg-type]  # JSON's
        for one in headline
    ]
    print_table(rows, title="Headline figures")


def _more(count: int, what: str) -> list[str]:
    return [f"… and {count - SHOWN_MOVES} more {what}; --json has all."] if count > SHOWN_MOVES else []
