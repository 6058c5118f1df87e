/** Events as shops send them: what is taken in, what is put right, what is ignored and what is refused. */

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { createEngine, EventError, fromDataLayer, fromGtag } from '../dist/node.js';
import type { Engine, EngineOptions, EventItem, ShopEvent } from '../dist/node.js';
import { NAMES } from '../ts/imported.js';
import { folder, manifest, NOON, packBytes, root } from './fixture.js';

const pack = packBytes();
const open = (options: Partial<EngineOptions> = {}): Promise<Engine> => createEngine({ pack, language: 'en', now: () => NOON, consent: 'session', strict: true, ...options });
const told = (name: string, params?: object): ShopEvent => ({ name, ...(params ? { params } : {}) }) as unknown as ShopEvent;

/** The item that an engine remembers of an `add_to_cart` with this one. */
async function remembered(item: EventItem, params: object = {}) {
  const engine = await open();
  await engine.observe('add_to_cart', { items: [item], ...params });
  return engine.history.list()[0]?.items[0];
}

describe('what is display text', () => {
  test('of an item of the pack gives way to the pack’s facts', async () => {
    expect(await remembered({ item_id: 'ar-1', item_brand: 'Somebody & Sons', item_category: 'Things / Shirts', price: 'from ¥9' })).toMatchObject({
      brand: 'anselm-row',
      category: 'men-shirts',
      price: 16_800,
    });
  });

  test('is looked up in the pack’s names for an item that is not in it', async () => {
    expect(await remembered({ item_id: 'old-1', item_brand: ' anselm row ', item_category: 'Skin care' })).toMatchObject({ brand: 'anselm-row', category: 'skin-care' });
    expect(await remembered({ item_id: 'old-1', item_brand: 'mossling', item_category: 'men' })).toMatchObject({ brand: 'mossling', category: 'men' });
  });

  test('is dropped where the pack knows no such name, and the event is kept', async () => {
    const item = await remembered({ item_id: 'old-1', item_name: 'A coat', item_brand: 'Somebody & Sons', item_category: 'Coats and more' });
    expect(item).toEqual({ id: 'old-1', name: 'A coat', quantity: 1, sensitive: false, attributes: [] });
  });
});

describe('prices that pages compute', () => {
  test.each([
    [89.69999999999999, 8_970],
    [0.1 + 0.2, 30],
    [1.005, 101],
    ['1.0049', 100],
    [252, 25_200],
    ['199.5', 19_950],
  ])('%s is rounded half up to %i minor units', async (price, minor) => {
    expect((await remembered({ item_id: 'old-1', price }))?.price).toBe(minor);
  });

  test('of another currency are dropped, and the event is kept', async () => {
    expect(await remembered({ item_id: 'old-1', price: 10 }, { currency: 'USD' })).toEqual({ id: 'old-1', name: 'old-1', quantity: 1, sensitive: false, attributes: [] });
    expect((await remembered({ item_id: 'old-1', price: 10 }, { currency: 'EUR' }))?.price).toBe(1_000);
  });
});

test('a variant is a size only where the item has it', async () => {
  expect((await remembered({ item_id: 'ar-1', item_variant: 'L' }))?.size).toBe('L');
  expect((await remembered({ item_id: 'ar-1', item_variant: 'sky blue' }))?.size).toBeUndefined();
});

test('a list loses an item that is off, and nothing else', async () => {
  const engine = await open();
  const items = [{ item_id: 'ar-1' }, { item_name: 'no id' }, null, { item_id: 'a b' }, { item_id: '衣'.repeat(22) }, { item_id: {} }, 'tg-1', { item_id: 'tg-1', index: 7 }];
  for (const name of ['view_promotion', 'view_item', 'add_to_cart', 'purchase']) {
    await engine.observe(told(name, { items, item_list_id: 'home', transaction_id: name, promotion_id: 'banner' }));
    expect(engine.history.list().find((event) => event.name === name)?.items.map(({ id }) => id)).toEqual(['ar-1', 'tg-1']);
  }
  await expect(engine.observe(told('view_item', { items: items.slice(1, 4) }))).rejects.toThrow('items[0].id is an id of 1 to 64 bytes without spaces');
  await expect(engine.observe(told('purchase', { transaction_id: 'T-2', items: items.slice(1, 4) }))).rejects.toThrow('items[0].id is an id');
  expect(engine.history.orders()).toHaveLength(1);
});

describe('no order is lost for one odd field', () => {
  const odd: [field: string, ...values: unknown[]][] = [
    ['price', NaN, -1, '-0.01', Infinity, true, {}, [9], '1,299.00', '¥199', '1e3', '0x10', '', '.', 1e15, '9'.repeat(40)],
    ['quantity', 0, -1, 0.5, '1.5', NaN, true, [3], {}, '0x10', '1e3', '', 'two', 10_000],
    ['item_name', true, {}, []],
    ['item_brand', { id: 1 }, ['a', 'b'], false],
    ['item_category', { id: 1 }, ['a', 'b'], NaN],
    ['item_variant', false, {}, 'x'.repeat(65), '棉'.repeat(22)],
  ];
  test.each(odd)('%s that is none counts as not stated', async (field, ...values) => {
    const plain = [await remembered({ item_id: 'old-1' }), await remembered({ item_id: 'ar-1' })];
    for (const value of values) {
      const engine = await open();
      await engine.observe(told('purchase', { transaction_id: 'T-1', currency: 'EUR', items: [{ item_id: 'old-1', [field]: value }, { item_id: 'ar-1', [field]: value }] }));
      expect(engine.history.orders()[0]?.items, String(value)).toEqual(plain);
    }
  });

  test.each([{}, ['EUR'], true, '', null])('a currency that is none, such as %j, is the pack’s', async (currency) => {
    expect((await remembered({ item_id: 'old-1', price: 10 }, { currency }))?.price).toBe(1_000);
  });

  test.each([2, '2', '2.0000', '02'])('a quantity in digits, such as %j, counts', async (quantity) => {
    expect((await remembered({ item_id: 'ar-1', quantity }))?.quantity).toBe(2);
  });
});

test('a parameter of the shop’s own that shares a name with ours loses no event', async () => {
  const engine = await open();
  await engine.observe('view_item', { items: [{ item_id: 'ar-1' }], category: 'Men / Shirts', brand: { id: 7 } as unknown as string, reason: 'a campaign '.repeat(50), promotion_id: 'Summer sale' });
  expect(engine.history.list()).toHaveLength(1);
  expect(engine.history.list()[0]).not.toHaveProperty('category');
});

describe('names', () => {
  test('of GA4 that nothing is learnt from are ignored quietly', async () => {
    const engine = await open();
    const names =
      'view_cart begin_checkout add_payment_info add_shipping_info select_promotion select_content page_view screen_view login sign_up share scroll click session_start first_visit user_engagement generate_lead qualify_lead exception file_download form_start video_progress ad_impression join_group level_up level_start level_end post_score unlock_achievement earn_virtual_currency spend_virtual_currency tutorial_begin close_convert_lead';
    for (const name of names.split(' ')) await engine.observe(told(name, { items: 'whatever' }));
    expect([engine.history.list(), engine.refused, engine.lastRefusal]).toEqual([[], {}, undefined]);
  });

  test.each([{}, { name: undefined }, { event: 'view_item', ecommerce: {} }, 5, []])('that are missing, as in %j, are told with what observe takes', async (event) => {
    const warned = vi.spyOn(console, 'warn').mockReturnValue();
    const engine = await open();
    await expect(engine.observe(event as never)).rejects.toMatchObject({ code: 'event_invalid', message: expect.stringMatching(/\{ name, params \}.*fromDataLayer/) as unknown });
    await (await open({ strict: false })).observe(event as never);
    warned.mockRestore();
  });

  test('view_search_results is a search', async () => {
    const engine = await open();
    await engine.observe('view_search_results', { search_term: 'linen' });
    expect(engine.history.list()[0]).toMatchObject({ name: 'search', term: 'linen' });
  });

  test('that nobody knows are an error in development, and counted with the reason in production', async () => {
    const warned = vi.spyOn(console, 'warn').mockReturnValue();
    const strict = await open();
    await expect(strict.observe(told('view_itme'))).rejects.toMatchObject({ code: 'event_unknown', name: 'EventError' });
    expect(warned).toHaveBeenCalledOnce();
    warned.mockRestore();
    const lenient = await open({ strict: false });
    await lenient.observe(told('view_itme'));
    await lenient.observe(told('view_item', { items: [] }));
    await lenient.observe(told('view_item', { items: [] }));
    expect(lenient.refused).toEqual({ view_itme: 1, view_item: 2 });
    expect(lenient.lastRefusal).toContain('at least one item');
    expect(lenient.history.list()).toEqual([]);
  });
});

describe('what helpers give', () => {
  const known = Object.keys(NAMES).concat('view_search_results');

  test.each([...known])('of the known name %s is an event, whatever comes with it', (event) => {
    expect(fromDataLayer({ event, ecommerce: { items: 'none' } })).toEqual({ name: event, params: { items: 'none' } });
    expect(fromGtag('event', event, { a: 1 })).toEqual({ name: event, params: { a: 1 } });
  });

  test('of names that are somebody else’s is nothing, so that a strict engine hears a whole dataLayer', async () => {
    const debug = vi.spyOn(console, 'warn');
    const engine = await open();
    const others = ['cookie_consent_update', 'OneTrustLoaded', 'gtm.js', 'gtm.click', 'view_itme', 'view_items', 'my_view_item', 'page_view', 'constructor', '', 7, null];
    for (const event of others) {
      await engine.observe(fromDataLayer({ event, items: 5, currency: {} }));
      await engine.observe(fromGtag('event', event, { items: 5 }));
    }
    expect([engine.history.list(), engine.refused, debug.mock.calls]).toEqual([[], {}, []]);
    debug.mockRestore();
  });

  test('of a known name that is malformed is an error all the same', async () => {
    const engine = await open();
    for (const entry of [{ event: 'view_item' }, { event: 'view_item', ecommerce: { items: 'one' } }, { event: 'purchase', ecommerce: { items: [{ item_id: 'ar-1' }] } }]) {
      await expect(engine.observe(fromDataLayer(entry))).rejects.toMatchObject({ code: 'event_invalid' });
    }
    expect(engine.refused).toEqual({ view_item: 2, purchase: 1 });
  });

  test('of an entry with a length of its own is what its event is, however long', async () => {
    const params = { items: [{ item_id: 'ar-1' }] };
    expect(fromDataLayer({ event: 'view_item', length: 3, ecommerce: params })).toEqual({ name: 'view_item', params: { length: 3, ...params } });
    expect(fromDataLayer({ event: 'filter_size', length: 3e9 })).toBeUndefined();
    // What looks like a call and is none.
    expect(fromDataLayer({ 0: 'event', 1: 'view_item', 2: params, length: 3 })).toBeUndefined();
    expect(fromDataLayer(['event', 'view_item', params])).toEqual({ name: 'view_item', params });
    expect(fromDataLayer(new Set(['event', 'view_item']))).toBeUndefined();
  });

  test('goes straight to observe, also where it is nothing', async () => {
    const engine = await open();
    const params = { items: [{ item_id: 'tg-1' }] };
    const gtag = (...given: unknown[]) =>
      (function (..._: unknown[]) {
        return arguments; // as Google's own snippet pushes them
      })(...given);
    const entries = [gtag('js', new Date()), gtag('config', 'G-1'), gtag('event', 'view_item', params), { event: 'gtm.js' }, { event: 'view_item', ecommerce: params }, { ecommerce: null }, 'text', null];
    for (const entry of entries) await engine.observe(fromDataLayer(entry));
    await engine.observe(fromGtag('set', {}));
    await engine.observe(undefined);
    expect(engine.history.list().map(({ name }) => name)).toEqual(['view_item', 'view_item']);
  });
});

test('ids and quantities may be numbers or digits', async () => {
  const engine = await open();
  await engine.observe('purchase', { transaction_id: 4711, items: [{ item_id: 38, quantity: '2', item_variant: 40 }] });
  expect(engine.history.orders()).toMatchObject([{ order: '4711', items: [{ id: '38', quantity: 2 }] }]);
});

test('an order is kept whole or refused whole; of a promotion the first 24 items are kept, as the types say', async () => {
  const engine = await open();
  const items = Array.from({ length: 201 }, (_, at) => ({ item_id: `x-${at}` }));
  await engine.observe('purchase', { transaction_id: 'T-1', items: items.slice(1) });
  expect(engine.history.orders()[0]?.items.map(({ id }) => id)).toEqual(items.slice(1).map(({ item_id }) => item_id));
  await expect(engine.observe('purchase', { transaction_id: 'T-2', items })).rejects.toMatchObject({ code: 'event_invalid' });
  expect(engine.history.orders()).toHaveLength(1);
  await engine.observe('view_promotion', { promotion_id: 'banner', items });
  expect(engine.history.list().find(({ name }) => name === 'view_promotion')?.items).toHaveLength(24);
});

test('what a list showed is understood and not remembered, and nobody hears of it', async () => {
  const engine = await open();
  const heard = vi.fn();
  engine.subscribe(heard);
  await engine.observe('view_item_list', { items: [{ item_id: 'ar-1' }] });
  expect([heard.mock.calls, engine.history.list(), engine.refused]).toEqual([[], [], {}]);
});

describe('a long list', () => {
  /** So many items that count how often their names are read. */
  const listed = (count: number) => {
    const read = vi.fn(() => 'Anselm Row');
    const items = Array.from({ length: count }, (_, at) => Object.defineProperty({ item_id: `x-${at}` }, 'item_brand', { get: read, enumerable: true }));
    return { items, read };
  };

  test('is not read where nothing is learnt from it', async () => {
    const engine = await open();
    const { items, read } = listed(3);
    await engine.observe('view_item_list', { items });
    expect(read).not.toHaveBeenCalled();
  });

  test('is not read beyond what an event may have, and refused as before', async () => {
    const warned = vi.spyOn(console, 'warn').mockReturnValue();
    const engine = await open();
    const { items, read } = listed(5_000);
    const refused = await engine.observe('purchase', { transaction_id: 'T-1', items }).catch((error: Error) => error.message);
    const least = await engine.observe('purchase', { transaction_id: 'T-1', items: listed(201).items }).catch((error: Error) => error.message);
    expect(refused).toBe(least);
    expect(read.mock.calls.length).toBeLessThan(500);
    // What has no id takes nobody's place.
    await engine.observe(told('purchase', { transaction_id: 'T-2', items: [...new Array<null>(300).fill(null), ...listed(200).items] }));
    expect(engine.history.orders().map(({ items }) => items.length)).toEqual([200]);
    warned.mockRestore();
  });

  test('looks each name up, and does not read all names of the pack for it', async () => {
    const engine = await open();
    await engine.observe('add_to_cart', { items: listed(1).items });
    const lowered = vi.spyOn(String.prototype, 'toLowerCase');
    await engine.observe('purchase', { transaction_id: 'T-1', items: listed(100).items });
    const calls = lowered.mock.calls.length;
    lowered.mockRestore();
    expect(calls).toBeLessThanOrEqual(100);
    expect(engine.history.orders()[0]?.items[99]?.brand).toBe('anselm-row');
  });
});

test('why something was sent back is kept', async () => {
  const engine = await open();
  await engine.observe('return_opened', { transaction_id: 'T-1', reason: 'differs_from_picture' });
  expect(engine.history.export().events).toMatchObject([{ name: 'return_opened', reason: 'differs_from_picture' }]);
});

describe('what a name promises', () => {
  const missing: [string, object, string][] = [
    ['search', {}, 'params.search_term is missing'],
    ['view_search_results', { search_term: '' }, 'params.search_term is missing'],
    ['return_opened', {}, 'params.transaction_id is missing'],
    ['return_closed', {}, 'params.transaction_id is missing'],
    ['complaint_opened', { transaction_id: null }, 'params.transaction_id is missing'],
    ['complaint_closed', {}, 'params.transaction_id is missing'],
    ['dismiss', { brand: 'nobody' }, 'params.brand is no brand of the pack'],
    ['dismiss', { category: 'nothing' }, 'params.category is no category of the pack'],
    // Its last digits would be others.
    ['view_item', { items: [{ item_id: 2 ** 63 }] }, 'items[0].id is an id of 1 to 64 bytes without spaces'],
    ['return_opened', { transaction_id: 2 ** 63 }, 'params.transaction_id is missing'],
    ['search', { search_term: ['linen'] }, 'params.search_term is missing'],
    ['view_item', { items: { 0: { item_id: 'ar-1' } } }, 'params.items must be a list'],
  ];
  test.each(missing)('%s with %j is refused', async (name, params, words) => {
    const warned = vi.spyOn(console, 'warn').mockReturnValue();
    await expect((await open()).observe(told(name, params))).rejects.toMatchObject({ code: 'event_invalid', message: expect.stringContaining(words) as unknown });
    warned.mockRestore();
    const lenient = await open({ strict: false });
    await lenient.observe(told(name, params));
    expect([lenient.history.list(), Object.values(lenient.refused)]).toEqual([[], [1]]);
    expect(lenient.lastRefusal).toContain(words);
  });

  test('is what it says', async () => {
    const engine = await open();
    await engine.observe('search', { search_term: 'linen' });
    await engine.observe('return_opened', { transaction_id: 7 });
    await engine.observe('dismiss', { brand: 'Anselm Row' });
    await engine.observe('dismiss', { category: 'men-shirts' });
    expect(engine.history.list().map(({ name, term, order, brand, category }) => [name, term ?? order ?? brand ?? category])).toEqual([
      ['dismiss', 'men-shirts'],
      ['dismiss', 'anselm-row'],
      ['return_opened', '7'],
      ['search', 'linen'],
    ]);
  });

  test('of a brand that has left the pack can be taken back', async () => {
    const engine = await open();
    await engine.observe('undismiss', { brand: 'gone' });
    expect(engine.history.list()).toMatchObject([{ name: 'undismiss', brand: 'gone' }]);
  });
});

test('an item that was chosen keeps the list it was chosen in, and an export brings it back', async () => {
  const engine = await open();
  await engine.observe('select_item', { items: [{ item_id: 'ar-1' }], item_list_id: 'home' });
  expect(engine.history.list()).toMatchObject([{ name: 'select_item', list: 'home' }]);
  const memory = engine.history.export();
  const other = await open();
  await other.history.import(memory);
  expect(other.history.list()).toEqual(engine.history.list());
  await expect(other.history.import({ ...memory, events: [{ ...memory.events[0]!, list: 7 as unknown as string }] })).rejects.toMatchObject({ message: expect.stringContaining('events[0].list must be a text') as unknown });
});

describe('orders', () => {
  test('a purchase told twice is one order; refunds add up', async () => {
    const engine = await open();
    const params = { transaction_id: 'T-1', items: [{ item_id: 'ar-1' }] };
    await engine.observe('purchase', params);
    await engine.observe('purchase', params);
    await engine.observe('purchase', { ...params, transaction_id: 'T-2' });
    await engine.observe('refund', params);
    await engine.observe('refund', params);
    expect(engine.history.orders().map(({ name, order }) => `${name} ${order}`).sort()).toEqual(['purchase T-1', 'purchase T-2', 'refund T-1', 'refund T-1']);
  });
});

describe('reminders', () => {
  test('beyond as many as are kept are refused and counted, like every other event', async () => {
    const full = { ...(await open()).history.export(), reminders: Array.from({ length: 500 }, (_, at) => ({ brand: `brand-${at}`, since: NOON })) };
    const lenient = await open({ strict: false });
    await lenient.history.import(full);
    await lenient.observe('reminder_on', { brand: 'mossling' });
    expect([lenient.reminders().length, lenient.refused]).toEqual([500, { reminder_on: 1 }]);
    expect(lenient.lastRefusal).toContain('500');
    const warned = vi.spyOn(console, 'warn').mockReturnValue();
    const strict = await open();
    await strict.history.import(full);
    await expect(strict.observe('reminder_on', { brand: 'mossling' })).rejects.toMatchObject({ code: 'reminders_full' });
    expect(strict.refused).toEqual({ reminder_on: 1 });
    warned.mockRestore();
  });

  test('know a brand by its name too', async () => {
    const engine = await open();
    await engine.observe('reminder_on', { brand: 'Anselm Row' });
    expect(engine.reminders()).toMatchObject([{ brand: 'anselm-row' }]);
    await engine.observe('reminder_off', { brand: 'Anselm Row' });
    expect(engine.reminders()).toEqual([]);
  });

  test('of a brand that the pack does not know are refused', async () => {
    await expect((await open()).observe('reminder_on', { brand: 'nobody' })).rejects.toMatchObject({ code: 'event_invalid' });
    const lenient = await open({ strict: false });
    await lenient.observe('reminder_on', { brand: 'nobody' });
    expect([lenient.reminders(), lenient.refused]).toEqual([[], { reminder_on: 1 }]);
  });
});

test('what is refused and not waited for ends no process of Node.js, and an error there is readable', () => {
  const script = join(root, 'target/unhandled.mjs');
  writeFileSync(
    script,
    `import { readFileSync } from 'node:fs';
     import { createEngine } from ${JSON.stringify(join(root, 'pkg/dist/node.js'))};
     const engine = await createEngine({ pack: { bytes: readFileSync(${JSON.stringify(join(folder, manifest().pack.url))}) }, strict: true });
     engine.observe('no_such_event');
     await new Promise((resolve) => setTimeout(resolve, 50));
     console.log('still here');
     engine.recommend({ surface: 7 });`,
  );
  let output = '';
  try {
    execFileSync(process.execPath, [script], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    output = stdout + stderr;
  }
  expect(output).toContain('still here');
  expect(output).toContain('RequestError: recommend: request.surface must be a text');
  // The refusal of an unknown name lists the known ones.
  expect(output).toContain('EventError: event name "no_such_event"');
  const others = output.split('\n').filter((line) => !line.includes('no_such_event'));
  expect(Math.max(...others.map((line) => line.length)), 'no minified line is shown').toBeLessThan(300);
});

test('every error has its name, whatever a minifier does', () => {
  expect(new EventError('event_invalid', 'x').name).toBe('EventError');
  expect(new EventError('event_invalid', 'x').stack).toMatch(/^EventError: x/);
});
