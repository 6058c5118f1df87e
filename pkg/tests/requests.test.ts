/** What the package asks the network for: the same for everybody, and nothing of what somebody did. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createEngine } from '../dist/node.js';
import { NOON, root } from './fixture.js';
import { aMinuteOn } from './waiting.js';

const SHOP = 'https://shop.example/v1/';
const WEEK = 7 * 86_400_000;
const served = join(root, 'target/fixture-coupon-pack');

/** A request as somebody on the way sees it. */
interface Seen {
  method: string;
  address: string;
  body: string;
}

let seen: Seen[] = [];
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('fetch', (input: string | URL | Request, init: RequestInit = {}) => {
    const address = String(input instanceof Request ? input.url : input);
    seen.push({ method: init.method ?? 'GET', address, body: typeof init.body === 'string' ? init.body : '' });
    if (init.method === 'POST') return Promise.resolve(new Response('{}', { status: 202 }));
    return Promise.resolve(new Response(new Uint8Array(readFileSync(join(served, address.slice(SHOP.length))))));
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** All that a browser sends in two visits a week apart, of somebody who does `what` in both. */
async function visits(what: (engine: Awaited<ReturnType<typeof createEngine>>) => Promise<void>): Promise<Seen[]> {
  vi.stubGlobal('indexedDB', new IDBFactory());
  seen = [];
  for (const now of [NOON - WEEK, NOON]) {
    const engine = await createEngine({ pack: `${SHOP}pack.json`, language: 'en', now: () => now, storage: 'indexeddb', reports: `${SHOP}reports` });
    await engine.consent.set('on');
    await what(engine);
    await aMinuteOn();
    await engine.dispose();
  }
  return seen;
}

const once = () => visits((engine) => engine.observe('view_item', { items: [{ item_id: 'tg-1' }] }).then(() => undefined));
const much = () =>
  visits(async (engine) => {
    for (let page = 0; page < 250; page++) {
      await engine.observe('view_item', { items: [{ item_id: page % 2 ? 'ar-1' : 'ar-3' }] });
      engine.recommend({ surface: 'home', limit: 24 });
      engine.recommend({ surface: 'similar', item: 'ar-1' });
    }
    await engine.observe('search', { search_term: 'a very private word' });
    await engine.observe('reminder_on', { brand: 'mossling' });
    await engine.observe('add_to_cart', { items: [{ item_id: 'ar-3', quantity: 1 }] });
    engine.price([{ item: 'ar-3', quantity: 1, size: '48' }], { codes: ['THIRTY'] });
    engine.setAccount({ id: 'anna-of-the-ledger', asOf: NOON - WEEK, orders: [{ id: 'o-17', at: NOON - WEEK, value: 90_000 }] });
    await engine.observe('purchase', { transaction_id: 'order-77', items: [{ item_id: 'ar-3', quantity: 1 }] });
    const offer = engine.offer();
    if (offer) await engine.observe('dismiss', { promotion_id: offer.id });
  });

test('two opposite shoppers make the same requests, in number, order and size', async () => {
  const sizes = (requests: Seen[]) => requests.map(({ method, address, body }) => `${method} ${address} ${body.length}`);
  const [little, lot] = [await once(), await much()];
  expect(sizes(lot)).toEqual(sizes(little));
  expect(lot.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

/** Whether a mark is in a text: in plain, in hex, or anywhere within something that base64 wrapped. */
function betrays(text: string, mark: string): boolean {
  // Where a text begins decides among three forms; its first and last characters depend on what stands beside.
  const wrapped = [0, 1, 2].map((before) => {
    const form = Buffer.from('\0'.repeat(before) + mark).toString('base64').replace(/=+$/, '');
    return form.slice(before === 0 ? 0 : before + 1, Math.floor(((before + mark.length) * 8) / 6));
  });
  return [mark, Buffer.from(mark).toString('hex'), ...wrapped].some((form) => text.includes(form));
}

test('nothing that somebody did is in a request, in plain, base64, hex or gzip', async () => {
  const marks = ['anselm-row', 'mossling', 'a very private word', 'THIRTY', 'anna-of-the-ledger', 'order-77'];
  for (const mark of marks) {
    for (const before of ['', 'x', 'xy', 'xyz']) {
      const text = Buffer.from(`${before}${mark} and more`);
      expect([betrays(text.toString('base64'), mark), betrays(text.toString('hex'), mark)], 'the search finds it').toEqual([true, true]);
    }
  }
  for (const { address, body } of await much()) {
    for (const text of [address, body, body && gunzipped(body)]) {
      for (const mark of marks) expect(betrays(text, mark), mark).toBe(false);
    }
  }
});

/** What is in a body that is itself wrapped gzip; nothing where it is none. */
function gunzipped(body: string): string {
  try {
    return gunzipSync(Buffer.from(body, 'base64')).toString();
  } catch {
    return '';
  }
}
