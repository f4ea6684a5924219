"""The token: asked for by default, taken once, and needed for everything that shows a figure."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import unquote_plus

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.running import start_server
from workbench.serving.channel import PROTOCOL
from workbench.serving.tries import MOST
from workbench.views import text

pytestmark = pytest.mark.xdist_group("browser")

KERNEL = "11111111-1111-1111-1111-111111111111"
TOKEN = "the token/of?the&test"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory) -> Iterator:
    """A server as it comes, which asks for a token; the test gives it by the environment."""
    log = tmp_path_factory.mktemp("guarded") / "log.txt"
    running = start_server(log, "--warm-kernels", "0", asks=True, WORKBENCH_TOKEN=TOKEN)
    running.wait_for_figures()
    yield running
    running.stop()


@pytest.fixture
def stranger(guarded) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=guarded.url, timeout=30) as client:
        yield client


def test_one_click_on_the_printed_address_opens_the_pages_for_the_session(guarded, stranger):
    entered = stranger.get(guarded.entry)
    assert entered.status_code == 302
    assert entered.headers["Location"] == "/", "the token does not stay in the address bar"
    cookie = entered.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "expires" not in cookie.lower(), "it ends with the session"
    assert TOKEN not in cookie
    assert 'href="/gap"' in stranger.get("/").text
    page = stranger.get("/gap")
    assert "jupyter-config-data" in page.text
    assert "token" not in page.text.split("jupyter-config-data")[1], "what the page knows, its scripts know"


@pytest.mark.parametrize("path", ["/", "/gap", "/grants?token=wrong", "/no-such-dashboard"])
def test_without_the_token_a_page_leads_to_the_login(stranger, path):
    answer = stranger.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login?next=%2F")
    assert "wrong" not in answer.headers["Location"].split("wrong=")[0]
    shown = stranger.get(answer.headers["Location"]).text
    assert text.LOGIN["lead"] in shown
    assert (text.LOGIN["wrong"] in shown) == ("token=" in path)
    assert "jupyter-config-data" not in shown


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"/api/kernels/{KERNEL}"),
        ("GET", "/api/kernels"),
        ("POST", "/api/kernels"),
        ("DELETE", f"/api/kernels/{KERNEL}"),
        ("POST", f"/voila/api/shutdown/{KERNEL}"),
        ("GET", "/voila/files/gap.ipynb"),
        ("GET", "/api/contents/"),
        ("GET", "/api/sessions"),
        ("GET", "/api/terminals"),
    ],
)
def test_without_the_token_nothing_else_answers(stranger, method, path):
    answer = stranger.request(method, path)
    assert answer.status_code in {302, 403, 404, 405}, answer.text
    assert "Traceback" not in answer.text


def test_without_the_token_no_channel_opens(guarded):
    url = guarded.url.replace("http", "ws") + f"api/kernels/{KERNEL}/channels"
    with pytest.raises(InvalidStatus, match="403"), connect(url, subprotocols=[PROTOCOL]):
        pytest.fail("a stranger got on a channel")


def test_the_form_takes_the_token_and_goes_on_to_where_one_wanted_to_go(stranger):
    form = stranger.get("/login?next=%2Fgap").text
    fields = {"_xsrf": re.search(r'name="_xsrf" value="([^"]+)"', form).group(1)}
    wrong = stranger.post("/login?next=%2Fgap", data={**fields, "token": "guess"})
    assert wrong.status_code == 401
    assert text.LOGIN["wrong"] in wrong.text
    assert stranger.get("/").status_code == 302
    right = stranger.post("/login?next=%2Fgap", data={**fields, "token": TOKEN})
    assert right.headers["Location"] == "/gap"
    assert stranger.get("/").status_code == 200
    assert stranger.get("/logout").headers["Location"] == "/login"
    assert stranger.get("/").status_code == 302


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example/", "/\\\\evil.example", "https:/evil.example"]
)
def test_the_login_leads_to_no_other_site(guarded, stranger, away):
    stranger.get(guarded.entry)
    answer = stranger.get("/login", params={"next": away})
    assert "evil.example" not in httpx.URL(answer.headers["Location"]).host


def test_an_address_that_would_end_the_header_leads_home(guarded, stranger):
    stranger.get(guarded.entry)
    answer = stranger.get("/login?next=/%0d%0aSet-Cookie:%20name=value")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"
    assert "Set-Cookie" not in answer.headers


def test_a_copy_of_the_cookie_is_worth_nothing_once_its_owner_has_logged_out(guarded, stranger):
    stranger.get(guarded.entry)
    copy = dict(stranger.cookies)
    with httpx.Client(base_url=guarded.url, cookies=copy) as thief:
        assert thief.get("/login").headers["Location"] == "/", "before"
        stranger.get("/logout")
        assert thief.get("/").headers["Location"].startswith("/login")
    stranger.get(guarded.entry)
    assert stranger.get("/login").headers["Location"] == "/", "the owner comes in again by the token"


def test_the_address_with_the_token_leads_to_no_other_site(guarded, stranger):
    answer = stranger.get(guarded.url[:-1] + "//evil.example/gap", params={"token": TOKEN})
    assert not answer.headers.get("Location", "").startswith("//")


def test_a_request_from_another_sites_page_takes_no_token_out_of_the_form(stranger):
    assert stranger.post("/login", data={"token": TOKEN}).status_code == 403


def test_the_token_is_neither_in_the_environment_of_kernels_nor_in_the_log(guarded, stranger):
    import psutil

    wrong = ("/no-such/page", "/static/nothing.css", f"/api/kernels/{KERNEL}", f"/api/kernels/{KERNEL}/channels")
    for path in wrong:
        assert stranger.get(path, params={"token": TOKEN, "year": "2010"}).status_code in {400, 403, 404}, path
    assert stranger.post("/gap", params={"token": TOKEN}).status_code in {403, 405}
    assert "/no-such/page?year=2010" in guarded.log.read_text(), "what was refused is told, without the token"

    (nursery,) = psutil.Process(guarded.process.pid).children()
    assert not [value for value in nursery.environ().values() if TOKEN in value]
    logged = unquote_plus(guarded.log.read_text())
    assert TOKEN not in logged
    assert "Traceback" not in logged


def test_whoever_guesses_has_to_wait(tmp_path):
    running = start_server(tmp_path / "log.txt", "--warm-kernels", "0", asks=True)
    try:
        for number in range(MOST):
            assert httpx.get(running.url, params={"token": f"guess {number}"}).status_code == 302
        waits = httpx.get(running.url, params={"token": "one more"})
        assert waits.status_code == 429
        assert text.HTTP_ERRORS[429][1] in waits.text
        assert httpx.get(running.entry).status_code == 429, "not even the right one: a guess must not be worth it"
        assert httpx.get(running.url).status_code == 302, "the login page can still be seen"
    finally:
        running.stop()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--address", "0.0.0.0"], "no token was given"),  # noqa: S104 - refused, never listened on
        (["--allow-remote"], "no token was given"),
        (["--address", "0.0.0.0", "--token", "short"], "soon guessed"),  # noqa: S104 - refused, never listened on
        (["--address", "0.0.0.0", "--no-token"], "would show them everything"),  # noqa: S104 - as above
        (["--token-file", "missing.txt"], "cannot be read"),
    ],
)
def test_the_server_refuses_to_stand_open(options, words):
    command = [sys.executable, "-m", "workbench", "serve", "--port", "0", "--no-browser", *options]
    told = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert told.returncode == 2
    assert words in " ".join(told.stderr.split())
    assert "Traceback" not in told.stderr
