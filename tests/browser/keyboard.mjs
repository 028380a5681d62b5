// The story of each role with the keyboard alone: no pointer touches anything. At every stop of the tab key
// the focus is seen, is not hidden behind anything, and goes on as one reads.
//
//   node tests/browser/keyboard.mjs            PROGRAM and DEMO as in demo.mjs

import { check, enter, linksOf, prove, timed } from './demo.mjs';

let stops = 0;

// Runs in the page: what is wrong with where the focus stands, after where it stood.
function faults(before) {
  const found = [];
  const one = document.activeElement;
  if (!one || one === document.body) return { found: ['the focus is lost'] };
  const what = `${one.tagName.toLowerCase()}${one.id && `#${one.id}`} "${(one.textContent || one.name || '').trim().slice(0, 30)}"`;
  const style = getComputedStyle(one.closest('.option') ?? one);
  if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) found.push('it is not seen');
  const box = one.getBoundingClientRect();
  const [x, y] = [(box.left + box.right) / 2, Math.min((box.top + box.bottom) / 2, box.top + 40)];
  if (box.width < 1 || box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || (box.bottom > innerHeight + 1 && box.height < innerHeight)) found.push('it is outside of the window');
  // A link that breaks in two lines has no middle of its own.
  const line = one.getClientRects()[0];
  const hit = document.elementFromPoint(one.getClientRects().length > 1 ? (line.left + line.right) / 2 : x, one.getClientRects().length > 1 ? (line.top + line.bottom) / 2 : y);
  if (!hit || !(one.contains(hit) || hit.contains(one) || hit.closest('label')?.control === one)) found.push(`it is behind ${hit?.tagName}.${hit?.className}`);
  // As one reads: down, or to the right; up only where the next column or row of a table begins.
  if (one.tabIndex > 0) found.push('it has an order of its own');
  const at = { top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left, right: box.right };
  if (before && at.bottom <= before.top && at.left <= before.left) found.push(`it goes back up, after ${before.what}`);
  return { found: found.map((fault) => `${fault}: ${what}`), at: { ...at, what } };
}

class Keys {
  constructor({ page, label }) {
    this.page = page;
    this.label = label;
    this.at = null;
  }

  async open(path) {
    await this.page.goto(path);
    await this.arrive();
  }

  // A new page begins at its top: the next stop is the link that skips to what it is about.
  async arrive() {
    this.at = null;
    if (await this.page.$('[data-focus]')) return;
    await this.stop();
    check(await this.is('a.skip'), `${this.label} ${this.page.url()} begins with the skip link`);
  }

  is(selector) {
    return this.page.evaluate((it) => document.activeElement.matches(it), selector);
  }

  // One stop on. Parts of a date are stops too.
  async stop() {
    stops += 1;
    await this.page.keyboard.press('Tab');
    // What has the focus is scrolled to with the next frame.
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const { found, at } = await this.page.evaluate(faults, this.at);
    for (const fault of found) check(false, `${this.label} ${this.page.url()} ${fault}`);
    this.at = at;
    return found.length === 0 || !found[0].startsWith('the focus is lost');
  }

  async to(selector, most = 500) {
    for (let n = 0; n < most; n += 1) {
      if (await this.is(selector)) return true;
      if (!(await this.stop())) break;
    }
    check(false, `${this.label} ${this.page.url()} the tab key reaches ${selector}`);
    return false;
  }

  // A key that leads to another page.
  async leave(key = 'Enter') {
    await Promise.all([this.page.waitForEvent('load'), this.page.keyboard.press(key)]);
    await this.arrive();
  }

  async done(what) {
    check((await this.page.locator('.flash-done').count()) === 1, `${this.label} ${what}: ${this.page.url()}`);
  }

  // To what the page is about, past what stands on every page.
  async skip() {
    await this.page.keyboard.press('Enter');
    check(await this.is('main'), `${this.label} the skip link leads to what the page is about`);
    this.at = null;
  }

  // The field that has the focus, as its doer would fill it.
  async answer() {
    const { keyboard } = this.page;
    const kind = await this.page.evaluate(() => {
      const one = document.activeElement;
      if (one.matches('summary')) return 'summary';
      if (one.matches('select')) return 'select';
      if (one.matches('button[data-add-row]')) return 'row';
      if (one.matches('textarea') || one.inputMode || ['text', 'url', 'date'].includes(one.type)) {
        return one.value ? 'filled' : one.type === 'date' ? 'date' : one.inputMode === 'decimal' ? 'number' : one.type === 'url' ? 'url' : 'text';
      }
      return one.type;
    });
    const typed = { text: 'Twenty customers by June.', number: '12', url: 'https://example.org/page', date: '03042030' };
    if (typed[kind]) await keyboard.type(typed[kind]);
    if (['radio', 'checkbox'].includes(kind)) await keyboard.press('Space');
    if (kind === 'select') await keyboard.press('ArrowDown');
    if (kind === 'summary') await keyboard.press('Enter');
    check(!(await this.is('body')), `${this.label} ${this.page.url()} the focus stays after ${kind}`);
  }
}

const sends = 'form[action$="/hand-in"] .actions button:not([formaction])';

// From Today to a step, its form, handed in and taken back.
async function manager(browser, demo, person) {
  const entered = await enter(browser, demo, person, { lang: 'en', viewport: { width: 1280, height: 800 }, scheme: 'light' });
  const { page } = entered;
  await page.goto(`${demo.base}/today`);
  let wanted;
  for (const href of (await linksOf(page)).filter((one) => one.includes('/steps/'))) {
    const html = await (await page.request.get(demo.base + href)).text();
    // A form that somebody reviews, without a file, which no keyboard fills.
    if (/action="[^"]*\/hand-in"/.test(html) && /data-kind="text"/.test(html) && !/multipart/.test(html)) wanted ??= href;
  }
  const keys = new Keys(entered);
  await keys.open(`${demo.base}/today`);
  await keys.skip();
  await keys.to(`main a[href="${wanted}"]`);
  await keys.leave();
  await keys.skip();
  await keys.to('form[action$="/hand-in"] *');
  while (!(await keys.is(sends))) {
    await keys.answer();
    if (!(await keys.stop())) break;
  }
  await keys.leave();
  const missing = await page.locator('.problems li').allInnerTexts();
  check(missing.length === 0, `${keys.label} fills ${wanted} with the keyboard: ${missing.join('; ')}`);
  await keys.done('hands in');
  await keys.to('form[action$="/take-back"] button');
  await keys.leave();
  await keys.done('takes back');
  // What is missing is where one goes on, and leads to its field.
  await keys.to('form[action$="/hand-in"] textarea');
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await keys.to(sends);
  await keys.leave();
  check(await keys.is('[data-focus]'), `${keys.label} what is missing has the focus`);
  await keys.to('.problems a');
  await page.keyboard.press('Enter');
  check(await page.evaluate(() => Boolean(document.activeElement.closest('[data-field]'))), `${keys.label} a problem leads to its field`);
  await entered.context.close();
}

// From a queue: one accepted, one returned with a line.
async function reviewer(browser, demo, person, path, manner, mayReturn) {
  const entered = await enter(browser, demo, person, manner);
  const keys = new Keys(entered);
  await keys.open(`${demo.base}${path}`);
  await keys.skip();
  await keys.to('form[action$="/accept"] textarea');
  await entered.page.keyboard.type('I looked at it.');
  await keys.to('form[action$="/accept"] button:not([formaction])');
  await keys.leave();
  await keys.done('accepts');
  if (mayReturn) {
    await keys.skip();
    await keys.to('form[action$="/accept"] textarea');
    await entered.page.keyboard.type('Please add the figures.');
    await keys.to('form[action$="/accept"] button[formaction]');
    await keys.leave();
    await keys.done('returns');
  }
  await entered.context.close();
}

// A plan for somebody who has none.
async function hr(browser, demo, person) {
  const entered = await enter(browser, demo, person, { lang: 'zh-TW', viewport: { width: 360, height: 740 }, scheme: 'dark' });
  const keys = new Keys(entered);
  await keys.open(`${demo.base}/progress`);
  await keys.to('nav a[href="/plans/new"]');
  await keys.leave();
  await keys.skip();
  for (const name of ['manager', 'superior']) {
    await keys.to(`#field-${name}`);
    await entered.page.keyboard.press('ArrowDown');
  }
  // Nobody is their own superior.
  const same = () => entered.page.evaluate(() => document.querySelector('#field-manager').value === document.activeElement.value);
  if (await same()) await entered.page.keyboard.press('ArrowDown');
  await keys.to('form[action="/plans/preview"] button');
  await keys.leave();
  const missing = await entered.page.locator('.problems li, .flash-refused').allInnerTexts();
  check(missing.length === 0, `${keys.label} chooses with the keyboard: ${missing.join('; ')}`);
  await keys.to('form[action="/plans"] button');
  await keys.leave();
  await keys.done('starts a plan');
  await entered.context.close();
}

// Every stop of a page from its first to its last.
async function through(browser, demo, person, paths, manner) {
  const entered = await enter(browser, demo, person, manner);
  const keys = new Keys(entered);
  for (const path of paths) {
    await keys.open(demo.base + path);
    const last = await entered.page.evaluate(() => {
      const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')];
      const seen = all.filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled);
      seen.at(-1).dataset.last = '';
      return seen.length;
    });
    await keys.to('[data-last]', last + 50);
  }
  await entered.context.close();
}

await prove(async (browser, demo) => {
  const of = (part) => demo.people.filter(({ role }) => role.startsWith(part));
  const narrow = { lang: 'zh-TW', viewport: { width: 360, height: 740 }, scheme: 'dark' };
  const wide = { lang: 'en', viewport: { width: 1280, height: 800 }, scheme: 'light' };
  // Who has something waiting.
  const waiting = async (people, path, least) => {
    for (const person of people) {
      const { context, page } = await enter(browser, demo, person, wide);
      await page.goto(demo.base + path);
      const count = await page.locator('form[action$="/accept"] textarea').count();
      await context.close();
      if (count >= least) return person;
    }
    check(false, `${least} wait at ${path}`);
    return people[0];
  };
  await timed('a manager', () => manager(browser, demo, of('manager, day 28')[0]));
  await timed('a mentor', async () => reviewer(browser, demo, await waiting(of('mentor'), '/queue', 2), '/queue', narrow, true));
  await timed('a superior', async () => reviewer(browser, demo, await waiting(of('superior'), '/gates', 1), '/gates', wide, false));
  await timed('HR', () => hr(browser, demo, of('hr')[0]));
  await timed('every stop of a page', async () => {
    await through(browser, demo, of('manager, day 60')[0], ['/today', '/settings'], narrow);
    await through(browser, demo, of('hr')[0], ['/progress', '/people', '/curricula', '/calendars/taiwan', '/outbox'], wide);
    await through(browser, demo, null, ['/sign-in', '/demo'], narrow);
  });
  console.log(`${stops} stops of the tab key`);
});
