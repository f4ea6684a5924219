"""A crosswalk of a viewer's own, from the budget's lines to a plan."""

from __future__ import annotations

from functools import cache
from typing import Final

from workbench.alignment import align
from workbench.alignment.wording import Open, open_work
from workbench.datasets.crosswalk import Crosswalk
from workbench.datasets.crosswalk_form import crosswalk_form
from workbench.datasets.form_reading import FilledForm
from workbench.datasets.forms import find_form
from workbench.panels.alignment import PACKAGE, plans, sector_names, stages
from workbench.panels.files import KINDS, file_of
from workbench.panels.guard import checked
from workbench.panels.own_kind import Keepable, Worked
from workbench.panels.page import select
from workbench.panels.sources import with_titles
from workbench.views import text, text_own
from workbench.views.alignment_page import PICTURES, alignment_page
from workbench.views.own_models import changed_shares, own_crosswalk, with_given

WORDS: Final = text_own.CROSSWALK


@cache
def shipped(plan: str) -> Open:
    """Return a plan list with its links, as they are shipped."""
    return open_work(plan=plan)


class CrosswalkKind:
    """A crosswalk from the budget's lines to a plan."""

    def __init__(self) -> None:
        self.form = find_form("crosswalk")
        self.most = 500
        first = next(iter(plans()))
        self._plan = select(WORDS["plan"], [(title, name) for name, title in plans().items()], first)
        self._stage = select(WORDS["stage"], [(text.STAGES[name], name) for name in stages()], stages()[0])
        self.controls = (self._plan, self._stage)

    def _chosen(self) -> str:
        plan: str = checked(self._plan.value, tuple(plans()), "plan list")
        return plan

    def start(self) -> list[list[str]]:
        """Return the shipped links of the plan."""
        bridge = shipped(self._chosen()).crosswalk
        table = bridge.table[self.form.headings]
        return [["" if cell is None else _plain(cell) for cell in row] for row in table.to_numpy().tolist()]

    def blank(self) -> tuple[str, bytes]:
        """Return the form with the links that are shipped."""
        work = shipped(self._chosen())
        labels = dict(zip(work.plan["plan_code"], work.plan["label"], strict=True))
        return f"crosswalk-{self._chosen()}.xlsx", crosswalk_form(work.crosswalk, labels, work.unmapped)

    def judge(self, form: FilledForm) -> None:
        """Check the cells against the budget and the plan."""
        self._read(form, shipped(self._chosen()))

    def _read(self, form: FilledForm, work: Open) -> Crosswalk:
        return own_crosswalk(form, list(work.labels), list(work.plan["plan_code"]))

    def work(self, form: FilledForm) -> Worked:
        """Align the budget with the plan."""
        plan, stage = self._chosen(), checked(self._stage.value, stages(), "stage of the budget")
        work = shipped(plan)
        bridge = self._read(form, work)
        result = align(plan=plan, stage=stage, crosswalk=bridge)
        amounts = result.by_plan["budget_amount"].tolist()
        kept = Keepable(
            model="alignment",
            base=PACKAGE,
            changes={"plan": plan, "stage": stage, **changed_shares(bridge, work.crosswalk)},
            files={},
            same=lambda run: run.tables["by_plan"]["budget_amount"].tolist() == amounts,
        )
        page = alignment_page(result, PICTURES[0], plans()[plan], sector_names())
        called = f"own-{plan}-{stage}"
        return Worked(
            content=with_given(with_titles(page), form.file),
            files=KINDS,
            make=lambda kind: file_of(result, kind, called),
            kept=kept,
        )


def _plain(cell: object) -> str:
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)
