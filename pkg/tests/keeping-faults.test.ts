/** What is kept when something goes wrong on the way: writes that fail, rows that cannot be read, tabs that meet. */

import { IDBFactory, IDBTransaction } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createEngine, IndexedDbStorage } from '../dist/node.js';
import type { Engine, EngineOptions, ShopEvent, StorageAdapter, StoredRecord } from '../dist/node.js';
import { NOON, packBytes } from './fixture.js';
import { kept } from './kept.js';

const pack = packBytes();
const look = (item_id: string): ShopEvent => ({ name: 'view_item', params: { items: [{ item_id }] } });
const view = look('tg-1');
const remind: ShopEvent = { name: 'reminder_on', params: { brand: 'tideglass' } };
const engines: Engine[] = [];

async function open(options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = await createEngine({ pack, language: 'en', now: () => NOON, storage: 'indexeddb', ...options });
  engines.push(engine);
  return engine;
}

/** How many records each store has that is not empty. */
const sizes = async () => Object.fromEntries(Object.entries(await kept()).map(([store, records]) => [store, records.length]));

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.dispose()));
  vi.unstubAllGlobals();
});

/** The browser's own storage, of which the next write fails where `state.full` is set. */
function faulty(state: { full: boolean }): StorageAdapter {
  const inner = new IndexedDbStorage();
  const room = () => {
    if (!state.full) return;
    state.full = false;
    throw new Error('the disk is full');
  };
  return {
    kind: 'indexeddb',
    all: (store) => inner.all(store),
    put: async (store, records) => (room(), inner.put(store, records)),
    remove: async (store, keys) => (room(), inner.remove(store, keys)),
    replace: async (cleared, store, records) => (room(), inner.replace(cleared, store, records)),
    close: () => inner.close(),
  };
}

describe('a write that fails', () => {
  test('keeps neither Off nor a wipe from reaching the browser', async () => {
    const state = { full: false };
    const engine = await open({ storage: faulty(state) });
    await engine.consent.set('on');
    await engine.observe(view);
    await engine.observe(remind);
    state.full = true;
    await engine.observe(look('ar-1'));
    expect(engine.storage).toEqual({ kind: 'memory', problem: 'the disk is full' });
    expect(engine.history.list()).toHaveLength(2);
    await engine.history.erase();
    expect(await sizes()).toEqual({ choice: 2 });
    await engine.observe(view);
    await engine.consent.set('off');
    expect(await sizes()).toEqual({ choice: 2 });
    const next = await open();
    expect([next.consent.state, next.history.list(), next.reminders()]).toEqual(['off', [], []]);
  });
});

test('what one write left out is written with the next, and what storage is in use is told as it is then', async () => {
  const state = { full: false };
  const engine = await open({ storage: faulty(state) });
  await engine.consent.set('on');
  await engine.observe(view);
  state.full = true;
  await engine.observe(look('ar-1'));
  expect([engine.storage, (await kept()).events?.length]).toEqual([{ kind: 'memory', problem: 'the disk is full' }, 1]);
  await engine.observe(look('tg-2'));
  expect([engine.storage, (await kept()).events?.length]).toEqual([{ kind: 'indexeddb' }, 3]);
  state.full = true;
  await engine.observe({ name: 'reminder_on', params: { brand: 'mossling' } });
  await engine.observe({ name: 'reminder_on', params: { brand: 'tideglass' } });
  expect([engine.storage, (await kept()).reminders?.length, (await kept()).events?.length]).toEqual([{ kind: 'indexeddb' }, 2, engine.history.list().length]);
});

test('site data that is cleared under an open page stays cleared until the shopper chooses again', async () => {
  const engine = await open();
  await engine.consent.set('on');
  await engine.observe(view);
  await new Promise((done, failed) => Object.assign(indexedDB.deleteDatabase('windowshop'), { onsuccess: done, onerror: failed }));
  await engine.observe(look('ar-1'));
  await engine.observe(remind);
  await engine.history.erase();
  await engine.observe(look('tg-2'));
  expect([engine.history.list().length, await indexedDB.databases()]).toEqual([1, []]);
  await engine.consent.set('on');
  await engine.observe(look('ar-2'));
  const { choice, events } = await kept();
  expect([choice?.[0], events?.length]).toEqual([{ key: 'consent', value: 'on' }, 1]);
});

describe('a ledger that cannot be read', () => {
  test('stays as it is, ends reports, and keeps nothing else from working', async () => {
    const engine = await open({ reports: 'https://shop.example/v1/reports' });
    await engine.consent.set('on');
    await engine.observe(view);
    await engine.dispose();
    const storage = new IndexedDbStorage();
    const newer = Uint8Array.from([99, 1, 2, 3]);
    await storage.put('ledger', [{ key: 'ledger', value: newer }]);
    const next = await open({ reports: 'https://shop.example/v1/reports' });
    expect([next.storage, next.reports.state, next.history.list().length]).toEqual([{ kind: 'indexeddb' }, 'off', 1]);
    await next.observe(look('ar-1'));
    await next.reports.set(true);
    const row = (await storage.all('ledger')).find(({ key }: StoredRecord) => key === 'ledger');
    expect(row?.value).toEqual(newer);
    expect((await kept()).events).toHaveLength(2);
    await next.consent.set('off');
    expect(Object.keys(await kept())).toEqual(['choice']);
    storage.close();
  });
});

describe('a choice that the page states', () => {
  const visited = async () => {
    const engine = await open();
    await engine.consent.set('on');
    await engine.observe(view);
    await engine.dispose();
  };

  test.each(['off', 'session'] as const)('as %s, and then Off, leaves nothing of what was kept', async (consent) => {
    await visited();
    const engine = await open({ consent });
    expect((await kept()).events).toHaveLength(1);
    await engine.consent.set('off');
    expect(Object.keys(await kept())).toEqual(['choice']);
    await engine.consent.set('on');
    const next = await open();
    expect(next.history.list()).toEqual([]);
  });

  test('as on is kept once the shopper says so too', async () => {
    const engine = await open({ consent: 'on' });
    await engine.consent.set('on');
    await engine.observe(view);
    await engine.dispose();
    const next = await open();
    expect([next.consent.state, next.consent.chosen, next.history.list().length]).toEqual(['on', true, 1]);
  });
});

describe('two tabs', () => {
  const settled = () => new Promise((resolve) => setTimeout(resolve, 50));

  test('a reminder in one that is off leaves the visit of another alone', async () => {
    const visit = await open();
    await visit.consent.set('session');
    await visit.observe(view);
    const other = await open();
    expect(other.consent.state).toBe('off');
    await other.observe(remind);
    await vi.waitFor(() => expect(visit.reminders()).toHaveLength(1));
    expect([visit.consent.state, visit.consent.chosen, visit.history.list().length]).toEqual(['session', true, 1]);
  });

  test('Off in one leaves nothing of what the other writes meanwhile', async () => {
    const one = await open();
    await one.consent.set('on');
    const other = await open();
    const looks = Array.from({ length: 30 }, () => other.observe(view));
    await one.consent.set('off');
    await Promise.all([...looks, ...Array.from({ length: 30 }, () => other.observe(view))]);
    await vi.waitFor(() => expect(other.consent.state).toBe('off'));
    await settled();
    expect(Object.keys(await kept())).toEqual(['choice']);
  });

  test('Off in one while another starts is heard there', async () => {
    const one = await open();
    await one.consent.set('on');
    await one.observe(view);
    const starting = open();
    await one.consent.set('off');
    const other = await starting;
    await vi.waitFor(() => expect([other.consent.state, other.history.list()]).toEqual(['off', []]));
  });

  test('what is looked at while another’s change is read is not lost, nor are reminders', async () => {
    const one = await open();
    await one.consent.set('on');
    await one.observe(remind);
    for (let count = 0; count < 5; count++) await one.observe(view);
    const other = await open();
    for (let round = 0; round < 10; round++) {
      void other.history.forget([]);
      for (let step = 0; step < 4; step++) {
        await one.observe(view);
        await Promise.resolve();
      }
    }
    await one.observe({ name: 'reminder_on', params: { brand: 'mossling' } });
    await settled();
    expect((await kept()).events).toHaveLength(45);
    expect([one.history.list().length, one.reminders().length]).toEqual([45, 2]);
    await vi.waitFor(() => expect([other.history.list().length, other.reminders().length]).toEqual([45, 2]));
  });
});

describe('a change in one tab', () => {
  const settled = (milliseconds = 150) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const wish = (item_id: string): ShopEvent => ({ name: 'add_to_wishlist', params: { items: [{ item_id }] } });
  const both = async (): Promise<[Engine, Engine]> => {
    const [one, other] = [await open(), await open()];
    await one.consent.set('on');
    await vi.waitFor(() => expect(other.consent.state).toBe('on'));
    for (let count = 0; count < 30; count++) await one.observe(view);
    await settled(50);
    return [one, other];
  };

  test('that is read in several turns leaves what happens meanwhile in the other, where it is kept and where it is shown', async () => {
    const [one, other] = await both();
    for (let round = 0; round < 8; round++) {
      await other.history.import(other.history.export());
      void other.history.forget([]);
      void other.history.forget([]);
      await settled(round);
      const [made, gone] = [wish(`w-${round}`), wish(`g-${round}`)];
      await Promise.all([one.observe(made), one.observe(gone)]);
      const ids = one.history.list().flatMap(({ id, items }) => (items[0]?.id === `g-${round}` ? [id] : []));
      expect(await one.history.forget(ids)).toBe(1);
      await settled(50);
    }
    const wished = Array.from({ length: 8 }, (_, round) => `w-${round}`);
    await vi.waitFor(() => expect([one.favourites(), other.favourites()]).toEqual([wished, wished]));
    expect((await kept()).events).toHaveLength(38);
  });
});

test('who chooses for this visit in one tab leaves the other its own visit, and both agree once it is kept again', async () => {
  const [one, other] = [await open(), await open()];
  await one.consent.set('on');
  await vi.waitFor(() => expect(other.consent.state).toBe('on'));
  await one.observe(view);
  await vi.waitFor(() => expect(other.history.list()).toHaveLength(1));
  await one.consent.set('session');
  await vi.waitFor(() => expect(other.consent.state).toBe('session'));
  expect([one.history.list().length, other.history.list().length, Object.keys(await kept())]).toEqual([1, 1, ['choice']]);
  await one.observe(look('ar-1'));
  await other.observe(look('tg-2'));
  expect([one.history.list().length, other.history.list().length, Object.keys(await kept())]).toEqual([2, 2, ['choice']]);
  await one.consent.set('on');
  await vi.waitFor(() => expect([one.history.list().length, other.history.list().length]).toEqual([3, 3]));
  expect(other.history.list()).toEqual(one.history.list());
  expect((await kept()).events).toHaveLength(3);
});

test.each(['erase', 'off'] as const)('the way back from %s leads there also while another tab’s change is heard', async (what) => {
  const [one, other] = [await open(), await open()];
  await one.consent.set('on');
  await vi.waitFor(() => expect(other.consent.state).toBe('on'));
  for (let turn = 0; turn < 12; turn++) {
    await one.observe(view);
    const before = one.history.list();
    const { undo } = await (what === 'off' ? one.consent.set('off') : one.history.erase());
    await vi.waitFor(() => expect([other.consent.state, other.history.list()]).toEqual([one.consent.state, []]));
    for (let count = 0; count < 3; count++) void other.observe({ name: count % 2 ? 'reminder_off' : 'reminder_on', params: { brand: 'mossling' } });
    await new Promise((resolve) => setTimeout(resolve, turn / 2));
    expect(await undo?.()).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const ids = new Set(one.history.list().map(({ id }) => id));
    expect(before.filter(({ id }) => !ids.has(id)), String(turn)).toEqual([]);
  }
});

describe('an engine that is gone', () => {
  test('writes nothing more, whatever it is asked', async () => {
    const engine = await open();
    await engine.consent.set('on');
    await engine.observe(view);
    await engine.dispose();
    for (const late of [() => engine.consent.set('on'), () => engine.consent.set('off'), () => engine.history.erase()]) {
      await expect(late()).rejects.toMatchObject({ code: 'disposed' });
    }
    expect((await kept()).events).toHaveLength(1);
  });

  test('lets go of everything where its start is called off while storage is read', async () => {
    const controller = new AbortController();
    const inner = new IndexedDbStorage();
    const close = vi.fn(() => inner.close());
    const storage: StorageAdapter = {
      kind: 'slow',
      all: async (store) => (controller.abort(new Error('the page was left')), inner.all(store)),
      put: (store, records) => inner.put(store, records),
      remove: (store, keys) => inner.remove(store, keys),
      replace: (cleared, store, records) => inner.replace(cleared, store, records),
      close,
    };
    await expect(open({ storage, signal: controller.signal })).rejects.toThrow('the page was left');
    // At once, whatever storage is at; it is let go of as soon as that allows.
    await vi.waitFor(() => expect(close).toHaveBeenCalled());
  });
});

test('who subscribes again while it is told is told once', async () => {
  const engine = await open();
  let told = 0;
  let off = () => {};
  const again = () => {
    told++;
    off();
    if (told < 50) off = engine.subscribe(again);
  };
  off = engine.subscribe(again);
  await engine.consent.set('session');
  expect(told).toBeLessThan(5);
});

test('who subscribes twice is told twice, and each way to stop ends its own', async () => {
  const engine = await open();
  let told = 0;
  const listener = () => void told++;
  const [first, second] = [engine.subscribe(listener), engine.subscribe(listener)];
  await engine.consent.set('session');
  expect(told).toBe(2);
  first();
  first();
  await engine.observe(view);
  expect(told).toBe(3);
  second();
  await engine.observe(view);
  expect(told).toBe(3);
});

test('a start that waits for a storage that never answers is called off', async () => {
  vi.stubGlobal('indexedDB', Object.assign(new IDBFactory(), { databases: () => new Promise(() => undefined) }));
  const controller = new AbortController();
  const starting = open({ signal: controller.signal });
  await new Promise((resolve) => setTimeout(resolve, 50));
  const reason = new Error('the page was left');
  controller.abort(reason);
  await expect(starting).rejects.toBe(reason);
});

describe('a browser that refuses news between tabs', () => {
  const refused = class {
    constructor() {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    }
  };

  test.each([
    ['as Firefox does with cookies blocked', refused],
    ['having none', undefined],
  ])('%s, has its engine, and what is kept', async (_, channel) => {
    vi.stubGlobal('BroadcastChannel', channel);
    const engine = await open();
    await engine.consent.set('on');
    await engine.observe(view);
    expect(engine.storage).toEqual({ kind: 'indexeddb' });
    await engine.dispose();
    expect((await open()).history.list()).toHaveLength(1);
  });

  test('and storage too, is told so', async () => {
    vi.stubGlobal('BroadcastChannel', refused);
    const insecure = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    vi.stubGlobal('indexedDB', { databases: insecure, open: insecure });
    const engine = await open();
    expect(engine.storage).toEqual({ kind: 'memory', problem: expect.stringContaining('insecure') as string });
    await engine.consent.set('session');
    await engine.observe(view);
    expect(engine.history.list()).toHaveLength(1);
  });
});

test('what is written is handed over whole at once, so that a page may be left then', async () => {
  const engine = await open();
  await engine.consent.set('on');
  // A browser ends a transaction by itself only after it has looked whether anything more is asked for.
  const done = vi.spyOn(IDBTransaction.prototype, 'commit');
  await engine.observe(view);
  expect((done.mock.contexts as IDBTransaction[]).filter(({ mode }) => mode === 'readwrite').length).toBeGreaterThan(0);
  done.mockRestore();
});

describe('engines over databases of other names', () => {
  test('know nothing of one another', async () => {
    const [a, b] = [await open({ storage: new IndexedDbStorage('shop-a') }), await open({ storage: new IndexedDbStorage('shop-b') })];
    await a.consent.set('on');
    await a.observe(view);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([b.consent.state, b.history.list()]).toEqual(['off', []]);
    await b.consent.set('off');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([a.consent.state, a.history.list().length]).toEqual(['on', 1]);
  });
});

describe('an engine that is disposed of at once', () => {
  test('keeps what it was told, and tells other tabs', async () => {
    const engine = await open();
    await engine.consent.set('on');
    const looks = Array.from({ length: 20 }, () => engine.observe(view));
    await engine.dispose();
    await Promise.all(looks);
    expect((await kept()).events).toHaveLength(20);
    const [one, other] = [await open(), await open()];
    void one.consent.set('off');
    await one.dispose();
    await vi.waitFor(() => expect([other.consent.state, other.history.list()]).toEqual(['off', []]));
    expect(Object.keys(await kept())).toEqual(['choice']);
  });
});
