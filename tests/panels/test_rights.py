"""Who may keep and approve is the server's to say, and nobody may without being told."""

from __future__ import annotations

import pytest

from workbench.panels.rights import (
    APPROVERS,
    SIGNED_IN,
    STORE,
    UPLOAD,
    NotAllowedError,
    Rights,
    hand_to_kernels,
    rights,
)


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    for name in (STORE, APPROVERS, SIGNED_IN, UPLOAD):
        monkeypatch.setenv(name, "")


def test_without_a_server_nothing_is_kept_and_nobody_approves():
    assert rights() == Rights()
    with pytest.raises(NotAllowedError, match="keeps nothing"):
        rights().kept_at()
    with pytest.raises(NotAllowedError, match="keeps nothing"):
        rights().approving()


def test_what_the_server_says_reaches_the_kernels():
    hand_to_kernels("postgresql://treasury:secret@db/runs", ("Wanjiku, CBS", "Otieno"), 7)
    said = Rights("postgresql+psycopg://treasury:secret@db/runs", ("Wanjiku, CBS", "Otieno"), None, 7)
    assert rights() == said
    hand_to_kernels(None, (), 5)
    assert rights() == Rights()


def test_a_relative_store_is_the_same_file_from_every_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    hand_to_kernels("runs.sqlite3", (), 5)
    assert rights().store == f"sqlite:///{tmp_path / 'runs.sqlite3'}"


@pytest.mark.parametrize(
    ("approvers", "signed_in", "name"),
    [
        ((), None, None),
        (("Wanjiku",), None, "Wanjiku"),
        (("Wanjiku", "Otieno"), None, None),
        (("Wanjiku",), "wanjiku", None),
        (("Wanjiku", "Otieno"), "Otieno", "Otieno"),
        ((), "Otieno", None),
    ],
)
def test_only_a_named_approver_approves(approvers, signed_in, name):
    assert Rights("runs.sqlite3", approvers, signed_in).approver == name
    assert Rights(None, approvers, signed_in).approver is None
    if name is None:
        with pytest.raises(NotAllowedError, match="may not approve"):
            Rights("runs.sqlite3", approvers, signed_in).approving()
    else:
        assert Rights("runs.sqlite3", approvers, signed_in).approving() == name


def test_a_login_signs_and_a_typed_name_is_marked_as_unproved():
    assert Rights(signed_in="otieno").signature("Wanjiku") == "otieno"
    assert Rights().signature("  Wanjiku\tw. ") == "Wanjiku w. (name not checked)"


@pytest.mark.parametrize("typed", ["", "   ", "x" * 81, "a\x00b"])
def test_no_name_is_no_signature(typed):
    with pytest.raises(NotAllowedError, match="A name is needed"):
        Rights().signature(typed)
