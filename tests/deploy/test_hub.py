"""The hub of a team, for real: an economist works in JupyterLab, a viewer gets no further than the dashboards."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from websockets.exceptions import InvalidStatus

from tests.deploy.hub import PASSWORDS, Hub, Person, execute, header_of
from workbench.serving.channel import PROTOCOL
from workbench.views import text

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hub")]


@pytest.fixture(scope="module")
def hub(tmp_path_factory) -> Iterator[Hub]:
    state = tmp_path_factory.mktemp("hub")
    running = Hub(state)
    try:
        running.wait()
        yield running
    finally:
        running.stop()


@contextmanager
def at_his_own(hub: Hub, name: str) -> Iterator[Person]:
    with Person(hub, name) as person:
        assert person.log_in(PASSWORDS[name]).status_code == 302
        person.open_own()
        yield person


@pytest.fixture(scope="module")
def economist(hub) -> Iterator[Person]:
    with at_his_own(hub, "asha") as person:
        yield person


@pytest.fixture(scope="module")
def viewer(hub) -> Iterator[Person]:
    with at_his_own(hub, "otieno") as person:
        yield person


def kernel_of(page: str) -> str:
    return json.loads(re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.DOTALL).group(1))["kernelId"]


def test_nobody_comes_in_with_a_wrong_password_or_without_one(hub):
    with Person(hub, "asha") as stranger:
        assert stranger.log_in(PASSWORDS["otieno"]).status_code == 403
        for path in ("/user/asha/", "/user/otieno/gap", "/user/otieno/api/kernels", "/hub/home", "/hub/admin"):
            assert "/hub/login" in str(stranger.get(path).url), path


def test_an_economist_gets_jupyterlab_and_runs_code(economist):
    page = economist.get("/user/asha/lab")
    assert page.url.path == "/user/asha/lab"
    assert "jupyterlab" in page.text.lower()
    token = {"X-XSRFToken": economist.cookies.get("_xsrf", path="/user/asha/")}
    started = economist.post("/user/asha/api/kernels", headers=token, json={"name": "python3"})
    assert started.status_code == 201, started.text
    with economist.channel(started.json()["id"]) as channel:
        heard = execute(channel, "import workbench as wb; print(wb.grants('kdsp2').awards.shape[0])")
    printed = "".join(message["content"]["text"] for message in heard if message["msg_type"] == "stream")
    assert printed == "47\n"


def test_a_viewer_sees_the_dashboards_at_his_own_address(viewer):
    home = viewer.get("/user/otieno/")
    assert text.FRAME["home_title"] in home.text
    assert 'href="/user/otieno/gap"' in home.text
    page = viewer.get("/user/otieno/gap")
    assert page.status_code == 200
    assert "3,162" in page.text, "the requirement of 2009/10, as the package computes it"
    for address in re.findall(r'(?:src|href)="(/user/otieno/(?:static|front)/[^"]+)"', page.text):
        assert viewer.get(address).status_code == 200, address


@pytest.mark.parametrize(
    "path",
    [
        "lab",
        "tree",
        "terminals/1",
        "files/",
        "edit/x",
        "notebooks/x",
        "nbconvert/html/gap.ipynb",
        "api/contents",
        "api/contents/gap.ipynb",
        "api/terminals",
        "api/sessions",
        "api/kernels",
        "api/kernelspecs",
        "api/config/x",
        "voila/files/gap.ipynb",
        "voila/render/gap.ipynb",
        "voila/tree/",
        "api/me",
        "metrics",
        "api/status",
    ],
)
def test_a_viewer_finds_nothing_else_on_his_server(viewer, path):
    answer = viewer.get(f"/user/otieno/{path}")
    assert answer.status_code in {403, 404}, answer.text[:300]
    assert "Traceback" not in answer.text


def test_a_viewer_starts_no_kernel_and_no_terminal(viewer):
    for path in ("api/kernels", "api/terminals", "api/sessions", "api/contents"):
        assert viewer.post(f"/user/otieno/{path}", json={}).status_code in {403, 404, 405}, path


def test_a_viewer_runs_no_code_on_his_kernel(viewer, tmp_path):
    mark = tmp_path / "written.txt"
    kernel = kernel_of(viewer.get("/user/otieno/gap").text)
    parts = [header_of("execute_request"), {}, {}, {"code": f"open({str(mark)!r}, 'w')", "silent": False}]
    with viewer.channel(kernel, subprotocols=[PROTOCOL]) as channel:
        for where in ("shell", "control"):
            channel.send(serialize_msg_to_ws_v1([json.dumps(part).encode() for part in parts], where))
        heard, deadline = [], time.monotonic() + 2
        while (left := deadline - time.monotonic()) > 0:
            try:
                heard.append(json.loads(deserialize_msg_from_ws_v1(channel.recv(timeout=left))[1][0])["msg_type"])
            except TimeoutError:
                break
    assert not mark.exists()
    assert "execute_reply" not in heard
    with pytest.raises(InvalidStatus, match="400"), viewer.channel(kernel):
        pytest.fail("the older protocol got an answer")


def test_a_viewer_reaches_nobody_elses_server_and_no_administration(viewer, economist):
    for path in (
        "/user/asha/",
        "/user/asha/lab",
        "/user/asha/api/contents",
        "/hub/admin",
        "/hub/spawn/asha",
    ):
        answer = viewer.get(path)
        assert answer.status_code in {403, 404}, (path, answer.status_code)
    for path in ("/hub/api/users", "/hub/api/users/asha", "/hub/api/proxy", "/hub/api/groups"):
        assert viewer.get(path).status_code in {403, 404}, path


def test_a_viewer_gets_the_dashboards_whatever_he_asks_the_hub_for(viewer):
    token = {"X-XSRFToken": viewer.cookies.get("_xsrf", path="/hub/"), "Referer": viewer.hub.url + "/hub/home"}
    for name in ("lab", "dashboards"):
        asked = viewer.post(f"/hub/api/users/otieno/servers/{name}", headers=token, json={"cmd": ["bash"]})
        assert asked.status_code in {400, 403, 404}, (name, asked.status_code, asked.text)
    made = viewer.post("/hub/api/users/otieno/tokens", headers=token, json={})
    assert made.status_code in {403, 404}


def test_the_hubs_key_is_not_in_the_environment_of_a_viewers_kernels(viewer, hub):
    family = psutil.Process(hub.process.pid).children(recursive=True)
    servers = [one for one in family if "--hub" in one.cmdline()]
    assert servers
    kernels = [
        kernel for server in servers for nursery in server.children() for kernel in [nursery, *nursery.children()]
    ]
    assert kernels
    for kernel in kernels:
        assert not {"JUPYTERHUB_API_TOKEN", "JPY_API_TOKEN", "CONFIGPROXY_AUTH_TOKEN"} & set(kernel.environ())
    assert all(kernel.environ()["JUPYTERHUB_USER"] == "otieno" for kernel in kernels), (
        "the name that signs what he keeps"
    )


def test_whoever_has_logged_out_is_outside(hub):
    with Person(hub, "otieno") as person:
        person.log_in(PASSWORDS["otieno"])
        assert person.get("/user/otieno/").status_code == 200
        person.get("/hub/logout")
        assert "/hub/login" in str(person.get("/user/otieno/gap").url)


def test_whoever_guesses_a_password_has_to_wait(hub):
    with Person(hub, "wanjiru") as guesser:
        answers = [guesser.log_in(f"guess number {number}").status_code for number in range(12)]
    assert answers[:9] == [403] * 9
    assert answers[-1] == 429
