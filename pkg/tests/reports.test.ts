/** Reports over a real (if pretended) IndexedDB, in one tab and in two: one a week, listed before it goes, or not at all. */

import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createEngine } from '../dist/node.js';
import type { Engine, ReportPreview } from '../dist/node.js';
import { couponPackBytes, NOON } from './fixture.js';
import { aMinuteOn } from './waiting.js';

const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** The first noon of the week that ends with the fixture's. */
const MONDAY = NOON - 6 * DAY;
const pack = couponPackBytes();
const engines: Engine[] = [];
let now = NOON;
let sent: ReportPreview['body'][] = [];
let answer = 202;

async function open(): Promise<Engine> {
  const engine = await createEngine({ pack, language: 'en', now: () => now, storage: 'indexeddb', reports: 'https://shop.example/v1/reports' });
  engines.push(engine);
  return engine;
}

const look = (engine: Engine, item = 'tg-1') => engine.observe('view_item', { items: [{ item_id: item }] });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('fetch', (_: string, { body }: { body: string }) => {
    sent.push(JSON.parse(body) as ReportPreview['body']);
    return Promise.resolve(new Response('{}', { status: answer }));
  });
  [now, sent, answer] = [NOON, [], 202];
});
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.dispose()));
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A browser that remembers since last week. */
async function since(at = NOON): Promise<Engine> {
  now = at - WEEK;
  const engine = await open();
  await engine.consent.set('on');
  await look(engine);
  await engine.dispose();
  now = at;
  return open();
}

test('nothing leaves in the week in which memory was allowed, nor in that of a wipe', async () => {
  const engine = await open();
  await engine.consent.set('on');
  await look(engine);
  expect(engine.reports.preview()).toBeUndefined();
  await aMinuteOn();
  expect(sent).toEqual([]);
  const old = await since();
  await old.history.erase();
  await old.dispose();
  const again = await open();
  await look(again);
  await aMinuteOn();
  expect(sent).toEqual([]);
});

test('allowing, forbidding and allowing again makes no second report of a week', async () => {
  const engine = await since();
  await aMinuteOn();
  expect(sent).toHaveLength(1);
  for (const choice of ['session', 'on', 'off', 'on'] as const) await engine.consent.set(choice);
  await look(engine);
  await engine.dispose();
  await open();
  await aMinuteOn();
  expect(sent).toHaveLength(1);
});

test('one that was tried and then left out, or turned off and on again, is tried no more', async () => {
  answer = 503;
  for (const leave of [
    async (engine: Engine) => expect(await engine.reports.skip(), 'it may have left').toBe(false),
    async (engine: Engine) => {
      await engine.reports.set(false);
      await engine.reports.set(true);
    },
  ]) {
    vi.stubGlobal('indexedDB', new IDBFactory());
    sent = [];
    const engine = await since(MONDAY);
    await aMinuteOn();
    expect(sent).toHaveLength(1);
    await leave(engine);
    expect([engine.reports.ledger().length, engine.reports.budget().spent], 'it is spent').toEqual([1, 1]);
    await engine.dispose();
    now = MONDAY + 4 * DAY;
    const later = await open();
    await aMinuteOn();
    expect(sent).toHaveLength(1);
    await later.dispose();
  }
});

test('reports are off after a wipe until they are turned on, and begin the week after', async () => {
  const engine = await since();
  expect(engine.reports.state).toBe('on');
  await engine.history.erase();
  expect(engine.reports.state).toBe('off');
  await look(engine);
  now += WEEK;
  await engine.dispose();
  const again = await open();
  await look(again);
  await aMinuteOn();
  expect([again.reports.state, sent.length]).toEqual(['off', 0]);
  await again.reports.set(true);
  await again.dispose();
  const on = await open();
  await look(on);
  await aMinuteOn();
  expect([on.reports.state, sent.length], 'not this week').toEqual(['on', 0]);
  now += WEEK;
  await on.dispose();
  const next = await open();
  await look(next);
  await aMinuteOn();
  expect(sent).toHaveLength(1);
});

test('a wipe that is taken back leaves reports as they were, and turning them off stops what waits', async () => {
  const engine = await since();
  const { undo } = await engine.history.erase();
  await undo?.();
  expect(engine.reports.state).toBe('on');
  expect(engine.reports.preview()).toBeDefined();
  await engine.reports.set(false);
  expect([engine.reports.state, engine.reports.preview()]).toEqual(['off', undefined]);
  await aMinuteOn();
  expect(sent).toEqual([]);
});

test('where the browser asks for it by Global Privacy Control nothing is ever made', async () => {
  const engine = await since();
  vi.stubGlobal('navigator', { globalPrivacyControl: true });
  expect([engine.reports.state, engine.reports.preview()]).toEqual(['global_privacy_control', undefined]);
  await aMinuteOn();
  expect([sent, engine.reports.ledger()]).toEqual([[], []]);
});

test('what is left out is a report that would have gone; where none would, what was said holds all the same', async () => {
  const engine = await since();
  vi.stubGlobal('navigator', { globalPrivacyControl: true });
  expect(await engine.reports.skip(), 'the browser asks for none').toBe(false);
  vi.stubGlobal('navigator', {});
  expect(engine.reports.preview(), 'this week stays left out').toBeUndefined();
  expect(await engine.reports.skip(), 'it is left out already').toBe(false);
  await aMinuteOn();
  expect(sent).toEqual([]);

  vi.stubGlobal('indexedDB', new IDBFactory());
  expect(await (await open()).reports.skip(), 'nothing is kept').toBe(false);
});

test('what is shown is what goes, looking spends nothing, and the ledger lists it', async () => {
  const engine = await since();
  const shown = engine.reports.preview();
  expect(shown?.body).toEqual(engine.reports.preview()?.body);
  expect([engine.reports.ledger(), engine.reports.budget().spent]).toEqual([[], 0]);
  await aMinuteOn();
  expect(sent).toEqual([shown?.body]);
  expect(engine.reports.ledger()).toMatchObject([{ body: shown?.body, sent: NOON }]);
  expect(engine.reports.budget().spent).toBe(1);
  expect(engine.reports.preview(), 'it has gone').toBeUndefined();
  expect(await engine.reports.skip(), 'too late').toBe(false);
});

test('two tabs send one report, and both list it', async () => {
  const one = await since();
  const other = await open();
  await look(one, 'tg-1');
  await look(other, 'tg-2');
  await aMinuteOn();
  expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
  expect(new Set(sent.map((body) => body.answer)).size, 'the same bytes').toBe(1);
  expect(one.reports.ledger()).toEqual(other.reports.ledger());
  expect(one.reports.ledger()).toHaveLength(1);
});

test('what one tab leaves out the other does not send', async () => {
  const one = await since();
  const other = await open();
  expect(await one.reports.skip()).toBe(true);
  await aMinuteOn();
  expect(sent).toEqual([]);
  expect([one.reports.budget().spent, other.reports.ledger()]).toEqual([0, []]);
});

test('a report that was not accepted is listed as tried, has spent, and is sent again three days after it was last tried', async () => {
  answer = 503;
  const engine = await since(MONDAY);
  await aMinuteOn();
  expect(sent).toHaveLength(1);
  expect(engine.reports.ledger()).toMatchObject([{ tried: MONDAY }]);
  expect(engine.reports.budget().spent).toBe(1);
  await engine.dispose();
  for (const [days, times] of [
    [0, 1],
    [2.9, 1],
    [3, 2],
    [3.1, 2],
    [5.9, 2],
  ] as const) {
    now = MONDAY + days * DAY;
    const later = await open();
    await aMinuteOn();
    expect(sent, `${days} days later`).toHaveLength(times);
    await later.dispose();
  }
});
