import type { ShopEvent, StorageAdapter, StoredRecord, StoreName } from 'windowshop';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TODAY } from '../../dev/fixture';
import { servePage } from '../../dev/served';
import { createEngine } from '../../dev/engine';
import * as clock from '../clock';
import { Shop } from '../shop';
import { emptyOther } from './engine';

/** What stands in each database, by its name; one that is not here does not exist. */
let databases: Record<string, Partial<Record<StoreName, StoredRecord[]>>> = {};

vi.mock('windowshop/early', () => ({
  IndexedDbStorage: class implements Partial<StorageAdapter> {
    #name: string;
    constructor(name = 'windowshop') {
      this.#name = name;
    }
    async all(store: StoreName) {
      return databases[this.#name]?.[store] ?? [];
    }
    async replace(stores: StoreName[], store: StoreName, records: StoredRecord[]) {
      if (records.length > 0) databases[this.#name] ??= {};
      const database = databases[this.#name];
      if (!database) return;
      for (const cleared of stores) database[cleared] = [];
      database[store] = [...(database[store] ?? []), ...records];
    }
    close() {}
  },
}));

beforeEach(() => {
  clock.set(TODAY + 2.5 * 3_600_000);
  servePage();
});

afterEach(() => vi.unstubAllGlobals());

async function tab(empty?: (off: boolean) => Promise<void>): Promise<Shop> {
  const shop = new Shop('en', (language) => createEngine({ pack: '', language, now: clock.now }), empty);
  await shop.start();
  return shop;
}

const view: ShopEvent = { name: 'view_item', params: { items: [{ item_id: 's61-3' }] } };

/** Says a word as a tab under the other clock does: these tests' own clock is a set one. */
function sayElsewhere(word: unknown): void {
  const channel = new BroadcastChannel('windowshop-answer');
  channel.postMessage({ word, apart: false });
  channel.close();
}

describe('an answer given in one tab', () => {
  it.each(['on', 'session', 'off'] as const)('closes the question in the others: %s', async (answer) => {
    const [a, b] = [await tab(), await tab()];
    await a.setConsent(answer);
    await vi.waitFor(() => expect([b.chosen, b.consent]).toEqual([true, answer]));
  });

  it('lets the bag of every tab be remembered', async () => {
    const [a, b] = [await tab(), await tab()];
    b.basket.put(b.shelves!.item('s61-3')!);
    await a.setConsent('on');
    await vi.waitFor(() => expect(b.history().map(({ name }) => name)).toEqual(['add_to_cart']));
    expect(b.basket.lines).toHaveLength(1);
  });

  it('reaches a tab whose engine is not here yet', async () => {
    const a = await tab();
    const late = new Shop('en', (language) => createEngine({ pack: '', language, now: clock.now }));
    const started = late.start();
    await a.setConsent('on');
    await started;
    await vi.waitFor(() => expect([late.chosen, late.consent]).toEqual([true, 'on']));
  });

  it('and taken back switches them on again', async () => {
    const [a, b] = [await tab(), await tab()];
    await a.setConsent('on');
    await a.observe(view);
    const undo = await a.setConsent('off');
    await vi.waitFor(() => expect(b.consent).toBe('off'));
    await undo!();
    await vi.waitFor(() => expect(b.consent).toBe('on'));
  });
});

describe('a wipe and “Off”', () => {
  it('empty what is kept under the other clock', async () => {
    const empty = vi.fn(async () => undefined);
    const shop = await tab(empty);
    await shop.setConsent('on');
    expect(empty).not.toHaveBeenCalled();
    await shop.erase();
    await shop.setConsent('off');
    expect(empty.mock.calls).toEqual([[false], [true]]);
  });

  it('reach the tabs under the other clock; an allowance does not', async () => {
    const shop = await tab();
    sayElsewhere({ consent: 'on', back: false });
    await new Promise((done) => setTimeout(done, 20));
    expect([shop.chosen, shop.consent]).toEqual([false, 'off']);
    await shop.setConsent('on');
    await shop.observe(view);
    sayElsewhere('wiped');
    await vi.waitFor(() => expect(shop.history()).toEqual([]));
    expect(shop.consent).toBe('on');
    sayElsewhere({ consent: 'off', back: false });
    await vi.waitFor(() => expect(shop.consent).toBe('off'));
  });
});

describe('the database of the other clock', () => {
  const record = (key: string, value: unknown = key) => ({ key, value });
  beforeEach(() => {
    databases = {};
  });

  it('is not made by emptying it', async () => {
    await emptyOther(false);
    await emptyOther(true);
    expect(databases).toEqual({});
  });

  it('keeps the choice alone, and that no reports are wanted where a ledger went', async () => {
    const full = () => ({
      choice: [record('consent', 'on')],
      events: [record('e1')],
      snapshot: [record('current')],
      ledger: [record('ledger')],
      reminders: [record('b1')],
    });
    const empty = { events: [], snapshot: [], ledger: [] };
    databases = { windowshop: full() };
    await emptyOther(false);
    const none = record('reports', 'off');
    expect(databases.windowshop).toEqual({ ...empty, choice: [record('consent', 'on'), none], reminders: [] });
    databases = { windowshop: full() };
    await emptyOther(true);
    expect(databases.windowshop).toEqual({
      ...empty,
      choice: [record('consent', 'off'), none],
      reminders: [record('b1')],
    });
  });
});
