// Claim 10: what is stored is what the shopper is shown, erasing leaves none of it, and a browser that is killed while it
// erases has erased all of it or nothing.
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readFileSync } from 'node:fs';
import { hold } from './common.mjs';
import { openBrowser, profileOf, until } from './chromium.mjs';
import { places } from './places.mjs';
import { noon, openShop } from './shop.mjs';

const store = (name) => `indexedDB/windowshop/${name}`;
const STORES = ['choice', 'events', 'ledger', 'reminders', 'snapshot'];
const NO_REPORTS = { key: 'reports', value: 'off' };
const byKey = (one, other) => (one.key < other.key ? -1 : 1);
const same = (one, other) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

/** A value with the fields of its objects in order, so that equal values are equal texts. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, of]) => [key, sorted(of)]));
}

/** What the shopper takes along from the page of all that is kept: events, orders, reminders and reports. */
async function taken(page) {
  await page.evaluate(() => {
    location.hash = '#/kept';
    const real = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => {
      globalThis.taken = blob.text();
      return real(blob);
    };
  });
  const wipe = page.getByRole('button', { name: 'Wipe everything' });
  await wipe.waitFor();
  await page.getByRole('radio', { name: /^Kept/ }).waitFor();
  await page.getByRole('button', { name: 'Take it all (JSON)' }).click();
  return JSON.parse(await until('what was taken along', () => page.evaluate(() => globalThis.taken)));
}

/** The engine's own reading of stored bytes. */
async function machine(root, pack) {
  const { openPack, startWasm } = await import(pathToFileURL(join(root, 'target/package/js/machine.js')).href);
  await startWasm(() => Promise.resolve(readFileSync(join(root, 'pkg/dist/engine.wasm'))));
  const made = await openPack(new Uint8Array(pack), 1);
  made.set_consent('on');
  return made;
}

const bytesOf = ({ bytes }) => new Uint8Array(Buffer.from(bytes, 'base64'));

/** That every stored record is in what the shopper takes along, and the other way round. */
async function allShown(root, shop, found, memory) {
  for (const place of Object.keys(found)) hold(place === 'database windowshop' || STORES.some((name) => place === store(name)), `something is stored in ${place}: ${JSON.stringify(found[place]).slice(0, 300)}`);
  hold(same([...found['database windowshop']].sort(), STORES), `the database has the stores ${found['database windowshop']}`);
  hold(same(found[store('choice')], [{ key: 'consent', value: 'on' }]), `the choice is ${JSON.stringify(found[store('choice')])}`);

  const shown = [...memory.events, ...memory.orders].map((event) => ({ key: event.id, value: event })).sort(byKey);
  hold(shown.length > 200 && memory.orders.length > 0, `only ${shown.length} events were kept, ${memory.orders.length} of them orders`);
  hold(same(found[store('events')].sort(byKey), shown), `${found[store('events')].length} events are stored and ${shown.length} shown`);
  const reminders = memory.reminders.map(({ brand, since }) => ({ key: brand, value: { brand, since } })).sort(byKey);
  hold(reminders.length > 0 && same(found[store('reminders')].sort(byKey), reminders), 'the stored reminders are not those that are shown');

  const read = await machine(root, shop.pack());
  const [snapshot, ...others] = found[store('snapshot')] ?? [];
  hold(snapshot?.key === 'current' && others.length === 0, 'there is no snapshot to look at, or more than one');
  read.restore(bytesOf(snapshot.value));
  const cached = read.history();
  const known = new Map(shown.map(({ key, value }) => [key, value]));
  hold(cached.length >= 200, `the snapshot holds ${cached.length} events`);
  for (const event of cached) hold(same(event, known.get(event.id)), `the snapshot holds an event that is not shown: ${JSON.stringify(event)}`);

  const rows = new Map(found[store('ledger')].map(({ key, value }) => [key, bytesOf(value)]));
  hold(same([...rows.keys()].sort(), ['ledger', 'seed']) && rows.get('seed').length === 32, `the ledger’s store holds ${[...rows.keys()]}`);
  read.load_ledger(rows.get('ledger'));
  const bodies = read.ledger().map(({ body }) => body);
  const sent = shop.seen.filter(({ method, path }) => method === 'POST' && path === '/v1/reports').map(({ body }) => JSON.parse(body));
  hold(bodies.length > 0 && same(bodies, memory.reports.map(({ body }) => body)), 'the stored ledger is not the one that is shown');
  hold(same(bodies, sent), 'the ledger lists other reports than were sent');
  read.free();
  return `${shown.length} events, ${reminders.length} reminders, ${bodies.length} reports and a snapshot of ${cached.length} events are all shown`;
}

/** What a shopper does until every store has something in it. */
async function visit(shop, browser) {
  const page = await browser.page();
  const look = async (from, to) => {
    for (let at = from; at < to; at++) {
      await page.evaluate(async (hash) => {
        location.hash = hash;
        for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
      }, `#/item/${shop.marks.items[at * 7]}`);
    }
  };
  await page.goto(shop.at(noon(-7)));
  await page.locator('.feed .card').first().waitFor();
  await look(0, 3);
  await page.evaluate(() => (location.hash = '#/'));
  await page.getByRole('button', { name: 'Keep', exact: true }).waitFor();
  const before = await places(browser.context, page);
  hold(Object.keys(before).length === 0, `before a click there is something in ${Object.keys(before).join(', ')}`);

  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await page.evaluate(() => (location.hash = '#/coming'));
  await page.getByRole('button', { name: /^Remind me: / }).first().click();
  await look(0, 1);
  const size = page.locator('.sizes input:not(:disabled)');
  if ((await size.count()) > 0) await size.first().check({ force: true });
  await page.getByRole('button', { name: 'Put in the bag' }).click();
  await page.evaluate(() => (location.hash = '#/bag'));
  await page.getByRole('button', { name: 'To the checkout' }).click();
  await page.getByRole('button', { name: /^Pretend to buy/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Your receipt' }).waitFor();
  await page.goto(shop.at(noon(0)));
  await page.locator('.feed .card').first().waitFor();
  await page.getByRole('switch').first().waitFor();
  await look(3, 230);
  // A snapshot is made anew every so many events; a busy machine keeps fewer of the looks than there were.
  const stored = async (name) => (await places(browser.context, page))[store(name)] ?? [];
  for (let from = 230; (await stored('events')).length < 220 && from < 500; from += 30) await look(from, from + 30);
  await until('the snapshot of most of it', async () => ((await stored('snapshot'))[0]?.value.bytes?.length ?? 0) > 8_000);
  await until('the report', () => shop.seen.some(({ method, path }) => method === 'POST' && path === '/v1/reports'));
  // Its answer is entered into the ledger.
  await new Promise((resolve) => setTimeout(resolve, 500));
  return page;
}

/** Stops a page for good at the nth call of a method of IndexedDB from now on, so that it is killed there. */
const stopAt = (page, where) =>
  page.evaluate(({ of, method, nth }) => {
    const prototype = globalThis[of].prototype;
    const real = prototype[method];
    let calls = 0;
    prototype[method] = function (...words) {
      const counts = method !== 'transaction' || words[1] === 'readwrite';
      const before = method === 'transaction';
      if (before && counts && (calls += 1) === nth) for (;;);
      const made = real.apply(this, words);
      if (!before && (calls += 1) === nth) for (;;);
      return made;
    };
  }, where);

/** Where a browser is killed: at the door of a write, within it, or some milliseconds after the click. */
const MOMENTS = [
  { of: 'IDBDatabase', method: 'transaction', nth: 1 },
  { of: 'IDBObjectStore', method: 'clear', nth: 1 },
  { of: 'IDBObjectStore', method: 'clear', nth: 3 },
  { of: 'IDBObjectStore', method: 'put', nth: 1 },
  { of: 'IDBDatabase', method: 'transaction', nth: 2 },
  { of: 'IDBDatabase', method: 'transaction', nth: 3 },
  { after: 0 },
  { after: 12 },
  { after: 60 },
];

const ACTS = {
  erasing: {
    act: (page) => page.getByRole('button', { name: 'Wipe everything' }).click({ noWaitAfter: true }),
    left: () => ({ [store('choice')]: [{ key: 'consent', value: 'on' }, NO_REPORTS] }),
  },
  'turning off': {
    act: (page) => page.getByRole('radio', { name: /^Off/ }).check({ force: true, noWaitAfter: true }),
    left: (before) => ({ [store('choice')]: [{ key: 'consent', value: 'off' }, NO_REPORTS], [store('reminders')]: before[store('reminders')] }),
  },
};

const rowsOf = (found) => Object.fromEntries(Object.entries(found).filter(([place]) => !place.startsWith('database ')));

/** Kills a browser at a moment of an act, opens its profile again, and says what the next start finds. */
async function killed(root, shop, profile, copy, { act }, moment) {
  rmSync(copy, { recursive: true, force: true });
  cpSync(profile, copy, { recursive: true, verbatimSymlinks: true });
  const dying = await openBrowser(root, copy);
  let before;
  try {
    const page = await dying.page();
    await page.goto(shop.at(noon(0), '#/kept'));
    await page.getByRole('button', { name: 'Wipe everything' }).waitFor();
    await page.getByRole('radio', { name: /^Kept/ }).waitFor();
    before = await places(dying.context, page);
    if (moment.method) await stopAt(page, moment);
    // The page may stand still within the click: then it never answers.
    const clicked = act(page).catch(() => undefined);
    if (moment.method) await new Promise((resolve) => setTimeout(resolve, 700));
    else await Promise.race([clicked, new Promise((resolve) => setTimeout(resolve, 2_000))]).then(() => new Promise((resolve) => setTimeout(resolve, moment.after)));
  } finally {
    await dying.kill();
  }
  const next = await openBrowser(root, copy);
  try {
    const page = await next.page();
    await page.goto(shop.at(noon(0), '#/kept'));
    await page.getByRole('button', { name: 'Wipe everything' }).waitFor();
    return { before, after: await places(next.context, page) };
  } finally {
    await next.kill();
  }
}

/** See the head of this file. */
export async function allStored(root, { kills = true, shown = true } = {}) {
  const shop = await openShop(root, 'storage');
  const profile = profileOf(root, 'storage');
  let browser = await openBrowser(root, profile);
  try {
    const page = await visit(shop, browser);
    const memory = await taken(page);
    const found = await places(browser.context, page);
    const said = shown ? await allShown(root, shop, found, memory) : '';
    // A profile as it is with all of that in it, for the browsers that are killed.
    await browser.close();
    const full = `${profile}-full`;
    cpSync(profile, full, { recursive: true, verbatimSymlinks: true });

    browser = await openBrowser(root, profile);
    const last = await browser.page();
    for (const act of ['wipe', 'and after a reload']) {
      await last.goto(shop.at(noon(0), '#/kept'));
      const wipe = last.getByRole('button', { name: 'Wipe everything' });
      await wipe.waitFor();
      if (act === 'wipe') {
        await wipe.click();
        await last.getByText('Forgotten. Undo within 10 seconds.').waitFor();
      }
      const left = rowsOf(await places(browser.context, last));
      hold(same(left, ACTS.erasing.left()), `erased (${act}), there is more left than the choice: ${JSON.stringify(left).slice(0, 400)}`);
    }
    await browser.close();

    const ends = { whole: 0, erased: 0 };
    for (const [name, act] of kills ? Object.entries(ACTS) : []) {
      for (const moment of MOMENTS) {
        const { before, after } = await killed(root, shop, full, `${profile}-killed`, act, moment);
        const end = same(rowsOf(after), act.left(before)) ? 'erased' : same(rowsOf(after), rowsOf(before)) ? 'whole' : undefined;
        const counts = (state) => JSON.stringify(Object.fromEntries(Object.entries(rowsOf(state)).map(([place, rows]) => [place.split('/').pop(), rows.length])));
        hold(end, `killed while ${name} (${JSON.stringify(moment)}), a browser is left half-way: ${counts(before)} before, ${counts(after)} after`);
        ends[end] += 1;
      }
    }
    hold(!kills || (ends.whole > 1 && ends.erased > 1), `the kills met too few moments: ${JSON.stringify(ends)}`);
    return `${said}; erased, the choice alone is left${kills ? `; killed ${ends.whole + ends.erased} times while it erased, a browser had all of it ${ends.whole} times and nothing ${ends.erased} times` : ''}`;
  } finally {
    await browser.kill();
    await shop.close();
    rmSync(`${profile}-killed`, { recursive: true, force: true });
  }
}
