from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import workbench as wb
from workbench.datasets import Package


@pytest.fixture(scope="session")
def plan() -> Package:
    return wb.open_package("opm-strategic-plan")


@pytest.fixture(scope="session")
def national() -> Package:
    return wb.open_package("national-budget")


def figures(*rows: dict[str, Any], **common: Any) -> pd.DataFrame:
    """Build rows of the one table: 2009/10, KES million and items unless said otherwise."""
    defaults = {"financial_year": "2009/10", "unit": "KES million", "line": "item", **common}
    return pd.DataFrame([{**defaults, **row} for row in rows])
