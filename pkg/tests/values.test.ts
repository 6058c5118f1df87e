/** What crosses to the engine and back: plain values, their own fields alone, and refusals that name what stands in their place. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createEngine } from '../dist/node.js';
import type { Engine, PriceOptions, RecommendRequest, ShopAccount } from '../dist/node.js';
import { openPack, startWasm } from '../ts/machine.js';
import type { OpenMachine } from '../ts/machine.js';
import { read, written } from '../ts/values.js';
import { NOON, packBytes, root } from './fixture.js';

const open = (now: () => number = () => NOON, strict = true): Promise<Engine> => createEngine({ pack: packBytes(), language: 'en', now, storage: 'memory', consent: 'session', strict });

/** The engine past the checks of its calls: what is asked of it crosses as it is. */
const machine = async (): Promise<OpenMachine> => {
  await startWasm(async () => readFileSync(join(root, 'pkg/dist/engine.wasm')));
  return openPack(new Uint8Array(packBytes().bytes as Uint8Array<ArrayBuffer>), 1);
};

const refusal = (call: () => unknown): string => {
  try {
    call();
    return 'nothing';
  } catch (error) {
    const { name, code, message } = error as Error & { code: string };
    return `${name} ${code}: ${message}`;
  }
};

describe('what is handed in', () => {
  test.each<[unknown, string]>([
    [1, 'floating point `1.0`'],
    [-7, 'floating point `-7.0`'],
    [1.5, 'floating point `1.5`'],
    [2 ** 53, 'floating point `9007199254740992`'],
    [NaN, 'floating point `NaN`'],
    [-Infinity, 'floating point `-Infinity`'],
    ['x', 'string "x"'],
    ['a"b', 'string "a\\"b"'],
    [[], 'JsValue(object)'],
    [{ a: 1 }, 'JsValue(object)'],
    [new Uint8Array(3), 'byte array'],
    [() => 1, 'JsValue(function)'],
    [7n, 'JsValue(bigint)'],
    [Symbol.iterator, 'JsValue(symbol)'],
  ])('%s is refused by what it is', async (explore, words) => {
    const engine = await machine();
    expect(refusal(() => engine.recommend({ surface: 'home', explore }, NOON))).toBe(`RequestError request_invalid: the request cannot be read: Error: invalid type: ${words}, expected a boolean`);
  });

  test.each<[unknown, string]>([
    [{ x: -1 }, 'invalid type: floating point `-1.0`, expected u32'],
    [{ x: 2 ** 40 }, 'invalid value: integer `1099511627776`, expected u32'],
    [{ x: '1' }, 'invalid type: string "1", expected u32'],
    [new Map([['x', true]]), 'invalid type: boolean `true`, expected u32'],
    [[['x', null]], 'invalid type: unit value, expected u32'],
    ['x', 'invalid type: string "x", expected a map'],
  ])('counts that are none: %j', async (usesLeft, words) => {
    const engine = await machine();
    expect(refusal(() => engine.price({ lines: [{ item: 'ar-1', quantity: 1, size: 'M' }], account: { usesLeft } }, NOON))).toBe(`RequestError cart_invalid: the cart cannot be read: Error: ${words}`);
  });

  test.each<[string, unknown]>([
    ['an object', { thirty: 1 }],
    ['a map', new Map([['thirty', 1]])],
    ['a list of pairs', [['thirty', 1]]],
    ['nothing, as some servers write it', []],
  ])('counts as %s', async (_, usesLeft) => {
    const engine = await machine();
    expect(engine.set_account({ id: 'anna', asOf: NOON, usesLeft })).toBe(true);
    expect(engine.set_account({ id: 'anna', asOf: NOON, usesLeft: usesLeft instanceof Array && usesLeft.length === 0 ? {} : { thirty: 1 } })).toBe(false);
  });

  test.each([{ thirty: 1 }, new Map([['thirty', 1]]), []])('counts as %j are taken by the call too', async (usesLeft) => {
    expect((await open()).setAccount({ id: 'anna', asOf: NOON, usesLeft } as unknown as ShopAccount)).toBe(true);
  });

  test('what no call asks for is not walked, whatever it leads to', async () => {
    const engine = await open(undefined, false);
    const endless: Record<string, unknown> = {};
    endless['endless'] = endless;
    const trap = Object.defineProperty({}, 'field', { enumerable: true, get: () => expect.unreachable('it was read') });
    const besides = { endless, trap, window: globalThis };
    expect(engine.recommend({ surface: 'home', limit: 3, ...besides } as RecommendRequest)).toEqual(engine.recommend({ surface: 'home', limit: 3 }));
    expect(engine.price([{ item: 'ar-1', quantity: 1, size: 'M', ...besides }], { ...besides } as PriceOptions).lines).toHaveLength(1);
    expect(engine.setAccount({ id: 'anna', asOf: NOON, orders: [{ id: 'o', at: NOON, value: 1, ...besides }], ...besides } as ShopAccount)).toBe(true);
    const memory = await engine.history.export();
    expect(await engine.history.import({ ...memory, ...besides })).toEqual({ added: 0, known: 0 });
  });

  test('a clock may tell fractions, and texts may be of any letters', async () => {
    const engine = await open(() => NOON + 0.75);
    await engine.observe('add_to_wishlist', { items: [{ item_id: '衣\u{1F9E5}-1', item_name: '\uFEFF大衣\uD800', item_brand: 'é' }] });
    const [event] = engine.history.list();
    expect([event?.at, event?.items[0]?.id, event?.items[0]?.name]).toEqual([NOON, '衣\u{1F9E5}-1', '\uFEFF大衣\uFFFD']);
    expect(engine.favourites()).toEqual(['衣\u{1F9E5}-1']);
  });
});

test('room is made for what is long', () => {
  const long = 'ß'.repeat(100_000);
  const bytes = written(['load', long, new Uint8Array(70_000).fill(7), Array.from({ length: 3_000 }, (_, at) => ({ at, long: 'x'.repeat(at % 50) }))]);
  expect(new TextDecoder().decode(bytes.subarray(5 + 4 + 5, 5 + 4 + 5 + 200_000))).toBe(long);
  expect(bytes.length).toBeGreaterThan(200_000 + 70_000 + 3_000 * 30);
});

test('an answer is read by its tags, and the engine’s own words where they lie', () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  new TextEncoder().encodeInto('namesurname', new Uint8Array(memory.buffer, 64));
  const word = (place: number, length: number): number[] => [place, 0, 0, 0, length, 0, 0, 0];
  const record = [6, ...word(64, 4), 4, 2, 0, 0, 0, 0xc3, 0x9f, ...word(68, 7), 0, ...word(64, 11), 9, ...word(68, 3), 0, 0, 0, 0];
  const list = [5, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0xf8, 0xbf, ...record, 7, 2, 0, 0, 0, 8, 9, 10, 1, 0, 0, 0, 1, 2, 0, 0, 8];
  const value = read(Uint8Array.from([0, ...list]), memory);
  expect(value).toEqual([false, true, -1.5, { name: 'ß', namesurname: 'sur' }, Uint8Array.of(8, 9), Uint32Array.of(513)]);
  expect(Object.keys((value as object[])[3]!)).toEqual(['name', 'namesurname']);
  expect(read(Uint8Array.of(0), memory)).toBeUndefined();
});
