"""The kept runs below a scenario: keep the one that is shown, list the last, approve one.

Every right is asked for again in the callbacks: what is shown or hidden guards nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import ipywidgets as widgets

from workbench.errors import Fault, InputError
from workbench.panels import html
from workbench.panels.guard import checked, guarded
from workbench.panels.rights import rights, unproved
from workbench.panels.shown import part, row
from workbench.panels.signing import Signing
from workbench.panels.table import Table
from workbench.scenarios import Record, Run, Store, open_store
from workbench.scenarios.reproducing import run_again
from workbench.scenarios.store.entry import RunEntry
from workbench.scenarios.store.trail import now
from workbench.views import text_scenarios
from workbench.views.content import Column, grid_of

WORDS: Final = text_scenarios.STORE
LAST: Final = 20
COLUMNS: Final = ("name", "scenario", "year", "status", "by", "at", "approved_by")


class StoreBox(widgets.VBox):
    """Kept runs.

    Parameters
    ----------
    answer : callable
        Returns the run that is shown, None where none is.
    changed : callable
        Called when the kept runs have changed, and once the first are known.
    """

    def __init__(self, answer: Callable[[], Run | None], changed: Callable[[], None]) -> None:
        super().__init__()
        self._answer, self._on_change = answer, changed
        self.entries: tuple[RunEntry, ...] = ()
        self._title = part("wb-own-title")
        self._title.value = html.section(WORDS["title"])
        self._error = part("wb-error-place")
        self._said = part("wb-said-place")
        self._signing = Signing()
        self._name, self._user = self._signing.name, self._signing.user
        self._save = _button(WORDS["save"])
        self._save.on_click(lambda _: self._do(self.save))
        self._table = Table()
        self._table.add_class("wb-table-place")
        self._choice = widgets.Dropdown(description=WORDS["choose"], options=(), style={"description_width": "auto"})
        self._choice.add_class("wb-select")
        self._approve = _button(WORDS["approve"])
        self._approve.on_click(lambda _: self._do(self.approve))
        self._right = part("wb-right-place")
        self.add_class("wb-keep")

    def save(self) -> None:
        """Keep the run that is shown, under a name and by the viewer's own.

        Raises
        ------
        NotAllowedError
            Where the server keeps nothing, or nobody signs.
        InputError
            Where nothing was run, or no name is given.
        """
        signed = self._signing.read()
        answer = self._answer()
        if answer is None:
            raise InputError(WORDS["stale"])
        record = replace(answer.record, made_by=signed.user, made_at=now())
        with open_store(signed.store, user=signed.user) as opened:
            entry = opened.save(record, name=signed.name)
            self._list(opened)
        self._said.value = html.said(WORDS["saved"].format(name=entry.name, id=entry.id, user=signed.user))

    def approve(self) -> None:
        """Approve the run that is chosen, by the name that the server knows.

        Raises
        ------
        NotAllowedError
            Where this viewer may not.
        InputError
            For a run of the viewer's own.
        StoreError
            Where the run is approved already.
        """
        allowed = rights()
        user = allowed.approving()
        if not self.entries:
            raise InputError(WORDS["none"])
        run = checked(self._choice.value, tuple(entry.id for entry in self.entries), "kept run")
        entry = next(one for one in self.entries if one.id == run)
        if entry.made_by in (user, unproved(user)):
            raise InputError(Fault(what=WORDS["own"], value=entry.name, remedy=WORDS["own_remedy"]))
        with open_store(allowed.kept_at(), user=user) as opened:
            entry = opened.approve(run)
            self._list(opened)
        self._said.value = html.said(WORDS["approved"].format(name=entry.name, user=user))

    def record(self, run: str) -> Record:
        """Return a kept run's record, one of those that are listed."""
        known = checked(run, tuple(entry.id for entry in self.entries), "kept run")
        with open_store(rights().kept_at()) as opened:
            return opened.record(known)

    def again(self, run: str) -> Run:
        """Return a kept run, one of those that are listed, run again from its record."""
        record = self.record(run)
        return run_again(record, next(entry for entry in self.entries if entry.id == run))

    def begin(self) -> None:
        """Show what the server keeps, or that it keeps nothing."""
        allowed = rights()
        if allowed.store is None:
            off = part("wb-right-place")
            off.value = html.plain(WORDS["off"])
            self.children = [self._title, off]
            return
        keep, approve = row(*self._signing.fields, self._save), row(self._choice, self._approve)
        right = WORDS["no_approver"] if allowed.approver is None else WORDS["approver"].format(user=allowed.approver)
        self._right.value = html.plain(right)
        self.children = [self._title, keep, self._error, self._said, self._table, self._right, approve]
        self.refresh()

    def refresh(self) -> None:
        """List what the store keeps now; a server that keeps nothing has no list."""
        if rights().store is None:
            return

        def read() -> None:
            with open_store(rights().kept_at()) as opened:
                self._list(opened)

        guarded(read, self._tell)

    def _do(self, action: Callable[[], None]) -> None:
        self._said.value = ""
        self._tell("")
        guarded(action, self._tell)

    def _tell(self, words: str) -> None:
        self._error.value = html.error(words)

    def _list(self, store: Store) -> None:
        self.entries = tuple(store.runs(LAST))
        columns = [Column(key=key, title=WORDS[key]) for key in COLUMNS]
        rows = [
            (
                one.name,
                one.scenario,
                one.financial_year or "",
                one.status,
                one.made_by,
                one.made_at[:16].replace("T", " "),
                one.approved_by,
            )
            for one in self.entries
        ]
        caption = WORDS["caption"] if rows else WORDS["empty"]
        self._table.show(grid_of(columns, rows, caption))
        drafts = [(one.name, one.id) for one in self.entries if one.status == "draft"]
        before = self._choice.value
        self._choice.options = drafts
        ids = [run for _, run in drafts]
        self._choice.value = before if before in ids else next(iter(ids), None)
        self._choice.disabled = not drafts
        self._on_change()


def _button(label: str) -> widgets.Button:
    made = widgets.Button(description=label)
    made.add_class("wb-run")
    return made
