"""Financial years and shillings: parse, scale, format."""

from workbench.fiscal.money import (
    UNITS,
    fitting_unit,
    format_money,
    parse_money,
    parse_number,
    scale,
    table_unit,
)
from workbench.fiscal.year import FiscalYear

__all__ = [
    "UNITS",
    "FiscalYear",
    "fitting_unit",
    "format_money",
    "parse_money",
    "parse_number",
    "scale",
    "table_unit",
]
