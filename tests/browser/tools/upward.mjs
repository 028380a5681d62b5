// Reports upward: the weekly brief begins with what the week holds, and comes to the superior by mail; so does
// the report of a stage. Either is answered with one press, and the manager hears of the wish to talk.

import { check, enter, linksOf, press } from '../demo.mjs';
import { Desk, sit, sitAbove } from './desk.mjs';

const WORDS = {
  en: {
    progress: '15 of 18 renewals; the first talk on price led by a member.',
    support: 'Please ask finance for the price list by Wednesday.',
    answer: 'I ask them today.',
    colon: ': ',
    report: /^Report: /,
    talk: 'would like to talk',
  },
  'zh-TW': {
    progress: '續約完成 15 張，原訂 18 張；首次由成員主談價格。',
    support: '請幫忙催財務，週三以前給我價目表。',
    answer: '我今天就問。',
    colon: '：',
    report: /進度報告$/,
    talk: '想和你談談',
  },
};

export async function upward(browser, demo, manager, manner) {
  const words = WORDS[manner.lang];
  const desk = await sit(browser, demo, manager, manner);
  const above = await sitAbove(browser, desk, manner);
  // Whoever opens a mail need not be signed in.
  const outside = new Desk(await enter(browser, demo, null, manner), demo, manner.lang);
  const step = await brief(desk, above, outside, words);
  await report(desk, above, outside, words);
  await outside.leave();
  await told(desk, above, step, words);
  await above.leave();
  await desk.leave();
}

async function brief(desk, above, outside, { progress, support, answer, colon }) {
  const { page } = desk;
  // Between Friday's and Monday there is none to write.
  for (let day = 0; day < 12 && !(await desk.mayDo('weekly_brief')); day += 1) await desk.sleep();
  await desk.go('/today');
  const late = await page.locator('.card-overdue .card-title a').allInnerTexts();
  await desk.open('audit_sales_process');
  const done = (await page.locator('h1').innerText()).trim();
  await desk.handsIn();

  const step = await desk.mayDo('weekly_brief');
  const said = await page.inputValue('[name="progress"]');
  // Three things are enough: what others judge, and what took longest.
  const isFull = said.split(/[;；]/).length === 3;
  desk.holds(said.includes(done) || isFull, `the draft names what was done, “${done}”: ${said}`);
  const trouble = await page.inputValue('[name="challenge"]');
  const isNamed = (title) => trouble.includes(title.trim());
  desk.holds(late.length === 0 || late.some(isNamed), `and what is late, one of ${late}: ${trouble}`);
  const [manager, superior] = [desk, above].map(({ person }) => person.name);
  const before = new Set((await mails(outside, superior)).map(({ href }) => href));
  await desk.handsIn({ progress, support, challenge: trouble || progress, talk: 'talk' });
  // Outside the hours of mail it comes with the next morning, as may the report of a stage.
  const isBrief = ({ href, subject }) => !before.has(href) && subject.startsWith(`${manager}${colon}`);
  let mail;
  for (let n = 0; n < 12 && !mail; n += 1) {
    if (n > 2) await desk.sleep();
    else await outside.page.waitForTimeout(1000);
    mail = (await mails(outside, superior)).find(isBrief);
  }
  check(mail, `${superior} gets the brief of ${manager} by mail`);
  const letter = await read(outside, mail);
  check([progress, support].every((one) => letter.includes(one)), `and reads it there: ${letter}`);
  await answered(outside, letter, manager);

  await above.go('/gates');
  const plan = (await linksOf(above.page)).find((href) => href === desk.plan);
  above.holds(plan, 'the superior sees whose plan it is');
  await above.go(plan);
  above.holds((await linksOf(above.page)).includes(step), 'and the brief in it');
  await above.go(step);
  const shown = await above.page.locator('main').innerText();
  above.holds([progress, support].every((one) => shown.includes(one)), 'and reads it');
  const comment = 'form[action$="/comment"]';
  await above.page.fill(`${comment} textarea`, answer);
  await press(above.page, `${comment} button`);
  await above.look();
  await desk.go(step);
  const beside = await page.locator('main').innerText();
  desk.holds(beside.includes(answer), 'the line of the superior stands beside it');
  desk.holds((await page.locator('main .notice-warm').innerText()).includes(superior), 'and that they would like to talk');
  return step;
}

// The mails that somebody has, the newest first.
async function mails({ page, demo }, name) {
  await page.goto(`${demo.base}/mailbox?all=yes`);
  const rows = await page.$$eval('main tbody tr', (all) => all.map(({ cells: [subject, to] }) => (
    { subject: subject.innerText.trim(), to: to.innerText, href: subject.querySelector('a').getAttribute('href') }
  )));
  return rows.filter(({ to }) => to.includes(name));
}

async function read({ page, demo }, { href }) {
  return (await page.request.get(`${demo.base}${href.split('?')[0]}/html`, { maxRetries: 3 })).text();
}

async function report(desk, above, outside, words) {
  const [manager, superior] = [desk, above].map(({ person }) => person.name);
  const isReport = ({ subject }) => words.report.test(subject) && subject.includes(manager);
  const mail = (await mails(outside, superior)).find(isReport);
  check(mail, `${superior} has a report on ${manager}`);
  await answered(outside, await read(outside, mail), manager);
}

// From a letter: seen, taken back, seen again, and then the wish to talk.
async function answered(outside, letter, manager) {
  const { page } = outside;
  const acts = letter.matchAll(/href="https?:\/\/[^/"]+(\/act\/[^"]+)"/g);
  const [seen, talk] = new Set([...acts].map(([, path]) => path));
  const title = async () => (await page.locator('h1').innerText()).trim();
  const button = 'main form[action^="/act/"] button';

  await outside.go(seen);
  const question = await title();
  await outside.go(seen);
  outside.holds((await title()) === question, 'looking at it twice changes nothing');
  outside.holds((await page.locator('main').innerText()).includes(manager), `it says that it is about ${manager}`);
  await press(page, button);
  await outside.look();
  const said = await title();
  outside.holds(said !== question, 'the press is answered');
  await press(page, 'form[action$="/undo"] button');
  await outside.look();
  await outside.go(seen);
  outside.holds((await title()) === question, 'an answer can be taken back');
  await press(page, button);
  await outside.go(talk);
  await press(page, button);
  await outside.look();
  outside.holds((await title()) !== said, 'reading can become a wish to talk');
}

// The next working morning's mail says so of both.
async function told(desk, above, step, words) {
  const [manager, superior] = [desk, above].map(({ person }) => person.name);
  const before = new Set((await mails(desk, manager)).map(({ href }) => href));
  let text;
  for (let day = 0; day < 12 && !text; day += 1) {
    await desk.sleep();
    for (const one of (await mails(desk, manager)).filter(({ href }) => !before.has(href))) {
      const letter = await read(desk, one);
      if (letter.includes(words.talk) && letter.includes(superior)) text = letter;
      before.add(one.href);
    }
  }
  desk.holds(text, `${manager} is told that ${superior} “${words.talk}”`);
  desk.holds(text?.includes(`${desk.plan}"`), 'and finds the plan from there');
  desk.holds(text?.includes(`${step}"`), 'and the brief');
}
