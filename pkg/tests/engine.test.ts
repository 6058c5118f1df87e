/** The engine as a shop uses it, against the real WebAssembly. */

import { describe, expect, test } from 'vitest';
import { createEngine, fromDataLayer, fromGtag, WindowshopError } from '../dist/node.js';
import type { Engine, EngineOptions, ShopEvent } from '../dist/node.js';
import { NOON, packBytes } from './fixture.js';

const pack = packBytes();
const open = (options: Partial<EngineOptions> = {}): Promise<Engine> => createEngine({ pack, language: 'en', now: () => NOON, ...options });
const view = (id: string): ShopEvent => ({ name: 'view_item', params: { items: [{ item_id: id }] } });

/** The code of the error that a call throws or rejects with. */
async function codeOf(call: () => unknown): Promise<string> {
  try {
    await call();
  } catch (error) {
    expect(error).toBeInstanceOf(WindowshopError);
    return (error as WindowshopError).code;
  }
  throw new Error('nothing was refused');
}

describe('the catalogue', () => {
  test('names its rows in the language asked for', async () => {
    const english = await open();
    const chinese = await open({ language: 'zh-CN' });
    expect(english.catalogue.item('ar-1')).toMatchObject({ name: 'Poplin shirt, striped', brandName: 'Anselm Row', price: 16_800, listPrice: 56_000, percentOff: 70, stock: 9, outfit: 'office', attributes: { colour: 'sky', pattern: 'stripe' } });
    expect(chinese.language).toBe('zh');
    expect(chinese.catalogue.item('ar-1')?.name).toBe('条纹府绸衬衫');
    expect(english.catalogue.item('ar-9')).toBeUndefined();
  });

  test('tells sales by opening, and lays sold-out items last', async () => {
    const { catalogue } = await open();
    expect(catalogue.sales().map(({ id, state, openedToday }) => [id, state, openedToday])).toEqual([
      ['tideglass-1120', 'open', false],
      ['anselm-row-1122', 'open', true],
      ['mossling-1124', 'preview', false],
    ]);
    const stocks = catalogue.itemsOf('anselm-row-1122').map(({ stock }) => stock > 0);
    expect(stocks).toEqual([...stocks].sort((one, other) => Number(other) - Number(one)));
    expect(catalogue.itemsOf('no-such-sale')).toEqual([]);
  });

  test('follows the clock: a sale opens and ends', async () => {
    let now = NOON;
    const { catalogue } = await open({ now: () => now });
    const state = () => catalogue.sale('mossling-1124')?.state;
    expect(state()).toBe('preview');
    now = Date.parse('2026-11-24T10:00:00+01:00');
    expect(state()).toBe('open');
    now = Date.parse('2026-11-29T10:00:00+01:00');
    expect(state()).toBe('ended');
  });
});

describe('without consent', () => {
  test('nothing is remembered and the order is the shop’s own', async () => {
    const engine = await open();
    const before = engine.recommend({ surface: 'home' });
    await engine.observe(view('tg-1'));
    expect(engine.history.list()).toEqual([]);
    const { personal, items } = engine.recommend({ surface: 'home' });
    expect(personal).toBe(false);
    expect(items).toEqual(before.items);
  });

  test('a reminder is kept all the same, because it was asked for', async () => {
    const engine = await open();
    await engine.observe('reminder_on', { brand: 'mossling' });
    expect(engine.reminders()).toMatchObject([{ brand: 'mossling', brandName: 'Mossling', state: 'preview', sale: 'mossling-1124' }]);
    await engine.observe('reminder_off', { brand: 'mossling' });
    expect(engine.reminders()).toEqual([]);
  });
});

describe('with consent for the visit', () => {
  test('what was seen leads, and says why with the events it rests on', async () => {
    const engine = await open({ consent: 'session' });
    await engine.observe(view('tg-1'));
    await engine.observe(view('tg-1'));
    const [first] = engine.recommend({ surface: 'home', limit: 1 }).items;
    expect(first?.id).toBe('tg-1');
    const reason = first?.reasons.find(({ code }) => code === 'own_history');
    expect(reason).toMatchObject({ text: 'You looked at it 2 times' });
    expect(reason?.events).toEqual(engine.history.list().map(({ id }) => id));
    const told = engine.explain('tg-1');
    expect(told.contributions.reduce((sum, { contribution }) => sum + contribution, 0)).toBe(told.score);
  });

  test('forgetting equals never having seen', async () => {
    const engine = await open({ consent: 'session' });
    const other = await open({ consent: 'session' });
    await engine.observe(view('ar-1'));
    await other.observe(view('ar-1'));
    await engine.observe(view('tg-1'));
    expect(await engine.history.forget([engine.history.list().find(({ items }) => items[0]?.id === 'tg-1')?.id ?? ''])).toBe(1);
    const scores = ({ items }: ReturnType<Engine['recommend']>) => items.map(({ id, score }) => [id, score]);
    expect(scores(engine.recommend({ surface: 'home' }))).toEqual(scores(other.recommend({ surface: 'home' })));
  });

  test('an export goes in again, whole or not at all', async () => {
    const engine = await open({ consent: 'session' });
    await engine.observe(view('ar-1'));
    await engine.observe('reminder_on', { brand: 'mossling' });
    const memory = JSON.parse(JSON.stringify(engine.history.export())) as ReturnType<Engine['history']['export']>;
    const other = await open({ consent: 'session' });
    expect(await other.history.import(memory)).toEqual({ added: 1, known: 0 });
    expect(other.history.list()).toEqual(engine.history.list());
    expect(other.reminders()).toHaveLength(1);
    const damaged = structuredClone(memory);
    damaged.events.push({ ...damaged.events[0]!, id: 'nonsense' });
    const third = await open({ consent: 'session' });
    expect(await codeOf(() => third.history.import(damaged))).toBe('import_refused');
    expect(third.history.list()).toEqual([]);
  });

  test('erasing can be taken back', async () => {
    const engine = await open({ consent: 'session' });
    await engine.observe(view('ar-1'));
    await engine.observe('reminder_on', { brand: 'mossling' });
    const { undo } = await engine.history.erase();
    expect([engine.history.list().length, engine.reminders().length]).toEqual([0, 0]);
    await undo();
    expect([engine.history.list().length, engine.reminders().length]).toEqual([1, 1]);
  });

  test('listeners hear of each change, until they stop', async () => {
    const engine = await open({ consent: 'session' });
    let heard = 0;
    const stop = engine.subscribe(() => (heard += 1));
    await engine.observe(view('ar-1'));
    expect(heard).toBeGreaterThan(0);
    const before = heard;
    stop();
    await engine.observe(view('ar-1'));
    expect(heard).toBe(before);
  });
});

describe('what is refused', () => {
  test.each([
    ['no items', { name: 'view_item' }],
    ['items that are none', { name: 'view_item', params: { items: 'ar-1' } }],
    ['an item without id', { name: 'view_item', params: { items: [{ item_name: 'x' }] } }],
    ['an id with a space', { name: 'view_item', params: { items: [{ item_id: 'a b' }] } }],
  ])('an event with %s', async (_, event) => {
    const engine = await open({ consent: 'session', strict: true });
    expect(await codeOf(() => engine.observe(event as ShopEvent))).toBe('event_invalid');
    expect(engine.history.list()).toEqual([]);
  });

  test('requests, carts and packs, each with its code', async () => {
    const engine = await open();
    expect(await codeOf(() => engine.recommend({ surface: 'nowhere' as 'home' }))).toBe('request_invalid');
    expect(await codeOf(() => engine.recommend({ surface: 'home', limit: 0 }))).toBe('request_invalid');
    expect(await codeOf(() => engine.price([{ item: 'no-such', quantity: 1 }]))).toBe('not_in_catalogue');
    expect(await codeOf(() => open({ pack: { bytes: new Uint8Array([1, 2, 3]) } }))).toBe('pack_refused');
    const flipped = new Uint8Array(pack.bytes as Uint8Array);
    flipped[flipped.length - 1]! ^= 1;
    expect(await codeOf(() => open({ pack: { bytes: flipped } }))).toBe('pack_refused');
    const lines = (head: string) => new TextEncoder().encode(`${head}\nA coat\n`);
    expect(await codeOf(() => open({ pack: { ...pack, text: { en: lines('{"format":2,"pack":"another","language":"en"}') } } }))).toBe('text_load');
    expect(await codeOf(() => open({ pack: { ...pack, text: { en: lines('A hat') } } }))).toBe('text_load');
    const whole = pack.text!['en'] as Uint8Array;
    for (const part of [whole.slice(0, -1), whole.slice(0, whole.length / 2), whole.slice(0, whole.indexOf(10))]) {
      expect(await codeOf(() => open({ pack: { ...pack, text: { en: part } } })), `${part.length} bytes`).toBe('text_load');
    }
    const newer = new TextEncoder().encode(new TextDecoder().decode(whole).replace('"format":2', '"format":3'));
    await expect(open({ pack: { ...pack, text: { en: newer } } })).rejects.toThrow(/another layout/);
    const own = whole.slice();
    const engineWithNames = await open({ pack: { ...pack, text: { en: own } } });
    own.fill(120);
    expect(engineWithNames.catalogue.item('tg-1')?.name).toBe(engine.catalogue.item('tg-1')?.name);
  });

  test('an aborted start rejects with the signal’s own reason', async () => {
    const reason = new Error('changed my mind');
    await expect(open({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test('an engine that was disposed of', async () => {
    const engine = await open();
    await engine.dispose();
    expect(await codeOf(() => engine.favourites())).toBe('disposed');
    await engine.dispose();
  });

  test('plain data alone: what an object inherits is out of the engine’s reach', async () => {
    const engine = await open();
    expect(await codeOf(() => engine.recommend(Object.create({ surface: 'home' }) as { surface: 'home' }))).toBe('request_invalid');
  });
});

test('brands are ranked by what was looked at, and as everybody sees them where nothing may be remembered', async () => {
  const engine = await open();
  const everybody = engine.brands();
  expect(everybody.every(({ own }) => own === 0)).toBe(true);
  await engine.consent.set('session');
  await engine.observe(view('ar-1'));
  await engine.observe('reminder_on', { brand: 'tideglass' });
  const [first, second] = engine.brands({ limit: 2 });
  expect([first, second].map((ranked) => [ranked?.brandName, ranked!.own > 0, ranked!.reminder > 0])).toEqual([
    ['Anselm Row', true, false],
    ['Tideglass', false, true],
  ]);
  expect(first!.score).toBe(first!.own + first!.ordinary + first!.reminder);
  expect(engine.brands({ withoutReminders: true }).map(({ brand }) => brand)).not.toContain('tideglass');
  expect(await codeOf(() => engine.brands({ limit: 0 }))).toBe('request_invalid');
});

test('that a try was opened is remembered with its selection', async () => {
  const engine = await open();
  await engine.consent.set('session');
  await engine.observe('select_item', { items: [{ item_id: 'ar-1' }], reason: 'exploration' });
  await engine.observe('view_item', { items: [{ item_id: 'ar-1' }], reason: 'a reason of the shop' });
  expect(engine.history.list().map(({ name, reason }) => [name, reason])).toEqual([
    ['view_item', undefined],
    ['select_item', 'exploration'],
  ]);
});

test('sensitive goods are allowed by an event that is seen and forgotten like any other', async () => {
  const engine = await open();
  await engine.consent.set('session');
  await engine.observe('sensitive_on');
  const [word] = engine.history.list();
  expect(word?.name).toBe('sensitive_on');
  expect(await engine.history.forget([word!.id])).toBe(1);
  expect(engine.history.list()).toEqual([]);
});

test('events are taken as shops already send them', async () => {
  const engine = await open({ consent: 'session' });
  const ga4 = { items: [{ item_id: 'tg-1', price: 252, quantity: 1 }] };
  await engine.observe('view_item', ga4);
  await engine.observe(fromGtag('event', 'view_item', ga4)!);
  await engine.observe(fromDataLayer({ event: 'view_item', ecommerce: ga4 })!);
  expect(engine.history.list().map(({ name, items }) => [name, items[0]?.id])).toEqual(Array(3).fill(['view_item', 'tg-1']));
  expect(fromGtag('config', 'G-1')).toBeUndefined();
  expect(fromDataLayer({ event: 'gtm.js' })).toBeUndefined();
  expect(fromDataLayer('view_item')).toBeUndefined();
});

test('memory does not grow with what is observed and let go of', async () => {
  const engine = await open({ consent: 'session' });
  for (let at = 0; at < 3_000; at++) await engine.observe(view('ar-1'));
  expect(engine.history.list()).toHaveLength(2_000);
});
