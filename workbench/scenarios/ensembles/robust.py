"""``wb.robustness``: which option to take when it is not known what will come."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.errors import Fault, InputError, unknown_name
from workbench.results import Result, records
from workbench.scenarios.ensembles.distributions import Dirichlet
from workbench.scenarios.ensembles.ensemble import Ensemble
from workbench.scenarios.ensembles.front import ensemble
from workbench.scenarios.ensembles.rules import plain_rule
from workbench.scenarios.models import Output
from workbench.scenarios.running import Run, shown_figure
from workbench.scenarios.scenario import Scenario

DRAWS: Final = 2**14
"""Draws where nobody says how many."""

Floats = npt.NDArray[np.float64]
Option = str | os.PathLike[str] | Scenario | Run | Ensemble


@dataclass(frozen=True, kw_only=True, eq=False)
class Robustness(Result):
    """Options side by side over the same draws.

    Attributes
    ----------
    output : Output
        What they are judged by.
    options : DataFrame
        ``option``, ``mean``, ``worst``, ``best_share`` (the share of draws in which no option is better),
        ``mean_regret``, ``p95_regret``, ``largest_regret`` (what was given away against the best option of each draw),
        ``failure_share``, ``fails_when`` (a plain rule); the smallest 95 per cent regret first.
    regret : DataFrame
        A row a draw, a column an option.
    threshold : float or None
        Short of it an option fails; without one it fails where it is more than a tenth of the spread from the best.
    """

    output: Output
    options: pd.DataFrame
    regret: pd.DataFrame
    threshold: float | None

    @property
    def table(self) -> pd.DataFrame:
        """The options, the most robust first."""
        return self.options

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The options."""
        return {"options": self.options}

    def summary(self) -> str:
        """Name the option that is regretted least."""
        first = records(self.options)[0]
        judged = f"Judged by '{self.output.label}' over {len(self.regret):,} draws, {first['option']}"
        if not first["largest_regret"]:
            return f"{judged} is never regretted: in no draw is another option better."
        return (
            f"{judged} is regretted least: by no more than {shown_figure(first['p95_regret'], self.output.unit)} in 19"
            f" of 20 draws; in {first['best_share']:.0%} of draws no option is better."
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the options for a program."""
        return {"output": self.output.name, "threshold": self.threshold, "draws": len(self.regret),
                "options": records(self.options)}  # fmt: skip


def robustness(
    options: Sequence[Option] | Mapping[str, Option],
    ensemble: Ensemble | str | None = None,
    output: str | None = None,
    *,
    inputs: Mapping[str, object] | None = None,
    draws: int | None = None,
    threshold: float | None = None,
    seed: int | None = None,
    client: Any = None,  # noqa: ANN401 - a distributed.Client, of an optional library
) -> Robustness:
    """Compare options over the same draws.

    Parameters
    ----------
    options : sequence or mapping
        Two or more scenarios, runs or designs of one model (rules, cuts, rewards), or ensembles of the same draws.
    ensemble : Ensemble, optional
        Whose drivers, correlations, seed and number of draws are taken for all options. A text is taken for ``output``.
    output : str, optional
        What they are judged by: an output of one number a draw. Without it, the first one in which they differ.
    inputs : mapping, optional
        What is not known, the same for all; the first option's ``ensemble:`` section where nothing else says.
    draws : int, optional
        16,384 where nothing else says.
    threshold : float, optional
        The option fails in a draw where the output is worse than this.
    seed : int, optional

    Raises
    ------
    InputError
        For options of different models, or ensembles whose draws differ.
    """
    if isinstance(ensemble, str):
        ensemble, output = None, ensemble
    named = dict(options) if isinstance(options, Mapping) else {_name(one): one for one in options}
    if len(named) < 2 or len(named) < len(options):
        raise InputError(Fault(what="needs two options at least, each of a name of its own", value="robustness"))
    drawn = _drawn(named, ensemble, _Asked(inputs, draws, seed), client)
    first = _refuse_unlike(drawn)
    chosen = first.output(output) if output is not None else _first_that_differs(drawn)
    if chosen.dimension:
        single = [one.name for one in first.outputs if not one.dimension]
        raise unknown_name("output of one number a draw", chosen.name, single)
    return _judged(list(drawn), _values(drawn, chosen.name), first, chosen, threshold)


@dataclass(frozen=True)
class _Asked:
    """What the caller says of the draws; None where it does not."""

    inputs: Mapping[str, object] | None
    draws: int | None
    seed: int | None


def _drawn(
    named: Mapping[str, Option],
    like: Ensemble | None,
    asked: _Asked,
    client: Any,  # noqa: ANN401 - a distributed.Client, of an optional library
) -> dict[str, Ensemble]:
    """Draw every option alike: as the ensemble given was drawn, or as the first option is."""
    drawn: dict[str, Ensemble] = {}
    like = like or next((one for one in named.values() if isinstance(one, Ensemble)), None)
    draws = asked.draws or (like.draws if like is not None else DRAWS)
    for name, option in named.items():
        if isinstance(option, Ensemble):
            drawn[name] = option
            continue
        plan = like.plan if like is not None else None
        inputs = asked.inputs
        if inputs is None and plan is not None:
            inputs = {driver.name: driver.distribution for driver in plan.sampler.drivers}
        drawn[name] = ensemble(
            option.scenario if isinstance(option, Run) else option,
            draws,
            inputs=inputs,
            seed=asked.seed if asked.seed is not None or plan is None else plan.sampler.seed,
            method=None if plan is None else plan.sampler.method,
            correlations=None if plan is None or asked.inputs is not None else {
                (one, other): rank for one, other, rank in plan.correlations},
            years=[one.year for one in plan.years] or None if plan is not None else None,
            client=client,
            progress=False,
        )  # fmt: skip
        like = like or drawn[name]
    return drawn


def _values(drawn: Mapping[str, Ensemble], name: str) -> Floats:
    return np.stack([np.asarray(one.values(name), dtype=np.float64) for one in drawn.values()], axis=1)


def _first_that_differs(drawn: Mapping[str, Ensemble]) -> Output:
    first = next(iter(drawn.values()))
    single = [one for one in first.outputs if not one.dimension]
    for output in single:
        if np.ptp(_values(drawn, output.name), axis=1).any():
            return output
    what = "give the same in every draw, whatever they are judged by"
    raise InputError(Fault(what=what, value=", ".join(drawn), remedy=f"looked at {', '.join(o.name for o in single)}"))


def _name(option: Option) -> str:
    if isinstance(option, (Run, Ensemble)):
        return option.scenario.name
    return option.name if isinstance(option, Scenario) else Path(option).name.removesuffix(".yaml")


def _refuse_unlike(drawn: Mapping[str, Ensemble]) -> Ensemble:
    first = next(iter(drawn.values()))
    faults = []
    for name, one in drawn.items():
        if one.scenario.model != first.scenario.model:
            what = f"is of the model {one.scenario.model}, and the first option of {first.scenario.model}"
            faults.append(Fault(what=what, value=name, remedy="weigh options of one model"))
        elif _how_drawn(one) != _how_drawn(first):
            what = "was drawn with another seed, other drivers, over other years or in another number"
            faults.append(Fault(what=what, value=name, remedy="draw all options alike"))
    if faults:
        raise InputError(faults)
    return first


def _how_drawn(one: Ensemble) -> tuple[object, ...]:
    sampler = one.plan.sampler
    return sampler.seed, sampler.method, one.draws, one.years, tuple(driver.name for driver in sampler.drivers)


def _judged(names: list[str], values: Floats, first: Ensemble, output: Output, threshold: float | None) -> Robustness:
    sign = 1.0 if output.better == "more" else -1.0
    goodness = sign * values
    regret = goodness.max(axis=1, keepdims=True) - goodness
    slack = 1e-9 * max(1.0, float(np.abs(values).max()))
    spread = float(np.ptp(values))
    failed = regret > max(spread / 10, slack) if threshold is None else goodness < sign * threshold
    drivers = {
        driver.name: first.inputs(driver.name)
        for driver in first.plan.sampler.drivers
        if not isinstance(driver.distribution, Dirichlet)
    }
    rows = [
        {
            "option": name,
            "mean": values[:, place].mean(),
            "worst": sign * goodness[:, place].min(),
            "best_share": (regret[:, place] <= slack).mean(),
            "mean_regret": regret[:, place].mean(),
            "p95_regret": np.quantile(regret[:, place], 0.95),
            "largest_regret": regret[:, place].max(),
            "failure_share": failed[:, place].mean(),
            "fails_when": str(plain_rule(drivers, failed[:, place])) if failed[:, place].any() else "never",
        }
        for place, name in enumerate(names)
    ]
    options = pd.DataFrame(rows).sort_values(["p95_regret", "mean_regret"], kind="stable", ignore_index=True)
    return Robustness(
        output=output,
        options=options,
        regret=pd.DataFrame(regret, columns=names),
        threshold=threshold,
        parameters={"output": output.name, "draws": len(values), "threshold": threshold},
        sources=first.sources,
        notes=first.notes,
    )
