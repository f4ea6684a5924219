"""``workbench runs`` and ``workbench store``: what is kept, who approved it, and whether anybody tampered with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from workbench.cli.output import print_json, print_table, shown_width
from workbench.cli.scenarios import JSON, STORE

if TYPE_CHECKING:
    from workbench.scenarios.store.entry import RunEntry

WIDE_ENOUGH = 120
"""Columns that a list of runs needs side by side."""

RUN = typer.Argument(..., metavar="RUN", help="A run's id, the first digits of it, or its name.")


def register(app: typer.Typer) -> None:
    """Add the command groups to the application."""
    runs = typer.Typer(help="The runs that are kept: list, show, tag, note, approve, export.", no_args_is_help=True)
    for name, command in (
        ("list", list_runs), ("show", show), ("tag", tag), ("note", note), ("approve", approve), ("delete", delete),
        ("export", export), ("trail", trail), ("verify", verify),
    ):  # fmt: skip
        runs.command(name)(command)
    app.add_typer(runs, name="runs")
    store = typer.Typer(help="The store itself.", no_args_is_help=True)
    store.command("verify")(verify)
    store.command("keep")(keep_scenario)
    app.add_typer(store, name="store")


def list_runs(
    store: str = STORE,
    limit: int = typer.Option(50, "--limit", min=1, help="At most so many, the newest first."),
    search: str = typer.Option(None, "--search", help="Text in the name, scenario, question, user or a note."),
    tagged: str = typer.Option(None, "--tag", help="Only runs with this tag."),
    model: str = typer.Option(None, "--model", help="Only runs of this model."),
    status: str = typer.Option(None, "--status", help="draft, approved or superseded."),
    kind: str = typer.Option(None, "--kind", help="run or ensemble."),
    json: bool = JSON,
) -> None:
    """List kept runs, the newest first."""
    from workbench.scenarios import open_store

    with open_store(store) as opened:
        found = opened.runs(limit, search=search, tag=tagged, model=model, status=status, kind=kind)
    if json:
        print_json([run.to_dict() for run in found])
        return
    rows = [_listed(run) for run in found]
    if rows and shown_width() < WIDE_ENOUGH:
        rows = [_stacked(row) for row in rows]
    print_table(rows, title=f"{len(rows)} kept" if rows else "No run is kept that fits", unbroken=("id", "status"))


def _listed(run: RunEntry) -> dict[str, str]:
    # A name that the store made is the scenario's with the id, and the id stands beside it.
    name = run.name.removesuffix(f"-{run.id}")
    return {"id": run.id, "name": name, "kind": run.kind, "model": run.model, "year": run.financial_year or "",
            "status": run.status, "made at": run.made_at[:16].replace("T", " "), "made by": run.made_by,
            "tags": ", ".join(run.tags)}  # fmt: skip


def _stacked(row: dict[str, str]) -> dict[str, str]:
    """Put what does not fit side by side below each other."""
    what = ", ".join(row[key] for key in ("kind", "model", "year") if row[key])
    tags = [f"tags: {row['tags']}"] if row["tags"] else []
    return {
        "id": row["id"],
        "run": "\n".join([row["name"], what, *tags]),
        "made (UTC)": f"{row['made at']}\n{row['status']}, by {row['made by']}",
    }


def show(run: str = RUN, store: str = STORE, json: bool = JSON) -> None:
    """Show a kept run: headline figures, what differs from the base, notes, its trail."""
    from workbench.scenarios import open_store
    from workbench.scenarios.running import shown_figure

    with open_store(store) as opened:
        entry, record, notes = opened.run(run), opened.record(run), opened.notes(run)
        told = opened.trail(entry.id)
    if json:
        print_json({**entry.to_dict(), "notes": notes, "content": record.content,
                    "trail": [vars(one) for one in told]})  # fmt: skip
        return
    print(f"{entry.name} ({entry.id}), {entry.status}, made at {entry.made_at} by {entry.made_by}")
    print(f"{record.question} {record.content['summary']}")
    if entry.illustrative:
        print("Illustrative: it stands on assumptions, not on published figures alone.")
    figures = [{"figure": one["label"], "value": shown_figure(one["value"], one["unit"])} for one in entry.headline]
    print_table(figures, title="Headline figures")
    if record.kind == "ensemble":
        drawn = record.content["ensemble"]
        print(f"{drawn['draws']:,} draws of {len(drawn['drivers'])} drivers, {drawn['method']}, seed"
              f" {record.content['seed']}.")  # fmt: skip
    changes = [{key: one[key] for key in ("name", "before", "after", "unit")} for one in record.content["parameters"]]
    print_table(changes, title="What differs from the base", decimals=3)
    if notes:
        print_table([dict(one) for one in notes], title="Notes")
    print_table([{"at": one.at, "by": one.by, "act": one.act} for one in told], title="Trail")


def tag(
    run: str = RUN,
    tags: list[str] = typer.Argument(..., help="Words to find it by."),
    remove: bool = typer.Option(False, "--remove", help="Take them off instead."),
    store: str = STORE,
) -> None:
    """Add tags to a run, or take them off."""
    from workbench.scenarios import open_store

    with open_store(store) as opened:
        entry = opened.untag(run, *tags) if remove else opened.tag(run, *tags)
    print(f"{entry.name}: {', '.join(entry.tags) or 'no tag'}")


def note(run: str = RUN, text: str = typer.Argument(..., help="The remark."), store: str = STORE) -> None:
    """Add a signed remark to a run."""
    from workbench.scenarios import open_store

    with open_store(store) as opened:
        opened.note(run, text)
        print(f"{opened.run(run).name}: noted.")


def approve(
    run: str = RUN,
    supersedes: str = typer.Option(None, "--supersedes", help="An approved run whose place it takes."),
    store: str = STORE,
) -> None:
    """Approve a run: from then on it cannot be changed or deleted, only superseded."""
    from workbench.scenarios import open_store

    with open_store(store) as opened:
        entry = opened.approve(run, supersedes=supersedes)
    print(f"{entry.name} ({entry.id}) was approved by {entry.approved_by} at {entry.approved_at}.")


def delete(run: str = RUN, store: str = STORE) -> None:
    """Delete a run that is not approved; the trail keeps that it was there."""
    from workbench.scenarios import open_store

    with open_store(store) as opened:
        name = opened.run(run).name
        opened.delete(run)
    print(f"{name} was deleted.")


def export(
    run: str = RUN,
    to: Path | None = typer.Option(None, "--to", help="A file; without it, standard output."),
    store: str = STORE,
) -> None:
    """Write a run's record, which `workbench reproduce` runs again anywhere."""
    from workbench.scenarios import open_store

    with open_store(store) as opened:
        record = opened.record(run)
    if to is None:
        print(record.text)
    else:
        record.write(to)
        print(f"{to}: the record of {record.scenario}, {record.content_hash[:12]}")


def trail(
    run: str = typer.Argument(None, help="Only what concerns this run."), store: str = STORE, json: bool = JSON
) -> None:
    """Show the audit trail: who did what when."""
    from workbench.scenarios import open_store

    with open_store(store) as opened:
        told = opened.trail(None if run is None else opened.run(run).id)
    if json:
        print_json([vars(one) for one in told])
        return
    rows = [{"seq": one.seq, "at": one.at, "by": one.by, "act": one.act, "subject": one.subject} for one in told]
    print_table(rows, title="Audit trail")


def verify(
    store: str = STORE,
    head: str = typer.Option(None, "--head", help="The hash of an entry noted elsewhere; it must still be there."),
    json: bool = JSON,
) -> None:
    """Check the store: the chain of its trail, and that what is kept is what it tells (exit code 1 if not)."""
    from workbench.scenarios import open_store

    with open_store(store) as opened:
        found = opened.verify(head=head)
        address = opened.address
    if json:
        print_json({**vars(found), "sound": found.sound, "store": address})
    else:
        for fault in found.faults:
            print(fault)
        verdict = "sound" if found.sound else f"{len(found.faults)} faults"
        print(f"{address}: {verdict}; {found.runs} runs, {found.scenarios} scenarios, {found.entries} entries.")
        print(f"Head of the trail: {found.head}")
    if not found.sound:
        raise typer.Exit(1)


def keep_scenario(file: Path = typer.Argument(..., help="A scenario's YAML file."), store: str = STORE) -> None:
    """Keep a scenario's text in the store under its name; a name that is taken is refused."""
    from workbench.scenarios import load_scenario, open_store

    with open_store(store) as opened:
        scenario = load_scenario(file, store=opened)
        opened.save_scenario(scenario.name, scenario.texts[-1].text)
    print(f"{scenario.name} is kept.")
