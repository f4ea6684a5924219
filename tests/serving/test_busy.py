"""More viewers than the machine holds are asked to come again."""

from __future__ import annotations

import httpx
import pytest

from tests.running import start_server

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
