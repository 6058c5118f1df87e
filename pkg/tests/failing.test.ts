/** The words of a failure are fetched when something failed, and whoever cannot fetch them has its code all the same. */

import { afterEach, expect, test, vi } from 'vitest';
import { fail, part } from '../ts/failing.js';

afterEach(() => vi.doUnmock('../ts/faults.js'));

const caught = (failing: Promise<never>): Promise<unknown> => failing.catch((error: unknown) => error);

test('a page that lost its connection has the code, the name of the fault, what it is about and the cause', async () => {
  vi.doMock('../ts/faults.js', () => {
    throw new TypeError('Failed to fetch dynamically imported module');
  });
  const cause = new TypeError('Failed to fetch');
  const error = await caught(fail('pack_load', 'unreachable', ['pack', '/v1/pack.json', undefined], cause));
  expect(error).toMatchObject({ name: 'LoadError', code: 'pack_load', cause });
  expect((error as Error).message).toBe('unreachable, pack, /v1/pack.json');
});

test('any other is told what to do', async () => {
  expect(await caught(fail('csp', 'forbidden', []))).toMatchObject({ name: 'LoadError', code: 'csp', message: expect.stringContaining("add 'wasm-unsafe-eval'") as string });
  const refused = await caught(fail('wasm_load', 'unreachable', ['wasm', 'https://shop.example/engine.wasm', 503]));
  expect(refused).toMatchObject({ message: 'the engine could not be fetched: the server answered 503 (https://shop.example/engine.wasm)' });
});

test('a script that was published anew meanwhile is an error of the package, and one that comes is handed on', async () => {
  const cause = new TypeError('Failed to fetch dynamically imported module: /assets/renewal-1.js');
  const error = await part(Promise.reject(cause)).catch((error: unknown) => error);
  expect(error).toMatchObject({ name: 'LoadError', code: 'script_load', cause, message: expect.stringMatching(/reload the page.*renewal-1/) as string });
  expect(await part(Promise.resolve({ takeIn: 7 }))).toEqual({ takeIn: 7 });
});

test('a module that cannot be had is what a start fails with, also where the pack is there before the words for that', async () => {
  vi.doMock('../ts/faults.js', async (actual) => {
    await new Promise((done) => setTimeout(done, 50));
    return actual();
  });
  const { createEngineWith } = await import('../ts/core.js');
  const refused = new Error('no module');
  const made = createEngineWith({ pack: '/v1/pack.json' }, () => Promise.reject(refused), async (_, { room }) => {
    await new Promise((done) => setTimeout(done, 5));
    await room!(8);
    throw new Error('there is room in no module');
  });
  await expect(made).rejects.toMatchObject({ name: 'LoadError', code: 'wasm_load', cause: refused });
});
