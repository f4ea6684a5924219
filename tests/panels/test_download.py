"""A file is made when asked for, under its own name; what cannot be made is said, and a browser chooses no path."""

from __future__ import annotations

import pytest

from workbench.errors import InputError
from workbench.panels.download import DownloadBar
from workbench.views import text

KINDS = {"csv": "CSV", "xlsx": "Excel"}


@pytest.fixture
def sent(monkeypatch):
    gathered = []
    monkeypatch.setattr(DownloadBar, "send", lambda _, message, buffers=(): gathered.append((message, list(buffers))))
    return gathered


def ask(bar: DownloadBar, what: object) -> None:
    bar._handle_custom_msg({"kind": "file wanted", "what": what}, [])


def test_the_asked_file_goes_out_with_name_type_and_bytes(sent):
    bar = DownloadBar(KINDS, lambda kind: (f"figures.{kind}", kind.encode()))
    ask(bar, "csv")
    assert sent == [({"kind": "file", "name": "figures.csv", "type": "text/csv;charset=utf-8"}, [b"csv"])]
    assert bar.told == ""


@pytest.mark.parametrize("what", ["exe", None, ["csv"], {"csv": 1}])
def test_a_kind_that_no_button_offers_is_refused_whatever_the_browser_made_of_the_buttons(sent, what):
    bar = DownloadBar(KINDS, lambda kind: (f"figures.{kind}", b""))
    bar.kinds = [["exe", "Everything"]]
    ask(bar, what)
    assert sent == [({"kind": "no file"}, [])]
    assert "is no known kind of file" in bar.told


def test_what_cannot_be_made_is_said_and_the_next_success_clears_it(sent):
    answers = iter([InputError("nothing was run yet"), ZeroDivisionError("secret"), ("a.csv", b"1")])

    def make(kind):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    bar = DownloadBar(KINDS, make)
    ask(bar, "csv")
    assert bar.told == "nothing was run yet"
    ask(bar, "csv")
    assert bar.told == text.ERRORS["unexpected"]
    ask(bar, "csv")
    assert bar.told == ""
    assert [message["kind"] for message, _ in sent] == ["no file", "no file", "file"]


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "a.exe", "a"])
def test_a_name_is_no_path(sent, name):
    bar = DownloadBar(KINDS, lambda kind: (name, b""))
    ask(bar, "csv")
    assert "is no name for a file" in bar.told


@pytest.mark.parametrize("message", ["file wanted", None, {"kind": "something else"}, 3])
def test_other_messages_are_let_lie(sent, message):
    bar = DownloadBar(KINDS, lambda kind: ("a.csv", b""))
    bar._handle_custom_msg(message, [])
    assert sent == []
