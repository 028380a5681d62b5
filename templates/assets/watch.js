// Asks every second whether the page is the newest, and loads it again when it is not. What was opened
// and where one read stays.
"use strict";

const opened = "pilothouse-watch-opened";
const folds = [...document.querySelectorAll("details")];
const name = (fold) => `${fold.closest("section")?.querySelector("code")?.textContent}/${fold.closest("article")?.querySelector("code")?.textContent ?? ""}/${fold.querySelector("strong")?.textContent ?? ""}`;

const kept = new Set(JSON.parse(sessionStorage.getItem(opened) ?? "[]"));
for (const fold of folds) {
  fold.open = kept.has(name(fold));
  fold.addEventListener("toggle", () => {
    const now = folds.filter((one) => one.open).map(name);
    sessionStorage.setItem(opened, JSON.stringify(now));
  });
}

let tag = null;
setInterval(async () => {
  const gone = document.querySelector("[data-gone]");
  try {
    const answer = await fetch("/", { method: "HEAD", cache: "no-store" });
    const newest = answer.headers.get("etag");
    gone.hidden = true;
    if (tag === null) tag = newest;
    if (newest !== tag) location.reload();
  } catch {
    // The command was ended; the page stays as it is.
    gone.hidden = false;
  }
}, 1000);
