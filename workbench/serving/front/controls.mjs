// The controls that a viewer moves: lists to choose from, lines to write in, and buttons.
let numbered = 0;

export function element(tag, classes = "") {
  const made = document.createElement(tag);
  made.className = classes;
  return made;
}

export function described(model, el, listening, control) {
  const label = element("label", "widget-label");
  el.classList.add("widget-inline-hbox");
  el.append(label, control);
  listening.to(model, "change:description", () => {
    label.textContent = model.get("description");
    label.hidden = !model.get("description");
  });
  return label;
}

export function dropdown(model, el, listening) {
  const list = element("select");
  el.classList.add("widget-dropdown");
  labelled(model, el, listening, list);
  const choose = () => {
    list.selectedIndex = model.get("index") ?? -1;
  };
  listening.to(model, "change:_options_labels", () => {
    list.replaceChildren(...model.get("_options_labels").map((label) => new Option(label)));
    choose();
  });
  listening.to(model, "change:index", choose);
  able(model, listening, list);
  list.addEventListener("change", () => {
    model.set("index", list.selectedIndex);
    model.save_changes();
  });
}

export function line(model, el, listening) {
  const field = element("input");
  field.type = "text";
  el.classList.add("widget-text");
  labelled(model, el, listening, field);
  listening.to(model, "change:value", () => {
    if (field.value !== model.get("value")) field.value = model.get("value");
  });
  listening.to(model, "change:placeholder", () => {
    field.placeholder = model.get("placeholder") ?? "";
  });
  able(model, listening, field);
  field.addEventListener(model.get("continuous_update") ? "input" : "change", () => {
    model.set("value", field.value);
    model.save_changes();
  });
  field.addEventListener("keydown", ({ key }) => {
    if (key === "Enter") model.send({ event: "submit" });
  });
}

export function button(model, el, listening) {
  el.type = "button";
  el.classList.add("jupyter-button", "widget-button");
  listening.to(model, "change:description", () => {
    el.textContent = model.get("description");
  });
  listening.to(model, "change:tooltip", () => {
    el.title = model.get("tooltip") ?? "";
  });
  able(model, listening, el);
  el.addEventListener("click", () => model.send({ event: "click" }));
}

function labelled(model, el, listening, control) {
  numbered += 1;
  control.id = `wb-control-${numbered}`;
  described(model, el, listening, control).htmlFor = control.id;
}

function able(model, listening, control) {
  listening.to(model, "change:disabled", () => {
    control.disabled = Boolean(model.get("disabled"));
  });
}
