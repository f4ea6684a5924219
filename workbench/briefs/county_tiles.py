"""The awards of the 47 counties on paper: equal tiles in their places, coloured and written on."""

from __future__ import annotations

from workbench.briefs.drawing import WIDTH, as_text, box, document, lines_of, write_text
from workbench.grants import GrantsResult
from workbench.views.grants import map_table, tile_colours
from workbench.views.numbers import number

TILE = (54.0, 33.0)
"""Points: a tile's width and height, the space beside it included."""


def tiles(result: GrantsResult) -> str:
    """Return the tile map of the awards as SVG; KES million by county."""
    table = map_table(result)
    width, height = TILE
    columns, rows = int(table["column"].max()), int(table["row"].max())
    left = (WIDTH - columns * width) / 2
    root = document(WIDTH, rows * height + 2)
    colours = tile_colours(table["value"].to_numpy(dtype="float64"))
    for line, (fill, ink) in zip(table.itertuples(index=False), colours, strict=True):
        place = (left + (int(str(line.column)) - 1) * width, (int(str(line.row)) - 1) * height + 1)
        box(root, place, (width - 2, height - 2), fill)
        middle = place[0] + (width - 2) / 2
        name = lines_of(str(line.county).replace("/", "/ "), width - 5, 7, 2)
        name = name if len(name) > 1 else [str(line.county)]
        for row, words in enumerate(name):
            size = "7" if len(name) == 1 else "6.3"
            top = place[1] + (11 if len(name) == 1 else 8 + 7 * row)
            write_text(root, (middle, top), words, text_anchor="middle", font_size=size, fill=ink)
        value = number(line.value, 1) or "?"
        write_text(root, (middle, place[1] + height - 7), value, text_anchor="middle", font_size="8.5", fill=ink,
                   font_weight="bold")  # fmt: skip
    return as_text(root)
