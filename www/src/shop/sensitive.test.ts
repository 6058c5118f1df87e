/** Sensitive goods in lists about something: left out unless they may count, or it is about one of them. */

import type { Engine, RecommendRequest } from 'windowshop';
import { beforeEach, describe, expect, it } from 'vitest';
import { Lists } from './lists';
import type { Item, Shelves } from './rows';

const GOODS = ['baby-1', 'baby-2', 'coat', 'boot', 'vase'];
let allowed = false;

const shelves = {
  item: (id: string) => ({ id, sensitive: id.startsWith('baby') }) as Item,
  itemsOf: (sale: string) => (sale === 'of-babies' ? [shelves.item('baby-1')] : []),
  sales: [
    { id: 'of-babies', brand: 'babies' },
    { id: 'of-coats', brand: 'coats' },
  ],
} as unknown as Shelves;
const engine = {
  recommend: ({ limit = 24 }: RecommendRequest) => ({
    personal: false,
    items: GOODS.slice(0, limit).map((id) => ({ id, reasons: [] })),
  }),
  history: { list: () => (allowed ? [{ name: 'sensitive_on' }] : []) },
} as unknown as Engine;

beforeEach(() => {
  allowed = false;
});

function shown(request: RecommendRequest): string[] {
  const lists = new Lists({
    engine: () => engine,
    whole: () => engine,
    shelves: () => shelves,
    changed: () => undefined,
  });
  return lists.list({ limit: 2, ...request }).map(({ item }) => item.id);
}

describe('sensitive goods', () => {
  it('are not put forward beside anything else, and others stand in their place', () => {
    for (const request of [
      { surface: 'similar', item: 'coat' },
      { surface: 'similar', brand: 'coats' },
      { surface: 'cart', items: ['coat', 'boot'] },
    ] as const)
      expect(shown(request)).toEqual(['coat', 'boot']);
  });

  it('are where it is about one of them', () => {
    for (const request of [
      { surface: 'similar', item: 'baby-2' },
      { surface: 'similar', brand: 'babies' },
      { surface: 'cart', items: ['coat', 'baby-2'] },
    ] as const)
      expect(shown(request)).toEqual(['baby-1', 'baby-2']);
  });

  it('are where the shopper lets them count', () => {
    allowed = true;
    expect(shown({ surface: 'similar', item: 'coat' })).toEqual(['baby-1', 'baby-2']);
  });

  it('are found by who searches for them', () => {
    expect(shown({ surface: 'search', items: GOODS })).toEqual(['baby-1', 'baby-2']);
  });
});
