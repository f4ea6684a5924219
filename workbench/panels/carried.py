"""A dashboard's output carries the state of its widgets, so that a browser draws the page before it asks the kernel."""

from __future__ import annotations

from typing import Any, Final

import ipywidgets as widgets
from ipywidgets.embed import dependency_state

from workbench.panels.guard import is_dashboard

STATE: Final = "application/vnd.jupyter.widget-state+json"


class Carried(widgets.VBox):
    """A box that is shown with the state of everything in it."""

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:  # noqa: ANN401 - the base class says so
        bundle = super()._repr_mimebundle_(**kwargs)
        if is_dashboard():
            state = dependency_state(self, drop_defaults=False)
            bundle[STATE] = {"version_major": 2, "version_minor": 0, "state": state}
        return bundle
