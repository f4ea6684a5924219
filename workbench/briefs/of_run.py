"""What a run was made with, from its record: the scenario, its assumptions, its inputs, who made it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workbench.briefs.common import DIGITS, Stamp
from workbench.briefs.words import HEADINGS, RUN
from workbench.errors import Fault, InputError
from workbench.scenarios import Record, Run, Scenario
from workbench.scenarios.central import central_case
from workbench.scenarios.models import Outcome, find_model
from workbench.scenarios.reproducing import reproduce, scenario_of
from workbench.scenarios.store.entry import RunEntry
from workbench.views.numbers import number

"""Of a content's hash: enough to name it."""


def stamp_of_run(run: Run) -> Stamp:
    """Return what a run was made with."""
    return _stamp(run.record, run.entry, run.scenario)


def stamp_of_record(record: Record, entry: RunEntry | None) -> tuple[Stamp, Outcome]:
    """Return what a record was made with, and what it gives when it is run again.

    Raises
    ------
    InputError
        For the record of an ensemble, and where other figures come out now than the record keeps: a brief would show
        what nobody recorded.
    """
    single(record)
    found = reproduce(record)
    if not found.identical:
        raise InputError(
            [
                Fault(what=RUN["differs"].format(was=row["recorded"], now=row["now"]), value=row["column"],
                      file=f"{row['table']} {row['row']}".strip())
                for row in found.differences.head(5).to_dict("records")
            ],
            summary=RUN["no_longer"].format(count=len(found.differences), figures=found.figures),
        )  # fmt: skip
    scenario = scenario_of(record)
    return _stamp(record, entry, scenario), find_model(scenario.model).run(scenario.given)


def single(*found: Record) -> None:
    """Refuse the records of ensembles.

    Raises
    ------
    InputError
        A brief says what one run gives: a median of many draws is no figure of one run.
    """
    faults = [
        Fault(what=RUN["ensemble"], value=record.scenario, remedy=RUN["ensemble_remedy"])
        for record in found
        if record.kind == "ensemble"
    ]
    if faults:
        raise InputError(faults)


def _stamp(record: Record, entry: RunEntry | None, scenario: Scenario) -> Stamp:
    content = record.content
    named = HEADINGS["hash"].format(hash=record.content_hash[:DIGITS])
    facts = [
        ("Run", "id", entry.id if entry is not None else RUN["not_kept"]),
        ("Run", "scenario", record.scenario),
        ("Run", "model", record.model),
        ("Run", "base", str(content["base"])),
        ("Run", "content hash", record.content_hash),
    ]
    if entry is not None:
        facts += [("Run", "name", entry.name), ("Run", "status", entry.status),
                  ("Run", "made at", record.made_at), ("Run", "made by", record.made_by)]  # fmt: skip
        facts += [("Run", "approved by", entry.approved_by)] if entry.approved_by else []
    # A scenario may name what its base has already, such as the year: that assumes nothing.
    changes = [one for one in content["parameters"] if one["after"] != one["before"]]
    facts += [("Assumptions", str(one["name"]), assumption(one)) for one in changes]
    facts += [("Inputs", str(name), str(digest)) for name, digest in content["inputs"].items()]
    facts += [("Versions then", str(name), str(version)) for name, version in content["versions"].items()]
    return Stamp(
        run_id=f"{entry.id}, {named}" if entry is not None else named,
        scenario=record.scenario,
        question=record.question,
        illustrative=record.illustrative,
        facts=tuple(facts),
        doubts=(*central_case(scenario), *(*assumptions(changes), *content["notes"])),
    )


def assumptions(changes: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Say what a scenario assumes, values of one kind that are set alike in one sentence."""
    return together([(str(one["name"]), assumption(one)) for one in changes], RUN["assumed"], RUN["assumed_many"])


def together(told: Iterable[tuple[str, str]], one: str, many: str) -> tuple[str, ...]:
    """Say in one sentence what is told alike of values of one kind.

    Parameters
    ----------
    told : iterable of (str, str)
        A value's dotted name, and what is told of it.
    one, many : str
        The sentence for a value by itself, and for ``count`` values.
    """
    alike: dict[tuple[str, str], list[str]] = {}
    for name, words in told:
        alike.setdefault((name.split(".", maxsplit=1)[0], words), []).append(name)
    return tuple(
        one.format(name=names[0], told=words)
        if len(names) == 1
        else many.format(count=len(names), name=kind, told=words)
        for (kind, words), names in alike.items()
    )


def assumption(change: Mapping[str, Any]) -> str:
    """Say what a scenario sets: the value, its unit, and what the base has."""
    after, before = (shown_value(change[side]) for side in ("after", "before"))
    unit = f" {change['unit']}" if change["unit"] else ""
    return RUN["instead"].format(after=after, unit=unit, before=before) if before else f"{after}{unit}"


def shown_value(value: object) -> str:
    """Write what a scenario sets: a number with as many decimals as it has, four at most; nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    return number(value) if float(value).is_integer() else number(value, 4).rstrip("0").rstrip(".")
