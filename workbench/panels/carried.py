"""A dashboard's output carries the state of its widgets, so that a browser draws the page before it asks the kernel."""

from __future__ import annotations

from typing import Any, Final

import ipywidgets as widgets

from workbench.panels.guard import is_dashboard

STATE: Final = "application/vnd.jupyter.widget-state+json"


class Carried(widgets.VBox):
    """A box that is shown with the state of its kernel's widgets.

    All of them are carried, those too that stand nowhere yet: a result has its widgets before the first run shows it.
    """

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:  # noqa: ANN401 - the base class says so
        bundle = super()._repr_mimebundle_(**kwargs)
        if is_dashboard():
            bundle[STATE] = widgets.Widget.get_manager_state(drop_defaults=False)
        return bundle
