// Figures from a CRM: a file is looked at, its columns are named once, and what comes out stands in the form when
// its manager has seen it. Nothing is handed in by itself.

import { axe } from '../axe.mjs';
import { press, send } from '../demo.mjs';
import { sit } from './desk.mjs';

const WORDS = {
  en: { columns: ['Deal', 'Stage', 'Amount', 'Created', 'Signed'], won: 'Won', lost: 'Lost', soon: 'soon', file: 'deals.csv', says: 'won, signed' },
  'zh-TW': { columns: ['案件', '階段', '金額', '建立日期', '簽約日'], won: '成交', lost: '流失', soon: '待確認', file: '案件.csv', says: '成交、簽約' },
};

export async function crm(browser, demo, manager, manner) {
  const words = WORDS[manner.lang];
  const desk = await sit(browser, demo, manager, manner);
  const { page } = desk;
  // The newest turn, which may be prepared before it opens.
  const [href] = await desk.turns('monthly_figures');
  await desk.go(href);
  await press(page, `a[href="${href}/figures"]`);
  await desk.look();
  await axe(page, `${desk.label}: no file yet`);

  await page.setInputFiles('#field-table', { name: 'deals.xlsx', mimeType: 'application/zip', buffer: Buffer.from('PK\u0003\u0004') });
  await press(page, 'form[enctype] button');
  desk.holds((await page.locator('.problems').innerText()).includes('CSV'), 'a workbook is refused, and it says what to save instead');

  const [from, until] = await period(desk, href, words);
  const [deal, stage, amount, created, signed] = words.columns;
  const day = (iso, n) => `${iso.slice(0, 8)}${String(n).padStart(2, '0')}`;
  await page.goto(`${demo.base}${href}/figures`);
  const rows = [
    [deal, stage, amount, created, signed],
    ['Harbour clinic 港區診所', words.won, '"NT$1,200,000"', day(from, 1), day(from, 11)],
    ['North mill', words.won, '800000', day(from, 1).replaceAll('-', '/'), day(from, 21).replaceAll('-', '/')],
    ['East depot', words.lost, '500000', day(from, 2), ''],
    ['West bank', words.won, words.soon, day(from, 3), day(from, 9)],
  ];
  const table = rows.map((row) => row.join(',')).join('\r\n');
  const load = async () => {
    await page.setInputFiles('#field-table', { name: words.file, mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${table}`) });
    await press(page, 'form[enctype] button');
    await desk.look();
  };
  await load();
  desk.holds((await page.locator('#found').count()) === 0, 'nothing comes out before anybody said how');
  await send(page, 'form[action$="/reading"]', {
    from, until,
    'how.leads': 'count', 'dated.leads': created,
    'how.contracts': 'count', 'dated.contracts': signed, 'only.contracts': stage, 'says.contracts': words.says,
    'how.deal_size': 'mean', 'column.deal_size': amount, 'dated.deal_size': signed, 'in_thousands.deal_size': true,
    'how.cycle_days': 'days', 'column.cycle_days': created, 'until.cycle_days': signed, 'dated.cycle_days': signed,
  });
  await desk.look();
  await axe(page, `${desk.label}: what comes out`);
  const found = await page.locator('section[aria-labelledby="found"] tbody tr').evaluateAll((all) =>
    all.map((row) => [...row.cells].map((cell) => [...cell.childNodes].filter((one) => !one.matches?.('.cell-label')).map((one) => one.textContent).join('').trim())));
  const values = found.map(([, value]) => value.split(' ')[0]);
  for (const value of ['4', '3', '1000']) desk.holds(values.includes(value), `${value} comes out: ${values}`);
  desk.holds(found.some(([, , , rests]) => /5$/.test(rests)), `the line that does not read is named: ${found.map((row) => row[3]).join('; ')}`);

  await press(page, 'form[action$="/take"] button');
  await desk.look();
  desk.holds((await page.inputValue('[name=deal_size]')) === '1000', 'the figures stand in the form');
  desk.holds((await page.locator('.pill-in-review, .pill-done').first().count()) === 0 || (await page.locator('form[data-autosave]').count()) === 1, 'nothing is handed in by itself');

  // Next month the columns are known.
  await page.goto(`${demo.base}${href}/figures`);
  await load();
  desk.holds((await page.locator('form[action$="/take"] button').count()) === 1, 'how the columns read is remembered');
  await press(page, 'form[action$="/discard"] button');
  await desk.leave();
}

// The days that the page offers, seen on a file of one line.
async function period(desk, href, { columns }) {
  const { page } = desk;
  await page.setInputFiles('#field-table', { name: 'one.csv', mimeType: 'text/csv', buffer: Buffer.from(`${columns}\na,b,1,,\n`) });
  await press(page, 'form[enctype] button');
  const days = [await page.inputValue('#from'), await page.inputValue('#last')];
  desk.holds(days[0].endsWith('-01') && days[0].slice(0, 7) === days[1].slice(0, 7), `the month before is offered: ${days}`);
  await press(page, 'form[action$="/figures/discard"] button');
  return days;
}
