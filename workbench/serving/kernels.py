"""The viewers' kernels: no more of them than the machine holds, none for a page that nobody has open."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from http import HTTPStatus
from typing import Final

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import PeriodicCallback
from tornado.web import HTTPError
from traitlets import Integer
from voila.request_info_handler import RequestInfoSocketHandler

from workbench.serving.channel import WidgetChannel
from workbench.serving.parent import NURSERY
from workbench.serving.quiet import Quiet

BUSY: Final = "Too many people are looking at the dashboards just now. Please try again in a minute."
LOOK_EVERY: Final = 5_000
"""Milliseconds between two looks for kernels that nobody needs."""

REFILL_AFTER: Final = 5.0
"""Seconds until another kernel is warmed for one that died: whatever kills kernels must not keep the machine busy."""


class CappedKernelManager(AsyncMappingKernelManager):
    """Jupyter's kernel manager, with a most number of kernels, which ends those whose page was left.

    Voila's front end asks for its kernel's end when a page is left; that cannot be relied on, for a telephone that is
    put away says nothing. A kernel that is not kept warm for the next viewer and has no channel open is ended.
    """

    most_kernels = Integer(40, config=True, help="Kernels that may run at the same time.")
    grace_seconds = Integer(45, config=True, help="Seconds after which a page that was left gives its kernel back.")

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._burials: set[asyncio.Future[None]] = set()
        self._left_since: dict[str, float] = {}
        self._look: PeriodicCallback | None = None
        self._renewed = not NURSERY.running

    async def start_kernel(self, **kwargs: object) -> str:
        """Start a kernel, unless as many run as may."""
        if len(self.list_kernel_ids()) >= self.most_kernels:
            raise HTTPError(HTTPStatus.SERVICE_UNAVAILABLE, BUSY)
        if self._look is None:
            self._look = PeriodicCallback(self.end_left, LOOK_EVERY)
            self._look.start()
        kernel_id: str = await super().start_kernel(**kwargs)
        self.add_restart_callback(kernel_id, partial(self._mourn, kernel_id), "dead")
        return kernel_id

    async def shutdown_kernel(self, kernel_id: str, *arguments: object, **options: object) -> None:
        """End a kernel, and close the channels that would wait for it in vain."""
        await super().shutdown_kernel(kernel_id, *arguments, **options)
        WidgetChannel.close_all(kernel_id)
        RequestInfoSocketHandler._cache.pop(kernel_id, None)  # noqa: SLF001 - Voila never forgets what pages were asked for

    async def end_left(self) -> None:
        """End every kernel whose page was left the grace ago, and warm those that could not be while all were taken."""
        self._refill()
        await self.renew_warm()
        now = time.monotonic()
        needed = self._warm() | {kernel_id for kernel_id, channels in WidgetChannel.opened.items() if channels}
        left = [kernel_id for kernel_id in self.list_kernel_ids() if kernel_id not in needed]
        self._left_since = {kernel_id: self._left_since.get(kernel_id, now) for kernel_id in left}
        for kernel_id, since in tuple(self._left_since.items()):
            if now - since >= self.grace_seconds:
                del self._left_since[kernel_id]
                self._bury(kernel_id)

    async def renew_warm(self) -> None:
        """Once everything is computed ahead, put kernels that have it in the place of those forked before."""
        if self._renewed or not await NURSERY.warmed():
            return
        self._renewed = True
        for kernel_id in self._warm():
            self._replace(kernel_id)
            self._bury(kernel_id)

    def _refill(self) -> None:
        """Warm a kernel again in the place of one that could not be started.

        Voila leaves the failure in its pool: the next viewer would get it, and no kernel could be ended meanwhile.
        """
        for notebook, pool in getattr(self, "_pools", {}).items():
            pool[:] = [task for task in pool if not (task.done() and task.exception())]
            if len(self.list_kernel_ids()) < self.most_kernels:
                self.fill_if_needed(delay=0.0, notebook_name=notebook)

    def _warm(self) -> set[str]:
        """Return the kernels that wait for a viewer."""
        pools = getattr(self, "_pools", {})  # Voila's own subclass has them, where kernels are kept warm
        ready = [task.result() for pool in pools.values() for task in pool if task.done() and not task.exception()]
        return {item["kernel_id"] for item in ready}

    def _mourn(self, kernel_id: str) -> None:
        """Let nobody wait for a kernel that died, and warm another where it was kept for the next viewer."""
        WidgetChannel.close_all(kernel_id)
        self._replace(kernel_id, REFILL_AFTER)

    def _replace(self, kernel_id: str, delay: float = 0.0) -> None:
        """Warm another kernel in the place of one that waits for a viewer."""
        for notebook, pool in getattr(self, "_pools", {}).items():
            for task in tuple(pool):
                if task.done() and not task.exception() and task.result()["kernel_id"] == kernel_id:
                    pool.remove(task)
                    self.fill_if_needed(delay=delay, notebook_name=notebook)

    def _bury(self, kernel_id: str) -> None:
        """End a kernel that nobody needs."""
        burial = asyncio.ensure_future(self.shutdown_kernel(kernel_id, now=True))
        self._burials.add(burial)
        burial.add_done_callback(self._burials.discard)


class KernelFacts(KernelHandler):
    """What the widgets' front end asks before it connects; a viewer can end no kernel here."""

    SUPPORTED_METHODS = ("GET", "HEAD")

    async def prepare(self) -> None:
        """Answer a kernel's own viewer alone."""
        await super().prepare()
        if not WidgetChannel.is_viewer(self.path_kwargs["kernel_id"], self.current_user.username):
            raise HTTPError(HTTPStatus.FORBIDDEN)


class Farewell(Quiet, JupyterHandler):
    """Takes note of a page that says it is left; whoever asks, a kernel ends only once nobody has its page open."""

    SUPPORTED_METHODS = ("POST",)

    def check_xsrf_cookie(self) -> None:
        """Ask for no token: nothing happens here."""

    async def post(self, _kernel_id: str) -> None:
        """Answer that all is well."""
        self.set_status(HTTPStatus.NO_CONTENT)
        await self.finish()
