// The team's view in secret: the superior hands slips out, each member answers once without signing in, and what
// they said is opened when all have answered.

import { axe } from '../axe.mjs';
import { enter, manners, press, send } from '../demo.mjs';
import { sit } from './desk.mjs';

const GROWTH = [5, 2, 4, 4, 3, 3, 3, 4];

// Makes slips that nothing is done with, in the other language; and then those that count.
export async function pulse(browser, demo, manager) {
  const own = await sit(browser, demo, manager, manners[0]);
  const step = `${own.plan}/steps/team_pulse`;
  await own.go(step);
  own.holds((await own.page.locator('form[action$="/pulse"]').count()) === 0, 'the manager makes no slips');
  await own.leave();
  const superiors = demo.people.filter(({ role }) => role === 'superior');
  let codes = [];
  for (const manner of [manners[1], manners[0]]) {
    const desk = await atStep(browser, demo, superiors, step, manner);
    const { page } = desk;
    await press(page, 'form[action$="/pulse"] button');
    await desk.look();
    await axe(page, `${desk.label}: slips`);
    codes = await page.locator('.slip-code').allInnerTexts();
    desk.holds(codes.length >= 5 && new Set(codes).size === codes.length, `each of ${codes.length} members gets a code of their own`);
    const squares = await page.locator('svg.slip-square path').evaluateAll((all) => all.map((one) => one.getAttribute('d')));
    desk.holds(new Set(squares).size === codes.length, 'each slip has a square of its own');
    await page.emulateMedia({ media: 'print' });
    desk.holds(!(await page.locator('h1').isVisible()) && (await page.locator('.slip-code').first().isVisible()), 'paper holds the slips alone');
    await page.emulateMedia({ media: 'screen' });
    await desk.go(step);
    desk.holds(!(await page.content()).includes(codes[0]), 'the codes are shown once');
    await axe(page, `${desk.label}: an open pulse`);
    if (manner === manners[1]) await press(page, 'form[action$="/pulse/discard"] button');
    await desk.leave();
  }

  for (const [n, code] of codes.entries()) {
    const member = await enter(browser, demo, null, manners[n % 2]);
    const { page, label } = member;
    await page.goto(`${demo.base}/pulse`);
    await send(page, 'main form', { code: code.toLowerCase() });
    const holds = (what, name) => own.holds.call({ page, label }, what, name);
    if (n < 2) {
      await axe(page, `${label}: a ballot`);
      await press(page, 'main form button');
      holds((await page.locator('.problems li').count()) > 0, 'an empty ballot is not counted');
    }
    await page.check(`[name="scores.0.growth"][value="${GROWTH[n]}"]`);
    await page.check('[name="scores.0.turnover"][value="4"]');
    await page.check(`[name="scores.0.resilience"][value="${n === 0 ? 'not_observed' : 3}"]`);
    await press(page, 'main form button');
    holds((await page.locator('main form').count()) === 0, 'the ballot was counted');
    await page.reload();
    holds((await page.locator('main form').count()) === 0, 'and counts once');
    await member.context.close();
  }

  for (const manner of [manners[1], manners[0]]) {
    const desk = await atStep(browser, demo, superiors, step, manner);
    const cells = await desk.page.locator('section[aria-labelledby="pulse"] tbody tr').evaluateAll((rows) =>
      rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim())));
    const given = GROWTH.slice(0, codes.length).sort((a, b) => a - b);
    const middle = String(given[Math.ceil(given.length / 2) - 1]);
    desk.holds(cells.length === 3 && cells.some(([, value]) => value === middle), `growth is ${middle} in the middle: ${cells.join('; ')}`);
    await axe(desk.page, `${desk.label}: a pulse that was opened`);
    if (manner === manners[0]) await desk.handsIn({ handed_out: String(codes.length) });
    await desk.leave();
  }
  const after = await sit(browser, demo, manager, manners[0]);
  await after.practice('scorecard');
  const legend = await after.page.locator('.radar .legend').innerText();
  after.holds(legend.includes('the team, in secret'), `the team stands among the raters: ${legend}`);
  await after.leave();
}

// The superior whose the step is.
async function atStep(browser, demo, superiors, step, manner) {
  for (const superior of superiors) {
    const desk = await sit(browser, demo, superior, manner);
    const answer = await desk.page.goto(demo.base + step);
    if (answer.ok()) {
      await desk.look();
      return desk;
    }
    await desk.leave();
  }
  throw new Error(`nobody hands out the slips of ${step}`);
}
