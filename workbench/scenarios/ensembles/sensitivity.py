"""Which driver matters: Sobol indices of independent drivers, and a tornado."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import sobol_indices

from workbench.errors import Fault, InputError, unknown_name
from workbench.results import Result, records
from workbench.scenarios.ensembles.asked import SEED, load_asked
from workbench.scenarios.ensembles.distributions import Dirichlet
from workbench.scenarios.ensembles.drawing import Driver
from workbench.scenarios.ensembles.planning import plan_of
from workbench.scenarios.models import Core, Output, find_model
from workbench.scenarios.scenario import Scenario

Floats = npt.NDArray[np.float64]

_INDEX_COLUMNS: Final = ("first", "first_low", "first_high", "total", "total_low", "total_high")


@dataclass(frozen=True, kw_only=True, eq=False)
class Sensitivity(Result):
    """How much of an output's variance each driver explains, and how far each moves it alone.

    Attributes
    ----------
    output : Output
    indices : DataFrame
        ``driver``, ``first`` (the share of the variance that the driver explains alone), ``total`` (with all that it
        does together with others), and their 95 per cent intervals from a bootstrap: ``first_low`` ....
    tornado : DataFrame
        ``driver``, ``low``, ``high`` (its 5 and 95 per cent points), ``at_low``, ``at_high`` (the output there, all
        other drivers at their medians), ``middle``, ``swing``; the widest first.
    """

    output: Output
    indices: pd.DataFrame
    tornado: pd.DataFrame

    @property
    def table(self) -> pd.DataFrame:
        """The indices, the largest total first."""
        return self.indices

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The indices and the tornado."""
        return {"indices": self.indices, "tornado": self.tornado}

    def summary(self) -> str:
        """Name the driver that matters most."""
        first = records(self.indices)[0]
        return (
            f"Of what makes '{self.output.label}' uncertain, {first['driver']} explains"
            f" {max(0.0, first['first']):.0%} alone and {first['total']:.0%} with all it does together with others."
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the indices and the tornado for a program."""
        return {"output": self.output.name, "indices": records(self.indices), "tornado": records(self.tornado)}


def sensitivity(
    scenario: str | os.PathLike[str] | Scenario,
    output: str,
    *,
    inputs: Mapping[str, object] | None = None,
    draws: int = 2**12,
    seed: int = SEED,
    years: int | Sequence[str] | None = None,
) -> Sensitivity:
    """Tell which driver matters for an output.

    Parameters
    ----------
    scenario : str, path or Scenario
    output : str
        An output that is one number a draw.
    inputs : mapping, optional
        Independent drivers with their distributions; those of the scenario's ``ensemble:`` section where none is given.
    draws : int
        A power of two; the model is evaluated ``draws * (drivers + 2)`` times.
    seed : int
    years : int or sequence of str, optional
        As :func:`workbench.ensemble` has it; the output is then one that is added up over the years.

    Raises
    ------
    InputError
        For drivers that are not independent: shares that add up to one, or correlated ones. Variance then has no one
        way to be divided among them.

    Notes
    -----
    First-order and total indices after Sobol (1993) and Saltelli et al. (2010), by :func:`scipy.stats.sobol_indices`.
    """
    # Correlations that the file has between its own drivers are none of a caller's.
    given = {"inputs": inputs, "seed": seed, "years": years, "correlations": None if inputs is None else ()}
    loaded, asked = load_asked(scenario, given)
    plan = plan_of(loaded, asked)
    if plan.correlations:
        what = "are correlated: Sobol indices need independent drivers"
        raise InputError(Fault(what=what, value="the drivers of this scenario", remedy="give inputs= without them"))
    base = find_model(loaded.model).run(loaded.given)
    core = plan.core
    names = [one.name for one in core.outputs if not one.dimension]
    if output not in names:
        raise unknown_name("output of one number a draw", output, names)
    drivers = plan.sampler.drivers
    return Sensitivity(
        output=core.output(output),
        indices=indices_of(core, drivers, output, draws=draws, seed=seed),
        tornado=tornado_of(core, drivers, output),
        parameters={"draws": draws, "seed": seed},
        sources=base.result.sources,
        notes=("Indices hold for the distributions given; with others they change.",),
    )


def indices_of(core: Core, drivers: tuple[Driver, ...], output: str, *, draws: int, seed: int) -> pd.DataFrame:
    """Work out the Sobol indices of an output of a core."""
    shares = [driver.name for driver in drivers if isinstance(driver.distribution, Dirichlet)]
    if shares:
        what = "are shares that add up to one, so that none varies by itself: Sobol indices need independent drivers"
        raise InputError(Fault(what=what, value=", ".join(shares), remedy="leave them out, or ask the alignment's own"
                               " uncertainty"))  # fmt: skip
    if draws < 2 or draws & (draws - 1):
        raise InputError(Fault(what="is no power of two", value=draws, remedy="4096, say"))

    def evaluate(points: Floats) -> Floats:
        drawn = {driver.name: values for driver, values in zip(drivers, points, strict=True)}
        return np.asarray(core.evaluate(drawn, points.shape[1])[output], dtype=np.float64)[None, :]

    if np.ptp(evaluate(np.stack([_quantiles(driver, np.linspace(0.01, 0.99, 64)) for driver in drivers]))) == 0:
        what = "does not move with these drivers, so that there is no variance to explain"
        raise InputError(Fault(what=what, value=output, remedy="choose another output or other drivers"))
    if len(drivers) == 1:
        # One driver explains everything; SciPy's estimator wants two at least.
        return pd.DataFrame([{"driver": drivers[0].name, **dict.fromkeys(_INDEX_COLUMNS, 1.0)}])
    found = sobol_indices(func=evaluate, n=draws, dists=[_Marginal(driver) for driver in drivers],
                          rng=np.random.default_rng(seed))  # fmt: skip
    spread = found.bootstrap(confidence_level=0.95, n_resamples=200)
    table = pd.DataFrame(
        {
            "driver": [driver.name for driver in drivers],
            "first": np.ravel(found.first_order),
            "first_low": np.ravel(spread.first_order.confidence_interval.low),
            "first_high": np.ravel(spread.first_order.confidence_interval.high),
            "total": np.ravel(found.total_order),
            "total_low": np.ravel(spread.total_order.confidence_interval.low),
            "total_high": np.ravel(spread.total_order.confidence_interval.high),
        }
    )
    return table.sort_values("total", ascending=False, kind="stable", ignore_index=True)


def tornado_of(core: Core, drivers: tuple[Driver, ...], output: str) -> pd.DataFrame:
    """Move each driver from its 5 to its 95 per cent point, all others at their medians."""
    movable = [driver for driver in drivers if not isinstance(driver.distribution, Dirichlet)]
    ends = np.array([0.05, 0.5, 0.95])
    low, middle, high = np.stack([_quantiles(driver, ends) for driver in movable]).T
    points = np.repeat(middle[None, :], 2 * len(movable) + 1, axis=0)
    for place in range(len(movable)):
        points[1 + 2 * place, place], points[2 + 2 * place, place] = low[place], high[place]
    drawn = {driver.name: points[:, place] for place, driver in enumerate(movable)}
    values = np.asarray(core.evaluate(drawn, len(points))[output], dtype=np.float64)
    table = pd.DataFrame({"driver": [driver.name for driver in movable], "low": low, "high": high,
                          "at_low": values[1::2], "at_high": values[2::2], "middle": values[0]})  # fmt: skip
    table["swing"] = (table["at_high"] - table["at_low"]).abs()
    return table.sort_values("swing", ascending=False, kind="stable", ignore_index=True)


def _quantiles(driver: Driver, chances: Floats) -> Floats:
    return driver.values(chances[:, None])


class _Marginal:
    """A driver as :func:`scipy.stats.sobol_indices` asks for one: an object with quantiles."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def ppf(self, chances: Any) -> Any:  # noqa: ANN401 - what SciPy's protocol asks for
        flat = np.clip(np.asarray(chances, dtype=np.float64), 2.0**-32, 1 - 2.0**-32)
        return self._driver.values(flat.reshape(-1, 1)).reshape(flat.shape)
