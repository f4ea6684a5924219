"""The grants model over many draws at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.grants.batch import Draws, draws_of_level, refuse_unvectorised
from workbench.grants.design import Design
from workbench.grants.facts import COUNTIES
from workbench.grants.level import CountyInputs, gate_states
from workbench.grants.scores import MET
from workbench.grants.settings import Setting
from workbench.grants.terms import LevelTerms
from workbench.scenarios.models.base import Core, Floats, NotDrawnError, Output

_RATE = "fx.kes_per_usd"


class GrantsCore:
    """A design in one year, with what is drawn in the place of what it says."""

    def __init__(
        self, design: Design, year: str, terms: list[LevelTerms], inputs: CountyInputs, settings: Mapping[str, Setting]
    ) -> None:
        self.design, self.year, self.terms, self.inputs, self.settings = design, year, terms, inputs, settings
        self.paying = [level for level in terms if level.pool is not None]

    def core(self, drawn: frozenset[str]) -> Core:
        """Return the core, or refuse what cannot be drawn."""
        for level in self.paying:
            refuse_unvectorised(level)
        allowed = {_RATE, *(f"{level.name}.{name}" for level in self.paying for name in ("pool", "per_county"))}
        allowed |= {f"{level.name}.per_county_usd" for level in self.paying}
        allowed |= {f"{level.name}.{name}" for level in self.paying if level.level.parts for name in ("floor", "cap")}
        allowed |= {name for level in self.paying if (name := _shape_of(level))}
        allowed |= {f"{kind}.{county}" for kind in ("scores", "conditions") for county in self.inputs.names}
        refused = sorted(drawn - allowed)
        if refused:
            remedy = (
                "draw the exchange rate, a pool, an amount, a floor or cap, the curve in use, a score or a condition"
            )
            raise NotDrawnError(refused, remedy)
        outputs = (
            Output("award", "Award", "KES", "county", self.inputs.names),
            Output("awarded", "Awarded", "KES"),
            Output("counties_paid", "Counties awarded", "counties"),
            Output("short", "Short of what the formula gives", "KES", better="less"),
            Output("unallocated", "Unallocated", "KES", better="less"),
            Output("missed", "Promised and not there, or there and not promised", "KES", better="less"),
        )
        return Core(outputs, self.evaluate, drawn)

    def evaluate(self, drawn: Mapping[str, Floats], count: int) -> Mapping[str, npt.NDArray[Any]]:
        """Work out every draw's awards: ``award`` (count, 47), the others (count,)."""
        scores = self._scores(drawn, count)
        total: npt.NDArray[np.int64] | None = None
        pools = np.zeros(count, dtype=np.int64)
        asked = np.zeros(count)
        for level in self.paying:
            # A level in which nothing is drawn is worked out once, not once a draw.
            draws = self._draws(level, drawn, count if self._varies(level, drawn) else 1, scores)
            awards, wanted = draws_of_level(level, self.inputs, draws)
            pools = pools + (np.int64(level.pool or 0) if draws.pool is None else draws.pool)
            asked = asked + wanted
            total = awards if total is None else total + awards
        award = np.zeros((count, COUNTIES), dtype=np.int64) if total is None else total
        if len(award) != count:
            award = np.repeat(award, count, axis=0)
        awarded = award.sum(axis=-1)
        short = np.maximum(np.rint(asked).astype(np.int64) - awarded, 0)
        unallocated = pools - awarded
        return {
            "award": award,
            "awarded": awarded,
            "counties_paid": np.count_nonzero(award, axis=-1),
            "short": short,
            "unallocated": unallocated,
            "missed": short + unallocated,
        }

    def _varies(self, level: LevelTerms, drawn: Mapping[str, Floats]) -> bool:
        kinds = {name.partition(".")[0] for name in drawn}
        gated = any(gate.column for gate in level.level.gates.values())
        return (
            _by_score(level)
            or (gated and "conditions" in kinds)
            or level.name in kinds
            or self._per_county(level, drawn) is not None
        )

    def _draws(self, level: LevelTerms, drawn: Mapping[str, Floats], count: int, scores: Floats | None) -> Draws:
        per_county = self._per_county(level, drawn)
        whole = _whole(drawn.get(f"{level.name}.pool"))
        if whole is None and per_county is not None and level.level.pool is None and not self._is_set(level, "pool"):
            whole = per_county * COUNTIES
        qualifies = self._qualifies(level, drawn, scores, count)
        return Draws(
            qualifies,
            scores if level.level.scored else None,
            whole,
            per_county,
            floor=_whole(drawn.get(f"{level.name}.floor")),
            cap=_whole(drawn.get(f"{level.name}.cap")),
            # A threshold of 100 points would leave no score above it.
            threshold=_clipped(drawn.get(f"{level.name}.curve.threshold"), 99.9),
            exponent=_clipped(drawn.get(f"{level.name}.curve.exponent"), 50.0),
        )

    def _is_set(self, level: LevelTerms, name: str) -> bool:
        return f"{level.name}.{name}" in self.settings

    def _per_county(self, level: LevelTerms, drawn: Mapping[str, Floats]) -> npt.NDArray[np.int64] | None:
        """Return the amount a county as drawn, in dollars times the rate where one of the two is drawn."""
        if (direct := drawn.get(f"{level.name}.per_county")) is not None:
            return _whole(direct)
        published = level.level.per_county_usd
        figure = None if published is None else published.by_year.get(self.year)
        dollars: Any = drawn.get(f"{level.name}.per_county_usd", self.settings.get(f"{level.name}.per_county_usd"))
        if dollars is None and figure is not None and (_RATE in drawn or _RATE in self.settings):
            dollars = figure.value
        varies = _RATE in drawn or f"{level.name}.per_county_usd" in drawn
        if dollars is None or not varies or self._is_set(level, "per_county"):
            return None
        rate: Any = drawn.get(_RATE)
        if rate is None:
            dated = self.design.fx["kes_per_usd"].by_year.get(self.year)
            rate = np.float64(self.settings.get(_RATE, dated.value if dated is not None else np.nan))
        amount: npt.NDArray[np.int64] = np.rint(np.asarray(dollars, dtype=np.float64) * rate).astype(np.int64)
        return amount

    def _qualifies(
        self, level: LevelTerms, drawn: Mapping[str, Floats], scores: Floats | None, count: int
    ) -> npt.NDArray[np.bool_]:
        columns = [place for place, name in enumerate(self.inputs.names) if f"conditions.{name}" in drawn]
        qualifies = np.ones((1, COUNTIES), dtype=np.bool_)
        for gate in level.level.gates.values():
            if gate.least_score is not None and scores is not None:
                # An unknown score is not met: NaN is at least nothing.
                qualifies = qualifies & (scores >= gate.least_score)
                continue
            held = np.array([one == MET for one in gate_states(gate, self.inputs)])
            if gate.column is not None and columns:
                # A drawn condition takes the place of what the form says.
                held = np.repeat(held[None, :], count, axis=0)
                for place in columns:
                    held[:, place] = drawn[f"conditions.{self.inputs.names[place]}"] > 0.5
            qualifies = qualifies & held
        return np.broadcast_to(qualifies, (count, COUNTIES))

    def _scores(self, drawn: Mapping[str, Floats], count: int) -> Floats | None:
        columns = [place for place, name in enumerate(self.inputs.names) if f"scores.{name}" in drawn]
        if not any(_by_score(level) for level in self.paying):
            return None
        scores = np.repeat(self.inputs.scores[None, :], count, axis=0)
        for place in columns:
            scores[:, place] = np.clip(drawn[f"scores.{self.inputs.names[place]}"], 0.0, 100.0)
        return scores


def _whole(drawn: Floats | None) -> npt.NDArray[np.int64] | None:
    """Return whole shillings, none below nil."""
    return None if drawn is None else np.rint(np.maximum(drawn, 0)).astype(np.int64)


def _clipped(drawn: Floats | None, most: float) -> Floats | None:
    return None if drawn is None else np.clip(drawn, 0.0, most)


def _by_score(level: LevelTerms) -> bool:
    """Return whether scores move a level's money, in its formula or at a gate."""
    return level.level.scored or any(gate.least_score is not None for gate in level.level.gates.values())


def _shape_of(level: LevelTerms) -> str:
    """Return the setting that shapes the curve in use, or nothing where the curve has none."""
    curve = level.level.curve if level.level.scored else None
    shape = {"threshold": "threshold", "power": "exponent"}.get(curve.kind) if curve is not None else None
    return f"{level.name}.curve.{shape}" if shape else ""
