import { describe, expect, it } from 'vitest';
import { href, keyOf, parse, type Route } from './router';

const routes: Route[] = [
  { page: 'home' },
  { page: 'today' },
  { page: 'coming' },
  { page: 'bag' },
  { page: 'reminders' },
  { page: 'kept' },
  { page: 'sale', id: 's/1 ?#%' },
  { page: 'sale', id: 's', wish: { category: 'women-coats', size: '34 × 76 cm', order: 'up' } },
  { page: 'item', id: '52.g13-0' },
  { page: 'category', id: 'mother-baby' },
  { page: 'search', term: 'wool 大衣 50%' },
];

describe('addresses', () => {
  it('lead back to their place, with and without wishes', () => {
    for (const route of routes)
      for (const wishes of [
        {},
        { lang: 'zh' },
        { shopOrder: true as const },
        { lang: 'en', shopOrder: true as const },
        { sizes: ['M', '34 × 76 cm', '7, wide'] },
      ])
        expect(parse(href(route, wishes))).toEqual({ route, wishes });
  });

  it('stay behind the #, so that no place causes a request', () => {
    for (const route of routes) expect(href(route)).toMatch(/^#\//);
  });

  it('of a sale say how it is looked at, and are one place however that is', () => {
    expect(href({ page: 'sale', id: 's', wish: { size: 'M' } }, { shopOrder: true })).toBe(
      '#/sale/s?size=M&order=shop',
    );
    expect(keyOf({ page: 'sale', id: 's', wish: { size: 'M' } })).toBe(keyOf({ page: 'sale', id: 's' }));
    expect(keyOf({ page: 'sale', id: 's' })).not.toBe(keyOf({ page: 'sale', id: 't' }));
    expect(parse('#/sale/s?order=shop&sort=').route).toEqual({ page: 'sale', id: 's' });
  });

  it('that name no place lead home, and those of no place of the shop say so and are kept as they are', () => {
    for (const hash of ['', '#', '#/', '#//', '#?', '#/?lang=zh'])
      expect(parse(hash).route, hash).toEqual({ page: 'home' });
    for (const path of ['nowhere', 'item', 'sale/', 'search/', 'search/%20', 'constructor', 'nothing/here/at-all'])
      expect(parse(`#/${path}?lang=zh`), path).toEqual({ route: { page: 'unknown', path }, wishes: { lang: 'zh' } });
    for (const path of ['nowhere', 'sale/', 'search/%20'])
      expect(href(parse(`#/${path}`).route, { lang: 'zh' })).toBe(`#/${path}?lang=zh`);
    expect(parse('#/search?q=wool+coat').route, 'as other shops write it').toEqual({
      page: 'search',
      term: 'wool coat',
    });
    expect(parse('#/item/%E0%A4%A').route).toEqual({ page: 'item', id: '%E0%A4%A' });
  });
});
