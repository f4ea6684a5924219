"""The rules by name, and the decorator by which a rule joins them.

A rule's core is a pure function on whole blocks of problems. What surrounds it here is the same for every rule: lists
and single problems become arrays, impossible problems are refused, and large batches pass through the cache in blocks.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from workbench.allocation.problems import Array, as_problem, refuse_impossible
from workbench.errors import Fault, InputError, unknown_name

BLOCK_CELLS: Final = 144_000
"""Cells in one block: small enough to stay in a processor's cache, large enough that calls cost little."""

Core = Callable[..., Array]


@dataclass(frozen=True)
class Rule:
    """A named way to share an envelope out among claims; call it like a function.

    Attributes
    ----------
    name : str
        The name in :data:`RULES`.
    meaning : str
        What the rule does, in one line that a committee understands.
    source : str
        The paper or book that it comes from.
    core : callable
        ``core(envelope, claims, **options)`` on arrays of shape ``(b,)`` and ``(b, n)``, giving ``(b, n)``.
    per_claimant : tuple of str
        The options that hold one number a claimant, such as ``weights``.
    """

    name: str
    meaning: str
    source: str
    core: Core
    per_claimant: tuple[str, ...] = ()

    def __call__(self, envelope: npt.ArrayLike, claims: npt.ArrayLike, **options: Any) -> Array:  # noqa: ANN401
        """Share each envelope out among its claims.

        Parameters
        ----------
        envelope : array_like, shape (...)
            KES, ``0 <= envelope <= claims.sum(-1)``.
        claims : array_like, shape (..., n)
            KES, none negative, none unknown.
        **options
            The rule's own; those in ``per_claimant`` have the shape of ``claims`` or broadcast to it.

        Returns
        -------
        ndarray, shape (..., n)
            KES, float64; each problem's awards add up to its envelope.

        Raises
        ------
        InputError
            For a negative or unknown claim, an envelope below nothing or above all claims, or an unsuitable option.
        """
        self.check_options(options)
        problem = as_problem(envelope, claims)
        if problem.claims.size == 0:
            refuse_impossible(problem.envelope.reshape(-1), np.zeros((problem.envelope.size, 1)))
            return np.zeros(problem.claims.shape)
        wide = {name: _per_claimant(name, options[name], problem.claims.shape) for name in self._given(options)}
        rest = {name: value for name, value in options.items() if name not in wide}
        envelopes, flat = problem.envelope.reshape(-1), problem.claims.reshape(-1, problem.claims.shape[-1])
        wide = {name: value.reshape(flat.shape) for name, value in wide.items()}
        _keep_freed_blocks()
        awards = np.empty(flat.shape)
        rows = max(1, BLOCK_CELLS // flat.shape[1])
        for start in range(0, len(flat), rows):
            part = slice(start, start + rows)
            own = {name: value[part] for name, value in wide.items()}
            money = refuse_impossible(envelopes[part], flat[part], start)
            awards[part] = self.core(money, flat[part], **own, **rest)
        return awards.reshape(problem.claims.shape)

    @property
    def options(self) -> tuple[str, ...]:
        """The names of the options that the rule knows."""
        known = list(inspect.signature(self.core).parameters.values())[2:]
        return tuple(option.name for option in known if option.kind is not option.VAR_KEYWORD)

    def check_options(self, options: Iterable[str]) -> None:
        """Refuse options that the rule does not know, all at once."""
        if any(each.kind is each.VAR_KEYWORD for each in inspect.signature(self.core).parameters.values()):
            return
        unknown = [option for option in options if option not in self.options]
        if unknown:
            takes = f"it takes {', '.join(self.options)}" if self.options else "it takes none"
            raise InputError(
                [Fault(what=f"is no option of the rule {self.name}", value=o, remedy=takes) for o in unknown]
            )

    def _given(self, options: Mapping[str, Any]) -> list[str]:
        return [name for name in self.per_claimant if options.get(name) is not None]


@cache
def _keep_freed_blocks() -> None:
    """Let the C library learn that memory of this size comes and goes, so that it keeps freed blocks for the next one.

    glibc returns freed memory to the system, page by page, until it has seen a larger piece freed; the blocks of a
    batch would each be fetched anew at twice the price of the arithmetic. The piece is never written to, so it costs
    nothing.
    """
    np.empty(31 * 2**17)


def _per_claimant(name: str, value: npt.ArrayLike, shape: tuple[int, ...]) -> Array:
    numbers = np.asarray(value, dtype=np.float64)
    try:
        return np.broadcast_to(numbers, shape)
    except ValueError:
        what = f"have the shape {numbers.shape} and the claims the shape {shape}"
        raise InputError(Fault(what=what, value=name, remedy="give one number a claimant")) from None


_REGISTRY: dict[str, Rule] = {}

RULES: Final[Mapping[str, Rule]] = MappingProxyType(_REGISTRY)
"""Every registered rule by name: ``RULES["talmud"](envelope, claims)``."""


def rule(
    name: str, *, meaning: str, source: str = "given by the user", per_claimant: tuple[str, ...] = ()
) -> Callable[[Core], Rule]:
    """Register a function as a rule; whatever is registered can be tested by ``workbench.allocation.axioms``.

    Parameters
    ----------
    name : str
        A new name; a name that is taken is refused.
    meaning : str
        What the rule does, in one line.
    source : str
        Where it comes from.
    per_claimant : tuple of str
        Names of options that hold one number a claimant.

    Examples
    --------
    >>> @rule("all_to_the_first", meaning="Serve the claimants in the order of the table.")  # doctest: +SKIP
    ... def all_to_the_first(envelope, claims):
    ...     before = np.cumsum(claims, axis=-1) - claims
    ...     return np.clip(envelope[..., None] - before, 0, claims)
    """

    def register(core: Core) -> Rule:
        if name in _REGISTRY:
            raise InputError(Fault(what="is the name of a rule already", value=name, remedy="choose another name"))
        _REGISTRY[name] = Rule(name, meaning, source, core, per_claimant)
        return _REGISTRY[name]

    return register


def forget_rule(name: str) -> None:
    """Take a rule out of the registry: for a session that wants to register it anew."""
    find_rule(name)
    del _REGISTRY[name]


def find_rule(named: str | Rule) -> Rule:
    """Return the rule of a name, or raise :class:`UnknownNameError` with the nearest right one."""
    if isinstance(named, Rule):
        return named
    if named not in _REGISTRY:
        raise unknown_name("allocation rule", str(named), _REGISTRY)
    return _REGISTRY[named]
