// What axe-core says of the page that stands there: every rule that it has but those of WCAG's level AAA.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { check } from './demo.mjs';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function axe(page, label) {
  if (!(await page.evaluate(() => Boolean(window.axe)))) await page.evaluate(source);
  const found = await page.evaluate(async () => {
    const rules = window.axe.getRules().filter(({ tags }) => !tags.includes('wcag2aaa') && !tags.includes('deprecated'));
    // A mail in a frame is a document of its own, which is looked at by itself.
    const answer = await window.axe.run(
      { exclude: ['iframe'] },
      { runOnly: { type: 'rule', values: rules.map(({ ruleId }) => ruleId) }, resultTypes: ['violations'] },
    );
    return answer.violations.map(({ id, nodes }) => `${id} at ${nodes.slice(0, 3).map(({ target }) => target).join(' ')}`);
  });
  check(found.length === 0, `${label}: ${found.join('; ')}`);
}
