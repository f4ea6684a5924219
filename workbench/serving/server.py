"""Voila, closed down to what a viewer of the dashboards needs."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import tempfile
import warnings
import webbrowser
from pathlib import Path
from types import FrameType
from typing import Any, Final

from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.web import GZipContentEncoding
from traitlets import List as TraitList
from traitlets import Unicode
from traitlets.config import Config
from voila.app import ThemesHandler, Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import TemplateStaticFileHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from workbench.panels.rights import hand_to_kernels
from workbench.serving.channel import WidgetChannel
from workbench.serving.exporting import use_quick_exporter
from workbench.serving.headers import SecurityHeaders
from workbench.serving.hub import Hub, Presence, login_of
from workbench.serving.kernels import CappedKernelManager, Farewell, KernelFacts
from workbench.serving.lasting import LastingFile, WidgetFile, WidgetTheme
from workbench.serving.login import TokenLogin
from workbench.serving.login_pages import LoginPage, LogoutPage
from workbench.serving.news import news
from workbench.serving.opening import Opening
from workbench.serving.pages import DashboardPage, HomePage, Missing, template_names
from workbench.serving.parent import NURSERY
from workbench.serving.places import FRONT, STATIC, changelog, dashboard_names, dashboards_folder
from workbench.serving.process import allow_open_files, log_failed_cells, prepare_environment
from workbench.serving.provisioner import use_nursery
from workbench.serving.settings import ServeSettings

EXTENSIONS: Final = ["@voila-dashboards/widgets-manager8", "@jupyter-widgets/jupyterlab-manager", "anywidget"]
"""The widgets' manager, the widgets, and ours; each further JupyterLab extension is JavaScript for every visitor."""

LARGEST_REQUEST: Final = 1_000_000
"""Bytes of a request's body: nothing is posted but a token."""

LARGEST_MESSAGE: Final = 20_000_000
"""Bytes of a message on a viewer's channel, which a file that is uploaded comes over."""

PING_EVERY: Final = 30_000
"""Milliseconds between two signs of life on a viewer's channel."""

LONGEST_REQUEST: Final = 60.0
"""Seconds that a connection may take to ask for something, or stay without asking, before it is closed: whoever opens
many and says nothing must not take the places of those who do."""

KEPT_FROM_VOILA: Final = (
    "/api/kernels/",
    "/voila/static/",
    "/voila/api/themes/",
    "/voila/api/shutdown/",
    "/voila/labextensions/",
)
"""Voila's addresses that a viewer's page needs. Not among them: files, contents, the tree of folders, and what a
kernel was asked for (``/voila/query/``), which would answer without a login."""


OURS: Final = {
    KernelHandler: KernelFacts,
    VoilaShutdownKernelHandler: Farewell,
    VoilaKernelWebsocketHandler: WidgetChannel,
    FileFindHandler: WidgetFile,
    ThemesHandler: WidgetTheme,
}
"""Handlers of Voila's that stricter ones of ours stand in for."""


class DashboardServer(Voila):
    """Voila that listens on a port taken before, and answers only what the dashboards need."""

    # A user's own Jupyter configuration must not open what is closed here.
    config_file_paths = TraitList(Unicode(), default_value=[])

    listener: socket.socket
    wanted: ServeSettings
    hub: Hub | None = None
    opening: Opening

    def init_handlers(self) -> list[Any]:
        """Keep Voila's handlers that a page needs, and put our own in the place of the others."""
        names = dashboard_names(Path(self.root_dir))
        base = self.base_url
        wanted = tuple(base + place.lstrip("/") for place in KEPT_FROM_VOILA)
        kept = [rule for rule in super().init_handlers() if rule[0].startswith(wanted)]
        for_voila = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        return [
            *((rule[0], OURS.get(rule[1], rule[1]), *rule[2:]) for rule in kept),
            (base + r"voila/templates/(workbench/static/[a-z-]+\.css)", TemplateStaticFileHandler),
            (base + r"static/([a-z.-]+)", LastingFile, {"path": str(STATIC)}),
            (base + r"front/[0-9a-f]+/([a-z]+\.mjs)", LastingFile, {"path": str(FRONT)}),
            *self._login_pages(),
            (base, HomePage, {"names": names, "opening": self.opening, "news": news(changelog())}),
            (base + r"([a-z][a-z-]*)", DashboardPage, {"names": names, "opening": self.opening, **for_voila}),
        ]

    def _login_pages(self) -> list[Any]:
        if self.wanted.behind_hub:
            return [(self.base_url + rule[0].lstrip("/"), *rule[1:]) for rule in self.identity_provider.get_handlers()]
        return [(self.base_url + "login", LoginPage), (self.base_url + "logout", LogoutPage)]

    def listen(self) -> None:
        """Answer on the port until a signal stops the loop."""
        self.app.add_transform(SecurityHeaders)
        self.app.add_transform(GZipContentEncoding)
        server = HTTPServer(
            self.app,
            max_body_size=LARGEST_REQUEST,
            idle_connection_timeout=LONGEST_REQUEST,
            body_timeout=LONGEST_REQUEST,
        )
        server.add_sockets([self.listener])
        self.ioloop = IOLoop.current()
        url = self.wanted.url(self.port)
        _announce(url, self.wanted.open_browser)
        self.ioloop.add_callback(_announce_figures, self.opening)
        if self.hub:
            patience = self.wanted.idle_minutes * 60
            Presence(self.hub, WidgetChannel.all_open, leave_after=patience, leave=self.ioloop.stop).start()
        try:
            self.ioloop.start()
        finally:
            server.stop()
            self.stop()

    def stop(self) -> None:
        """Drop what is still under way, and end every kernel."""
        loop = self.ioloop.asyncio_loop
        under_way = asyncio.all_tasks(loop)
        for task in under_way:
            task.cancel()
        with warnings.catch_warnings():
            # Voila hands a kernel that is to be warmed later to its timer as a coroutine, which ends unasked here.
            warnings.filterwarnings("ignore", r"coroutine '.*\._initialize' was never awaited", RuntimeWarning)
            loop.run_until_complete(asyncio.gather(*under_way, return_exceptions=True))
            under_way.clear()
        if not NURSERY.running:  # the nursery takes its kernels with it
            super().stop()


def serve(wanted: ServeSettings, listener: socket.socket, hub: Hub | None = None) -> None:
    """Serve the dashboards until Ctrl-C or a signal to end.

    Parameters
    ----------
    wanted : ServeSettings
        Where and how.
    listener : socket
        The port, taken before anything else was started; closed in the end.
    hub : Hub, optional
        The JupyterHub that started the server.

    Raises
    ------
    InputError
        Where the dashboards are missing.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="workbench-serve-") as scratch:
            prepare_environment(Path(scratch))
            allow_open_files()
            use_quick_exporter()
            log_failed_cells()
            hand_to_kernels(wanted.store, wanted.approvers, wanted.upload_megabytes)
            if NURSERY.running:
                use_nursery()
            try:
                server = DashboardServer(config=configuration(wanted, dashboards_folder(), Path(scratch), hub))
                server.initialize(argv=[])
                server.listener, server.wanted, server.hub, server.opening = listener, wanted, hub, Opening()
                server.port = listener.getsockname()[1]
                _stop_on_signals(server)
                server.start()
            finally:
                NURSERY.close()
    finally:
        listener.close()


def configuration(wanted: ServeSettings, folder: Path, scratch: Path, hub: Hub | None = None) -> Config:
    """Return Voila's configuration: nothing open that the dashboards do not need."""
    idle_seconds = wanted.idle_minutes * 60
    return Config(
        {
            "Voila": {
                "root_dir": str(folder),
                "ip": wanted.address,
                "open_browser": False,
                "connection_dir_root": str(scratch),
                "base_url": wanted.base_url,
                **_login(wanted, hub),
                "log_level": "ERROR",
                "tornado_settings": {
                    "allow_remote_access": wanted.is_remote or wanted.behind_hub,
                    "default_handler_class": Missing,
                    "websocket_max_message_size": LARGEST_MESSAGE,
                    "ws_ping_interval": PING_EVERY,
                },
            },
            "VoilaConfiguration": {
                "template": "workbench",
                "theme": "light",
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "extension_allowlist": EXTENSIONS,
                "file_allowlist": [],
                "show_tracebacks": False,
                "strip_sources": True,
                "preheat_kernel": wanted.warm_kernels > 0,
                "default_pool_size": wanted.warm_kernels,
                "multi_kernel_manager_class": CappedKernelManager,
                "resources": {"workbench": template_names(wanted.base_url, asks_login=wanted.asks_login)},
            },
            "VoilaExecutor": {"cell_error_instruction": "", "timeout": 120},
            "KernelManager": {"transport": "ipc" if hasattr(socket, "AF_UNIX") and os.name == "posix" else "tcp"},
            "KernelRestarter": {"restart_limit": 0},
            "CappedKernelManager": {"most_kernels": wanted.most_kernels, "grace_seconds": wanted.grace_seconds},
            "MappingKernelManager": {
                "cull_idle_timeout": idle_seconds,
                "cull_interval": min(60, idle_seconds),
                "cull_connected": True,
            },
            # A fork takes no time, so the pool is filled again as soon as a viewer has come.
            "VoilaKernelManager": {"fill_delay": 2.0},
        }
    )


def _login(wanted: ServeSettings, hub: Hub | None) -> dict[str, Any]:
    """Return who asks a viewer who he is: the hub that started the server, or the server itself."""
    if hub is None:
        return {"token": wanted.asked, "identity_provider_class": TokenLogin}
    # The hub's own login knows no token; Voila is kept from giving it one.
    return {"auto_token": True, "identity_provider_class": login_of(hub)}


def _stop_on_signals(server: DashboardServer) -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        IOLoop.current().add_callback_from_signal(server.ioloop.stop)

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)


def _announce(url: str, open_browser: bool) -> None:
    """Say the address as soon as somebody who opens it is answered, if only with a page that says to wait."""
    print(f"The dashboards are at {url}", flush=True)
    print("Ctrl-C stops the server.", flush=True)
    if open_browser:
        webbrowser.open(url)


async def _announce_figures(opening: Opening) -> None:
    """Say when nobody who opens a page has to wait any more."""
    well = await opening.pass_by()
    print("The figures are ready." if well else "The home page has no figures: what stands above says why.", flush=True)
