// What axe-core says of the page that stands there: every rule that it has but those of WCAG's level AAA.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { check } from './demo.mjs';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// A mail has no landmarks: programs that show it take them out, and have their own.
export const inMail = ['landmark-one-main', 'region'];

export async function axe(page, label, without = []) {
  if (!(await page.evaluate(() => Boolean(window.axe)))) await page.evaluate(source);
  const found = await page.evaluate(async (out) => {
    const isMeant = ({ ruleId, tags }) => !tags.includes('wcag2aaa') && !tags.includes('deprecated') && !out.includes(ruleId);
    const rules = window.axe.getRules().filter(isMeant);
    // A mail in a frame is a document of its own, which is looked at by itself.
    const answer = await window.axe.run(
      { exclude: ['iframe'] },
      { runOnly: { type: 'rule', values: rules.map(({ ruleId }) => ruleId) }, resultTypes: ['violations'] },
    );
    return answer.violations.map(({ id, nodes }) => `${id} at ${nodes.slice(0, 3).map(({ target }) => target).join(' ')}`);
  }, without);
  check(found.length === 0, `${label}: ${found.join('; ')}`);
}
