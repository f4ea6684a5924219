"""Units of money as people write them in a column of their own."""

from __future__ import annotations

import pytest

from workbench.fiscal.units import size_as_written


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ("KES", 1), ("Kshs.", 1), ("ksh", 1), (" KES million ", 10**6), ("KSh mn", 10**6), ("Kshs. Millions", 10**6),
        ("KES bn.", 10**9), ("Sh trillion", 10**12), ("KSh '000", 1000),
        ("", None), ("million", None), ("USD million", None), ("KESS", None), ("KES zillion", None),
    ],
)  # fmt: skip
def test_units_as_written(written: str, size: int | None) -> None:
    assert size_as_written(written) == size
