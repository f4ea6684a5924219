"""``wb.ensemble``: draw a scenario's inputs many times, on one machine or on many."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from workbench.errors import Fault, InputError
from workbench.scenarios.ensembles.asked import Correlations, load_asked
from workbench.scenarios.ensembles.blocks import Block, block_counts, here, on_cluster
from workbench.scenarios.ensembles.ensemble import Ensemble
from workbench.scenarios.ensembles.planning import Plan, plan_of
from workbench.scenarios.ensembles.progress import Progress, shown_progress
from workbench.scenarios.models import find_model
from workbench.scenarios.scenario import Scenario
from workbench.scenarios.store import Store, open_store
from workbench.scenarios.store.store import current_user
from workbench.scenarios.store.trail import now

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
    years: int | Sequence[str] | None = None,
    client: Any = None,  # noqa: ANN401 - a distributed.Client, of an optional library
    progress: bool | Progress | None = None,
    resume: Ensemble | None = None,
    store: Store | str | os.PathLike[str] | None = None,
    name: str | None = None,
    user: str | None = None,
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
    years : int or sequence of str, optional
        How many years from the scenario's own on, or which: every draw is then one future of all of them. A driver is
        drawn once for all years; with ``.2025/26`` after its name, for that one.
    client : distributed.Client, optional
        A Dask cluster to work on; the answer is the same to the byte.
    progress : bool or callable, optional
        A bar in the terminal or the notebook; a function is called with the draws done and wanted.
    resume : Ensemble, optional
        A stopped ensemble of the same inputs and seed, whose draws are not done again.
    store : Store, str or path, optional
        Where the ensemble is kept, as a run is; without it, it is not kept.
    name : str, optional
        The name to keep it under; nobody may have used it.
    user : str, optional
        Who draws; without it ``WORKBENCH_USER`` or the name of the account.

    Returns
    -------
    Ensemble
        Interrupted (Ctrl-C, a notebook's stop button), it holds what was done.

    Raises
    ------
    InputError
        With every mistake of the inputs.
    NameTakenError
        Where the name is taken.
    """
    opened = store if isinstance(store, Store) or store is None else open_store(store, user=user)
    try:
        given = {"draws": draws, "inputs": inputs, "seed": seed, "method": method, "correlations": correlations,
                 "years": years}  # fmt: skip
        loaded, asked = load_asked(scenario, given, store=opened)
        plan = plan_of(loaded, asked)
        made_by = user or (opened.user if opened is not None else current_user())
        found = drawn(loaded, plan, asked.draws, client=client, progress=progress, resume=resume, made_by=made_by)
        return found if opened is None else replace(found, entry=opened.save(found.record, name=name))
    finally:
        if opened is not None and opened is not store:
            opened.close()


def drawn(
    loaded: Scenario,
    plan: Plan,
    wanted: int,
    *,
    client: Any = None,  # noqa: ANN401 - a distributed.Client, of an optional library
    progress: bool | Progress | None = None,
    resume: Ensemble | None = None,
    not_done: Collection[int] = (),
    made_by: str = "",
) -> Ensemble:
    """Draw a plan: every block of it, or all but some that a record says were not done."""
    core = plan.core
    width = sum(max(1, len(output.labels)) for output in core.outputs) + plan.sampler.dimensions
    blocks = _blocks(plan, wanted, keep=wanted * width <= MOST_KEPT, client=client, not_done=not_done,
                     progress=shown_progress(progress), resume=resume)  # fmt: skip
    model = find_model(loaded.model)
    bases = [model.run(one.given) for one in plan.years] or [model.run(loaded.given)]
    notes = [*loaded.notes, *_held(plan)]
    notes += [note for base in bases for note in (*base.notes, *base.result.notes)]
    if any(not driver.distribution.reference for driver in plan.sampler.drivers):
        notes.insert(
            0, "The distributions are assumptions, illustrative: how far the inputs may vary is not published."
        )
    years = dict.fromkeys(str(base.financial_year) for base in bases if base.financial_year is not None)
    return Ensemble(
        scenario=loaded,
        plan=plan,
        outputs=core.outputs,
        blocks=blocks,
        wanted=wanted,
        financial_year=" to ".join([*years][:: max(1, len(years) - 1)]) or None,
        made_at=now(),
        made_by=made_by or current_user(),
        parameters={"draws": wanted, "seed": plan.sampler.seed, "method": plan.sampler.method},
        sources=pd.concat([base.result.sources for base in bases]).drop_duplicates(ignore_index=True),
        findings=bases[0].result.findings,
        notes=tuple(dict.fromkeys(notes)),
    )


def _held(plan: Plan) -> list[str]:
    return [
        f"Nothing is published of {one.year}: it stands on the figures of {one.figures_of}, which is an assumption."
        for one in plan.years
        if one.is_held
    ]


def _blocks(
    plan: Plan,
    draws: int,
    *,
    keep: bool,
    client: Any,  # noqa: ANN401 - a distributed.Client, of an optional library
    progress: Progress,
    resume: Ensemble | None,
    not_done: Collection[int],
) -> tuple[Block, ...]:
    done = _resumed(plan, draws, keep, resume)
    leave = {*done, *not_done}
    wanted = [(number, count) for number, count in enumerate(block_counts(draws)) if number not in leave]
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
