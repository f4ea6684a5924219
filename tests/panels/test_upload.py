"""A file comes whole or not at all, is never larger than the server allows, and is written nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.panels.upload import MEGABYTE, PIECE, Upload

LARGEST_MESSAGE = 1_000_000


class Browser:
    """Sends a file to a field as the browser does: a piece for every one that is asked for."""

    def __init__(self, monkeypatch, taken=None, megabytes=1) -> None:
        self.taken, self.heard = [], []
        monkeypatch.setattr(Upload, "send", lambda _, message: self.heard.append(message))
        self.upload = Upload(taken or (lambda name, content: self.taken.append((name, content))), megabytes)

    def say(self, message, *buffers) -> None:
        self.upload._handle_custom_msg(message, [memoryview(one) for one in buffers])

    def bring(self, name: str, content: bytes) -> None:
        self.say({"kind": "begin", "name": name, "size": len(content)})
        while (answer := self.heard[-1])["kind"] == "next":
            start = answer["from"]
            self.say({"kind": "piece", "from": start}, content[start : start + PIECE])


@pytest.fixture
def browser(monkeypatch) -> Browser:
    return Browser(monkeypatch)


@pytest.mark.parametrize("size", [1, PIECE, PIECE + 1, 3 * PIECE - 7, MEGABYTE])
def test_a_file_comes_whole(browser, size):
    content = bytes(place % 251 for place in range(size))
    browser.bring("requests.xlsx", content)
    assert browser.taken == [("requests.xlsx", content)]
    assert browser.upload.told == ""
    assert browser.heard[-1] == {"kind": "done"}
    assert len(browser.upload._held) == 0, "nothing of it stays"


def test_a_piece_fits_into_a_message():
    assert PIECE < LARGEST_MESSAGE / 2


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [
        ("requests.xls", 10, "neither an Excel workbook"),
        ("requests.xlsx.exe", 10, "neither an Excel workbook"),
        (None, 10, "neither an Excel workbook"),
        ("requests.csv", 0, "is empty"),
        ("requests.csv", "10", "is empty"),
        ("requests.csv", True, "is empty"),
        ("requests.csv", -1, "is empty"),
        ("requests.csv", MEGABYTE + 1, "is too large: 1.0 MB, and at most 1 MB"),
    ],
)
def test_what_cannot_be_brought_is_refused_in_words(browser, name, size, words):
    browser.say({"kind": "begin", "name": name, "size": size})
    assert words in browser.upload.told
    assert browser.heard == [{"kind": "done"}]
    browser.say({"kind": "piece", "from": 0}, b"x")
    assert browser.taken == []


def test_the_limit_is_the_servers_whatever_the_browser_makes_of_it(browser):
    browser.upload.megabytes = 1000
    browser.say({"kind": "begin", "name": "a.csv", "size": 2 * MEGABYTE})
    assert "too large" in browser.upload.told


@pytest.mark.parametrize(
    ("start", "content"), [(1, b"abc"), (0, b"abcd"), (0, b""), (None, b"abc"), ("0", b"abc"), (False, b"abc")]
)
def test_a_piece_that_does_not_fit_drops_the_file(browser, start, content):
    browser.say({"kind": "begin", "name": "a.csv", "size": 3})
    browser.say({"kind": "piece", "from": start}, content)
    assert "did not arrive whole" in browser.upload.told
    browser.say({"kind": "piece", "from": 0}, b"abc")
    assert browser.taken == []
    browser.bring("a.csv", b"abc")
    assert browser.taken == [("a.csv", b"abc")]
    assert browser.upload.told == ""


def test_what_the_reader_refuses_is_said_below_the_field(monkeypatch):
    def taken(_name, _content):
        raise InputError("the heading is missing")

    browser = Browser(monkeypatch, taken)
    browser.bring("a.csv", b"1")
    assert browser.upload.told == "the heading is missing"
    assert browser.heard[-1] == {"kind": "done"}


@pytest.mark.parametrize("message", [None, 3, "begin", [], {"kind": "else"}])
def test_other_messages_are_let_lie(browser, message):
    browser.say(message)
    assert browser.heard == []


@given(name=st.text(max_size=300))
def test_a_name_never_holds_a_folder(name):
    got = []
    upload = Upload(lambda name, _: got.append(name))
    upload.begin(name + ".csv", 1)
    upload.add(0, b"1")
    upload.take()
    assert "/" not in got[0]
    assert "\\" not in got[0]
    assert got[0].isprintable()
    assert len(got[0]) <= 200
