// The process review: what was looked at is kept, improved or stopped, and one small pilot shows its figure
// before and after.

import { rowsOf, sit } from './desk.mjs';

const WORDS = {
  en: {
    findings: [
      ['improve', 'First weeks', 'Everybody has time', 'No list of what to know by when', 'Asked our two newest'],
      ['keep', 'Product talks', 'Engineers answer everything', '', 'Nine of ten would come again'],
      ['stop', 'Script for calls', 'It is there', 'Nobody opens it', 'Last opened in March'],
    ],
    sources: 'The slides, two joint visits, and the list of HR.',
    pilot: {
      change: 'Discounts up to 8% are signed by the senior member.',
      metric: 'Working days from request to quotation',
      undo: 'One message; the old rule applies again.',
      learned: 'It was finding me that took the days.',
    },
  },
  'zh-TW': {
    findings: [
      ['improve', '新人頭幾週', '大家都願意教', '沒有「何時該會什麼」的清單', '問過最近兩位新人'],
      ['keep', '產品說明會', '工程師有問必答', '', '十位有九位想再參加'],
      ['stop', '電話話術', '有一份文件', '沒有人打開', '上次開啟是三月'],
    ],
    sources: '教材、兩次陪訪，以及人資的紀錄。',
    pilot: {
      change: '8% 以內的折扣改由資深成員簽核。',
      metric: '從申請到報價的工作天數',
      undo: '發一則訊息，恢復原本的規則。',
      learned: '真正花時間的是找不到我。',
    },
  },
};

// Whoever reviews it has nothing to add. They look in the language that is theirs.
async function isAccepted(browser, demo, desk, step) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const accept = page.locator('form[action$="/accept"] button:not([formaction])');
  for (const { id } of demo.people.filter(({ role }) => role === 'mentor')) {
    await page.goto(`${demo.base}/demo/as/${id}`);
    await page.goto(demo.base + step);
    if ((await accept.count()) > 0) break;
  }
  await Promise.all([page.waitForEvent('load'), accept.click()]);
  desk.holds((await page.locator('.flash-done').count()) === 1, `${step} is accepted`);
  await context.close();
}

export async function review(browser, demo, manager, manner) {
  const { sources, pilot, ...words } = WORDS[manner.lang];
  const named = ([verdict, part, works, improve, proof]) => ({ part, works, improve, verdict, proof });
  const findings = words.findings.map(named);
  const desk = await sit(browser, demo, manager, manner);
  const { page } = desk;

  await desk.open('audit_training');
  const none = { part: '', works: '', improve: '', verdict: '', proof: '' };
  await desk.answer({ ...rowsOf('findings', [...findings.slice(0, 2), none]), sources });
  await desk.sends();
  desk.holds((await desk.refused()).length === 1, 'two parts are not a look at the whole');
  await desk.answer(rowsOf('findings', findings));
  const options = (all) => Object.fromEntries(all.map((one) => [one.value, one.textContent.trim()]));
  const said = await page.$$eval('[name="findings.0.verdict"] option', options);
  await desk.handsIn();
  await desk.practice('review_what_exists');
  const rows = await desk.rows('training');
  for (const { part, verdict: value, works, improve, proof } of findings) {
    const row = rows.find(([what]) => what === part) ?? [];
    const wanted = [part, said[value], works, improve || '–', proof];
    desk.holds(wanted.every((words, n) => row[n] === words), `“${part}” is shown with “${said[value]}”: ${row}`);
  }

  // What leads to the pilot, for whom it is still to come.
  const map = await desk.mayDo('team_map');
  if (map) {
    await desk.fillsIn();
    await isAccepted(browser, demo, desk, map);
  }
  if (await desk.mayDo('keep_and_improve')) await desk.fillsIn();
  await desk.open('first_pilot');
  await desk.handsIn({ ...pilot, started_on: desk.day(-21), ended_on: desk.day(-1), baseline: '4.2', result: '1.1' });
  await desk.practice('review_what_exists');
  const tried = (await desk.rows('pilots')).find(([what]) => what === pilot.change) ?? [];
  const [, metric, before, after, learned] = tried;
  desk.holds(metric === pilot.metric && learned === pilot.learned, `the pilot is shown: ${tried}`);
  desk.holds(before === '4.2' && after === '1.1', `with its figure before and after: ${before}, ${after}`);
  await desk.leave();
}
