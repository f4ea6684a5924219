"""A file is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.datasets.write_file import write_whole
from workbench.errors import InputError


def test_a_file_and_what_a_link_points_to_are_replaced(tmp_path: Path) -> None:
    kept, link = tmp_path / "kept.csv", tmp_path / "link.csv"
    write_whole(kept, b"old")
    link.symlink_to(kept)
    write_whole(link, b"new")
    assert kept.read_bytes() == b"new"
    assert link.is_symlink()
    assert len(list(tmp_path.iterdir())) == 2


def test_what_stood_there_stands_there_still_and_nothing_lies_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept.csv"
    kept.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError, match=r"cannot be written: No space left on device"):
        write_whole(kept, b"new")
    assert kept.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [kept]
