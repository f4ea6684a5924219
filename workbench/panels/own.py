"""The dashboard for figures of a viewer's own; nothing of them outlives the visit unless it is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import ipywidgets as widgets

from workbench.datasets.form_reading import FilledForm, filled_form
from workbench.errors import Fault, InputError, WorkbenchError
from workbench.panels import html
from workbench.panels.carried import Carried
from workbench.panels.download import DownloadBar
from workbench.panels.grid import EditColumn, EditGrid
from workbench.panels.guard import checked, guarded, keep_tracebacks
from workbench.panels.own_crosswalk import CrosswalkKind
from workbench.panels.own_keeping import KeepBox
from workbench.panels.own_kind import Kind, Worked, csv_of, file_stem
from workbench.panels.own_requests import RequestsKind
from workbench.panels.own_scores import ScoresKind
from workbench.panels.page import own_style, select
from workbench.panels.progress import Progress
from workbench.panels.rights import rights
from workbench.panels.shown import Shown, part, row
from workbench.panels.upload import Upload
from workbench.views import text_own
from workbench.views.own_faults import wrong_cells

WORDS: Final = text_own.PAGE


class OwnPage(Carried):
    """Bring, mend, run, take away."""

    def __init__(self) -> None:
        allowed = rights()
        self._kinds: dict[str, Kind] = {
            "requests": RequestsKind(), "scores": ScoresKind(), "crosswalk": CrosswalkKind(),
        }  # fmt: skip
        self._file = WORDS["typed"]
        self._sheet: str | None = None
        self._first_row = 2
        self._untouched = True
        self._left: dict[str, FilledForm] = {}
        self._worked: Worked | None = None
        self._error = part("wb-error-place")
        self._choice = select(WORDS["kind"], [(WORDS[name], name) for name in self._kinds], "requests")
        self._forms = DownloadBar({}, self._form_file)
        self._upload = Upload(self._brought, allowed.upload_megabytes)
        self._grid = EditGrid(self._edited)
        self._controls = row()
        self._run = button(WORDS["run"], lambda: guarded(self.run, self.tell))
        self._progress = Progress()
        self._finding = part("wb-own-finding")
        self._shown = Shown(self._result_file)
        self._keep = KeepBox(lambda: self._worked, lambda: self._file, self.tell)
        super().__init__(
            [
                *own_style(),
                _heading(WORDS["lead_store"] if allowed.store else WORDS["lead"]),
                row(self._choice),
                _title(WORDS["figures"]),
                self._forms,
                self._upload,
                self._grid,
                _title(WORDS["run_title"]),
                self._controls,
                self._error,
                self._progress,
                self._finding,
                self._shown,
                self._keep,
            ]
        )
        self.add_class("wb-page")
        keep_tracebacks(self.tell)
        self._choice.observe(lambda change: guarded(lambda: self._turn(change["old"]), self.tell), names="value")
        for kind in self._kinds.values():
            for control in kind.controls:
                control.observe(self._control_moved, names="value")
        guarded(self._begin, self.tell)

    @property
    def kind(self) -> Kind:
        """What the viewer works with."""
        return self._kinds[checked(self._choice.value, tuple(self._kinds), "kind of figures")]

    @property
    def form(self) -> FilledForm:
        """The cells as they stand now."""
        return FilledForm(
            form=self.kind.form, file=self._file, sheet=self._sheet, first_row=self._first_row, cells=self._grid.rows
        )

    def tell(self, words: str) -> None:
        """Show words in the fixed place for errors; empty words clear it."""
        self._error.value = html.error(words)

    def run(self) -> None:
        """Run the model on the cells, and show what comes of it."""
        self._clear()
        if not any(any(row) for row in self._grid.rows):
            raise InputError(WORDS["blank"])
        with self._progress.steps(WORDS["running"]):
            try:
                self.kind.judge(self.form)
                worked = self.kind.work(self.form)
            except WorkbenchError as refused:
                if self._mark(refused):
                    raise InputError(WORDS["mend"]) from None
                self._judge()  # what is wrong with no cell of the table stands above it alone
                raise
        self._grid.mark([])
        self._worked = worked
        self._finding.value = f"{html.section(WORDS['result_title'])}{html.finding(worked.content)}"
        self._shown.show(worked.content, worked.files)
        self._keep.offer()

    def _turn(self, before: str) -> None:
        """Turn to the kind that was chosen; what was written into the one before is there again later."""
        left = self._kinds.get(before)
        if left is not None and not self._untouched:
            self._left[before] = replace(self.form, form=left.form)
        self._begin()

    def _begin(self) -> None:
        """Begin with the kind that was chosen, anew or where its viewer left off."""
        kind = self.kind
        left = self._left.get(kind.form.name)
        self._file, self._sheet, self._first_row = WORDS["typed"], None, 2
        if left is not None:
            self._file, self._sheet, self._first_row = left.file, left.sheet, left.first_row
        self._controls.children = (*kind.controls, self._run)
        name = kind.form.name
        form = WORDS["form_crosswalk" if name == "crosswalk" else "form"]
        self._forms.offer({"form": form, "table": WORDS["table"]})
        self._upload.told = ""
        self._show(kind.start() if left is None else left.cells, self._first_row)
        self._untouched = left is None
        if left is not None:
            self._judge()

    def _show(self, rows: Sequence[Sequence[str]], first_row: int) -> None:
        kind = self.kind
        columns = [
            EditColumn(
                title=column.name.replace("_", " ").capitalize(),
                help=f"{column.help}." + (f" {', '.join(column.choices)}." if column.choices else ""),
                number=column.kind in ("number", "whole"),
                required=column.required,
                width=column.width,
            )
            for column in kind.form.columns
        ]
        caption = WORDS[f"caption_{kind.form.name}"]
        self._grid.show(columns, rows, caption=caption, first_row=first_row, most=kind.most)
        self._clear()
        self.tell("")

    def _brought(self, name: str, content: bytes) -> None:
        """Take a file that the viewer brought."""
        form = filled_form(content, name, self.kind.form.name)
        if not form.cells:
            raise InputError(Fault(what=WORDS["no_rows"], value=name, remedy=WORDS["no_rows_remedy"]))
        self._show(form.cells, form.first_row)
        # Only now: a file that the table refuses must not be named as the source of what stands there.
        self._file, self._sheet, self._first_row = form.file, form.sheet, form.first_row
        self._untouched = False
        self._judge()

    def _edited(self) -> None:
        self._untouched = False
        self._upload.told = ""
        self._clear()
        self._judge()

    def _judge(self) -> None:
        try:
            self.kind.judge(self.form)
        except WorkbenchError as refused:
            self._mark(refused)
        else:
            self._grid.mark([])

    def _mark(self, refused: WorkbenchError) -> bool:
        """Mark what is wrong; tell whether anything of it is a cell's own."""
        headings = self.kind.form.headings
        wrong = wrong_cells(refused.faults, headings, self._first_row, len(self._grid.rows))
        placed = any(one.row is not None for one in wrong)
        self._grid.mark(wrong if placed or not self._untouched else [])
        return placed

    def _control_moved(self, _change: Mapping[str, Any]) -> None:
        def follow() -> None:
            self._clear()
            if self._untouched:  # a plan has links of its own to begin with
                self._show(self.kind.start(), self._first_row)
            else:
                self._judge()

        guarded(follow, self.tell)

    def _clear(self) -> None:
        """Take away a result whose figures are no more."""
        self._worked = None
        self._finding.value = ""
        self._shown.clear()
        self._keep.clear()
        self.tell("")

    def _form_file(self, kind: str) -> tuple[str, bytes]:
        if kind == "form":
            return self.kind.blank()
        return f"{file_stem(self._file)}-{self.kind.form.name}.csv", csv_of(self.form).encode("utf-8-sig")

    def _result_file(self, kind: str) -> tuple[str, bytes]:
        if self._worked is None:
            raise InputError(WORDS["blank"])
        return self._worked.make(kind)


def button(label: str, action: Any) -> widgets.Button:  # noqa: ANN401 - takes no argument, gives nothing
    """Return a button; who adds it to a page guards what it does."""
    made = widgets.Button(description=label)
    made.add_class("wb-run")
    made.on_click(lambda _: action())
    return made


def own_panel() -> OwnPage:
    """Return the dashboard."""
    return OwnPage()


def _heading(lead: str) -> widgets.HTML:
    place = part("wb-heading")
    place.value = html.title(WORDS["title"], lead)
    return place


def _title(words: str) -> widgets.HTML:
    place = part("wb-own-title")
    place.value = html.section(words)
    return place
