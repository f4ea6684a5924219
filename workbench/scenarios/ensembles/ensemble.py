"""The result of many draws: quantiles, chances of falling short, whether they are enough, how firm ranks are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import rankdata

from workbench.errors import Fault, InputError, unknown_name
from workbench.results import Result, records
from workbench.scenarios.ensembles.blocks import Block, joined
from workbench.scenarios.ensembles.drawing import BLOCK
from workbench.scenarios.ensembles.planning import Plan
from workbench.scenarios.ensembles.sketch import Sketch, merged
from workbench.scenarios.models import YEAR, Output
from workbench.scenarios.record import Record
from workbench.scenarios.scenario import Scenario
from workbench.scenarios.store.entry import RunEntry

QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
Array = npt.NDArray[Any]

_NO_SPREAD: Final = {True: 0.5, False: 1e-9}
"""KES, or whatever else: what adding up in floats may move a total that does not move."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Ensemble(Result):
    """A scenario over many draws of its inputs.

    Attributes
    ----------
    scenario : Scenario
    plan : Plan
        What was drawn and how.
    outputs : tuple of Output
        What was worked out for every draw.
    blocks : tuple of Block
        The draws, in order.
    wanted : int
        How many draws were asked for; fewer are there where the work was stopped.
    financial_year : str or None
        Of the results: one year, or the first and the last of several.
    made_at, made_by : str
        When (UTC) and by whom.
    entry : RunEntry or None
        The ensemble in the store; None where it was not kept.
    """

    scenario: Scenario
    plan: Plan
    outputs: tuple[Output, ...]
    blocks: tuple[Block, ...]
    wanted: int
    financial_year: str | None = None
    made_at: str = ""
    made_by: str = ""
    entry: RunEntry | None = None

    @property
    def id(self) -> str | None:
        """Its id in the store; None where it was not kept."""
        return None if self.entry is None else self.entry.id

    @cached_property
    def record(self) -> Record:
        """What it stood on and what it gave, to be kept and drawn again."""
        from workbench.scenarios.ensembles.keeping import record_of_ensemble

        return record_of_ensemble(self)

    @property
    def years(self) -> tuple[str, ...]:
        """The financial years that it runs over; empty where it is about one."""
        return tuple(one.year for one in self.plan.years)

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return sum(block.count for block in self.blocks)

    @property
    def stopped(self) -> bool:
        """Whether the work was stopped before all draws were done."""
        return self.draws < self.wanted

    @property
    def kept(self) -> bool:
        """Whether every draw of every output is there; else outputs by label are sketched."""
        return all(not block.sketches for block in self.blocks)

    def output(self, name: str) -> Output:
        """Return an output by its name.

        Raises
        ------
        UnknownNameError
            For a name that is none, with the nearest right one.
        """
        for one in self.outputs:
            if one.name == name:
                return one
        raise unknown_name("output of this ensemble", name, [one.name for one in self.outputs])

    def values(self, name: str) -> Array:
        """Return an output over all draws: ``(draws,)``, or ``(draws, labels)``."""
        output = self.output(name)
        if not output.is_few and not self.kept:
            what = "is sketched: the draws are too many to be kept one by one"
            raise InputError(Fault(what=what, value=name, remedy="ask for fewer draws, or read its quantiles"))
        return joined(self.blocks, name)

    def inputs(self, name: str) -> Array:
        """Return what was drawn of a driver: ``(draws,)``, or ``(draws, parts)`` for shares."""
        drivers = [driver.name for driver in self.plan.sampler.drivers]
        if name not in drivers:
            raise unknown_name("driver of this ensemble", name, drivers)
        counts = [(block.number, block.count) for block in self.blocks]
        return np.concatenate([self.plan.sampler.draw(number, count)[name] for number, count in counts])

    @cached_property
    def quantiles(self) -> pd.DataFrame:
        """A row an output and label: ``mean``, ``sd``, ``p5`` to ``p95``, ``least``, ``most``."""
        return pd.concat([self._quantiles_of(output, QUANTILES) for output in self.outputs], ignore_index=True)

    @property
    def table(self) -> pd.DataFrame:
        """The quantiles of the outputs that are one number a draw or, over several years, one a year."""
        few = [output.name for output in self.outputs if output.is_few]
        whole = self.quantiles[self.quantiles["output"].isin(few)].reset_index(drop=True)
        return whole.rename(columns={"label": YEAR}) if self.years else whole.drop(columns="label")

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The quantiles, and whether the draws are enough."""
        return {"quantiles": self.quantiles, "convergence": self.convergence()}

    def fan(self, name: str, quantiles: Sequence[float] = (0.05, 0.25, 0.5, 0.75, 0.95)) -> pd.DataFrame:
        """Return the bands of a fan chart: a row a label (a year, a county, a line), a column a quantile."""
        return self._quantiles_of(self.output(name), quantiles).drop(columns=["output", "unit", "mean", "sd"])

    def chance_below(self, name: str, threshold: float | Mapping[str, float]) -> pd.Series[float]:
        """Return the chance that an output falls short of a threshold, label by label.

        Parameters
        ----------
        name : str
            An output.
        threshold : float or mapping of label to float
            In the output's unit; labels that a mapping does not name are left out.

        Raises
        ------
        UnknownNameError
            For a label that the output does not have.
        """
        output = self.output(name)
        labels = list(output.labels) or [""]
        if isinstance(threshold, Mapping):
            for label in threshold:
                if label not in labels:
                    raise unknown_name(output.dimension or "label", str(label), labels)
        else:
            threshold = dict.fromkeys(labels, threshold)
        if not output.is_few and not self.kept:
            sketched = self._sketch(name)
            found = {one: float(sketched.share_below(limit)[labels.index(one)]) for one, limit in threshold.items()}
        else:
            values = joined(self.blocks, name).reshape(self.draws, -1)
            found = {one: float(np.mean(values[:, labels.index(one)] < limit)) for one, limit in threshold.items()}
        return pd.Series(found, name="chance", dtype="float64")

    def convergence(self) -> pd.DataFrame:
        """Say of each output whether the draws are enough.

        Returns
        -------
        DataFrame
            ``output``, ``financial_year`` where there are several, ``mean``, ``standard_error``, ``p5``, ``p5_error``,
            ``p95``, ``p95_error``. The errors are those of whole blocks, which are drawn independently of each other:
            their spread over the square root of their number. NaN below four whole blocks.
        """
        whole = [block for block in self.blocks if block.count == BLOCK]
        rows = []
        places = [
            (output, label, place)
            for output in self.outputs
            if output.is_few
            for place, label in enumerate(output.labels or ("",))
        ]
        for output, label, place in places:
            row: dict[str, object] = {"output": output.name, **({YEAR: label} if self.years else {})}
            row["unit"] = output.unit
            parts = [_column(block.outputs[output.name], place) for block in whole]
            everything = _column(joined(self.blocks, output.name), place)
            for statistic, name in ((np.mean, "mean"), (_p5, "p5"), (_p95, "p95")):
                of_blocks = np.array([statistic(part) for part in parts])
                enough = len(of_blocks) >= 4
                error = float(of_blocks.std(ddof=1) / np.sqrt(len(of_blocks))) if enough else float("nan")
                row |= {name: float(statistic(everything)), f"{name}_error": error}
            rows.append(row)
        return pd.DataFrame(rows).rename(columns={"mean_error": "standard_error"})

    def ranks(self, name: str | None = None, *, top: int = 10) -> pd.DataFrame:
        """Say how firm the ranks of an output by label are; rank 1 has the most, and equals share a rank.

        Returns
        -------
        DataFrame
            A row a label: ``median_rank``, ``p5_rank``, ``p95_rank``, ``chance_top``, ``same_rank`` (how often it has
            its most frequent rank), the best median first.
        """
        output = self.output(name) if name is not None else next(one for one in self.outputs if not one.is_few)
        if output.is_few:
            raise InputError(Fault(what="is one number a draw or a year and has no ranks", value=output.name))
        values = self.values(output.name)
        ranks = np.concatenate([rankdata(-part, method="min", axis=1).astype(np.int16) for part in _parts(values)])
        low, middle, high = np.quantile(ranks, [0.05, 0.5, 0.95], axis=0)
        most = [np.bincount(column).max() / len(ranks) for column in ranks.T]
        table = pd.DataFrame({"label": output.labels, "median_rank": middle, "p5_rank": low, "p95_rank": high,
                              "chance_top": (ranks <= top).mean(axis=0), "same_rank": most})  # fmt: skip
        return table.sort_values("median_rank", kind="stable", ignore_index=True)

    @cached_property
    def content_hash(self) -> str:
        """The SHA-256 of every drawn result, in order: the same wherever and however it was worked out."""
        import hashlib

        digest = hashlib.sha256(self.plan.key.encode())
        for block in self.blocks:
            for name in sorted(block.outputs):
                digest.update(np.ascontiguousarray(block.outputs[name]).tobytes())
            for name in sorted(block.sketches):
                one = block.sketches[name]
                digest.update(one.bins.tobytes() + one.numbers.tobytes() + one.ends.tobytes() + one.total.tobytes())
        return digest.hexdigest()

    def summary(self) -> str:
        """Return the question, how many draws there are, and the middle and the ends of the outputs."""
        from workbench.scenarios.running import shown_figure

        how = f"{self.draws:,} draws" + (f", stopped before {self.wanted:,}" if self.stopped else "")
        parts = [f"{self.scenario.question} {how}, seed {self.plan.sampler.seed}."]
        parts += [
            f"{self.output(row['output']).label}{self._in_year(row)}: {shown_figure(row['p50'], row['unit'])}, in nine"
            f" of ten draws between {shown_figure(row['p5'], row['unit'])} and {shown_figure(row['p95'], row['unit'])}."
            for row in records(self.table)
            if row["sd"] > _NO_SPREAD[row["unit"] == "KES"]
        ]
        labelled = [one for one in self.outputs if not one.is_few]
        if len(parts) == 1 and labelled and self.kept:
            ranks = self.ranks(labelled[0].name)
            parts.append(
                f"The totals do not move; who gets how much does: a {labelled[0].dimension} keeps its most frequent"
                f" rank in {ranks['same_rank'].mean():.0%} of draws on average."
            )
        return " ".join(parts)

    def _in_year(self, row: Mapping[str, Any]) -> str:
        return f" in {row[YEAR]}" if row.get(YEAR) else ""

    def to_dict(self) -> dict[str, Any]:
        """Return the ensemble for a program."""
        sampler = self.plan.sampler
        return {
            "id": self.id,
            "name": None if self.entry is None else self.entry.name,
            "scenario": self.scenario.name,
            "question": self.scenario.question,
            "model": self.scenario.model,
            "draws": self.draws,
            "wanted": self.wanted,
            "seed": sampler.seed,
            "method": sampler.method,
            "financial_year": self.financial_year,
            "years": list(self.years),
            "inputs": {driver.name: driver.distribution.to_dict() for driver in sampler.drivers},
            "quantiles": records(self.quantiles),
            "convergence": records(self.convergence()),
            "content_hash": self.content_hash,
            "notes": list(self.notes),
            "illustrative": self.illustrative,
        }

    @property
    def text(self) -> str:
        """The content of its record as canonical JSON: identical inputs give identical bytes."""
        return self.record.content_text

    @property
    def illustrative(self) -> bool:
        """Whether a distribution is an assumption, or anything below is illustrative."""
        assumed = any(not driver.distribution.reference for driver in self.plan.sampler.drivers)
        return assumed or super().illustrative

    def _sketch(self, name: str) -> Sketch:
        return merged([block.sketches[name] for block in self.blocks])

    def _quantiles_of(self, output: Output, quantiles: Sequence[float]) -> pd.DataFrame:
        if not output.is_few and not self.kept:
            one = self._sketch(output.name)
            mean = one.total / one.size
            sd = np.sqrt(np.maximum(one.squares / one.size - mean**2, 0.0))
            bands, least, most = one.quantiles(quantiles), one.least, one.most
        else:
            values = joined(self.blocks, output.name).reshape(self.draws, -1).astype(np.float64)
            mean, sd = values.mean(axis=0), values.std(axis=0)
            bands = np.quantile(values, quantiles, axis=0)
            least, most = values.min(axis=0), values.max(axis=0)
        frame = pd.DataFrame({"output": output.name, "label": list(output.labels) or [""], "unit": output.unit,
                              "mean": mean, "sd": sd})  # fmt: skip
        for chance, band in zip(quantiles, bands, strict=True):
            frame[f"p{chance * 100:g}"] = band
        return frame.assign(least=least, most=most)


def _column(values: Array, place: int) -> npt.NDArray[np.float64]:
    return np.asarray(values if values.ndim == 1 else values[:, place], dtype=np.float64)


def _p5(values: Array) -> float:
    return float(np.quantile(values, 0.05))


def _p95(values: Array) -> float:
    return float(np.quantile(values, 0.95))


def _parts(values: Array) -> list[Array]:
    return [values[start : start + BLOCK] for start in range(0, len(values), BLOCK)]
