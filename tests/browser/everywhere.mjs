// Every page in every state, in both languages, light and dark: all that axe-core knows, and that it fits
// 320 px with text spaced out. Fails too when the program answers an address that was never visited.
//
//   node tests/browser/everywhere.mjs            PROGRAM and DEMO as in demo.mjs
//   ONLY=/plans/new node tests/browser/everywhere.mjs    the places whose address holds this
//   PICTURES=folder node tests/browser/everywhere.mjs    keeps a picture of every look

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { axe, inMail } from './axe.mjs';
import { check, enter, installed, prove, send, timed } from './demo.mjs';
import { findPlaces, routeOf, routes } from './places.mjs';
import { reflow, smallest } from './reflow.mjs';
import { setStage } from './stage.mjs';

process.env.PDF_BROWSER = installed();

const WIDTHS = [360, 768, 1280];
const STATES = [
  'later', 'blocked', 'open', 'today', 'overdue', 'resting', 'in-review', 'returned', 'done', 'lapsed', 'closed',
  'not-taken', 'waived', 'skipped', 'plan-ended',
];

const pictures = process.env.PICTURES;
if (pictures) mkdirSync(pictures, { recursive: true });
let taken = 0;

const isMail = (path) => /^\/mailbox\/.*\/html$/.test(path);

async function open(page, base, { path, form, values, status = 200, ...how }) {
  let last;
  const answered = (response) => { if (response.request().isNavigationRequest() && response.frame() === page.mainFrame()) last = response; };
  page.on('response', answered);
  // A mail is shown in a frame that allows nothing; by itself it is looked at without that.
  if (isMail(path)) {
    const mail = await page.request.get(base + path);
    check(mail.ok(), `${path} answers ${mail.status()}`);
    await page.goto('about:blank');
    return page.setContent(await mail.text());
  }
  await page.goto(base + path);
  // A wish or a search that comes back is asked for anew in each language.
  if (form) await send(page, form, values, how);
  page.off('response', answered);
  check(last.status() === status, `${path} ${form ?? ''} answers ${last.status()}, not ${status}`);
}

// One person's places; their language is kept with them, so only one page is theirs at a time.
async function look(browser, demo, who, places, visited) {
  for (const [turn, lang] of ['en', 'zh-TW'].entries()) {
    const { context, page, label } = await enter(browser, demo, who, { lang, viewport: { width: 1280, height: 900 }, scheme: 'light' });
    for (const [n, place] of places.entries()) {
      const what = `${label.split(' ').slice(3).join(' ')} ${lang} ${place.path}${place.form ? ` after ${place.form}` : ''}`;
      await open(page, demo.base, place);
      visited.add(routeOf(place.path));
      const words = await page.locator('body').innerText();
      check(!/\{\{|\}\}|\{ ?\$|undefined|\[object /.test(words), `${what} shows what only a program should read`);
      // Four looks, of which each has another width than its neighbours.
      for (const [shade, scheme] of ['light', 'dark'].entries()) {
        const width = WIDTHS[(n + 2 * turn + shade) % 3];
        await page.emulateMedia({ colorScheme: scheme });
        await page.setViewportSize({ width, height: 900 });
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        check(wider <= 0, `${what}, ${width}: ${wider} px wider than the window`);
        await axe(page, `${what}, ${scheme}, ${width}`, isMail(place.path) ? inMail : []);
        if (pictures) {
          taken += 1;
          const name = place.path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,}/g, '').replaceAll(/[^\p{L}\p{N}]+/gu, '-');
          const file = `${width}-${lang}-${scheme}-${String(taken).padStart(3, '0')}${name.slice(0, 80)}.png`;
          await page.screenshot({ path: join(pictures, file), fullPage: true });
        }
      }
      await reflow(page, what);
      if (process.env.SHOW) console.log(new Date().toISOString().slice(14, 19), what);
    }
    await context.close();
  }
}

// What is no page of its own: files, and addresses that lead on.
async function ask(browser, demo, stage, visited) {
  const { context, page } = await enter(browser, demo, stage.hr, { lang: 'en', viewport: { width: 1280, height: 900 }, scheme: 'light' });
  const release = `/curricula/${stage.samples[0]}`;
  const paths = [
    '/', '/healthz', '/readyz', '/plans', '/plans/preview', '/curricula/drafts', `${stage.draft}/sources.zip`, `${stage.draft}/publish`,
    `${stage.draft}/base/graph.svg`, `${stage.draft}/base/export?lang=en`, `${release}/sources.zip`, `${release}/graph.svg`,
    `${release}/export?lang=zh-TW`, `${stage.look}/preview`, '/calendars/taiwan/preview', `${stage.everything}/arrange/preview`,
    `${stage.everything}/mentor`, `${stage.everything}/cast`, `/people/${stage.newcomer.id}/members`, `${stage.member}/leave`,
    ...['html', 'json', 'pdf'].map((kind) => `${stage.season}/record.${kind}`),
    await page.getAttribute('link[rel=stylesheet]', 'href'),
  ];
  for (const path of paths) {
    const answer = await page.request.get(demo.base + path);
    check(answer.ok(), `${path} answers ${answer.status()}`);
    visited.add(routeOf(path));
  }
  await context.close();
}

await prove(async (browser, demo) => {
  const stage = await timed('the stage', () => setStage(browser, demo));
  const found = await timed('what there is', () => findPlaces(browser, demo, stage));
  for (const state of STATES) check(found.states.has(state), `a step is ${state}`);
  const places = found.places.filter(({ path }) => path.includes(process.env.ONLY ?? ''));
  const visited = new Set(['/demo/as/{person}', routeOf(stage.file)]);
  await ask(browser, demo, stage, visited);

  const everybody = new Map();
  for (const place of places) everybody.set(place.who, [...(everybody.get(place.who) ?? []), place]);
  const queue = [...everybody].sort(([, a], [, b]) => b.length - a.length);
  const walk = async () => { for (let next = queue.shift(); next; next = queue.shift()) await look(browser, demo, ...next, visited); };
  await timed(`${places.length} places in four manners`, () => Promise.all([walk(), walk()]));

  const all = routes().map(({ route }) => route);
  if (!process.env.ONLY) for (const route of all) check(visited.has(route), `${route} was visited`);
  console.log(`${all.filter((route) => visited.has(route)).length} of ${all.length} addresses, ${places.length} places, ${[...found.states].length} states of a step`);
  console.log(`smallest target: ${smallest.size} px, ${smallest.what}`);
});
