// Buttons that ask Python for a file; what comes back over the widget's channel is handed to the browser as it is.
const FREE_AFTER = 60000;

function hand(name, type, bytes) {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), FREE_AFTER);
}

function render({ model, el }) {
  const bar = document.createElement("div");
  const row = document.createElement("div");
  const status = document.createElement("p");
  const refusal = document.createElement("p");
  bar.className = "wb-download";
  row.className = "wb-download-row";
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", model.get("words").label);
  status.className = "wb-download-status";
  status.setAttribute("role", "status");
  refusal.setAttribute("role", "alert");
  refusal.className = "wb-error wb-download-refusal";
  bar.append(row, status, refusal);
  el.append(bar);

  let asked = null;
  const buttons = () => {
    row.replaceChildren(
      ...model.get("kinds").map(([kind, label]) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "wb-button";
        button.dataset.kind = kind;
        button.textContent = label;
        button.addEventListener("click", () => {
          if (asked) return;
          asked = button;
          button.setAttribute("aria-busy", "true");
          status.textContent = model.get("words").making;
          model.send({ kind: "file wanted", what: kind });
        });
        return button;
      }),
    );
  };
  const done = (words) => {
    asked?.removeAttribute("aria-busy");
    asked = null;
    status.textContent = words;
  };
  const receive = (message, buffers) => {
    if (message.kind === "file") {
      hand(message.name, message.type, buffers[0]);
      done(model.get("words").made.replace("{name}", message.name));
    } else if (message.kind === "no file") {
      done("");
    }
  };
  const tell = () => {
    refusal.textContent = model.get("told");
    refusal.hidden = !model.get("told");
  };
  model.on("msg:custom", receive);
  model.on("change:told", tell);
  model.on("change:kinds", buttons);
  buttons();
  tell();
  return () => {
    model.off("msg:custom", receive);
    model.off("change:told", tell);
    model.off("change:kinds", buttons);
  };
}

export default { render };
