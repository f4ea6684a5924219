// A field for one file: by the browser's own dialogue or dropped on it. It goes to Python in pieces, each asked for.
const MEGABYTE = 1024 * 1024;

function filled(words, parts) {
  return words.replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);
}

function render({ model, el }) {
  const words = model.get("words");
  const frame = document.createElement("div");
  const label = document.createElement("label");
  const input = document.createElement("input");
  const drop = document.createElement("span");
  const status = document.createElement("p");
  const progress = document.createElement("progress");
  const refusal = document.createElement("p");
  frame.className = "wb-upload";
  input.type = "file";
  input.accept = ".xlsx,.csv";
  input.className = "wb-upload-file";
  label.className = "wb-upload-label";
  label.append(filled(words.label, { megabytes: model.get("megabytes") }), input);
  drop.className = "wb-upload-drop";
  drop.textContent = words.drop;
  status.className = "wb-upload-status";
  status.setAttribute("role", "status");
  progress.hidden = true;
  progress.setAttribute("aria-label", words.reading.replace("{name}", ""));
  refusal.className = "wb-error wb-upload-refusal";
  refusal.setAttribute("role", "alert");
  frame.append(label, drop, status, progress, refusal);
  el.append(frame);

  let file = null;
  const tell = (text) => {
    refusal.textContent = text;
    refusal.hidden = !text;
  };
  const free = () => {
    file = null;
    input.value = "";
    input.disabled = false;
    progress.hidden = true;
    status.textContent = "";
  };
  const refused = (one) => {
    const megabytes = model.get("megabytes");
    const said = (what, remedy) => `'${one.name}' ${what}${remedy ? ` (${remedy})` : ""}`;
    if (!/\.(xlsx|csv)$/i.test(one.name)) return said(words.kind, words.kind_remedy);
    if (!one.size) return said(words.empty);
    if (one.size > megabytes * MEGABYTE) {
      return said(filled(words.too_large, { size: (one.size / MEGABYTE).toFixed(1), megabytes }), words.too_large_remedy);
    }
    return "";
  };
  const begin = (one, count = 1) => {
    if (!one || file) return;
    if (count > 1) {
      tell(filled(words.several, { count }));
      return;
    }
    const why = refused(one);
    tell(why);
    if (why) {
      input.value = "";
      return;
    }
    file = one;
    input.disabled = true;
    progress.hidden = false;
    progress.max = one.size;
    progress.value = 0;
    status.textContent = filled(words.reading, { name: one.name });
    model.send({ kind: "begin", name: one.name, size: one.size });
  };
  const next = async (start) => {
    const sending = file;
    if (!sending) return;
    try {
      const bytes = await sending.slice(start, start + model.get("piece")).arrayBuffer();
      progress.value = start + bytes.byteLength;
      model.send({ kind: "piece", from: start }, undefined, [bytes]);
    } catch {
      // The file was moved or changed while it was read.
      tell(`'${sending.name}' ${words.interrupted} (${words.interrupted_remedy})`);
      free();
    }
  };
  const receive = (message) => {
    if (message.kind === "next") next(message.from);
    else if (message.kind === "done") free();
  };
  const toldByPython = () => tell(model.get("told"));
  // A file that is let go beside the field would be opened in the place of the page, and all that was written be lost.
  const beside = (event) => {
    if (!event.dataTransfer?.types.includes("Files") || event.defaultPrevented) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "none";
  };

  input.addEventListener("change", () => begin(input.files[0]));
  frame.addEventListener("dragover", (event) => {
    event.preventDefault();
    frame.classList.add("wb-upload-over");
  });
  frame.addEventListener("dragleave", () => frame.classList.remove("wb-upload-over"));
  frame.addEventListener("drop", (event) => {
    event.preventDefault();
    frame.classList.remove("wb-upload-over");
    begin(event.dataTransfer.files[0], event.dataTransfer.files.length);
  });
  window.addEventListener("dragover", beside);
  window.addEventListener("drop", beside);
  model.on("msg:custom", receive);
  model.on("change:told", toldByPython);
  toldByPython();
  return () => {
    model.off("msg:custom", receive);
    model.off("change:told", toldByPython);
    window.removeEventListener("dragover", beside);
    window.removeEventListener("drop", beside);
  };
}

export default { render };
