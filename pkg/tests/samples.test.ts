/** Programs of docs/frontend.md, run as they stand there: what a page shows has to do what it says. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'rolldown/utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as windowshop from '../dist/node.js';
import type { Engine, EngineOptions } from '../dist/node.js';
import * as companions from '../dist/companions.js';
import { couponPackBytes, folder, NOON, packBytes, root } from './fixture.js';

const page = readFileSync(join(root, 'docs/frontend.md'), 'utf8');
const programs = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, program = '']) => program);

/** Runs the one program that holds some words, with these names in its reach; gives what it exports, and what else is asked for. */
async function run(words: string, scope: Record<string, unknown>, ...names: string[]): Promise<Record<string, unknown>> {
  const found = programs.filter((program) => program.includes(words));
  expect(found, words).toHaveLength(1);
  const plain = transformSync('sample.ts', found[0]!.replace(/^import .*$/gm, '')).code;
  const exported = [...plain.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name = '']) => name);
  const body = `${plain.replace(/^export (\{\};)?/gm, '')}\nreturn { ${[...exported, ...names].join(', ')} };`;
  const Program = Object.getPrototypeOf(async () => undefined).constructor as new (...words: string[]) => (...given: unknown[]) => Promise<Record<string, unknown>>;
  const reach = { ...windowshop, ...companions, ...scope };
  return new Program(...Object.keys(reach), body)(...Object.values(reach));
}

const engines: Engine[] = [];
async function open(options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = await windowshop.createEngine({ pack: packBytes(), language: 'en', now: () => NOON, consent: 'session', strict: true, ...options });
  engines.push(engine);
  return engine;
}

beforeEach(() => void vi.spyOn(console, 'warn').mockReturnValue());
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.dispose()));
  vi.restoreAllMocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const view = (item_id: string) => ({ event: 'view_item', ecommerce: { items: [{ item_id }] } });

test('a dataLayer is heard to its end, whatever else is in it', async () => {
  const shop = await open();
  const dataLayer = [view('tg-1'), { event: 'cookie_consent_update', items: 5 }, { event: 'OneTrustLoaded' }, ['event', 'their_own', {}], { event: 'gtm.js' }, view('ar-1')];
  // Refused, and no end of it.
  dataLayer.splice(1, 0, { event: 'view_promotion', ecommerce: { promotion_name: 'Summer' } } as never);
  await run('for (const entry of window.dataLayer)', { shop, window: { dataLayer } });
  await vi.waitFor(() => expect(shop.history.list()).toHaveLength(4));
  expect(shop.history.list().map(({ name, items }) => `${name} ${items[0]?.id}`).sort()).toEqual(['purchase sku-1', 'view_item ar-1', 'view_item sku-1', 'view_item tg-1']);
  expect(shop.refused).toEqual({ view_promotion: 1 });
});

test('what is pushed later is heard too, and reaches whoever listened before', async () => {
  const shop = await open();
  const dataLayer: unknown[] = [view('tg-1')];
  const others: unknown[] = [];
  // As a tag manager does.
  dataLayer.push = (...entries) => {
    others.push(...entries);
    return Array.prototype.push.apply(dataLayer, entries);
  };
  const { hear } = (await run('dataLayer.push = own', {})) as { hear: (dataLayer: unknown[], shop: Engine) => () => void };
  const [before, stop] = [dataLayer.push, hear(dataLayer, shop)];
  expect(dataLayer.push(view('ar-1'), { event: 'theirs' })).toBe(3);
  dataLayer.push({ event: 'view_item' }); // malformed: said, and nothing breaks
  await vi.waitFor(() => expect(shop.refused).toEqual({ view_item: 1 }));
  expect(shop.history.list().map(({ items }) => items[0]?.id)).toEqual(expect.arrayContaining(['ar-1', 'tg-1']) as unknown);
  expect([others.length, dataLayer.length]).toEqual([3, 4]);
  // A page that lets go of its engine and makes another: nothing is told twice, and nothing is left out.
  stop();
  expect(dataLayer.push).toBe(before);
  dataLayer.push(view('ar-2'));
  const next = await open();
  const end = hear(dataLayer, next);
  dataLayer.push(view('tg-2'));
  await vi.waitFor(() => expect(next.history.list().map(({ items }) => items[0]?.id)).toEqual(['tg-2', 'ar-2']));
  expect(shop.history.list()).toHaveLength(2);
  // Somebody may have built on it: then it stays, and says nothing.
  const own = dataLayer.push;
  dataLayer.push = (...entries) => own(...entries);
  end();
  dataLayer.push(view('ar-1'));
  await next.observe('search', { search_term: 'wool' });
  expect(next.history.list()).toHaveLength(3);
});

test('a consent platform’s answers are handed on, and a no erases whatever a page began with', async () => {
  const adapter = Object.assign(new windowshop.MemoryStorage(), { close: () => undefined });
  const begun = await open({ storage: adapter, consent: undefined });
  const program = async (shop: Engine) => ((await run('answered(allowed', { shop })) as { answered: (allowed: boolean) => Promise<void> }).answered;
  await (await program(begun))(true);
  await begun.observe('view_item', { items: [{ item_id: 'tg-1' }] });
  expect((await adapter.all('events')).length).toBe(1);
  // The option erases nothing, as the page says.
  const later = await open({ storage: adapter, consent: 'off' });
  expect((await adapter.all('events')).length).toBe(1);
  await (await program(later))(false);
  expect([await adapter.all('events'), await adapter.all('choice')]).toEqual([[], [{ key: 'consent', value: 'off' }, { key: 'reports', value: 'off' }]]);
});

test('an offer is told when it is shown, and ends when it is sent away', async () => {
  // By this secret nobody is held out.
  vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
    (array as Uint8Array).fill(9);
    return array;
  });
  const shop = await open({ pack: couponPackBytes(), consent: 'on', storage: 'memory' });
  await shop.observe('view_item', { items: [{ item_id: 'tg-1' }] });
  const { showOffer } = (await run('shop.offer()', { shop })) as { showOffer: (card: object, away: object) => Promise<void> };
  const offered = shop.offer();
  expect(offered).toBeDefined();
  const card = { hidden: true, textContent: '' };
  const away: { onclick?: () => void } = {};
  await showOffer(card, away);
  expect([card.hidden, card.textContent.includes(offered?.coupon?.code ?? '?'), card.textContent.includes('A program chose.')]).toEqual([false, true, true]);
  const told = () => shop.history.list().map(({ name, promotion }) => `${name} ${promotion ?? ''}`);
  expect(told()[0]).toBe(`view_promotion ${offered?.id}`);
  away.onclick?.();
  await vi.waitFor(() => expect(told()[0]).toBe(`dismiss ${offered?.id}`));
  expect([card.hidden, shop.offer()?.id === offered?.id]).toEqual([true, false]);
});

test('a cart of yesterday is priced without what has gone', async () => {
  const shop = await open({ pack: couponPackBytes() });
  const { receipt } = (await run('shop.price(cart', { shop, console: { log: () => undefined } }, 'receipt')) as { receipt: windowshop.Receipt };
  expect([receipt.lines.length, receipt.lines[0]?.available, receipt.unknownCodes, receipt.total > 0]).toEqual([1, 1, ['WELCOME'], true]);
  const cart = [{ item: receipt.lines[0]!.item, quantity: 1 }, { item: 'sku-of-yesterday', quantity: 1 }];
  expect(() => shop.price(cart)).toThrow(expect.objectContaining({ code: 'not_in_catalogue', name: 'RequestError' }));
});

test('the first paint shows what is open at that moment, and nothing that has ended', async () => {
  const name = readdirSync(folder).find((file) => /^front-.*en/.test(file)) ?? readdirSync(folder).find((file) => file.startsWith('front-')) ?? '';
  const front = JSON.parse(readFileSync(join(folder, name), 'utf8')) as companions.Shelf;
  const { firstPaint } = (await run('firstPaint', {})) as { firstPaint: (front: companions.Shelf, now: number) => { title: string; names: string[] }[] };
  const open = (now: number) => front.sales.filter(({ opens, closes }) => opens <= now && now < closes).map(({ title }) => title);
  expect(firstPaint(front, NOON).map(({ title }) => title)).toEqual(open(NOON));
  expect(firstPaint(front, NOON).every(({ names }) => names.length > 0)).toBe(true);
  const later = Math.max(...front.sales.map(({ closes }) => closes)) - 1;
  expect([open(NOON).length > open(later).length, firstPaint(front, later).length]).toEqual([true, open(later).length]);
  expect(firstPaint(front, later + 1)).toEqual([]);
});

test('a page that follows the day asks by the clock, goes on after a failure, and asks after the opening', async () => {
  vi.useFakeTimers({ now: NOON });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  const next = NOON + 14 * 60_000;
  const asked: number[] = [];
  const refresh = vi.fn(() => {
    asked.push((Date.now() - NOON) / 60_000);
    return asked.length === 1 ? Promise.reject(new Error('no connection')) : Promise.resolve(true);
  });
  const catalogue = { today: () => ({ opened: NOON, next: Date.now() < next ? next : next + 86_400_000 }) };
  await run('shop.refresh()', { shop: { refresh, catalogue } });
  expect(asked, 'nothing at once').toEqual([]);
  await vi.advanceTimersByTimeAsync(26 * 60_000);
  // After ten minutes and a half; after the opening at fourteen; and so on.
  expect(asked).toEqual([10.5, 14.5, 25]);
  expect(vi.mocked(console.warn)).toHaveBeenCalledOnce();
});
