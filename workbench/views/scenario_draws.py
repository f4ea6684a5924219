"""Many draws of a scenario as part of its page: how far the figures may lie from the central case."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from workbench.scenarios import Ensemble
from workbench.scenarios.models import Output
from workbench.views import text_scenarios
from workbench.views.content import Column, PageContent, grid
from workbench.views.numbers import number, shown_unit
from workbench.views.scenarios import fan_chart

WORDS: Final = text_scenarios.DRAWS
BANDS: Final = ("p5", "p25", "p50", "p75", "p95")


def draws_page(ensemble: Ensemble) -> PageContent:
    """Return what the draws of a scenario give, line by line.

    Parameters
    ----------
    ensemble : Ensemble

    Returns
    -------
    PageContent
        Without headline figures: those are the central case's.
    """
    output = shown_output(ensemble)
    bands = ensemble.fan(output.name)
    decimals = 0 if output.unit == "KES" else 3
    sampler = ensemble.plan.sampler
    return PageContent(
        finding=_finding(ensemble, output, bands),
        lead=WORDS["lead"].format(draws=number(ensemble.draws), seed=sampler.seed, count=len(sampler.drivers)),
        cards=(),
        picture=fan_chart(ensemble, output.name),
        grid=grid(
            bands.assign(mark="illustrative" if ensemble.illustrative else None),
            [
                Column(key="label", title=output.dimension.replace("_", " ").capitalize()),
                *(Column(key=band, title=_titled(WORDS[band], output), decimals=decimals) for band in BANDS),
            ],
            WORDS["caption"].format(
                label=output.label, draws=number(ensemble.draws), unit=shown_unit(output.unit) or WORDS["ratio"]
            ),
            order="p50",
            mark="mark",
        ),
        notes=ensemble.notes,
        illustrative=ensemble.illustrative,
    )


def with_draws(page: PageContent, draws: PageContent) -> PageContent:
    """Return a scenario's page that answers with its draws; what was its title is told of the central case."""
    return replace(
        page,
        finding=draws.finding,
        lead=WORDS["central"].format(lead=page.lead, finding=page.finding),
        notes=tuple(dict.fromkeys((*_of_draws(draws, page), *page.notes))),
        illustrative=page.illustrative or draws.illustrative,
    )


def _of_draws(draws: PageContent, page: PageContent) -> list[str]:
    """Return the notes of the draws that the central case does not have, whichever of its runs says them."""
    return [note for note in draws.notes if not any(told.endswith(note) for told in page.notes)]


def shown_output(ensemble: Ensemble) -> Output:
    """Return the output that is shown: money by line where the model has any, else the first."""
    labelled = [output for output in ensemble.outputs if output.dimension] or list(ensemble.outputs)
    return next((output for output in labelled if output.unit == "KES"), labelled[0])


def _finding(ensemble: Ensemble, output: Output, bands: pd.DataFrame) -> str:
    known = bands[bands["p50"] > 0]
    words = {"draws": number(ensemble.draws), "label": output.label.lower(), "dimension": output.dimension}
    if known.empty:
        return WORDS["finding_none"].format(**words)
    low, high = (known["p5"] / known["p50"]).min(), (known["p95"] / known["p50"]).max()
    return WORDS["finding"].format(low=number(100 * low), high=number(100 * high), **words)


def _titled(words: str, output: Output) -> str:
    return f"{words}, {shown_unit(output.unit)}" if output.unit else words
