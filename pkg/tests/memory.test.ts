/** What an engine held in WebAssembly is given back: when it is disposed of, and when another pack takes its place. */

import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEngine } from '../dist/node.js';
import type { Engine } from '../dist/node.js';
import { couponPackBytes, NOON, packBytes, renew } from './fixture.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const { compile, instantiate } = WebAssembly;
/** How often the engine's module was compiled since this file was loaded. */
let compiled = 0;
/** The memories of the instances of it that a test made, in their order, by nobody held. */
let memories: WeakRef<WebAssembly.Memory>[] = [];

const isEngine = (module: WebAssembly.Module): boolean => module instanceof WebAssembly.Module && WebAssembly.Module.imports(module).some(({ module: from }) => from === 'host');

beforeEach(() => {
  memories = [];
  WebAssembly.compile = async (source) => {
    const module = await compile(source);
    compiled += Number(isEngine(module));
    return module;
  };
  WebAssembly.instantiate = (async (module: WebAssembly.Module, imports: WebAssembly.Imports) => {
    const made = await instantiate(module, imports);
    // Node.js has modules of its own, for what it fetches.
    if (isEngine(module)) memories.push(new WeakRef(made.exports['memory'] as WebAssembly.Memory));
    return made;
  }) as typeof instantiate;
});
afterEach(() => Object.assign(WebAssembly, { compile, instantiate }));

/** Which of the memories are still there once what nobody holds is collected. */
async function held(): Promise<boolean[]> {
  // In turns of their own: what a weak reference was asked for stays until its turn is over.
  for (let times = 0; times < 3; times++) {
    await setTimeout(1);
    collect();
  }
  return memories.map((memory) => memory.deref() !== undefined);
}

const open = (): Promise<Engine> => createEngine({ pack: packBytes(), language: 'en', now: () => NOON, consent: 'session', strict: true });
const first = (engine: Engine): string | undefined => engine.recommend({ surface: 'home' }).items[0]?.id;

test('whoever disposes of an engine, and keeps it, holds nothing of its memory; another is opened without compiling', async () => {
  const engine = await open();
  const listed = first(engine);
  await engine.observe('view_item', { items: [{ item_id: 'tg-1' }] });
  expect(await held()).toEqual([true]);
  await engine.dispose();
  expect(await held()).toEqual([false]);
  expect(() => engine.recommend({ surface: 'home' })).toThrow(expect.objectContaining({ code: 'disposed' }));

  const other = await open();
  expect([first(other), await held(), compiled]).toEqual([listed, [false, true], 1]);
  await other.dispose();
  expect(await held()).toEqual([false, false]);
});

test('two engines have a memory each', async () => {
  const [one, other] = [await open(), await open()];
  await one.observe('view_item', { items: [{ item_id: 'tg-1' }] });
  await one.dispose();
  expect([await held(), other.history.list(), first(other)]).toEqual([[false, true], [], first(other)]);
  await other.dispose();
});

test('the memory of a pack that was replaced goes, and so does that of one that was refused', async () => {
  const engine = await open();
  await engine.observe('view_item', { items: [{ item_id: 'tg-1' }] });
  // The error is kept too, with all that its trace holds.
  const refused = await renew(engine, couponPackBytes(), [new Uint8Array(64)]).catch((error: unknown) => error);
  expect(refused).toMatchObject({ name: 'LoadError', code: 'delta_refused' });
  expect([await held(), engine.history.list().length]).toEqual([[true, false], 1]);
  expect(await renew(engine, couponPackBytes())).toBe(true);
  expect([await held(), engine.history.list().length]).toEqual([[false, false, true], 1]);
  await engine.dispose();
  expect(await held()).toEqual([false, false, false]);
});
