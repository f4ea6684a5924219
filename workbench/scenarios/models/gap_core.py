"""The gap model over many draws at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.allocation import find_rule
from workbench.errors import Fault, InputError
from workbench.fiscal import UNITS
from workbench.gap import Gap
from workbench.scenarios.models.base import Core, Floats, NotDrawnError, Output, Parameter, Value
from workbench.scenarios.models.gap_figures import PLURALS, named

_MOVES = ("cut.percent", "development.least_percent", "extra.amount")


class GapCore:
    """Two stages of one year, line by line, with what is drawn in the place of what they say."""

    def __init__(self, result: Gap, parameters: Mapping[str, Parameter], values: Mapping[str, Value]) -> None:
        known = result.lines[(result.lines["stands_on"] == "both")].reset_index(drop=True)
        self.lines = known[known["requirement"].notna() & known["allocation"].notna()].reset_index(drop=True)
        self.names = tuple(named(self.lines))
        self.left_out = len(result.lines) - len(self.lines)
        self.parameters, self.values = parameters, values
        self.stages = [PLURALS.get(stage, stage) for stage in result.stages]
        self.year = str(self.lines["financial_year"].iloc[0]) if len(self.lines) else ""

    def core(self, drawn: frozenset[str]) -> Core:
        """Return the core, or refuse what cannot be drawn."""
        if self.left_out:
            what = f"has {self.left_out} lines that are not known on both sides, and cannot be drawn over"
            raise InputError(Fault(what=what, value=" against ".join(self.stages)))
        if "development.least_percent" in {*drawn, *self.values}:
            self._refuse_unclassed()
        places = {name: self._place(name) for name in drawn if name not in _MOVES}
        refused = sorted(name for name, place in places.items() if place is None)
        if refused:
            remedy = f"draw figures of {' or '.join(self.stages)} in {self.year}, {' or '.join(_MOVES)}"
            raise NotDrawnError(refused, remedy)
        self.places = {name: place for name, place in places.items() if place is not None}
        outputs = (
            Output("coverage", "Coverage of a line", "", "line", self.names),
            Output("allocated", "Allocation of a line", "KES", "line", self.names),
            Output("requirement", "Requirement", "KES", better="less"),
            Output("allocation", "Allocation", "KES"),
            Output("gap", "Gap", "KES", better="less"),
            Output("lowest_coverage", "Lowest coverage of a line", ""),
        )
        return Core(outputs, self.evaluate, drawn)

    def _place(self, name: str) -> tuple[int, int, int] | None:
        """Return the side, the line and the unit of a figure, or None where it is no figure of these two stages."""
        for side, stage in enumerate(self.stages):
            amounts = self.lines["requirement" if side == 0 else "allocation"]
            for place, line in enumerate(self.names):
                parts = [one.replace(".", "") for one in line.split(" / ")]
                if name == ".".join([stage, *parts, self.year]):
                    unit = UNITS[self.parameters[name].unit]
                    stated = self.parameters[name].value
                    whole = float(stated) * unit if isinstance(stated, (int, float)) else np.nan
                    set_here = self.values.get(name)
                    whole = float(set_here) * unit if isinstance(set_here, (int, float)) else whole
                    return (side, place, unit) if abs(whole - amounts.iloc[place]) < 0.01 else None
        return None

    def evaluate(self, drawn: Mapping[str, Floats], count: int) -> Mapping[str, npt.NDArray[Any]]:
        """Work out every draw: the outputs by line (count, lines), the others (count,)."""
        sides = [
            np.repeat(self.lines[column].to_numpy(np.float64)[None, :], count, axis=0)
            for column in ("requirement", "allocation")
        ]
        for name, (side, place, unit) in self.places.items():
            sides[side][:, place] = np.maximum(drawn[name], 0.0) * unit
        required, allocated = sides
        allocated = self._cut(allocated, drawn)
        allocated = self._development(allocated, drawn)
        allocated = self._extra(required, allocated, drawn)
        coverage = np.divide(allocated, required, out=np.full_like(required, np.nan), where=required > 0)
        return {
            "coverage": coverage,
            "allocated": allocated,
            "requirement": required.sum(axis=-1),
            "allocation": allocated.sum(axis=-1),
            "gap": required.sum(axis=-1) - allocated.sum(axis=-1),
            "lowest_coverage": np.nanmin(coverage, axis=-1),
        }

    def _cut(self, allocated: Floats, drawn: Mapping[str, Floats]) -> Floats:
        percent = drawn.get("cut.percent", np.float64(self.values.get("cut.percent", 0)))
        if not np.any(percent):
            return allocated
        envelope = allocated.sum(axis=-1) * (1 - np.clip(percent, 0, 100) / 100)
        rule = find_rule(str(self.values.get("cut.rule", "proportional")))
        return np.asarray(rule(np.minimum(envelope, allocated.sum(axis=-1)), allocated))

    def _development(self, allocated: Floats, drawn: Mapping[str, Floats]) -> Floats:
        """Raise development to its least share, each line of either class in proportion, as a run does."""
        least = drawn.get("development.least_percent", np.float64(self.values.get("development.least_percent", 0)))
        if not np.any(least):
            return allocated
        is_development = self.lines["economic_class"].eq("development").to_numpy()
        whole = allocated.sum(axis=-1)
        development = allocated[:, is_development].sum(axis=-1)
        wanted = np.maximum(development, whole * np.clip(least, 0, 100) / 100)
        recurrent = whole - development
        # Nothing can be raised in proportion from nothing; then the draw stays as it is.
        up, down = (
            np.divide(after, before, out=np.ones_like(whole), where=(before > 0) & (development > 0))
            for after, before in ((wanted, development), (whole - wanted, recurrent))
        )
        factors: Floats = np.where(is_development[None, :], up[:, None], down[:, None])
        return allocated * factors

    def _refuse_unclassed(self) -> None:
        classes = set(self.lines["economic_class"])
        if "development" not in classes or not classes <= {"development", "recurrent"}:
            what = "needs lines that are all recurrent or development"
            raise InputError(Fault(what=what, value="development.least_percent",
                                   remedy="choose a table that has both"))  # fmt: skip

    def _extra(self, required: Floats, allocated: Floats, drawn: Mapping[str, Floats]) -> Floats:
        extra = drawn.get("extra.amount", np.float64(self.values.get("extra.amount", 0)))
        if not np.any(extra):
            return allocated
        gaps = np.maximum(required - allocated, 0.0)
        # More than all gaps together cannot be shared among them; what is too much is not handed out.
        envelope = np.clip(np.broadcast_to(extra, len(gaps)), 0.0, gaps.sum(axis=-1))
        rule = find_rule(str(self.values.get("extra.rule", "proportional")))
        return np.asarray(allocated + rule(envelope, gaps))
