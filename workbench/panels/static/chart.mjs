// Draws the model's `figure` with Plotly, or `narrow` where there is little room; `says` is its text in words.
const NARROW_BELOW = 560;
const CONFIG = { displayModeBar: false, displaylogo: false, scrollZoom: false, doubleClick: false, showTips: false };

function loaded(script) {
  return new Promise((resolve, reject) => {
    script.addEventListener("load", () => resolve(window.Plotly), { once: true });
    script.addEventListener("error", () => reject(new Error("the chart library did not load")), { once: true });
  });
}

// A dashboard's page has the library as a static file; elsewhere Python sends it once over the widget's channel.
function library(model) {
  if (window.Plotly) return Promise.resolve(window.Plotly);
  const script = document.getElementById("workbench-plotly");
  if (script) return loaded(script);
  window.workbenchPlotly ??= new Promise((resolve, reject) => {
    const receive = (message, buffers) => {
      if (message.kind !== "library") return;
      model.off("msg:custom", receive);
      const own = document.createElement("script");
      own.src = URL.createObjectURL(new Blob([buffers[0]], { type: "text/javascript" }));
      loaded(own).then(resolve, reject);
      document.head.append(own);
    };
    model.on("msg:custom", receive);
    model.send({ kind: "library wanted" });
  });
  return window.workbenchPlotly;
}

async function render({ model, el }) {
  const frame = document.createElement("figure");
  const canvas = document.createElement("div");
  const caption = document.createElement("figcaption");
  frame.className = "wb-figure";
  canvas.className = "wb-canvas";
  canvas.setAttribute("role", "img");
  frame.append(canvas, caption);
  el.append(frame);

  let Plotly = null;
  let drawnNarrow = false;
  const isNarrow = () => canvas.offsetWidth > 0 && canvas.offsetWidth < NARROW_BELOW && Boolean(model.get("narrow").data);
  const draw = async () => {
    drawnNarrow = isNarrow();
    const { data = [], layout = {} } = model.get(drawnNarrow ? "narrow" : "figure");
    canvas.setAttribute("aria-label", model.get("says"));
    caption.textContent = model.get("says");
    canvas.style.height = `${layout.height ?? model.get("height")}px`;
    Plotly ??= await library(model);
    // Plotly writes into what it is given; the model's own must stay as it came.
    await Plotly.react(canvas, structuredClone(data), { ...structuredClone(layout), autosize: true }, CONFIG);
    fitted();
    canvas.dataset.drawn = String(Number(canvas.dataset.drawn ?? 0) + 1);
  };
  // On paper there is no time to draw anew: with a view box the drawing shrinks with the page.
  const fitted = () => {
    for (const svg of canvas.querySelectorAll("svg.main-svg")) {
      svg.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
    }
  };
  const resized = new ResizeObserver(() => {
    if (!canvas.offsetWidth || !Plotly) return;
    if (isNarrow() === drawnNarrow) Plotly.Plots.resize(canvas).then(fitted);
    else draw();
  });
  model.on("change:figure", draw);
  await draw();
  resized.observe(canvas);
  return () => {
    resized.disconnect();
    model.off("change:figure", draw);
    Plotly?.purge(canvas);
  };
}

export default { render };
