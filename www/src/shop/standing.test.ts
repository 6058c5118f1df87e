import type { RememberedEvent } from 'windowshop';
import { describe, expect, it } from 'vitest';
import { standing } from './standing';

let at = 0;
const event = (name: string, what: Partial<RememberedEvent> & { of?: string[] }): RememberedEvent => {
  const { of = [], ...rest } = what;
  return { id: `e${at}`, at: at++, name, items: of.map((id) => ({ id, quantity: 1 })), ...rest } as RememberedEvent;
};
const dismissed = (...oldestFirst: RememberedEvent[]) => standing(oldestFirst.reverse(), ['dismiss'], ['undismiss']);

describe('what still holds', () => {
  it('is what was not taken back since, each thing once', () => {
    const twice = [event('dismiss', { of: ['a'] }), event('dismiss', { of: ['a'] }), event('dismiss', { brand: 'b' })];
    expect(dismissed(...twice).holds.map(({ items, brand }) => brand ?? items[0]!.id)).toEqual(['b', 'a']);
    const back = [event('dismiss', { of: ['a'] }), event('undismiss', { of: ['a'] }), event('dismiss', { of: ['c'] })];
    expect(dismissed(...back).holds.map(({ items }) => items[0]!.id)).toEqual(['c']);
    const again = [event('dismiss', { of: ['a'] }), event('undismiss', { of: ['a'] }), event('dismiss', { of: ['a'] })];
    expect(dismissed(...again).holds).toHaveLength(1);
  });

  it('keeps things of one id and another kind apart, and items of one event', () => {
    const apart = [
      event('dismiss', { brand: 'x' }),
      event('dismiss', { promotion: 'x' }),
      event('undismiss', { of: ['x'] }),
    ];
    expect(dismissed(...apart).holds).toHaveLength(2);
    const together = [event('dismiss', { of: ['a', 'b'] }), event('undismiss', { of: ['a'] })];
    expect(dismissed(...together).holds.map(({ items }) => items.map(({ id }) => id))).toEqual([['b']]);
  });

  it('is forgotten with everything that had to do with it', () => {
    const all = [event('view_item', { of: ['a'] }), event('dismiss', { of: ['a'] }), event('undismiss', { of: ['a'] })];
    expect(dismissed(...all).events.map(({ name }) => name)).toEqual(['undismiss', 'dismiss']);
    expect(dismissed(...all).holds).toEqual([]);
  });
});
