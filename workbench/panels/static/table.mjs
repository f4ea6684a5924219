// A table that sorts, copies and answers "why" for a line. Rows are sorted here alone: a row's number is always that of
// the table as Python sent it. Every text goes into the page as text, never as HTML.
const BEGINS_A_FORMULA = /^[=+\-@\t\r]/;

function made(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...inside);
  return element;
}

function filled(words, parts) {
  return words.replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);
}

function ordered(grid, sort) {
  const places = grid.rows.map((_, place) => place);
  if (!sort) return places;
  const column = grid.columns.findIndex(({ key }) => key === sort.key);
  if (column < 0) return places;
  const last = new Set(grid.totals);
  const value = (place) => grid.values[place][column];
  const unknown = (place) => value(place) === null || value(place) === "";
  const compare = (one, other) =>
    typeof one === "number" && typeof other === "number"
      ? one - other
      : String(one).localeCompare(String(other), undefined, { numeric: true, sensitivity: "base" });
  return places.sort((one, other) => {
    if (last.has(one) !== last.has(other)) return last.has(one) ? 1 : -1;
    if (unknown(one) || unknown(other)) return Number(unknown(one)) - Number(unknown(other)) || one - other;
    return compare(value(one), value(other)) * sort.way || one - other;
  });
}

function plain(value) {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = String(value).replace(/[\t\r\n]+/g, " ");
  // A spreadsheet would compute a text that looks like a formula.
  return BEGINS_A_FORMULA.test(text) ? `'${text}` : text;
}

function spreadsheet(grid, places) {
  const head = grid.columns.map(({ title }) => plain(title));
  return [head, ...places.map((place) => grid.values[place].map(plain))].map((row) => row.join("\t")).join("\r\n");
}

async function copied(text, beside) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Off localhost a page without https has no clipboard; the old way still works there.
    const area = made("textarea", { "aria-hidden": "true", class: "wb-unseen", tabindex: "-1" });
    area.value = text;
    beside.append(area);
    area.select();
    const went = document.execCommand("copy");
    area.remove();
    return went;
  }
}

function render({ model, el }) {
  const words = model.get("words");
  const title = made("h2");
  const copy = made("button", { type: "button", class: "wb-button" }, words.copy);
  const said = made("p", { class: "wb-said", role: "status" });
  const table = made("table", { class: "wb-table" });
  const scroll = made("div", { class: "wb-scroll", role: "region", tabindex: "0" }, table);
  const empty = made("p", { class: "wb-empty", hidden: true }, words.empty);
  const hint = made("p", { class: "wb-hint", hidden: true }, words.hint);
  const whyTitle = made("h3");
  const whyText = made("p");
  const close = made("button", { type: "button", class: "wb-button", "aria-label": words.close }, "×");
  const why = made("section", { class: "wb-why", hidden: true }, whyTitle, close, whyText);
  const live = made("div", { class: "wb-why-place", "aria-live": "polite" }, why);
  const tools = made("div", { class: "wb-tools" }, said, copy);
  el.append(made("div", { class: "wb-grid" }, made("div", { class: "wb-grid-head" }, title, tools), hint, scroll, empty, live));

  let grid = model.get("grid");
  let sort = null;
  let places = [];
  let reachable = null;

  const rowOf = (place) => table.tBodies[0]?.querySelector(`tr[data-row="${place}"]`);
  const pick = (place) => model.send({ kind: "pick", row: place, turn: grid.turn });

  const showWhy = () => {
    const { row = null, title: about = "", words: told = "", turn = null } = model.get("why");
    const open = told !== "" && turn === grid.turn;
    for (const one of table.querySelectorAll("tr[data-picked]")) one.removeAttribute("data-picked");
    why.hidden = !open;
    whyTitle.textContent = open ? about : "";
    whyText.textContent = open ? told : "";
    if (!open) return;
    rowOf(row)?.setAttribute("data-picked", "");
  };

  const body = () => {
    places = ordered(grid, sort);
    const totals = new Set(grid.totals);
    const first = places.find((place) => grid.picks[place]);
    if (!grid.picks[reachable]) reachable = first ?? null;
    const rows = places.map((place) => {
      const picked = grid.picks[place];
      const cells = grid.rows[place].map((text, column) => {
        const number = grid.columns[column].number ? "wb-number" : null;
        if (column) return made("td", { class: number }, text);
        const name = picked
          ? made("button", { type: "button", class: "wb-line", tabindex: place === reachable ? "0" : "-1" }, text)
          : text;
        const mark = grid.marks[place];
        const inside = mark ? [name, " ", made("span", { class: `wb-mark wb-mark-${mark.kind}` }, mark.shown)] : [name];
        return made("th", { scope: "row", class: number }, ...inside);
      });
      return made("tr", { class: totals.has(place) ? "wb-total" : null, "data-row": place, "data-why": picked }, ...cells);
    });
    table.tBodies[0]?.remove();
    table.append(made("tbody", {}, ...rows));
    showWhy();
  };

  const head = () => {
    const cells = grid.columns.map(({ key, title: shown, number }) => {
      const way = sort?.key === key ? (sort.way > 0 ? "ascending" : "descending") : "none";
      const sign = { ascending: "▲", descending: "▼", none: "↕" }[way];
      const arrow = made("span", { class: "wb-sign", "aria-hidden": "true" }, sign);
      const button = made("button", { type: "button", class: "wb-sort", "data-key": key }, made("span", {}, shown), arrow);
      return made("th", { scope: "col", "aria-sort": way, class: number ? "wb-number" : null }, button);
    });
    table.tHead?.remove();
    table.prepend(made("thead", {}, made("tr", {}, ...cells)));
  };

  const all = () => {
    grid = model.get("grid");
    if (sort && !grid.columns.some(({ key }) => key === sort.key)) sort = null;
    title.textContent = grid.caption;
    table.setAttribute("aria-label", grid.caption);
    scroll.setAttribute("aria-label", grid.caption);
    empty.hidden = grid.rows.length > 0;
    hint.hidden = !grid.picks.some(Boolean);
    copy.disabled = grid.rows.length === 0;
    said.textContent = "";
    head();
    body();
  };

  table.addEventListener("click", (event) => {
    const button = event.target.closest(".wb-sort");
    if (button) {
      const key = button.dataset.key;
      const { number, title: shown } = grid.columns.find((one) => one.key === key);
      // Large figures are asked for first, names from A; a third press brings back the order of the document.
      const begin = number ? -1 : 1;
      sort = sort?.key !== key ? { key, way: begin } : sort.way === begin ? { key, way: -begin } : null;
      head();
      body();
      table.querySelector(`.wb-sort[data-key="${CSS.escape(key)}"]`).focus();
      const how = !sort ? "unsorted" : sort.way > 0 ? "rising" : "falling";
      said.textContent = filled(words[how], { column: shown });
      return;
    }
    const row = event.target.closest("tr[data-why]");
    if (!row || String(window.getSelection()) !== "") return; // whoever marks a text to copy it asks for nothing
    pick(Number(row.dataset.row));
  });

  const moves = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  table.addEventListener("keydown", (event) => {
    if (!event.target.matches(".wb-line") || !(event.key in moves)) return;
    event.preventDefault();
    const lines = [...table.querySelectorAll(".wb-line")];
    const now = lines.indexOf(event.target);
    const next = lines[Math.max(0, Math.min(lines.length - 1, now + moves[event.key]))];
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    reachable = Number(next.closest("tr").dataset.row);
    next.focus();
  });

  const shut = () => {
    const { row = null } = model.get("why");
    why.hidden = true;
    rowOf(row)?.removeAttribute("data-picked");
    rowOf(row)?.querySelector(".wb-line")?.focus();
  };
  close.addEventListener("click", shut);
  el.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !why.hidden) shut();
  });

  copy.addEventListener("click", async () => {
    const went = await copied(spreadsheet(grid, places), el);
    copy.focus();
    said.textContent = filled(went ? words.copied : words.not_copied, { count: places.length });
  });

  model.on("change:grid", all);
  model.on("change:why", showWhy);
  all();
  return () => {
    model.off("change:grid", all);
    model.off("change:why", showWhy);
  };
}

export default { render };
