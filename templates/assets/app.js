// Every page works without it.
"use strict";

const all = (selector) => document.querySelectorAll(selector);

// What is typed and not saved yet. Browsers may forbid it.
const shelf = (act) => { try { return act(localStorage, sessionStorage); } catch { return null; } };
const kept = (key) => shelf((own) => JSON.parse(own.getItem(key)));
const drop = (key, words) => { if (kept(key)?.words === words) localStorage.removeItem(key); };

// What a button sent is dropped when the next page says that it was done.
shelf((_, tab) => {
  const sent = JSON.parse(tab.getItem("sent"));
  tab.removeItem("sent");
  if (sent && document.querySelector(".flash-done")) drop(...sent);
});

// After signing out, others may use this device.
document.querySelector("[action='/sign-out']")?.addEventListener("submit", () => shelf((own) => own.clear()));

// A live region is heard when it changes, a moment later.
const hear = (region, ...words) => setTimeout(() => region.replaceChildren(...words), 300);

// One more row: the last one, emptied and renumbered.
const rowsOf = (button) => document.getElementById(button.dataset.addRow).tBodies[0].rows;
const limit = (button) => { button.hidden = rowsOf(button).length >= button.dataset.maxRows; };
function addRow(button) {
  const rows = rowsOf(button), last = rows.length - 1;
  const row = rows[last].cloneNode(true);
  for (const element of row.querySelectorAll("*")) {
    for (const one of element.attributes) one.value = one.value.replace(`.${last}.`, `.${last + 1}.`);
    if (element.name) element.value = "";
  }
  row.querySelector("[data-row-number]").textContent = last + 2;
  rows[last].after(row);
  limit(button);
  return row;
}
for (const button of all("[data-add-row]")) {
  limit(button);
  button.addEventListener("click", () => addRow(button).querySelector("input, textarea, select")?.focus());
}

// What is pressed shows it at once, and counts once.
const sent = new Map();
addEventListener("submit", (event) => {
  if (event.timeStamp - sent.get(event.target) < 10000) event.preventDefault();
  else sent.set(event.target, event.timeStamp);
  if (event.submitter) event.submitter.ariaBusy = "true";
});
addEventListener("pageshow", () => {
  sent.clear();
  for (const button of all("[aria-busy]")) button.ariaBusy = null;
});

for (const button of all("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

for (const flash of all(".flash")) {
  const words = [...flash.childNodes];
  flash.style.minHeight = `${flash.offsetHeight}px`;
  flash.replaceChildren();
  hear(flash, ...words);
}

// [data-asked-if] is an engine::condition as JSON. NaN is nothing: it equals and compares to nothing.
for (const form of all("form:has([data-asked-if])")) {
  const fields = [...form.querySelectorAll("[data-field]")];
  const number = (text) => Math.round(parseFloat(text) * 1000);
  const list = (value) => Array.isArray(value) ? value : [];
  const answer = ({ field: id, dimension }) => {
    const field = fields.find((one) => one.dataset.field === id);
    if (!field || !isAsked(field)) return NaN;
    const data = new FormData(form);
    const text = data.get(id) || NaN;
    switch (field.dataset.kind) {
      case "several": return data.getAll(id);
      case "rating": return number(data.get(`${id}.0.${dimension}`));
      case "scale": case "number": return number(text);
      case "table": return [...new Set([...data.keys()].filter((name) => name.startsWith(`${id}.`) && data.get(name).trim())
        .map((name) => name.split(".")[1]))];
      default: return text;
    }
  };
  const value = (condition) => {
    const [[kind, of]] = Object.entries(condition);
    if (kind === "path") return answer(of.this);
    if (kind === "list") return of.map(value);
    if (kind === "compare") {
      const [a, b] = of.slice(1).map(value);
      return { equal: a === b, not_equal: a !== b, less: a < b, less_or_equal: a <= b, greater: a > b, greater_or_equal: a >= b }[of[0]];
    }
    if (typeof of !== "object") return of;
    const [a, b] = [of].flat().map(value);
    return { not: !a, and: a && b, or: a || b, in: list(b).includes(a), size: list(a).length * 1000 }[kind];
  };
  const isAsked = ({ dataset }) => !dataset.askedIf || value(JSON.parse(dataset.askedIf)) === true;
  const show = () => { for (const field of fields) field.hidden = !isAsked(field); };
  for (const line of form.querySelectorAll("[data-asked]")) line.hidden = true;
  form.addEventListener("input", show);
  addEventListener("pageshow", show);
  show();
}

// Folds open for print, and for a link into them.
const unfold = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let fold = target?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
};
addEventListener("hashchange", unfold);
unfold();
addEventListener("beforeprint", () => {
  for (const fold of all("details:not([open])")) fold.open = fold.dataset.folded = true;
});
addEventListener("afterprint", () => {
  for (const fold of all("details[data-folded]")) { fold.open = false; delete fold.dataset.folded; }
});

document.querySelector("[data-focus]")?.focus();
