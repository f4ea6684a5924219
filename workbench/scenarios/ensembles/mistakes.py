"""What the parameters of a distribution must keep to, and what is said of those that do not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple


class Mistake(NamedTuple):
    """What is wrong with a distribution; ``key`` is the parameter, blank where it is the whole or several."""

    key: str
    what: str
    value: str | None = None
    remedy: str | None = None


class Rule(NamedTuple):
    """What parameters must keep to, and how to say so."""

    keys: tuple[str, ...]
    holds: Callable[..., bool]
    words: str

    def is_broken(self, values: Mapping[str, Any]) -> bool:
        """Whether the parameters that it speaks of could be read, and break it."""
        return all(key in values for key in self.keys) and not self.holds(*(values[key] for key in self.keys))

    def mistake(self, values: Mapping[str, Any]) -> Mistake:
        """Return what is wrong with parameters that break it."""
        if len(self.keys) == 1:
            value = values[self.keys[0]]
            told = ", ".join(f"{one:g}" for one in value) if isinstance(value, tuple) else f"{value:g}"
            return Mistake(self.keys[0], "does not fit", told, self.words)
        return Mistake("", "do not fit", ", ".join(f"{key}: {values[key]:g}" for key in self.keys), self.words)


def above_nil(key: str) -> Rule:
    """Return the rule that a parameter is above 0."""
    return Rule((key,), lambda value: value > 0, f"{key} must be above 0")


IN_ORDER: Final = Rule(
    ("low", "mode", "high"),
    lambda low, mode, high: low <= mode <= high and low < high,
    "low, mode and high must stand in this order",
)
