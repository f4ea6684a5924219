"""What the server gives to nobody, asked without a browser."""

from __future__ import annotations

import subprocess
import sys

import httpx
import pytest

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize(
    "path",
    [
        "voila/files/gap.ipynb",
        "voila/files/..%2Fpyproject.toml",
        "voila/api/contents/",
        "api/contents/",
        "voila/tree/",
        "voila/render/gap.ipynb",
        "static/..%2Fpage.py",
        "static/%2e%2e/page.py",
        "voila/static/..%2F..%2Fapp.py",
        "voila/static/%2Fetc%2Fpasswd",
        "voila/labextensions/..%2F..%2F..%2Fpyvenv.cfg",
        "voila/labextensions//etc/passwd",
        "voila/api/themes/..%2F..%2Fetc%2Fpasswd",
        "voila/render/..%2Fgap.ipynb",
        "voila/query/11111111-1111-1111-1111-111111111111",
        "front/0/..%2Fmain.mjs",
        "gap/..%2F..%2Fpyproject.toml",
        "voila/templates/workbench/static/..%2F..%2F..%2F..%2F..%2Fserver.py",
        "gap.ipynb",
        "files/gap.ipynb",
    ],
)
def test_no_file_of_the_server_can_be_read(server, path):
    before = len(server.log.read_text())  # what other tests of this server made it say is theirs
    answer = httpx.get(server.url + path)
    assert answer.status_code in {403, 404}, answer.text[:200]
    assert "Traceback" not in answer.text
    assert "import " not in answer.text
    assert "Traceback" not in server.log.read_text()[before:]


def test_every_answer_carries_the_security_headers(server):
    from workbench.serving.headers import HEADERS

    for path in ("", "gap", "no-such-page", "static/workbench.css", "voila/static/voila.js", "api/kernels/1-2-3-4-5"):
        with httpx.stream("GET", server.url + path) as answer:
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, path
    # Spelt out, for the table above would agree with itself whatever it allowed.
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    rules = dict(rule.split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split("; "))
    assert "*" not in answer.headers["Content-Security-Policy"].replace("sha256-", "")
    assert rules["default-src"] == rules["connect-src"] == rules["form-action"] == "'self'"
    assert rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert "'unsafe-inline'" not in rules["script-src"]


def test_an_address_that_names_another_machine_is_refused(server):
    answer = httpx.get(server.url, headers={"Host": "evil.example"})
    assert answer.status_code == 403


def test_neither_template_nor_theme_can_be_chosen_from_outside(server):
    with httpx.stream("GET", server.url + "gap?voila-theme=%22%3E%3Cscript%3Ealert(1)&voila-template=lab") as answer:
        head = next(answer.iter_text(3000))
    assert "alert(1)" not in head
    assert "wb-header" in head or "workbench.css" in head


def test_what_every_page_loads_may_be_kept(server):
    page = httpx.get(server.url).text
    address = page.split('href="/static/workbench.css', 1)[1].split('"', 1)[0]
    answer = httpx.get(f"{server.url}static/workbench.css{address}")
    assert answer.status_code == 200
    assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_a_kernel_cannot_be_ended_or_started_over_the_api(server):
    assert httpx.delete(server.url + "api/kernels/11111111-1111-1111-1111-111111111111").status_code == 405
    assert httpx.post(server.url + "api/kernels").status_code in {404, 405, 403}


def test_a_taken_port_is_told_in_words(server):
    port = server.url.rsplit(":", 1)[1].strip("/")
    command = [sys.executable, "-m", "workbench", "serve", "--port", port, "--no-browser"]
    told = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert told.returncode == 2
    assert f"'port {port}' is taken on 127.0.0.1" in told.stderr
    assert "Traceback" not in told.stderr
