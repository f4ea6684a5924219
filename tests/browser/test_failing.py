"""A dashboard whose cell fails says so in our words; its traceback and its code are the log's."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import httpx
import nbformat
import pytest

from tests.browser.conftest import Visit
from tests.running import REPOSITORY, Server
from workbench.views import text

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SERVE = """
import sys
from pathlib import Path
from workbench.serving import server
from workbench.serving.settings import ServeSettings
from workbench.serving.sockets import take_port

server.dashboards_folder = lambda: Path(sys.argv[1])
server.serve(ServeSettings(no_token=True, warm_kernels=0), take_port("127.0.0.1", 0))
"""
FAILS = "wages = 1\nwages / 0"
PRINTS = "import sys\nprint('for the log', file=sys.stderr)\nraise SystemExit('the kernel goes')"


@pytest.fixture
def failing(tmp_path) -> Iterator[Server]:
    """A server of two dashboards that fail, with kernels started in the ordinary way."""
    folder = tmp_path / "dashboards"
    folder.mkdir()
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    for name, code in (("gap", FAILS), ("grants", PRINTS)):
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(code)], metadata={**kernel, "title": name.title()}
        )
        nbformat.write(notebook, folder / f"{name}.ipynb")
    log = tmp_path / "log.txt"
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(folder)],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        )
    entry = re.search(r"http://\S+", process.stdout.readline())
    assert entry is not None, log.read_text()
    running = Server(process, entry[0], log)
    yield running
    running.stop()


def test_a_cell_that_fails_is_told_in_the_fixed_place(failing, browser):
    for name, secrets in (("gap", ("wages", "ZeroDivisionError")), ("grants", ("for the log", "SystemExit"))):
        page = httpx.get(failing.url + name, timeout=60).text
        for secret in (*secrets, "Traceback", "error when executing", "tracebacks=True", "stderr"):
            assert secret not in page, (name, secret)
    assert "ZeroDivisionError" in failing.log.read_text(), "whoever runs the server can see what failed"
    visit = Visit(browser.new_page(viewport={"width": 360, "height": 740}), failing.url)
    visit.page.goto(failing.url + "gap")
    told = visit.page.locator(".wb-error-place [role=alert]")
    told.wait_for()
    assert told.locator("p").inner_text() == text.FRAME["cell_failed"]
    assert told.get_by_role("link").inner_text() == text.FRAME["again"]
    visit.page.locator("#wb-status").wait_for(state="hidden")
    assert visit.page.locator("h1").inner_text() == "Gap"
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360
    visit.shoot("failed")
    visit.assert_clean()
    visit.page.close()
