/** One answer everywhere: decisions that the native engine made after real prefixes are made again in Node.js. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createEngine } from '../dist/node.js';
import type { DecisionRecord } from '../dist/node.js';
import { root, windowshop } from './fixture.js';

const folder = join(root, 'target/one-answer');

test('a thousand decisions have the digests that they have natively', { timeout: 300_000 }, async () => {
  windowshop('evaluate', 'digest', '--out', folder);
  const decisions = readFileSync(join(folder, 'decisions.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as DecisionRecord);
  expect(decisions).toHaveLength(1_000);
  let now = 0;
  const engine = await createEngine({ pack: { bytes: readFileSync(join(folder, 'pack.wspack')) }, consent: 'session', now: () => now });
  for (const decision of decisions) {
    now = decision.now;
    await engine.history.erase();
    await engine.history.import(decision.memory);
    const { state, digest } = engine.recommend(decision.request);
    expect({ state, digest }).toEqual({ state: decision.state, digest: decision.digest });
  }
  await engine.dispose();
});
