// The sheet for the first talk with a member fits two pages of A4, in both languages.
//
//   node tests/browser/sheet.mjs            as pass.mjs

import { check, linksOf, manners, prove, signIn } from './demo.mjs';

async function story(browser, demo, person, { lang, viewport, scheme }) {
  const context = await browser.newContext({ viewport, colorScheme: scheme, locale: lang });
  const page = await context.newPage();
  await signIn(page, demo, person, lang);
  const plan = (await linksOf(page)).find((href) => /^\/plans\/[^/]+$/.test(href));
  await page.goto(demo.base + plan);
  const step = (await linksOf(page)).find((href) => href.includes('/steps/meet_each_member'));
  await page.goto(demo.base + step);
  await page.click('a[href$="/sheet"]');
  await page.waitForSelector('.sheet');
  check((await page.locator('.question').count()) === 8, `${lang}: the sheet asks what the talk is about`);
  const paper = await page.pdf({ preferCSSPageSize: true });
  const pages = paper.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
  check(pages <= 2, `${lang}: the sheet fits two pages, not ${pages}`);
  const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  check(width <= 0, `${lang}: the sheet is ${width} px wider than the window`);
  await context.close();
}

await prove(async (browser, demo) => {
  const beginner = demo.people.find(({ role }) => role.startsWith('manager'));
  for (const manner of [manners[0], manners[1]]) await story(browser, demo, beginner, manner);
});
