// Draws the model's `figure` with Plotly; `says` is its text for those who cannot see it.
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
  const draw = async () => {
    const { data = [], layout = {} } = model.get("figure");
    canvas.setAttribute("aria-label", model.get("says"));
    caption.textContent = model.get("says");
    canvas.style.height = `${layout.height ?? model.get("height")}px`;
    Plotly ??= await library(model);
    // Plotly writes into what it is given; the model's own must stay as it came.
    await Plotly.react(canvas, structuredClone(data), { ...structuredClone(layout), autosize: true }, CONFIG);
    canvas.dataset.drawn = String(Number(canvas.dataset.drawn ?? 0) + 1);
  };
  const resized = new ResizeObserver(() => canvas.offsetWidth && Plotly?.Plots.resize(canvas));
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
