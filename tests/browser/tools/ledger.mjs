// The delegation ledger: what was handed over comes back in the weekly check, and the ledger shows how it
// goes; what was taken back is worth a question.

import { sit } from './desk.mjs';

const WORDS = {
  en: {
    work: 'Preparing the Monday forecast',
    outcome: 'The forecast is complete at nine, and the ten largest deals are explained.',
    done_criteria: 'Three Mondays in a row without a correction.',
    check_ins: 'Fridays at four, a quarter of an hour.',
    risk: 'A deal is forgotten; I look at the ten largest.',
    reason: 'I rewrote two lines myself, because the meeting had begun.',
    note: 'We talk about it on Monday.',
  },
  'zh-TW': {
    work: '準備週一的業績預測',
    outcome: '週一九點前完成，最大的十張單都有說明。',
    done_criteria: '連續三個週一不必更正。',
    check_ins: '每週五四點，十五分鐘。',
    risk: '漏掉一張單；最大的十張我陪著看。',
    reason: '會議已經開始，我自己改了兩行。',
    note: '週一一起談。',
  },
};

export async function ledger(browser, demo, manager, manner) {
  const { reason, note, ...entry } = WORDS[manner.lang];
  const { work } = entry;
  const desk = await sit(browser, demo, manager, manner);
  const { page } = desk;

  // Whoever has given nothing away yet first looks at what could go.
  if (await desk.mayDo('delegation_inventory')) await desk.fillsIn();
  const handed = (await desk.mayOpen('next_delegation')) ?? (await desk.open('first_delegation'));
  await desk.answer({ ...entry, level: 'recommend' });
  await page.selectOption('[name="delegate"]', { index: 1 });
  const delegate = (await page.locator('[name="delegate"] option:checked').innerText()).trim();
  const level = await page.locator('label:has([name="level"][value="recommend"])').innerText();
  await desk.handsIn();
  if (await desk.mayDo('tracking_rules')) await desk.fillsIn();

  const row = async () => (await desk.rows('ledger')).find(([what]) => what === work) ?? [];
  await desk.practice('delegate_and_track');
  const agreed = await row();
  const [, who, how] = agreed;
  desk.holds([entry.outcome, entry.check_ins].every((one) => agreed.includes(one)), `and what was agreed: ${agreed}`);
  desk.holds(who === delegate && how === level, `the ledger has “${work}”, ${delegate}, ${level}: ${who}, ${how}`);

  await desk.open('weekly_delegation_check');
  // One whose week is over makes room for the next with the next sweep.
  for (let n = 0; n < 20 && (await page.locator('.pill-overdue').count()) > 0; n += 1) {
    await page.waitForTimeout(500);
    await desk.open('weekly_delegation_check');
  }
  const items = page.locator('[data-kind="table"]');
  await desk.answer({ took_back: 'nothing_out' });
  desk.holds(!(await items.isVisible()), 'whoever says that nothing is out is not asked how it goes');
  await desk.answer({ took_back: 'still_mine' });
  const status = page.locator(`[data-kind="table"] tr:has-text("${work}") select`);
  desk.holds((await status.count()) === 1, `the weekly check asks about “${work}”`);
  const others = page.locator('[data-kind="table"] tbody select');
  for (const other of await others.all()) await other.selectOption('on_track');
  await status.selectOption('taken_back');
  const taken = (await status.locator('option:checked').innerText()).trim();
  await page.locator(`[data-kind="table"] tr:has-text("${work}") textarea`).fill(note);
  await desk.sends();
  desk.holds((await desk.refused()).length === 1, 'taking back asks for the reason');
  await desk.handsIn({ take_back_reason: reason });

  await desk.practice('delegate_and_track');
  const shown = await row();
  desk.holds(shown.includes(taken) && shown.includes(note), `the ledger says what the check said: ${shown}`);
  const sign = page.locator('section[aria-labelledby="view-ledger"] .notice-warm li', { hasText: taken.slice(0, 2) });
  desk.holds((await sign.locator(`a[href="${handed}"]`).innerText()) === work, `and asks about “${work}”`);
  await desk.go(`${desk.plan}/practice`);
  const card = page.locator('.card', { has: page.locator(`a[href="${desk.plan}/practice/delegate_and_track"]`) });
  desk.holds((await card.locator('.pill-today').count()) === 1, 'the list of pages names something worth a look');
  await desk.leave();
}
