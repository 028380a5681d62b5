// A few comforts; every page works without them.
"use strict";

// Drafts. <form data-autosave="/address"> is posted two seconds after the last keystroke and when
// the page is hidden; the element [data-autosave-status] says how it went.
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = form.querySelector("[data-autosave-status]");
  const say = (words) => { if (status) status.textContent = words; };
  let timer = 0;
  let busy = false;
  let changed = false;
  let leaving = false;

  const later = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(save, milliseconds);
  };

  async function save() {
    clearTimeout(timer);
    if (!changed || leaving) return;
    // Only one is under way, or an older draft could arrive last.
    if (busy) { later(1000); return; }
    busy = true;
    changed = false;
    say(status?.dataset.saving ?? "");
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        // Files go with the buttons: they are too large to be sent after every word.
        body: new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")),
        credentials: "same-origin",
        // A redirect leads to the sign-in page, and nothing was saved.
        redirect: "error",
        // Only so much may outlive the page (64 KiB), so only a save on leaving asks for it.
        keepalive: document.visibilityState === "hidden",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const now = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
      say(`${status?.dataset.saved ?? ""} ${now}`);
    } catch {
      changed = true;
      say(status?.dataset.failed ?? "");
      later(15000);
    } finally {
      busy = false;
    }
  }

  form.addEventListener("input", () => { changed = true; later(2000); });
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); });
  // Coming back with the browser's button shows the form as it was left.
  window.addEventListener("pageshow", () => { leaving = false; });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
}

// Nobody presses twice: the answer to the second press would hide that the first was done.
const sent = new Map();
document.addEventListener("submit", (event) => {
  if (event.timeStamp - sent.get(event.target) < 10000) event.preventDefault();
  else sent.set(event.target, event.timeStamp);
});
window.addEventListener("pageshow", () => sent.clear());

// One more row. The last row is copied, emptied, and its number raised in names, ids and labels.
for (const button of document.querySelectorAll("button[data-add-row]")) {
  const body = document.getElementById(button.dataset.addRow)?.tBodies[0];
  if (!body || body.rows.length === 0) continue;
  const most = Number(button.dataset.maxRows) || Infinity;
  const show = () => { button.hidden = body.rows.length >= most; };
  show();
  button.addEventListener("click", () => {
    const last = body.rows.length - 1;
    const row = body.rows[last].cloneNode(true);
    const raise = (text) => text.replace(`.${last}.`, `.${last + 1}.`);
    for (const element of row.querySelectorAll("[name], [id], [for]")) {
      for (const attribute of ["name", "id", "for"]) {
        const value = element.getAttribute(attribute);
        if (value) element.setAttribute(attribute, raise(value));
      }
      if (element.matches("input, textarea")) { element.value = ""; element.removeAttribute("value"); }
      if (element.matches("textarea")) element.textContent = "";
      if (element.matches("select")) element.selectedIndex = 0;
    }
    const number = row.querySelector("[data-row-number]");
    if (number) number.textContent = String(last + 2);
    body.append(row);
    row.querySelector("input, textarea, select")?.focus();
    show();
  });
}

// Questions that depend on other answers: [data-asked-if] holds an engine::condition as JSON. The
// server drops what is not asked by the same rule. Nothing is NaN: it equals and compares to nothing.
for (const form of document.querySelectorAll("form:has([data-asked-if])")) {
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
  window.addEventListener("pageshow", show);
  show();
}

// What is folded: opened for print and for a link that leads into it.
const unfold = () => {
  const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  for (let fold = target?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
};
window.addEventListener("hashchange", unfold);
unfold();
window.addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details:not([open])")) { fold.open = true; fold.dataset.folded = ""; }
});
window.addEventListener("afterprint", () => {
  for (const fold of document.querySelectorAll("details[data-folded]")) { fold.open = false; delete fold.dataset.folded; }
});

// After a form came back, the list of its problems is where one goes on.
document.querySelector("[data-focus]")?.focus();
