// Says that the page works, and how far it is, once an answer takes longer than half a second. A moved control starts
// the watch here, in the browser, so that a quick answer costs nothing; long work counts its steps in Python.
const SLOW_AFTER = 500;

function render({ model, el }) {
  const words = model.get("words");
  const place = document.createElement("div");
  const said = document.createElement("p");
  const bar = document.createElement("progress");
  place.className = "wb-progress";
  place.setAttribute("role", "status");
  place.hidden = true;
  bar.setAttribute("aria-label", words.label);
  place.append(said, bar);
  el.append(place);

  let waiting = null;
  const page = () => el.closest(".wb-page");
  const answered = new MutationObserver(() => stop());
  const stop = () => {
    clearTimeout(waiting);
    waiting = null;
    answered.disconnect();
    if (!model.get("step").words) place.hidden = true;
  };
  const begin = (event) => {
    if (!event.target.closest(".wb-controls:not(.wb-waiting)")) return;
    stop();
    for (const part of page().querySelectorAll(".wb-canvas, .wb-error-place")) {
      answered.observe(part, { attributes: true, attributeFilter: ["data-drawn"], childList: true, subtree: true });
    }
    waiting = setTimeout(() => {
      said.textContent = words.label;
      bar.removeAttribute("value");
      place.hidden = false;
    }, SLOW_AFTER);
  };
  let since = 0;
  const step = () => {
    const { words: told = "", done = 0, of = 0 } = model.get("step");
    clearTimeout(waiting);
    if (!told) {
      since = 0;
      place.hidden = true;
      return;
    }
    since ||= performance.now();
    said.textContent = told;
    if (of) [bar.max, bar.value] = [of, done];
    else bar.removeAttribute("value");
    waiting = setTimeout(() => { place.hidden = false; }, Math.max(0, SLOW_AFTER - (performance.now() - since)));
  };
  let root = null;
  requestAnimationFrame(() => {
    root = page();
    root?.addEventListener("change", begin);
  });
  model.on("change:step", step);
  return () => {
    stop();
    root?.removeEventListener("change", begin);
    model.off("change:step", step);
  };
}

export default { render };
