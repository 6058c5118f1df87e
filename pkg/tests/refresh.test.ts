/** The day's change: a page that stays open takes in deltas and the next pack, and keeps what it remembers. */

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createEngine } from '../dist/node.js';
import type { Engine, EngineOptions } from '../dist/node.js';
import { createSealedEngine } from '../dist/sealed.js';
import { couponPackBytes, folder, manifest, NOON, root, windowshop } from './fixture.js';
import { aMinuteOn } from './waiting.js';
import { SEALED, ThreadWorker } from './thread-worker.js';

const WEEK = 7 * 86_400_000;
const BASE = 'https://shop.example/v1/';
const wasm = readFileSync(join(root, 'pkg/dist/engine.wasm'));
const engines: { dispose(): Promise<void> }[] = [];
/** The folder as it is served in the morning, after one delta, after two, and with tomorrow's pack. */
const days = ['morning', 'noon', 'evening', 'tomorrow'].map((name) => join(root, 'target/fixture-days', name));
const [MORNING = '', NOONTIDE = '', EVENING = '', TOMORROW = ''] = days;
/** What is served now. */
let served = MORNING;
let asked: string[] = [];
/** Spoils or holds what is served, by its name. */
let change: (name: string, bytes: Buffer) => Buffer | Promise<Buffer> = (_, bytes) => bytes;

beforeAll(() => {
  rmSync(join(root, 'target/fixture-days'), { recursive: true, force: true });
  mkdirSync(join(root, 'target/fixture-days'), { recursive: true });
  const changes = join(root, 'target/fixture-days/changes.jsonl');
  cpSync(folder, MORNING, { recursive: true });
  cpSync(MORNING, NOONTIDE, { recursive: true });
  writeFileSync(changes, '{"item": "ar-1", "size": "S", "left": 2}\n{"item": "ar-1", "price": "150.00"}\n');
  windowshop('pack', 'delta', join(NOONTIDE, 'pack.json'), changes);
  cpSync(NOONTIDE, EVENING, { recursive: true });
  writeFileSync(changes, '{"item": "ar-1", "size": "S", "left": 0}\n{"sale": "tideglass-1120", "closes": "2026-11-22T11:00"}\n');
  windowshop('pack', 'delta', join(EVENING, 'pack.json'), changes);
  // Rows move: the first item is gone, and another has a name of tomorrow.
  const feed = join(root, 'target/fixture-days/feed');
  cpSync(join(root, 'tests/fixtures/feed-jsonl'), feed, { recursive: true });
  const [, ...items] = readFileSync(join(feed, 'items.jsonl'), 'utf8').trim().split('\n');
  writeFileSync(join(feed, 'items.jsonl'), `${items.join('\n').replace(/("id": "tg-1".*?"en": ")/, '$1Tomorrow’s ')}\n`);
  windowshop('pack', 'build', feed, '--out', TOMORROW);
});

beforeEach(() => {
  [served, asked, change] = [MORNING, [], (_, bytes) => bytes];
  vi.stubGlobal('Worker', ThreadWorker);
  vi.stubGlobal('indexedDB', new IDBFactory());
  ThreadWorker.tried = SEALED;
  vi.stubGlobal('fetch', async (url: URL | string) => {
    const name = String(url).replace(BASE, '');
    asked.push(name);
    if (!readdirSync(served).includes(name)) return new Response('', { status: 404 });
    return new Response(new Uint8Array(await change(name, readFileSync(join(served, name)))));
  });
});
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.dispose()));
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function open(options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = await createEngine({ pack: `${BASE}pack.json`, language: 'en', now: () => NOON, consent: 'session', strict: true, ...options });
  engines.push(engine);
  return engine;
}

const stock = (engine: Engine) => engine.catalogue.item('ar-1')?.sizes.find(({ size }) => size === 'S')?.stock;

test('where nothing has changed nothing but the manifest is asked for, and nobody is told', async () => {
  const engine = await open();
  asked = [];
  let heard = 0;
  engine.subscribe(() => heard++);
  expect(await engine.refresh()).toBe(false);
  expect([asked, heard]).toEqual([['pack.json'], 0]);
});

test('deltas are applied in place, each once, and what was read before follows', async () => {
  const engine = await open();
  const { catalogue } = engine;
  expect([stock(engine), catalogue.sale('tideglass-1120')?.state]).toEqual([3, 'open']);
  let heard = 0;
  engine.subscribe(() => heard++);
  served = NOONTIDE;
  asked = [];
  expect(await engine.refresh()).toBe(true);
  expect([stock(engine), catalogue.item('ar-1')?.price, heard]).toEqual([2, 15_000, 1]);
  expect(engine.price([{ item: 'ar-1', size: 'S', quantity: 3 }])).toMatchObject({ total: 30_000, lines: [{ available: 2 }] });
  expect(asked).toEqual(['pack.json', manifest(NOONTIDE).deltas[0]?.url]);
  served = EVENING;
  asked = [];
  expect(await engine.refresh()).toBe(true);
  expect([stock(engine), catalogue.sale('tideglass-1120')?.state, engine.state]).toEqual([0, 'ended', manifest(EVENING).deltas[1]?.to]);
  expect(asked).toEqual(['pack.json', manifest(EVENING).deltas[1]?.url]);
  expect(await engine.refresh()).toBe(false);
});

test('a page that was away for both deltas ends where one that just came begins', async () => {
  const engine = await open();
  served = EVENING;
  expect(await engine.refresh()).toBe(true);
  const fresh = await open();
  expect([engine.state, engine.catalogue.sales(), engine.catalogue.itemsOf('anselm-row-1122')]).toEqual([fresh.state, fresh.catalogue.sales(), fresh.catalogue.itemsOf('anselm-row-1122')]);
});

test('another pack is taken with all that is remembered, the account and the language', async () => {
  const engine = await open({ language: 'zh' });
  await engine.observe('view_item', { items: [{ item_id: 'tg-1' }] });
  await engine.observe('view_item', { items: [{ item_id: 'ar-1' }] });
  await engine.observe('favourite_on', { items: [{ item_id: 'ar-3' }] });
  await engine.observe('purchase', { transaction_id: 'T-1', items: [{ item_id: 'ar-2' }] });
  await engine.observe('reminder_on', { brand: 'mossling' });
  engine.setAccount({ id: 'a', asOf: NOON, orders: [{ id: 'T-2', at: NOON - WEEK, value: 500 }] });
  const before = [engine.history.export(), engine.customer(), engine.favourites()];
  served = TOMORROW;
  expect(await engine.refresh()).toBe(true);
  expect([engine.history.export(), engine.customer(), engine.favourites()]).toEqual(before);
  expect([engine.consent.state, engine.language, engine.state]).toEqual(['session', 'zh', manifest(TOMORROW).state]);
  // Rows have moved, and every name is still its own.
  served = TOMORROW;
  const fresh = await open({ language: 'zh' });
  expect([engine.catalogue.item('ar-1'), engine.catalogue.sales(), engine.catalogue.brands()]).toEqual([undefined, fresh.catalogue.sales(), fresh.catalogue.brands()]);
  expect(engine.catalogue.item('tg-1')).toEqual(fresh.catalogue.item('tg-1'));
  expect(engine.recommend({ surface: 'home' }).personal).toBe(true);
  // What is told from here on is an event of its own, also where an earlier one was forgotten.
  const [last] = engine.history.list();
  await engine.history.forget([last?.id ?? '']);
  await engine.observe('view_item', { items: [{ item_id: 'ml-1' }] });
  const ids = engine.history.list().map(({ id }) => id);
  expect([new Set(ids).size, ids.includes(last?.id ?? '')]).toEqual([ids.length, false]);
});

test('what is kept, and the ledger, go on across packs and visits', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let now = NOON - WEEK;
  served = join(root, 'target/fixture-coupon-pack');
  const kept = { storage: 'indexeddb', reports: `${BASE}reports`, consent: undefined, now: () => now } as const;
  const first = await open(kept);
  await first.consent.set('on');
  await first.observe('view_item', { items: [{ item_id: 'tg-1' }] });
  await first.dispose();
  now = NOON;
  const engine = await open(kept);
  await aMinuteOn();
  const [made] = engine.reports.ledger();
  const { spent } = engine.reports.budget();
  expect([made?.tried, spent > 0]).toEqual([NOON, true]);
  served = join(root, 'target/fixture-survey-pack');
  expect(await engine.refresh()).toBe(true);
  expect(engine.reports.ledger()).toMatchObject([{ question: made?.question, week: made?.week, tried: NOON, body: made?.body }]);
  expect(engine.reports.budget().spent).toBe(spent);
  expect(engine.reports.preview()?.body, 'the week has its report, and no other').toEqual(made?.body);
  await engine.observe('view_item', { items: [{ item_id: 'ar-3' }] });
  await engine.dispose();
  const next = await open(kept);
  expect(next.history.list().map(({ items }) => items[0]?.id)).toEqual(['ar-3', 'tg-1']);
  expect(next.reports.ledger()[0]?.body).toEqual(made?.body);
});

test('with consent off nothing is carried over but reminders', async () => {
  const engine = await open({ consent: 'off' });
  await engine.observe('view_item', { items: [{ item_id: 'tg-1' }] });
  await engine.observe('reminder_on', { brand: 'mossling' });
  served = TOMORROW;
  expect(await engine.refresh()).toBe(true);
  expect([engine.consent.state, engine.history.list(), engine.reminders().map(({ brand }) => brand)]).toEqual(['off', [], ['mossling']]);
});

test('two calls at once take what is new once', async () => {
  const engine = await open();
  let heard = 0;
  engine.subscribe(() => heard++);
  served = EVENING;
  expect(await Promise.all([engine.refresh(), engine.refresh()])).toEqual([true, true]);
  expect([stock(engine), heard]).toEqual([0, 1]);
});

test('what cannot be had or taken is said, and the engine goes on as it was', async () => {
  const engine = await open();
  await engine.observe('view_item', { items: [{ item_id: 'tg-1' }] });
  const before = [engine.state, engine.catalogue.sales(), engine.history.list()];
  served = TOMORROW;
  for (const [name, code] of [['pack.json', 'pack_load'], [manifest(TOMORROW).pack.url, 'pack_load'], [manifest(TOMORROW).text['en']!.url, 'text_load']] as const) {
    change = (asked, bytes) => (asked === name ? Buffer.from('<!doctype html>') : bytes);
    await expect(engine.refresh(), name).rejects.toMatchObject({ name: 'LoadError', code });
    expect([engine.state, engine.catalogue.sales(), engine.history.list()]).toEqual(before);
  }
  change = (_, bytes) => bytes;
  expect(await engine.refresh()).toBe(true);
});

test('an engine that is disposed of meanwhile takes nothing in', async () => {
  const engine = await open();
  served = TOMORROW;
  let go: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (go = resolve));
  change = async (name, bytes) => (name === 'pack.json' ? bytes : held.then(() => bytes));
  const refreshing = engine.refresh();
  await engine.dispose();
  go();
  await expect(refreshing).rejects.toMatchObject({ code: 'disposed' });
});

test('an engine of bytes has nowhere to look', async () => {
  const engine = await open({ pack: couponPackBytes() });
  expect([await engine.refresh(), asked]).toEqual([false, []]);
});

test('deltas that are handed over are applied as fetched ones are', async () => {
  const { pack, deltas } = manifest(EVENING);
  const read = (name: string) => readFileSync(join(EVENING, name));
  const bytes = read(pack.url);
  const files = deltas.map(({ url }) => read(url));
  const engine = await open({ pack: { bytes, deltas: files } });
  served = EVENING;
  expect([engine.state, stock(engine)]).toEqual([(await open()).state, 0]);
  await expect(open({ pack: { bytes, deltas: files.toReversed() } })).rejects.toMatchObject({ name: 'LoadError', code: 'delta_out_of_step' });
  await expect(open({ pack: { bytes, deltas: [new Uint8Array(9)] } })).rejects.toMatchObject({ name: 'LoadError', code: 'delta_refused' });
  await expect(open({ pack: { bytes, deltas: 'none' as never } })).rejects.toMatchObject({ code: 'request_invalid', message: expect.stringContaining("'pack.deltas' must be a list") as unknown });
  expect((await open({ pack: { bytes, deltas: null as never } })).state).toBe(manifest(MORNING).state);
});

test('a manifest that says null for its deltas has none', async () => {
  change = (name, bytes) => (name === 'pack.json' ? Buffer.from(JSON.stringify({ ...manifest(MORNING), deltas: null })) : bytes);
  expect((await open()).state).toBe(manifest(MORNING).state);
});

test('the sealed worker takes in what the page fetches for it', async () => {
  const engine = await createSealedEngine({ pack: `${BASE}pack.json`, wasm, language: 'en', now: () => NOON, consent: 'session', storage: 'memory' });
  engines.push(engine);
  await engine.observe('view_item', { items: [{ item_id: 'tg-1' }] });
  expect(await engine.refresh()).toBe(false);
  served = EVENING;
  expect([await engine.refresh(), engine.state]).toEqual([true, manifest(EVENING).deltas[1]?.to]);
  served = TOMORROW;
  expect([await engine.refresh(), engine.state]).toEqual([true, manifest(TOMORROW).state]);
  expect((await engine.catalogue.item('tg-1'))?.name).toMatch(/^Tomorrow’s /);
  expect((await engine.history.list()).map(({ name }) => name)).toEqual(['view_item']);
});
