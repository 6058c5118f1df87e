/**
 * The sealed worker in a real browser, bundled by Vite and served by our own endpoint: every way out of it is refused from
 * within, an open one is refused by the page, and its engine answers what the page's does.
 */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page, Worker } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type * as Direct from 'windowshop';
import type * as Behind from 'windowshop/sealed';
import { kept, launch, shelf } from './browser.js';
import { openServer } from './open-server.js';
import type { OpenServer } from './open-server.js';
import { program } from './program.js';
import { demo, serve } from './server.js';

declare global {
  var direct: typeof Direct;
  var behind: typeof Behind;
}

const root = join(import.meta.dirname, '../..');
const app = join(root, 'target/sealed-shop');
const site = join(app, 'dist');
const POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'";
/** Noon of the demo's day, and a week before. */
const NOON = Date.parse('2026-11-22T12:00:00+08:00');
const WEEK = 7 * 86_400_000;
const PATIENT = { timeout: 60_000 };

let browser: Browser;
let endpoint: { address: string; stop: () => void };
let open: OpenServer;
/** The policies that the open server serves the worker's script with, by the script's name. */
const policies: Record<string, Record<string, string>> = {
  '/none.js': {},
  '/connect.js': { 'content-security-policy': "connect-src 'none'" },
  '/elsewhere.js': { 'content-security-policy': `${POLICY}; connect-src https://elsewhere.example` },
  '/telling.js': { 'content-security-policy': `${POLICY}; report-uri /told` },
  '/reporting.js': { 'content-security-policy-report-only': POLICY },
  '/closed.js': { 'content-security-policy': POLICY },
};

/** Pages with policies of their own: one forbids WebAssembly, the others texts where scripts are named. */
const CLOSED = "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'; img-src data:";
const pages: Record<string, Record<string, string>> = {
  '/strict.html': { 'content-security-policy': CLOSED },
  '/trusting.html': { 'content-security-policy': `${CLOSED.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")}; require-trusted-types-for 'script'; trusted-types windowshop` },
  '/own.html': { 'content-security-policy': `${CLOSED}; require-trusted-types-for 'script'; trusted-types shop` },
};

/** The example of the page for front-end developers, at the demo's noon. */
function example(): string {
  const page = readFileSync(join(root, 'docs/frontend.md'), 'utf8');
  const code = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, text = '']) => text).find((text) => text.includes("'windowshop/sealed'"));
  expect(code).toContain("{ pack: '/v1/pack.json',");
  return code!.replace("{ pack: '/v1/pack.json',", `{ now: () => ${NOON}, language: 'en', pack: '/v1/pack.json',`);
}

beforeAll(async () => {
  rmSync(app, { recursive: true, force: true });
  mkdirSync(app, { recursive: true });
  for (const name of ['index', 'example']) writeFileSync(join(app, `${name}.html`), `<!doctype html><title>${name}</title><link rel=icon href="data:,"><script type=module src=/${name}.js></script>`);
  writeFileSync(join(app, 'index.js'), "import * as direct from 'windowshop';\nimport * as behind from 'windowshop/sealed';\nObject.assign(globalThis, { direct, behind });\n");
  writeFileSync(join(app, 'example.js'), example());
  const input = ['index', 'example'].map((name) => join(app, `${name}.html`));
  await build({ root: app, configFile: false, logLevel: 'error', build: { target: 'es2022', modulePreload: { polyfill: false }, chunkSizeWarningLimit: 1_500, rolldownOptions: { input } } });
  // The same script under names that no server knows.
  for (const name of Object.keys(policies)) copyFileSync(join(root, 'pkg/dist/sealed-worker.js'), join(site, name));
  for (const name of Object.keys(pages)) copyFileSync(join(site, 'index.html'), join(site, name));
  [browser, endpoint, open] = await Promise.all([launch(), serve(site), openServer(site, join(demo, 'pack'), (path) => pages[path] ?? policies[path] ?? {})]);
});
afterAll(async () => {
  endpoint.stop();
  open.stop();
  await browser.close();
});

async function visit(address: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForFunction(() => 'behind' in globalThis);
  return page;
}

/** What became of a way out. */
interface Outcome {
  /** Whether something came of it. */
  open: boolean;
  /** What the policy forbade meanwhile. */
  refused: string[];
}

/** Tries every way out, one after another; runs in the worker. */
async function leave(targets: string[]): Promise<Record<string, Outcome | 'absent'>> {
  const refused: string[] = [];
  addEventListener('securitypolicyviolation', ({ disposition, effectiveDirective }) => disposition === 'enforce' && refused.push(effectiveDirective));
  const first = (target: EventTarget, yes: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      target.addEventListener(yes, resolve);
      target.addEventListener('error', () => reject(new Error('refused')));
    });
  const scope = globalThis as unknown as { importScripts(address: string): void };
  const ways: Record<string, (address: string) => unknown> = {
    fetch: (address) => fetch(address),
    XMLHttpRequest: (address) => {
      const request = new XMLHttpRequest();
      request.open('GET', address);
      request.send();
      return first(request, 'load');
    },
    WebSocket: (address) => first(new WebSocket(address.replace(/^http/, 'ws')), 'open'),
    EventSource: (address) => first(new EventSource(address), 'open'),
    import: (address) => import(address),
    importScripts: (address) => scope.importScripts(address),
    Worker: (address) => first(new Worker(address), 'message'),
    blobWorker: () => first(new Worker(URL.createObjectURL(new Blob(['postMessage(0)']))), 'message'),
    cache: async (address) => (await caches.open('probe')).add(address),
    sendBeacon: (address) => navigator.sendBeacon(address),
  };
  const outcomes: Record<string, Outcome | 'absent'> = {};
  for (const [name, way] of Object.entries(ways)) {
    if (name === 'sendBeacon' && !('sendBeacon' in navigator)) {
      outcomes[name] = 'absent';
      continue;
    }
    for (const target of targets) {
      // A worker's script has to be of the page's own origin, wherever it runs.
      if (name === 'Worker' && !target.startsWith(location.origin)) continue;
      refused.length = 0;
      let got = true;
      try {
        await way(`${target}/${name}`);
      } catch {
        got = false;
      }
      // The word on a refusal may come after it.
      for (let turn = 0; turn < 20 && !got && refused.length === 0; turn++) await new Promise((resolve) => setTimeout(resolve, 10));
      outcomes[`${name} ${target}`] = { open: got, refused: [...new Set(refused)] };
    }
  }
  return outcomes;
}

/** The same as text, with its `import()` as it was written: the tests' own tool puts a function of its own in its place. */
const LEAVE = leave.toString().replace(/\b__\w+import__\(/, 'import(');

/** What becomes of every way out of a worker. */
function tryWays(worker: Worker, targets: string[]): Promise<Record<string, Outcome | 'absent'>> {
  expect(LEAVE).toContain('import(address)');
  return worker.evaluate(`(${LEAVE})(${JSON.stringify(targets)})`);
}

/** The worker of a page, once there is one. Those that it tries to start itself come after it. */
async function workerOf(page: Page): Promise<Worker> {
  await expect.poll(() => page.workers().length, PATIENT).toBeGreaterThan(0);
  return page.workers()[0]!;
}

test('a bundler takes the worker along as it is, one file that the endpoint knows by its name', async () => {
  const name = readdirSync(join(site, 'assets')).find((file) => file.startsWith('sealed-worker'));
  expect(name).toMatch(/^sealed-worker-[\w-]{8}\.js$/);
  const published = readFileSync(join(root, 'pkg/dist/sealed-worker.js'));
  expect(readFileSync(join(site, 'assets', name!)).equals(published)).toBe(true);
  const answer = await fetch(`${endpoint.address}/assets/${name}`);
  expect(answer.headers.get('content-security-policy')).toBe(POLICY);
  expect((await fetch(`${endpoint.address}/`)).headers.get('content-security-policy')).toContain("worker-src 'self'");
});

describe('from within a sealed worker', () => {
  test('every way out is refused by the policy, to addresses that answer', async () => {
    const page = await visit(endpoint.address);
    const isolation = await page.evaluate(async () => {
      const shop = await behind.createSealedEngine({ pack: '/v1/pack.json' });
      Object.assign(globalThis, { shop });
      return shop.isolation;
    });
    expect(isolation).toBe('sealed');
    const worker = await workerOf(page);
    expect(worker.url()).toMatch(/\/assets\/sealed-worker-[\w-]{8}\.js$/);
    // Another origin that lets everybody in, and the endpoint itself.
    const asked = open.asked.length;
    const outcomes = Object.entries(await tryWays(worker, [`${open.address}/probe`, `${endpoint.address}/assets`]));
    expect(outcomes.length).toBeGreaterThan(16);
    for (const [way, outcome] of outcomes) {
      if (way === 'sendBeacon') expect(outcome, 'workers have none').toBe('absent');
      else expect(outcome, way).toMatchObject({ open: false, refused: [expect.stringMatching(/^(connect|worker|script)-src/)] });
    }
    expect(open.asked.slice(asked), 'nobody was asked').toEqual([]);
    const count = await page.evaluate(async () => (await (globalThis as unknown as { shop: Behind.SealedEngine }).shop.catalogue.sales()).length);
    expect(count, 'the engine is as it was').toBeGreaterThan(0);
    await page.context().close();
  });

  test('a page finds out that the policy is missing, and hands nothing over', async () => {
    const page = await visit(open.address);
    const { refused, left, asked } = await page.evaluate(async () => {
      const asked: string[] = [];
      // Playwright is not always told of the end of a worker's own workers, so it is counted here.
      let left = 0;
      globalThis.Worker = class extends Worker {
        constructor(...given: ConstructorParameters<typeof Worker>) {
          super(...given);
          left += 1;
        }
        override postMessage(message: { ask: string }): void {
          super.postMessage(message);
          asked.push(message.ask);
        }
        override terminate(): void {
          super.terminate();
          left -= 1;
        }
      };
      const refused = await behind.createSealedEngine({ pack: '/v1/pack.json' }).catch(({ name, code, message }: Direct.LoadError) => ({ name, code, message }));
      return { refused, left, asked };
    });
    expect(refused).toMatchObject({ name: 'LoadError', code: 'not_sealed', message: expect.stringMatching(/\(\S+ got through\).*Content-Security-Policy/) as unknown });
    expect(asked).toEqual(['ping', 'seal']);
    expect(left, 'it is not left running').toBe(0);
    await page.context().close();
  });

  test('the same ways are open in a worker without the policy, which runs only where that is asked for', async () => {
    const page = await visit(open.address);
    expect(await page.evaluate(async () => (await behind.createSealedEngine({ pack: '/v1/pack.json', allowUnsealed: true })).isolation)).toBe('worker');
    const outcomes = await tryWays(await workerOf(page), [`${open.address}/probe`]);
    for (const [way, outcome] of Object.entries(outcomes)) if (way !== 'sendBeacon') expect(outcome, way).toEqual({ open: true, refused: [] });
    for (const way of ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'import', 'importScripts', 'Worker']) expect(open.asked).toContain(`/probe/${way}`);
    await page.context().close();
  });
});

test('half a policy is none', async () => {
  const page = await visit(open.address);
  const start = (worker: string): Promise<string> =>
    page.evaluate(
      (script) =>
        behind.createSealedEngine({ pack: '/v1/pack.json', worker: script }).then(
          ({ isolation }) => isolation,
          ({ code }: Direct.LoadError) => code,
        ),
      worker,
    );
  for (const name of Object.keys(policies)) expect(await start(name), name).toBe(name === '/closed.js' ? 'sealed' : 'not_sealed');
  expect(await start('/missing.js')).toBe('worker_load');
  expect(await start('/index.html'), 'a page that answers for every address').toBe('worker_load');
  // Our own endpoint's policy for pages lets a page fetch, so it seals no worker.
  await page.goto(endpoint.address);
  await page.waitForFunction(() => 'behind' in globalThis);
  expect(await start('/closed.js')).toBe('not_sealed');
  await page.context().close();
});

test('a page that may compile no WebAssembly has the engine in the worker', async () => {
  const page = await visit(`${open.address}/strict.html`);
  const [direct_, sealed] = await page.evaluate(() =>
    Promise.all([
      direct.createEngine({ pack: '/v1/pack.json' }).then(
        () => 'started',
        ({ code }: Direct.LoadError) => code,
      ),
      behind.createSealedEngine({ pack: '/v1/pack.json', worker: '/closed.js' }).then(({ isolation }) => isolation),
    ]),
  );
  expect([direct_, sealed]).toEqual(['csp', 'sealed']);
  await page.context().close();
});

test('a page that wants Trusted Types lets our policy name the worker, or names it itself', async () => {
  const page = await visit(`${open.address}/trusting.html`);
  const start = (own: boolean): Promise<string> =>
    page.evaluate((own) => {
      const { trustedTypes } = globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): { createScriptURL(address: string): { toString(): string; toJSON(): string } } } };
      const worker = own ? trustedTypes.createPolicy('shop', { createScriptURL: (address: string) => address }).createScriptURL('/closed.js') : '/closed.js';
      return behind.createSealedEngine({ pack: '/v1/pack.json', worker }).then(
        ({ isolation }) => isolation,
        ({ code, message }: Direct.LoadError) => `${code}: ${message}`,
      );
    }, own);
  expect([await start(false), await start(false)], 'one policy serves both').toEqual(['sealed', 'sealed']);
  expect(await page.evaluate(async () => (await direct.createEngine({ pack: '/v1/pack.json' })).isolation), 'the engine in the page names no script').toBe('page');
  await page.goto(`${open.address}/own.html`);
  await page.waitForFunction(() => 'behind' in globalThis);
  expect(await start(false)).toMatch(/^worker_load: .*'windowshop' in trusted-types.*TrustedScriptURL/);
  expect(await start(true)).toBe('sealed');
  await page.context().close();
});

test('one shopper gets in the sealed worker what the page’s engine gives, may erase it, and dispose ends the worker', async () => {
  const page = await visit(endpoint.address);
  const { items, sales } = shelf();
  const onSale = items.id.filter((_, at) => sales[items.sale[at]!]!.opens <= NOON && sales[items.sale[at]!]!.closes > NOON).slice(0, 6);
  const { sealed, direct } = await page.evaluate(
    async ({ NOON, WEEK, onSale }) => {
      const options = { pack: '/v1/pack.json', language: 'en', reports: '/v1/reports' } as const;
      const last = await behind.createSealedEngine({ ...options, now: () => NOON - WEEK });
      await last.consent.set('on');
      for (const id of onSale) await last.observe('view_item', { items: [{ item_id: id }] });
      await last.dispose();

      // Both read what the worker kept: one shopper, one secret, one ledger.
      const now = (): number => NOON;
      const shop = await behind.createSealedEngine({ ...options, now });
      const other = await globalThis.direct.createEngine({ ...options, now });
      const cart = [{ item: onSale[0]!, quantity: 2 }];
      const ask = async (engine: Direct.Engine | Behind.SealedEngine): Promise<Record<string, unknown>> => ({
        recommended: await engine.recommend({ surface: 'home', limit: 24 }),
        explained: await engine.explain(onSale[1]!),
        record: await engine.record({ surface: 'home' }),
        receipt: await engine.price(cart),
        preview: await engine.reports.preview(),
        offer: await engine.offer(),
        item: await engine.catalogue.item(onSale[0]!),
        memory: await engine.history.export(),
      });
      Object.assign(globalThis, { shop });
      const answers = { sealed: await ask(shop), direct: await ask(other) };
      await other.dispose();
      return answers;
    },
    { NOON, WEEK, onSale },
  );
  expect(sealed).toEqual(direct);
  const { recommended, preview } = sealed as { recommended: Direct.Recommendations; preview: Direct.ReportPreview };
  expect(recommended.personal).toBe(true);
  expect(recommended.items.flatMap(({ reasons }) => reasons).length, 'there were reasons to compare').toBeGreaterThan(24);
  expect(preview.body.id).toMatch(/^[0-9a-f]{32}$/);

  expect(Object.keys(await kept(page))).toContain('windowshop/events');
  await page.evaluate(() => (globalThis as unknown as { shop: Behind.SealedEngine }).shop.history.erase());
  expect(Object.keys(await kept(page)), 'the choice alone is left').toEqual(['windowshop/choice']);
  await page.evaluate(() => (globalThis as unknown as { shop: Behind.SealedEngine }).shop.dispose());
  await expect.poll(() => page.workers().length, PATIENT).toBe(0);
  await page.context().close();
});

test('a page that stays open takes in the day’s change, by itself and for its worker', async () => {
  const later = join(root, 'target/sealed-shop-later');
  rmSync(later, { recursive: true, force: true });
  cpSync(join(demo, 'pack'), later, { recursive: true });
  const { items, sales } = shelf();
  const at = items.id.findIndex((_, row) => sales[items.sale[row]!]!.opens <= NOON && sales[items.sale[row]!]!.closes > NOON);
  const [id, price] = [items.id[at]!, items.price[at]! - 100];
  writeFileSync(join(later, 'changes.jsonl'), `${JSON.stringify({ item: id, price: (price / 100).toFixed(2) })}\n`);
  execFileSync(program, ['pack', 'delta', join(later, 'pack.json'), join(later, 'changes.jsonl')], { stdio: 'ignore' });

  const page = await visit(endpoint.address);
  await page.evaluate(async (now) => {
    const options = { pack: '/v1/pack.json', now: () => now, consent: 'session', storage: 'memory' } as const;
    const shops = [await direct.createEngine(options), await behind.createSealedEngine(options)];
    Object.assign(globalThis, { shops });
  }, NOON);
  const asked: string[] = [];
  const look = (): Promise<unknown[]> =>
    page.evaluate(async (id) => {
      const { shops } = globalThis as unknown as { shops: (Direct.Engine | Behind.SealedEngine)[] };
      return Promise.all(shops.map(async (shop) => [await shop.refresh(), (await shop.catalogue.item(id))?.price]));
    }, id);
  page.on('request', (request) => request.url().includes('/v1/') && asked.push(new URL(request.url()).pathname));
  expect(await look()).toEqual([[false, price + 100], [false, price + 100]]);
  expect(asked).toEqual(['/v1/pack.json', '/v1/pack.json']);
  await page.route('**/v1/*', (route) => route.fulfill({ path: join(later, new URL(route.request().url()).pathname.replace('/v1/', '')) }));
  expect(await look()).toEqual([[true, price], [true, price]]);
  expect(asked.slice(2).filter((path) => !/^\/v1\/(pack\.json|delta-\w+\.wsdelta)$/.test(path))).toEqual([]);
  await page.context().close();
});

test('the example for front-end developers runs, sealed', async () => {
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(`error: ${error.message}`));
  await page.goto(`${endpoint.address}/example.html`);
  await expect.poll(() => said.length, PATIENT).toBe(25);
  expect(said[0]).toBe('sealed');
  const { items } = shelf();
  for (const name of said.slice(1)) expect(items.name).toContain(name);
  await page.context().close();
});
