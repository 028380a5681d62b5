// The record: what somebody may take along when they go. A page and a file that stand alone, and data that
// can be verified; what is private stays out until they tick it.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { press, program } from '../demo.mjs';
import { sit } from './desk.mjs';

export async function record(browser, demo, manager, manner) {
  const desk = await sit(browser, demo, manager, manner);
  const { page } = desk;
  // What is private: a talk with a member. What is not: the goal of the team.
  await desk.practice('know_every_member');
  const [, secret] = (await desk.rows('team_map'))[0];
  await desk.go(`${desk.plan}/steps/team_goal`);
  const open = (await page.locator('dd.written').first().innerText()).trim();

  await desk.go(desk.plan);
  await desk.go(await page.getAttribute(`a[href="${desk.plan}/record"]`, 'href'));
  const bare = await take(desk);
  holds(desk, bare, open, true, 'what others may read');
  holds(desk, bare, secret, false, 'what is private');
  const folded = await page.locator('details.whole-on-paper').evaluateAll((all) => all.filter((one) => !one.open).length);
  desk.holds(folded > 5, `${folded} modules are folded on the page`);
  await alone(browser, desk, bare);
  await asPdf(desk);
  await desk.onPaper(['.record-choice', '.actions']);
  desk.holds((await page.locator('[data-print]').count()) === 0, 'one button is for paper');

  await page.click('main details > summary');
  await page.check('[name="private"][value="meet_each_member"]');
  await press(page, 'form[action$="/record"] button');
  await desk.look();
  const whole = await take(desk);
  holds(desk, whole, secret, true, 'what was ticked');
  const other = (await page.locator('[name="private"]').evaluateAll((all) => all.filter((one) => !one.checked).length));
  desk.holds(other > 0, 'each step is ticked by itself');

  // A word that was changed afterwards is found out.
  for (const { data } of [bare, whole]) desk.holds(verified(data), 'what was taken along can be verified');
  const forged = `${whole.data}.forged`;
  const inside = JSON.stringify(secret).slice(1, -1);
  writeFileSync(forged, readFileSync(whole.data, 'utf8').replaceAll(inside, 'Nothing.'));
  desk.holds(!verified(forged), 'a word that was changed is found out');
  await desk.leave();
}

// The page that stands there, and its two files.
async function take(desk) {
  const { page, demo, lang } = desk;
  const files = {};
  for (const [name, kind] of [['file', 'html'], ['data', 'json']]) {
    const link = `a[download][href*="/record.${kind}"]`;
    const [download] = await Promise.all([page.waitForEvent('download'), page.click(link)]);
    files[name] = join(demo.folder, `record-${lang}-${Date.now()}.${kind}`);
    desk.holds(download.suggestedFilename().endsWith(`.${kind}`), `a file is named ${download.suggestedFilename()}`);
    await download.saveAs(files[name]);
  }
  return { ...files, words: await page.locator('main').evaluate((main) => main.textContent) };
}

function holds(desk, { file, data: json, words }, sought, isIn, what) {
  const texts = { 'the page': words, 'the file': readFileSync(file, 'utf8'), 'the data': readFileSync(json, 'utf8') };
  for (const [where, text] of Object.entries(texts)) {
    desk.holds(text.includes(sought) === isIn, `${what} is ${isIn ? '' : 'not '}in ${where}`);
  }
}

// The file needs nothing but itself: no script, no other file, no connection.
async function alone(browser, desk, { file, words }) {
  const viewport = desk.page.viewportSize();
  const context = await browser.newContext({ viewport, javaScriptEnabled: false, offline: true });
  const page = await context.newPage();
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`file://${file}`);
  desk.holds(asked.length === 1, `the file asks for ${asked.slice(1)}`);
  const html = readFileSync(file, 'utf8');
  desk.holds(!/<script|<link|<img|<iframe|@import|url\(/.test(html), 'the file holds nothing that is loaded');
  const addresses = [...html.matchAll(/(?:href|src|action)="(https?:[^"]+)"/g)].map(([, address]) => address);
  const outside = addresses.filter((address) => !address.startsWith(desk.demo.base));
  desk.holds(outside.length === 0, `the file leads elsewhere: ${outside}`);
  desk.holds((await page.locator('details.whole-on-paper:not([open])').count()) === 0, 'the file is whole');
  const steps = await page.locator('article').count();
  desk.holds(steps > 10 && steps === (await desk.page.locator('article').count()), `the file holds all ${steps} steps`);
  desk.holds(words.includes((await page.locator('h2').first().textContent()).trim()), 'and begins as the page does');
  await context.close();
}

// As PDF, from the browser that the program was told of.
async function asPdf(desk) {
  const pdf = await desk.page.request.get(desk.demo.base + (await desk.page.getAttribute('a[href*="/record.pdf"]', 'href')));
  const body = await pdf.body();
  desk.holds(pdf.ok() && body.subarray(0, 5).toString() === '%PDF-', `a PDF comes: ${pdf.status()}`);
  const pages = (body.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length;
  desk.holds(pages >= 5, `the PDF has ${pages} pages`);
  desk.holds(/filename\*=UTF-8''/.test(pdf.headers()['content-disposition']), 'it is named after its manager');
}

function verified(path) {
  try {
    program('record', 'verify', path);
    return true;
  } catch {
    return false;
  }
}
