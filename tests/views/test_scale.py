"""A page's unit changes how its money is written, and no figure."""

import re

import pytest

from workbench.errors import UnknownNameError
from workbench.panels import alignment, gap, grants
from workbench.views.scale import OFFERED

PAGES = {"gap": gap, "alignment": alignment, "grants": grants}
SIZES = {"KSh": 1, "KSh million": 1e6, "KSh billion": 1e9}


def content(page, unit):
    return page.content_of(*page.first_choice()[:-1], unit)


def money_of(shown):
    """The headline figures and the table's money in KES, each with half of its last digit."""
    found = {}
    for card in shown.cards:
        if card.unit in SIZES:
            found[card.label] = amount(card.value, card.unit)
    for place, column in enumerate(shown.grid.columns):
        unit = next((unit for unit in sorted(SIZES, key=len, reverse=True) if column.title.endswith(unit)), None)
        for row in shown.grid.rows:
            if unit and row[place]:
                found[row[0], column.key] = amount(row[place], unit)
    return found


def amount(written, unit):
    digits = written.replace(",", "").replace("\u2212", "-")
    decimals = len(digits.partition(".")[2])
    return float(digits) * SIZES[unit], 0.5 * 10**-decimals * SIZES[unit]


@pytest.mark.parametrize("unit", OFFERED[1:])
@pytest.mark.parametrize("page", PAGES)
def test_the_same_money_stands_on_the_page_in_every_unit(page, unit):
    precise, shown = (money_of(content(PAGES[page], one)) for one in ("KES", unit))
    assert len(shown) > 10
    assert set(shown) == set(precise)
    for name, (value, half) in shown.items():
        assert abs(value - precise[name][0]) <= half + precise[name][1], name


@pytest.mark.parametrize("page", PAGES)
def test_the_table_and_the_headline_are_in_the_unit_that_was_asked_for(page):
    shown = content(PAGES[page], "KES million")
    units = {card.unit for card in shown.cards if card.unit.startswith("KSh")}
    titles = {match[0] for column in shown.grid.columns for match in [re.search(r"KSh.*$", column.title)] if match}
    assert units == titles == {"KSh million"}


@pytest.mark.parametrize("page", PAGES)
def test_a_unit_that_is_none_is_refused(page):
    with pytest.raises(UnknownNameError, match="KES million"):
        content(PAGES[page], "KES milion")
