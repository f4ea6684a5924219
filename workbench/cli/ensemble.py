"""``workbench ensemble``: draw a scenario's inputs many times."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from workbench.cli.output import print_json, print_table
from workbench.cli.scenarios import JSON, KEEP, NAME, RECORD, STORE

if TYPE_CHECKING:
    from workbench.scenarios import Ensemble

SHOWN_LABELS = 10


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("ensemble")(draw)


def draw(
    scenario: str = typer.Argument(..., metavar="FILE", help="A scenario with an ensemble: section; a file or a name."),
    draws: int = typer.Option(None, "--draws", min=1, help="How many; what the file says, or 100,000."),
    seed: int = typer.Option(None, "--seed", min=0, help="The seed; the same one gives the same answer."),
    method: str = typer.Option(None, "--method", help="sobol, latin_hypercube or random."),
    workers: int = typer.Option(0, "--workers", min=0, help="Work on so many processes (needs the extra 'cluster')."),
    scheduler: str = typer.Option(
        None, "--scheduler", metavar="ADDRESS", help="Work on a Dask cluster: tcp://HOST:8786."
    ),
    years: str = typer.Option(
        None, "--years", help="How many years from the scenario's own on (4), or which (2024/25,2025/26)."
    ),
    sensitive: str = typer.Option(None, "--sensitivity", metavar="OUTPUT", help="Also tell which driver moves it."),
    store: str = STORE,
    name: str = NAME,
    record: Path = RECORD,
    keep: bool = KEEP,
    json: bool = JSON,
) -> None:
    """Draw what is not known many times, and keep it: quantiles, whether the draws are enough, what matters."""
    from workbench.results import records
    from workbench.scenarios import ensemble, open_store, sensitivity

    asked = None if years is None else int(years) if years.isdecimal() else years.split(",")
    with ExitStack() as stack:
        client = _client(stack, workers, scheduler)
        opened = stack.enter_context(open_store(store)) if keep else None
        found = ensemble(scenario, draws, seed=seed, method=method, years=asked, client=client, store=opened, name=name)
    if record is not None:
        found.record.write(record)
    told = sensitivity(found.scenario, sensitive) if sensitive is not None else None
    if json:
        print_json({**found.to_dict(), **({"sensitivity": told.to_dict()} if told is not None else {})})
        return
    print(found.summary())
    if found.illustrative:
        print("Illustrative: it stands on assumptions, not on published figures alone.")
    _print_tables(found)
    print_table(_in_billions(records(found.convergence())), title="Are the draws enough? Standard errors", decimals=3)
    if told is not None:
        print(told.summary())
        print_table(records(told.indices), title="Which driver matters", decimals=3)
    for note in found.notes:
        print(note)
    if found.entry is not None:
        print(f"Kept as {found.entry.name} ({found.id}).")


def _print_tables(found: Ensemble) -> None:
    from workbench.results import records

    columns = [name for name in ("output", "financial_year", "unit", "mean", "p5", "p50", "p95") if name in found.table]
    print_table(_in_billions(records(found.table[columns])), title=f"{found.draws:,} draws", decimals=3)
    for output in found.outputs:
        if not output.is_few:
            bands = found.fan(output.name)[["label", "p5", "p50", "p95"]].nlargest(SHOWN_LABELS, "p50")
            rows = _in_billions([{"unit": output.unit, **row} for row in records(bands)])
            title = f"{output.label}, {rows[0]['unit'] or 'ratio'}: the first {len(bands)}"
            shown = [{key: value for key, value in row.items() if key != "unit"} for row in rows]
            print_table(shown, title=title, decimals=3)


def _in_billions(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write shillings in billions: quantiles of many draws need no single shilling, and a terminal has no room."""
    from workbench.fiscal import UNITS

    size = UNITS["KES billion"]
    return [
        {key: value / size if isinstance(value, float) else "KES billion" if key == "unit" else value
         for key, value in row.items()}
        if row["unit"] == "KES" else row
        for row in rows
    ]  # fmt: skip


def _client(stack: ExitStack, workers: int, scheduler: str | None) -> object:
    if not workers and scheduler is None:
        return None
    from workbench.errors import Fault, InputError

    try:
        from distributed import Client, LocalCluster
    except ModuleNotFoundError:
        remedy = "install the extra: pip install 'budget-alignment-workbench[cluster]'"
        raise InputError(Fault(what="needs Dask, which is not installed", value="--workers", remedy=remedy)) from None
    if scheduler is not None:
        try:
            return stack.enter_context(Client(scheduler, timeout=10))  # type: ignore[no-untyped-call]  # Dask's own
        except (OSError, ValueError) as fault:
            raise InputError(Fault(what=f"cannot be reached: {fault}", value=scheduler)) from fault
    with _not_for_children(signal.SIGINT):
        local = LocalCluster(  # type: ignore[no-untyped-call]  # Dask's own
            n_workers=workers, threads_per_worker=1, dashboard_address=None
        )
    return stack.enter_context(Client(stack.enter_context(local)))  # type: ignore[no-untyped-call]  # the same


@contextmanager
def _not_for_children(number: signal.Signals) -> Iterator[None]:
    """Start processes that leave a signal to us: Ctrl-C reaches all of a terminal's, and would kill the workers."""
    ours = signal.signal(number, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(number, ours)
