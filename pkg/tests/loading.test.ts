/** What is fetched, from a server that does as servers do. */

import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { createEngine, WindowshopError } from '../dist/node.js';
import type { EngineOptions, Progress } from '../dist/node.js';
import { correction } from '../ts/clock.js';
import { folder, manifest, packBytes } from './fixture.js';

let server: Server | undefined;
const seen: { url: string; headers: Record<string, unknown> }[] = [];

async function serve(answer: RequestListener): Promise<string> {
  seen.length = 0;
  server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/pack.json`;
}

/** Serves the fixture's files; `change` may answer first. */
const files =
  (change?: (name: string) => Buffer | string | undefined): RequestListener =>
  (request, response) => {
    const name = (request.url ?? '').replace('/v1/', '');
    response.end(change?.(name) ?? readFileSync(join(folder, name)));
  };

const open = (pack: string, options: Partial<EngineOptions> = {}) => createEngine({ pack, language: 'en', ...options });
const codeOf = (call: Promise<unknown>) => call.then(() => 'nothing was refused', (error: unknown) => (error instanceof WindowshopError ? error.code : error));

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  server?.closeAllConnections();
  server?.close();
});

test('the pack and one language come in, told of as they do, with nothing sent along', async () => {
  const told: Progress[] = [];
  const engine = await open(await serve(files()), { onProgress: (progress) => told.push(progress) });
  const { state, pack, text } = manifest();
  expect(engine.state).toBe(state);
  expect(seen.map(({ url }) => url).sort()).toEqual(['/v1/pack.json', `/v1/${pack.url}`, `/v1/${text['en']!.url}`].sort());
  for (const { headers } of seen) expect(headers).not.toHaveProperty('cookie');
  for (const { headers } of seen) expect(headers).not.toHaveProperty('referer');
  expect(new Set(told.map(({ stage }) => stage))).toEqual(new Set(['pack', 'text', 'ready']));
  expect(told.findLast(({ stage }) => stage === 'pack')?.loaded).toBe(pack.bytes);
  await engine.dispose();
});

test('a pack comes into the instance that reads it, and no other is started', async () => {
  const started = vi.spyOn(WebAssembly, 'instantiate');
  const engine = await open(await serve(files()));
  expect(engine.state).toBe(manifest().state);
  expect(started).toHaveBeenCalledTimes(1);
  started.mockRestore();
  await engine.dispose();
});

test('a page that fails on what it is told of the downloads has its engine all the same', async () => {
  const wrong = new Error('a progress bar of the page');
  const reported = vi.fn();
  vi.stubGlobal('reportError', reported);
  const engine = await open(await serve(files()), {
    onProgress: () => {
      throw wrong;
    },
  });
  expect(engine.catalogue.sales().length).toBeGreaterThan(0);
  expect(reported.mock.calls.length).toBeGreaterThan(1);
  expect(new Set(reported.mock.calls.flat())).toEqual(new Set([wrong]));
  await engine.dispose();
});

test('a module that was named is had or the start fails with what came instead', async () => {
  const answers: [string, RequestListener, RegExp][] = [
    ['nothing', (_, response) => response.writeHead(404).end(), /answered 404/],
    ['a page', (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>'), /copy 'windowshop\/engine.wasm' to it/],
    ['a page that says it is a module', (_, response) => response.writeHead(200, { 'content-type': 'application/wasm' }).end('<!doctype html>'), /could not be started/],
  ];
  for (const build of ['test', 'production']) {
    vi.stubEnv('NODE_ENV', build);
    for (const [what, answer, words] of answers) {
      // WebAssembly starts once a page: each of these is a page of its own.
      vi.resetModules();
      const page = await import('../dist/node.js');
      const wasm = (await serve(answer)).replace('pack.json', 'engine.wasm');
      await expect(page.createEngine({ pack: packBytes(), wasm }), what).rejects.toMatchObject({ name: 'LoadError', code: 'wasm_load', message: expect.stringMatching(words) as unknown });
      server?.close();
      // What failed can be tried again.
      expect((await page.createEngine({ pack: packBytes() })).language).toBe('en');
    }
  }
});

test('what the shopper does makes no request', async () => {
  const engine = await open(await serve(files()), { consent: 'session' });
  const before = seen.length;
  await engine.observe('view_item', { items: [{ item_id: 'ar-1' }] });
  engine.recommend({ surface: 'home' });
  await engine.observe('reminder_on', { brand: 'mossling' });
  engine.price([{ item: 'ar-1', size: 'S', quantity: 1 }]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(seen).toHaveLength(before);
  await engine.dispose();
});

test('what is missing, damaged or something else is refused with a code', async () => {
  const names = manifest();
  const damaged = readFileSync(join(folder, names.pack.url));
  damaged[100]! ^= 1;
  const cases: [string, string, (name: string) => Buffer | string | undefined][] = [
    ['a page instead of the manifest', 'pack_load', (name) => (name === 'pack.json' ? '<!doctype html>' : undefined)],
    ['a manifest of another format', 'pack_load', (name) => (name === 'pack.json' ? JSON.stringify({ ...names, format: 2 }) : undefined)],
    ['a damaged pack', 'pack_load', (name) => (name === names.pack.url ? damaged : undefined)],
    ['a damaged text', 'text_load', (name) => (name === names.text['en']!.url ? '{}' : undefined)],
  ];
  for (const [what, code, change] of cases) {
    expect(await codeOf(open(await serve(files(change)))), what).toBe(code);
    server?.close();
  }
  expect(await codeOf(open(await serve((_, response) => response.writeHead(404).end()))), 'nothing there').toBe('pack_load');
  expect(await codeOf(open('http://127.0.0.1:1/pack.json')), 'no server').toBe('pack_load');
});

test('a pack that could be opened is refused where it is not the file that the manifest names', async () => {
  const names = manifest();
  const pack = readFileSync(join(folder, names.pack.url));
  const named = (fields: object) => (name: string) => (name === 'pack.json' ? JSON.stringify({ ...names, pack: { ...names.pack, ...fields } }) : undefined);
  const served = (bytes: Buffer) => (name: string) => (name === names.pack.url ? bytes : undefined);
  const changed = (at: number) => {
    const bytes = Buffer.from(pack);
    bytes[at]! ^= 1;
    return bytes;
  };
  // The first section lies behind the header, which has an entry of 64 bytes for each: there is its digest too, from byte 32 on.
  const first = 32 + 64 * pack.readUInt32LE(12);
  const cases: [string, RegExp, (name: string) => Buffer | string | undefined][] = [
    ['of another state', /the manifest names 0{64}/, (name) => (name === 'pack.json' ? JSON.stringify({ ...names, state: '0'.repeat(64) }) : undefined)],
    ['damaged, though the engine would refuse it for that', /its SHA-256 is/, served(changed(first))],
    ['damaged at its end', /its SHA-256 is/, served(changed(pack.length - 9))],
    ['that names another digest', /its SHA-256 is/, served(changed(32 + 32))],
    ['whose header is damaged', /its SHA-256 is/, served(changed(100))],
    ['that is none', /its SHA-256 is/, served(Buffer.alloc(pack.length, 'no pack at all '))],
    ['shorter', /its SHA-256 is/, served(pack.subarray(0, -8))],
    ['cut within its header', /its SHA-256 is/, served(pack.subarray(0, 100))],
    ['longer', /longer than the manifest says/, served(Buffer.concat([pack, Buffer.alloc(8)]))],
    ['of a manifest without its length', /lacks its url, bytes or sha256/, named({ bytes: undefined })],
  ];
  for (const [what, words, change] of cases) {
    const refused = { name: 'LoadError', code: 'pack_load', message: expect.stringMatching(words) as unknown };
    await expect(open(await serve(files(change))), what).rejects.toMatchObject(refused);
    server?.close();
  }
});

test('a pack that comes in pieces is looked at section by section, and never as a whole', async () => {
  const names = manifest();
  const pack = readFileSync(join(folder, names.pack.url));
  const lengths: number[] = [];
  const digest = crypto.subtle.digest.bind(crypto.subtle);
  const looked = vi.spyOn(crypto.subtle, 'digest').mockImplementation((name, bytes) => {
    lengths.push(bytes.byteLength);
    return digest(name, bytes);
  });
  const url = await serve((request, response) => {
    if (!request.url?.endsWith(names.pack.url)) return files()(request, response);
    // In pieces that end anywhere, each on its own.
    const pieces = Array.from({ length: 40 }, (_, at) => pack.subarray((at * pack.length) / 40, ((at + 1) * pack.length) / 40));
    const next = (): void => {
      const piece = pieces.shift();
      if (piece) response.write(piece, () => setImmediate(next));
      else response.end();
    };
    return next();
  });
  const engine = await open(url, { consent: 'session' });
  looked.mockRestore();
  expect(engine.state).toBe(names.state);
  const sections = pack.readUInt32LE(12);
  expect(lengths).toContain(32 + 64 * sections);
  expect(lengths).not.toContain(pack.length);
  // Each section, the header, and the text.
  expect(lengths).toHaveLength(sections + 2);
  expect(engine.catalogue.item('ar-1')).toMatchObject({ id: 'ar-1' });
  await engine.dispose();
});

test('an abort on the way rejects with the signal’s own reason', async () => {
  const stop = new AbortController();
  const reason = new Error('left the page');
  const url = await serve((request, response) => {
    if (request.url?.endsWith('pack.json')) files()(request, response);
    else stop.abort(reason);
  });
  await expect(open(url, { signal: stop.signal })).rejects.toBe(reason);
});

test('the page’s clock is put right by the Date header', async () => {
  const date = new Date(Date.now() - 5 * 3_600_000).toUTCString();
  const url = await serve((request, response) => {
    response.setHeader('date', date);
    files()(request, response);
  });
  const engine = await open(url, { consent: 'session' });
  const { now } = engine.recommend({ surface: 'home' });
  expect(Math.abs(now - Date.parse(date))).toBeLessThan(60_000);
  await engine.dispose();
});

test('a clock that agrees with the header is left alone, and one that does not is moved by what the header can tell', () => {
  const date = 'Sun, 22 Nov 2026 09:00:00 GMT';
  const at = Date.parse(date);
  expect(correction(null, at, at)).toBe(0);
  expect(correction('yesterday', at, at)).toBe(0);
  expect(correction(date, at + 400, at + 600)).toBe(0);
  expect(correction(date, at - 300, at + 100)).toBe(0);
  expect(correction(date, at + 60_000, at + 60_000)).toBeCloseTo(-59_500, -2);
  expect(correction(date, at - 3_600_000, at - 3_600_000)).toBeCloseTo(3_600_500, -2);
  // Weeks of reports and the age of memories are no server's to say.
  for (const days of [-400, -1.1, 1.1, 100]) expect(correction(date, at - days * 86_400_000, at - days * 86_400_000)).toBe(0);
});
