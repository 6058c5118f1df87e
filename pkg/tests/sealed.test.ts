/** The engine behind messages: every call answers what it answers in the page, and what leaves is a report or nothing. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createEngine } from '../dist/node.js';
import type { Engine } from '../dist/node.js';
import { createSealedEngine, EventError, LoadError, RequestError, StorageError } from '../dist/sealed.js';
import type { SealedEngine, SealedEngineOptions } from '../dist/sealed.js';
import { isClosed, isSealed, POLICY, tryAll } from '../ts/sealed/seal.js';
import { METHODS, VALUES } from '../ts/sealed/wire.js';
import { couponPackBytes, NOON, root } from './fixture.js';
import { aMinuteOn } from './waiting.js';
import { SEALED, ThreadWorker } from './thread-worker.js';

/** A worker whose script is none: it breaks before it says a word. */
class MuteWorker {
  static message: string | undefined;
  onerror?: (event: { message?: string | undefined; preventDefault(): void }) => void;
  constructor() {
    setImmediate(() => this.onerror?.({ message: MuteWorker.message, preventDefault: () => undefined }));
  }
  postMessage(): void {}
  terminate(): void {}
}

/** What a page's policy vouches for, as a browser has it. */
class TrustedScriptURL {
  readonly #address: string;
  constructor(address: string) {
    this.#address = address;
  }
  get [Symbol.toStringTag](): string {
    return 'TrustedScriptURL';
  }
  toString(): string {
    return this.#address;
  }
  toJSON(): string {
    return this.#address;
  }
}

/** A worker of a page with `require-trusted-types-for 'script'`. */
class StrictWorker extends ThreadWorker {
  static given: unknown[] = [];
  constructor(address?: unknown) {
    if (!(address instanceof TrustedScriptURL)) throw new TypeError("This document requires 'TrustedScriptURL' assignment.");
    super();
    StrictWorker.given.push(address);
  }
}

const WEEK = 7 * 86_400_000;
const REPORTS = 'https://shop.example/v1/reports';
const pack = couponPackBytes();
const wasm = readFileSync(join(root, 'pkg/dist/engine.wasm'));
const engines: { dispose(): Promise<void> }[] = [];
let now = NOON;
let sent: string[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('Worker', ThreadWorker);
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('fetch', (_: string, { body }: { body: string }) => {
    sent.push(body);
    return Promise.resolve(new Response('{}', { status: 202 }));
  });
  [now, sent, ThreadWorker.tried] = [NOON, [], SEALED];
});
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.dispose()));
  expect(ThreadWorker.running.size, 'no worker is left').toBe(0);
  vi.restoreAllMocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function sealed(more: Partial<SealedEngineOptions> = {}): Promise<SealedEngine> {
  const engine = await createSealedEngine({ pack, wasm, language: 'en', now: () => now, strict: true, reports: REPORTS, storage: 'indexeddb', ...more });
  engines.push(engine);
  return engine;
}

async function inPage(): Promise<Engine> {
  const engine = await createEngine({ pack, language: 'en', now: () => now, strict: true, reports: REPORTS, storage: 'indexeddb' });
  engines.push(engine);
  return engine;
}

/** A browser that remembers since last week, filled through the worker. */
async function remembered(): Promise<void> {
  now = NOON - WEEK;
  const engine = await sealed();
  await engine.consent.set('on');
  await engine.observe('view_item', { items: [{ item_id: 'tg-1' }] });
  await engine.observe('view_item', { items: [{ item_id: 'ar-1' }] });
  await engine.observe('favourite_on', { items: [{ item_id: 'ar-3' }] });
  await engine.observe('reminder_on', { brand: 'mossling' });
  await engine.observe('purchase', { transaction_id: 'T-1', items: [{ item_id: 'tg-1', quantity: 1 }] });
  await engine.dispose();
  now = NOON;
}

/** What a path leads to, in either engine. */
function at(engine: object, path: string): unknown {
  return path.split('.').reduce((owner: Record<string, unknown>, name) => {
    const value = owner[name];
    return (typeof value === 'function' ? value.bind(owner) : value) as Record<string, unknown>;
  }, engine as Record<string, unknown>);
}

/** Calls that change nothing, with what they are given. */
const READING: Record<string, unknown[][]> = {
  'catalogue.zoneOffset': [[NOON]],
  'catalogue.today': [[]],
  'catalogue.sales': [[]],
  'catalogue.sale': [['no such sale']],
  'catalogue.itemsOf': [['no such sale']],
  'catalogue.item': [['tg-1'], ['no such item']],
  'catalogue.brand': [['mossling']],
  'catalogue.brands': [[]],
  'catalogue.category': [['men']],
  'catalogue.categories': [[]],
  recommend: [[{ surface: 'home', limit: 24 }], [{ surface: 'similar', item: 'tg-1' }]],
  brands: [[], [{ limit: 2 }]],
  explain: [['tg-1'], ['ar-1']],
  record: [[{ surface: 'home' }]],
  reminders: [[]],
  favourites: [[]],
  price: [[[{ item: 'ar-3', quantity: 1, size: '48' }], { codes: ['THIRTY'] }], [[]]],
  customer: [[]],
  offer: [[]],
  'history.list': [[]],
  'history.orders': [[]],
  'history.derived': [[]],
  'history.export': [[]],
  'reports.preview': [[]],
  'reports.ledger': [[]],
  'reports.budget': [[]],
  'survey.question': [[]],
};
/** Calls that change something; each is made in a test below, and `refresh` in refresh.test.ts. */
const CHANGING = ['observe', 'refresh', 'setAccount', 'history.forget', 'history.import', 'history.erase', 'consent.set', 'reports.set', 'reports.skip', 'survey.answer', 'survey.skip'];

test('every method is compared or called here', () => {
  expect([...Object.keys(READING), ...CHANGING].sort()).toEqual([...METHODS].sort());
});

test('every call answers what it answers in the page, for one shopper', async () => {
  // By this secret nobody is held out, nor given the shop's own order.
  vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
    (array as Uint8Array).fill(9);
    return array;
  });
  await remembered();
  const [worker, page] = [await sealed(), await inPage()];
  const { sale } = page.catalogue.item('tg-1') ?? {};
  for (const path of ['catalogue.sale', 'catalogue.itemsOf']) READING[path]?.push([sale]);
  for (const [path, calls] of Object.entries(READING)) {
    for (const given of calls) {
      const answer = await (at(worker, path) as (...given: unknown[]) => Promise<unknown>)(...given);
      expect(answer, path).toEqual((at(page, path) as (...given: unknown[]) => unknown)(...given));
    }
  }
  for (const path of VALUES) expect(at(worker, path), path).toEqual(at(page, path));
  expect(await worker.reports.preview(), 'there was something to compare').toBeDefined();
  expect([(await worker.recommend({ surface: 'home' })).personal, typeof (await worker.offer())]).toEqual([true, 'object']);
  expect([worker.isolation, page.isolation]).toEqual(['sealed', 'page']);
});

test('what changes something does so, and is heard of', async () => {
  const engine = await sealed();
  let heard = 0;
  const stop = engine.subscribe(() => heard++);
  expect([engine.consent.state, engine.consent.chosen, engine.storage.kind]).toEqual(['off', false, 'indexeddb']);
  await engine.consent.set('on');
  expect([engine.consent.state, engine.consent.chosen]).toEqual(['on', true]);
  await engine.observe({ name: 'view_item', params: { items: [{ item_id: 'tg-1' }] } });
  await engine.observe(undefined);
  expect(heard).toBeGreaterThan(1);
  const [seen] = await engine.history.list();
  expect(seen?.name).toBe('view_item');

  const memory = await engine.history.export();
  expect(await engine.history.forget([seen?.id ?? ''])).toBe(1);
  expect(await engine.history.import(memory)).toEqual({ added: 1, known: 0 });
  const { undo, until } = await engine.history.erase();
  expect(until).toBeGreaterThan(0);
  expect(await engine.history.list()).toEqual([]);
  expect(await undo()).toBe(true);
  expect(await engine.history.list()).toEqual([seen]);
  expect(await undo(), 'there is one way back').toBe(false);

  await engine.reports.set(false);
  expect(engine.reports.state).toBe('off');
  await engine.reports.set(true);
  expect(await engine.reports.skip(), 'they begin next week, so none is due').toBe(false);
  expect([await engine.survey.answer('fair'), await engine.survey.skip()], 'this pack has no survey').toEqual([false, false]);
  expect(await engine.setAccount({ id: 'a', asOf: NOON, points: 50 })).toBe(true);
  expect(await engine.setAccount({ id: 'a', asOf: NOON, points: 50 })).toBe(false);

  stop();
  const before = heard;
  const off = await engine.consent.set('off');
  expect([heard, engine.consent.state, await engine.history.list()]).toEqual([before, 'off', []]);
  expect(off.until).toBeGreaterThan(Date.now());
  expect(await off.undo?.()).toBe(true);
  expect([engine.consent.state, await engine.history.list()]).toEqual(['on', [seen]]);
});

test('calls are answered in the order in which they are made', async () => {
  const engine = await sealed({ consent: 'session' });
  void engine.observe('view_item', { items: [{ item_id: 'tg-1' }] });
  const after = engine.history.list();
  void engine.observe('view_item', { items: [{ item_id: 'ar-1' }] });
  expect((await after).map(({ items }) => items[0]?.id)).toEqual(['tg-1']);
});

test('each call takes the time of the shop’s clock along', async () => {
  const engine = await sealed();
  expect((await engine.recommend({ surface: 'home' })).now).toBe(NOON);
  now += 5;
  expect((await engine.recommend({ surface: 'home' })).now).toBe(NOON + 5);
  now = NaN;
  await expect(engine.recommend({ surface: 'home' })).rejects.toMatchObject({ code: 'request_invalid' });
  now = NOON;
});

test('errors keep class, code and message', async () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  const [engine, page] = [await sealed(), await inPage()];
  const refused = async (made: () => unknown): Promise<unknown> => {
    try {
      await made();
    } catch (error) {
      return { name: (error as Error).name, code: (error as { code?: unknown }).code, message: (error as Error).message };
    }
    return undefined;
  };
  for (const made of [
    (shop: Engine | SealedEngine) => shop.recommend({ surface: 'nowhere' as 'home' }),
    (shop: Engine | SealedEngine) => shop.explain('no such item'),
    (shop: Engine | SealedEngine) => shop.price([{ item: 'tg-1', quantity: 0 }]),
    (shop: Engine | SealedEngine) => shop.history.import('{'),
    (shop: Engine | SealedEngine) => shop.observe('view_itme' as 'view_item', {}),
  ]) {
    const said = await refused(() => made(page));
    expect(said).toBeDefined();
    expect(await refused(() => made(engine))).toEqual(said);
  }
  await expect(engine.explain('no such item')).rejects.toBeInstanceOf(RequestError);
  await expect(engine.history.import('{')).rejects.toBeInstanceOf(StorageError);
  await expect(engine.observe('view_itme' as 'view_item', {})).rejects.toBeInstanceOf(EventError);
  expect(engine.refused).toEqual({ view_itme: 2 });
  expect(engine.lastRefusal).toBe(page.lastRefusal);
});

test('what cannot be copied is left out, as it is not read in the page either', async () => {
  const engine = await sealed({ consent: 'session' });
  const params = new Proxy({ items: [{ item_id: 'tg-1' }], eventCallback: () => undefined }, {});
  await engine.observe('view_item', params);
  expect((await engine.history.list())[0]?.items[0]?.id).toBe('tg-1');
  const round: { self?: unknown } = {};
  round.self = round;
  await expect(engine.observe('view_item', { items: [], callback: () => undefined, round } as never)).rejects.toMatchObject({ code: 'request_invalid' });
});

describe('reports', () => {
  test('the page sends what the ledger lists, byte by byte, and once', async () => {
    await remembered();
    const engine = await sealed();
    const body = JSON.stringify((await engine.reports.preview())?.body);
    await aMinuteOn();
    expect(sent).toEqual([body]);
    const [row] = await engine.reports.ledger();
    expect(JSON.stringify(row?.body)).toBe(body);
    expect(row?.sent).toBe(NOON);
    await engine.dispose();
    await sealed();
    await aMinuteOn();
    expect(sent).toHaveLength(1);
  });

  test('nothing but one report leaves, whatever the worker hands over', async () => {
    await sealed();
    const [worker] = ThreadWorker.running;
    const body = { question: 'q', week: '2026-W47', id: '7ea097313a0cbf17d0df51ba4010c84d', answer: 'krr-53ddf675-03' };
    const others = [{ ...body, who: 'anna' }, { ...body, id: 'anna' }, { ...body, answer: 'krr-53ddf675-03 anna' }, { ...body, week: 'anna' }, { ...body, question: 7 }, { ...body, question: 'a'.repeat(201) }, { question: 'q' }, {}];
    for (const other of others) worker?.say({ tell: 'report', report: 0, body: other });
    await aMinuteOn();
    expect(sent).toEqual([]);
    for (let time = 0; time < 3; time++) worker?.say({ tell: 'report', report: 0, body });
    await aMinuteOn();
    expect(sent).toEqual([JSON.stringify(body)]);
  });

  test('none goes where the page’s browser asks for none', async () => {
    await remembered();
    vi.stubGlobal('navigator', { globalPrivacyControl: true, languages: [] });
    const engine = await sealed();
    expect(engine.reports.state).toBe('global_privacy_control');
    await aMinuteOn();
    expect(sent).toEqual([]);
    expect(await engine.reports.ledger()).toEqual([]);
  });

  test('none is made without an address', async () => {
    await remembered();
    const engine = await createSealedEngine({ pack, wasm, now: () => now });
    engines.push(engine);
    expect([engine.reports.state, await engine.reports.preview()]).toEqual(['off', undefined]);
    await aMinuteOn();
    expect(sent).toEqual([]);
  });
});

describe('a start', () => {
  test('is refused where the worker is open, unless that is allowed', async () => {
    ThreadWorker.tried = { open: ['fetch'], policies: [] };
    await expect(sealed()).rejects.toMatchObject({ name: 'LoadError', code: 'not_sealed' });
    expect(ThreadWorker.running.size).toBe(0);
    expect((await sealed({ allowUnsealed: true })).isolation).toBe('worker');
  });

  test('is refused with a worker of another build', async () => {
    const start = sealed();
    // In development the options are looked at first.
    while (ThreadWorker.running.size === 0) await new Promise((done) => setImmediate(done));
    const [worker] = ThreadWorker.running;
    worker?.say({ tell: 'pong', build: '0'.repeat(16) });
    await expect(start).rejects.toMatchObject({ name: 'LoadError', code: 'worker_load', message: expect.stringContaining('another build') as unknown });
  });

  test('is refused where something else is served for the worker’s script', async () => {
    for (const message of ["Uncaught SyntaxError: Unexpected token '<'", undefined]) {
      vi.stubGlobal('Worker', MuteWorker);
      MuteWorker.message = message;
      const refused = { name: 'LoadError', code: 'worker_load', message: expect.stringMatching(/could not be loaded.*served there, as JavaScript.*\(\/sealed-worker\.js\)/) as unknown };
      await expect(sealed({ worker: '/sealed-worker.js' })).rejects.toMatchObject(refused);
      if (message) await expect(sealed({ worker: '/sealed-worker.js' })).rejects.toThrow(message);
    }
  });

  test('under Trusted Types passes what a policy of its own vouches for, or the page’s own', async () => {
    const page = new TrustedScriptURL('/static/sealed-worker.js');
    const made: string[] = [];
    const types = {
      isScriptURL: (value: unknown) => value instanceof TrustedScriptURL,
      createPolicy: (name: string, { createScriptURL }: { createScriptURL: (address: string) => string }) => (made.push(name), { createScriptURL: (address: string) => new TrustedScriptURL(createScriptURL(address)) }),
    };
    vi.stubGlobal('trustedTypes', types);
    vi.stubGlobal('Worker', StrictWorker);
    StrictWorker.given = [];
    await sealed({ worker: page });
    expect([StrictWorker.given, made]).toEqual([[page], []]);
    for (let time = 0; time < 2; time++) await sealed({ worker: '/sealed-worker.js' });
    expect([StrictWorker.given.slice(1).map(String), made], 'one policy serves all').toEqual([['/sealed-worker.js', '/sealed-worker.js'], ['windowshop']]);

    // A page that allows no such policy; this module has made its own by now, and another has not.
    vi.resetModules();
    const { createSealedEngine: other } = (await import('../dist/sealed.js')) as { createSealedEngine: typeof createSealedEngine };
    types.createPolicy = () => {
      throw new TypeError("Policy 'windowshop' disallowed");
    };
    await expect(other({ pack, wasm, worker: '/sealed-worker.js' })).rejects.toMatchObject({ code: 'worker_load', message: expect.stringMatching(/'windowshop' in trusted-types.*TrustedScriptURL/) as unknown });
  });

  test('that fails in the worker is told as in the page, and ends it', async () => {
    const start = sealed({ pack: { bytes: new Uint8Array(8) } });
    await expect(start).rejects.toBeInstanceOf(LoadError);
    await expect(start).rejects.toMatchObject({ code: 'pack_refused' });
    await expect(sealed({ wasm: new Uint8Array(8) })).rejects.toMatchObject({ code: 'wasm_load' });
  });

  test('that is aborted rejects with the signal’s reason and ends the worker', async () => {
    const reason = new Error('the page was left');
    const controller = new AbortController();
    const start = sealed({ signal: controller.signal });
    controller.abort(reason);
    await expect(start).rejects.toBe(reason);
    await expect(sealed({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test('leaves the bytes that were handed in with whoever handed them in', async () => {
    await sealed();
    await sealed();
    expect([(pack.bytes as Uint8Array).byteLength, wasm.byteLength].every((length) => length > 1_000)).toBe(true);
  });

  test('takes no adapter, and says where there are no workers', async () => {
    for (const production of [false, true]) {
      vi.stubEnv('NODE_ENV', production ? 'production' : 'test');
      const adapter = { put: () => undefined } as unknown as 'memory';
      for (const storage of [{} as 'memory', adapter]) {
        await expect(sealed({ storage })).rejects.toMatchObject({ code: 'request_invalid', message: expect.stringMatching(/^createSealedEngine's option 'storage' must be 'indexeddb' or 'memory': an adapter/) as unknown });
      }
    }
    vi.unstubAllEnvs();
    vi.stubGlobal('Worker', undefined);
    await expect(sealed()).rejects.toMatchObject({ code: 'worker_load' });
  });
});

test('after dispose every call is refused, and a worker that broke says so', async () => {
  const engine = await sealed();
  const waiting = engine.recommend({ surface: 'home' });
  await Promise.all([engine.dispose(), engine.dispose()]);
  expect((await waiting).items.length).toBeGreaterThan(0);
  expect(ThreadWorker.running.size).toBe(0);
  await expect(engine.offer()).rejects.toMatchObject({ name: 'EngineError', code: 'disposed' });

  const other = await sealed();
  const [worker] = ThreadWorker.running;
  const asked = other.offer();
  worker?.onerror?.({ message: 'unreachable', preventDefault: () => undefined });
  await expect(asked).rejects.toMatchObject({ code: 'engine_failed' });
  await expect(other.offer()).rejects.toMatchObject({ code: 'engine_failed' });
});

describe('a policy', () => {
  test('is closed where it opens nothing', () => {
    for (const policy of [POLICY, "default-src 'none'", " DEFAULT-SRC 'none' ;script-src 'none';; worker-src 'none'", `${POLICY}; base-uri 'none'; frame-ancestors 'none'`]) expect(isClosed(policy), policy).toBe(true);
  });

  test('is not where anything is open', () => {
    for (const policy of [
      '',
      "script-src 'wasm-unsafe-eval'",
      "connect-src 'none'",
      "default-src 'self'",
      "default-src 'none' https://elsewhere.example",
      "default-src 'self'; default-src 'none'",
      `${POLICY}; connect-src 'self'`,
      `${POLICY}; worker-src blob:`,
      `${POLICY}; script-src-elem 'self'`,
      `${POLICY}; img-src https://elsewhere.example`,
      "default-src 'none'; script-src 'unsafe-eval'",
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'",
      `${POLICY}; report-uri https://elsewhere.example`,
      `${POLICY}; report-to elsewhere`,
    ]) {
      expect(isClosed(policy), policy).toBe(false);
    }
  });

  test('and what was tried have to agree', () => {
    expect(isSealed(SEALED)).toBe(true);
    expect(isSealed({ open: [], policies: ["connect-src 'none'", POLICY] }), 'the strictest of several holds').toBe(true);
    for (const tried of [{ open: [], policies: [] }, { open: ['fetch'], policies: [POLICY] }, { open: [], policies: ["connect-src 'none'"] }]) expect(isSealed(tried)).toBe(false);
  });
});

test('trying to get out ends with the first that gets through, whatever the others wait for', async () => {
  class Silent extends EventTarget {
    close(): void {}
    postMessage(): void {}
    terminate(): void {}
  }
  for (const name of ['WebSocket', 'EventSource', 'Worker']) vi.stubGlobal(name, Silent);
  for (const name of ['addEventListener', 'removeEventListener']) vi.stubGlobal(name, () => undefined);
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('')));
  // No timer of this test goes off: nothing waits for one.
  const { open, policies } = await tryAll('https://shop.example/sealed-worker.js');
  expect([open.includes('fetch') || open.includes('import()'), open.includes('WebSocket'), policies]).toEqual([true, false, []]);
  expect(isSealed({ open, policies })).toBe(false);
});
