"""A viewer who writes to his kernel by hand: nothing runs, nothing leaks, and wrong values are answered in words."""

from __future__ import annotations

import json
import time
import uuid

import pytest
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from workbench.serving.channel import PROTOCOL
from workbench.views import text

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CONTROL_COMM = "jupyter.widget.control"


class Wire:
    """A hand-written client on the channel of a page's kernel."""

    def __init__(self, socket) -> None:
        self.socket = socket
        self.heard: list[dict] = []

    def send(self, kind: str, content: dict, channel: str = "shell") -> None:
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "", "session": "hand", "version": "5.3"}
        parts = [header, {}, {"version": "1.0.0"}, content]
        self.socket.send(serialize_msg_to_ws_v1([json.dumps(part).encode() for part in parts], channel))

    def listen(self, seconds: float) -> list[dict]:
        """Gather what comes within some seconds, and return all that came so far."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            try:
                _, parts = deserialize_msg_from_ws_v1(self.socket.recv(timeout=left))
            except TimeoutError:
                break
            self.heard.append({"msg_type": json.loads(parts[0])["msg_type"], "content": json.loads(parts[3])})
        return self.heard

    def models(self) -> dict[str, dict]:
        """Ask for every widget's state, as the front end does."""
        comm = uuid.uuid4().hex
        self.send("comm_open", {"comm_id": comm, "target_name": CONTROL_COMM, "data": {}})
        self.send("comm_msg", {"comm_id": comm, "data": {"method": "request_states"}})
        for _ in range(50):
            for message in self.listen(0.2):
                data = message["content"].get("data") or {}
                if message["msg_type"] == "comm_msg" and data.get("method") == "update_states":
                    return data["states"]
        raise AssertionError("the kernel did not answer")


@pytest.fixture
def wire(visit):
    visit.open("gap")
    config = visit.page.evaluate("JSON.parse(document.getElementById('jupyter-config-data').textContent)")
    url = visit.url.replace("http", "ws") + f"api/kernels/{config['kernelId']}/channels"
    viewer = {"Cookie": "; ".join(f"{one['name']}={one['value']}" for one in visit.page.context.cookies())}
    with connect(url, subprotocols=[PROTOCOL], additional_headers=viewer) as socket:
        yield Wire(socket)
    with pytest.raises(InvalidStatus, match="400"), connect(url, additional_headers=viewer):
        pytest.fail("Jupyter's older protocol got an answer")
    with pytest.raises(InvalidStatus, match="403"), connect(url, subprotocols=[PROTOCOL]):
        pytest.fail("a viewer got on another's channel")
    elsewhere = {**viewer, "Origin": "http://evil.example"}
    with pytest.raises(InvalidStatus, match="403"), connect(url, subprotocols=[PROTOCOL], additional_headers=elsewhere):
        pytest.fail("another site's page got on a viewer's channel")


@pytest.mark.parametrize("poison", [{"index": 99}, {"index": -7}, {"index": "first"}, {"index": None}])
def test_a_value_that_no_control_offers_is_answered_in_words(visit, wire, poison):
    controls = {key: state for key, state in wire.models().items() if state["model_name"] == "DropdownModel"}
    assert controls
    before = visit.page.locator("h1").inner_text()
    wire.send("comm_msg", {"comm_id": next(iter(controls)), "data": {"method": "update", "state": poison}})
    told = visit.page.locator(".wb-error-place [role=alert]")
    told.wait_for()
    assert told.inner_text()
    assert visit.page.locator("h1").inner_text() == before
    assert_nothing_leaked(wire)


def test_no_code_can_be_run(visit, wire, tmp_path):
    mark = tmp_path / "written.txt"
    code = f"open({str(mark)!r}, 'w').write('x')"
    for channel in ("shell", "control"):
        wire.send("execute_request", {"code": code, "silent": False}, channel)
    wire.send("complete_request", {"code": "open", "cursor_pos": 4})
    wire.send("inspect_request", {"code": "open", "cursor_pos": 4, "detail_level": 1})
    wire.send("history_request", {"hist_access_type": "tail", "n": 10, "raw": True, "output": True})
    wire.send("debug_request", {"type": "request", "command": "evaluate"}, "control")
    kinds = {message["msg_type"] for message in wire.listen(2)}
    assert not mark.exists()
    assert not {kind for kind in kinds if kind.startswith(("execute", "complete", "inspect", "history", "debug"))}
    assert_nothing_leaked(wire)


def test_a_broken_message_is_survived(visit, wire):
    wire.send("comm_msg", {"comm_id": "nobody", "data": {"method": "update", "state": {"index": 1}}})
    wire.send("comm_msg", {})
    wire.send(
        "comm_open", {"comm_id": "x", "target_name": "jupyter.widget", "data": {"state": {"_model_name": "Evil"}}}
    )
    wire.listen(1)
    assert_nothing_leaked(wire)
    visit.page.locator("select").first.select_option(index=1)
    visit.page.wait_for_function("document.querySelector('.wb-canvas').dataset.drawn > 1")


def assert_nothing_leaked(wire: Wire) -> None:
    for message in wire.listen(0.5):
        assert message["msg_type"] not in {"error", "stream"}, message
        assert "Traceback" not in json.dumps(message["content"])


def test_the_words_for_a_refused_value_are_plain():
    assert "Error" not in text.ERRORS["refused"]
