"""How often somebody may try a token: enough for a slip of the finger, too seldom to guess."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

MOST: Final = 10
WITHIN: Final = 60.0
REMEMBERED: Final = 10_000
"""Addresses that are remembered; whoever comes from more of them must not fill the memory."""


class Tries:
    """Counts wrong tokens by the address that they came from.

    Parameters
    ----------
    most : int
        Wrong tokens after which an address has to wait.
    within : float
        Seconds that a wrong token counts.
    clock : callable
        Seconds that only grow.
    """

    def __init__(
        self, *, most: int = MOST, within: float = WITHIN, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._within, self._clock = most, within, clock
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()

    def may(self, address: str) -> bool:
        """Tell whether an address may try another token."""
        times = self._wrong.get(address)
        if times is None:
            return True
        while times and self._clock() - times[0] >= self._within:
            times.popleft()
        return len(times) < self._most

    def wrong(self, address: str) -> None:
        """Count a wrong token."""
        self._wrong.setdefault(address, deque(maxlen=self._most)).append(self._clock())
        self._wrong.move_to_end(address)
        while len(self._wrong) > REMEMBERED:
            self._wrong.popitem(last=False)
