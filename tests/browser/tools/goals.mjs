// SMART goals: a goal that lacks a part is refused and says which; mended, it draws the way to the figure,
// and the months and milestones stand beside it.

import { press } from '../demo.mjs';
import { rowsOf, sit, sitAbove } from './desk.mjs';

const WORDS = {
  en: {
    specific: 'More first orders from machine builders',
    vague: 'Clearly more than last quarter',
    measurable: '26 first orders, counted in the CRM',
    achievable: 'Eighteen last quarter, with one person fewer',
    relevant: 'The company wants a third of its sales from new customers',
    owner: 'I; Kevin keeps the list',
    measure: 'first orders, from the CRM report “New”',
    from_the_team: 'Taken: begin with those who asked before. Left: a price campaign, because it eats the margin.',
    milestones: ['Visits agreed', 'Quotations out', 'First orders'],
    if_missed: 'We look at the stage that lost most, before we look at anybody.',
    adjustment: 'Two mornings a week without meetings.',
  },
  'zh-TW': {
    specific: '增加機械業新客戶的首單',
    vague: '明顯比之前更多',
    measurable: '首單 26 張，以 CRM 紀錄為準',
    achievable: '上一季少一個人，也有十八張',
    relevant: '公司希望三分之一的業績來自新客戶',
    owner: '我負責，凱文管名單',
    measure: '首單張數，出自 CRM「新客戶」報表',
    from_the_team: '採用：先從問過價的客戶開始。沒採用：降價活動，會吃掉毛利。',
    milestones: ['約到的拜訪', '送出的報價', '首單'],
    if_missed: '先看哪個階段流失最多，再談人。',
    adjustment: '每週留兩個上午不開會。',
  },
};

function partsOf(words, by) {
  const { specific, measurable, achievable, relevant, owner } = words;
  return rowsOf('team_goal', [{ specific, measurable, achievable, relevant, owner, time_bound: by }]);
}

export async function goals(browser, demo, manager, manner) {
  const words = WORDS[manner.lang];
  const desk = await sit(browser, demo, manager, manner);
  await reopened(browser, desk, manner);
  await setGoal(desk, words);
  await review(desk, words);
  await milestones(desk, words);
  await desk.leave();
}

// A goal does not change under the yes of the superior, who takes it back first.
async function reopened(browser, desk, manner) {
  if (await desk.mayOpen('team_goal')) return;
  const [goal] = await desk.turns('team_goal');
  await desk.go(goal);
  desk.holds((await desk.page.locator('form[action$="/take-back"]').count()) === 0, 'a confirmed goal stays as it is');
  const above = await sitAbove(browser, desk, manner);
  const button = 'form[action$="/reconsider"] button';
  for (const gate of await desk.turns('align_team_goal')) {
    await above.go(gate);
    if ((await above.page.locator(button).count()) === 0) continue;
    await press(above.page, button);
    await above.look();
  }
  await above.leave();
}

async function setGoal(desk, words) {
  await desk.open('team_goal');
  const { measure, from_the_team } = words;
  const whole = { ...partsOf(words, desk.day(56)), baseline: '18', target: '26', measure, from_the_team };
  // What lacks, by what the answer must name.
  for (const [part, given, named] of [
    ['measurable', words.vague, { en: 'a number', 'zh-TW': '數字' }],
    ['measurable', '26', { en: 'unit', 'zh-TW': '單位' }],
    ['time_bound', '', { en: 'the date', 'zh-TW': '日期' }],
    ['owner', '', { en: 'Owner', 'zh-TW': '由誰負責' }],
  ]) {
    await desk.answer({ ...whole, [`team_goal.0.${part}`]: given });
    await desk.sends();
    const problems = await desk.refused();
    const isSaid = problems.length === 1 && problems[0].includes(desk.say(named));
    desk.holds(isSaid, `“${desk.say(named)}” lacks: ${problems}`);
  }
  await desk.handsIn(whole);
  const read = await desk.page.locator('main').innerText();
  desk.holds([words.measurable, words.owner, measure].every((one) => read.includes(one)), 'the goal can be read');
  await desk.practice('goals_and_expectations');
  const shown = (await desk.rows('goal')).at(-1)?.join(' ') ?? '';
  const said = [words.specific, words.measurable, words.owner, measure];
  desk.holds(said.every((one) => shown.includes(one)), `the page of goals says what the goal is: ${shown}`);
}

// The month's figure is a dot of the line, and a row of the table beside it.
async function review(desk, words) {
  const { page } = desk;
  await desk.open('goal_review');
  const { adjustment } = words;
  const choices = { milestone: 'none_due', morale: '4', too_high: 'fits' };
  await desk.handsIn({ attainment: '37', reached: '21', ...choices, adjustment });
  await desk.practice('goals_and_expectations');
  const section = 'section[aria-labelledby="view-burn_up"]';
  const rows = await desk.rows('burn_up');
  const [, reached, shouldBe] = rows.at(-1) ?? [];
  desk.holds(reached === '21', `the last row of the way says where the figure stands: ${reached}`);
  desk.holds(Number(shouldBe) >= 18 && Number(shouldBe) <= 26, `beside where it should: ${shouldBe}`);
  desk.holds((await page.locator(`${section} circle`).count()) === rows.length, 'each row is a dot of the line');
  desk.holds((await page.locator(`${section} .chart > svg .chart-way`).count()) === 1, 'the straight way is drawn');
  const way = await page.locator(`${section} li`).last().innerText();
  desk.holds(/\b18\b/.test(way) && /\b26\b/.test(way), `and said: ${way}`);
  desk.holds((await desk.rows('morale')).at(-1)?.[1] === '4', 'the morale of the month stands in its own line');
}

// Each milestone has its day, and what became of it.
async function milestones(desk, words) {
  const { page } = desk;
  if (await desk.mayOpen('goal_milestones')) {
    const row = (measure, n) => ({ by: desk.day([1, 28, 56][n]), measure, figure: String(6 + n) });
    await desk.handsIn({ ...rowsOf('milestones', words.milestones.map(row)), if_missed: words.if_missed });
    await desk.practice('goals_and_expectations');
    const shown = (await desk.rows('milestones')).map(([measure]) => measure);
    desk.holds(words.milestones.every((measure) => shown.includes(measure)), `the milestones are shown: ${shown}`);
  }
  const due = await desk.open('reach_milestone');
  await desk.answer({ outcome: 'missed', figure: '5' });
  await desk.sends();
  desk.holds((await desk.refused()).length === 1, 'a milestone that was missed asks what follows');
  const said = await page.locator('label:has([name="outcome"][value="missed"])').innerText();
  await desk.handsIn({ follows: words.if_missed });
  await desk.practice('goals_and_expectations');
  const outcome = await page.locator(`section[aria-labelledby="view-milestones"] a[href="${due}"]`).innerText();
  desk.holds(outcome === said, `the milestone is “${said}”, not “${outcome}”`);
}
