"""``workbench ensemble``: draw a scenario's inputs many times."""

from __future__ import annotations

from contextlib import ExitStack

import typer

from workbench.cli.output import print_json, print_table

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
    sensitive: str = typer.Option(None, "--sensitivity", metavar="OUTPUT", help="Also tell which driver moves it."),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Draw what is not known many times: quantiles, whether the draws are enough, which driver matters."""
    from workbench.results import records
    from workbench.scenarios import ensemble, sensitivity

    with ExitStack() as stack:
        client = _client(stack, workers, scheduler)
        found = ensemble(scenario, draws, seed=seed, method=method, client=client)
    told = sensitivity(found.scenario, sensitive) if sensitive is not None else None
    if json:
        print_json({**found.to_dict(), **({"sensitivity": told.to_dict()} if told is not None else {})})
        return
    print(found.summary())
    if found.illustrative:
        print("Illustrative: it stands on assumptions, not on published figures alone.")
    shown = found.table[["output", "unit", "mean", "p5", "p50", "p95"]]
    print_table(records(shown), title=f"{found.draws:,} draws", decimals=3)
    for output in found.outputs:
        if output.dimension and found.kept:
            bands = found.fan(output.name)[["label", "p5", "p50", "p95"]].nlargest(SHOWN_LABELS, "p50")
            title = f"{output.label}, {output.unit or 'ratio'}: the first {len(bands)}"
            print_table(records(bands), title=title, decimals=3)
    print_table(records(found.convergence()), title="Are the draws enough? Standard errors", decimals=3)
    if told is not None:
        print(told.summary())
        print_table(records(told.indices), title="Which driver matters", decimals=3)
    for note in found.notes:
        print(note)


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
    local = LocalCluster(  # type: ignore[no-untyped-call]  # Dask's own
        n_workers=workers, threads_per_worker=1, dashboard_address=None
    )
    return stack.enter_context(Client(stack.enter_context(local)))  # type: ignore[no-untyped-call]  # the same
