/** One answer everywhere: decisions that the native engine made after real prefixes are made again in Chromium. */

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { createEngine, DecisionRecord } from 'windowshop';
import { launch, visit } from './browser.js';
import { program } from './program.js';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'target/one-answer');
const document = "<!doctype html><title>one answer</title><script type=module>import { createEngine } from './index.js'; globalThis.createEngine = createEngine</script>";
const types: Record<string, string> = { html: 'text/html', js: 'text/javascript', wasm: 'application/wasm' };

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
  execFileSync(program, ['evaluate', 'digest', '--out', folder], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
});
afterAll(() => browser.close());

test('a thousand decisions have the digests that they have natively', async () => {
  const { page } = await visit(browser);
  // The package as it is published, from a page of its own: a plain script, no bundler.
  await page.route('**/one-answer/*', (route) => {
    const name = new URL(route.request().url()).pathname.split('/').pop() ?? '';
    if (name === 'index.html') return route.fulfill({ contentType: 'text/html', body: document });
    const path = ['pack.wspack', 'decisions.jsonl'].includes(name) ? join(folder, name) : join(root, 'pkg/dist', name);
    return route.fulfill({ contentType: types[name.split('.').pop() ?? ''] ?? 'application/octet-stream', body: readFileSync(path) });
  });
  await page.goto(`${inject('address')}/one-answer/index.html`);
  const differing = await page.evaluate(async () => {
    const create = (globalThis as unknown as { createEngine: typeof createEngine }).createEngine;
    const decisions = (await (await fetch('decisions.jsonl')).text()).trim().split('\n').map((line) => JSON.parse(line) as DecisionRecord);
    let now = 0;
    const engine = await create({ pack: { bytes: await (await fetch('pack.wspack')).arrayBuffer() }, consent: 'session', storage: 'memory', now: () => now });
    const found: string[] = [];
    for (const decision of decisions) {
      now = decision.now;
      await engine.history.erase();
      await engine.history.import(decision.memory);
      if (engine.recommend(decision.request).digest !== decision.digest) found.push(decision.digest);
    }
    return { count: decisions.length, found };
  });
  expect(differing).toEqual({ count: 1_000, found: [] });
  await page.context().close();
});
