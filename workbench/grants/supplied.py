"""Figures by county that nobody has published: what the user supplies, and what may stand in for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from workbench.errors import Fault, InputError, WorkbenchError
from workbench.fiscal import parse_money, parse_number
from workbench.grants.design import Design
from workbench.grants.facts import Variable
from workbench.grants.forms import CountyForm, Source, read_county_form


def read_supplied(source: Source, design: Design) -> dict[str, Variable]:
    """Read the design's inputs from a form with one row for each county.

    Parameters
    ----------
    source : path or DataFrame
        ``code, county`` and any of the design's inputs; blank is unknown.
    design : Design

    Raises
    ------
    InputError
        With every fault, and for a column that is none of the design's inputs.
    """
    if not design.inputs:
        raise InputError(Fault(what="needs no figures by county that are not published", value=design.name))
    form = read_county_form(source, required=(), optional=tuple(design.inputs))
    supplied = {name: _variable(form, name, design) for name in form.cells}
    if not supplied:
        form.faults.append(form.place.fault("holds no input of the design", value=", ".join(design.inputs)))
    form.raise_faults()
    return supplied


def _variable(form: CountyForm, name: str, design: Design) -> Variable:
    asked = design.inputs[name]
    values = np.full(len(form.rows), np.nan)
    for place, text in enumerate(form.cells[name]):
        try:
            number = parse_money(text) if asked.unit == "KES" else parse_number(text)
        except WorkbenchError as fault:
            form.refuse(place, name, fault.faults[0].what, fault.faults[0].remedy or "write a number from 0")
            continue
        if number is not None and number < 0:
            form.refuse(place, name, "is less than 0", "write a number from 0, or leave it blank where it is not known")
        elif number is not None:
            values[place] = float(number)
    return Variable(name, values, asked.description, form.name, "supplied by the user", "one source")


def stand_ins(design: Design, known: Mapping[str, Variable]) -> dict[str, Variable]:
    """Return what the design names to stand in for figures that are not published; each is illustrative."""
    return {
        name: replace(
            known[asked.stand_in], name=name, mark="illustrative", description=f"Stands in for: {asked.description}"
        )
        for name, asked in design.inputs.items()
        if asked.stand_in is not None
    }
