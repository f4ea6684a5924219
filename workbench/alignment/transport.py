"""The least money that has to move for one division of it to become another, and from where to where.

The total is fixed by the two divisions; among all plans with that total, the one is chosen in which money moves between
plan codes that the same sectors already serve (a transportation problem, solved with HiGHS).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Shillings = npt.NDArray[np.int64]


def unlikeness(money: npt.ArrayLike) -> Array:
    """Return how unlike the plan codes are in the sectors that serve them, from 0 (the same) to 1 (none in common).

    Parameters
    ----------
    money : (S, P) array
        KES by sector and plan code.

    Returns
    -------
    (P, P) array
        Half the sum of absolute differences of the codes' shares by sector; 1 where a code has no money.
    """
    columns = np.asarray(money, dtype=np.float64)
    whole = columns.sum(axis=0)
    profiles = np.divide(columns, whole, out=np.zeros_like(columns), where=whole > 0).T
    apart = np.abs(profiles[:, None, :] - profiles[None, :, :]).sum(axis=-1) / 2
    empty = whole <= 0
    apart[empty, :] = apart[:, empty] = 1.0
    np.fill_diagonal(apart, 0.0)
    return np.asarray(apart)


def least_moves(present: Shillings, wanted: Shillings, costs: npt.ArrayLike) -> Shillings:
    """Return the moves that turn one division of money into another.

    Parameters
    ----------
    present, wanted : (P,) int64
        Whole shillings; both add up to the same.
    costs : (P, P)
        What a shilling's move from one code to another costs; decides only between plans of the same least total.

    Returns
    -------
    (P, P) int64
        Shillings from the code of the row to that of the column; what a code gives and takes is never both.
    """
    if present.sum() != wanted.sum():
        raise ValueError("the two divisions must add up to the same")
    difference = present - wanted
    givers, takers = np.flatnonzero(difference > 0), np.flatnonzero(difference < 0)
    moves = np.zeros((len(present), len(present)), dtype=np.int64)
    if len(givers):
        supply, demand = difference[givers], -difference[takers]
        used = _used_routes(supply, demand, np.asarray(costs, dtype=np.float64)[np.ix_(givers, takers)])
        moves[np.ix_(givers, takers)] = _whole_flows(supply, demand, used)
    return moves


def _used_routes(supply: Shillings, demand: Shillings, costs: Array) -> Array:
    from scipy.optimize import linprog

    rows, columns = costs.shape
    route = np.arange(rows * columns)
    leaving, arriving = route // columns, rows + route % columns
    ends = np.zeros((rows + columns, len(route)))
    ends[leaving, route] = ends[arriving, route] = 1.0
    whole = float(supply.sum())
    solution = linprog(costs.ravel(), A_eq=ends, b_eq=np.concatenate([supply, demand]) / whole, method="highs-ds")
    if not solution.success:
        raise RuntimeError(f"the transportation problem was not solved: {solution.message}")
    # The solver keeps its bounds within a tolerance only: a flow of less than nothing is none.
    flows = np.asarray(solution.x, dtype=np.float64).clip(min=0.0)
    return flows.reshape(rows, columns) * whole


def _whole_flows(supply: Shillings, demand: Shillings, flows: Array) -> Shillings:
    """Turn the solver's flows into whole shillings, largest first; what rounding leaves over goes where room is."""
    left, room = supply.copy(), demand.copy()
    whole = np.zeros(flows.shape, dtype=np.int64)
    for place in np.argsort(-flows, axis=None, kind="stable"):
        giver, taker = divmod(int(place), flows.shape[1])
        amount = min(round(float(flows[giver, taker])), int(left[giver]), int(room[taker]))
        whole[giver, taker] += amount
        left[giver] -= amount
        room[taker] -= amount
    for giver in np.flatnonzero(left):
        for taker in np.argsort(-flows[giver], kind="stable"):
            amount = min(int(left[giver]), int(room[taker]))
            whole[giver, taker] += amount
            left[giver] -= amount
            room[taker] -= amount
    return whole
