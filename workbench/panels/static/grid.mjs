// A table of fields. What is edited here is a copy: every change goes to Python, which answers with what is wrong.
function filled(words, parts) {
  return words.replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);
}

function made(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

// What a spreadsheet puts on the clipboard: tabs and line ends, with quotation marks around cells that hold either.
function block(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  const body = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at < body.length; at += 1) {
    const sign = body[at];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (body[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === "\t" || sign === "\n") {
      rows.at(-1).push(cell);
      cell = "";
      if (sign === "\n") rows.push([]);
    } else cell += sign;
  }
  rows.at(-1).push(cell);
  return rows.map((row) => row.map((one) => one.replace(/\s+/g, " ").trim()));
}

let made_grids = 0;

function render({ model, el }) {
  made_grids += 1;
  const id = `wb-edit-${made_grids}`;
  const words = model.get("words");
  const title = made("h2", { id: `${id}-title` });
  const how = made("p", { class: "wb-edit-how", id: `${id}-how` }, words.how);
  const body = made("tbody");
  const head = made("thead");
  const table = made("table", { class: "wb-edit-table", "aria-labelledby": `${id}-title`, "aria-describedby": `${id}-how` }, head, body);
  const scroll = made("div", { class: "wb-edit-scroll" }, table);
  const hint = made("p", { class: "wb-edit-hint", id: `${id}-hint` });
  const add = made("button", { type: "button", class: "wb-button" }, words.add);
  const undo = made("button", { type: "button", class: "wb-button" }, words.undo);
  const told = made("p", { class: "wb-error wb-edit-told", role: "alert", hidden: "" });
  const count = made("p", { class: "wb-edit-count", role: "status" });
  const list = made("ol");
  const faults = made("section", { class: "wb-edit-faults" }, count, list);
  const frame = made("div", { class: "wb-edit" }, title, how, scroll, hint, made("div", { class: "wb-edit-buttons" }, add, undo), told, faults);
  el.append(frame);

  let rows = [];
  let columns = [];
  let first = 1;
  let most = 0;
  let turn = 0;
  let past = [];
  let unseen = false;

  const place = (input) => [Number(input.dataset.row), Number(input.dataset.column)];
  const field = (row, column) => body.rows[row]?.cells[column + 1]?.querySelector("input");
  const say = (text) => {
    told.textContent = text;
    told.hidden = !text;
  };
  const drawRow = (row) => {
    const cells = columns.map((column, at) => {
      const input = made("input", {
        type: "text",
        autocomplete: "off",
        spellcheck: "false",
        "data-row": row,
        "data-column": at,
        "aria-label": filled(words.cell, { column: column.title, row: first + row }),
      });
      if (column.number) {
        input.inputMode = "decimal";
        input.className = "wb-edit-number";
      }
      input.value = rows[row][at];
      return made("td", {}, input);
    });
    body.append(made("tr", {}, made("th", { scope: "row" }, String(first + row)), ...cells));
  };
  const grow = (wanted) => {
    while (rows.length < wanted) {
      rows.push(columns.map(() => ""));
      drawRow(rows.length - 1);
    }
    add.disabled = rows.length >= most;
  };
  const apply = (changes) => {
    const before = changes.map(([row, column]) => [row, column, rows[row]?.[column] ?? ""]);
    grow(Math.max(...changes.map(([row]) => row)) + 1);
    for (const [row, column, text] of changes) {
      rows[row][column] = text;
      field(row, column).value = text;
    }
    model.send({ kind: "cells", turn, changes });
    return before;
  };
  const change = (changes) => {
    const real = changes.filter(([row, column, text]) => (rows[row]?.[column] ?? "") !== text);
    if (!real.length) return;
    say("");
    past.push(apply(real));
    undo.disabled = false;
  };
  const back = () => {
    const last = past.pop();
    undo.disabled = !past.length;
    if (!last) return;
    apply(last);
    field(last[0][0], last[0][1])?.focus();
  };
  const commit = (input) => {
    const [row, column] = place(input);
    const text = input.value.replace(/\s+/g, " ").trim();
    input.value = text;
    change([[row, column, text]]);
  };
  const go = (row, column) => {
    const next = field(row, column);
    if (!next) return false;
    next.focus();
    next.select();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  };

  const draw = () => {
    const sheet = model.get("sheet");
    ({ columns = [], first = 1, most = 0, turn = 0 } = sheet);
    rows = (sheet.rows ?? []).map((row) => [...row]);
    past = [];
    unseen = true;
    scroll.scrollTo(0, 0);
    undo.disabled = true;
    frame.hidden = !columns.length;
    title.textContent = sheet.caption ?? "";
    hint.textContent = "";
    const heads = columns.map(({ title: name, required, width, number }) => {
      const cell = made("th", { scope: "col", class: number ? "wb-edit-number" : "" }, name);
      cell.style.minWidth = `${Math.min(Math.max(width, 8), 20)}ch`;
      if (required) cell.append(" ", made("span", { class: "wb-edit-required" }, words.required));
      return cell;
    });
    head.replaceChildren(made("tr", {}, made("th", { scope: "col" }, words.row), ...heads));
    body.replaceChildren();
    rows.forEach((_, row) => drawRow(row));
    add.disabled = rows.length >= most;
    mark();
    frame.dataset.drawn = String(turn);
  };
  const mark = () => {
    for (const why of body.querySelectorAll(".wb-cell-why")) why.remove();
    for (const input of body.querySelectorAll("[aria-invalid]")) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
      input.parentElement.classList.remove("wb-edit-wrong");
    }
    const wrong = columns.length ? model.get("wrong") : [];
    list.replaceChildren(
      ...wrong.map(([row, column, text], number) => {
        const input = row === null ? null : field(row, column ?? 0);
        if (!input) return made("li", {}, text);
        const why = made("p", { class: "wb-cell-why", id: `${id}-why-${number}` }, text);
        input.setAttribute("aria-invalid", "true");
        input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${why.id}`.trim());
        input.parentElement.classList.add("wb-edit-wrong");
        input.parentElement.append(why);
        const jump = made("button", { type: "button", class: "wb-link" }, input.getAttribute("aria-label"));
        jump.addEventListener("click", () => go(row, column ?? 0));
        return made("li", {}, jump, `: ${text}`);
      }),
    );
    if (unseen && wrong.length) {
      // A wrong cell of a table that has just come must not stand where nobody looks.
      unseen = false;
      const cell = body.querySelector(".wb-edit-wrong");
      if (cell) scroll.scrollTo(Math.max(0, cell.offsetLeft - cell.offsetWidth), Math.max(0, cell.offsetTop - 120));
    }
    const filledIn = rows.some((row) => row.some(Boolean));
    count.textContent = wrong.length ? (wrong.length === 1 ? words.one : filled(words.many, { count: wrong.length })) : filledIn ? words.sound : "";
    faults.classList.toggle("wb-edit-sound", !wrong.length);
  };

  body.addEventListener("focusin", ({ target }) => {
    const column = columns[target.dataset?.column];
    hint.textContent = column ? `${column.title}: ${column.help}` : "";
  });
  body.addEventListener("change", ({ target }) => commit(target));
  body.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const cells = block(text);
    if (cells.length === 1 && cells[0].length === 1) return;
    event.preventDefault();
    const [row, column] = place(event.target);
    const wide = Math.max(...cells.map((one) => one.length));
    if (column + wide > columns.length) return say(filled(words.too_wide, { wide, room: columns.length - column }));
    if (row + cells.length > most) return say(filled(words.too_long, { long: row + cells.length, most }));
    change(cells.flatMap((one, down) => one.map((cell, right) => [row + down, column + right, cell])));
    go(row, column);
  });
  body.addEventListener("keydown", (event) => {
    const input = event.target;
    const [row, column] = place(input);
    const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    const atStart = whole || (input.selectionStart === 0 && input.selectionEnd === 0);
    const atEnd = whole || input.selectionStart === input.value.length;
    const moves = {
      Enter: () => {
        commit(input);
        go(row + (event.shiftKey ? -1 : 1), column);
        return true;
      },
      ArrowDown: () => go(row + 1, column),
      ArrowUp: () => go(row - 1, column),
      ArrowLeft: () => atStart && go(row, column - 1),
      ArrowRight: () => atEnd && go(row, column + 1),
      Escape: () => {
        if (input.value !== rows[row][column]) input.value = rows[row][column];
        else add.focus();
        return true;
      },
      z: () => {
        if (!(event.ctrlKey || event.metaKey) || input.value !== rows[row][column] || !past.length) return false;
        back();
        return true;
      },
    };
    if (event.isComposing || event.altKey) return;
    if ((event.ctrlKey || event.metaKey || event.shiftKey) && event.key.startsWith("Arrow")) return;
    if (moves[event.key]?.()) event.preventDefault();
  });
  add.addEventListener("click", () => {
    grow(rows.length + 1);
    go(rows.length - 1, 0);
  });
  undo.addEventListener("click", back);
  const toldByPython = () => say(model.get("told"));

  model.on("change:sheet", draw);
  model.on("change:wrong", mark);
  model.on("change:told", toldByPython);
  draw();
  toldByPython();
  return () => {
    model.off("change:sheet", draw);
    model.off("change:wrong", mark);
    model.off("change:told", toldByPython);
  };
}

export default { render };
