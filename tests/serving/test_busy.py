"""More viewers than the machine holds are asked to come again."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from tests.running import run_to_its_end, start_server
from workbench.serving.kernels import CappedKernelManager

pytestmark = pytest.mark.xdist_group("browser")


def test_the_viewer_beyond_the_most_is_told_to_come_again(tmp_path):
    running = start_server(tmp_path / "log.txt", "--most-kernels", "1", "--warm-kernels", "0")
    try:
        running.wait_for_figures()
        first = httpx.get(running.url + "gap", timeout=60)
        assert first.status_code == 200
        second = httpx.get(running.url + "gap", timeout=60)
        assert second.status_code == 503
        assert "<h1>Busy</h1>" in second.text
        assert "try again in a minute" in second.text
    finally:
        running.stop()


class Pooled(CappedKernelManager):
    """The manager as Voila extends it: a pool a notebook, of tasks that start kernels."""

    running = 0

    def __init__(self, **pools: list[asyncio.Future]) -> None:
        super().__init__(most_kernels=3)
        self._pools, self.filled = pools, []

    def list_kernel_ids(self) -> list[str]:
        return ["a kernel"] * self.running

    def fill_if_needed(self, delay: float, notebook_name: str) -> None:
        self.filled.append(notebook_name)


@pytest.mark.parametrize(("running", "filled"), [(2, ["gap", "grants"]), (3, [])])
def test_a_kernel_that_could_not_be_warmed_is_warmed_again_once_there_is_room(running, filled):
    async def look() -> Pooled:
        failed, waits = asyncio.get_running_loop().create_future(), asyncio.get_running_loop().create_future()
        failed.set_exception(RuntimeError("as many run as may"))
        manager = Pooled(gap=[failed], grants=[waits])
        manager.running = running
        await manager.end_left()
        assert manager._pools == {"gap": [], "grants": [waits]}, "no viewer gets the failure"
        waits.cancel()
        return manager

    assert run_to_its_end(look()).filled == filled
