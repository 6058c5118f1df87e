/** What is too old is gone from the stores themselves, and not from the list alone, under a clock that is turned on. */

import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createEngine } from '../dist/node.js';
import type { Engine, StoredRecord, StoreName } from '../dist/node.js';
import { couponPackBytes, NOON } from './fixture.js';
import { kept } from './kept.js';
import { aMinuteOn } from './waiting.js';

const DAY = 86_400_000;
const pack = couponPackBytes();
const engines: Engine[] = [];
let now = NOON;

async function open(): Promise<Engine> {
  const engine = await createEngine({ pack, language: 'en', now: () => now, storage: 'indexeddb', reports: 'https://shop.example/v1/reports' });
  engines.push(engine);
  return engine;
}

const leave = () => Promise.all(engines.splice(0).map((engine) => engine.dispose()));

/** The shop is opened for a moment, so many days after the first visit. */
async function opened(days: number): Promise<void> {
  now = NOON + days * DAY;
  await open();
  await leave();
}

const stored = async (store: StoreName): Promise<StoredRecord[]> => (await kept())[store] ?? [];

/** The events that are stored, by name and how often. */
async function names(): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const { value } of await stored('events')) {
    const { name } = value as { name: string };
    found[name] = (found[name] ?? 0) + 1;
  }
  return found;
}

/** Whether any stored byte, in whatever store, is of an item. */
async function mentions(item: string): Promise<string[]> {
  const text = ({ key, value }: StoredRecord) => key + (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : JSON.stringify(value));
  const stores = Object.entries(await kept()).filter(([, records]) => records.map(text).join().includes(item));
  return stores.map(([store]) => store);
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}', { status: 202 })));
  now = NOON;
});
afterEach(async () => {
  await leave();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Two hundred looks at one item, which make a snapshot, an order of another, a reminder, and a week later a report. */
async function visited(): Promise<void> {
  const engine = await open();
  await engine.consent.set('on');
  for (let look = 0; look < 200; look++) await engine.observe('view_item', { items: [{ item_id: 'tg-1' }] });
  await engine.observe('purchase', { transaction_id: 'order-1', items: [{ item_id: 'ar-3', quantity: 1 }] });
  await engine.observe('reminder_on', { brand: 'mossling' });
  await leave();
  now = NOON + 7 * DAY;
  await open();
  await aMinuteOn();
  await leave();
}

test('events go after 90 days and orders after three years, from every store', async () => {
  await visited();
  const events = await names();
  expect(events).toMatchObject({ view_item: 200, purchase: 1 });
  expect(await mentions('tg-1')).toEqual(['events', 'snapshot']);

  await opened(89.9);
  expect(await names(), 'not before their time').toEqual(events);
  await opened(90.1);
  expect(await names()).toEqual({ purchase: 1 });
  expect(await mentions('tg-1'), 'neither in the log nor in the snapshot').toEqual([]);

  await opened(1_095);
  expect(await mentions('ar-3')).toEqual(['events']);
  await opened(1_096.1);
  expect([await names(), await mentions('ar-3')]).toEqual([{}, []]);
});

test('what is too old goes from a page that is never closed, with the next thing that happens', async () => {
  await visited();
  const engine = await open();
  now = NOON + 91 * DAY;
  await engine.observe('view_item', { items: [{ item_id: 'ar-1' }] });
  expect(await names()).toEqual({ purchase: 1, view_item: 1 });
  expect(await mentions('tg-1')).toEqual([]);
});

test('reminders and what was reported stay until they are taken back or erased: no clock makes the ledger forget what was spent', async () => {
  await visited();
  const [ledger] = (await stored('ledger')).filter(({ key }) => key === 'ledger');
  await opened(2_000);
  expect((await stored('ledger')).filter(({ key }) => key === 'ledger')).toEqual([ledger]);
  expect(await stored('reminders')).toHaveLength(1);
  const engine = await open();
  expect(engine.reports.ledger()).toHaveLength(1);
  expect(engine.reports.budget().spent, 'of the last 90 days').toBe(0);
  await engine.history.erase();
  expect([await stored('ledger'), await stored('reminders')]).toEqual([[], []]);
});

test('a clock that goes back, and on again, loses nothing that was within its time', async () => {
  await visited();
  const before = await names();
  await opened(-400);
  await opened(30);
  expect(await names()).toEqual(before);
});
