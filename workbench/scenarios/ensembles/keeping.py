"""The record of an ensemble: what was drawn and how, what came out, and how to draw the very same again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from workbench.scenarios import canonical
from workbench.scenarios.ensembles.blocks import block_counts
from workbench.scenarios.ensembles.ensemble import Ensemble
from workbench.scenarios.record import Record
from workbench.scenarios.running import stood_on


def record_of_ensemble(found: Ensemble) -> Record:
    """Write down what an ensemble stood on and what it gave.

    The draws themselves are not kept: they hang on the seed and on what is written down here, and ``results`` is the
    SHA-256 of all of them.
    """
    sampler = found.plan.sampler
    done = {block.number for block in found.blocks}
    content = {
        **stood_on(found.scenario, found.financial_year, seed=sampler.seed),
        "ensemble": {
            "draws": found.wanted,
            "method": sampler.method,
            "years": list(found.years),
            "drivers": [{"name": one.name, **one.distribution.to_dict()} for one in sampler.drivers],
            "correlations": [list(pair) for pair in found.plan.correlations],
            "not_done": [number for number in range(len(block_counts(found.wanted))) if number not in done],
            "results": found.content_hash,
        },
        "headline": headline_of(found),
        "tables": {name: canonical.table(table) for name, table in tables_of(found).items()},
        "keys": keys_of(found),
        "sources": canonical.table(found.sources),
        "findings": canonical.table(found.findings),
        "notes": list(found.notes),
        "summary": found.summary(),
        "illustrative": bool(found.illustrative),
    }
    return Record(content=canonical.plain(content), made_at=found.made_at, made_by=found.made_by)


def tables_of(found: Ensemble) -> dict[str, pd.DataFrame]:
    """Return the tables of a record: the outputs, a table for each output by label, and whether the draws do."""
    by_label = {
        output.name: found.quantiles[found.quantiles["output"] == output.name]
        .drop(columns="output")
        .rename(columns={"label": output.dimension})
        .reset_index(drop=True)
        for output in found.outputs
        if not output.is_few
    }
    return {"outputs": found.table, **by_label, "convergence": found.convergence()}


def headline_of(found: Ensemble) -> list[dict[str, Any]]:
    """Return the medians of the outputs, as the headline figures of a run."""
    names = {output.name: output.label for output in found.outputs}
    rows = found.table.to_dict("records")
    several = [row for row in rows if not row.get("financial_year")]
    return [
        {"name": row["output"], "label": f"{names[row['output']]}, median", "unit": row["unit"], "value": row["p50"]}
        for row in several
    ]


def keys_of(found: Ensemble) -> list[Mapping[str, str]]:
    """Return where winners and losers stand: the median of the money by county, line or sector."""
    money = [output for output in found.outputs if not output.is_few and output.unit == "KES"]
    return [{"table": one.name, "label": one.dimension, "value": "p50", "unit": one.unit} for one in money[:1]]
