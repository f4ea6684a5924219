"""Round a table's cells to whole shillings so that every sum over it stays within a shilling of the exact one.

The cells are rounded down or up, and so is the sum of every group of them that is named. Where the groups form two
families, each of them nested (a line within its sector within the whole; a cell within its plan sector within what is
linked), such a rounding always exists: the constraints are totally unimodular, so that the integer programme is as easy
as a linear one. Cox (1987), "A constructive procedure for unbiased controlled rounding"; Edmonds (1970) on two nested
families.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

Shillings = npt.NDArray[np.int64]
Group = Sequence[int]
"""The positions of the cells that are added up."""

ORDER_WEIGHT = 1e-6
"""What the order of the cells weighs against a shilling: it decides between equal remainders only."""


def half_up(amount: Fraction) -> int:
    """Round to the nearest whole shilling, halves up, as people do."""
    return math.floor(amount + Fraction(1, 2))


def whole_shillings(cells: Sequence[Fraction], groups: Iterable[Group]) -> Shillings:
    """Round cells to whole shillings; their total is the exact one to the nearest shilling.

    Parameters
    ----------
    cells : (R,) sequence of Fraction
        KES, none negative.
    groups : iterable of sequences of int
        Positions of cells whose sums are to be rounded down or up too; two nested families of them at most.

    Returns
    -------
    (R,) int64
        KES. Of all such roundings, the one in which the largest remainders are rounded up; of equal ones the first.
    """
    floors = [math.floor(cell) for cell in cells]
    amounts = np.array(floors, dtype=np.int64)
    remainders = {place: cell - floor for place, (cell, floor) in enumerate(zip(cells, floors, strict=True))}
    open_cells = [place for place, remainder in remainders.items() if remainder]
    if not open_cells:
        return amounts
    up = half_up(sum(cells, Fraction())) - sum(floors)
    bounds = [(tuple(open_cells), up, up)]
    for group in groups:
        rounded = tuple(place for place in group if remainders[place])
        if len(rounded) > 1:
            left = sum((remainders[place] for place in rounded), Fraction())
            bounds.append((rounded, math.floor(left), math.ceil(left)))
    weights = np.array([float(remainders[place]) for place in open_cells])
    amounts[open_cells] += _rounded_up(open_cells, weights, bounds)
    return amounts


def _rounded_up(
    open_cells: Sequence[int], weights: npt.NDArray[np.float64], bounds: Sequence[tuple[Group, int, int]]
) -> Shillings:
    """Choose the cells that are rounded up: 1 for each, 0 for the others."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    column = {place: number for number, place in enumerate(open_cells)}
    rows = np.repeat(np.arange(len(bounds)), [len(group) for group, _, _ in bounds])
    columns = np.array([column[place] for group, _, _ in bounds for place in group])
    sums = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(bounds), len(open_cells)))
    order = ORDER_WEIGHT * np.arange(len(open_cells)) / len(open_cells)
    solution = milp(
        order - weights,
        integrality=np.ones(len(open_cells), dtype=np.int64),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(sums, [low for _, low, _ in bounds], [high for _, _, high in bounds]),
    )
    if not solution.success:
        raise RuntimeError(f"the rounding to whole shillings was not found: {solution.message}")
    chosen: Shillings = np.rint(solution.x).astype(np.int64)
    return chosen
