/** What is kept in this browser and when, over a real (if pretended) IndexedDB. */

import { IDBDatabase, IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createEngine, IndexedDbStorage } from '../dist/node.js';
import type { Engine, EngineOptions, ShopEvent, StorageAdapter, StoredRecord, StoreName } from '../dist/node.js';
import { NOON, packBytes } from './fixture.js';
import { kept } from './kept.js';

const pack = packBytes();
const view: ShopEvent = { name: 'view_item', params: { items: [{ item_id: 'tg-1' }] } };
const engines: Engine[] = [];

async function open(options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = await createEngine({ pack, language: 'en', now: () => NOON, storage: 'indexeddb', ...options });
  engines.push(engine);
  return engine;
}

/** Closes the page: whatever it kept stays. */
async function leave(engine: Engine): Promise<void> {
  await engine.dispose();
}

async function write(store: StoreName, records: StoredRecord[]): Promise<void> {
  const storage = new IndexedDbStorage();
  await storage.put(store, records);
  storage.close();
}

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.dispose()));
  vi.unstubAllGlobals();
});

/** With the ledger it is gone what was spent, so no reports are made until the shopper turns them on: part of the choice. */
const noReports = { key: 'reports', value: 'off' };

describe('who has chosen', () => {
  test('is not asked again, whatever the answer was', async () => {
    for (const [choice, later] of [['on', true], ['off', true], ['session', false]] as const) {
      vi.stubGlobal('indexedDB', new IDBFactory());
      const engine = await open();
      expect(engine.consent.chosen).toBe(false);
      await engine.consent.set(choice);
      expect(engine.consent.chosen).toBe(true);
      await leave(engine);
      // A choice for one visit is not known on the next: nothing was written.
      const next = await open();
      expect(next.consent.chosen, choice).toBe(later);
      expect(next.consent.state).toBe(choice === 'on' ? 'on' : 'off');
    }
  });
});

describe('before a click', () => {
  test('not even a database is made, nor is one opened where the browser tells which there are', async () => {
    for (const tells of [true, false]) {
      const factory = new IDBFactory();
      const told = factory.databases.bind(factory);
      const opened = vi.spyOn(factory, 'open');
      if (!tells) Object.assign(factory, { databases: undefined });
      vi.stubGlobal('indexedDB', factory);
      const engine = await open();
      await engine.observe(view);
      engine.recommend({ surface: 'home' });
      expect(await told()).toEqual([]);
      expect(opened.mock.calls.length > 0, String(tells)).toBe(!tells);
      await engine.consent.set('on');
      expect((await told()).map(({ name }) => name)).toEqual(['windowshop']);
    }
  });

  test('a reminder is kept, and nothing else', async () => {
    const engine = await open();
    await engine.observe('reminder_on', { brand: 'mossling' });
    expect(await kept()).toEqual({ reminders: [{ key: 'mossling', value: { brand: 'mossling', since: NOON } }] });
    await leave(engine);
    expect((await open()).reminders()).toHaveLength(1);
  });
});

describe('with consent', () => {
  test('events are readable rows, and the next visit knows them', async () => {
    const engine = await open();
    await engine.consent.set('on');
    await engine.observe(view);
    const { events, choice } = await kept();
    expect(choice).toEqual([{ key: 'consent', value: 'on' }]);
    expect(events).toMatchObject([{ value: { name: 'view_item', at: NOON, items: [{ id: 'tg-1', brand: 'tideglass', price: 25_200 }] } }]);
    await leave(engine);
    const next = await open();
    expect(next.consent.state).toBe('on');
    expect(next.history.list()).toEqual([events?.[0]?.value]);
    expect(next.recommend({ surface: 'home', limit: 1 }).items[0]?.id).toBe('tg-1');
  });

  test('for this visit keeps nothing', async () => {
    const engine = await open();
    await engine.consent.set('session');
    await engine.observe(view);
    expect(engine.history.list()).toHaveLength(1);
    expect(await kept()).toEqual({});
    await engine.consent.set('on');
    expect((await kept()).events).toHaveLength(1);
  });

  test('off erases at once, and can be taken back', async () => {
    const engine = await open();
    await engine.consent.set('on');
    await engine.observe(view);
    await engine.observe('reminder_on', { brand: 'mossling' });
    const { undo } = await engine.consent.set('off');
    const choice = [{ key: 'consent', value: 'off' }, noReports];
    expect(Object.keys(await kept())).toEqual(['choice', 'reminders']);
    expect((await kept()).choice).toEqual(choice);
    expect(engine.history.list()).toEqual([]);
    expect(await undo?.()).toBe(true);
    expect(engine.consent.state).toBe('on');
    expect((await kept()).events).toHaveLength(1);
    expect(await undo?.(), 'there is one way back').toBe(false);
  });

  test('off is taken back within ten seconds, and says when it is too late', async () => {
    const engine = await open();
    await engine.consent.set('on');
    await engine.observe(view);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const before = Date.now();
      const { undo, until } = await engine.consent.set('off');
      expect(until).toBeGreaterThanOrEqual(before + 10_000);
      expect(until).toBeLessThanOrEqual(Date.now() + 10_000);
      vi.advanceTimersByTime(10_001);
      expect(await undo?.()).toBe(false);
      expect([engine.consent.state, engine.history.list()]).toEqual(['off', []]);
    } finally {
      vi.useRealTimers();
    }
    expect(await engine.consent.set('session'), 'nothing was erased').toEqual({});
  });

  test('erasing leaves the choice alone, and the way back ends after ten seconds', async () => {
    const engine = await open();
    await engine.consent.set('on');
    await engine.observe(view);
    await engine.observe('reminder_on', { brand: 'mossling' });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { undo } = await engine.history.erase();
      expect(await kept()).toEqual({ choice: [{ key: 'consent', value: 'on' }, noReports] });
      vi.advanceTimersByTime(10_001);
      expect(await undo()).toBe(false);
      expect(await kept()).toEqual({ choice: [{ key: 'consent', value: 'on' }, noReports] });
    } finally {
      vi.useRealTimers();
    }
  });

  test('turning off and erasing are one write each: a browser that ends half-way has all of it or nothing', async () => {
    for (const [what, left] of [
      [(engine: Engine) => engine.consent.set('off'), { choice: [{ key: 'consent', value: 'off' }, noReports], reminders: [{ key: 'mossling', value: { brand: 'mossling', since: NOON } }] }],
      [(engine: Engine) => engine.history.erase(), { choice: [{ key: 'consent', value: 'on' }, noReports] }],
    ] as const) {
      vi.stubGlobal('indexedDB', new IDBFactory());
      const engine = await open();
      await engine.consent.set('on');
      await engine.observe(view);
      await engine.observe('reminder_on', { brand: 'mossling' });
      const before = await kept();
      // The browser ends in the middle of the first write that follows; the second, if there is one, never comes.
      const begun = vi.spyOn(IDBDatabase.prototype, 'transaction');
      await what(engine);
      const writes = begun.mock.calls.filter(([, mode]) => mode === 'readwrite').length;
      begun.mockRestore();
      expect([writes, Object.keys(before)]).toEqual([1, ['choice', 'events', 'ledger', 'reminders']]);
      expect(await kept()).toEqual(left);
      // Another page's window, which hears nothing of this one's.
      await leave(engine);
    }
  });

  test('what is forgotten does not come back from a snapshot', async () => {
    const engine = await open();
    await engine.consent.set('on');
    await engine.observe(view);
    await engine.consent.set('session');
    await engine.consent.set('on'); // writes a snapshot that holds the event
    expect((await kept()).snapshot).toHaveLength(1);
    await engine.history.forget(engine.history.list().map(({ id }) => id));
    await leave(engine);
    expect((await open()).history.list()).toEqual([]);
  });
});

describe('what is damaged', () => {
  async function visited(): Promise<void> {
    const engine = await open();
    await engine.consent.set('on');
    await engine.observe(view);
    await leave(engine);
  }

  test('a corrupt snapshot is set aside and rebuilt from the log', async () => {
    await visited();
    const corrupt = new Uint8Array([1, 2, 3]);
    await write('snapshot', [{ key: 'current', value: corrupt }]);
    const engine = await open();
    expect(engine.history.list()).toHaveLength(1);
    expect(engine.storage).toEqual({ kind: 'indexeddb' });
    expect((await kept()).snapshot).toEqual([{ key: 'set-aside', value: corrupt }]);
  });

  test('a newer snapshot is left untouched and the engine runs from memory', async () => {
    await visited();
    const newer = Uint8Array.from([0x89, ...new TextEncoder().encode('WSSNAP\n'), 99, 0, 0, 0, ...new Array<number>(8).fill(0)]);
    await write('snapshot', [{ key: 'current', value: newer }]);
    const before = await kept();
    const engine = await open();
    expect(engine.storage).toMatchObject({ kind: 'memory', problem: expect.stringContaining('newer') as string });
    await engine.observe(view);
    expect(await kept()).toEqual(before);
  });

  test('a row that this engine cannot read stays, and the rest is used', async () => {
    await visited();
    await write('events', [{ key: '7-7', value: { name: 'from_the_future', at: NOON } }]);
    const engine = await open();
    expect(engine.history.list()).toHaveLength(1);
    expect((await kept()).events).toHaveLength(2);
  });

  test('a storage that fails leaves the shop running from memory', async () => {
    const failing: StorageAdapter = {
      kind: 'failing',
      all: () => Promise.resolve([]),
      put: () => Promise.reject(new Error('the disk is full')),
      remove: () => Promise.resolve(),
      replace: () => Promise.resolve(),
      close: () => undefined,
    };
    const engine = await open({ storage: failing });
    await engine.consent.set('on');
    await engine.observe(view);
    expect(engine.history.list()).toHaveLength(1);
    expect(engine.storage).toEqual({ kind: 'memory', problem: 'the disk is full' });
  });
});

describe('two tabs', () => {
  const settled = () => new Promise((resolve) => setTimeout(resolve, 50));

  test('append to one log and know of one another', async () => {
    const one = await open();
    await one.consent.set('on');
    const other = await open();
    await one.observe(view);
    await other.observe({ name: 'view_item', params: { items: [{ item_id: 'ar-1' }] } });
    await vi.waitFor(() => {
      expect(one.history.list()).toHaveLength(2);
      expect(other.history.list()).toEqual(one.history.list());
    });
    expect((await kept()).events).toHaveLength(2);
  });

  test('one switch turns remembering off in both', async () => {
    const one = await open();
    await one.consent.set('on');
    const other = await open();
    await other.observe(view);
    await settled();
    await one.consent.set('off');
    await vi.waitFor(() => expect(other.consent.state).toBe('off'));
    expect(other.history.list()).toEqual([]);
    expect(Object.keys(await kept())).toEqual(['choice']);
  });

  test('what one erases no other writes again: the secret is another one in each', async () => {
    const secret = async () => (await kept()).ledger?.find(({ key }) => key === 'seed')?.value;
    const erasures: [name: string, erase: (one: Engine) => Promise<unknown>][] = [
      ['wiped', (one) => one.history.erase()],
      ['off', (one) => one.consent.set('off')],
      ['for this visit', (one) => one.consent.set('session')],
    ];
    for (const [name, erase] of erasures) {
      vi.stubGlobal('indexedDB', new IDBFactory());
      const one = await open();
      await one.consent.set('on');
      const other = await open();
      await one.observe(view);
      await settled();
      const before = await secret();
      expect(before, name).toBeInstanceOf(Uint8Array);
      // As long as it is kept it is the same one in both, whatever else is changed.
      await one.observe({ name: 'reminder_on', params: { brand: 'mossling' } });
      await settled();
      await other.observe(view);
      expect(await secret(), name).toEqual(before);

      await erase(one);
      await settled();
      expect(await secret(), name).toBeUndefined();
      await other.consent.set('on');
      await other.observe(view);
      const after = await secret();
      expect(after, name).toBeInstanceOf(Uint8Array);
      expect(after, name).not.toEqual(before);
      await Promise.all([leave(one), leave(other)]);
    }
  });
});
