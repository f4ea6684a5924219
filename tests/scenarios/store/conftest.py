"""Every test of the store runs on both real databases."""

from __future__ import annotations

import pytest

from tests.scenarios.samples import sample_record
from workbench.scenarios.store import open_store


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def address(request, tmp_path):
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_url")
    return f"sqlite:///{tmp_path / 'store.sqlite3'}"


@pytest.fixture
def store(address):
    with open_store(address, user="wanjiku") as opened:
        yield opened


@pytest.fixture
def kept(store):
    """A run that somebody has kept."""
    return store.save(sample_record(), name="first", tags=["review"])
