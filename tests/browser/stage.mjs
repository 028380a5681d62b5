// Brings a sample company into the states that its first weeks do not hold: everything that a page can
// show stands somewhere afterwards. Returns what no link leads to.

import { appendFileSync, cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changedProgram, check, day, enter, fill, linksOf, mistakenSample, press, rolledOut, sample, send, upload, wide } from './demo.mjs';

async function isDone(page, what) {
  const said = await page.locator('.flash-refused, .problem, .problems').allInnerTexts();
  check((await page.locator('.flash-done').count()) === 1, `${what} is done: ${page.url()} ${said.join('; ')}`);
}

// A wish on the page where a plan is arranged, and its one press.
async function arrange(page, base, plan, form, values) {
  await page.goto(`${base}${plan}/arrange`);
  await send(page, `form[action$="?form=${form}"]`, values);
  await send(page, `form[action="${plan}/arrange"]`);
  await isDone(page, `${form} of ${plan}`);
}

async function start(page, base, { manager, superior, program }) {
  await page.goto(`${base}/plans/new`);
  await send(page, 'form[action="/plans/preview"]', { manager: manager.id, superior: superior.id, program });
  await send(page, 'form[action="/plans"]');
  await isDone(page, `the start of ${program}`);
  return new URL(page.url()).pathname;
}

// The sample, whose teams answer in secret as well.
function withPulse(folder) {
  const own = join(folder, 'with-pulse');
  cpSync(sample, own, { recursive: true });
  appendFileSync(join(own, 'assessment.yaml'), `  - id: team_pulse
    title: {en: The team in secret, zh-TW: 團隊匿名回饋}
    body: {en: Hand the slips out., zh-TW: 發紙條。}
    who: superior
    by: members
    rates: [turnover, growth]
    due: B10
    effort: 5
    ask: [{id: handed_out, type: number, label: {en: Handed out, zh-TW: 發出}}]
`);
  return own;
}

// A draft with mistakes and a clean one stay, what was published before is everybody's.
async function author(page, base, folder) {
  const mistaken = await upload(page, base, 'files', mistakenSample());
  const clean = await upload(page, base, 'folder', withPulse(folder));
  const hashes = async () => {
    await page.goto(`${base}/curricula`);
    return (await linksOf(page)).flatMap((href) => href.match(/^\/curricula\/([0-9a-f]{64})$/)?.[1] ?? []);
  };
  const before = await hashes();
  await page.goto(base + clean);
  await send(page, `form[action="${clean}/publish"]`, { confirm: true });
  await isDone(page, 'publishing');
  const samples = (await hashes()).filter((hash) => !before.includes(hash));
  const another = readFileSync(join(sample, 'curriculum.yaml'), 'utf8').replace('due: B34', 'due: B35');
  const files = mistakenSample().map((file) => (file.name === 'curriculum.yaml' ? { ...file, buffer: Buffer.from(another) } : file));
  const draft = await upload(page, base, 'files', files);
  const changed = await upload(page, base, 'folder', changedProgram(folder));
  await send(page, `form[action="${changed}/publish"]`, { confirm: true });
  const looks = (await linksOf(page)).filter((href) => href.endsWith('/rollout'));
  return { mistaken, draft, looks, samples };
}

// One plan takes the newer version; the others are left to look at.
async function rollOut(page, base, looks) {
  for (const look of looks) {
    await page.goto(base + look);
    const names = await page.$$eval('input[name^="plan."]', (all) => all.map(({ name }) => name));
    if (names.length < 2) continue;
    await send(page, `form[action="${look}"]`, Object.fromEntries(names.slice(1).map((name) => [name, false])));
    return { rollout: await rolledOut(page), look };
  }
  check(false, 'publishing leads to plans that run another version');
  return {};
}

// A step that was added and undone is not there any more.
async function goneStep(page, base, plan) {
  await arrange(page, base, plan, 'add', { add_title: 'Read this', add_text: 'Page one.', add_due: day(20), add_minutes: '20' });
  const undo = (await linksOf(page)).find((href) => href.includes('/undo/'));
  const added = await page.$$eval('select[name=waive_step] option', (all) => all.find((one) => one.textContent.includes('Read this')).value);
  await page.goto(base + undo);
  await send(page, `form[action="${undo}"]`);
  await isDone(page, 'undoing');
  return `${plan}/steps/${added}`;
}

export async function setStage(browser, demo) {
  const { base, folder, people } = demo;
  const managers = people.filter(({ role }) => role.startsWith('manager'));
  const [superior, late] = people.filter(({ role }) => role === 'superior');
  const [, mentor, busy] = people.filter(({ role }) => role === 'mentor');
  const [hr] = people.filter(({ role }) => role === 'hr');
  const { context, page } = await enter(browser, demo, hr, wide);
  const planOf = async (person) => {
    await page.goto(`${base}/people/${person.id}`);
    return (await linksOf(page)).find((href) => /^\/plans\/[^/]+$/.test(href));
  };
  const [quarter, month, season] = [await planOf(managers[1]), await planOf(managers[2]), await planOf(managers[3])];

  const authored = await author(page, base, folder);
  await page.goto(`${base}/people/${late.id}`);
  await send(page, 'form[action$="/members"]', { name: '江佳蓉' });
  const member = (await linksOf(page)).find((href) => href.startsWith('/members/'));
  // Enough of them to answer in secret.
  for (const name of ['林淑惠', '張志強', '陳美玲', '王建國']) await send(page, 'form[action$="/members"]', { name });
  const everything = await start(page, base, { manager: late, superior, program: 'base' });
  const ended = await start(page, base, { manager: mentor, superior, program: 'sales_manager' });
  await arrange(page, base, ended, 'end', { end_how: 'early', end_reason: 'Another office.' });
  await start(page, base, { manager: busy, superior, program: 'base' });
  await arrange(page, base, season, 'waive', { waive_step: '#1', waive_reason: 'Known already.' });
  await arrange(page, base, season, 'skip', { skip_module: '#1', skip_reason: 'Not in this team.' });
  await arrange(page, base, season, 'add', { add_title: 'Visit the branch', add_text: 'One day.', add_review: 'superior', add_due: day(25), add_minutes: '60' });
  await arrange(page, base, month, 'deputy', { deputy_who: '#1', deputy_from: day(1), deputy_until: day(20) });
  await arrange(page, base, month, 'leave', { leave_from: day(9), leave_until: day(16) });
  await arrange(page, base, quarter, 'pause');
  const gone = await goneStep(page, base, season);
  const rollout = await rollOut(page, base, authored.looks);
  await page.goto(`${base}/people/new`);
  await send(page, 'form[action="/people"]', { name: 'Nora Newcomer', email: 'nora@demo.example' });
  const newcomer = { role: 'newcomer', name: 'Nora Newcomer', id: new URL(page.url()).pathname.split('/').at(-1) };
  await context.close();

  await propose(browser, demo, managers.at(-1));
  const visitor = await enter(browser, demo, null, wide);
  await visitor.page.goto(`${base}/mailbox`);
  await send(visitor.page, 'form[action="/demo/travel"]', {}, { button: 'button[value=week]' });
  await visitor.page.goto(`${base}/sign-in`);
  await send(visitor.page, 'main form', { email: 'hr@demo.example' });
  await visitor.context.close();
  await sendBack(browser, demo, people.filter(({ role }) => role === 'mentor'));
  const file = await handIn(browser, demo, late, `${everything}/steps/kick_off`);
  const codes = await slips(browser, demo, superior, `${everything}/steps/team_pulse`);
  const figures = await takeFigures(browser, demo, managers.at(-1), season);
  return { ...authored, ...rollout, gone, newcomer, member, file, everything, ended, season, codes, figures, managers, hr };
}

// Slips for a team, one of which is used.
async function slips(browser, demo, superior, step) {
  const { context, page } = await enter(browser, demo, superior, wide);
  await page.goto(demo.base + step);
  await send(page, 'form[action$="/pulse"]');
  const codes = await page.locator('.slip-code').allInnerTexts();
  check(codes.length >= 5, `${step} makes a slip for each member: ${codes.length}`);
  await context.close();
  const member = await enter(browser, demo, null, wide);
  await member.page.goto(`${demo.base}/pulse/${codes[0]}`);
  for (const name of new Set(await member.page.$$eval('main input[type=radio]', (all) => all.map((one) => one.name)))) {
    await member.page.check(`input[name="${name}"] >> nth=2`);
  }
  await send(member.page, 'main form');
  check((await member.page.locator('main form').count()) === 0, 'a ballot counts once');
  await member.context.close();
  return codes;
}

// A file of figures that was read, with lines and a column that don't read; and a step without one.
async function takeFigures(browser, demo, manager, plan) {
  const { context, page } = await enter(browser, demo, manager, wide);
  await page.goto(demo.base + plan);
  const links = await linksOf(page);
  const newest = (id) => links.filter((href) => href.split('/steps/')[1]?.split('.')[0] === id).at(-1);
  const [read, bare] = [`${newest('monthly_figures')}/figures`, `${newest('weekly_figures')}/figures`];
  await page.goto(demo.base + read);
  const month = await page.evaluate(() => new Date().toISOString().slice(0, 7));
  const buffer = Buffer.from(`Deal,Amount,Closed\nHarbour clinic,"1,200,000",${month}-03\nNorth mill,soon,${month}-04\n`);
  await page.setInputFiles('#field-table', { name: 'deals.csv', mimeType: 'text/csv', buffer });
  await press(page, 'form[action$="/figures"] button');
  await send(page, 'form[action$="/reading"]', { 'how.leads': 'count', 'how.deal_size': 'mean', 'column.deal_size': 'Amount', 'how.visits': 'sum' });
  check((await page.locator('form[action$="/take"]').count()) === 1, 'figures come out of a file');
  await context.close();
  return { read, bare };
}

async function handIn(browser, demo, manager, step) {
  const { context, page } = await enter(browser, demo, manager, wide);
  await page.goto(demo.base + step);
  await fill(page);
  await press(page, 'form[action$="/hand-in"] button:not([formaction]):not([type=button])');
  await isDone(page, `handing in ${step}`);
  const file = await page.getAttribute('a[download]', 'href');
  check((await page.request.get(demo.base + file)).ok(), 'whoever handed in a file finds it');
  await context.close();
  return file;
}

// One of the steps in a queue goes back to whoever handed it in.
async function sendBack(browser, demo, mentors) {
  for (const mentor of mentors) {
    const { context, page } = await enter(browser, demo, mentor, wide);
    await page.goto(`${demo.base}/queue`);
    const form = 'form[action$="/accept"]:has([formaction$="/return"])';
    if ((await page.locator(form).count()) > 0) {
      await send(page, form, { line: 'Please add the figures.' }, { button: '[formaction$="/return"]' });
      await isDone(page, 'sending back');
      await context.close();
      return;
    }
    await context.close();
  }
  check(false, 'a queue holds a step to send back');
}

// A manager offers times for a meeting, of which the other hears by mail.
async function propose(browser, demo, manager) {
  const { context, page } = await enter(browser, demo, manager, wide);
  await page.goto(`${demo.base}/today`);
  await page.goto(demo.base + (await linksOf(page)).find((href) => /^\/plans\/[^/]+$/.test(href)));
  for (const step of (await linksOf(page)).filter((href) => href.includes('/steps/'))) {
    const html = await (await page.request.get(demo.base + step)).text();
    if (!html.includes('/meeting"')) continue;
    await page.goto(demo.base + step);
    await send(page, 'form[action$="/meeting"]', { time1: `${day(12)}T10:00`, time2: `${day(13)}T11:00`, minutes: '45' });
    await isDone(page, 'offering times');
    await context.close();
    return;
  }
  check(false, 'a step offers a meeting');
}
