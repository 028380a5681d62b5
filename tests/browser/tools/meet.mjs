// Meet every person: somebody joins a team, is talked with, and stands in the team map; what was promised
// comes back as a step of its own.

import { check, enter, linksOf, send, wide } from '../demo.mjs';
import { sit } from './desk.mjs';

const WORDS = {
  en: {
    name: 'Nora Lindqvist',
    told: {
      strengths: 'Reads a plant manager in five minutes; won the pump order that way.',
      weaknesses: 'Quotations lie for days. A template would help.',
      career_goal: 'Wants to look after two key accounts by next summer.',
      personal_needs: 'Leaves at 17:30 on Tuesdays.',
      expectations: 'Say why before you change a territory.',
    },
    promise: 'I ask whether the key account review takes a guest.',
    reason: 'The review is closed to guests this year; I bring the questions along.',
  },
  'zh-TW': {
    name: '江佳蓉',
    told: {
      strengths: '五分鐘就能看懂廠長在意什麼，幫浦那張單就是這樣談下來的。',
      weaknesses: '報價單會放好幾天，有範本會快很多。',
      career_goal: '明年夏天以前想負責兩家關鍵客戶。',
      personal_needs: '每週二需要 17:30 下班。',
      expectations: '調整責任區之前，先說明理由。',
    },
    promise: '我去問關鍵客戶檢討會能不能旁聽。',
    reason: '今年的檢討會不開放旁聽，我會把問題帶進去。',
  },
};

// HR takes somebody into each team. Their talks begin on the next working day.
export async function welcome(browser, demo, teams) {
  const [hr] = demo.people.filter(({ role }) => role === 'hr');
  const { context, page } = await enter(browser, demo, hr, wide);
  for (const [manager, lang] of teams) {
    await page.goto(`${demo.base}/people/${manager.id}`);
    await send(page, 'form[action$="/members"]', { name: WORDS[lang].name });
    check((await page.locator('.flash-done').count()) === 1, `${WORDS[lang].name} joins the team of ${manager.name}`);
  }
  await context.close();
  const desk = await sit(browser, demo, teams[0][0], wide);
  for (let day = 0; day < 12; day += 1) {
    await desk.go('/today');
    if ((await desk.page.locator('main a', { hasText: WORDS[teams[0][1]].name }).count()) > 0) break;
    await desk.sleep();
  }
  await desk.leave();
}

const numberIn = (words) => Number(words?.match(/\d+/)?.[0] ?? 0);

export async function meet(browser, demo, manager, manner) {
  const { name, told, promise, reason } = WORDS[manner.lang];
  const desk = await sit(browser, demo, manager, manner);
  const { page } = desk;

  await desk.practice('know_every_member');
  const before = await desk.rows('team_map');
  const needed = await desk.rows('shared_needs');
  const isNew = before.length > 0 && !before.some(([who]) => who === name);
  desk.holds(isNew, `${name} is not in the team map before the talk`);
  const of = (rows, label) => rows.find(([words]) => words === label) ?? [];

  await desk.go('/today');
  const talk = page.locator('main a', { hasText: name });
  desk.holds((await talk.count()) > 0, `the talk with ${name} is named`);
  const step = await talk.first().getAttribute('href');
  await desk.go(step);
  await desk.sends();
  desk.holds((await desk.refused()).length === 6, 'an empty talk misses five notes and the promise');
  // A promise without its day would be forgotten.
  await desk.answer({ 'promises.0.promise': promise });
  await desk.sends();
  desk.holds((await desk.refused()).length === 6, 'a promise misses its day');
  const need = await page.locator('label:has([name="needs"][value="coaching"])').innerText();
  const by = desk.day(1);
  const promised = { 'promises.0.promise': promise, 'promises.0.by': by };
  await desk.handsIn({ ...told, ...promised, strong_in: ['figures'], needs: ['coaching', 'more_room'] });

  await desk.practice('know_every_member');
  const row = of(await desk.rows('team_map'), name);
  const columns = ['strengths', 'weaknesses', 'career_goal', 'personal_needs', 'expectations'];
  const wanted = columns.map((field) => told[field]);
  desk.holds(wanted.every((words, n) => row[n + 1] === words), `the team map has the row of ${name}: ${row}`);
  desk.holds(row[6].includes(promise), `the team map has the promise to ${name}: ${row}`);
  const counted = await desk.rows('shared_needs');
  desk.holds(numberIn(of(counted, need)[1]) === numberIn(of(needed, need)[1]) + 1, `one more needs “${need}”`);
  desk.holds(of(counted, need)[2]?.includes(name), `${name} is among those who need “${need}”`);
  const counts = counted.map(([, count]) => numberIn(count));
  desk.holds(counts.every((count, n) => n === 0 || count <= counts[n - 1]), `what most need stands first: ${counts}`);

  const kept = await keep(desk, { talk: step, name, promise, by, reason });
  await stays(browser, demo, desk, { paths: [step, kept], words: [...Object.values(told), promise, reason] });
  await desk.leave();
}

// A promise is a step of its own on its day; taken back, it asks for the reason.
async function keep(desk, { talk, name, promise, by, reason }) {
  const { page } = desk;
  const promised = talk.replace('meet_each_member', 'keep_word_to_member');
  for (const path of ['/today', desk.plan]) {
    await desk.go(path);
    desk.holds((await linksOf(page)).includes(promised), `the promise to ${name} is named`);
  }
  await desk.go(promised);
  desk.holds((await page.locator('h1').innerText()).includes(name), `it says that it was made to ${name}`);
  const row = page.locator('section[aria-labelledby="row"]');
  desk.holds((await row.innerText()).includes(promise), 'it says what was promised');
  desk.holds((await row.locator(`a[href="${talk}"]`).count()) === 1, 'it leads to the talk');
  // A day that nobody works moves on to the next one.
  const due = await page.locator('.facts > dd > time').nth(1).getAttribute('datetime');
  desk.holds(due >= by && due < desk.day(12), `it is due on ${by}, not ${due}`);
  await desk.answer({ outcome: 'withdrawn' });
  await desk.sends();
  desk.holds((await desk.refused()).length === 1, 'a promise is not taken back without a reason');
  await desk.handsIn({ reason });
  desk.holds((await page.locator('.page-head .pill-done').count()) === 1, 'it is done then');
  await desk.practice('know_every_member');
  const listed = (await desk.rows('promises_to_team')).filter((cells) => cells.includes(promise));
  desk.holds(listed.length === 1 && listed[0][0] === name, `“You said, I will” lists it with ${name}: ${listed}`);
  return promised;
}

// Nobody else reads what was said, whichever page they try. They look in the language that is theirs.
async function stays(browser, demo, desk, { paths, words }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  for (const person of demo.people.filter(({ role }) => !role.startsWith('manager'))) {
    await page.goto(`${demo.base}/demo/as/${person.id}`);
    for (const path of [...paths, `${desk.plan}/practice/know_every_member`, `${desk.plan}/record`]) {
      const seen = await (await page.request.get(demo.base + path, { maxRetries: 3 })).text();
      check(!words.some((one) => seen.includes(one)), `${person.name} reads at ${path} what is between two`);
    }
  }
  await context.close();
}
