// After app.js.
"use strict";

const clock = (time) => new Date(time).toTimeString().slice(0, 5);

// <form data-autosave="/address"> is kept on this device at every change, and posted soon.
for (const form of all("form[data-autosave]")) {
  const status = form.querySelector("[data-autosave-status]");
  const say = (what, time = "") => { status.textContent = `${status.dataset[what]} ${time}`; };
  const key = `draft ${document.body.dataset.viewer} ${form.dataset.autosave}`;
  const [{ requestStart }] = performance.getEntriesByType("navigation");
  // However long the page was on its way.
  const ahead = Date.parse(form.dataset.now) - Date.now() + performance.now() - requestStart;
  let timer, busy, changed, leaving, lost;

  const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };
  // Neither files nor the token.
  const isWords = (name) => !form.querySelector(`:is([type=hidden], [type=file])[name="${CSS.escape(name)}"]`);
  // As the server counts rows.
  const standing = () => {
    const rows = {};
    const counted = (_, table, row) => {
      const seen = rows[table] ??= [];
      if (!seen.includes(row)) seen.push(row);
      return `${table}.${seen.indexOf(row)}`;
    };
    const words = [...new FormData(form)].filter(([name, value]) => isWords(name) && value.trim());
    return JSON.stringify(words.map(([name, value]) => [name.replace(/^(.+)\.(\d+)(?=\.)/, counted), value]));
  };

  async function save() {
    clearTimeout(timer);
    if (!changed || leaving) return;
    // An older one could arrive last.
    if (busy) return later(1000);
    busy = true;
    changed = false;
    say("saving");
    const words = standing();
    // What got no answer may have arrived, and goes again as it was. Files go with buttons.
    const body = lost ?? new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    let trouble = "offline";
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        headers: { "draft-since": form.dataset.since ?? form.dataset.now },
        body,
        // Status 0: to the sign-in page.
        redirect: "manual",
        // Only 64 KiB may outlive the page.
        keepalive: document.hidden,
      });
      trouble = { 0: "signedOut", 403: "signedOut", 412: "elsewhere" }[answer.status] ?? "failed";
      if (!answer.ok) throw trouble;
      form.dataset.since = answer.headers.get("draft-saved-at");
      if (lost) {
        lost = null;
        changed = true;
        return later(0);
      }
      drop(key, words);
      say("saved", clock(Date.now()));
    } catch {
      changed = true;
      say(kept(key) ? trouble : "failed");
      later(15000);
    } finally {
      busy = false;
      if (trouble === "offline") lost = body;
    }
  }

  const put = (words) => {
    const given = new URLSearchParams(JSON.parse(words));
    for (const name of given.keys()) {
      const [, table, row] = name.match(/^(.+)\.(\d+)\./) ?? [];
      const button = table && form.querySelector(`[data-add-row="rows-${CSS.escape(table)}"]`);
      while (button && rowsOf(button).length <= row) addRow(button);
    }
    for (const one of form.elements) {
      if (!one.name || !isWords(one.name)) continue;
      const values = given.getAll(one.name);
      if (/radio|checkbox/.test(one.type)) one.checked = values.includes(one.value);
      else one.value = values[0] ?? "";
    }
    form.dispatchEvent(new Event("input"));
    save();
  };

  form.addEventListener("input", () => {
    changed = true;
    shelf((own) => own.setItem(key, JSON.stringify({ at: Date.now() + ahead, since: form.dataset.since, words: standing() })));
    later(2000);
  });
  form.addEventListener("submit", () => {
    leaving = true;
    shelf((_, tab) => tab.setItem("sent", JSON.stringify([key, standing()])));
  });
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("online", save);
  addEventListener("visibilitychange", () => document.hidden && save());

  const found = kept(key), saved = standing();
  if (found?.words === saved) {
    changed = true;
    save();
  } else if (found) {
    const notice = form.querySelector("[data-kept]");
    const [region, button] = notice.children;
    const tell = (isBack) => {
      hear(region, notice.dataset[isBack ? "back" : "left"].replace("{}", clock(found.at - ahead)));
      button.textContent = notice.dataset[isBack ? "leave" : "take"];
      button.onclick = () => { put(isBack ? saved : found.words); tell(!isBack); };
    };
    const { since } = form.dataset;
    const isNewer = found.since === since || !(found.at <= Date.parse(since));
    notice.hidden = false;
    if (isNewer) put(found.words);
    tell(isNewer);
  }
}
