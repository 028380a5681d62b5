// What every proof in a browser stands on: a demo of its own, a browser, and people who look around.
//
//   PROGRAM=target/release/pilothouse   takes this program, built already
//   DEMO=folder                         a filled sample company; filled when it is not there yet, and copied
//   DAY=2030-03-01                      the day on which it begins, instead of today

import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const problems = [];
let checks = 0;
export function check(holds, what) {
  checks += 1;
  if (!holds) {
    problems.push(what);
    console.error(`not so: ${what}`);
  }
}

export async function timed(name, work) {
  const began = Date.now();
  const answer = await work();
  console.log(`${name}: ${checks} checks so far, ${Math.round((Date.now() - began) / 1000)} s`);
  return answer;
}

const [command, ...first] = process.env.PROGRAM ? [process.env.PROGRAM] : ['cargo', 'run', '--quiet', '--'];

// What the program answers on a command line; throws when it fails.
export const program = (...args) => execFileSync(command, [...first, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });

const from = process.env.DAY ? ['--day', process.env.DAY] : [];

async function startDemo(folder, more) {
  const child = spawn(command, [...first, 'demo', '--data', folder, '--listen', '127.0.0.1:0', ...from, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // Also when a proof breaks off.
  process.on('exit', () => child.kill('SIGINT'));
  let printed = '';
  const base = await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      printed += chunk;
      if (printed.includes('Ctrl-C')) resolve(printed.match(/http:\/\/127\.0\.0\.1:\d+/)[0]);
    });
    child.on('exit', (code) => reject(new Error(`the demo ended with ${code}`)));
  });
  // Only a program that answers stops in order when it is told to.
  await fetch(`${base}/healthz`);
  const people = [...printed.matchAll(/^ {2}(\S.*?) {2,}http\S+\/demo\/as\/(\S+) {2}(.+)$/gm)].map(
    ([, role, id, name]) => ({ role: role.trim(), id, name }),
  );
  return { child, base, people, folder };
}

async function stopDemo({ child }) {
  child.removeAllListeners('exit');
  const gone = new Promise((resolve) => child.on('exit', resolve));
  child.kill('SIGINT');
  await gone;
}

async function filled(folder, { of, more }) {
  if (!process.env.DEMO) return;
  const company = `${process.env.DEMO}${of}`;
  if (!existsSync(company)) await stopDemo(await startDemo(company, more));
  // Where its account cannot go, the database is kept elsewhere, and a copy would be a mailbox without its company.
  if (!existsSync(join(company, 'postgres'))) throw new Error(`make every folder above ${company} passable (chmod 755)`);
  // With owners and modes, which PostgreSQL insists on.
  execFileSync('cp', ['-a', `${company}/.`, folder]);
}

export const installed = () => ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

const chosen = (args) => ({
  executablePath: installed(),
  args: [
    '--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--no-first-run', ...args,
  ],
});

// A browser whose only profile is this folder, for what attaches to it from outside.
export const openAlone = (profile, args) => chromium.launchPersistentContext(profile, chosen(args));

// Runs a proof against a demo and a browser of its own, says how it came out, and ends. More arguments make
// another sample company, which has a name of its own.
export async function prove(work, { of = '', more = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'pilothouse-browser-'));
  await filled(folder, { of, more });
  const demo = await startDemo(folder, more);
  const browser = await chromium.launch(chosen([]));
  try {
    await work(browser, demo);
  } finally {
    await browser.close();
    await stopDemo(demo);
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`${checks - problems.length} passed, ${problems.length} failed`);
  process.exit(problems.length === 0 ? 0 : 1);
}

export const manners = [
  { lang: 'en', viewport: { width: 1280, height: 900 }, scheme: 'light' },
  { lang: 'zh-TW', viewport: { width: 360, height: 740 }, scheme: 'dark' },
  { lang: 'zh-TW', viewport: { width: 768, height: 1024 }, scheme: 'light' },
  { lang: 'en', viewport: { width: 360, height: 740 }, scheme: 'light' },
  { lang: 'en', viewport: { width: 768, height: 1024 }, scheme: 'dark' },
];
export const wide = manners[0];

// A person's browser, or a visitor's, which tells of every error in a page.
export async function enter(browser, demo, person, { lang, viewport, scheme }) {
  const context = await browser.newContext({ viewport, colorScheme: scheme, locale: lang, reducedMotion: 'reduce' });
  // A year tried out takes a debug build on a busy machine long.
  context.setDefaultTimeout(180_000);
  const page = await context.newPage();
  const label = `${lang} ${viewport.width} ${scheme} ${person?.role ?? 'visitor'}`;
  page.on('crash', () => check(false, `${label}: the page crashed at ${page.url()}`));
  page.on('pageerror', (error) => check(false, `${label}: ${error.message}`));
  page.on('console', (message) => {
    // A page that is missing, or that says what is wrong in a form, is meant to be so.
    if (message.type() === 'error' && !/status of (4\d\d)/.test(message.text())) check(false, `${label}: ${message.text()}`);
  });
  if (person) await signIn(page, demo, person, lang);
  else await context.addCookies([{ name: 'lang', value: lang, url: demo.base }]);
  return { context, page, label };
}

export async function signIn(page, demo, person, lang) {
  await page.goto(`${demo.base}/demo/as/${person.id}`);
  const shown = await page.getAttribute('html', 'lang');
  if ((lang === 'zh-TW') !== shown.startsWith('zh')) await press(page, 'form[action="/language"] button');
  check((await page.getAttribute('html', 'lang')).startsWith(lang.slice(0, 2)), `${person.name} reads ${lang}`);
}

// Waits for the rollout that the page shows, and opens it once more. While a rollout runs its page asks for
// itself again every two seconds, and a browser that is on its way elsewhere then says that it was aborted.
export async function rolledOut(page) {
  const address = page.url();
  await page.goto('about:blank');
  const runs = async () => 'refresh' in (await page.request.get(address)).headers();
  for (let n = 0; n < 180 && (await runs()); n += 1) await page.waitForTimeout(1000);
  check(!(await runs()), 'a rollout comes to its end');
  await page.goto(address);
  return new URL(address).pathname;
}

// Presses what leads to another page, and is there when it returns.
export async function press(page, selector) {
  await Promise.all([page.waitForEvent('load'), page.click(selector)]);
}

export const linksOf = (page) => page.$$eval('main a[href^="/"]', (all) => all.map((a) => a.getAttribute('href')));

// Fills the named fields of a form as far as it has them, and sends it; the page that answers stands there
// when it returns. A field's value is text, true or false for what is ticked, or #n for an option.
export async function send(page, selector, values = {}, { button = 'button:not([type=button]):not([formaction])', action } = {}) {
  const answered = page.waitForEvent('load');
  const asked = page.$eval(
    selector,
    (form, [given, pressed, another]) => {
      form.noValidate = true;
      if (another) form.action = another;
      for (const [name, value] of Object.entries(given)) {
        for (const one of form.querySelectorAll(`[name="${name}"]`)) {
          if (typeof value === 'boolean') one.checked = value;
          else if (value.startsWith('#')) one.selectedIndex = Number(value.slice(1));
          else one.value = value;
        }
      }
      form.requestSubmit(form.querySelector(pressed));
    },
    [values, button, action],
  );
  await Promise.all([answered, asked]);
}

// Every field as its doer would fill it; a page that was read before keeps what stands in it.
export async function fill(page) {
  for (const field of await page.$$('form[action$="/hand-in"] [data-field]')) {
    if (!(await field.isVisible())) continue;
    const kind = await field.getAttribute('data-kind');
    for (const name of new Set(await field.$$eval('input[type=radio]', (all) => all.map((one) => one.name)))) {
      await (await field.$(`input[type=radio][name="${name}"]`)).check();
    }
    if (kind === 'several') await (await field.$('input[type=checkbox]')).check();
    for (const one of await field.$$('select')) await one.selectOption({ index: 1 });
    for (const one of await field.$$('input[type=date]')) await one.fill('2030-03-04');
    for (const one of await field.$$('input[inputmode=decimal]')) await one.fill('12');
    for (const one of await field.$$('input[type=url]')) await one.fill('https://example.org/page');
    for (const one of await field.$$('textarea, input[type=text]:not([inputmode])')) await one.fill('An honest answer: 20 new customers by 2030-06-30. 誠實的回答。');
    for (const one of await field.$$('input[type=file]')) {
      await one.setInputFiles({ name: '會議紀錄.txt', mimeType: 'text/plain', buffer: Buffer.from('What was said.') });
    }
  }
}

// Uploads as HR does, and leaves the page of the draft standing there.
export async function upload(page, base, field, files) {
  await page.goto(`${base}/curricula`);
  await page.setInputFiles(`#field-${field}`, files);
  await press(page, 'form[action="/curricula/drafts"] button:not([type=button])');
  check(/\/curricula\/drafts\/./.test(page.url()), `the upload of ${field} leads to a draft, not ${page.url()}`);
  return new URL(page.url()).pathname;
}

export const sample = join(import.meta.dirname, '../curricula/good/everything');

// The sample with a name and a day that are wrong.
export function mistakenSample() {
  const text = (name) => readFileSync(join(sample, name), 'utf8');
  const broken = text('curriculum.yaml').replace('effort: 10', 'efort: 10').replace('due: B34', 'due: C34');
  return readdirSync(sample).map((name) => ({
    name,
    mimeType: 'application/yaml',
    buffer: Buffer.from(name === 'curriculum.yaml' ? broken : text(name)),
  }));
}

// The shipped program with another day for a step, in a folder of its own.
export function changedProgram(folder) {
  const changed = join(folder, 'changed');
  cpSync(join(import.meta.dirname, '../../curricula'), changed, { recursive: true });
  const file = join(changed, 'mindset_shift.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('due: [B9, B63]', 'due: [B9, B66]'));
  return changed;
}

export const day = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);
