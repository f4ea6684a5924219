"""The viewers' kernels: no more of them than the machine holds, and nothing for a viewer to do to them but look."""

from __future__ import annotations

import asyncio
from functools import partial

from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from traitlets import Integer

from workbench.serving.channel import WidgetChannel

BUSY = "Too many people are looking at the dashboards just now. Please try again in a minute."


class CappedKernelManager(AsyncMappingKernelManager):
    """Jupyter's kernel manager with a most number of kernels; beyond it a viewer is told to come again."""

    most_kernels = Integer(24, config=True, help="Kernels that may run at the same time.")

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._burials: set[asyncio.Future[None]] = set()

    async def start_kernel(self, **kwargs: object) -> str:
        """Start a kernel, unless as many run as may."""
        if len(self.list_kernel_ids()) >= self.most_kernels:
            raise HTTPError(503, BUSY)
        kernel_id: str = await super().start_kernel(**kwargs)
        self.add_restart_callback(kernel_id, partial(self._bury, kernel_id), "dead")
        return kernel_id

    def _bury(self, kernel_id: str) -> None:
        """Give up a kernel that died: one started in its place would know nothing of the page."""
        burial = asyncio.ensure_future(self.shutdown_kernel(kernel_id, now=True))
        self._burials.add(burial)
        burial.add_done_callback(self._burials.discard)

    async def shutdown_kernel(self, kernel_id: str, *arguments: object, **options: object) -> None:
        """End a kernel, and close the channels that would wait for it in vain."""
        await super().shutdown_kernel(kernel_id, *arguments, **options)
        WidgetChannel.close_all(kernel_id)


class KernelFacts(KernelHandler):
    """What the widgets' front end asks before it connects; a viewer can end no kernel here."""

    SUPPORTED_METHODS = ("GET", "HEAD")
