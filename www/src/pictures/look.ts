/**
 * From an item's row to what is drawn. The row's attributes are a shop's text: each is looked up in a closed
 * table, and what is not found is chosen by the item's id, so that nothing from outside reaches the SVG.
 */

import { type ClothName, CLOTHS } from './cloths';
import type { Look } from './compose';
import { hash, pick, vary } from './hash';
import { KINDS, type KindName } from './kinds';
import type { Cut } from './kinds/draw';
import { type PatternName, PATTERNS, WEAVES } from './patterns';
import { wallFor } from './walls';

/** What a picture needs of an item's row. */
export interface PictureRow {
  id: string;
  category: string;
  attributes: Readonly<Record<string, string | undefined>>;
}

/** Kinds that stand in for an item whose own kind is unknown, by a word found in its category's id. */
const STAND_INS: readonly (readonly [RegExp, readonly KindName[]])[] = [
  [/shoe/, ['loafer', 'boot', 'sneaker', 'flat']],
  [/bag|leather/, ['tote', 'saddle', 'box']],
  [/watch|accessor/, ['watch', 'scarf', 'belt']],
  [/fragrance|perfume/, ['flacon', 'orb']],
  [/beauty|skin/, ['dropper', 'jar', 'tube']],
  [/baby|mother|matern/, ['babybottle', 'tin', 'bunny']],
  [/child|kid/, ['dungarees', 'raincoat']],
  [/home|textile|bed/, ['cushion', 'towels', 'lamp']],
  [/(^|[^o])men/, ['shirt', 'blazer', 'trousers']],
  [/^/, ['aline', 'knit', 'coat', 'skirt']],
];

/** Cuts that are told by their name alone. */
const forms = (names: string): Record<string, Cut> =>
  Object.fromEntries(names.split(' ').map((form) => [form, { form }]));

/** Named cuts of the kinds that have more than one. A name that is not here draws the kind's own cut. */
export const CUTS: Partial<Record<KindName, Record<string, Cut>>> = {
  coat: { 'double-breasted': { db: 1 }, double: { db: 1 }, short: { hy: 226 } },
  blazer: { cropped: { hy: 200 }, 'double-breasted': { db: 1, nd: 78 } },
  puffer: { ...forms('hooded'), cropped: { hy: 188 }, long: { hy: 244, hx: 50 } },
  tee: { cropped: { hy: 196 }, boxy: { wx: 46, hx: 48 }, 'long-sleeved': { sl: 'long', cy: 204, cuff: 1 } },
  polo: { 'long-sleeved': { sl: 'long', cy: 202, rib: 1 } },
  knit: { cropped: { hy: 194 }, oversized: { s: 54, wx: 49, hx: 48 }, 'half-zip': { T: 62, form: 'half-zip' } },
  cardigan: {
    long: { hy: 244, hx: 47 },
    hooded: { T: 62, nd: 18, form: 'hooded' },
    ...forms('shawl-collar'),
  },
  shirt: {
    oversized: { s: 53, wx: 48, hx: 50 },
    short: { hy: 190 },
    'short-sleeved': { sl: 'short', cuff: undefined },
  },
  slip: { midi: {}, mini: { hy: 214 } },
  aline: { mini: { hy: 214, hx: 56 }, 'long-sleeved': { sl: 'long', cy: 176, cuff: 1 } },
  shift: { sleeveless: { sl: 'none', s: 37 } },
  skirt: {
    pleated: { pl: 9 },
    kilt: { h: 60, pl: 8 },
    pencil: { h: 44, pl: 2 },
    mini: { y1: 180, h: 52 },
  },
  trousers: {
    jean: { jean: 1 },
    jeans: { jean: 1 },
    'selvedge-jean': { jean: 1 },
    'slim-jean': { jean: 1, hip: 41, kn: 23, hem: 19 },
    'high-rise-jean': { jean: 1, w: 31, y0: 28 },
    'barrel-jean': { jean: 1, kn: 23, hem: 22, bow: 16 },
    wide: { kn: 32, hem: 38 },
    tapered: { kn: 24, hem: 20 },
    straight: { kn: 30, hem: 32 },
    belted: { belt: 1 },
  },
  romper: {
    'short-sleeved': { sl: 'short' },
    ...forms('footed wrap-front'),
  },
  dungarees: { cropped: { hy: 216 } },
  boot: forms('chelsea chukka lace-up zipped heeled lined'),
  sneaker: forms('high-top platform velcro'),
  pump: forms('block-heel kitten-heel slingback'),
  loafer: forms('tasselled chunky'),
  flat: forms('pointed square-toe mary-jane'),
  sandal: forms('block-heel flat'),
  sunglasses: forms('aviator cat-eye oval round square'),
  earrings: forms('drop geometric hoop leaf pearl'),
  hat: forms('bucket trilby wide-brim'),
  bedding: forms('fringed heavy light'),
  watch: { square: { sq: 1 }, 'small-seconds': { sub: 1 }, dark: { dial: '#20241f', ink: '#f6f4ec' } },
};

const METAL: readonly ClothName[] = ['gold', 'gold', 'steel'];
const SOLE: readonly ClothName[] = ['ink', 'tobacco', 'ink', 'charcoal'];
const QUIET: readonly ClothName[] = ['oat', 'chalk', 'ink', 'navy', 'camel', 'stone'];
const BRIGHT: readonly ClothName[] = ['chalk', 'brick', 'bottle', 'petrol', 'marigold', 'cobalt', 'shell', 'tomato'];
const CAP: readonly ClothName[] = ['ink', 'chalk', 'gold', 'petrol', 'bottle'];

/** Second colours that suit a kind. */
function trims(kind: KindName): readonly ClothName[] {
  if (/^(saddle|box|watch|belt|earrings|orb)$/.test(kind)) return METAL;
  if (/^(boot|pump|flat|sandal)$/.test(kind)) return SOLE;
  if (/^(tote|bucket|backpack)$/.test(kind)) return ['tobacco', 'ink', 'gold', 'camel'];
  if (/^(dropper|tube|jar|lipstick|pumpb|flacon|palette|tin|babybottle)$/.test(kind)) return CAP;
  if (kind in WEAVES && WEAVES[kind]!.length > 0) return BRIGHT;
  return QUIET;
}

/** Shoes that are shown as a pair, the second behind. */
const PAIRS: ReadonlySet<KindName> = new Set(['boot', 'sneaker', 'loafer', 'flat']);

/** Garments whose hems may vary with the item: those without details at fixed places near the hem. */
const FREE_HEM: ReadonlySet<KindName> = new Set([
  'tee',
  'knit',
  'turtle',
  'cardigan',
  'shirt',
  'polo',
  'blouse',
  'coat',
  'slip',
  'aline',
  'wrap',
  'shift',
]);

const own = <T extends object>(table: T, name: string | undefined): name is keyof T & string =>
  name !== undefined && Object.hasOwn(table, name);

/** What is drawn for an item. The same row gives the same look, everywhere and always. */
export function lookOf(row: PictureRow): Look {
  const seed = hash(row.id);
  const { attributes } = row;
  const kind = own(KINDS, attributes.kind)
    ? attributes.kind
    : pick(STAND_INS.find(([word]) => word.test(row.category))![1], seed);
  const names = Object.keys(CLOTHS) as ClothName[];
  const main = own(CLOTHS, attributes.colour)
    ? attributes.colour
    : own(CLOTHS, attributes.cloth)
      ? attributes.cloth
      : pick(names, seed >>> 5);
  const different = (list: readonly ClothName[], except: readonly ClothName[], shift: number): ClothName => {
    const fit = list.filter((name) => !except.includes(name) && Math.abs(CLOTHS[name][0] - CLOTHS[main][0]) >= 0.2);
    return fit.length > 0 ? pick(fit, seed >>> shift) : CLOTHS[main][0] > 0.6 ? 'ink' : 'chalk';
  };
  const trim = own(CLOTHS, attributes.trim) ? attributes.trim : different(trims(kind), [main], 9);
  const third = different(QUIET, [main, trim], 13);
  const pattern = own(PATTERNS, attributes.pattern) && WEAVES[kind]?.includes(attributes.pattern as PatternName);
  return {
    kind,
    cloth: main,
    trim,
    third,
    pattern: pattern ? (attributes.pattern as PatternName) : undefined,
    cut: cutOf(kind, attributes.cut, seed),
    pair: PAIRS.has(kind),
    wall: wallFor(main, seed >>> 3),
    scale: FREE_HEM.has(kind) ? 1 : vary(seed, 17, 0.04),
  };
}

function cutOf(kind: KindName, name: string | undefined, seed: number): Cut | undefined {
  const table = CUTS[kind];
  const named = table && own(table, name) ? table[name] : undefined;
  return FREE_HEM.has(kind) ? { ...named, wide: vary(seed, 21, 0.08), long: vary(seed, 25, 0.04) } : named;
}
