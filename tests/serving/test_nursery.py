"""The parent of the kernels works ahead only while nobody asks it for anything, and a fault in that ends nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from workbench.serving.nursery import _lines


@pytest.fixture
def orders() -> Iterator[tuple[int, object]]:
    read, write = os.pipe()
    with os.fdopen(read) as lines:
        yield write, lines


def pieces(done: list[int], write: int) -> Iterator[None]:
    for piece in range(4):
        done.append(piece)
        if piece == 1:
            os.write(write, b"first\n")
        if piece == 3:
            os.write(write, b"second\n")
            os.close(write)
        yield


def test_an_order_waits_for_one_piece_of_work_at_most(orders):
    write, lines = orders
    done: list[int] = []
    heard = [(line.strip(), list(done)) for line in _lines(lines, pieces(done, write))]
    assert heard == [("first", [0, 1]), ("second", [0, 1, 2, 3])]


def test_a_fault_in_the_work_ahead_is_logged_and_orders_go_on(orders, capsys):
    write, lines = orders

    def faulty() -> Iterator[None]:
        yield
        os.write(write, b"an order\n")
        os.close(write)
        raise ZeroDivisionError("details for the log")

    assert [line.strip() for line in _lines(lines, faulty())] == ["an order"]
    assert "details for the log" in capsys.readouterr().err
