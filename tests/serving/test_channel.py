"""What a viewer may put on the line to his kernel: messages of the protocol, and nothing that only looks like one."""

from __future__ import annotations

import contextlib
import json
import re
from types import SimpleNamespace

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from workbench.serving.channel import BROKEN, PROTOCOL, WidgetChannel, is_sound

pytestmark = pytest.mark.xdist_group("browser")


def words(*numbers: int) -> bytes:
    return b"".join(number.to_bytes(8, "little") for number in numbers)


def message(*buffers: bytes) -> bytes:
    header = {"msg_id": "1", "msg_type": "kernel_info_request", "username": "", "session": "hand", "version": "5.3"}
    return serialize_msg_to_ws_v1([json.dumps(header).encode(), b"{}", b"{}", b"{}", *buffers], "shell")


ENDLESS = words(10**8)
"""Jupyter would look for a hundred million offsets, for every viewer of the server to wait."""

OVERLAPPING = words(40, *([328, 10**6] * 20)) + b"x" * 10**6
BACKWARDS = words(6, 56, 61, 63, 62, 64, 65) + b"shell{}{}{}{}"
UNSOUND = [
    b"",
    b"shell",
    "text",
    ENDLESS,
    OVERLAPPING,
    BACKWARDS,
    words(2, 24, 24),
    message()[:-1],
    message(*[b""] * 99),
]


@given(st.lists(st.binary(max_size=50), max_size=5))
def test_a_message_of_the_protocol_is_sound(buffers):
    assert is_sound(message(*buffers))


@pytest.mark.parametrize("given_", UNSOUND)
def test_what_is_no_message_is_not_sound(given_):
    assert not is_sound(given_)


@given(st.binary(max_size=300) | st.lists(st.integers(0, 80), max_size=12).map(lambda numbers: words(*numbers) + b"{}"))
def test_whatever_is_sound_is_taken_apart_without_being_copied_twice(given_):
    if is_sound(given_):
        _, parts = deserialize_msg_from_ws_v1(given_.replace(b"\xff", b"x"))
        assert sum(map(len, parts)) <= len(given_)


def ended(line: ClientConnection) -> int:
    """Return what the server closes a line with; it has five seconds for each message before."""
    with contextlib.suppress(ConnectionClosed):
        while True:
            line.recv(timeout=5)
    return line.close_code


def test_whoever_sends_what_is_no_message_is_not_heard_and_keeps_nobody_waiting(server):
    with httpx.Client(base_url=server.url, timeout=60) as viewer:
        page = viewer.get("gap").text
        kernel = json.loads(re.search(r'jupyter-config-data"[^>]*>(.*?)</script>', page, re.DOTALL)[1])["kernelId"]
        url = f"{server.url.replace('http', 'ws')}api/kernels/{kernel}/channels"
        cookie = {"Cookie": "; ".join(f"{name}={value}" for name, value in viewer.cookies.items())}
        for bad in (ENDLESS, OVERLAPPING, "text"):
            with connect(url, subprotocols=[PROTOCOL], additional_headers=cookie, max_size=None) as line:
                line.send(bad)
                assert ended(line) == BROKEN
        with connect(url, subprotocols=[PROTOCOL], additional_headers=cookie, max_size=None) as line:
            line.send(message())
            heard = ""
            while heard != "kernel_info_reply":
                heard = json.loads(deserialize_msg_from_ws_v1(line.recv(timeout=20))[1][0])["msg_type"]


def test_a_channel_that_answers_every_sign_of_life_stays_open():
    opened = SimpleNamespace(ping_interval=30_000, ping_callback=object())
    # At a sign of life the answer to the one before is as old as the time between two, or a little older.
    assert WidgetChannel.ping_timeout.fget(opened) >= 2 * opened.ping_interval
    unopened = SimpleNamespace(ping_interval=30_000, ping_callback=None)
    assert WidgetChannel.ping_timeout.fget(unopened) == unopened.ping_interval, "more is refused in the log"
