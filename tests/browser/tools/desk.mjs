// Somebody at their desk: goes to pages, finds the steps of a plan, and fills forms by the names of their
// fields. Every page that is gone to must be in their language and fit their window.
//
//   PICTURES=folder   keeps a picture of every page

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { check, enter, fill, linksOf, press } from '../demo.mjs';

const pictures = process.env.PICTURES;
if (pictures) mkdirSync(pictures, { recursive: true });
let taken = 0;

export async function sit(browser, demo, person, manner) {
  const entered = await enter(browser, demo, person, manner);
  const desk = new Desk(entered, demo, manner.lang);
  desk.person = person;
  if (person.role.startsWith('manager')) {
    await desk.go('/today');
    desk.plan = (await linksOf(desk.page)).find((href) => /^\/plans\/[^/]+$/.test(href));
    desk.today = await desk.page.getAttribute('.eyebrow time', 'datetime');
  }
  return desk;
}

// The superior of their plan, as it names them.
export async function sitAbove(browser, desk, manner) {
  await desk.go(desk.plan);
  const cast = await desk.page.locator('.facts').last().innerText();
  const superior = desk.demo.people.find(({ role, name }) => role === 'superior' && cast.includes(name));
  return sit(browser, desk.demo, superior, manner);
}

// The fields of a table by their names, from its rows.
export const rowsOf = (table, rows) => Object.fromEntries(
  rows.flatMap((row, n) => Object.entries(row).map(([column, value]) => [`${table}.${n}.${column}`, value])),
);

export class Desk {
  constructor({ context, page, label }, demo, lang) {
    Object.assign(this, { context, page, label, demo, lang });
  }

  // What was said in both languages, in theirs.
  say(both) {
    return both[this.lang];
  }

  holds(what, name) {
    check(what, `${this.label} ${new URL(this.page.url()).pathname}: ${name}`);
  }

  async go(path) {
    const answer = await this.page.goto(this.demo.base + path);
    this.holds(answer.ok(), `answers ${answer.status()}`);
    await this.look();
  }

  // At the page that stands there.
  async look() {
    const { page } = this;
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    this.holds(wider <= 0, `${wider} px wider than the window`);
    const foreign = await page.evaluate(foreignWords, this.lang);
    this.holds(foreign.length === 0, `not in ${this.lang}: ${foreign.slice(0, 3).join('; ')}`);
    if (!pictures) return;
    taken += 1;
    const ids = /[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,}/g;
    const what = new URL(page.url()).pathname.replaceAll(ids, '').replaceAll(/\W+/g, '-');
    const name = `${String(taken).padStart(3, '0')}-${this.lang}${what}.png`;
    await page.screenshot({ path: join(pictures, name), fullPage: true });
  }

  // On A4: nothing stands beyond the paper's edge, and these stay on the screen.
  async onPaper(hidden = []) {
    const { page } = this;
    const viewport = page.viewportSize();
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 680, height: 1000 });
    const cut = await page.$$eval('main *', (all) => all.filter((one) => one.getBoundingClientRect().right > innerWidth + 1).length);
    this.holds(cut === 0, `${cut} parts are cut off on paper`);
    for (const what of hidden) this.holds(!(await page.locator(what).first().isVisible()), `${what} is on paper`);
    await page.setViewportSize(viewport);
    await page.emulateMedia({ media: null });
  }

  // A day of the plan's calendar, so many days from today as the demo sees it.
  day(ahead) {
    return new Date(Date.parse(this.today) + ahead * 86400000).toISOString().slice(0, 10);
  }

  practice(curriculum) {
    return this.go(`${this.plan}/practice/${curriculum}`);
  }

  // The rows of a view, as text; every cell of a row in a place of its own.
  rows(view) {
    return this.page.$$eval(`section[aria-labelledby="view-${view}"] tbody tr`, (all) =>
      all.map((row) => [...row.cells].map((cell) => {
        const copy = cell.cloneNode(true);
        for (const label of copy.querySelectorAll('.cell-label, .unseen, .handed-in')) label.remove();
        return copy.textContent.trim().replaceAll(/\s+/g, ' ');
      })));
  }

  // The turns of a step, the newest first. Whoever has no part in a step finds no page of it.
  async turns(id) {
    const first = `${this.plan}/steps/${id}`;
    const answer = await this.page.goto(this.demo.base + first);
    if (!answer.ok()) return [];
    const others = await this.page.$$eval(`main a[href^="${first}."]`, (all) => all.map((a) => a.getAttribute('href')));
    const turn = (href) => Number(href.match(/\.(\d+)$/)?.[1] ?? 1);
    return [...new Set([first, ...others])].sort((a, b) => turn(b) - turn(a));
  }

  // Goes to the turn of a step that waits to be done, if one does.
  async mayDo(id) {
    for (const href of await this.turns(id)) {
      await this.go(href);
      if ((await this.page.locator('form[action$="/hand-in"]').count()) > 0) return href;
    }
    return null;
  }

  // Goes to where a step can be handed in, by its name or its address: as it waits, or taken back as far
  // as its doer may.
  async mayOpen(id) {
    const back = this.page.locator('form[action$="/take-back"] button');
    for (const href of id.includes('/') ? [id] : await this.turns(id)) {
      await this.go(href);
      if ((await back.count()) > 0) await Promise.all([this.page.waitForEvent('load'), back.click()]);
      if ((await this.page.locator('form[action$="/hand-in"]').count()) > 0) return href;
    }
    return null;
  }

  // What another step leads to may come with the next sweep, a moment later.
  async open(id) {
    for (let n = 0; n < 30; n += 1) {
      const href = await this.mayOpen(id);
      if (href) return href;
      await this.page.waitForTimeout(500);
    }
    throw new Error(`${this.label}: ${id} cannot be handed in`);
  }

  // As they type and tick: a text, a day or a number; a list of what is ticked; an option by its value.
  async answer(values) {
    for (const [name, value] of Object.entries(values)) {
      const field = this.page.locator(`form [name="${name}"]`);
      const kind = await field.first().evaluate((one) => one.type).catch(() => null);
      if (!kind) throw new Error(`${this.page.url()} has no field ${name}`);
      if (kind === 'checkbox') for (const one of value) await this.page.check(`form [name="${name}"][value="${one}"]`);
      else if (kind === 'radio') await this.page.check(`form [name="${name}"][value="${value}"]`);
      else if (kind === 'select-one') await field.selectOption(value);
      else await field.fill(value);
    }
  }

  async sends() {
    await press(this.page, 'form[action$="/hand-in"] .actions button:not([formaction])');
    await this.look();
  }

  async handsIn(values = {}) {
    await this.answer(values);
    await this.sends();
    const left = await this.page.locator('.problems li, .flash-refused').allInnerTexts();
    this.holds((await this.page.locator('.flash-done').count()) === 1, `is handed in: ${left.join('; ')}`);
  }

  // With something in every field, where it does not matter what.
  async fillsIn() {
    await fill(this.page);
    await this.handsIn();
  }

  // What is wrong, as the page lists it; each leads to its field.
  async refused() {
    const { page } = this;
    const problems = await page.locator('.problems li').allInnerTexts();
    this.holds((await page.locator('.flash-done').count()) === 0 && problems.length > 0, 'is refused, and says why');
    const nowhere = (all) => all.filter((a) => !document.querySelector(a.hash)).map((a) => a.textContent);
    const lost = await page.$$eval('.problems a', nowhere);
    this.holds(lost.length === 0, `problems lead nowhere: ${lost}`);
    return problems;
  }

  // Until the same hour of the next day.
  sleep() {
    return press(this.page, 'form[action="/demo/travel"] button[value=day]');
  }

  leave() {
    return this.context.close();
  }
}

// Runs in the page: what the program says in another language. Names and what people wrote may be in any.
function foreignWords(lang) {
  const isChinese = lang === 'zh-TW';
  const said = isChinese ? ':is(h1, h2, th[scope=col], .field-label, button, .help-text)' : 'th[scope=col]';
  const words = [...document.querySelectorAll(`main ${said}`)].map((one) => one.textContent.trim());
  return words.filter((text) => /\p{L}/u.test(text) && /\p{Script=Han}/u.test(text) !== isChinese);
}
