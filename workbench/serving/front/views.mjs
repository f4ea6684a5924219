// How each kind of widget that the dashboards use is drawn: boxes, text, lists to choose from, and our own (anywidget).
import { button, described, dropdown, element, line } from "./controls.mjs";

// Listens as long as the view is shown.
class Listening {
  constructor() {
    this.ends = [];
  }

  to(model, events, callback) {
    model.on(events, callback);
    this.ends.push(() => model.off(events, callback));
    callback();
  }

  end() {
    for (const end of this.ends.splice(0)) end();
  }
}

function box(model, el, listening, classes) {
  el.classList.add("widget-container", "widget-box", ...classes);
  const shown = new Map();
  const draw = () => {
    const wanted = model.get("children");
    for (const [reference, view] of shown) {
      if (wanted.includes(reference)) continue;
      view.end();
      view.el.remove();
      shown.delete(reference);
    }
    wanted.forEach((reference, place) => {
      if (!shown.has(reference)) shown.set(reference, view(model.widget_manager.model(reference)));
      const child = shown.get(reference).el;
      if (el.children[place] !== child) el.insertBefore(child, el.children[place] ?? null);
    });
  };
  listening.to(model, "change:children", draw);
  listening.ends.push(() => shown.forEach((one) => one.end()));
}

function html(model, el, listening) {
  const content = element("div", "widget-html-content");
  el.classList.add("widget-html");
  described(model, el, listening, content);
  listening.to(model, "change:value", () => {
    content.innerHTML = model.get("value");
  });
}

const modules = new Map();

function loaded(code) {
  if (!modules.has(code)) {
    const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    const widget = import(address).then(({ default: made }) => (typeof made === "function" ? made() : made));
    modules.set(code, widget.finally(() => URL.revokeObjectURL(address)));
  }
  return modules.get(code);
}

const styled = new Set();

async function own(model, el, listening) {
  const style = model.get("_css");
  if (style && !styled.has(style)) {
    styled.add(style);
    const sheet = element("style");
    sheet.textContent = style;
    document.head.append(sheet);
  }
  const widget = await loaded(model.get("_esm"));
  model.begun ??= Promise.resolve(widget.initialize?.({ model }));
  await model.begun;
  const end = await widget.render?.({ model, el });
  if (end) listening.ends.push(end);
}

const KINDS = {
  AnyModel: own,
  ButtonModel: button,
  BoxModel: (model, el, listening) => box(model, el, listening, []),
  DropdownModel: dropdown,
  HBoxModel: (model, el, listening) => box(model, el, listening, ["widget-hbox"]),
  HTMLModel: html,
  TextModel: line,
  VBoxModel: (model, el, listening) => box(model, el, listening, ["widget-vbox"]),
};

const UNSEEN = new Set(["ButtonStyleModel", "DescriptionStyleModel", "HTMLStyleModel", "LayoutModel", "TextStyleModel"]);

// Whether everything on a page can be drawn here; if not, the page takes Voila's own front end, which is slower.
export const canDraw = (states) =>
  Object.values(states).every(({ model_name: name }) => Object.hasOwn(KINDS, name) || UNSEEN.has(name));

function arrange(model, el, listening) {
  const layout = model.get("layout") && model.widget_manager.model(model.get("layout"));
  if (layout) {
    listening.to(layout, "change", () => {
      for (const [name, value] of Object.entries(layout.state)) {
        if (!name.startsWith("_")) el.style.setProperty(name.replaceAll("_", "-"), value ?? "");
      }
    });
  }
  let given = [];
  listening.to(model, "change:_dom_classes", () => {
    el.classList.remove(...given);
    given = model.get("_dom_classes") ?? [];
    el.classList.add(...given);
  });
}

export function view(model) {
  const el = element(model?.get("_model_name") === "ButtonModel" ? "button" : "div", "jupyter-widgets");
  const listening = new Listening();
  const draw = model && KINDS[model.get("_model_name")];
  if (draw) {
    arrange(model, el, listening);
    draw(model, el, listening);
  } else {
    el.className = "wb-error";
    el.textContent = document.body.dataset.unknown;
  }
  return { el, end: () => listening.end() };
}
