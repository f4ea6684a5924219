"""The parent of the kernels works ahead only while nobody asks it for anything, and a fault in that ends nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import pytest

from workbench.serving import nursery


@pytest.fixture
def orders(monkeypatch) -> Iterator[tuple[int, object]]:
    monkeypatch.setattr(nursery, "QUIET_SECONDS", 0.1)
    read, write = os.pipe()
    with os.fdopen(read) as lines:
        yield write, lines


def order(write: int, name: str) -> None:
    os.write(write, json.dumps({"do": name}).encode() + b"\n")


def pieces(done: list[int], write: int) -> Iterator[None]:
    for piece in range(4):
        done.append(piece)
        if piece == 1:
            order(write, "first")
        if piece == 3:
            order(write, "second")
        yield
    order(write, "third")
    os.close(write)


def test_an_order_waits_for_one_piece_of_work_at_most_and_learns_whether_there_is_more(orders):
    write, lines = orders
    done: list[int] = []
    heard = [(one["do"], len(done), one["warmed"]) for one in nursery._lines(lines, pieces(done, write))]
    assert heard == [("first", 2, False), ("second", 4, False), ("third", 4, True)]


def test_a_fault_in_the_work_ahead_is_logged_and_orders_go_on(orders, capsys):
    write, lines = orders

    def faulty() -> Iterator[None]:
        yield
        order(write, "an order")
        os.close(write)
        raise ZeroDivisionError("details for the log")

    assert [one["do"] for one in nursery._lines(lines, faulty())] == ["an order"]
    assert "details for the log" in capsys.readouterr().err


def test_after_an_order_the_processors_are_the_viewers_for_a_moment(orders):
    write, lines = orders
    done: list[int] = []
    order(write, "fork")
    heard = []
    for one in nursery._lines(lines, pieces(done, write)):
        heard.append((one["do"], len(done)))
        if len(heard) < 3:
            order(write, "fork")
    assert heard[:3] == [("fork", 0), ("fork", 0), ("fork", 0)]


def test_what_cannot_be_computed_ahead_is_the_logs_and_ends_nobody(capsys):
    def broken() -> dict[str, str]:
        raise ZeroDivisionError("details for the log")

    assert nursery._attempt(broken) is None
    assert "details for the log" in capsys.readouterr().err
    assert nursery._attempt(lambda: {"gap": "known"}) == {"gap": "known"}
