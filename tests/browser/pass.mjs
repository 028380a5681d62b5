// The demo in a real browser, in both languages: every kind of page opens without an error, fits a
// phone, and passes the accessibility rules. HR brings a curriculum, publishes it and starts a plan;
// its manager fills every kind of field, hands in, and the superior reads it.
//
//   node tests/browser/pass.mjs            needs Chromium and a built program
//   PROGRAM=target/release/pilothouse node tests/browser/pass.mjs   takes this one, built already
//   PICTURES=folder node tests/browser/pass.mjs   keeps a picture of every page

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { axe } from './axe.mjs';
import {
  changedProgram, check, day, enter, fill, linksOf, manners, mistakenSample, press, prove, rolledOut, sample, timed, upload, wide,
} from './demo.mjs';

const pictures = process.env.PICTURES;
if (pictures) mkdirSync(pictures, { recursive: true });

// Holds the page that stands there to what every page promises.
async function hold(page, label, what) {
  const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  check(width <= 0, `${label} ${what} is ${width} px wider than the window`);
  const headings = await page.locator('h1').count();
  check(headings === 1, `${label} ${what} has ${headings} h1`);
  // A name that was not filled in, a message that is not there, a key where a word should stand.
  const words = await page.locator('body').innerText();
  check(!/\{\{|\}\}|\{ ?\$|undefined|\[object /.test(words), `${label} ${what} shows what only a program should read`);
  await axe(page, `${label} ${what}`);
  if (pictures) {
    const name = `${label}-${what}`.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{60,}/g, '').replaceAll(/[^\p{L}\p{N}]+/gu, '-');
    await page.screenshot({ path: join(pictures, `${name.slice(0, 120)}.png`), fullPage: true });
  }
}

async function visit(page, base, path, label, status = 200) {
  const response = await page.goto(base + path);
  check(response.status() === status, `${label} ${path} answers ${response.status()}`);
  await hold(page, label, path);
}

const parts = {
  manager: ['/today', '/settings'],
  mentor: ['/queue', '/settings'],
  superior: ['/gates', '/settings'],
  hr: ['/progress', '/people', '/people/new', '/plans/new', '/curricula', '/calendars'],
};

// Every part in each of three manners, and every person in one of them.
async function walk(browser, demo, turn) {
  const manner = manners[turn];
  for (const part of Object.keys(parts)) {
    const all = demo.people.filter(({ role }) => role.startsWith(part));
    const own = all.filter((_, i) => i % 3 === turn);
    for (const person of own.length > 0 ? own : all.slice(0, 1)) await look(browser, demo, person, part, manner);
  }
  const { context, page, label } = await enter(browser, demo, null, manner);
  for (const path of ['/sign-in', '/demo', '/mailbox']) await visit(page, demo.base, path, label);
  const mail = await page.$eval('main a[href^="/mailbox/"]', (a) => a.getAttribute('href'));
  await visit(page, demo.base, mail, label);
  await visit(page, demo.base, '/nothing-here', label, 404);
  await context.close();
}

async function look(browser, demo, person, part, manner) {
  const { context, page, label } = await enter(browser, demo, person, manner);
  for (const path of parts[part]) await visit(page, demo.base, path, label);
  // One level deeper: the plan, a step, a person.
  await page.goto(demo.base + parts[part][0]);
  const links = await linksOf(page);
  for (const kind of [/^\/plans\/[^/]+$/, /^\/plans\/[^/]+\/steps\//, /^\/people\/[0-9a-f-]{36}$/]) {
    const deeper = links.find((href) => kind.test(href));
    if (deeper) await visit(page, demo.base, deeper, label);
  }
  await context.close();
}

// Visits each page in one manner or several, so that all of them together are seen in every manner.
async function inTurn(browser, demo, person, paths, times = 1) {
  for (const [turn, manner] of manners.entries()) {
    const own = paths.filter((_, i) => (i + turn) % manners.length < times);
    if (own.length === 0) continue;
    const { context, page, label } = await enter(browser, demo, person, manner);
    for (const path of own) await visit(page, demo.base, path, label);
    await context.close();
  }
}

// One step for every kind of field, as a form and as answers to read, and the gathering page.
async function everyKind(browser, demo) {
  const seen = new Set();
  for (const person of demo.people.filter(({ role }) => /day (28|60)$/.test(role))) {
    const { context, page } = await enter(browser, demo, person, wide);
    const plan = (await linksOf(page)).find((href) => /^\/plans\/[^/]+$/.test(href));
    const today = await linksOf(page);
    await page.goto(demo.base + plan);
    const steps = [...new Set((await linksOf(page)).filter((href) => href.includes('/steps/')))];
    const worth = [];
    for (const href of [...today.filter((one) => one.includes('/weekly/')), ...steps]) {
      const text = await (await page.request.get(demo.base + href)).text();
      const kinds = [...text.matchAll(/data-kind="(\w+)"/g)].map(([, kind]) => `form ${kind}`);
      if (href.includes('/weekly/')) kinds.push('weekly');
      if (/class="answer/.test(text)) kinds.push(/<table/.test(text) ? 'answers with a table' : 'answers');
      if (/name="line"/.test(text)) kinds.push('review');
      if (kinds.some((kind) => !seen.has(kind))) worth.push(href);
      for (const kind of kinds) seen.add(kind);
    }
    await context.close();
    await inTurn(browser, demo, person, worth.slice(0, 1), 3);
    await inTurn(browser, demo, person, worth.slice(1));
  }
  for (const kind of ['weekly', 'answers', 'form table', 'form rating', 'form smart', 'form choice', 'form number']) {
    check(seen.has(kind), `the demo holds a page with ${kind}`);
  }
}

// A page of HR and what can be looked at below it before anybody is enrolled.
async function tryOut(browser, demo, hr, href, names) {
  await inTurn(browser, demo, hr, [href], 3);
  await inTurn(browser, demo, hr, names.map((name) => `${href}/${name}`));
}

// A release is looked at, its files go home and come back; a mistake is shown; a folder is published.
async function author(browser, demo, hr) {
  const { context, page, label } = await enter(browser, demo, hr, wide);
  await page.goto(`${demo.base}/curricula`);
  const release = (await linksOf(page)).find((href) => /^\/curricula\/[0-9a-f]{64}$/.test(href));
  await tryOut(browser, demo, hr, release, ['simulate', 'preview?role=mentor&on=2030-01-01', 'diff', 'graph', 'preview']);
  for (const name of ['export?lang=en', 'export?lang=zh-TW', 'graph.svg']) {
    check((await page.request.get(`${demo.base}${release}/${name}`)).ok(), `${release}/${name} answers`);
  }
  await page.goto(demo.base + release);
  const [zip] = await Promise.all([page.waitForEvent('download'), page.click('a[href$="/sources.zip"]')]);
  const taken = join(demo.folder, 'its-files.zip');
  await zip.saveAs(taken);
  const again = await upload(page, demo.base, 'files', taken);
  await hold(page, label, 'a draft of the same files');
  check((await page.locator('.notice-bad').count()) === 0, 'the files of a release are without mistakes');
  await press(page, `form[action="${again}/discard"] button`);
  await hold(page, label, 'after a draft is dropped');

  const mistaken = await upload(page, demo.base, 'files', mistakenSample());
  const found = await page.locator('main').innerText();
  check(/curriculum\.yaml/.test(found) && /line 2\d/.test(found), 'a mistake names its file and its line');
  check((await page.locator('.excerpt mark').allInnerTexts()).includes('efort'), 'the word that is wrong is underlined');
  check((await page.locator('form[action$="/publish"]').count()) === 0, 'a draft with mistakes cannot be published');
  await tryOut(browser, demo, hr, mistaken, []);

  const draft = await upload(page, demo.base, 'folder', sample);
  const tries = (await linksOf(page)).filter((href) => href.startsWith(draft) && href.endsWith('/simulate'));
  check(tries.length > 0, 'a clean draft can be simulated');
  const program = tries[0].slice(draft.length + 1).replace('/simulate', '');
  await tryOut(browser, demo, hr, draft, ['diff', 'preview', 'simulate', 'graph'].map((name) => `${program}/${name}`));
  await page.goto(demo.base + draft);
  await press(page, `form[action="${draft}/publish"] button`);
  await hold(page, label, 'publishing without the tick');
  check((await page.locator('#problem-confirm').count()) === 1, 'publishing asks for the tick');
  await page.check('#field-confirm');
  await press(page, `form[action="${draft}/publish"] button`);
  check((await page.locator('.flash-done').count()) === 1, 'publishing says that it was done');
  await hold(page, label, 'after publishing');
  await context.close();
}

// HR starts a plan on what was just published.
async function begin(browser, demo, hr, manager, superior) {
  const { context, page, label } = await enter(browser, demo, hr, manners[4]);
  await page.goto(`${demo.base}/people/${manager.id}`);
  await page.fill('#field-member-name', '江佳蓉');
  await press(page, 'form[action$="/members"] button');
  check((await page.locator('.flash-done').count()) === 1, 'a member has joined the team');
  await hold(page, label, 'a person with a team');
  await page.goto(`${demo.base}/plans/new`);
  await press(page, 'form[action="/plans/preview"] button');
  await hold(page, label, 'a start without a manager');
  check((await page.locator('.problems').count()) === 1, 'a start without a manager is refused');
  await page.selectOption('#field-manager', manager.id);
  await page.selectOption('#field-superior', superior.id);
  await page.selectOption('#field-program', 'base');
  await press(page, 'form[action="/plans/preview"] button');
  check((await page.locator('form[action="/plans"]').count()) > 0, 'a plan is shown before it starts');
  await hold(page, label, 'a plan before it starts');
  await press(page, 'form[action="/plans"] button >> nth=0');
  check((await page.locator('.flash-done').count()) === 1, 'the plan has started');
  await hold(page, label, 'after the start');
  await context.close();
}

// The manager of the new plan fills a form of every kind of field; the superior reads and accepts it.
async function handIn(browser, demo, manager, superior) {
  const { context, page, label } = await enter(browser, demo, manager, wide);
  const step = (await linksOf(page)).find((href) => href.endsWith('/steps/kick_off'));
  await visit(page, demo.base, step, label);
  const button = 'form[action$="/hand-in"] button:not([formaction]):not([type=button])';
  await press(page, button);
  check((await page.locator('.problems li').count()) > 5, 'an empty form says what is missing');
  await hold(page, label, 'an empty form handed in');
  await fill(page);
  await page.waitForFunction(() => /\d\d:\d\d/.test(document.querySelector('[data-autosave-status]').textContent), null, { timeout: 10000 });
  await page.goto(demo.base + step);
  check((await page.locator('[name="deals.1.name"]').inputValue()).startsWith('An honest'), 'the draft stands in the form again');
  await hold(page, label, 'a kept draft');
  await fill(page);
  await press(page, button);
  const left = await page.locator('.problems li').allInnerTexts();
  check((await page.locator('.flash-done').count()) === 1, `handing in ${step} says that it was done: ${left.join('; ')}`);
  check((await page.locator('.pill-in-review').count()) > 0, `${step} waits for review`);
  await context.close();
  await inTurn(browser, demo, manager, [step]);
  await inTurn(browser, demo, superior, [step, '/gates']);
  const reader = await enter(browser, demo, superior, manners[2]);
  await reader.page.goto(demo.base + step);
  check((await reader.page.locator('a[download]').count()) > 0, 'the superior finds the file');
  await reader.page.fill('#line', '看過了。');
  await press(reader.page, 'form[action$="/accept"] button:not([formaction])');
  check((await reader.page.locator('.flash-done').count()) === 1, 'accepting says that it was done');
  await hold(reader.page, reader.label, 'after accepting');
  await reader.context.close();
}

// A manager goes on leave, a company day is set, and running plans take another version: each is shown
// first, done, and undone or told of afterwards.
async function change(browser, demo, hr, manager) {
  const { context, page, label } = await enter(browser, demo, hr, wide);
  await page.goto(`${demo.base}/people/${manager.id}`);
  const links = await linksOf(page);
  const plan = links.find((href) => /^\/plans\/[^/]+$/.test(href));
  const member = links.find((href) => /^\/members\/[^/]+$/.test(href));
  const done = async (what) => {
    check((await page.locator('.flash-done').count()) === 1, `${what} says that it was done`);
    await hold(page, label, what);
  };

  await page.goto(`${demo.base}${plan}/arrange`);
  await page.$$eval('details', (all) => all.forEach((one) => (one.open = true)));
  await hold(page, label, 'everything that can be arranged');
  await page.fill('#field-leave_from', day(9));
  await page.fill('#field-leave_until', day(3));
  await press(page, 'form[action$="?form=leave"] button');
  check((await page.locator('[role=alert]').count()) > 0, 'leave that ends before it begins is refused');
  await page.goto(`${demo.base}${plan}/arrange`);
  await page.$$eval('details', (all) => all.forEach((one) => (one.open = true)));
  await page.fill('#field-leave_from', day(3));
  await page.fill('#field-leave_until', day(16));
  await press(page, 'form[action$="?form=leave"] button');
  await hold(page, label, 'a leave before it is applied');
  await press(page, `form[action="${plan}/arrange"] button`);
  await done('a leave');
  const undo = (await linksOf(page)).find((href) => href.includes('/undo/'));
  await inTurn(browser, demo, hr, [`${plan}/arrange`, plan, undo, `${plan}/history`, member], 2);
  await page.goto(`${demo.base}${plan}/history`);
  const then = (await linksOf(page)).filter((href) => href.includes('as_of=')).at(-1);
  await inTurn(browser, demo, hr, [then, '/calendars', '/calendars/taiwan', '/calendars/weekdays'], 2);
  await page.goto(demo.base + undo);
  await press(page, `form[action="${undo}"] button`);
  await done('undoing a leave');

  // A day that is off anyway changes nothing, and nothing is offered to be saved.
  const set = 'form[action="/calendars/taiwan"] button';
  for (let ahead = 20; ahead < 40 && (await page.locator(set).count()) === 0; ahead += 1) {
    await page.goto(`${demo.base}/calendars/taiwan`);
    await page.fill('#field-from', day(ahead));
    await page.fill('#field-name_en', 'Founders’ day');
    await page.fill('#field-name_zh_tw', '創立紀念日');
    await press(page, 'form[action="/calendars/taiwan/preview"]:has(#field-from) button');
  }
  await hold(page, label, 'a company day before it is set');
  await press(page, set);
  await done('a company day');

  const draft = await upload(page, demo.base, 'folder', changedProgram(demo.folder));
  await page.check('#field-confirm');
  await press(page, `form[action="${draft}/publish"] button`);
  let look;
  for (const href of (await linksOf(page)).filter((one) => one.endsWith('/rollout'))) {
    await page.goto(demo.base + href);
    if ((await page.locator('input[name^="plan."]').count()) > 0) look = href;
  }
  check(Boolean(look), 'publishing leads to the plans that run another version');
  await page.goto(demo.base + look);
  const one = (await linksOf(page)).find((href) => href.startsWith(`${look}/`));
  await inTurn(browser, demo, hr, [look, one], 2);
  await page.goto(demo.base + look);
  await press(page, `form[action="${look}"] button:not([formaction])`);
  const rollout = await rolledOut(page);
  await hold(page, label, 'a rollout');
  await inTurn(browser, demo, hr, [rollout, plan], 2);
  await context.close();
}

// The newest mail stands first; a week later another one does.
async function aWeekOn(browser, demo) {
  const { context, page } = await enter(browser, demo, null, wide);
  const newestMail = async () => {
    await page.goto(`${demo.base}/mailbox`);
    return page.$eval('main a[href^="/mailbox/"]', (a) => a.getAttribute('href'));
  };
  const before = await newestMail();
  await press(page, 'form[action="/demo/travel"] button[value=week]');
  check((await newestMail()) !== before, 'a week brings mail');
  await context.close();
}

await prove(async (browser, demo) => {
  check(demo.people.length >= 10, `the sample company has ${demo.people.length} people`);
  const [hr] = demo.people.filter(({ role }) => role === 'hr');
  const [superior, manager] = demo.people.filter(({ role }) => role === 'superior');
  for (const turn of [0, 1, 2]) await timed(`walk ${turn + 1}`, () => walk(browser, demo, turn));
  // A person's language is kept with the person, so only different people look around at once.
  await Promise.all([
    timed('every kind of step', () => everyKind(browser, demo)),
    timed('a curriculum', () => author(browser, demo, hr)),
  ]);
  await timed('a start', () => begin(browser, demo, hr, manager, superior));
  await timed('a week', () => aWeekOn(browser, demo));
  await timed('a hand-in', () => handIn(browser, demo, manager, superior));
  const [, , seasoned] = demo.people.filter(({ role }) => role.startsWith('manager'));
  await timed('change', () => change(browser, demo, hr, seasoned));
});
