// Every kind of page in every state that the staged company holds, as places to go to.
//
// Pages are found by following links as each person. Of pages with one route, those are kept that show
// something no kept one shows: a state, a class of the style sheet, a kind of field. So a new page or a new
// part of one is found without being listed here. What no link leads to is listed below.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, day, enter, wide } from './demo.mjs';

const pagesFolder = join(import.meta.dirname, '../../src/web/pages');

// What the program answers to GET, as it says itself.
export function routes() {
  const files = readdirSync(pagesFolder, { recursive: true }).filter((name) => name.endsWith('.rs'));
  const all = files.flatMap((name) => [...readFileSync(join(pagesFolder, name), 'utf8').matchAll(/#\[get\("([^"]+)"\)\]/g)].map(([, route]) => route));
  const shape = (route) => route.replaceAll(/\{[^{}]*(\{[^{}]*\}[^{}]*)*\}/g, '[^/]+').replaceAll('.', '\\.');
  // The most exact first: /plans/new is also a /plans/{plan}.
  const words = (route) => route.split('/').filter((part) => part && !part.startsWith('{')).length - route.split('{').length;
  return all.sort((a, b) => words(b) - words(a)).map((route) => ({ route, shape: new RegExp(`^${shape(route)}$`) }));
}

const known = routes();
export const routeOf = (path) => known.find(({ shape }) => shape.test(path.split('?')[0]))?.route;

// Leads away, changes who is looking, or is a file.
const isNoPage = /^\/(demo\/as|assets|mailbox)\b|\.(zip|svg)$|\/(export|files)\b|\/record\.|[?&]format=/;

// What a page shows that another of its route might not.
function shown(html) {
  const main = html.slice(html.indexOf('<body'), html.indexOf('<footer class="site-footer'));
  const head = main.match(/<h1[\s\S]*?<p class="card-meta">([\s\S]*?)<\/p>/)?.[1] ?? '';
  const states = [...head.matchAll(/pill-([\w-]+)/g)].map(([, state]) => state);
  const whose = main.match(/action="[^"]*\/(hand-in|draft|accept|take-back)"/)?.[1] ?? 'read';
  const features = new Set(states.map((state) => `${whose} ${state}`));
  for (const [, words] of main.matchAll(/ class="([^"]+)"/g)) for (const word of words.split(/\s+/)) features.add(word);
  for (const [word] of main.matchAll(/ (data-(kind|field-kind)|role|type)="[\w-]+"/g)) features.add(word);
  for (const [, tag] of main.matchAll(/<([a-z][a-z0-9]*)[\s>]/g)) features.add(tag);
  return { states, features };
}

// Of those that show the same, few: the one that shows most first, and then what shows most of the rest.
function fewest(pages) {
  const left = new Set(pages.flatMap(({ features }) => [...features]));
  const chosen = [];
  while (left.size > 0) {
    const worth = ({ features }) => [...features].filter((one) => left.has(one)).length;
    const best = pages.reduce((most, page) => (worth(page) > worth(most) ? page : most));
    for (const one of best.features) left.delete(one);
    chosen.push(best);
  }
  return chosen;
}

// Links of one sort are many and alike: so many are followed, by each person and in each plan.
const OF_A_SORT = 2;

class Finder {
  constructor(demo, { gone, samples }) {
    this.demo = demo;
    // The history tells of it with a link.
    this.gone = gone;
    // A year is tried out on these: one of the shipped program takes a debug build long.
    this.samples = samples;
    // Of what is asked of the past or searched, a few for everybody together.
    this.past = new Map();
    this.pages = new Map();
    this.states = new Set();
  }

  async ask(path, cookie) {
    const get = () => fetch(this.demo.base + path, { headers: { cookie }, redirect: 'follow' });
    // A kept connection may be closed just when it is used again.
    let answer = await get().catch(get);
    // On a busy machine this side may take longer to ask than the program waits.
    if (answer.status === 408) answer = await get();
    const isPage = (answer.headers.get('content-type') ?? '').startsWith('text/html');
    return { status: answer.status, ok: answer.ok, html: isPage ? await answer.text() : '', path: answer.url.slice(this.demo.base.length) };
  }

  found(who, path, html) {
    const { states, features } = shown(html);
    const route = routeOf(path) ?? path;
    for (const state of states) this.states.add(state);
    if (!this.pages.has(route)) this.pages.set(route, []);
    this.pages.get(route).push({ who, path, html, features });
  }

  places() {
    return [...this.pages.values()].flatMap(fewest);
  }

  // Follows links from page to page as somebody; thoroughly: to each step of the program.
  async follow(person, cookie, starts, isThorough) {
    const queue = [...starts];
    const met = new Set(queue);
    const own = new Map();
    const meet = (href, state) => {
      const path = href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=').split('#')[0];
      if (met.has(path) || isNoPage.test(path)) return;
      met.add(path);
      const step = isThorough && path.match(/\/steps\/([^.?]+)/)?.[1];
      const plan = path.match(/\/plans\/([^/?]+)/)?.[1];
      const tried = path.match(/\/curricula\/([0-9a-f]{64})\/simulate/)?.[1];
      if (tried && !this.samples.includes(tried)) return;
      const isPast = path.includes('?');
      const counts = isPast ? this.past : own;
      const sort = isPast ? routeOf(path) : `${plan} ${step || routeOf(path)} ${state}`;
      const count = counts.get(sort) ?? 0;
      counts.set(sort, count + 1);
      if (count < (step ? 1 : OF_A_SORT)) queue.push(path);
    };
    const work = async () => {
      while (queue.length > 0) {
        const asked = queue.shift();
        const { status, ok, html, path } = await this.ask(asked, cookie);
        check(ok || path === this.gone, `${person.name} follows a link to ${asked}, which answers ${status}`);
        if (!ok || !html) continue;
        this.found(person, path, html);
        const body = html.slice(html.indexOf('<header'));
        for (const { 1: href, index } of body.matchAll(/<a [^>]*href="(\/[^"]*)"/g)) {
          meet(href, /\/steps\//.test(href) && body.slice(index, index + 600).match(/pill-([\w-]+)/)?.[1]);
        }
      }
    };
    await Promise.all([work(), work()]);
  }

  // The newest mails first: what their links do is still to be done.
  async mails() {
    const list = (await this.ask('/mailbox?all=yes', 'lang=en')).html;
    const ids = [...new Set([...list.matchAll(/href="\/mailbox\/([^"?]+)"/g)].map(([, id]) => id))];
    const links = [];
    for (const id of ids) {
      const path = `/mailbox/${id}/html`;
      const { html } = await this.ask(path, 'lang=en');
      this.found(null, path, html);
      links.push(...[...html.matchAll(/href="http:\/\/[^/"]+(\/[^"]+)"/g)].map(([, href]) => href));
    }
    return { newest: `/mailbox/${ids[0]}`, links: [...new Set(links)] };
  }

  // What links in mails lead to, by what their pages say.
  async linked(links, kind, most = 40) {
    const said = new Map();
    for (const path of links.filter((link) => link.startsWith(kind)).slice(0, most)) {
      const { html } = await this.ask(path, 'lang=en');
      const words = [/<title>([^<]*)/, /<h1>([^<]*)/, /pill-([\w-]+)/, /<form/].map((one) => html.slice(html.indexOf('<main')).match(one)?.[0]);
      const title = html.match(/<title>([^<]*)/)[1] + words;
      if (!said.has(title)) said.set(title, { who: null, path, html });
    }
    return [...said.values()];
  }

  // A link whose button was pressed, which says so and takes it back.
  async pressed(links) {
    for (const path of links) {
      const { html } = await this.ask(path, 'lang=en');
      if (!html.includes(`action="${path}"`) || /<textarea/.test(html)) continue;
      const answer = await fetch(this.demo.base + path, { method: 'POST', headers: { origin: this.demo.base }, body: new URLSearchParams() });
      const after = await answer.text();
      if (after.includes(`action="${path}/undo"`)) return { who: null, path, html: after };
    }
    check(false, `one of ${links.length} links can be pressed and taken back`);
    return { who: null, path: '/nothing-here', status: 404 };
  }
}

// A form that comes back, or a page that only an answer to a form shows.
const sent = (who, path, form, values = {}, more = {}) => ({ who, path, form, values, ...more });

export async function findPlaces(browser, demo, stage) {
  const finder = new Finder(demo, stage);
  const people = [...stage.managers].reverse().concat(demo.people.filter(({ role }) => !role.startsWith('manager')), stage.newcomer);
  for (const person of people) {
    const { context } = await enter(browser, demo, person, wide);
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const own = person === stage.hr ? [stage.mistaken, stage.draft, stage.rollout, stage.look, stage.everything, stage.ended] : [];
    await finder.follow(person, cookie, ['/', '/settings', ...own], person === people[0]);
    await context.close();
  }
  const { newest, links } = await finder.mails();
  const linked = [];
  for (const kind of ['/mentor-answer/', '/meet/', '/unsubscribe/', '/sign-in/']) {
    const all = await finder.linked(links, kind);
    check(all.length > 0, `a mail leads to ${kind}`);
    linked.push(...all);
  }
  const acts = await finder.linked(links, '/act/', 100);
  for (const kind of ['/act/', '/meet/']) linked.push(await finder.pressed(links.filter((path) => path.startsWith(kind)).reverse()));
  const places = [...finder.places(), ...linked, ...acts, { who: null, path: newest }, { who: null, path: '/mailbox' }];
  return { states: finder.states, places: [...places, ...unlinked(finder, stage, linked, acts)] };
}

function unlinked(finder, stage, linked, acts) {
  const { hr, newcomer, managers } = stage;
  const [first] = managers;
  const season = managers.at(-1);
  const pages = [...finder.pages.values()].flat();
  const places = [];
  // A form on whichever page has it; the page that comes back is looked at.
  const filled = (form, values = {}, more = {}) => {
    const attribute = form.match(/action[$^]?="([^"]+)"/)[1];
    const holder = pages.find(({ html }) => html.includes(`${attribute}"`) || html.includes(`action="${attribute}`));
    check(holder, `a page holds ${form}`);
    if (holder) places.push(sent(holder.who, holder.path, form, values, { status: 422, ...more }));
  };
  const blank = (...names) => Object.fromEntries(names.map((name) => [name, '']));

  const returning = acts.find(({ html }) => /<textarea[^>]* required/.test(html));
  check(returning, 'a mail holds something to return');
  if (returning) places.push(sent(null, returning.path, 'main form', {}, { status: 422 }));
  const unsubscribe = linked.find(({ path }) => path.startsWith('/unsubscribe/'));
  if (unsubscribe) places.push(sent(null, unsubscribe.path, 'main form'));

  for (const form of ['move', 'add', 'waive', 'skip', 'deputy', 'end']) filled(`form[action$="?form=${form}"]`);
  filled('form[action$="?form=shift"]', blank('shift_from', 'shift_days'));
  filled('form[action$="?form=leave"]', blank('leave_from', 'leave_until'));
  filled('form[action$="/hand-in"]');
  filled('form[action$="/comment"]', blank('text'));
  filled('form[action$="/accept"]', blank('line'), { button: '[formaction$="/return"]' });
  filled('form[action$="/meeting"]', blank('time1', 'minutes'));
  filled('form[action$="/members"]', blank('name'));
  filled('form[action$="/publish"]');
  filled('form[action="/plans/preview"]', blank('manager'));
  filled('form[action$="/decline"]', { line: 'x'.repeat(3000) });
  const fine = { status: 200 };
  const soon = { from: day(30), until: day(33) };
  filled('form[action$="?form=move"]', { move_step: '#1', move_due: day(40) }, fine);
  filled('form[action$="?form=shift"]', { shift_from: day(10), shift_days: '3' }, fine);
  filled('form[action$="?form=leave"]', { leave_from: soon.from, leave_until: soon.until }, fine);
  filled('form[action$="?form=pause"]', {}, fine);
  filled('form[action$="?form=resume"]', {}, fine);
  filled('form[action$="?form=add"]', { add_title: 'More', add_text: 'Words.', add_due: day(30), add_minutes: '20' }, fine);
  filled('form[action$="?form=waive"]', { waive_step: '#1', waive_reason: 'Known.' }, fine);
  filled('form[action$="?form=deputy"]', { deputy_who: '#1', deputy_from: soon.from, deputy_until: soon.until }, fine);
  filled('form[action$="?form=end"]', { end_how: 'cancelled', end_reason: 'Moved.' }, fine);
  filled('form[action="/plans/preview"]', { manager: managers[0].id, superior: '#1', program: '#0' }, fine);
  places.push(
    sent(hr, '/calendars/taiwan', 'form[action$="/preview"]:has(#field-from)', { from: day(30), name_en: 'Founders’ day', name_zh_tw: '創立紀念日' }),
    sent(hr, stage.look, `form[action="${stage.look}"]`, {}, { button: '[formaction]' }),
    sent(hr, stage.member, `form[action="${stage.member}"]`, blank('name')),
    sent(hr, '/people/new', 'form[action="/people"]', blank('name', 'email')),
    sent(hr, '/calendars/taiwan', 'form[action$="/preview"]:has(#field-from)', blank('from', 'name_en')),
    sent(hr, '/calendars/taiwan', 'form[action$="/preview"]:has(#field-file)'),
    sent(hr, '/curricula', 'form[action="/curricula/drafts"]'),
  );
  for (const place of places.slice(-5)) place.status = 422;
  // A ballot that is open, one that comes back, one that has counted; a code that is none.
  const [counted, open] = stage.codes;
  places.push(
    { who: null, path: '/pulse' },
    { who: null, path: `/pulse/${open}` },
    { who: null, path: `/pulse/${counted}` },
    sent(null, '/pulse', 'main form', { code: 'WRONG' }, { status: 422 }),
    sent(null, `/pulse/${open}`, 'main form', {}, { status: 422 }),
    sent(season, stage.figures.bare, 'form[action$="/figures"]', {}, { status: 422 }),
  );

  // Visitors, nothing there, and what is wrong with an address.
  places.push(
    { who: null, path: '/sign-in' },
    { who: null, path: '/demo' },
    { who: null, path: '/styleguide' },
    { who: null, path: '/nothing-here', status: 404 },
    { who: null, path: `/sign-in/${'0'.repeat(64)}` },
    sent(null, '/sign-in', 'main form', { email: 'somebody@demo.example' }),
    { who: first, path: '/nothing-here', status: 404 },
    { who: first, path: '/people', status: 404 },
    { who: season, path: stage.gone, status: 404 },
    sent(first, '/settings', 'main form', { csrf: 'forged' }, { status: 403 }),
    // A page that knows GET alone.
    sent(first, '/settings', 'main form', {}, { action: '/today', status: 404 }),
    sent(first, '/settings', 'main form', { offered: '', lang: 'xx' }, { status: 400 }),
    sent(first, '/settings', 'main form', { zone: 'Nowhere/Else' }, { status: 422 }),
    { who: newcomer, path: '/today' },
    { who: newcomer, path: '/queue' },
    { who: newcomer, path: '/gates' },
    { who: hr, path: '/outbox?state=failed' },
    { who: hr, path: '/outbox?find=nobody-of-that-name' },
    { who: hr, path: '/people?find=nobody-of-that-name' },
  );
  return places;
}
