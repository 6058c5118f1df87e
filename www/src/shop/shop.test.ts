import type { Engine } from 'windowshop';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { companion, TODAY } from '../../dev/fixture';
import { servePage } from '../../dev/served';
import { createEngine } from '../../dev/engine';
import * as clock from '../clock';
import { Shop } from '../shop';
import { arrange, fits, sizesOf } from './arrange';
import { bagFrom, lineState } from './bag';
import { shelvesOf, shopOrder } from './files';
import { familyOf, type Item, stateOf } from './rows';
import { closingAt, openedBetween, openingNext } from './street';

const NOW = TODAY + 2.5 * 3_600_000;
const shelves = shelvesOf(companion('en'), true, NOW);
let requests: string[] = [];

beforeEach(() => {
  clock.set(NOW);
  requests = servePage();
});

afterEach(() => vi.unstubAllGlobals());

const withEngine = () => new Shop('en', (language) => createEngine({ pack: '', language, now: clock.now }));
const without = () =>
  new Shop('en', () => Promise.reject(Object.assign(new Error('no WebAssembly here'), { code: 'wasm_load' })));

describe('the shop without its engine', () => {
  it('shows its windows and its own order', async () => {
    const shop = without();
    await shop.start();
    expect(shop.status).toBe('refused');
    expect(shop.problem).toEqual({ code: 'wasm_load', message: 'no WebAssembly here' });
    expect(shop.lists.feed().personal).toBe(false);
    expect(shop.lists.feed().picks.length).toBe(60);
    for (const { item } of shop.lists.feed().picks) {
      expect(item.stock).toBeGreaterThan(0);
      expect(stateOf(shop.shelves!.sale(item.sale)!, NOW)).toBe('open');
    }
  });

  it('narrows its lists to the sizes asked for', async () => {
    const shop = without();
    await shop.start();
    const all = shop.lists.feed().picks;
    const size = sizesOf(all.map(({ item }) => item))[0]!;
    shop.lists.setSizes([size]);
    const narrowed = shop.lists.feed().picks;
    expect(narrowed.length).toBeGreaterThan(0);
    expect(narrowed.length).toBeLessThan(all.length);
    expect(narrowed.every(({ item }) => fits(item, [size]))).toBe(true);
    shop.lists.setSizes([]);
    expect(shop.lists.feed().picks).toEqual(all);
  });

  it('fetches every item once it is asked for one, and once only', async () => {
    const shop = without();
    await shop.start();
    expect(shop.shelves!.itemsOf('s60')).toBeUndefined();
    shop.needShelf();
    shop.needShelf();
    await vi.waitFor(() => expect(shop.shelves!.itemsOf('s60')).toHaveLength(36));
    expect(requests.filter((path) => path.includes('shelf'))).toEqual(['/v1/shelf-en.json']);
  });

  it('keeps reminders and favourites for as long as the page lives', async () => {
    const shop = without();
    await shop.start();
    shop.setReminder('b3', true);
    shop.setFavourite('s60-1', true);
    expect(shop.hasReminder('b3')).toBe(true);
    expect(shop.isFavourite('s60-1')).toBe(true);
    shop.setReminder('b3', false);
    expect(shop.hasReminder('b3')).toBe(false);
  });

  it('lets go of what waited for the engine, and asks again for an answer that nothing took in', async () => {
    let refuse!: (error: Error) => void;
    const shop = new Shop('en', () => new Promise((_, reject) => (refuse = reject)));
    const started = shop.start();
    await vi.waitFor(() => expect(refuse).toBeDefined());
    void shop.setConsent('on');
    const told = shop.observe({ name: 'view_item', params: { items: [{ item_id: 's60-1' }] } });
    expect([shop.chosen, shop.consent]).toEqual([true, 'on']);
    refuse(new Error('no'));
    await started;
    await told;
    expect([shop.chosen, shop.consent]).toEqual([false, 'off']);
  });

  it('says which file is missing, with a code', async () => {
    vi.stubGlobal('fetch', async () => new Response('', { status: 503 }));
    const shop = without();
    await shop.start();
    expect(shop.filesProblem).toEqual({ code: 'files_fetch', message: '/v1/pack.json answered 503' });
  });
});

describe('the shop with its engine', () => {
  it('asks for nothing that depends on the shopper', async () => {
    const shop = withEngine();
    await shop.start();
    const before = [...requests];
    await shop.setConsent('on');
    void shop.observe({ name: 'view_item', params: { items: [{ item_id: 's60-1' }] } });
    shop.basket.put(shop.shelves!.item('s60-1')!);
    shop.lists.refresh();
    shop.lists.feed();
    expect(requests).toEqual(before);
  });

  it('follows what was looked at once it may, and gives its reasons', async () => {
    const shop = withEngine();
    await shop.start();
    expect(shop.lists.feed().personal).toBe(false);
    await shop.setConsent('on');
    for (let n = 0; n < 5; n++) void shop.observe({ name: 'view_item', params: { items: [{ item_id: `s61-${n}` }] } });
    shop.lists.refresh();
    await vi.waitFor(() => expect(shop.history()).toHaveLength(5));
    shop.lists.refresh();
    const brand = shop.shelves!.item('s61-0')!.brand;
    expect(shop.lists.feed().personal).toBe(true);
    expect(shop.lists.feed().picks[0]!.item.brand).toBe(brand);
    expect(shop.lists.feed().picks[0]!.reasons[0]!.events.length).toBeGreaterThan(0);
  });

  it('gives the shop’s own order back by one switch, the same as before', async () => {
    const shop = withEngine();
    await shop.start();
    const own = shop.lists.feed().picks.map(({ item }) => item.id);
    await shop.setConsent('on');
    void shop.observe({ name: 'view_item', params: { items: [{ item_id: 's61-3' }] } });
    await vi.waitFor(() => expect(shop.history()).toHaveLength(1));
    shop.lists.setShopOrder(true);
    expect(shop.lists.feed().picks.map(({ item }) => item.id)).toEqual(own);
    shop.lists.setShopOrder(false);
    expect(shop.lists.feed().personal).toBe(true);
  });

  it('lets what was done before it came wait for it, in order', async () => {
    let open!: (engine: Engine) => void;
    const engine = await createEngine({ pack: '', language: 'en', now: clock.now });
    const shop = new Shop('en', () => new Promise((resolve) => (open = resolve)));
    const started = shop.start();
    await vi.waitFor(() => expect(shop.shelves).toBeDefined());
    void shop.setConsent('session');
    expect(shop.consent).toBe('session');
    void shop.observe({ name: 'view_item', params: { items: [{ item_id: 's60-2' }] } });
    shop.setReminder('b7', true);
    await vi.waitFor(() => expect(open).toBeDefined());
    open(engine);
    await started;
    await vi.waitFor(() => expect(engine.reminders().map(({ brand }) => brand)).toEqual(['b7']));
    expect(engine.consent.state).toBe('session');
    expect(shop.history().map(({ name }) => name)).toContain('view_item');
    expect(shop.reminders()).toHaveLength(1);
  });

  describe('that begins with an excerpt', () => {
    let come!: () => void;
    let fail!: (error: Error) => void;
    let engine: Engine;
    const begun = async () => {
      engine = await createEngine({ pack: '', language: 'en', now: clock.now });
      await engine.consent.set('session');
      await engine.observe({ name: 'view_item', params: { items: [{ item_id: 's61-0' }] } });
      const whole = new Promise<boolean>((resolve, reject) => {
        come = () => resolve(true);
        fail = reject;
      });
      const shop = new Shop('en', async () => Object.assign(engine, { isWhole: false, whole }));
      const started = shop.start();
      await vi.waitFor(() => expect(shop.status).toBe('ready'));
      return { shop, started };
    };

    it('shows its list, remembers, and leaves what is about any item to the whole', async () => {
      const { shop, started } = await begun();
      expect([shop.isWhole, shop.coming]).toEqual([false, true]);
      expect(shop.lists.feed()).toMatchObject({ personal: true, early: true });
      expect(shop.lists.list({ surface: 'similar', item: 's61-0', limit: 4 })).toEqual([]);
      expect(shop.shelves!.itemsOf('s61')).toBeUndefined();
      expect(shop.till.receipt()).toBeUndefined();
      await shop.observe({ name: 'view_item', params: { items: [{ item_id: 's60-2' }] } });
      shop.setReminder('b7', true);
      await shop.setConsent('on');
      expect([shop.history().length, shop.hasReminder('b7'), shop.consent]).toEqual([3, true, 'on']);
      come();
      await started;
      expect([shop.isWhole, shop.coming]).toEqual([true, false]);
      expect(shop.shelves!.itemsOf('s61')).toHaveLength(36);
    });

    it('leaves everybody’s order as it is', async () => {
      const { shop, started } = await begun();
      await shop.erase();
      const ids = () => shop.lists.feed().picks.map(({ item }) => item.id);
      const before = ids();
      expect(shop.lists.feed()).toMatchObject({ personal: false });
      come();
      await started;
      expect(ids()).toEqual(before);
    });

    it('takes a personal list away with what is erased', async () => {
      const { shop } = await begun();
      expect(shop.lists.feed().personal).toBe(true);
      // As another tab does.
      await engine.history.erase();
      expect(shop.lists.feed().personal).toBe(false);
    });

    it.each([
      [0, 'is put right at a glance'],
      [1_500, 'stands where it was read'],
    ])('after %i ms the list %s', async (later) => {
      const { shop, started } = await begun();
      const early = shop.lists.feed();
      await vi.waitFor(() => expect(early.record).toBeDefined());
      const shown = performance.now();
      vi.spyOn(performance, 'now').mockImplementation(() => shown + later);
      come();
      await started;
      expect(shop.lists.feed() === early).toBe(later > 0);
      // What is taken along is the decision of the list that stands.
      expect(shop.lists.decision() === early.record).toBe(later > 0);
      expect(shop.lists.decision()).toBeDefined();
      vi.mocked(performance.now).mockRestore();
    });

    it('is let go of where the whole does not come', async () => {
      const { shop, started } = await begun();
      expect(shop.lists.feed().personal).toBe(true);
      const dispose = vi.spyOn(engine, 'dispose');
      shop.setReminder('b7', true);
      await engine.observe({ name: 'favourite_on', params: { items: [{ item_id: 's60-3' }] } });
      vi.spyOn(engine.catalogue, 'item').mockImplementation(() => {
        throw new Error('disposed');
      });
      fail(Object.assign(new Error('no answer'), { code: 'pack_load' }));
      await started;
      expect(shop.status).toBe('refused');
      expect(shop.lists.feed().personal).toBe(false);
      expect(dispose).toHaveBeenCalledOnce();
      expect([shop.hasReminder('b7'), shop.isFavourite('s60-3')]).toEqual([true, true]);
      // Nothing asks an engine that is gone.
      expect(shop.shelves!.item('no-such-item')).toBeUndefined();
    });
  });

  it('tells once a day that a coupon was shown, and that it was sent away', async () => {
    const engine = await createEngine({ pack: '', language: 'en', now: clock.now });
    const observe = vi.spyOn(engine, 'observe');
    const shop = new Shop('en', async () => engine);
    await shop.start();
    const coupon = { id: 'c2', code: 'FORTY', name: '¥40 off from ¥299' };
    const offer = { campaign: 'c', id: 'c2', coupon, text: 'why', terms: [] };
    shop.till.offerShown(offer);
    shop.till.offerShown(offer);
    const undo = shop.till.dismissOffer(offer);
    undo();
    expect(observe.mock.calls.map(([event]) => event)).toEqual([
      { name: 'view_promotion', params: { promotion_id: 'c2' } },
      { name: 'dismiss', params: { promotion_id: 'c2' } },
      { name: 'undismiss', params: { promotion_id: 'c2' } },
    ]);
  });

  it('keeps the list as it is until the shopper asks for another', async () => {
    const shop = withEngine();
    await shop.start();
    await shop.setConsent('on');
    void shop.observe({ name: 'view_item', params: { items: [{ item_id: 's61-3' }] } });
    await vi.waitFor(() => expect(shop.history()).toHaveLength(1));
    shop.lists.refresh();
    const first = shop.lists.feed();
    void shop.observe({ name: 'view_item', params: { items: [{ item_id: 's64-3' }] } });
    await vi.waitFor(() => expect(shop.history()).toHaveLength(2));
    expect(shop.lists.feed()).toBe(first);
    await shop.forget([shop.history()[0]!.id]);
    expect(shop.lists.feed()).not.toBe(first);
  });

  it('follows who comes back to it after looking at something new, and nobody else', async () => {
    const shop = withEngine();
    await shop.start();
    await shop.setConsent('on');
    const first = shop.lists.feed();
    shop.lists.refreshAfterLooking();
    expect(shop.lists.feed()).toBe(first);
    await shop.observe({ name: 'view_item', params: { items: [{ item_id: 's61-3' }] } });
    expect(shop.lists.feed()).toBe(first);
    shop.lists.refreshAfterLooking();
    const second = shop.lists.feed();
    expect(second.picks[0]!.item.brand).toBe(shop.shelves!.item('s61-3')!.brand);
    shop.lists.refreshAfterLooking();
    expect(shop.lists.feed()).toBe(second);
    shop.lists.refresh();
    expect(shop.lists.feed()).not.toBe(second);
  });

  it('takes back what was forgotten', async () => {
    const shop = withEngine();
    await shop.start();
    await shop.setConsent('on');
    for (const n of [1, 2, 3]) await shop.observe({ name: 'view_item', params: { items: [{ item_id: `s61-${n}` }] } });
    const before = shop.history().map(({ id }) => id);
    const { count, undo } = await shop.forget([before[1]!]);
    expect(count).toBe(1);
    expect(shop.history()).toHaveLength(2);
    await undo();
    expect(
      shop
        .history()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...before].sort());
  });

  it('looks at the next report without going round in circles', async () => {
    const shop = withEngine();
    await shop.start();
    expect(shop.reports.next()).toBeUndefined();
    await shop.setConsent('on');
    let drawings = 0;
    shop.subscribe(() => {
      if (++drawings > 20) throw new Error('drawn again and again');
      shop.reports.next();
    });
    expect(shop.reports.next()).toMatchObject({ question: 'top-category', answer: 'women', body: { answer: 'home' } });
    void shop.observe({ name: 'view_item', params: { items: [{ item_id: 's61-3' }] } });
    await vi.waitFor(() => expect(shop.history()).toHaveLength(1));
    expect(drawings).toBeLessThan(6);
  });

  it('takes back a wipe within its time', async () => {
    const shop = withEngine();
    await shop.start();
    await shop.setConsent('on');
    void shop.observe({ name: 'view_item', params: { items: [{ item_id: 's61-3' }] } });
    await vi.waitFor(() => expect(shop.history()).toHaveLength(1));
    const wiped = await shop.erase();
    expect(shop.history()).toHaveLength(0);
    await wiped!.undo();
    expect(shop.history()).toHaveLength(1);
  });
});

describe('the bag', () => {
  it('takes in, changes and gives back', async () => {
    const shop = without();
    await shop.start();
    const item = shop.lists.feed().picks[0]!.item;
    shop.basket.put(item, 'M');
    shop.basket.put(item, 'M');
    shop.basket.put(item, 'L');
    expect(shop.basket.lines.map(({ size, quantity }) => [size, quantity])).toEqual([
      ['M', 2],
      ['L', 1],
    ]);
    const back = shop.basket.setQuantity(shop.basket.lines[0]!, 0);
    expect(shop.basket.lines).toHaveLength(1);
    back();
    expect(shop.basket.lines).toHaveLength(2);
  });

  it('is found again in what was remembered', () => {
    const event = (
      name: 'add_to_cart' | 'remove_from_cart' | 'purchase' | 'view_item',
      quantity: number,
      size = 'M',
    ) => ({
      id: '',
      at: 0,
      name,
      items: [{ id: 'a', quantity, size }],
    });
    const oldestFirst = [
      event('add_to_cart', 2),
      event('view_item', 1),
      event('add_to_cart', 1, 'L'),
      event('remove_from_cart', 1),
      event('purchase', 1, 'L'),
    ];
    expect(bagFrom(oldestFirst.reverse())).toEqual([{ item: 'a', size: 'M', quantity: 1 }]);
  });

  it('says of each line whether it can be bought', () => {
    const open = shelves.sales.find((sale) => stateOf(sale, NOW) === 'open')!;
    const item: Item = {
      ...shelves.itemsOf(open.id)![0]!,
      stock: 2,
      sizes: [
        { size: 'S', stock: 0 },
        { size: 'M', stock: 2 },
      ],
    };
    const state = (size: string, quantity: number, now = NOW) =>
      lineState({ item: item.id, size, quantity }, item, shelves, now);
    expect([state('M', 2), state('M', 3), state('S', 1)]).toEqual(['ok', 'some', 'sold-out']);
    expect(state('M', 1, open.closes - 1)).toBe('ok');
    expect(state('M', 1, open.closes)).toBe('ended');
    expect(state('M', 1, open.opens - 1)).toBe('not-open');
  });
});

describe('the shop’s own order', () => {
  it('shows one item of each open window before the second of any', () => {
    const bySale = new Map(shelves.sales.map((sale) => [sale.id, shelves.itemsOf(sale.id)!]));
    const list = shopOrder(bySale, shelves.sales, NOW);
    const open = shelves.sales.filter((sale) => stateOf(sale, NOW) === 'open').length;
    expect(new Set(list.slice(0, Math.min(open, 60)).map((item) => item.sale)).size).toBe(Math.min(open, 60));
    expect(new Set(list.map((item) => item.id)).size).toBe(list.length);
  });
});

describe('a sale’s goods', () => {
  const items = shelves.itemsOf('s60')!;
  it('stand in the order asked for, sold out last in every one', () => {
    for (const order of ['shop', 'up', 'down', 'saving'] as const) {
      const list = arrange(items, { category: '', size: '', order });
      expect(list).toHaveLength(items.length);
      const gone = list.findIndex((item) => item.stock === 0);
      if (gone >= 0) expect(list.slice(gone).every((item) => item.stock === 0)).toBe(true);
      const there = list.filter((item) => item.stock > 0).map((item) => item.price);
      if (order === 'up') expect(there).toEqual([...there].sort((a, b) => a - b));
      if (order === 'down') expect(there).toEqual([...there].sort((a, b) => b - a));
    }
  });

  it('in a size are those that are there in that size, then those that were', () => {
    const [size] = sizesOf(items);
    const list = arrange(items, { category: '', size: size!, order: 'shop' });
    const there = list.map((item) => item.sizes.find((s) => s.size === size)!.stock > 0);
    expect(there).toEqual([...there].sort((a, b) => Number(b) - Number(a)));
  });

  it('fit where one of the sizes is there, or there is but one', () => {
    const item = (sizes: [string, number][]) => ({
      ...items[0]!,
      stock: 1,
      sizes: sizes.map(([size, stock]) => ({ size, stock })),
    });
    const coat = item([
      ['S', 0],
      ['M', 2],
    ]);
    expect([[], ['M'], ['S', 'M'], ['S'], ['L']].map((sizes) => fits(coat, sizes))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(fits(item([['one size', 3]]), ['L'])).toBe(true);
  });

  it('list their sizes as people do', () => {
    const item = (sizes: string[]) => ({ ...items[0]!, sizes: sizes.map((size) => ({ size, stock: 1 })) });
    expect(sizesOf([item(['XL', 'M', 'S', 'XXS']), item(['40', '36', '38.5'])])).toEqual([
      'XXS',
      'S',
      'M',
      'XL',
      '36',
      '38.5',
      '40',
    ]);
  });
});

describe('the street', () => {
  it('knows what opened today, what closes next and what is to come', () => {
    const day = { opened: TODAY, next: TODAY + 86_400_000 };
    expect(openedBetween(shelves.sales, day)).toHaveLength(12);
    for (const sale of closingAt(shelves.sales, day.next)) expect(sale.closes).toBe(day.next);
    const coming = openingNext(shelves.sales, NOW);
    expect(coming[0]!.opens).toBe(day.next);
    expect(coming.every((sale, i) => i === 0 || coming[i - 1]!.opens <= sale.opens)).toBe(true);
  });

  it('names a category’s whole family, the topmost first', () => {
    const family = {
      ...shelves,
      categories: [
        { id: 'a', name: '' },
        { id: 'b', name: '', parent: 'a' },
        { id: 'c', name: '', parent: 'b' },
      ],
    };
    expect(familyOf('c', family)).toBe('a b c');
    expect(familyOf('zzz', family)).toBe('zzz');
  });
});
