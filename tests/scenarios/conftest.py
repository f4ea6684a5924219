"""What tests of scenarios share."""

from __future__ import annotations

import pytest


@pytest.fixture
def write(tmp_path):
    """Write a scenario file and give its path."""

    def written(text, name="own.yaml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written
