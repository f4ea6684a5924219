"""The first seconds of a server: it answers already, and what its pages stand on is still being computed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from jupyter_server.base.handlers import JupyterHandler

from workbench.serving.parent import NURSERY

LOG = logging.getLogger(__name__)
ACCEPTED = 202
"""The HTTP status of a page that says to wait: asked for, and not there yet."""


class Opening:
    """The time until the figures are there.

    Attributes
    ----------
    headlines : mapping
        What the home page's cards say, by dashboard; empty until it is over.
    """

    def __init__(self) -> None:
        self.headlines: Mapping[str, Mapping[str, str]] = {}
        self._over = asyncio.Event()

    @property
    def over(self) -> bool:
        """Whether the figures are there."""
        return self._over.is_set()

    async def pass_by(self) -> bool:
        """Compute the headlines; tell whether that went well. Without them the home page is a list of links."""
        try:
            self.headlines = await _headlines()
        except Exception:
            LOG.exception("The home page's figures could not be computed.")
            return False
        finally:
            self._over.set()
        return True

    async def keep_waiting(self, handler: JupyterHandler, page: str) -> None:
        """Send a page that says to wait, and, once that is over, its last script, which loads the page again."""
        before, script, after = page.rpartition("<script")
        handler.set_status(ACCEPTED)
        handler.set_header("Cache-Control", "no-store")
        handler.write(before)
        handler.flush()
        await self._over.wait()
        handler.finish(script + after)


async def _headlines() -> dict[str, dict[str, str]]:
    """Return what the cards say, from the parent of the kernels; without one this process computes it itself."""
    if NURSERY.running:
        return await NURSERY.headlines()
    from workbench.panels.home import headlines  # the models are slow to load, and with a nursery not wanted here

    return await asyncio.to_thread(headlines)
