"""The home page's news are the changelog's first version, in words for readers."""

from __future__ import annotations

import pytest

from workbench.serving.news import news
from workbench.serving.places import changelog

WRITTEN = """# Changelog

Words.

## 2.0.0

- **Gap**: any two stages,
  of a vote; more of it. `workbench gap`, `stages`.
- **Audit** of a table. It adds up.
- **Funding** (`wb.fund`): envelopes.
- **Speed** and `workbench serve` is faster.

## 1.0.0

- **Old** things.
"""


@pytest.fixture
def told(tmp_path):
    file = tmp_path / "CHANGELOG.md"
    file.write_text(WRITTEN, encoding="utf-8")
    return news(file)


def test_the_first_version_is_told_up_to_the_first_stop_and_without_commands(told):
    assert told.version == "2.0.0"
    assert told.entries == (
        ("Gap", ": any two stages, of a vote"),
        ("Audit", " of a table"),
        ("Funding", ": envelopes"),
        ("Speed", " and"),
    )


def test_every_entry_of_the_own_changelog_is_told():
    told = news(changelog())
    newest = changelog().read_text(encoding="utf-8").split("\n## ")[1]
    assert len(told.entries) == newest.count("\n- ") > 5
    assert told.version.startswith("0.1.0")
    assert all(says and "`" not in says for _, says in told.entries)
