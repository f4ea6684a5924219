"""Requests over many draws at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.errors import Fault, InputError
from workbench.scenarios.models.base import Core, Floats, NotDrawnError, Output
from workbench.scenarios.models.requests_met import Met


class RequestsCore:
    """Requests of one year, with what is drawn in the place of what they say."""

    def __init__(self, met: Met) -> None:
        self.met = met
        lines = met.lines
        self.claims = met.allocation.claims.to_numpy(np.float64)
        self.places = {f"requests.{name}.{met.financial_year}": place for place, name in enumerate(lines["name"])}

    def core(self, drawn: frozenset[str]) -> Core:
        """Return the core, or refuse what cannot be drawn."""
        asked = self.met.allocation.asked
        if asked.given_floors or asked.given_ceilings:
            what = "have floors or ceilings, which are kept run by run and not draw by draw"
            raise InputError(Fault(what=what, value="the requests", remedy="draw over requests without limits"))
        refused = sorted(drawn - {"envelope", *self.places})
        if refused:
            raise NotDrawnError(refused, f"draw envelope or requests.LINE.{self.met.financial_year}")
        lines = tuple(str(line) for line in self.met.allocation.claims.index)
        outputs = (
            Output("award", "Award", "KES", "line", lines),
            Output("coverage", "Coverage of a line", "", "line", lines),
            Output("requested", "Requested", "KES", better="less"),
            Output("gap", "Gap", "KES", better="less"),
            Output("lowest_coverage", "Lowest coverage of a line", ""),
            Output("left", "Left over where less is asked for than is there", "KES", better="less"),
        )
        return Core(outputs, self.evaluate, drawn)

    def evaluate(self, drawn: Mapping[str, Floats], count: int) -> Mapping[str, npt.NDArray[Any]]:
        """Work out every draw: the outputs by line (count, lines), the others (count,)."""
        claims = np.repeat(self.claims[None, :], count, axis=0)
        for name, place in self.places.items():
            if name in drawn:
                claims[:, place] = np.maximum(drawn[name], 0.0)
        requested = claims.sum(axis=-1)
        money = np.broadcast_to(drawn.get("envelope", np.float64(self.met.allocation.envelope)), requested.shape)
        # Nobody is given what nobody asked for.
        envelope = np.clip(money, 0.0, requested)
        request = self.met.allocation.asked.request
        awards = np.asarray(request.rule(envelope, claims, **request.options))
        coverage = np.divide(awards, claims, out=np.full_like(claims, np.nan), where=claims > 0)
        asks = (claims > 0).any(axis=-1)
        lowest = np.where(asks, np.nanmin(np.where(claims > 0, coverage, np.inf), axis=-1), np.nan)
        return {
            "award": awards,
            "coverage": coverage,
            "requested": requested,
            "gap": requested - envelope,
            "lowest_coverage": lowest,
            "left": np.maximum(money, 0.0) - envelope,
        }
