// A closed laptop loses nothing: what somebody types without a connection is kept on the device, put
// back when the page opens again, and saved; on a shared device it goes when they sign out.
//
//   node tests/browser/drafts.mjs            as pass.mjs

import { check, linksOf, manners, press, prove, signIn, timed } from './demo.mjs';

const keptOn = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('draft ')));
const status = '[data-autosave-status]';
const notice = '[data-kept]';
const textOf = (page) => page.locator('[data-kind="text"] textarea').first();

// The status line says the words that the page holds for this.
async function says(page, what) {
  const words = ([line, what]) => {
    const element = document.querySelector(line);
    return element.textContent.trim().startsWith(element.dataset[what]);
  };
  const came = await page.waitForFunction(words, [status, what], { timeout: 10000 }).then(() => true, () => false);
  check(came, `the page says “${what}”: ${await page.textContent(status)}`);
}

// The notice says the sentence that the page holds for this, with a time of day.
async function tells(page, what) {
  const sentence = ([notice, what]) => {
    const element = document.querySelector(notice);
    const [before, after] = element.dataset[what].split('{}');
    const said = element.querySelector('[role=status]').textContent;
    return !element.hidden && said.startsWith(before) && said.endsWith(after) && /\d\d:\d\d/.test(said);
  };
  const came = await page.waitForFunction(sentence, [notice, what], { timeout: 10000 }).then(() => true, () => false);
  check(came, `the notice says “${what}”: ${await page.textContent(notice)}`);
}

async function isSaved(page, label) {
  const dropped = () => !Object.keys(localStorage).some((key) => key.startsWith('draft '));
  const gone = await page.waitForFunction(dropped, null, { timeout: 10000 }).then(() => true, () => false);
  check(gone, `${label}: what is saved is kept on the device no longer`);
  await says(page, 'saved');
}

// The laptop dies: the page does not get to send anything any more, not even on leaving.
async function die(page) {
  await page.evaluate(() => { window.fetch = () => Promise.reject(new TypeError('no connection')); });
  await page.close();
}

// A manager's step with a text and a table to which rows can be added.
async function findStep(page, demo) {
  for (const person of demo.people.filter(({ role }) => role.startsWith('manager'))) {
    await signIn(page, demo, person, 'en');
    const plan = (await linksOf(page)).find((href) => /^\/plans\/[^/]+$/.test(href));
    await page.goto(demo.base + plan);
    for (const href of new Set((await linksOf(page)).filter((href) => href.includes('/steps/')))) {
      const text = await (await page.request.get(demo.base + href)).text();
      if (/data-kind="text"/.test(text) && (text.match(/data-max-rows="(\d+)"/)?.[1] ?? 0) >= 10) return { person, href };
    }
  }
  throw new Error('no step has a text and a table');
}

// Types a text, and into a row that the script adds below the others.
async function type(page, words) {
  await textOf(page).fill(`${words} 一`);
  await page.locator('[data-add-row]').first().click();
  const cell = page.locator('[data-kind="table"] >> nth=0 >> tbody tr:last-child textarea').first();
  await cell.fill(`${words} 二`);
}

// The text, and a row whose number may be another one: rows without words are not kept.
async function stands(page, words, label) {
  check((await textOf(page).inputValue()) === words[0], `${label}: the text`);
  const cells = await page.$$eval('[data-kind="table"] textarea', (all) => all.map((one) => one.value));
  check(cells.includes(words[1]), `${label}: the row, among ${cells}`);
}

const both = (words) => [`${words} 一`, `${words} 二`];

async function story(browser, demo, { person, href }, manner) {
  const { lang, viewport, scheme } = manner;
  const device = () => browser.newContext({ viewport, colorScheme: scheme, locale: lang });
  const laptop = await device();
  const open = async (context) => {
    const page = await context.newPage();
    page.on('pageerror', (error) => check(false, `${lang}: ${error.message}`));
    await page.goto(demo.base + href);
    return page;
  };
  const first = await laptop.newPage();
  await signIn(first, demo, person, lang);
  await first.close();

  let page = await open(laptop);
  check(!(await page.isVisible(notice)), 'a form with nothing kept says nothing of it');
  await type(page, 'before');
  await isSaved(page, 'with a connection');
  await page.close();

  // The laptop is closed while it is offline.
  page = await open(laptop);
  await laptop.setOffline(true);
  await type(page, 'offline');
  await says(page, 'offline');
  await die(page);
  await laptop.setOffline(false);
  page = await open(laptop);
  await tells(page, 'back');
  await stands(page, both('offline'), 'put back');
  await isSaved(page, 'put back');
  await page.reload();
  await stands(page, both('offline'), 'saved again');
  check(!(await page.isVisible(notice)), 'what was saved is not put back a second time');

  // What went out with the last breath of a page is not put back, and rows may have gaps.
  await type(page, 'closing');
  await page.close();
  await new Promise((arrived) => setTimeout(arrived, 2000));
  page = await open(laptop);
  await page.waitForTimeout(500);
  check(!(await page.isVisible(notice)), 'what was saved on leaving is not put back');
  check((await textOf(page).inputValue()) === 'closing 一', 'closing a page saves it');
  await isSaved(page, 'closing');

  // The connection returns while the page is open.
  await laptop.setOffline(true);
  await type(page, 'waiting');
  await says(page, 'offline');
  await laptop.setOffline(false);
  await isSaved(page, 'the connection is back');

  // Somebody takes the saved version after all, and back again.
  await page.reload();
  await laptop.setOffline(true);
  await textOf(page).fill('left out');
  await says(page, 'offline');
  await die(page);
  await laptop.setOffline(false);
  page = await open(laptop);
  await tells(page, 'back');
  await page.click(`${notice} button`);
  await tells(page, 'left');
  check((await textOf(page).inputValue()) === 'waiting 一', 'the saved version stands in the form again');
  await isSaved(page, 'the saved version');
  await page.click(`${notice} button`);
  check((await textOf(page).inputValue()) === 'left out', 'what was written can be taken again');
  await isSaved(page, 'taken again');

  // What was saved later, on another device, is not overwritten by itself.
  await laptop.setOffline(true);
  await textOf(page).fill('older');
  await says(page, 'offline');
  await die(page);
  const phone = await device();
  const entrance = await phone.newPage();
  await signIn(entrance, demo, person, lang);
  const elsewhere = await open(phone);
  await textOf(elsewhere).fill('newer');
  await says(elsewhere, 'saved');
  await phone.close();
  await laptop.setOffline(false);
  page = await open(laptop);
  await tells(page, 'left');
  check((await textOf(page).inputValue()) === 'newer', 'the newer draft stands');
  await page.click(`${notice} button`);
  check((await textOf(page).inputValue()) === 'older', 'the older words are one press away');
  await isSaved(page, 'the older words');

  // A window that was left open does not write over what another one saved since.
  // Its page came slowly, which makes nothing older that is written in it.
  const slowly = async (route) => { await new Promise((go) => setTimeout(go, 3000)); await route.continue(); };
  await laptop.route('**/*.js', slowly);
  const forgotten = await open(laptop);
  await laptop.unroute('**/*.js', slowly);
  await textOf(page).fill('in front');
  await isSaved(page, 'in front');
  await textOf(forgotten).fill('forgotten');
  await says(forgotten, 'elsewhere');
  await forgotten.reload();
  await tells(forgotten, 'back');
  await forgotten.click(`${notice} button`);
  check((await textOf(forgotten).inputValue()) === 'in front', 'what the other window saved is one press away');
  await isSaved(forgotten, 'chosen');
  // Nor after a while without a connection, however often it tried.
  await page.reload();
  await laptop.setOffline(true);
  await textOf(forgotten).fill('offline for long');
  await says(forgotten, 'offline');
  const other = await device();
  const door = await other.newPage();
  await signIn(door, demo, person, lang);
  const beside = await open(other);
  await textOf(beside).fill('beside');
  await says(beside, 'saved');
  await laptop.setOffline(false);
  await says(forgotten, 'elsewhere');
  await beside.reload();
  check((await textOf(beside).inputValue()) === 'beside', 'what the other device saved stands');
  await other.close();
  await forgotten.evaluate(() => localStorage.clear());
  await forgotten.close();
  await page.reload();

  // A session ends while somebody writes.
  const cookies = await laptop.cookies();
  await laptop.clearCookies({ name: 'session' });
  await textOf(page).fill('signed out');
  await says(page, 'signedOut');
  await page.reload();
  check(new URL(page.url()).pathname === '/sign-in', 'loading the page again asks to sign in');
  await laptop.addCookies(cookies);
  await page.goto(demo.base + href);
  await tells(page, 'back');
  check((await textOf(page).inputValue()) === 'signed out', 'signing in brings the words back');
  await isSaved(page, 'after signing in');

  // The button saves what the script has not sent yet.
  await textOf(page).fill('by the button');
  check((await keptOn(page)).length === 1, 'every change is kept at once');
  const arrived = page.waitForEvent('load');
  const pressed = await page.$eval('button[formaction$="/draft"]', (button) => {
    button.click();
    return button.getAttribute('aria-busy');
  });
  check(pressed === 'true', 'a button shows at once that it was pressed');
  await arrived;
  const said = () => /\S/.test(document.querySelector('.flash-done[role=status]')?.textContent);
  check(await page.waitForFunction(said, null, { timeout: 5000 }).then(() => true, () => false), 'what was done is said in a region that was there');
  check((await keptOn(page)).length === 0, 'what a button saved is kept no longer');

  // Others use this device next.
  await laptop.setOffline(true);
  await textOf(page).fill('not for others');
  await says(page, 'offline');
  check((await keptOn(page)).length === 1, 'it is kept on the device');
  const [own] = await keptOn(page);
  check(!own.includes(person.id), 'under a name that tells nobody');
  await die(page);
  await laptop.setOffline(false);
  page = await laptop.newPage();
  await page.goto(`${demo.base}/today`);
  await press(page, 'form[action="/sign-out"] button');
  check((await keptOn(page)).length === 0, 'signing out removes what was kept');
  await laptop.close();
}

await prove(async (browser, demo) => {
  const seeking = await browser.newContext();
  const step = await findStep(await seeking.newPage(), demo);
  await seeking.close();
  await timed('drafts in English', () => story(browser, demo, step, manners[0]));
  await timed('drafts in Chinese', () => story(browser, demo, step, manners[1]));
});
