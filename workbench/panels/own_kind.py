"""What every kind of figures that a viewer brings can do: begin, be checked, be run, be kept."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import ipywidgets as widgets

from workbench.datasets.form_reading import FilledForm
from workbench.datasets.forms import Form
from workbench.datasets.safe_text import safe_text
from workbench.scenarios import Run
from workbench.views.content import PageContent


@dataclass(frozen=True, kw_only=True, eq=False)
class Keepable:
    """A run's figures as a scenario, so that the store can keep and anybody reproduce them.

    Attributes
    ----------
    model, base : str
    changes : mapping
        By dotted name.
    files : mapping of str to str
        The texts of the tables that the changes name.
    same : callable
        Tells whether a run of the scenario gave what is shown.
    """

    model: str
    base: str
    changes: Mapping[str, str | float]
    files: Mapping[str, str]
    same: Callable[[Run], bool]


@dataclass(frozen=True, kw_only=True, eq=False)
class Worked:
    """What came of a run: the page, the files that it is given as, and how it can be kept."""

    content: PageContent
    files: Mapping[str, str]
    make: Callable[[str], tuple[str, bytes]]
    kept: Keepable | None = None


class Kind(Protocol):
    """One kind of figures."""

    form: Form
    most: int

    @property
    def controls(self) -> Sequence[widgets.Widget]:
        """What the viewer chooses for a run."""
        ...

    def start(self) -> list[list[str]]:
        """Return the cells to begin with."""
        ...

    def blank(self) -> tuple[str, bytes]:
        """Return the name and bytes of the form to be filled in."""
        ...

    def judge(self, form: FilledForm) -> None:
        """Raise every fault of the cells, and let the controls follow what they hold."""
        ...

    def work(self, form: FilledForm) -> Worked:
        """Run the model on the cells; raise what cannot be."""
        ...


def csv_of(form: FilledForm) -> str:
    """Return a form's cells as the text of a CSV file that reads back in."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(form.form.headings)
    writer.writerows([safe_text(cell) for cell in row] for row in form.cells if any(row))
    return out.getvalue()


def line(label: str, hint: str = "") -> widgets.Text:
    """Return a labelled field for a short text."""
    field = widgets.Text(
        description=label, placeholder=hint, continuous_update=False, style={"description_width": "auto"}
    )
    field.add_class("wb-select")
    field.add_class("wb-text")
    return field


def file_stem(name: str) -> str:
    """Return a name that every system takes."""
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower()[:60] or "figures"
