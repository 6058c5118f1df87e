import type { Engine } from 'windowshop';
import { afterEach, expect, test, vi } from 'vitest';
import * as clock from '../clock';
import { Lists } from './lists';
import type { Item, SaleRow, Shelves } from './rows';

const TEN = Date.parse('2026-12-02T10:00:00+08:00');

/** A shop with a window that is open and one that opens at ten, an item in each, and an engine that puts all of them in a list. */
function around() {
  const sales = [
    { id: 'earlier', opens: TEN - 86_400_000, closes: TEN + 86_400_000 },
    { id: 'at-ten', opens: TEN, closes: TEN + 86_400_000 },
  ] as SaleRow[];
  const items = sales.map(({ id }) => ({ id: `item-${id}`, sale: id, stock: 3, sizes: [] }) as unknown as Item);
  const shelves = {
    sales,
    front: items,
    sale: (id: string) => sales.find((sale) => sale.id === id),
    item: (id: string) => items.find((item) => item.id === id),
    itemsOf: (sale: string) => items.filter((item) => item.sale === sale),
  } as unknown as Shelves;
  const recommend = vi.fn(() => ({ personal: true, items: items.map(({ id }) => ({ id, reasons: [] })) }));
  const engine = { recommend, record: () => undefined, history: { list: () => [] } } as unknown as Engine;
  const lists = new Lists({
    engine: () => engine,
    whole: () => engine,
    shelves: () => shelves,
    changed: () => undefined,
  });
  return { lists, recommend };
}

afterEach(() => void vi.restoreAllMocks());

test('the home page’s list is another once a window has opened, and stands in between', () => {
  const { lists, recommend } = around();
  const now = vi.spyOn(clock, 'now').mockReturnValue(TEN - 60_000);
  const before = lists.feed();
  now.mockReturnValue(TEN - 1);
  expect(lists.feed()).toBe(before);
  now.mockReturnValue(TEN);
  expect(lists.feed()).not.toBe(before);
  expect(lists.feed()).toBe(lists.feed());
  expect(recommend).toHaveBeenCalledTimes(2);
});

test('with the personal order switched off no list goes by what was looked for', () => {
  const { lists } = around();
  const search = { surface: 'search', items: ['item-earlier'] } as const;
  const five = { surface: 'new_today', brief: true } as const;
  const similar = { surface: 'similar', item: 'item-earlier' } as const;
  for (const request of [search, five, similar]) expect(lists.list(request)).toHaveLength(2);
  lists.setShopOrder(true);
  expect([search, five, similar].map((request) => lists.list(request).length)).toEqual([0, 0, 2]);
  expect(lists.feed().personal).toBe(false);
  lists.setShopOrder(false);
  expect(lists.list(search)).toHaveLength(2);
});
