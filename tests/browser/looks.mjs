// How pages look, held against pictures that are kept here: a sample company as of one day, so that the same
// names and dates stand everywhere.
//
//   node tests/browser/looks.mjs                    PROGRAM and DEMO as in demo.mjs
//   UPDATE_LOOKS=1 node tests/browser/looks.mjs     keeps what it sees from now on
//   ONLY=ledger node tests/browser/looks.mjs        the pictures whose name holds this

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { check, enter, linksOf, problems, prove, timed } from './demo.mjs';

const kept = join(import.meta.dirname, 'looks');
const found = join(import.meta.dirname, '../../target/looks');
const madeWith = join(kept, 'made-with.txt');
const isUpdate = Boolean(process.env.UPDATE_LOOKS);

// How much of a picture may differ, and how far a colour may be off before its pixel does.
const SHARE = 0.005;
const THRESHOLD = 0.15;

// Low windows: what is kept stays small.
const PHONE = { width: 360, height: 680 };
const TABLET = { width: 768, height: 800 };
const DESK = { width: 1280, height: 680 };

const planOf = async (page) => (await linksOf(page)).find((href) => /^\/plans\/[^/]+$/.test(href));
const inPlan = (path) => async (page) => `${await planOf(page)}${path}`;

async function handedIn(page, base) {
  await page.goto(`${base}/queue`);
  return page.getAttribute('article h3 a', 'href');
}

// The one of a Monday, which looks back on a week.
async function digest(page, base) {
  await page.goto(`${base}/mailbox?to=hr@demo.example&all=yes`);
  return page.getAttribute('main td a:has-text("一週：")', 'href');
}

const [DAY_28, DAY_60] = [28, 60].map((day) => `manager, day ${day}`);

// Whose page, where, what of it stands at the top of the window, and in which manner. The list of people says
// what language somebody reads: it comes before anybody is seen in another one.
const LOOKS = [
  ['people', 'hr', '/people', null, 'zh-TW', DESK, 'light'],
  ['today', DAY_60, '/today', null, 'zh-TW', PHONE, 'dark'],
  ['plan', DAY_28, inPlan(''), '.columns', 'en', DESK, 'light'],
  ['step-form', DAY_28, inPlan('/steps/audit_training'), '#form', 'en', TABLET, 'dark'],
  ['step-in-review', 'mentor', handedIn, null, 'zh-TW', DESK, 'light'],
  ['team-map', DAY_60, inPlan('/practice/know_every_member'), null, 'zh-TW', DESK, 'dark'],
  ['goal', DAY_60, inPlan('/practice/goals_and_expectations'), '#view-burn_up', 'zh-TW', PHONE, 'light'],
  ['ledger', DAY_60, inPlan('/practice/delegate_and_track'), null, 'en', DESK, 'light'],
  ['figures', DAY_60, inPlan('/practice/data_and_process'), '#view-pipeline', 'en', TABLET, 'dark'],
  ['scorecard', DAY_60, inPlan('/practice/scorecard'), '#main', 'zh-TW', TABLET, 'dark'],
  ['record', DAY_28, inPlan('/record'), '#main', 'en', PHONE, 'dark'],
  ['gates', 'superior', '/gates', '#main', 'en', TABLET, 'light'],
  // Below the releases, which stand in the order of their hashes.
  ['curricula', 'hr', '/curricula', '#calendars', 'en', PHONE, 'light'],
  ['calendar', 'hr', '/calendars/taiwan', null, 'zh-TW', TABLET, 'light'],
  ['digest', null, digest, '#main', 'en', TABLET, 'light'],
  ['sign-in', null, '/sign-in', '#main', 'en', PHONE, 'light'],
].map(([name, who, path, top, lang, viewport, scheme]) => ({ name, who, path, top, lang, viewport, scheme }));

// What draws the words: the browser's major version, and the fonts of a page with both languages.
async function tools(browser, page) {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument', { depth: -1 });
  const words = { nodeId: root.nodeId, selector: 'h1, p, a, button' };
  const { nodeIds } = await session.send('DOM.querySelectorAll', words);
  const names = new Set();
  for (const nodeId of nodeIds) {
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
    for (const { familyName } of fonts) names.add(familyName);
  }
  return `Chromium ${browser.version().split('.')[0]} with ${[...names].sort().join(', ')}`;
}

async function picture(browser, demo, look) {
  const { who, path, top, lang, viewport, scheme } = look;
  const person = who && demo.people.find(({ role }) => role === who);
  const { context, page } = await enter(browser, demo, person, { lang, viewport, scheme });
  if (typeof path === 'string') await page.goto(demo.base + path);
  else await page.goto(demo.base + (await path(page, demo.base)));
  await page.evaluate(() => document.fonts.ready);
  if (top) await page.$eval(top, (one) => one.scrollIntoView());
  // The time of day goes on while a company is filled and looked at.
  const mask = [page.locator('.demo-now')];
  const taken = await page.screenshot({ animations: 'disabled', caret: 'hide', mask, maskColor: '#808080' });
  const made = look.name === 'today' ? await tools(browser, page) : null;
  await context.close();
  return { png: PNG.sync.read(taken), made };
}

const write = (file, png) => writeFileSync(file, PNG.sync.write(png, { colorType: 2, deflateLevel: 9 }));

// What differs from the picture that is kept, in words; nothing when it is little.
function difference(name, png) {
  const file = join(kept, `${name}.png`);
  if (!existsSync(file)) return 'no picture of it is kept';
  const before = PNG.sync.read(readFileSync(file));
  const { width, height } = png;
  if (before.width !== width || before.height !== height) {
    return `it is ${width} × ${height} pixels, not ${before.width} × ${before.height}`;
  }
  const diff = new PNG({ width, height });
  const differ = pixelmatch(before.data, png.data, diff.data, width, height, { threshold: THRESHOLD });
  const share = differ / (width * height);
  if (process.env.SHOW) console.log(`${name}: ${(100 * share).toFixed(3)} % of its pixels differ`);
  if (share <= SHARE) return null;
  write(join(found, `${name}-diff.png`), diff);
  return `${(100 * share).toFixed(1)} % of its pixels differ, as ${name}-diff.png beside it shows`;
}

// The demo's clock goes on from when a company was filled: one of yesterday is in another morning.
const another = '-looks';
const company = process.env.DEMO && `${process.env.DEMO}${another}`;
const isOld = company && existsSync(company) && Date.now() - statSync(company).birthtimeMs > 3600_000;
if (isOld) rmSync(company, { recursive: true });

await prove(async (browser, demo) => {
  rmSync(found, { recursive: true, force: true });
  for (const folder of [kept, found]) mkdirSync(folder, { recursive: true });
  const looks = LOOKS.filter(({ name }) => name.includes(process.env.ONLY ?? ''));
  let here;
  await timed(`${looks.length} looks`, async () => {
    for (const look of looks) {
      const { name } = look;
      const { png, made } = await picture(browser, demo, look);
      here ??= made;
      if (isUpdate) {
        write(join(kept, `${name}.png`), png);
        continue;
      }
      const differs = difference(name, png);
      if (differs) write(join(found, `${name}.png`), png);
      check(!differs, `target/looks/${name}.png looks otherwise: ${differs}`);
    }
  });
  if (isUpdate) {
    if (here) writeFileSync(madeWith, `${here}\n`);
    return;
  }
  const known = new Set(LOOKS.map(({ name }) => `${name}.png`));
  const pictures = readdirSync(kept).filter((file) => file.endsWith('.png'));
  for (const file of pictures) check(known.has(file), `looks/${file} is a picture of something`);
  if (problems.length === 0) return;
  const before = readFileSync(madeWith, 'utf8').trim();
  if (here && here !== before) console.error(`The pictures were made with ${before}; this is ${here}.`);
  console.error('Where it is meant to look so, UPDATE_LOOKS=1 keeps it.');
}, { of: another, more: ['--day', '2026-11-25'] });
