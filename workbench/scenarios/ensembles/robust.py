"""``wb.robustness``: which option to take when it is not known what will come."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
        return (
            f"Judged by '{self.output.label}' over {len(self.regret):,} draws, {first['option']} is regretted least: by"
            f" no more than {shown_figure(first['p95_regret'], self.output.unit)} in 19 of 20 draws; in"
            f" {first['best_share']:.0%} of draws no option is better."
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the options for a program."""
        return {"output": self.output.name, "threshold": self.threshold, "draws": len(self.regret),
                "options": records(self.options)}  # fmt: skip


def robustness(
    options: Sequence[Option] | Mapping[str, Option],
    output: str,
    *,
    inputs: Mapping[str, object] | None = None,
    draws: int = 2**14,
    threshold: float | None = None,
    seed: int | None = None,
    client: Any = None,  # noqa: ANN401 - a distributed.Client, of an optional library
) -> Robustness:
    """Compare options over the same draws.

    Parameters
    ----------
    options : sequence or mapping
        Two or more scenarios or runs of one model (designs, rules, cuts), or ensembles of the same draws.
    output : str
        What they are judged by: an output of one number a draw.
    inputs : mapping, optional
        What is not known, the same for all; the first option's ``ensemble:`` section where none is given.
    draws : int
    threshold : float, optional
        The option fails in a draw where the output is worse than this.
    seed : int, optional

    Raises
    ------
    InputError
        For options of different models, or ensembles whose draws differ.
    """
    named = dict(options) if isinstance(options, Mapping) else {_name(one): one for one in options}
    if len(named) < 2:
        raise InputError(Fault(what="needs two options at least, each of a name of its own", value="robustness"))
    drawn: dict[str, Ensemble] = {}
    for name, option in named.items():
        if inputs is None and drawn:
            sampler = next(iter(drawn.values())).plan.sampler
            inputs = {driver.name: driver.distribution for driver in sampler.drivers}
        drawn[name] = option if isinstance(option, Ensemble) else ensemble(
            option.scenario if isinstance(option, Run) else option, draws, inputs=inputs, seed=seed, client=client,
            progress=False,
        )  # fmt: skip
    first = _refuse_unlike(drawn)
    chosen = first.output(output)
    if chosen.dimension:
        single = [one.name for one in first.outputs if not one.dimension]
        raise unknown_name("output of one number a draw", output, single)
    values = np.stack([np.asarray(one.values(output), dtype=np.float64) for one in drawn.values()], axis=1)
    return _judged(list(drawn), values, first, chosen, threshold)


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
        elif one.plan.sampler.seed != first.plan.sampler.seed or one.draws != first.draws or \
                [d.name for d in one.plan.sampler.drivers] != [d.name for d in first.plan.sampler.drivers]:  # fmt: skip
            what = "was drawn with another seed, other drivers or another number of draws"
            faults.append(Fault(what=what, value=name, remedy="draw all options alike"))
    if faults:
        raise InputError(faults)
    return first


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
