import { describe, expect, it } from 'vitest';
import { companion, TODAY } from '../../dev/fixture';
import { en } from '../text/en';
import { zh } from '../text/zh';
import { shelvesOf } from './files';
import { Finder, singular } from './search';
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
    compounds: () => finder.compounds(),
    brands: () => finder.brands(),
    parts: (term: string) => finder.parts(term),
    finds,
  };
};

/** A shop that calls its goods by these words: a singular and how it is written. */
const shop = (...words: [string, string][]) => ({
  vocabulary: () => new Map(words),
  compounds: () => new Set<string>(),
  brands: () => [],
  parts: (term: string) => term.split(' ').map(singular),
});

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

  it('is answered with the brand that it misspells, or writes without a space', () => {
    const catalogue = finderOf('en');
    const brand = [...catalogue.brands()].find((name) => /^[A-Z][a-z]+ [A-Z][a-z]{4,}$/.test(name))!;
    const slip = `${brand.slice(0, -1)}q`;
    expect(catalogue.finds(slip)).toBe(false);
    expect(suggestionsFor(slip, catalogue)).toEqual({ nearest: brand, shorter: [] });
    expect(suggestionsFor(brand.replace(' ', '').toLowerCase(), catalogue).nearest).toBe(brand);
  });

  it('is answered in the form in which goods are called, and with two words that are one', () => {
    const catalogue = {
      ...shop(['sunglass', 'sunglasses'], ['jean', 'jeans']),
      finds: (term: string) => !/ |jeens/.test(term),
    };
    expect(suggestionsFor('jeens', catalogue).nearest).toBe('jeans');
    expect(suggestionsFor('sun glass', catalogue).nearest).toBe('sunglasses');
    expect(suggestionsFor('sunglass jean', catalogue).shorter).toEqual(['jeans', 'sunglasses']);
  });

  it('is answered in Chinese with the word of one other sign, and with what a thing is at its end', () => {
    const catalogue = { ...shop(), compounds: () => new Set(['牛仔裤', '连衣裙']) };
    const finds = (term: string) => ['牛仔裤', '裤', '裙'].includes(term);
    expect(suggestionsFor('牛子裤', { ...catalogue, finds })).toEqual({ nearest: '牛仔裤', shorter: ['裤'] });
    expect(suggestionsFor('长裙', { ...catalogue, finds })).toEqual({ shorter: ['裙'] });
  });

  it('suggests nothing where nothing is near', () => {
    expect(suggestionsFor('qqqqqqqqqq', finderOf('en'))).toEqual({ shorter: [] });
  });
});
