"""The grants model over many draws at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.grants.batch import Draws, level_draws, refuse_unvectorised
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
        allowed |= {f"{kind}.{county}" for kind in ("scores", "conditions") for county in self.inputs.names}
        refused = sorted(drawn - allowed)
        if refused:
            remedy = "draw the exchange rate, a pool, an amount a county, a score or a condition"
            raise NotDrawnError(refused, remedy)
        outputs = (
            Output("award", "Award", "KES", "county", self.inputs.names),
            Output("awarded", "Awarded", "KES"),
            Output("counties_paid", "Counties awarded", "counties"),
            Output("short", "Short of what the formula gives", "KES", better="less"),
            Output("unallocated", "Unallocated", "KES", better="less"),
        )
        return Core(outputs, self.evaluate, drawn)

    def evaluate(self, drawn: Mapping[str, Floats], count: int) -> Mapping[str, npt.NDArray[Any]]:
        """Work out every draw's awards: ``award`` (count, 47), the others (count,)."""
        scores = self._scores(drawn, count)
        total: npt.NDArray[np.int64] | None = None
        pools = short = np.zeros(count, dtype=np.int64)
        for level in self.paying:
            # A level in which nothing is drawn is worked out once, not once a draw.
            draws = self._draws(level, drawn, count if self._varies(level, drawn) else 1, scores)
            awards = level_draws(level, self.inputs, draws)
            pool = np.int64(level.pool or 0) if draws.pool is None else draws.pool
            pools = pools + pool
            if level.per_county is not None:
                amount = np.int64(level.per_county) if draws.per_county is None else draws.per_county
                asked = np.count_nonzero(draws.qualifies, axis=-1) * amount
                short = short + np.maximum(asked - pool, 0)
            total = awards if total is None else total + awards
        award = np.zeros((count, COUNTIES), dtype=np.int64) if total is None else total
        if len(award) != count:
            award = np.repeat(award, count, axis=0)
        awarded = award.sum(axis=-1)
        return {
            "award": award,
            "awarded": awarded,
            "counties_paid": np.count_nonzero(award, axis=-1),
            "short": short,
            "unallocated": pools - awarded,
        }

    def _varies(self, level: LevelTerms, drawn: Mapping[str, Floats]) -> bool:
        kinds = {name.partition(".")[0] for name in drawn}
        gated = any(gate.column for gate in level.level.gates.values())
        return (
            level.level.scored
            or (gated and "conditions" in kinds)
            or level.name in kinds
            or self._per_county(level, drawn) is not None
        )

    def _draws(self, level: LevelTerms, drawn: Mapping[str, Floats], count: int, scores: Floats | None) -> Draws:
        per_county = self._per_county(level, drawn)
        pool = drawn.get(f"{level.name}.pool")
        whole = None if pool is None else np.rint(np.maximum(pool, 0)).astype(np.int64)
        if whole is None and per_county is not None and level.level.pool is None and not self._is_set(level, "pool"):
            whole = per_county * COUNTIES
        return Draws(self._qualifies(level, drawn, count), scores, whole, per_county)

    def _is_set(self, level: LevelTerms, name: str) -> bool:
        return f"{level.name}.{name}" in self.settings

    def _per_county(self, level: LevelTerms, drawn: Mapping[str, Floats]) -> npt.NDArray[np.int64] | None:
        """Return the amount a county as drawn, in dollars times the rate where one of the two is drawn."""
        if (direct := drawn.get(f"{level.name}.per_county")) is not None:
            return np.rint(np.maximum(direct, 0)).astype(np.int64)
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

    def _qualifies(self, level: LevelTerms, drawn: Mapping[str, Floats], count: int) -> npt.NDArray[np.bool_]:
        gates = level.level.gates.values()
        states = [np.array([one == MET for one in gate_states(gate, self.inputs)]) for gate in gates]
        base = np.all(states, axis=0) if states else np.ones(COUNTIES, dtype=bool)
        columns = [place for place, name in enumerate(self.inputs.names) if f"conditions.{name}" in drawn]
        if not columns or not any(gate.column for gate in gates):
            return np.broadcast_to(base, (count, COUNTIES))
        # A drawn condition takes the place of what the form says; gates that no form speaks of stay as they are.
        others = [state for gate, state in zip(gates, states, strict=True) if gate.column is None]
        fixed = np.all(others, axis=0) if others else np.ones(COUNTIES, dtype=bool)
        qualifies = np.repeat(base[None, :], count, axis=0)
        for place in columns:
            qualifies[:, place] = fixed[place] & (drawn[f"conditions.{self.inputs.names[place]}"] > 0.5)
        return qualifies

    def _scores(self, drawn: Mapping[str, Floats], count: int) -> Floats | None:
        columns = [place for place, name in enumerate(self.inputs.names) if f"scores.{name}" in drawn]
        if not any(level.level.scored for level in self.paying):
            return None
        scores = np.repeat(self.inputs.scores[None, :], count, axis=0)
        for place in columns:
            scores[:, place] = np.clip(drawn[f"scores.{self.inputs.names[place]}"], 0.0, 100.0)
        return scores
