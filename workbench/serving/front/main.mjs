// Draws a dashboard from the state that its page carries, at once, and joins its kernel meanwhile.
import { Channel } from "./channel.mjs";
import { Manager } from "./models.mjs";
import { canDraw, view } from "./views.mjs";

const VIEW = "application/vnd.jupyter.widget-view+json";
const STATE = "application/vnd.jupyter.widget-state+json";

function shown() {
  const outputs = [...document.querySelectorAll('script[type="application/vnd.voila.cell-output+json"]')];
  return outputs.map((place) => ({ place, data: JSON.parse(place.textContent).data ?? {} })).filter(({ data }) => data[VIEW]);
}

// Voila's own front end draws every widget there is; it takes much longer to load.
function fallBack() {
  const { front, theme } = document.body.dataset;
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: theme });
  document.head.prepend(sheet);
  document.body.append(Object.assign(document.createElement("script"), { src: front }));
}

function start() {
  const pages = shown();
  if (!pages.length) {
    window.workbenchFailed();
    return;
  }
  const states = Object.assign({}, ...pages.map(({ data }) => data[STATE]?.state));
  if (!pages.every(({ data }) => data[STATE]) || !canDraw(states)) {
    fallBack();
    return;
  }
  const { baseUrl, kernelId } = JSON.parse(document.getElementById("jupyter-config-data").textContent);
  const manager = new Manager(states);
  manager.channel = new Channel(baseUrl, kernelId, (message) => manager.hear(message));
  manager.channel.opened = () => manager.askStates();
  for (const { place, data } of pages) place.replaceWith(view(manager.model(data[VIEW].model_id)).el);
}

start();
