/** An engine that begins with the excerpt of its pack, and becomes one over the whole. */

import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createEngine, MemoryStorage } from '../dist/early.js';
import type { EarlyEngine, EngineOptions, StoreName } from '../dist/early.js';
import { folder, manifest, packBytes, root, windowshop } from './fixture.js';

/** In the evening no sale is today's any more, so that the excerpt of the small shop has the first item of each that is open. */
const NOW = Date.parse('2026-11-22T23:30:00+01:00');
const BASE = 'https://shop.example/v1/';
const wasm = readFileSync(join(root, 'pkg/dist/engine.wasm'));
const early = join(root, 'target/fixture-early-pack');
const later = join(root, 'target/fixture-early-later');
const engines: EarlyEngine[] = [];
let served = early;
let asked: string[] = [];
/** Holds or spoils what is served, by its name. */
let change: (name: string, bytes: Buffer) => Buffer | Promise<Buffer> = (_, bytes) => bytes;
let come: () => void;

beforeAll(() => {
  for (const at of [early, later]) rmSync(at, { recursive: true, force: true });
  windowshop('pack', 'build', 'tests/fixtures/feed-jsonl', '--out', early, '--excerpt-from', '1', '--at', '2026-11-22T23:00');
  cpSync(early, later, { recursive: true });
  const changes = join(root, 'target/fixture-early-changes.jsonl');
  writeFileSync(changes, everyItem().map((id) => `{"item": "${id}", "hidden": true}`).join('\n'));
  windowshop('pack', 'delta', join(later, 'pack.json'), changes);
});

beforeEach(() => {
  [served, asked] = [early, []];
  const arrives = new Promise<void>((resolve) => (come = resolve));
  // The whole is late.
  change = async (name, bytes) => {
    if (name === manifest(served).pack.url) await arrives;
    return bytes;
  };
  vi.stubGlobal('fetch', async (url: URL | string, { signal }: RequestInit = {}) => {
    const name = String(url).replace(BASE, '');
    asked.push(name);
    if (!readdirSync(served).includes(name)) return new Response('', { status: 404 });
    const aborted = new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));
    const bytes = await Promise.race([change(name, readFileSync(join(served, name))), aborted]);
    return new Response(new Uint8Array(bytes));
  });
});
afterEach(async () => {
  come();
  await Promise.all(engines.splice(0).map((engine) => engine.dispose()));
  vi.unstubAllGlobals();
});

function everyItem(): string[] {
  const lines = readFileSync(join(root, 'tests/fixtures/feed-jsonl/items.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => (JSON.parse(line) as { id: string }).id);
}

async function open(options: Partial<EngineOptions> = {}): Promise<EarlyEngine> {
  const engine = await createEngine({ pack: `${BASE}pack.json`, language: 'en', now: () => NOW, consent: 'session', strict: true, wasm, ...options });
  engines.push(engine);
  return engine;
}

const known = (engine: EarlyEngine) => everyItem().filter((id) => engine.catalogue.item(id));
const list = (engine: EarlyEngine) => engine.recommend({ surface: 'home', limit: 24, explore: false });

test('the whole is asked for when the excerpt is there, whatever is remembered and however long that takes to read', async () => {
  const kept = new MemoryStorage();
  let read!: () => void;
  const slow = new Promise<void>((resolve) => (read = resolve));
  const storage = { kind: 'slow', all: async (store: StoreName) => slow.then(() => kept.all(store)), put: kept.put.bind(kept), remove: kept.remove.bind(kept), replace: kept.replace.bind(kept), close: () => undefined };
  const opening = open({ storage, consent: undefined });
  await vi.waitFor(() => expect(asked).toContain(manifest(early).pack.url));
  read();
  await opening;
});

test('it lists from the excerpt, with the scores of the whole, and then from the whole', async () => {
  const engine = await open();
  const { excerpt, state } = manifest(early);
  expect([engine.state, engine.isWhole]).toEqual([excerpt!.state, false]);
  const [few, sooner] = [known(engine), list(engine)];
  expect(few.length).toBeGreaterThan(0);
  expect(few.length).toBeLessThan(everyItem().length);
  expect(sooner.items.length).toBeGreaterThan(0);
  expect(engine.catalogue.item(few[0]!)!.name).not.toBe(few[0]);
  const heard: boolean[] = [];
  engine.subscribe(() => heard.push(engine.isWhole));
  come();
  expect(await engine.whole).toBe(true);
  expect([engine.state, engine.isWhole, heard]).toEqual([state, true, [true]]);
  expect(known(engine)).toEqual(everyItem());
  const scores = new Map(list(engine).items.map(({ id, score }) => [id, score]));
  for (const { id, score } of sooner.items) expect(scores.get(id) ?? score).toBe(score);
  expect(sooner.items.some(({ id }) => scores.has(id))).toBe(true);
});

test('what is fetched is the same for everybody: the excerpt first, then the whole, each once', async () => {
  const engine = await open();
  const { pack, text, excerpt } = manifest(early);
  const first = ['pack.json', excerpt!.pack.url, excerpt!.text['en']!.url];
  const rest = [pack.url, text['en']!.url];
  come();
  await engine.whole;
  expect(asked).toEqual([...first, ...rest]);
  expect(await engine.refresh()).toBe(false);
  expect(asked).toEqual([...first, ...rest, 'pack.json']);
});

const seen = (engine: EarlyEngine, id: string) => engine.observe('view_item', { items: [{ item_id: id }] });
const away = (engine: EarlyEngine) => everyItem().find((id) => !engine.catalogue.item(id))!;
const ids = (engine: EarlyEngine) => engine.history.list().map(({ name, items }) => items[0]?.id ?? name).sort();

test('an event about an item that is not in the excerpt waits, and no other does', async () => {
  const engine = await open();
  const [there, missing] = [known(engine)[0]!, away(engine)];
  const told = seen(engine, missing);
  await seen(engine, there);
  await engine.observe('search', { search_term: 'wool' });
  await expect(engine.observe({ name: 'view_item', params: { items: 'none' } } as never)).rejects.toMatchObject({ code: 'event_invalid' });
  expect(ids(engine)).toEqual([there, 'search'].sort());
  come();
  await told;
  expect(ids(engine)).toEqual([there, missing, 'search'].sort());
  const { items } = engine.history.list().find(({ items }) => items[0]?.id === missing)!;
  expect(items[0]!.brand).toBe(engine.catalogue.item(missing)!.brand);
});

test.each<[string, (engine: EarlyEngine) => Promise<unknown>]>([
  ['switched off, and on again', (engine) => engine.consent.set('off').then(() => engine.consent.set('session'))],
  ['erased', (engine) => engine.history.erase()],
])('what waits is not remembered where memory is %s', async (_, forget) => {
  const engine = await open();
  const told = seen(engine, away(engine));
  await forget(engine);
  await told;
  come();
  await engine.whole;
  expect(engine.history.list()).toEqual([]);
});

test('what waits is dropped with what another tab erases', async () => {
  const indexedDB = new IDBFactory();
  vi.stubGlobal('indexedDB', indexedDB);
  const given = { storage: 'indexeddb', consent: undefined } as const;
  const engine = await open(given);
  await engine.consent.set('on');
  await seen(engine, known(engine)[0]!);
  const told = seen(engine, away(engine));
  const other = await open(given);
  await other.history.erase();
  await told;
  come();
  await Promise.all([engine.whole, other.whole]);
  expect(engine.history.list()).toEqual([]);
});

test('before anything may be remembered nothing waits to be', async () => {
  const engine = await open({ consent: 'off' });
  await seen(engine, away(engine));
  await engine.consent.set('session');
  come();
  await engine.whole;
  expect(engine.history.list()).toEqual([]);
});

test('the day’s changes are in the excerpt too', async () => {
  served = later;
  const engine = await open();
  expect(known(engine).length).toBeGreaterThan(0);
  expect(list(engine).items).toEqual([]);
  come();
  await engine.whole;
  expect(engine.state).toBe(manifest(later).deltas.at(-1)!.to);
});

test('where the whole cannot be fetched the excerpt stays open, and can be asked to try again', async () => {
  change = (name, bytes) => (name === manifest(early).pack.url ? Buffer.from('spoilt') : bytes);
  const engine = await open();
  const told = seen(engine, away(engine));
  await expect(engine.whole).rejects.toMatchObject({ code: 'pack_load' });
  expect(list(engine).items.length).toBeGreaterThan(0);
  // Nothing is lost: it is remembered as the shop states it, as for any item that the pack lacks.
  await told;
  expect(engine.history.list()).toHaveLength(1);
  change = (_, bytes) => bytes;
  expect(engine.isWhole).toBe(false);
  expect(await engine.refresh()).toBe(true);
  expect(engine.isWhole).toBe(true);
  expect(known(engine)).toEqual(everyItem());
});

test('without an excerpt, or with a pack at hand, it begins with the whole', async () => {
  served = folder;
  come();
  const named = await open();
  expect(await named.whole).toBe(false);
  expect(named.state).toBe(manifest(folder).state);
  const given = await open({ pack: packBytes(folder) });
  expect(await given.whole).toBe(false);
  expect(known(given)).toEqual(everyItem());
});

test.each<[string, (name: string, bytes: Buffer) => Buffer]>([
  ['none', (name, bytes) => (name === 'pack.json' ? Buffer.from(JSON.stringify({ ...manifest(early), excerpt: { state: 'x' } })) : bytes)],
  ['changed on the way', (name, bytes) => (name === manifest(early).excerpt!.pack.url ? Buffer.concat([bytes, Buffer.from('!')]) : bytes)],
  ['of another state', (name, bytes) => (name === 'pack.json' ? Buffer.from(JSON.stringify({ ...manifest(early), excerpt: { ...manifest(early).excerpt, state: 'x' } })) : bytes)],
])('where the excerpt is %s it begins with the whole', async (_, spoil) => {
  change = spoil;
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const engine = await open();
  expect(await engine.whole).toBe(false);
  expect([engine.isWhole, engine.state]).toEqual([true, manifest(early).state]);
  expect(warned).toHaveBeenCalledWith(expect.objectContaining({ code: 'pack_load' }));
  warned.mockRestore();
});

test('where the whole is no better the start fails as ever', async () => {
  change = (name, bytes) => (name.endsWith('.wspack') ? Buffer.from('spoilt') : bytes);
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  await expect(open()).rejects.toMatchObject({ code: 'pack_load' });
  warned.mockRestore();
});

test('a look for what is new waits for the whole pack, and is answered by it', async () => {
  const engine = await open();
  const looked = engine.refresh();
  come();
  expect(await looked).toBe(true);
});

test('a page that leaves waits for nothing', async () => {
  const storage = { ...new MemoryStorage(), kind: 'kept', put: vi.fn(async () => undefined), all: async () => [], remove: async () => undefined, replace: async () => undefined, close: () => undefined };
  const engine = await open({ storage, consent: 'on' });
  const told = seen(engine, away(engine));
  await engine.dispose();
  engines.length = 0;
  come();
  await expect(engine.whole).rejects.toMatchObject({ name: 'EngineError', code: 'disposed' });
  // What it was told it kept first, as the shop states it.
  await told;
  expect(storage.put).toHaveBeenCalledWith('events', [expect.objectContaining({ key: expect.any(String) as string })]);
});

describe('a page that is left before the whole is there', () => {
  /** The page's own window, as far as it tells of being left. */
  const page = (): EventTarget => {
    const target = new EventTarget();
    vi.stubGlobal('addEventListener', target.addEventListener.bind(target));
    vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target));
    return target;
  };
  const bought = (engine: EarlyEngine, transaction_id: string) => engine.observe('purchase', { transaction_id, items: [{ item_id: away(engine), item_name: 'as the page has it' }] });

  test('keeps what waits, as it states it, and takes nothing in twice', async () => {
    const window = page();
    const engine = await open();
    const [told, late] = [bought(engine, 'T-1'), seen(engine, away(engine))];
    window.dispatchEvent(new Event('pagehide'));
    await Promise.all([told, late]);
    expect(engine.history.orders().map(({ order, items }) => [order, items[0]?.name])).toEqual([['T-1', 'as the page has it']]);
    // What is told on the way out waits for nothing either.
    await bought(engine, 'T-2');
    expect(engine.isWhole).toBe(false);
    come();
    await engine.whole;
    expect(engine.history.orders().map(({ order }) => order).sort()).toEqual(['T-1', 'T-2']);
    expect(engine.history.list()).toHaveLength(3);
  });

  test('waits again where it is come back to', async () => {
    const window = page();
    const engine = await open();
    for (const move of ['pagehide', 'pageshow']) window.dispatchEvent(new Event(move));
    const told = bought(engine, 'T-1');
    await seen(engine, known(engine)[0]!);
    expect(engine.history.orders()).toEqual([]);
    come();
    await told;
    expect(engine.history.orders()).toHaveLength(1);
  });

  test('and is listened to no longer than for that', async () => {
    const window = page();
    const removed = vi.spyOn(window, 'removeEventListener');
    vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window));
    const engine = await open();
    expect(removed).not.toHaveBeenCalled();
    await engine.dispose();
    await engine.whole.catch(() => undefined);
    expect(removed.mock.calls.map(([move]) => move)).toEqual(['pagehide', 'pageshow']);
  });
});
