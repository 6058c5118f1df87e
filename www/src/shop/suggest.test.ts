import { describe, expect, it } from 'vitest';
import { companion, TODAY } from '../../dev/fixture';
import { en } from '../text/en';
import { zh } from '../text/zh';
import { shelvesOf } from './files';
import { Finder } from './search';
import { nearestOf, slipsBetween, suggestionsFor } from './suggest';

const finderOf = (language: 'en' | 'zh') => {
  const shelves = shelvesOf(companion(language), true, TODAY + 3_600_000);
  const finder = new Finder(shelves, (language === 'zh' ? zh : en).item.value);
  const items = shelves.sales.flatMap(({ id }) => shelves.itemsOf(id) ?? []);
  const finds = (term: string) => {
    const asked = finder.ask(term);
    return items.some((item) => finder.fit(item, asked) !== undefined);
  };
  return {
    vocabulary: () => finder.vocabulary(),
    parts: (term: string) => finder.parts(term),
    finds,
  };
};

describe('slips of the pen', () => {
  it('are counted: changed, left out, put in, exchanged; and no further than is asked', () => {
    expect([slipsBetween('coat', 'coat', 2), slipsBetween('coat', 'boat', 2)]).toEqual([0, 1]);
    expect([slipsBetween('cot', 'coat', 2), slipsBetween('coaat', 'coat', 2)]).toEqual([1, 1]);
    expect(slipsBetween('caot', 'coat', 2), 'two letters exchanged are one slip').toBe(1);
    expect(slipsBetween('cardigan', 'umbrella', 2)).toBe(3);
  });

  it('lead to the nearest word, and a word too far from all of them to none', () => {
    const known = new Set(['coat', 'boot', 'cardigan']);
    expect([nearestOf('caot', known), nearestOf('cardigna', known), nearestOf('xylophone', known)]).toEqual([
      'coat',
      'cardigan',
      undefined,
    ]);
    expect(nearestOf('caot', new Set(['cat', 'coat'])), 'a swap is likelier than a letter too many').toBe('coat');
    expect(nearestOf('ab', new Set(['abc'])), 'two letters say too little').toBeUndefined();
  });
});

describe('a search that finds nothing', () => {
  it('is answered with the shop’s own word', () => {
    const catalogue = finderOf('en');
    expect(catalogue.finds('cardigna')).toBe(false);
    expect(suggestionsFor('cardigna', catalogue)).toEqual({ nearest: 'cardigan', shorter: [] });
  });

  it('is answered with fewer words, each of which finds something', () => {
    const catalogue = finderOf('en');
    expect(catalogue.finds('vase lipstick')).toBe(false);
    const { shorter } = suggestionsFor('vase lipstick', catalogue);
    expect([...shorter].sort()).toEqual(['lipstick', 'vase']);
    expect(suggestionsFor('vase lipstick tote', catalogue).shorter, 'or with each of them alone').toContain('tote');
  });

  it('works without spaces too', () => {
    const catalogue = finderOf('zh');
    expect(catalogue.finds('口红花瓶')).toBe(false);
    const { shorter } = suggestionsFor('口红花瓶', catalogue);
    for (const term of shorter) expect(catalogue.finds(term)).toBe(true);
  });

  it('suggests nothing where nothing is near', () => {
    expect(suggestionsFor('qqqqqqqqqq', finderOf('en'))).toEqual({ shorter: [] });
  });
});
