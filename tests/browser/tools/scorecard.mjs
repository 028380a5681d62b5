// The scorecard: eight sides as several people see them; a drawing and its table, what changed, where they
// see it most differently, and three questions for the next meeting.

import { sit } from './desk.mjs';

const WORDS = {
  en: { note: '102% in October, from five of six.' },
  'zh-TW': { note: '十月 102%，六位有五位達標。' },
};

export async function scorecard(browser, demo, manager, manner) {
  const { note } = WORDS[manner.lang];
  const desk = await sit(browser, demo, manager, manner);
  const { page } = desk;

  await desk.practice('scorecard');
  const before = await scores(page);
  await desk.open('rate_myself');
  const sides = ['turnover', 'growth', 'process', 'customers', 'cross_department', 'market', 'resilience'];
  const rated = Object.fromEntries(sides.map((side) => [`scores.0.${side}`, side === 'market' ? 'not_observed' : '3']));
  await desk.answer({ ...rated, 'scores.0.attainment': '5', 'scores.0.attainment:note': note });
  await desk.sends();
  await desk.refused(); // a score without its example
  const examples = sides.filter((side) => side !== 'market').map((side) => [`scores.0.${side}:note`, note]);
  await desk.handsIn(Object.fromEntries(examples));
  await desk.practice('scorecard');
  const seen = await scores(page);
  desk.holds(seen.length === 8, `${seen.length} of eight sides stand in the table`);
  const own = seen[0].given[0];
  desk.holds(own.score === 5 && own.words.includes(note), `my own score stands with its example: ${own.words}`);
  const earlier = before[0].given[0].score;
  desk.holds(own.before.endsWith(String(earlier)), `beside what it was, ${earlier}: ${own.before}`);
  const unseen = seen[6].given[0].score;
  desk.holds(unseen === before[6].given[0].score, `what was not observed this time stands as it was: ${unseen}`);

  for (const { name, given, gap } of seen) {
    const all = given.map(({ score }) => score).filter((score) => score !== null);
    const apart = all.length > 1 ? String(Math.max(...all) - Math.min(...all)) : '–';
    desk.holds(gap === apart, `${name}: ${all} are ${apart} apart, not ${gap}`);
  }

  // The drawing holds each score as a dot, my five on the outer ring of the first side.
  const radar = page.locator('.radar > svg');
  const dots = seen.flatMap(({ given }) => given).filter(({ score }) => score !== null).length;
  desk.holds((await radar.locator('circle').count()) === dots, `${dots} scores are dots of the drawing`);
  desk.holds((await radar.locator('.chart-tick').count()) === 8, 'the drawing has eight sides');
  const [, top] = (await radar.locator('.radar-ring').last().getAttribute('points')).split(' ')[0].split(',');
  const mine = await radar.locator('circle.chart-0').first().getAttribute('cy');
  desk.holds(Math.abs(Number(mine) - Number(top)) < 1, `a five stands on the outer ring: ${mine}, ${top}`);
  desk.holds(Boolean(await radar.getAttribute('aria-label')), 'the drawing has a name');

  await desk.onPaper();

  const questions = await page.locator('.view .card ol li').allInnerTexts();
  desk.holds(questions.length === 3, `${questions.length} questions for the next meeting`);
  const asked = questions.map((question) => seen.find(({ name }) => question.startsWith(name)));
  desk.holds(asked.every(Boolean) && new Set(asked).size === 3, `each is about another side: ${questions}`);
  const gaps = asked.map((side) => Number(side?.gap) || 0);
  const widest = seen.map(({ gap }) => Number(gap) || 0).sort((a, b) => b - a);
  const isSorted = gaps.every((gap, n) => n === 0 || gap <= gaps[n - 1]);
  desk.holds(gaps[0] === widest[0] && isSorted, `where they see it most differently comes first: ${gaps}`);
  await desk.leave();
}

const scores = (page) => page.$$eval('.view table.stacks tbody tr', (all) => all.map((row) => {
  const [side, ...cells] = [...row.cells];
  const given = cells.slice(0, -1).map((cell) => ({
    score: cell.querySelector('b') ? Number(cell.querySelector('b').textContent) : null,
    before: cell.querySelector('b')?.closest('p').querySelector('.soft')?.textContent ?? '',
    words: cell.lastElementChild.textContent,
  }));
  return { name: side.textContent.replace(/^\d\. /, '').trim(), given, gap: cells.at(-1).lastChild.textContent.trim() };
}));
