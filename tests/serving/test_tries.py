"""How often a wrong token may be tried."""

from __future__ import annotations

from workbench.serving import tries
from workbench.serving.tries import Tries


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_after_the_most_wrong_tokens_an_address_waits_and_may_try_again():
    clock = Clock()
    counted = Tries(most=3, within=60, clock=clock)
    for second in (0, 10, 20):
        clock.now = second
        assert counted.may("10.0.0.1")
        counted.wrong("10.0.0.1")
    assert not counted.may("10.0.0.1")
    assert counted.may("10.0.0.2"), "another address has done nothing"
    clock.now = 59.9
    assert not counted.may("10.0.0.1")
    clock.now = 60
    assert counted.may("10.0.0.1"), "the first wrong one is a minute old"
    counted.wrong("10.0.0.1")
    assert not counted.may("10.0.0.1")


def test_the_memory_for_addresses_is_bounded(monkeypatch):
    monkeypatch.setattr(tries, "REMEMBERED", 5)
    counted = Tries(most=1, clock=Clock())
    for number in range(9):
        counted.wrong(f"10.0.0.{number}")
    assert [counted.may(f"10.0.0.{number}") for number in range(9)] == [True] * 4 + [False] * 5
