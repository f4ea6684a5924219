"""``wb.ensemble``: draw a scenario's inputs many times, on one machine or on many."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any, Final

from workbench.errors import Fault, InputError, suggestion
from workbench.scenarios.ensembles.blocks import Block, block_counts, here, on_cluster
from workbench.scenarios.ensembles.ensemble import Ensemble
from workbench.scenarios.ensembles.planning import KEYS, Correlations, Plan, plan_of
from workbench.scenarios.ensembles.progress import Progress, shown_progress
from workbench.scenarios.loading import load_scenario
from workbench.scenarios.models import find_model
from workbench.scenarios.scenario import Scenario

DRAWS: Final = 100_000
SEED: Final = 20_100_827
"""The seed where none is given: fixed, so that two people get the same answer."""

MOST_KEPT: Final = 60_000_000
"""Numbers that are kept draw by draw, about half a gigabyte; above it, outputs by label are sketched."""


def ensemble(
    scenario: str | os.PathLike[str] | Scenario,
    draws: int | None = None,
    *,
    inputs: Mapping[str, object] | None = None,
    correlations: Correlations | None = None,
    seed: int | None = None,
    method: str | None = None,
    client: Any = None,  # noqa: ANN401 - a distributed.Client, of an optional library
    progress: bool | Progress | None = None,
    resume: Ensemble | None = None,
) -> Ensemble:
    """Draw a scenario's inputs many times.

    Parameters
    ----------
    scenario : str, path or Scenario
        A YAML file, or a shipped scenario's name. What its ``ensemble:`` section says holds where nothing else does.
    draws : int, optional
        How many; 100,000 where nothing says.
    inputs : mapping of str to distribution, optional
        Dotted names, ``*`` for any part, with a :class:`Distribution` or ``{"distribution": "uniform", ...}``.
    correlations : mapping of pairs, matrix or list, optional
        Spearman's rank correlations between drivers.
    seed : int, optional
        Blocks of draws hang on it and on their number alone.
    method : {"sobol", "latin_hypercube", "random"}, optional
        How points are drawn.
    client : distributed.Client, optional
        A Dask cluster to work on; the answer is the same to the byte.
    progress : bool or callable, optional
        A bar in the terminal or the notebook; a function is called with the draws done and wanted.
    resume : Ensemble, optional
        A stopped ensemble of the same inputs and seed, whose draws are not done again.

    Returns
    -------
    Ensemble
        Interrupted (Ctrl-C, a notebook's stop button), it holds what was done.

    Raises
    ------
    InputError
        With every mistake of the inputs.
    """
    loaded = load_scenario(scenario)
    said = _section(loaded)
    wanted = int(draws if draws is not None else said.get("draws", DRAWS))
    if wanted < 1:
        raise InputError(Fault(what="is no number of draws", value=wanted, remedy="1 at least"))
    plan = plan_of(
        loaded,
        inputs if inputs is not None else said.get("inputs", {}),
        seed=int(seed if seed is not None else said.get("seed", SEED)),
        method=str(method or said.get("method", "sobol")),
        correlations=correlations if correlations is not None else said.get("correlations", ()),
    )
    core = plan.core
    width = sum(max(1, len(output.labels)) for output in core.outputs) + plan.sampler.dimensions
    blocks = _blocks(plan, wanted, keep=wanted * width <= MOST_KEPT, client=client,
                     progress=shown_progress(progress), resume=resume)  # fmt: skip
    base = find_model(loaded.model).run(loaded.given)
    notes = [*loaded.notes, *base.notes, *base.result.notes]
    if any(not driver.distribution.reference for driver in plan.sampler.drivers):
        notes.insert(
            0, "The distributions are assumptions, illustrative: how far the inputs may vary is not published."
        )
    return Ensemble(
        scenario=loaded,
        plan=plan,
        outputs=core.outputs,
        blocks=blocks,
        wanted=wanted,
        parameters={"draws": wanted, "seed": plan.sampler.seed, "method": plan.sampler.method},
        sources=base.result.sources,
        findings=base.result.findings,
        notes=tuple(dict.fromkeys(notes)),
    )


def _section(scenario: Scenario) -> Mapping[str, Any]:
    unknown = [key for key in scenario.ensemble if key not in KEYS]
    if unknown:
        file = scenario.texts[-1].file
        raise InputError([Fault(what="is no key of an ensemble", value=str(key), file=file,
                                remedy=suggestion(str(key), KEYS)) for key in unknown])  # fmt: skip
    return scenario.ensemble


def _blocks(
    plan: Plan,
    draws: int,
    *,
    keep: bool,
    client: Any,  # noqa: ANN401 - a distributed.Client, of an optional library
    progress: Progress,
    resume: Ensemble | None,
) -> tuple[Block, ...]:
    done = _resumed(plan, draws, keep, resume)
    wanted = [(number, count) for number, count in enumerate(block_counts(draws)) if number not in done]
    work: Iterable[Block] = here(plan, wanted, keep) if client is None else on_cluster(client, plan, wanted, keep)
    count = sum(block.count for block in done.values())
    progress(count, draws)
    try:
        for block in work:
            done[block.number] = block
            count += block.count
            progress(count, draws)
    except KeyboardInterrupt:
        # Whoever stops long work keeps what is done; a second Ctrl-C, or one before the first block, ends it all.
        if not done:
            raise
    return tuple(done[number] for number in sorted(done))


def _resumed(plan: Plan, draws: int, keep: bool, resume: Ensemble | None) -> dict[int, Block]:
    if resume is None:
        return {}
    if resume.plan.key != plan.key:
        what = "has other inputs, another scenario or another seed: its draws cannot be carried on"
        raise InputError(Fault(what=what, value="resume"))
    counts = block_counts(draws)
    return {
        block.number: block
        for block in resume.blocks
        if block.number < len(counts) and block.count == counts[block.number] and (not block.sketches) == keep
    }
