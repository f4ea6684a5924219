"""``python -m tools.place_tiles``: place the tiles of the county map so that neighbours stay neighbours.

Reads ``data/counties/neighbours.csv`` and writes ``data/counties/tiles.csv``. The centres below are rough, to a quarter
of a degree, and serve to keep north above south and east right of west; no figure of the workbench stands on them.
"""

from __future__ import annotations

import csv
import math
import random

from tools.build_data.tables import DATA

SEED = 2010
STEPS = 1_500_000
COLUMNS, ROWS = 9, 11

# code: (longitude east, latitude north), in degrees
CENTRES = {
    1: (39.7, -4.0), 2: (39.2, -4.2), 3: (39.7, -3.2), 4: (39.3, -1.6), 5: (40.8, -2.0), 6: (38.4, -3.4),
    7: (40.3, -0.5), 8: (40.0, 1.8), 9: (41.0, 3.4), 10: (37.6, 2.9), 11: (38.4, 1.0), 12: (37.8, 0.2),
    13: (37.9, -0.2), 14: (37.6, -0.6), 15: (38.3, -1.4), 16: (37.4, -1.2), 17: (37.8, -2.2), 18: (36.5, -0.4),
    19: (36.9, -0.3), 20: (37.3, -0.5), 21: (37.0, -0.8), 22: (36.8, -1.1), 23: (35.4, 3.2), 24: (35.2, 1.7),
    25: (36.9, 1.4), 26: (35.0, 1.0), 27: (35.3, 0.5), 28: (35.5, 0.8), 29: (35.1, 0.2), 30: (35.9, 0.6),
    31: (36.8, 0.3), 32: (36.1, -0.4), 33: (35.5, -1.3), 34: (36.8, -2.1), 35: (35.3, -0.3), 36: (35.2, -0.8),
    37: (34.7, 0.4), 38: (34.7, 0.05), 39: (34.6, 0.7), 40: (34.2, 0.4), 41: (34.2, 0.0), 42: (34.8, -0.1),
    43: (34.4, -0.6), 44: (34.3, -1.0), 45: (34.8, -0.8), 46: (34.9, -0.6), 47: (36.9, -1.3),
}  # fmt: skip

Tile = tuple[int, int]


def read_neighbours() -> list[tuple[int, int]]:
    """Return the pairs of counties that share a border."""
    with (DATA / "counties" / "neighbours.csv").open(encoding="utf-8", newline="") as file:
        return [(int(row["code"]), int(row["neighbour"])) for row in csv.DictReader(file)]


def cost(tiles: dict[int, Tile], pairs: list[tuple[int, int]], home: dict[int, Tile]) -> float:
    """Say how bad a placement is: neighbours apart, directions turned, tiles far from where the county is."""
    return sum(_pair_cost(tiles, pair) for pair in pairs) + sum(_drift(tiles[code], home[code]) for code in tiles)


def _pair_cost(tiles: dict[int, Tile], pair: tuple[int, int]) -> float:
    (x1, y1), (x2, y2) = tiles[pair[0]], tiles[pair[1]]
    dx, dy = abs(x1 - x2), abs(y1 - y2)
    if dx + dy == 1:
        apart = 0.0
    elif max(dx, dy) == 1:
        apart = 1.0
    else:
        apart = 3.0 + 1.5 * (max(dx, dy) - 2)
    (e1, n1), (e2, n2) = CENTRES[pair[0]], CENTRES[pair[1]]
    east, south = e2 - e1, n1 - n2
    turned = max(0.0, -(x2 - x1) * math.copysign(1, east)) if abs(east) > 0.3 else 0.0
    turned += max(0.0, -(y2 - y1) * math.copysign(1, south)) if abs(south) > 0.3 else 0.0
    return apart + 1.2 * turned


def _drift(tile: Tile, home: Tile) -> float:
    return 0.12 * ((tile[0] - home[0]) ** 2 + (tile[1] - home[1]) ** 2)


def place() -> dict[int, Tile]:
    """Place the tiles by simulated annealing from a fixed seed."""
    chance = random.Random(SEED)  # noqa: S311 - a placement, not a secret
    pairs = read_neighbours()
    touching: dict[int, list[tuple[int, int]]] = {code: [pair for pair in pairs if code in pair] for code in CENTRES}
    ranks_east = {code: rank for rank, code in enumerate(sorted(CENTRES, key=lambda code: CENTRES[code][0]))}
    ranks_south = {code: rank for rank, code in enumerate(sorted(CENTRES, key=lambda code: -CENTRES[code][1]))}
    home = {
        code: (
            round(0.5 * ((CENTRES[code][0] - 34) / 7.2 + ranks_east[code] / 46) * (COLUMNS - 1)),
            round(0.5 * ((3.6 - CENTRES[code][1]) / 8 + ranks_south[code] / 46) * (ROWS - 1)),
        )
        for code in CENTRES
    }
    free = [(x, y) for x in range(COLUMNS) for y in range(ROWS)]
    tiles: dict[int, Tile] = {}
    for code in CENTRES:
        tiles[code] = min(free, key=lambda tile: (tile[0] - home[code][0]) ** 2 + (tile[1] - home[code][1]) ** 2)
        free.remove(tiles[code])
    at = {tile: code for code, tile in tiles.items()}
    codes = list(CENTRES)
    best, now = dict(tiles), cost(tiles, pairs, home)
    least = now
    for step in range(STEPS):
        heat = 3.0 * (1 - step / STEPS) ** 2 + 0.01
        code = chance.choice(codes)
        x, y = tiles[code]
        goal = (x + chance.randint(-2, 2), y + chance.randint(-2, 2))
        if goal == (x, y) or not (0 <= goal[0] < COLUMNS and 0 <= goal[1] < ROWS):
            continue
        other = at.get(goal)
        moved = [code] if other is None else [code, other]
        seen = {pair for one in moved for pair in touching[one]}

        def local(moved: list[int] = moved, seen: set[tuple[int, int]] = seen) -> float:
            return sum(_pair_cost(tiles, pair) for pair in seen) + sum(_drift(tiles[one], home[one]) for one in moved)

        before = local()
        tiles[code] = goal
        if other is not None:
            tiles[other] = (x, y)
        change = local() - before
        if change <= 0 or chance.random() < math.exp(-change / heat):
            at[goal] = code
            if other is None:
                del at[(x, y)]
            else:
                at[(x, y)] = other
            now += change
            if now < least - 1e-9:
                least, best = now, dict(tiles)
        else:
            tiles[code] = (x, y)
            if other is not None:
                tiles[other] = goal
    return best


def main() -> None:
    """Write ``tiles.csv`` and say how many neighbours touch."""
    tiles, pairs = place(), read_neighbours()
    left, top = min(x for x, _ in tiles.values()), min(y for _, y in tiles.values())
    text = "code,column,row\n" + "".join(
        f"{code},{x - left + 1},{y - top + 1}\n" for code, (x, y) in sorted(tiles.items())
    )
    (DATA / "counties" / "tiles.csv").write_text(text, encoding="utf-8", newline="\n")
    apart = [max(abs(tiles[a][0] - tiles[b][0]), abs(tiles[a][1] - tiles[b][1])) for a, b in pairs]
    sides = sum(abs(tiles[a][0] - tiles[b][0]) + abs(tiles[a][1] - tiles[b][1]) == 1 for a, b in pairs)
    print(f"{sides} of {len(pairs)} pairs share a side, {sum(one == 1 for one in apart)} touch")


if __name__ == "__main__":
    main()
