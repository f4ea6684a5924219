"""The gap dashboard's page in Streamlit: the same controls, figures, chart and table, ready worked out."""

import json
import os
from pathlib import Path

import pandas as pd
import streamlit as st


@st.cache_data
def contents() -> dict:
    """Return everything that the page can show."""
    read = json.loads(Path(os.environ["BENCH_CONTENTS"]).read_text(encoding="utf-8"))
    return {**read, "states": {tuple(json.loads(key)): content for key, content in read["states"].items()}}


st.set_page_config(page_title="Gap", layout="wide")
page = contents()
places = st.columns(len(page["controls"]))
chosen = [place.selectbox(label, options) for place, (_, label, options) in zip(places, page["controls"], strict=True)]
content = page["states"][tuple(chosen)]
st.title(content["finding"])
st.write(content["lead"])
for place, (label, value, unit) in zip(st.columns(len(content["cards"])), content["cards"], strict=True):
    place.metric(f"{label}, {unit}", value)
st.plotly_chart(content["figure"], config={"displayModeBar": False}, theme=None)
st.table(pd.DataFrame(content["rows"], columns=content["columns"]))
for note in content["notes"]:
    st.write(note)
