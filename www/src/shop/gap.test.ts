import type { CartLine, PriceOptions, Receipt, RecommendRequest } from 'windowshop';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEngine } from '../../dev/engine';
import { servePage } from '../../dev/served';
import { TODAY } from '../../dev/fixture';
import * as clock from '../clock';
import { Shop } from '../shop';
import { gains, gapsOf } from './gap';

const receipt = (more: Partial<Receipt>): Receipt =>
  ({ used: [], tenders: [], refused: [], gifts: [], points: [], discount: 0, ...more }) as unknown as Receipt;
const used = (id: string, amount: number) => receipt({ used: [{ id, name: id, amount }], discount: amount });

beforeEach(() => {
  clock.set(TODAY + 2.5 * 3_600_000);
  servePage();
});
afterEach(() => vi.unstubAllGlobals());

describe('a gap', () => {
  it('is what a promotion lacks or what is left to its next step, the nearest first', () => {
    const gaps = gapsOf(
      receipt({
        used: [
          { id: 'steps', name: 'Steps', amount: 4_000, next: { missing: 700, more: 4_000 } },
          { id: 'plain', name: 'Plain', amount: 100 },
        ],
        refused: [
          { id: 'far', name: 'Far', reason: 'amount_short', text: '', shortfall: 9_000 },
          { id: 'shoes', name: 'Shoes', reason: 'quantity_short', text: '', shortfall: 1 },
        ],
      }),
    );
    expect(gaps.map(({ id, shortfall, more }) => [id, shortfall, more])).toEqual([
      ['steps', 700, 4_000],
      ['far', 9_000, undefined],
    ]);
  });

  it('is worth closing where the whole bag then saves more, and not where another one only gives way', () => {
    const held = used('held', 3_000);
    const gain = (before: Receipt, after: Receipt, without: Receipt) => gains('new', { before, after, without });
    expect(gain(receipt({}), used('new', 3_000), receipt({}))).toBe(true);
    expect(gain(held, used('new', 3_500), held)).toBe(true);
    expect(gain(held, held, held), 'it stays refused').toBe(false);
    expect(gain(held, used('new', 3_000), held), 'it takes the place of one that is as good').toBe(false);
    const pays = receipt({ tenders: [{ id: 'new', name: 'Voucher', amount: 1_500 }] });
    expect(gain(receipt({}), pays, receipt({})), 'a voucher pays').toBe(true);
    const gift = receipt({ gifts: [{ promotion: 'new', item: 'x', quantity: 1 }] });
    expect(gain(receipt({}), gift, receipt({}))).toBe(true);
    expect(gain(held, gift, held), 'a gift for a coupon').toBe(false);
  });
});

/**
 * A shop whose bag of one has the coupon HELD, which takes 30 off in place of NEW; NEW takes `off` from 400 on, and the
 * dearer of the two counts, HELD where they are equal.
 */
async function open(off: number) {
  const engine = await createEngine({ pack: '', language: 'en', now: clock.now });
  const price = vi
    .spyOn(engine, 'price')
    .mockImplementation((cart: readonly CartLine[], { codes = [] }: PriceOptions = {}): Receipt => {
      const reached = cart.length > 1;
      const fresh = codes.includes('NEW') && reached && (off > 3_000 || !codes.includes('HELD'));
      const one = fresh ? { id: 'new', code: 'NEW', amount: off } : { id: 'held', code: 'HELD', amount: 3_000 };
      return receipt({
        used: codes.includes(one.code) ? [{ name: one.id, ...one }] : [],
        discount: codes.includes(one.code) ? one.amount : 0,
        refused: fresh
          ? []
          : [
              reached
                ? { id: 'new', code: 'NEW', name: 'New', reason: 'group_taken', text: '', less: 0 }
                : { id: 'new', code: 'NEW', name: 'New', reason: 'amount_short', text: '', shortfall: 9_000 },
            ],
      });
    });
  const asked: RecommendRequest[] = [];
  const shop = new Shop('en', async () => engine);
  await shop.start();
  const goods = shop.shelves!.front.map((item, i) => ({ id: item.id, price: 9_000 + 1_000 * i }));
  const items = new Map(
    goods.map(({ id, price: of }, i) => [id, { ...shop.shelves!.item(id)!, price: of, sensitive: i === 1 }]),
  );
  vi.spyOn(shop.shelves!, 'item').mockImplementation((id) => items.get(id));
  vi.spyOn(engine, 'recommend').mockImplementation((request) => {
    asked.push(request);
    // The dearest first, as a list that knows nothing of the gap beyond its first steps may have it.
    const enough = goods.filter((row) => row.price >= (request.shortfall ?? 0)).reverse();
    const near = enough.filter((row) => row.price <= 2 * (request.shortfall ?? 0));
    const list = [...near, ...enough.filter((row) => !near.includes(row))].slice(0, request.limit);
    return { items: list.map(({ id }) => ({ id, score: 0, reasons: [] })) } as unknown as ReturnType<
      typeof engine.recommend
    >;
  });
  shop.basket.put(items.get(goods.at(-1)!.id)!);
  shop.basket.setCodes(['HELD', 'NEW']);
  return { shop, price, asked };
}

describe('the bag', () => {
  it('asks nobody to buy more for a coupon whose place another one holds that saves as much', async () => {
    const { shop } = await open(3_000);
    const [refused] = shop.till.receipt()!.refused;
    expect(refused!.reason).toBe('amount_short');
    expect(shop.till.isIdle(refused!)).toBe(true);
    expect(shop.till.gap(6)).toBeUndefined();
  });

  it('names the gap of one that saves more, with goods by their nearness to it', async () => {
    const { shop } = await open(5_000);
    expect(shop.till.isIdle(shop.till.receipt()!.refused[0]!)).toBe(false);
    const found = shop.till.gap(6)!;
    expect(found.gap).toMatchObject({ id: 'new', shortfall: 9_000 });
    const prices = found.picks.map(({ item }) => item.price);
    expect(prices).toHaveLength(6);
    expect(found.picks.some(({ item }) => item.sensitive)).toBe(false);
    expect(prices).toEqual([...prices].sort((a, b) => a - b));
    expect(prices.at(-1)!, 'nothing far beyond').toBeLessThanOrEqual(18_000);
  });

  it('looks further, step by step, where nothing is near a small gap', async () => {
    const { shop, price, asked } = await open(5_000);
    const before = price.getMockImplementation()!;
    price.mockImplementation((...given) => {
      const made = before(...given);
      return {
        ...made,
        refused: made.refused.map((row) => ({ ...row, ...(row.shortfall ? { shortfall: 700 } : {}) })),
      };
    });
    shop.basket.setCodes(['NEW', 'HELD']);
    expect(shop.till.gap(6)!.picks[0]!.item.price).toBe(9_000);
    expect(new Set(asked.map(({ shortfall }) => shortfall))).toContain(11_200);
  });
});
