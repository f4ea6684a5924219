"""``workbench serve``: the dashboards in a browser."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typer


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("serve")(serve)


def serve(
    port: int = typer.Option(8866, help="The port to listen on; 0 takes any free one."),
    address: str = typer.Option("127.0.0.1", help="The address to listen on."),
    browser: bool = typer.Option(True, "--browser/--no-browser", help="Open the home page in the browser."),
    allow_remote: bool = typer.Option(
        False, "--allow-remote", help="Answer under any host's name, as behind a proxy; asks for a token of yours."
    ),
    token: str | None = typer.Option(
        None,
        envvar="WORKBENCH_TOKEN",
        help="What viewers have to know; better in the variable, as all see commands.",
    ),
    token_file: Path | None = typer.Option(None, help="A file with the token in its first line."),
    no_token: bool = typer.Option(False, "--no-token", help="Ask for no token, on this machine alone."),
    hub: bool = typer.Option(False, "--hub", help="Be the server that JupyterHub starts for a viewer."),
    warm_kernels: int = typer.Option(1, help="Kernels kept ready for each dashboard."),
    most_kernels: int = typer.Option(40, help="Kernels that may run at the same time."),
    idle_minutes: int = typer.Option(60, help="Minutes after which an untouched page gives its kernel back."),
    grace_seconds: int = typer.Option(45, help="Seconds after which a page that was left gives its kernel back."),
    upload_megabytes: int = typer.Option(5, help="The largest file that a viewer may bring, in MB."),
    store: str = typer.Option(
        None, "--store", metavar="URL", help="Let viewers keep runs here; without it nothing of theirs is kept."
    ),
    approver: list[str] = typer.Option(
        None, "--approver", metavar="NAME", help="Who may approve runs: you, or users of JupyterHub; may be repeated."
    ),
) -> None:
    """Serve the dashboards until Ctrl-C."""
    from workbench.serving.hub import hub_of_environment
    from workbench.serving.parent import NURSERY
    from workbench.serving.settings import ServeSettings, read_token
    from workbench.serving.sockets import take_port

    os.environ.pop("WORKBENCH_TOKEN", None)  # the viewers' kernels inherit the environment
    started_by = hub_of_environment() if hub else None
    wanted = ServeSettings(
        port=started_by.port if started_by else port,
        address=started_by.address if started_by else address,
        base_url=started_by.base_url if started_by else "/",
        behind_hub=hub,
        allow_remote=allow_remote,
        token=read_token(token_file) if token_file else token,
        no_token=no_token,
        open_browser=browser and not hub,
        warm_kernels=warm_kernels,
        most_kernels=most_kernels,
        idle_minutes=idle_minutes,
        grace_seconds=grace_seconds,
        upload_megabytes=upload_megabytes,
        store=store,
        approvers=tuple(approver or ()),
    )
    if store:
        from workbench.scenarios import open_store

        open_store(store).close()  # an address that is none must be told now, and not to each viewer
    listener = take_port(wanted.address, wanted.port)
    # Nothing here checks international addresses, and jsonschema's grammar for them takes two seconds to build.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None is Python's word for "not there"
    NURSERY.start()  # it imports for seconds, as Voila does here: side by side, and both after a port that is taken
    from workbench.serving.server import serve as run

    run(wanted, listener, started_by)
