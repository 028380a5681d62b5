// Metrics: a month's figures make a funnel that names where most is lost, and lines with a table beside each.

import { sit } from './desk.mjs';

const STAGES = ['leads', 'visits', 'quotations', 'agreed', 'contracts'];

const WORDS = {
  en: { funnel: [120, 90, 30, 25, 20], lost: 2, remark: 'Quotations wait for a price list.' },
  'zh-TW': { funnel: [100, 92, 80, 24, 20], lost: 3, remark: '談定的案子，卡在合約審核。' },
};

export async function figures(browser, demo, manager, manner) {
  const { funnel, lost, remark } = WORDS[manner.lang];
  const desk = await sit(browser, demo, manager, manner);
  const { page } = desk;

  await desk.open('monthly_figures');
  const rest = { deal_size: '118.5', cycle_days: '44', left: '1', complaints: '3', satisfaction: '81', remark };
  await desk.answer({ ...rest, deal_size: 'many' });
  await desk.sends();
  desk.holds((await desk.refused()).length === 1, 'a word is no figure');
  const labels = await Promise.all(STAGES.map((stage) => page.locator(`label[for="field-${stage}"]`).innerText()));
  await desk.handsIn({ ...rest, ...Object.fromEntries(STAGES.map((stage, n) => [stage, String(funnel[n])])) });

  await desk.practice('data_and_process');
  const section = 'section[aria-labelledby="view-pipeline"]';
  const rows = await desk.rows('pipeline');
  for (const [n, figure] of funnel.entries()) {
    const kept = n === 0 ? '–' : `${Math.round((100 * figure) / funnel[n - 1])} %`;
    const [stage, shown, share] = rows[n] ?? [];
    desk.holds(labels[n].startsWith(stage.split(' ')[0]), `stage ${n + 1} is ${labels[n]}: ${stage}`);
    const isSo = shown === String(figure) && share === kept;
    desk.holds(isSo, `${labels[n]}: ${figure}, ${kept} are left, not ${shown}, ${share}`);
  }
  const worst = page.locator(`${section} tr.lost-most`);
  desk.holds((await worst.locator('.pill-overdue').count()) === 1, 'one stage stands out, in words too');
  const name = rows[lost][0].replace((await worst.locator('.pill').innerText()).trim(), '').trim();
  desk.holds((await worst.locator('th').innerText()).includes(name), `it is ${name}`);
  const sentence = await page.locator(`${section} p strong`).innerText();
  desk.holds(sentence.includes(name), `a sentence says that ${name} loses most: ${sentence}`);

  // Nobody needs to see a drawing to know what it says.
  const lines = { deal_size: ['118.5'], cycle: ['44'], people_and_customers: ['1', '3'], satisfaction: ['81'] };
  for (const [view, last] of Object.entries(lines)) {
    const table = await desk.rows(view);
    const ends = table.at(-1) ?? [];
    desk.holds(last.every((value, n) => ends[n + 1] === value), `the table of ${view} ends with ${last}: ${ends}`);
    const drawing = page.locator(`section[aria-labelledby="view-${view}"] .chart > svg`);
    desk.holds(/\S/.test(await drawing.getAttribute('aria-label')), `the drawing of ${view} has a name`);
    desk.holds((await drawing.locator('polyline').count()) === last.length, `${view} draws ${last.length} lines`);
    const values = table.flatMap(([, ...cells]) => cells).filter((cell) => cell !== '–');
    const dots = await drawing.locator('circle').count();
    desk.holds(dots === values.length, `each of ${values.length} values of ${view} is one of ${dots} dots`);
  }
  await desk.leave();
}
