// The tools of a manager's practice, each told as a story from the eyes of who uses it: in English in a
// wide window, in Chinese on a phone.
//
//   node tests/browser/tools.mjs            PROGRAM and DEMO as in demo.mjs
//   ONLY=meet node tests/browser/tools.mjs  the tools whose name holds this

import { installed, manners, prove, timed } from './demo.mjs';
import { crm } from './tools/crm.mjs';
import { figures } from './tools/figures.mjs';
import { goals } from './tools/goals.mjs';
import { ledger } from './tools/ledger.mjs';
import { meet, welcome } from './tools/meet.mjs';
import { pulse } from './tools/pulse.mjs';
import { record } from './tools/record.mjs';
import { review } from './tools/review.mjs';
import { scorecard } from './tools/scorecard.mjs';
import { upward } from './tools/upward.mjs';

process.env.PDF_BROWSER = installed();

const TOOLS = { meet, goals, ledger, review, crm, figures, scorecard, record };

await prove(async (browser, demo) => {
  const managers = demo.people.filter(({ role }) => role.startsWith('manager'));
  // One who is in the middle of the program, and one who has been through most of it.
  const [early, late] = [managers.at(-2), managers.at(-1)];
  await timed('newcomers', () => welcome(browser, demo, [[early, 'en'], [late, 'zh-TW']]));
  for (const [name, tell] of Object.entries(TOOLS)) {
    if (!name.includes(process.env.ONLY ?? '')) continue;
    const both = () => Promise.all([tell(browser, demo, early, manners[0]), tell(browser, demo, late, manners[1])]);
    await timed(name, both);
  }
  // In each language in turn: a team answers together.
  if ('pulse'.includes(process.env.ONLY ?? '')) await timed('pulse', () => pulse(browser, demo, early));
  // Whose mornings come while time passes for everybody.
  if (!'upward'.includes(process.env.ONLY ?? '')) return;
  await timed('upward in English', () => upward(browser, demo, early, manners[0]));
  await timed('upward in Chinese', () => upward(browser, demo, late, manners[1]));
});
