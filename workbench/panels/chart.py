"""A chart widget around the small Plotly bundle: only the figure's JSON travels, and only it changes.

In a dashboard the page has loaded the bundle as a static file that the browser keeps. Elsewhere, as in JupyterLab, the
widget asks Python for it once, over the widget's own channel: no network is needed in either.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import anywidget
from traitlets import Dict, Int, Unicode

from workbench.views.picture import Picture

STATIC: Final = Path(__file__).parent / "static"
BUNDLE: Final = STATIC / "plotly-workbench.min.js"


class Chart(anywidget.AnyWidget):
    """A picture that is redrawn in place when its figure changes.

    Parameters
    ----------
    height : int
        Pixels.
    """

    _esm = (STATIC / "chart.mjs").read_text(encoding="utf-8")

    figure = Dict().tag(sync=True)
    narrow = Dict().tag(sync=True)
    says = Unicode().tag(sync=True)
    height = Int(420).tag(sync=True)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.on_msg(_send_library)

    def show(self, picture: Picture) -> None:
        """Draw a picture in the place of the one before."""
        with self.hold_sync():
            self.figure = dict(picture.figure)
            self.narrow = dict(picture.narrow or {})
            self.says = picture.says


def _send_library(chart: Chart, message: object, _buffers: object) -> None:
    if message == {"kind": "library wanted"}:
        chart.send({"kind": "library"}, buffers=[BUNDLE.read_bytes()])
