/** What calls are given: every argument that is off is refused with a code and words that say what is allowed. */

import { afterEach, describe, expect, test, vi } from 'vitest';
import { createEngine, MemoryStorage, WindowshopError } from '../dist/node.js';
import type { CartLine, Consent, Engine, EngineOptions, ExportedMemory, PriceOptions, RecommendRequest, ShopAccount } from '../dist/node.js';
import { NOON, packBytes } from './fixture.js';

const pack = packBytes();
const open = (options: Partial<EngineOptions> = {}): Promise<Engine> => createEngine({ pack, language: 'en', now: () => NOON, ...options });
/** A value that is not what a type says. */
const off = <Type>(value: unknown) => value as Type;

/** `code: message` of the error that a call throws or rejects with. */
async function refusal(call: () => unknown): Promise<string> {
  try {
    await call();
  } catch (error) {
    expect(error).toBeInstanceOf(WindowshopError);
    const { code, name, message } = error as WindowshopError;
    expect(message, 'no words of Rust').not.toMatch(/expected|invalid type|u16|u32|i64|Option|struct|variant|serde/);
    return `${name} ${code}: ${message}`;
  }
  throw new Error('nothing was refused');
}

afterEach(() => vi.unstubAllGlobals());

test.each([
  [undefined, 'request must be an object'],
  [{}, 'request.surface must be a text'],
  [{ surface: 'home', limit: '24' }, 'request.limit must be a whole number from 1 to 200'],
  [{ surface: 'home', limit: 1.5 }, 'request.limit must be a whole number from 1 to 200'],
  [{ surface: 'home', limit: NaN }, 'request.limit must be a whole number from 1 to 200'],
  [{ surface: 'home', limit: 70_000 }, 'request.limit must be a whole number from 1 to 200'],
  [{ surface: 'home', offset: -1 }, 'request.offset must be a whole number from 0 to 65535'],
  [{ surface: 'home', exclude: 'ar-1' }, 'request.exclude must be a list of texts'],
  [{ surface: 'home', sizes: [38] }, 'request.sizes must be a list of texts'],
  [{ surface: 'home', brief: 'yes' }, 'request.brief must be true or false'],
  [{ surface: 'home', seed: -1 }, 'request.seed must be a whole number from 0 to 4294967295'],
  [{ surface: 'home', seenCap: '2' }, 'request.seenCap must be a whole number from 0 to 65535'],
  [{ surface: 'home', seenCap: 1e9 }, 'request.seenCap must be a whole number from 0 to 65535'],
  [{ surface: 'home', explore: 'a wish' }, 'request.explore must be true or false'],
  [{ surface: 'home', limt: 3 }, "request has no field 'limt'"],
  [{ surface: 'similar', item: 7 }, 'request.item must be a text'],
  [{ surface: 'nowhere' }, 'the surfaces are'],
])('recommend(%j)', async (request, words) => {
  const engine = await open();
  for (const call of ['recommend', 'record'] as const) {
    const said = await refusal(() => engine[call](off<RecommendRequest>(request)));
    expect(said).toMatch(/^RequestError request_invalid: /);
    expect(said).toContain(words);
    expect(said, 'nothing of what was handed in').not.toContain('a wish');
  }
});

test('a field that brands, price and setAccount do not know is refused by name, and passed over where nothing is to be strict', async () => {
  const calls: [call: (engine: Engine) => unknown, words: string][] = [
    [(engine) => engine.brands(off({ limt: 3 })), "RequestError request_invalid: brands: request has no field 'limt'"],
    [(engine) => engine.price([], off({ code: ['X'] })), "RequestError cart_invalid: price: options has no field 'code'"],
    [(engine) => engine.price([], off({ account: { teir: 2 } })), "RequestError cart_invalid: price: options.account has no field 'teir'"],
    [(engine) => engine.setAccount(off({ id: 'anna', asOf: NOON, point: 3 })), "RequestError account_invalid: setAccount: account has no field 'point'"],
  ];
  const [strict, lenient] = [await open(), await open({ strict: false })];
  for (const [call, words] of calls) {
    expect(await refusal(() => call(strict))).toBe(words);
    call(lenient);
  }
  // What a page's cart says of a line besides is the page's business.
  expect(strict.price(off([{ item: 'ar-1', quantity: 1, size: 'M', title: 'A shirt' }])).lines).toHaveLength(1);
});

test('a field that no request has is passed over where nothing is to be strict', async () => {
  const engine = await open({ strict: false });
  expect(engine.recommend(off<RecommendRequest>({ surface: 'home', limt: 3 }))).toEqual(engine.recommend({ surface: 'home' }));
});

test.each([{ thirty: 'a wish' }, { thirty: -1 }, { thirty: 2 ** 40 }, [['thirty', 1]], 'a wish'])('what is left of uses, as %j, is refused by name', async (usesLeft) => {
  const engine = await open();
  const words = 'usesLeft must be an object of whole numbers';
  expect(await refusal(() => engine.price([], off<PriceOptions>({ account: { usesLeft } })))).toBe(`RequestError cart_invalid: price: options.account.${words}`);
  expect(await refusal(() => engine.setAccount(off<ShopAccount>({ id: 'anna', asOf: NOON, usesLeft })))).toBe(`RequestError account_invalid: setAccount: account.${words}`);
});

test.each(['zh', 'ZH', 'zh-CN', 'zh_CN', 'zh_Hans_CN'])('a language may be written as %s', async (language) => {
  expect((await open({ language })).language).toBe('zh');
});

test('ids', async () => {
  const engine = await open();
  const { catalogue } = engine;
  const nothing = off<string>(undefined);
  for (const call of [() => engine.explain(nothing), () => catalogue.item(nothing), () => catalogue.brand(nothing), () => catalogue.sale(nothing), () => catalogue.category(nothing), () => catalogue.itemsOf(nothing), () => engine.history.forget(off<string[]>('1-1'))]) {
    expect(await refusal(call)).toMatch(/^RequestError request_invalid: .*text/);
  }
  expect(await refusal(() => engine.explain('nope'))).toBe('RequestError not_in_catalogue: item "nope" is not in the catalogue');
});

test.each([
  [undefined, 'cart must be a list'],
  [[null], 'cart[0] must be an object'],
  [[{ item: 'ar-1', quantity: 1 }, { item: 'ar-2', quantity: 0 }], 'cart[1].quantity must be a whole number from 1 to 9999'],
  [[{ item: 'ar-1', quantity: '1' }], 'cart[0].quantity must be a whole number'],
  [[{ quantity: 1 }], 'cart[0].item must be a text'],
])('price(%j)', async (cart, words) => {
  const engine = await open();
  const said = await refusal(() => engine.price(off<CartLine[]>(cart)));
  expect(said).toMatch(/^RequestError cart_invalid: /);
  expect(said).toContain(words);
});

describe('createEngine', () => {
  test.each([
    ['no options', undefined, "{ pack: '/v1/pack.json' }"],
    ['no pack', {}, "option 'pack' must be the address of a pack.json"],
    ['null for a pack', { pack: null }, "option 'pack' must be the address of a pack.json"],
    ['a pack in place of its manifest', { pack: 'http://127.0.0.1:1/v1/pack-0123456789abcdef.wspack' }, 'pass the pack.json'],
    ['a storage that is none', { pack, storage: 'indexdb' }, "option 'storage' must be 'indexeddb' or 'memory'"],
    ['an adapter that does nothing', { pack, storage: {} }, 'or an adapter with all, put, remove, replace, close'],
    ['a choice that is none', { pack, consent: 'yes' }, "option 'consent' must be 'off' or 'session' or 'on'"],
    ['a language that is none', { pack, language: 5 }, "option 'language' must be a text"],
    ['a clock that is none', { pack, now: 5 }, "option 'now' must be a function"],
    ['a clock that gives no number', { pack, now: () => new Date() }, "option 'now' must be a function"],
    ['a clock that throws', { pack, now: () => (undefined as never as { a: number }).a }, "option 'now' must be a function"],
    ['bytes that are none', { pack: { bytes: 'bytes' } }, "option 'pack.bytes' must be the bytes"],
    ['nothing in the pack', { pack: {} }, "option 'pack' must be the address of a pack.json"],
  ])('with %s', async (_, options, words) => {
    // Where pages are made for shoppers the words come only after a start has failed.
    for (const build of ['test', 'production']) {
      vi.stubEnv('NODE_ENV', build);
      const said = await refusal(() => createEngine(off<EngineOptions>(options)));
      expect(said, build).toMatch(/^RequestError request_invalid: createEngine/);
      expect(said).toContain(words);
    }
    vi.unstubAllEnvs();
  });

  test.each([
    ['a pack whose field is misspelt', { pack: { ...pack, txt: pack.text } }, "createEngine's option 'pack' has no field 'txt'; its fields are bytes, text, deltas"],
    ['an adapter that lacks something', { storage: { kind: 'own', all: () => [], put: () => undefined } }, 'or an adapter with'],
    ['a module that is none', { wasm: 5 }, "option 'wasm' must be the address"],
    ['progress told to nobody', { onProgress: 5 }, "option 'onProgress' must be a function"],
    ['a signal that is none', { signal: {} }, "option 'signal' must be an AbortSignal"],
    ['an address of reports that is none', { reports: 5 }, "option 'reports' must be an address"],
    ['an address that nobody can read', { reports: 'http://[' }, "option 'reports' must be an address of http or https"],
    ['a strictness that is none', { strict: 'yes' }, "option 'strict' must be true or false"],
  ])('with %s is refused in development', async (_, options, words) => {
    const said = await refusal(() => open(off<EngineOptions>(options)));
    expect(said).toMatch(/^RequestError request_invalid: /);
    expect(said).toContain(words);
  });

  test('takes undefined and null for what is left out', async () => {
    for (const nothing of [undefined, null]) {
      const options = Object.fromEntries(['language', 'consent', 'storage', 'signal', 'onProgress', 'wasm', 'reports', 'strict'].map((name) => [name, nothing]));
      expect((await open(off<EngineOptions>(options))).reports.state).toBe('off');
    }
  });

  test.each(['pack', 'wasm', 'reports'])('wants whole addresses in %s where there is no page', async (option) => {
    for (const address of ['/v1/file', 'v1/file', 'file:///v1/file', new URL('file:///v1/file')]) {
      const said = await refusal(() => open(off<EngineOptions>({ [option]: address })));
      expect(said).toMatch(/^RequestError request_invalid: .*whole address/);
      expect(said).not.toContain('Content-Security-Policy');
    }
  });

  test('a file is no address to fetch from, and its message names no other', async () => {
    const said = await refusal(() => open({ pack: new URL('file:///shop/pack.json') }));
    expect(said).toBe("RequestError request_invalid: createEngine's option 'pack' must be a whole address here, beginning with https://, or read the files and pass { bytes, text, deltas }: no other is fetched (file:///shop/pack.json)");
  });

  test('reports go to an address of http or https, which a page may write as lying beside it', async () => {
    vi.stubGlobal('location', { hostname: 'localhost' });
    vi.stubGlobal('document', { baseURI: 'http://localhost/shop/' });
    const engine = (reports: string | URL) => open({ reports, storage: 'memory' });
    for (const reports of ['/v1/reports', 'v1/reports', 'https://shop.example/v1/reports', new URL('http://localhost/v1/reports')]) expect((await engine(reports)).reports.state).toBe('on');
    for (const reports of ['data:,', 'mailto:shop@shop.example', new URL('file:///v1/reports')]) expect(await refusal(() => engine(reports))).toContain("option 'reports' must be an address of http or https");
  });

  test('a clock that gives no time is told at the call', async () => {
    let at = NOON;
    const engine = await open({ now: () => at });
    at = NaN;
    expect(await refusal(() => engine.recommend({ surface: 'home' }))).toMatch(/^RequestError request_invalid: .*'now'/);
  });

  test('IndexedDB that is not there is said, and the engine runs from memory', async () => {
    const asked = await open({ storage: 'indexeddb' });
    expect(asked.storage).toMatchObject({ kind: 'memory', problem: expect.stringContaining('storage failed') as string });
    expect((await open()).storage).toEqual({ kind: 'memory' });
    vi.stubGlobal('document', {});
    expect((await open()).storage.problem).toBeDefined();
  });

  test('so is IndexedDB that may not even be looked at', async () => {
    Object.defineProperty(globalThis, 'indexedDB', {
      configurable: true,
      get: () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    });
    try {
      expect((await open()).storage).toMatchObject({ kind: 'memory', problem: expect.stringContaining('insecure') as string });
    } finally {
      Reflect.deleteProperty(globalThis, 'indexedDB');
    }
  });

  test('an adapter that cannot be closed says so, and nothing is held by it', async () => {
    const adapter = Object.assign(new MemoryStorage(), {
      close: () => {
        throw new Error('it is open elsewhere');
      },
    });
    const engine = await open({ storage: adapter });
    await expect(engine.dispose()).rejects.toThrow('it is open elsewhere');
    expect(() => engine.recommend({ surface: 'home' })).toThrow(expect.objectContaining({ code: 'disposed' }) as Error);
  });
});

test('a choice that is none changes nothing', async () => {
  const engine = await open();
  await engine.consent.set('session');
  await engine.observe('view_item', { items: [{ item_id: 'ar-1' }] });
  for (const choice of ['ON', undefined, true]) expect(await refusal(() => engine.consent.set(off<Consent>(choice)))).toMatch(/^RequestError request_invalid: /);
  expect([engine.consent.state, engine.history.list().length]).toEqual(['session', 1]);
});

describe('imports', () => {
  async function exported(): Promise<ExportedMemory> {
    const engine = await open({ consent: 'session' });
    await engine.observe('view_item', { items: [{ item_id: 'ar-1', item_variant: 'L' }] });
    await engine.observe('purchase', { transaction_id: 'T-1', items: [{ item_id: 'ar-1' }] });
    await engine.observe('search', { search_term: 'a secret wish' });
    await engine.observe('reminder_on', { brand: 'mossling' });
    return engine.history.export();
  }

  test('are taken as an object and as the text of a file', async () => {
    const memory = await exported();
    for (const given of [memory, JSON.stringify(memory)]) {
      const engine = await open({ consent: 'session' });
      expect(await engine.history.import(given)).toEqual({ added: 3, known: 0 });
      expect(await engine.history.import(given)).toEqual({ added: 0, known: 3 });
    }
  });

  test('are refused while nothing may be remembered', async () => {
    const engine = await open();
    const memory = await exported();
    for (const given of [memory, '', '{', off<string>(7)]) expect(await refusal(() => engine.history.import(given))).toMatch(/^StorageError consent_off: .*nothing may be remembered/);
    expect(engine.reminders()).toEqual([]);
  });

  const change: [string, string, (memory: ExportedMemory) => unknown][] = [
    ['no file', 'the file must be an object', () => undefined],
    ['another text', 'the file is not JSON', () => 'a secret wish'],
    ['another format', 'format must be 1', (memory) => ({ ...memory, format: 2 })],
    ['no events', 'events must be a list', ({ events: _, ...rest }) => rest],
    ['an id', 'events[0].id must be an id', (memory) => ({ ...memory, events: [{ ...memory.events[0]!, id: 'a secret wish' }] })],
    ['a name', 'events[0].name must be the name', (memory) => ({ ...memory, events: [{ ...memory.events[0]!, name: 'a secret wish' }] })],
    ['a price', 'events[0].items[0].price must be a whole number', (memory) => ({ ...memory, events: [{ ...memory.events[0]!, items: [{ ...memory.events[0]!.items[0]!, price: 'a secret wish' }] }] })],
    ['a category', 'events[0]: view_item event: category is an id', (memory) => ({ ...memory, events: [{ ...memory.events[0]!, category: 'a secret wish' }] })],
    ['a term', 'events[0].term must be a text', (memory) => ({ ...memory, events: [{ ...memory.events[0]!, term: ['a secret wish'] }] })],
    ['an order among the events', 'events[0] belongs into the other list', (memory) => ({ ...memory, events: memory.orders })],
    ['a reminder', 'reminders[0].since must be a whole number', (memory) => ({ ...memory, reminders: [{ brand: 'a', since: 'a secret wish' }] })],
  ];
  test.each(change)('with %s are refused whole, saying where and never what', async (_, words, changed) => {
    const engine = await open({ consent: 'session' });
    const said = await refusal(async () => engine.history.import(off<ExportedMemory>(changed(await exported()))));
    expect(said).toMatch(/^StorageError import_refused: /);
    expect(said).toContain(words);
    expect(said).not.toContain('secret');
    expect([engine.history.list(), engine.reminders()]).toEqual([[], []]);
  });
});

test('without an address for reports none is previewed, and no budget is spent', async () => {
  const engine = await open({ consent: 'on', storage: 'memory' });
  await engine.observe('view_item', { items: [{ item_id: 'ar-1' }] });
  expect(engine.reports.preview()).toBeUndefined();
  await engine.reports.skip();
  expect([engine.reports.ledger(), engine.reports.budget().spent]).toEqual([[], 0]);
});

test('reports are turned on or off, and nothing between', async () => {
  const engine = await open({ reports: 'https://shop.example/v1/reports', storage: 'memory' });
  for (const given of ['x', 0, undefined, null]) expect(await refusal(() => engine.reports.set(off<boolean>(given)))).toBe('RequestError request_invalid: reports.set: on must be true or false');
  expect(engine.reports.state).toBe('on');
});

test('codes that nobody knows are told as they were typed', async () => {
  const engine = await open();
  const codes = ['welcome', ' Straße ', 'SUMMER', 'summer'];
  const { unknownCodes } = engine.price([], { codes });
  expect([...unknownCodes].sort()).toEqual([' Straße ', 'SUMMER', 'welcome']);
});

test('there is somebody to tell of changes, or a refusal', async () => {
  const engine = await open();
  for (const listener of [undefined, {}, 'changed']) expect(await refusal(() => engine.subscribe(off<() => void>(listener)))).toMatch(/^RequestError request_invalid: subscribe/);
});

test('a listener that throws is reported, and neither the caller nor the others suffer', async () => {
  const engine = await open({ consent: 'session' });
  const wrong = new Error('a listener of the page');
  const said = vi.spyOn(console, 'error').mockReturnValue();
  let heard = 0;
  engine.subscribe(() => {
    throw wrong;
  });
  engine.subscribe(() => (heard += 1));
  await engine.observe('view_item', { items: [{ item_id: 'ar-1' }] });
  expect([heard, said.mock.calls]).toEqual([1, [[wrong]]]);
  said.mockRestore();
  const reported = vi.fn();
  vi.stubGlobal('reportError', reported);
  await engine.observe('view_item', { items: [{ item_id: 'ar-1' }] });
  expect(reported).toHaveBeenCalledWith(wrong);
});
