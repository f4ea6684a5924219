"""Evaluate blocks of draws, here or on the workers of a cluster; the order in which they come back changes nothing."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from workbench.scenarios.ensembles.drawing import BLOCK
from workbench.scenarios.ensembles.planning import Plan
from workbench.scenarios.ensembles.sketch import Sketch, sketch

Array = npt.NDArray[Any]
Progress = Callable[[int, int], None]

BLOCKS_A_TASK: Final = 8
"""Blocks that a worker evaluates in one go: enough that sending the answer back costs little beside it."""

_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
"""What glibc's mallopt calls the two."""


@dataclass(frozen=True)
class Block:
    """What one block of draws gave.

    Attributes
    ----------
    number, count : int
    inputs : mapping of str to ndarray
        What was drawn, by driver; empty where the draws are too many to be kept.
    outputs : mapping of str to ndarray
        ``(count,)`` or ``(count, labels)``; those by county, line or sector are missing where they are sketched.
    sketches : mapping of str to Sketch
        Of outputs by label, where the draws are too many to be kept.
    """

    number: int
    count: int
    inputs: Mapping[str, Array]
    outputs: Mapping[str, Array]
    sketches: Mapping[str, Sketch]


def block_counts(draws: int) -> list[int]:
    """Return the draws in each block; the last one may be shorter."""
    whole, rest = divmod(draws, BLOCK)
    return [BLOCK] * whole + ([rest] if rest else [])


def evaluate_block(plan: Plan, number: int, count: int, keep: bool) -> Block:
    """Draw and evaluate one block."""
    core = plan.core
    drawn = plan.sampler.draw(number, count)
    outputs = core.evaluate(drawn, count)
    if keep:
        return Block(number, count, drawn, outputs, {})
    few = {output.name for output in core.outputs if output.is_few}
    sketches = {name: sketch(values) for name, values in outputs.items() if name not in few}
    single = {name: values for name, values in outputs.items() if name in few}
    return Block(number, count, {}, single, sketches)


def evaluate_blocks(plan: Plan, blocks: Sequence[tuple[int, int]], keep: bool) -> list[Block]:
    """Draw and evaluate several blocks: what a worker does."""
    _keep_freed_memory()
    return [evaluate_block(plan, number, count, keep) for number, count in blocks]


@cache
def _keep_freed_memory() -> None:
    """Let a worker's C library keep the memory that blocks free, for the next block.

    Dask starts its workers with a setting (MALLOC_TRIM_THRESHOLD_) by which glibc gives every larger piece back to the
    system at once; fetching it anew for each array makes a block of draws cost four times as much.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return  # another C library than glibc, which has no such habit
    mallopt(_MMAP_THRESHOLD, 32 * 2**20)
    mallopt(_TRIM_THRESHOLD, 256 * 2**20)


def here(plan: Plan, blocks: Sequence[tuple[int, int]], keep: bool) -> Iterator[Block]:
    """Evaluate blocks in this process, one after the other."""
    for number, count in blocks:
        yield evaluate_block(plan, number, count, keep)


def on_cluster(client: Any, plan: Plan, blocks: Sequence[tuple[int, int]], keep: bool) -> Iterator[Block]:  # noqa: ANN401
    """Evaluate blocks on the workers of a Dask cluster, in whatever order they get done.

    Parameters
    ----------
    client : distributed.Client
        What is lost with a worker is evaluated again by another one.
    """
    from distributed import as_completed

    tasks = [blocks[start : start + BLOCKS_A_TASK] for start in range(0, len(blocks), BLOCKS_A_TASK)]
    shared = client.scatter(plan, broadcast=True, hash=False)
    futures = [client.submit(evaluate_blocks, shared, task, keep, pure=False) for task in tasks]
    try:
        # With results: what is done is fetched while the rest is worked on.
        done = as_completed(futures, with_results=True)  # type: ignore[no-untyped-call]  # Dask's own
        for future, found in done:
            yield from found
            future.release()
    finally:
        client.cancel(futures)


def joined(blocks: Sequence[Block], name: str) -> Array:
    """Return one output over all draws, in the order of the blocks."""
    return np.concatenate([block.outputs[name] for block in blocks])
