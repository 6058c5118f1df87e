import { readFileSync } from 'node:fs';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { CLOTHS, type ClothName } from './cloths';
import { compose, type Look } from './compose';
import { hash } from './hash';
import { type KindName, KINDS } from './kinds';
import type { Cut } from './kinds/draw';
import { CUTS, lookOf, type PictureRow } from './look';
import { type PatternName, PATTERNS, WEAVES } from './patterns';
import { picture } from './picture';
import { type Format, scene } from './scene';
import { FASCIAS, signOf, type Tier } from './sign';
import { isDark, standsOut, wallFor, WALLS } from './walls';

const kinds = Object.keys(KINDS) as KindName[];
const cloths = Object.keys(CLOTHS) as ClothName[];

/** Every kind, plain and in each pattern that it takes. */
const looks: [string, Look][] = kinds.flatMap((kind) =>
  [undefined, ...(WEAVES[kind] ?? [])].map((pattern): [string, Look] => [
    `${kind} ${pattern ?? 'plain'}`,
    { kind, pattern, cloth: 'brick', trim: 'gold', third: 'ink', wall: 'ice', pair: kind === 'boot' },
  ]),
);

/** A spread of rows as a shop's feed may hold them, some with words we have never heard of. */
const rows: PictureRow[] = Array.from({ length: 600 }, (_, i) => {
  const n = hash(`row ${i}`);
  return {
    id: `i${i * 7}`,
    category: [
      'women',
      'men',
      'shoes',
      'bags',
      'accessories',
      'beauty',
      'fragrance',
      'mother-baby',
      'children',
      'home',
      '',
    ][n % 11]!,
    attributes: {
      kind: n & 16 ? kinds[n % kinds.length] : undefined,
      colour: n & 32 ? cloths[(n >>> 6) % cloths.length] : 'chartreuse',
      pattern: Object.keys(PATTERNS)[(n >>> 9) % 20],
      cut: ['wide', 'double-breasted', 'no such cut', undefined][(n >>> 14) % 4],
    },
  };
});

const ids = (svg: string) => [...svg.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]!);
const references = (svg: string) => [...svg.matchAll(/(?:href="#|url\(#)([^")]+)/g)].map((m) => m[1]!);

function expectWellFormed(svg: string) {
  expect(XMLValidator.validate(svg)).toBe(true);
  expect(svg).not.toMatch(/NaN|undefined|Infinity|null|@/);
  expect(new Set(ids(svg)).size).toBe(ids(svg).length);
  for (const reference of references(svg)) expect(ids(svg)).toContain(reference);
}

describe('an item’s picture', () => {
  it('knows 63 kinds, 32 cloths, 18 patterns and 18 walls', () => {
    expect([kinds.length, cloths.length, Object.keys(PATTERNS).length, Object.keys(WALLS).length]).toEqual([
      63, 32, 18, 18,
    ]);
  });

  it.each(looks)('is well formed and small: %s', (_, look) => {
    const svg = compose(look, 'p2s');
    expectWellFormed(svg);
    expect(svg.length).toBeLessThanOrEqual(2150);
  });

  it('has a median of about 1.5 kB', () => {
    const sizes = looks.map(([, look]) => compose(look, 'p2s').length).sort((a, b) => a - b);
    expect(sizes[sizes.length >> 1]).toBeLessThan(1650);
    expect(sizes[sizes.length >> 1]).toBeGreaterThan(1000);
  });

  it('has whole coordinates in every path', () => {
    for (const [name, look] of looks) {
      for (const [, d] of compose(look, 'x').matchAll(/ d="([^"]+)"/g)) expect(d, name).not.toMatch(/\d\.\d/);
    }
  });

  it('is the same for the same row and differs between rows', () => {
    const again = rows.map((row) => compose(lookOf(structuredClone(row)), 'x'));
    expect(rows.map((row) => compose(lookOf(row), 'x'))).toEqual(again);
    expect(new Set(again).size).toBeGreaterThan(rows.length * 0.9);
  });

  it('can be drawn from any row, and keeps the drawing’s ids to itself', () => {
    for (const row of rows) expectWellFormed(picture(row).svg);
    const all = rows.flatMap((row) => ids(picture(row).svg));
    expect(new Set(all).size).toBe(all.length);
    expect(ids(picture(rows[0]!, 't').svg)).not.toEqual(ids(picture(rows[0]!, 'i').svg));
  });

  it('lets no text of the row through', () => {
    const evil = '"/><script>alert(1)</script>';
    const svg = picture({
      id: evil,
      category: evil,
      attributes: { kind: evil, colour: evil, pattern: evil, cut: evil },
    }).svg;
    expectWellFormed(svg);
    expect(svg).not.toMatch(/<script|alert\(/);
    for (const name of ['__proto__', 'constructor', 'toString'])
      expectWellFormed(
        compose(
          lookOf({ id: 'a', category: 'bags', attributes: { kind: name, colour: name, cut: name, pattern: name } }),
          'x',
        ),
      );
  });

  it('shows every named cut as something of its own', () => {
    // Two names of one cut, and names of a kind's own cut.
    const same = new Set([
      'coat double',
      'trousers jeans',
      'trousers selvedge-jean',
      'slip midi',
      'boot chelsea',
      'sunglasses square',
    ]);
    for (const [kind, table] of Object.entries(CUTS)) {
      const names = Object.keys(table).filter((name) => !same.has(`${kind} ${name}`));
      const drawn = (cut?: Cut) => compose({ kind: kind as KindName, cloth: 'oat', trim: 'ink', cut }, 'x');
      const drawings = names.map((name) => drawn(table[name]));
      for (const svg of drawings) {
        expectWellFormed(svg);
        expect(svg.length).toBeLessThanOrEqual(2150);
      }
      expect(new Set([drawn(), ...drawings]).size, kind).toBe(names.length + 1);
    }
  });

  it('knows the kinds and cuts of the demo shop’s goods', () => {
    const goods = readFileSync(new URL('../../../src/bin/windowshop/demo/data/goods.csv', import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    expect(goods.length).toBeGreaterThan(80);
    for (const [, kind, noun, , , , , , cuts] of goods.map((row) => row.split(','))) {
      expect(kinds).toContain(kind);
      // What is packed has its line in the place of a cut, which no picture is told.
      for (const [code] of noun ? cuts!.split('|').map((cut) => cut.split(':')) : [])
        if (code) expect(Object.keys(CUTS[kind as KindName] ?? {}), `${kind} ${code}`).toContain(code);
    }
  });

  it('takes a pattern only where the kind is woven in it', () => {
    const row = (pattern: PatternName): PictureRow => ({
      id: 'a',
      category: 'women',
      attributes: { kind: 'trench', pattern },
    });
    expect(lookOf(row('floral')).pattern).toBeUndefined();
    expect(lookOf({ ...row('floral'), attributes: { kind: 'slip', pattern: 'floral' } }).pattern).toBe('floral');
  });
});

describe('a wall', () => {
  it('lets its cloth stand out, whatever the cloth', () => {
    for (const name of cloths)
      for (let n = 0; n < 200; n++) expect(standsOut(name, wallFor(name, hash(`${n}`)))).toBe(true);
  });

  it('is a deep one about once in four, whatever the cloth', () => {
    for (const name of cloths) {
      const walls = Array.from({ length: 800 }, (_, n) => wallFor(name, hash(`wall ${n}`)));
      const deep = walls.filter((wall) => WALLS[wall][0] < 0.7).length / walls.length;
      expect(deep, name).toBeGreaterThan(0.17);
      expect(deep, name).toBeLessThan(0.33);
    }
    expect(isDark('night')).toBe(true);
    expect(isDark('fog')).toBe(false);
  });
});

describe('a sale’s window', () => {
  const formats: Format[] = ['wide', 'tall', 'small', 'preview'];
  const categories = [
    'women',
    'men',
    'shoes',
    'bags',
    'accessories',
    'beauty',
    'fragrance',
    'mother-baby',
    'children',
    'home',
  ];

  it('is well formed in every format and category', () => {
    for (const category of categories)
      for (const format of formats)
        for (let n = 0; n < 12; n++) {
          const svg = scene({ id: `s${n}`, brand: `b${n}`, category, tier: 'second' }, format);
          expectWellFormed(svg);
          expect(svg).toContain('class="beam"');
          expect(svg.length).toBeLessThan(24_000);
        }
  });

  it('shows the sale’s own goods where they are known', () => {
    const row = { id: 's1', brand: 'b1', category: 'shoes', tier: 'third' as Tier };
    const goods: Look[] = ['lamp', 'vase', 'mug'].map((kind) => ({ kind: kind as KindName, cloth: 'petrol' }));
    expect(scene(row, 'small', goods)).not.toBe(scene(row, 'small'));
    expectWellFormed(scene(row, 'small', goods));
  });

  it('lays small things among those that stand, and hangs them where nothing does', () => {
    const row = { id: 's1', brand: 'b1', category: 'accessories', tier: 'third' as Tier };
    const goods = (...of: KindName[]): Look[] => of.map((kind) => ({ kind, cloth: 'petrol', trim: 'gold' }));
    const rail = 'stroke-width="5"';
    for (const format of ['wide', 'tall', 'small'] as const) {
      const both = scene(row, format, goods('belt', 'belt', 'sunglasses', 'sunglasses', 'sunglasses', 'belt'));
      expectWellFormed(both);
      expect(both, format).not.toContain(rail);
      expect(scene(row, format, goods('belt', 'belt', 'belt')), format).toContain(rail);
      expect(scene(row, format, goods('coat', 'belt', 'belt', 'boot', 'boot', 'boot')), format).toContain(rail);
    }
  });

  it('never shares an id with another window', () => {
    const all = ['s1', 's2', 's-1'].flatMap((id) =>
      formats.flatMap((f) => ids(scene({ id, brand: 'b', category: 'women', tier: 'first' }, f))),
    );
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('a sign', () => {
  const luminance = (colour: string) => {
    const [r, g, b] = [1, 3, 5].map((i) => {
      const v = parseInt(colour.slice(i, i + 2), 16) / 255;
      return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };

  it('can be read: every pair of colours has a contrast of 4.5', () => {
    expect(FASCIAS.length).toBe(24);
    for (const [a, b] of FASCIAS) {
      const [x, y] = [luminance(a), luminance(b)].sort((m, n) => n - m);
      expect((x! + 0.05) / (y! + 0.05), `${a} ${b}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('follows the tier: luxury in tracked capitals, third heavy and lower case', () => {
    for (let n = 0; n < 100; n++) {
      const luxury = signOf(`b${n}`, 'Orvelle', 'luxury');
      expect(luxury.text).toBe('ORVELLE');
      expect(luxury.tracking).toBeGreaterThanOrEqual(200);
      const third = signOf(`b${n}`, 'Mossling', 'third');
      expect(third.text).toBe('mossling');
      expect(third.weight).toBeGreaterThanOrEqual(700);
    }
  });

  it('gives 360 brands hundreds of signs', () => {
    const tiers: Tier[] = ['luxury', 'first', 'second', 'second', 'third'];
    const signs = Array.from({ length: 360 }, (_, n) => JSON.stringify(signOf(`brand-${n}`, 'Name', tiers[n % 5]!)));
    expect(new Set(signs).size).toBeGreaterThan(150);
  });
});
