"""The gap dashboard's page in Panel: the same controls, figures, chart and table, ready worked out."""

import json
import os
from pathlib import Path

import pandas as pd
import panel as pn

CONTENTS = json.loads(Path(os.environ["BENCH_CONTENTS"]).read_text(encoding="utf-8"))
STATES = {tuple(json.loads(key)): content for key, content in CONTENTS["states"].items()}

pn.extension("plotly")

controls = {
    name: pn.widgets.Select(name=label, options=options, value=options[0])
    for name, label, options in CONTENTS["controls"]
}


def shown(**values: str) -> pn.Column:
    """Return everything below the controls."""
    content = STATES[tuple(values[name] for name, _, _ in CONTENTS["controls"])]
    cards = [pn.pane.HTML(f"<b>{label}</b><br><big>{value}</big> {unit}") for label, value, unit in content["cards"]]
    return pn.Column(
        pn.pane.HTML(f"<h1>{content['finding']}</h1><p>{content['lead']}</p>"),
        pn.Row(*cards),
        pn.pane.Plotly(content["figure"], config={"displayModeBar": False}, sizing_mode="stretch_width"),
        pn.pane.DataFrame(pd.DataFrame(content["rows"], columns=content["columns"]), index=False),
        pn.pane.HTML("".join(f"<p>{note}</p>" for note in content["notes"])),
    )


pn.Column(pn.Row(*controls.values()), pn.bind(shown, **controls)).servable(title="Gap")
