"""Financial years and shillings: parse, scale, format."""

from workbench.fiscal.money import UNITS, format_money, parse_money, parse_number, scale
from workbench.fiscal.year import FiscalYear

__all__ = ["UNITS", "FiscalYear", "format_money", "parse_money", "parse_number", "scale"]
