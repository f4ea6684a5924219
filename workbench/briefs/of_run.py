"""What a run was made with, from its record: the scenario, its assumptions, its inputs, who made it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workbench.briefs.common import Stamp
from workbench.briefs.words import HEADINGS, RUN
from workbench.errors import Fault, InputError
from workbench.scenarios import Record, Run
from workbench.scenarios.models import Outcome, find_model
from workbench.scenarios.reproducing import reproduce, scenario_of
from workbench.scenarios.store.entry import RunEntry
from workbench.views.numbers import number

DIGITS = 12
"""Of a content's hash: enough to name it."""


def stamp_of_run(run: Run) -> Stamp:
    """Return what a run was made with."""
    return _stamp(run.record, run.entry)


def stamp_of_record(record: Record, entry: RunEntry | None) -> tuple[Stamp, Outcome]:
    """Return what a record was made with, and what it gives when it is run again.

    Raises
    ------
    InputError
        Where other figures come out now than the record keeps: a brief would show what nobody recorded.
    """
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
    return _stamp(record, entry), find_model(scenario.model).run(scenario.given)


def _stamp(record: Record, entry: RunEntry | None) -> Stamp:
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
    facts += [("Assumptions", str(one["name"]), assumption(one)) for one in content["parameters"]]
    facts += [("Inputs", str(name), str(digest)) for name, digest in content["inputs"].items()]
    facts += [("Versions then", str(name), str(version)) for name, version in content["versions"].items()]
    return Stamp(
        run_id=f"{entry.id}, {named}" if entry is not None else named,
        question=record.question,
        illustrative=record.illustrative,
        facts=tuple(facts),
        doubts=assumptions(content["parameters"]),
    )


def assumptions(changes: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Say what a scenario assumes, values of one kind that are set alike in one sentence."""
    alike: dict[tuple[str, str], list[str]] = {}
    for one in changes:
        alike.setdefault((str(one["name"]).split(".", maxsplit=1)[0], assumption(one)), []).append(str(one["name"]))
    return tuple(
        RUN["assumed"].format(name=names[0], change=change)
        if len(names) == 1
        else RUN["assumed_many"].format(count=len(names), name=kind, change=change)
        for (kind, change), names in alike.items()
    )


def assumption(change: Mapping[str, Any]) -> str:
    """Say what a scenario sets: the value, its unit, and what the base has."""
    after, before = (_figure(change[side]) for side in ("after", "before"))
    unit = f" {change['unit']}" if change["unit"] else ""
    return RUN["instead"].format(after=after, unit=unit, before=before) if before else f"{after}{unit}"


def _figure(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    return number(value) if float(value).is_integer() else number(value, 4).rstrip("0").rstrip(".")
