"""Claims in ascending order together with the places that they came from, faster than a sort of the indices."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from workbench.allocation.problems import Array


def ascending(claims: Array) -> tuple[npt.NDArray[np.int64], Array]:
    """Sort each row and remember where its numbers stood.

    Parameters
    ----------
    claims : ndarray, shape (b, n)
        None negative.

    Returns
    -------
    places : ndarray of int64, shape (b, n)
        Positions in the flattened ``claims``.
    values : ndarray, shape (b, n)
        ``claims.reshape(-1)[places]``: exact, ascending but for neighbours that differ by less than one part in 10^13.

    Notes
    -----
    Floats that are not negative sort like their bits read as integers. The lowest bits are replaced by the column, so
    one plain sort, several times faster than ``argsort``, carries the column along.
    """
    rows, n = claims.shape
    start = np.arange(rows, dtype=np.int64)[:, None] * n
    if n > 256:
        places = np.argsort(claims, axis=-1) + start
    else:
        low = (1 << max(1, (n - 1).bit_length())) - 1
        # Adding zero turns a negative zero, whose bits would sort first of all, into a positive one.
        keys = (claims + 0.0).view(np.int64)
        keys &= ~low
        keys |= np.arange(n)
        keys.sort(axis=-1)
        keys &= low
        places = keys
        places += start
    flat = np.ascontiguousarray(claims).reshape(-1)
    return places, np.take(flat, places, mode="clip")
