/** An engine that begins with the excerpt of its pack, and becomes one over the whole. */

import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createEngine } from '../dist/early.js';
import type { EarlyEngine, EngineOptions } from '../dist/early.js';
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
    const bytes = await change(name, readFileSync(join(served, name)));
    signal?.throwIfAborted();
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

test('it lists from the excerpt, with the scores of the whole, and then from the whole', async () => {
  const engine = await open();
  const { excerpt, state } = manifest(early);
  expect(engine.state).toBe(excerpt!.state);
  const [few, sooner] = [known(engine), list(engine)];
  expect(few.length).toBeGreaterThan(0);
  expect(few.length).toBeLessThan(everyItem().length);
  expect(sooner.items.length).toBeGreaterThan(0);
  expect(engine.catalogue.item(few[0]!)!.name).not.toBe(few[0]);
  let heard = 0;
  engine.subscribe(() => heard++);
  come();
  expect(await engine.whole).toBe(true);
  expect([engine.state, heard]).toEqual([state, 1]);
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

test('an event about an item that is not in the excerpt waits, with all that come after it', async () => {
  let seconds = 0;
  const engine = await open({ now: () => NOW + 1_000 * seconds++ });
  const there = known(engine)[0]!;
  const missing = everyItem().find((id) => !engine.catalogue.item(id))!;
  const seen = (id: string) => engine.observe('view_item', { items: [{ item_id: id }] });
  await seen(there);
  expect(engine.history.list()).toHaveLength(1);
  const told = [seen(missing), seen(there), engine.observe('search', { search_term: 'wool' })];
  await Promise.resolve();
  expect(engine.history.list()).toHaveLength(1);
  come();
  await Promise.all(told);
  const remembered = engine.history.list();
  expect(remembered.map(({ name, items }) => items[0]?.id ?? name)).toEqual(['search', there, missing, there]);
  expect(remembered[2]!.items[0]!.brand).toBe(engine.catalogue.item(missing)!.brand);
  await expect(seen('a b')).rejects.toMatchObject({ code: 'event_invalid' });
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
  await expect(engine.whole).rejects.toMatchObject({ code: 'pack_load' });
  expect(list(engine).items.length).toBeGreaterThan(0);
  change = (_, bytes) => bytes;
  expect(await engine.refresh()).toBe(true);
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

test('an excerpt that is none is refused by name, and one that was changed too', async () => {
  change = (name, bytes) => (name === 'pack.json' ? Buffer.from(JSON.stringify({ ...manifest(early), excerpt: { state: 'x' } })) : bytes);
  await expect(open()).rejects.toMatchObject({ code: 'pack_load' });
  change = (name, bytes) => (name === manifest(early).excerpt!.pack.url ? Buffer.concat([bytes, Buffer.from('!')]) : bytes);
  await expect(open()).rejects.toMatchObject({ code: 'pack_load' });
});

test('a page that leaves waits for nothing', async () => {
  const engine = await open();
  await engine.dispose();
  engines.length = 0;
  come();
  await expect(engine.whole).rejects.toThrow();
});
