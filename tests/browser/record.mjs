// The growth record, taken along: a file that stands alone and needs nothing else, whole on paper, and as PDF
// from the browser that PDF_BROWSER names.
//
//   node tests/browser/record.mjs            as pass.mjs

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { check, enter, installed, linksOf, manners, prove, timed } from './demo.mjs';

process.env.PDF_BROWSER = installed();

const pagesOf = (pdf) => (pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length;

async function story(browser, demo, manager, manner) {
  const { context, page, label } = await enter(browser, demo, manager, manner);
  const plan = (await linksOf(page)).find((href) => /^\/plans\/[^/]+$/.test(href));
  await page.goto(`${demo.base}${plan}/record`);
  const folded = await page.locator('details.whole-on-paper').evaluateAll((all) => all.filter((one) => !one.open).length);
  check(folded > 5, `${label}: ${folded} modules are folded on the page`);
  check(await page.locator('a[href*="record.pdf"]').isVisible(), `${label}: the PDF is offered`);
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  check(wide <= room, `${label}: the page fits its width`);

  const pdf = await page.request.get(`${demo.base}${plan}/record.pdf`);
  const body = await pdf.body();
  check(pdf.ok() && body.subarray(0, 5).toString() === '%PDF-', `${label}: a PDF comes: ${pdf.status()}`);
  check(pagesOf(body) >= 10, `${label}: the PDF has ${pagesOf(body)} pages`);
  check(/filename\*=UTF-8''/.test(pdf.headers()['content-disposition']), `${label}: it is named after its manager`);

  const file = join(demo.folder, `record-${manner.lang}.html`);
  writeFileSync(file, await (await page.request.get(`${demo.base}${plan}/record.html`)).body());
  const alone = await context.newPage();
  const asked = [];
  alone.on('request', (request) => asked.push(request.url()));
  alone.on('console', (message) => check(message.type() !== 'error', `${label}: alone: ${message.text()}`));
  await alone.goto(pathToFileURL(file).href);
  check(asked.length === 1, `${label}: the file asks for nothing else, not ${asked.slice(1)}`);
  check((await alone.locator('details.whole-on-paper:not([open])').count()) === 0, `${label}: the file is whole`);
  const [words, shown] = await alone.evaluate(() => [document.querySelectorAll('.answer').length, document.body.innerText.length]);
  check(words > 50 && shown > 10_000, `${label}: it holds ${words} answers`);
  await context.close();
  return pagesOf(body);
}

await prove(async (browser, demo) => {
  const managers = demo.people.filter(({ role }) => role.startsWith('manager'));
  const seasoned = managers.at(-1);
  for (const manner of [manners[0], manners[1]]) {
    const pages = await timed(`the record, ${manner.lang}`, () => story(browser, demo, seasoned, manner));
    console.log(`${pages} pages`);
  }
});
