/** Receipts of orders: whole as long as the page, and what is remembered of them later. */

import type { Derived, Receipt, RememberedEvent } from 'windowshop';
import { describe, expect, it } from 'vitest';
import { en } from '../text/en';
import { zh } from '../text/zh';
import { derivedChips } from './derived';
import { Placed, rememberedOrder } from './placed';

const event = (name: string, order: string, ...prices: [number, number][]): RememberedEvent =>
  ({
    id: `${name} ${order}`,
    at: 7,
    name,
    order,
    items: prices.map(([price, quantity], at) => ({ id: `i${at}`, price, quantity })),
  }) as RememberedEvent;

describe('a receipt', () => {
  it('is found by its order, the latest by itself, and goes with a wipe until that is taken back', () => {
    const placed = new Placed();
    const order = (id: string) => ({ id, at: 1, sent: true, receipt: {} as Receipt });
    placed.add(order('a'));
    placed.add(order('b'));
    expect([placed.find('a')?.id, placed.find('c'), placed.last]).toEqual(['a', undefined, 'b']);
    const back = placed.wipe();
    expect([placed.find('a'), placed.last]).toEqual([undefined, undefined]);
    back();
    expect(placed.last).toBe('b');
  });

  it('of an order that is remembered names its goods and what they cost before coupons', () => {
    const orders = [event('refund', 'o-1', [500, 1]), event('purchase', 'o-1', [500, 2], [250, 1])];
    expect(rememberedOrder(orders, 'o-1')).toMatchObject({ id: 'o-1', at: 7, goods: 1250 });
    expect(rememberedOrder(orders, 'o-2')).toBeUndefined();
  });
});

describe('what was worked out', () => {
  const derived = {
    brands: [],
    categories: [],
    sizes: [],
    attributes: [
      { attribute: 'trim=ink', weight: 9 },
      { attribute: 'kind=coat', weight: 8 },
      { attribute: 'colour=ink', weight: 7 },
      { attribute: 'cloth=unheard-of', weight: 6 },
      { attribute: 'cloth=cotton', weight: 5 },
    ],
    prices: [{ from: 8600, to: 10200, weight: 1 }],
    dismissed: { items: [], brands: [], categories: [] },
  } as unknown as Derived;
  const chips = (messages: typeof en) =>
    derivedChips(derived, undefined, { messages, zone: 'Asia/Shanghai', currency: { code: 'CNY', exponent: 2 } });

  it('is said in the words of the page, and left out where it has none', () => {
    expect(chips(zh as typeof en)).toEqual(['墨黑色', '棉', '价位 ¥86 至 ¥102']);
    expect(chips(en)).toEqual(['ink black', 'unheard of', 'cotton', 'Prices from ¥86 to ¥102']);
  });

  it('tells the price bands that have most of the looks, joined where they touch', () => {
    const setting = { messages: en, zone: 'Asia/Shanghai', currency: { code: 'CNY', exponent: 2 } };
    const prices = (...bands: [from: number, to: number, weight: number][]) =>
      derivedChips(
        { ...derived, attributes: [], prices: bands.map(([from, to, weight]) => ({ from, to, weight })) },
        undefined,
        setting,
      );
    const spread = prices(
      [4800, 6600, 3],
      [6600, 9000, 2],
      [9000, 12_000, 0],
      [24_000, 33_000, 3],
      [66_000, 90_000, 1],
    );
    expect(spread).toEqual(['Prices from ¥48 to ¥90', 'Prices from ¥240 to ¥330']);
    expect(prices([4800, 6600, 9], [24_000, 0, 1])).toEqual(['Prices from ¥48 to ¥66']);
    expect(prices([4800, 6600, 1], [6600, 0, 1])).toEqual(['Prices from ¥48']);
    expect(prices([4800, 6600, 0])).toEqual([]);
  });

  it('leaves out what was sent away, and says of the last band where it begins', () => {
    const told = {
      ...derived,
      attributes: [],
      brands: [
        { id: 'petra-moor', name: 'Petra Moor', weight: 9 },
        { id: 'fogyard', name: 'Fogyard', weight: 1 },
      ],
      prices: [{ from: 200_000, to: 0, weight: 1 }],
      dismissed: { items: [], brands: ['petra-moor'], categories: [] },
    } as unknown as Derived;
    const setting = { messages: en, zone: 'Asia/Shanghai', currency: { code: 'CNY', exponent: 2 } };
    expect(derivedChips(told, undefined, setting)).toEqual(['Fogyard', 'Prices from ¥2,000']);
  });
});
