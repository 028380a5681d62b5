// The demo in a real browser, in both languages: every page of every part opens without an error,
// fits a phone, and passes the accessibility rules; a step is ticked as a person would.
//
//   node tests/browser/pass.mjs            needs Chromium and a built program
//   PICTURES=folder node tests/browser/pass.mjs   keeps a picture of every page

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const pictures = process.env.PICTURES;
if (pictures) mkdirSync(pictures, { recursive: true });

const problems = [];
let checks = 0;
function check(holds, what) {
  checks += 1;
  if (!holds) {
    problems.push(what);
    console.error(`not so: ${what}`);
  }
}

async function startDemo(folder) {
  const child = spawn('cargo', ['run', '--quiet', '--', 'demo', '--data', folder, '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  const base = await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      printed += chunk;
      if (printed.includes('Ctrl-C')) resolve(printed.match(/http:\/\/127\.0\.0\.1:\d+/)[0]);
    });
    child.on('exit', (code) => reject(new Error(`the demo ended with ${code}`)));
  });
  const people = [...printed.matchAll(/^ {2}(\S.*?) {2,}http\S+\/demo\/as\/(\S+) {2}(.+)$/gm)].map(
    ([, role, id, name]) => ({ role: role.trim(), id, name }),
  );
  return { child, base, people };
}

async function stop(child) {
  child.removeAllListeners('exit');
  const gone = new Promise((resolve) => child.on('exit', resolve));
  child.kill('SIGINT');
  await gone;
}

// Opens a page and holds it to what every page promises.
async function visit(page, base, path, label) {
  const response = await page.goto(base + path);
  check(response.status() === 200, `${label} ${path} answers ${response.status()}`);
  const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  check(width <= 0, `${label} ${path} is ${width} px wider than the window`);
  const headings = await page.locator('h1').count();
  check(headings === 1, `${label} ${path} has ${headings} h1`);
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    // The mail in the frame is a document of its own, which mail clients show.
    window.axe.run({ exclude: ['iframe'] }, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }),
  );
  for (const violation of found.violations) {
    check(false, `${label} ${path}: ${violation.id} ${violation.nodes.map((n) => n.target).join(' ')}`);
  }
  if (pictures) {
    const name = `${label}-${path}`.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 120);
    await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  }
}

const parts = {
  manager: ['/today', '/settings'],
  mentor: ['/queue', '/settings'],
  superior: ['/gates'],
  hr: ['/progress', '/people', '/people/new', '/plans/new', '/curricula'],
};

async function walk(browser, demo, lang, viewport, scheme) {
  for (const person of demo.people) {
    const part = Object.keys(parts).find((name) => person.role.startsWith(name));
    if (!part) continue;
    const context = await browser.newContext({ viewport, colorScheme: scheme, locale: lang });
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto(`${demo.base}/demo/as/${person.id}`);
    const shown = await page.getAttribute('html', 'lang');
    if ((lang === 'zh-TW') !== shown.startsWith('zh')) await page.click('form[action="/language"] button');
    check((await page.getAttribute('html', 'lang')).startsWith(lang.slice(0, 2)), `${person.name} reads ${lang}`);
    const label = `${lang} ${viewport.width} ${scheme} ${person.role}`;
    for (const path of parts[part]) await visit(page, demo.base, path, label);
    // One level deeper: the plan, a step, a person, a program.
    await page.goto(demo.base + parts[part][0]);
    const links = await page.$$eval('main a[href^="/"]', (all) => all.map((a) => a.getAttribute('href')));
    const kinds = [/^\/plans\/[^/]+$/, /^\/plans\/[^/]+\/steps\//, /^\/people\/[0-9a-f-]{36}$/, /^\/curricula\/./];
    for (const kind of kinds) {
      const deeper = links.find((href) => kind.test(href));
      if (deeper) await visit(page, demo.base, deeper, label);
    }
    check(errors.length === 0, `${label}: ${errors.join('; ')}`);
    await context.close();
  }
  const context = await browser.newContext({ viewport, colorScheme: scheme, locale: lang });
  const page = await context.newPage();
  const label = `${lang} ${viewport.width} ${scheme} visitor`;
  for (const path of ['/sign-in', '/demo', '/mailbox']) await visit(page, demo.base, path, label);
  const mail = await page.$eval('main a[href^="/mailbox/"]', (a) => a.getAttribute('href'));
  await visit(page, demo.base, mail, label);
  await context.close();
}

// The manager of day 1 ticks or hands in a step; the mailbox fills as time goes on.
async function live(browser, demo) {
  const newest = demo.people.find((person) => /day 1$/.test(person.role));
  check(Boolean(newest), 'there is a manager on day 1');
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${demo.base}/demo/as/${newest.id}`);
  const step = await page.$eval('main a[href*="/steps/"]', (a) => a.getAttribute('href'));
  await page.goto(demo.base + step);
  for (const area of await page.$$('form[action$="/hand-in"] textarea')) await area.fill('An honest answer. 誠實的回答。');
  const names = new Set(await page.$$eval('form[action$="/hand-in"] input[type=radio]', (all) => all.map((r) => r.name)));
  for (const name of names) await page.check(`form[action$="/hand-in"] input[type=radio][name="${name}"] >> nth=0`);
  await page.click('form[action$="/hand-in"] button[type=submit], form[action$="/hand-in"] button:not([type])');
  check((await page.locator('[role=status]').count()) > 0, `handing in ${step} says that it was done`);
  // The newest mail stands first; a week later another one does.
  const newestMail = async () => {
    await page.goto(`${demo.base}/mailbox`);
    return page.$eval('main a[href^="/mailbox/"]', (a) => a.getAttribute('href'));
  };
  const before = await newestMail();
  await page.click('form[action="/demo/travel"] button[value=week]');
  check((await newestMail()) !== before, 'a week brings mail');
  await context.close();
}

const folder = mkdtempSync(join(tmpdir(), 'pilothouse-browser-'));
const demo = await startDemo(folder);
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
});
try {
  check(demo.people.length >= 10, `the sample company has ${demo.people.length} people`);
  await walk(browser, demo, 'en', { width: 1280, height: 900 }, 'light');
  await walk(browser, demo, 'zh-TW', { width: 360, height: 740 }, 'dark');
  await walk(browser, demo, 'zh-TW', { width: 768, height: 1024 }, 'light');
  await live(browser, demo);
} finally {
  await browser.close();
  await stop(demo.child);
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${checks - problems.length} passed, ${problems.length} failed`);
process.exit(problems.length === 0 ? 0 : 1);
