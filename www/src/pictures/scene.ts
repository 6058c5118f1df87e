/**
 * The window of a sale: a wall, a floor, a rail or plinths, the goods, and one shaft of morning light. Where the
 * sale's own goods are not known yet, its category and its brand's palette stand in for them.
 */

import { cloth as clothOf, type ClothName, CLOTHS } from './cloths';
import { hex, hueDistance } from './colour';
import { body, type Look } from './compose';
import { hash, pick } from './hash';
import { KINDS, type KindName } from './kinds';
import { type PatternName, WEAVES } from './patterns';
import { signOf, type Tier } from './sign';
import { type WallName, WALLS } from './walls';

/** What a window needs to know of its sale. */
export interface SceneRow {
  id: string;
  brand: string;
  category: string;
  tier: Tier;
}

/** Windows on the street: the wide first one, its tall neighbours, the others, and those behind a shutter. */
export type Format = 'wide' | 'tall' | 'small' | 'preview';

const SIZES: Record<Format, readonly [width: number, height: number, floor: number]> = {
  wide: [676, 440, 74],
  tall: [332, 440, 80],
  small: [332, 300, 52],
  preview: [332, 260, 50],
};

/** Where a thing goes: `x`, `y` of its foot, scale. */
type Place = readonly [x: number, y: number, scale: number];

interface Stage {
  rail?: readonly [from: number, to: number, y: number];
  plinths: readonly (readonly [x: number, width: number, height: number])[];
  /** Hangers along the rail: x and scale; then places to stand. */
  hang: readonly (readonly [x: number, scale: number])[];
  stand: readonly Place[];
}

/** Stages for clothes: a rail, and room for a bag or shoes. */
const RAILS: Record<Format, readonly Stage[]> = {
  wide: [
    {
      rail: [36, 512, 40],
      plinths: [[552, 84, 96]],
      hang: [
        [98, 1.18],
        [222, 1.16],
        [344, 1.14],
        [452, 1.16],
      ],
      stand: [
        [600, 318, 0.82],
        [196, 424, 0.5],
        [380, 424, 0.5],
      ],
    },
    {
      rail: [166, 642, 40],
      plinths: [[36, 90, 120]],
      hang: [
        [232, 1.16],
        [350, 1.14],
        [466, 1.16],
        [580, 1.16],
      ],
      stand: [
        [84, 294, 0.82],
        [300, 424, 0.5],
        [520, 424, 0.5],
      ],
    },
  ],
  tall: [
    {
      rail: [22, 310, 40],
      plinths: [],
      hang: [
        [100, 1.12],
        [228, 1.12],
      ],
      stand: [[166, 424, 0.56]],
    },
    {
      rail: [22, 226, 40],
      plinths: [[226, 86, 110]],
      hang: [
        [76, 1.1],
        [172, 1.1],
      ],
      stand: [
        [272, 302, 0.6],
        [120, 424, 0.54],
      ],
    },
  ],
  small: [
    {
      rail: [20, 312, 30],
      plinths: [],
      hang: [
        [76, 0.86],
        [164, 0.86],
        [250, 0.86],
      ],
      stand: [],
    },
    {
      rail: [18, 230, 30],
      plinths: [[240, 64, 60]],
      hang: [
        [72, 0.92],
        [172, 0.92],
      ],
      stand: [[274, 216, 0.6]],
    },
  ],
  preview: [
    {
      plinths: [],
      hang: [],
      stand: [
        [88, 238, 0.9],
        [180, 238, 0.9],
        [268, 238, 0.9],
      ],
    },
  ],
};

/** Stages for clothes alone: the rail in the middle. */
const BARE: Partial<Record<Format, Stage>> = {
  wide: {
    rail: [50, 626, 40],
    plinths: [],
    hang: [
      [126, 1.18],
      [268, 1.16],
      [410, 1.16],
      [550, 1.18],
    ],
    stand: [],
  },
};

/** Stages for things that stand. */
const PLINTHS: Record<Format, readonly Stage[]> = {
  wide: [
    {
      plinths: [
        [70, 124, 200],
        [270, 140, 110],
        [490, 124, 224],
      ],
      hang: [],
      stand: [
        [128, 218, 1],
        [336, 308, 1],
        [548, 194, 1],
        [232, 424, 0.96],
        [440, 424, 0.96],
        [606, 424, 0.7],
      ],
    },
  ],
  tall: [
    {
      plinths: [
        [24, 104, 204],
        [150, 112, 128],
      ],
      hang: [],
      stand: [
        [74, 214, 0.84],
        [206, 290, 0.76],
        [236, 424, 0.78],
      ],
    },
    {
      plinths: [
        [30, 118, 120],
        [182, 112, 214],
      ],
      hang: [],
      stand: [
        [90, 298, 0.86],
        [238, 204, 0.84],
        [220, 424, 0.84],
      ],
    },
  ],
  small: [
    {
      plinths: [
        [30, 76, 90],
        [216, 84, 64],
      ],
      hang: [],
      stand: [
        [66, 190, 0.74],
        [256, 216, 0.66],
        [140, 284, 0.8],
        [212, 286, 0.7],
      ],
    },
    {
      plinths: [[226, 78, 96]],
      hang: [],
      stand: [
        [266, 184, 0.72],
        [88, 284, 0.84],
        [188, 286, 0.74],
      ],
    },
    {
      plinths: [[118, 96, 104]],
      hang: [],
      stand: [
        [166, 176, 0.8],
        [66, 284, 0.74],
        [262, 284, 0.74],
      ],
    },
  ],
  preview: [
    {
      plinths: [],
      hang: [],
      stand: [
        [80, 238, 0.8],
        [170, 238, 0.8],
        [256, 238, 0.8],
      ],
    },
  ],
};

/** What a category shows: hanging things, standing things, companions. */
interface Range {
  word: RegExp;
  hang: readonly KindName[];
  stand: readonly KindName[];
}

const RANGES: readonly Range[] = [
  { word: /shoe/, hang: [], stand: ['boot', 'pump', 'loafer', 'sneaker', 'flat', 'sandal'] },
  { word: /bag|leather/, hang: [], stand: ['bucket', 'box', 'tote', 'saddle', 'backpack'] },
  { word: /watch|accessor/, hang: [], stand: ['hat', 'sunglasses', 'box', 'saddle', 'hat'] },
  { word: /fragrance|perfume/, hang: [], stand: ['flacon', 'orb', 'candle', 'flacon', 'orb'] },
  { word: /beauty|skin/, hang: [], stand: ['dropper', 'tube', 'jar', 'pumpb', 'orb', 'lipstick'] },
  { word: /baby|mother|matern/, hang: [], stand: ['tin', 'bunny', 'babybottle', 'bunny', 'tin'] },
  { word: /child|kid/, hang: ['raincoat', 'dungarees', 'tee', 'knit'], stand: ['bunny', 'backpack', 'sneaker'] },
  { word: /home|textile|bed/, hang: [], stand: ['lamp', 'bedding', 'vase', 'cushion', 'mug', 'towels', 'candle'] },
  {
    word: /(^|[^o])men/,
    hang: ['blazer', 'shirt', 'trousers', 'coat', 'polo', 'knit'],
    stand: ['loafer', 'boot', 'backpack', 'sneaker'],
  },
  {
    word: /^/,
    hang: ['trench', 'tiered', 'blouse', 'coat', 'wrap', 'aline', 'knit', 'slip', 'skirt', 'cardigan', 'shirtdress'],
    stand: ['saddle', 'boot', 'flat', 'bucket', 'pump'],
  },
];

/** Sets of cloths that go together. */
const PALETTES: readonly (readonly ClothName[])[] = [
  ['oat', 'bottle', 'chalk', 'brick', 'ink', 'camel'],
  ['tobacco', 'tomato', 'bottle', 'butter', 'ink'],
  ['oat', 'burgundy', 'camel', 'navy', 'chalk'],
  ['navy', 'chalk', 'camel', 'petrol', 'steel'],
  ['petrol', 'celadon', 'chalk', 'sky', 'gold'],
  ['tomato', 'faded', 'oat', 'marigold', 'navy'],
  ['moss', 'butter', 'petrol', 'oat', 'brick'],
  ['aubergine', 'shell', 'mauve', 'gold', 'charcoal'],
  ['cobalt', 'chalk', 'apricot', 'ink', 'sky'],
  ['sage', 'oat', 'rosewood', 'bottle', 'shell'],
];

/** How far below its origin a hanging kind is held. */
const HELD: Partial<Record<KindName, number>> = {
  tee: 58,
  knit: 54,
  turtle: 50,
  cardigan: 52,
  shirt: 50,
  polo: 54,
  blouse: 58,
  blazer: 46,
  coat: 34,
  trench: 34,
  puffer: 48,
  denimjkt: 50,
  slip: 32,
  aline: 38,
  wrap: 36,
  shift: 36,
  shirtdress: 32,
  tiered: 36,
  skirt: 66,
  trousers: 34,
  romper: 60,
  dungarees: 58,
  raincoat: 66,
  sleepingbag: 42,
};

/** Things that hang by a thread and not on a hanger: the top they hang by. */
const THREADED: Partial<Record<KindName, number>> = { watch: 40, scarf: 50, belt: 106, earrings: 88, palette: 74 };

/** Small things that would look as large as a coat on the rail. */
const SMALL: Partial<Record<KindName, number>> = { watch: 0.8, belt: 0.6, earrings: 0.66, palette: 0.7 };

/** Where hanging things end below, so that a shutter lets their hems show; others end at 258. */
const HEM: Partial<Record<KindName, number>> = {
  tee: 216,
  knit: 214,
  turtle: 216,
  cardigan: 212,
  shirt: 220,
  polo: 214,
  blouse: 206,
  blazer: 218,
  puffer: 214,
  denimjkt: 202,
  shift: 244,
  skirt: 247,
  trousers: 264,
  dungarees: 247,
  raincoat: 232,
  watch: 266,
  scarf: 250,
  belt: 204,
  earrings: 190,
  palette: 224,
};

/** Whether a kind stands on the floor. */
function stands(kind: KindName): boolean {
  return KINDS[kind](clothOf('oat'), clothOf('ink'), '', {}).floor === true;
}

function chooseWall(fascia: string, palette: readonly ClothName[], seed: number): WallName {
  const names = (Object.keys(WALLS) as WallName[]).filter((n) => WALLS[n][0] > 0.6);
  const coloured = palette.map((name) => CLOTHS[name]).filter(([, c]) => c > 0.06);
  const fit = names.filter((name) => {
    const [l, c, h] = WALLS[name];
    return c < 0.015 || coloured.every(([cl, , ch]) => Math.abs(cl - l) > 0.12 || hueDistance(ch, h) > 40);
  });
  return pick(fit.length > 2 ? fit : names, seed + fascia.length);
}

/** Goods that stand in for a sale's own, from its category and its brand's palette. */
function standIns(row: SceneRow, seed: number, palette: readonly ClothName[]): { hang: Look[]; stand: Look[] } {
  const range = RANGES.find(({ word }) => word.test(row.category))!;
  const make = (kinds: readonly KindName[], shift: number): Look[] =>
    kinds.map((_, i) => {
      const kind = kinds[(i + (seed >>> shift)) % kinds.length]!;
      const weave = WEAVES[kind] ?? [];
      const cloth = pick(palette, (seed >>> 4) + i);
      const trim = pick(palette, (seed >>> 4) + i + 2);
      const plain = weave.length === 0 || (seed >>> i) % 5 < 3;
      return {
        kind,
        cloth,
        trim: trim === cloth ? 'gold' : trim,
        third: pick(palette, (seed >>> 4) + i + 3),
        pattern: plain ? undefined : (pick(weave, seed >>> (i + 3)) as PatternName),
        pair: kind === 'boot' || kind === 'loafer' || kind === 'sneaker' || kind === 'flat',
      };
    });
  return { hang: make(range.hang, 6), stand: make(range.stand, 11) };
}

/**
 * The SVG of a sale's window. `goods`, when given, are the sale's own; ids inside are made from the sale's id, so a
 * sale may stand on a page once in each format.
 */
export function scene(row: SceneRow, format: Format, goods?: readonly Look[]): string {
  const seed = hash(row.id, 3);
  const sign = signOf(row.brand, '', row.tier);
  const palette = pick(PALETTES, hash(row.brand, 5));
  const own = goods && goods.length >= 3;
  const pool = own
    ? { hang: goods.filter((g) => !stands(g.kind)), stand: goods.filter((g) => stands(g.kind)) }
    : standIns(row, seed, palette);
  // Small things on a rail leave the pane below them empty: where enough stands, they lie among it.
  const lie = pool.stand.length >= 3 && pool.hang.length > 0 && pool.hang.every(({ kind }) => SMALL[kind]);
  const clothes = !lie && (pool.hang.length >= (format === 'tall' ? 2 : 3) || pool.stand.length < 3);
  const stages = (clothes ? RAILS : PLINTHS)[format];
  const stage = pool.stand.length === 0 ? (BARE[format] ?? stages[0]!) : pick(stages, seed >>> 3);
  const [W, H, floor] = SIZES[format];
  const wall = chooseWall(sign.fascia, palette, seed >>> 7);
  const [l, c, h] = WALLS[wall];
  const cast = hex(l - 0.13, c * 1.15, h);
  const metal = l < 0.5 ? '#d9b978' : '#2b2f2c';
  let out =
    `<path fill="${hex(l, c, h)}" d="M0 0H${W}V${H}H0Z"/>` +
    `<path fill="${hex(l - 0.06, c * 1.05, h)}" d="M0 ${H - floor}H${W}V${H}H0Z"/>`;
  if (stage.rail) out += rail(stage.rail, cast, metal);
  if (pool.stand.length > 0) for (const p of stage.plinths) out += plinth(p, H, wall, cast);
  let n = 0;
  const id = () => `${format[0]}${slug(row.id)}-${n++}`;
  spread(stage.hang, pool.hang.length).forEach(([x, full], i) => {
    const look = pool.hang[i];
    if (!look || !stage.rail) return;
    const scale = full * (SMALL[look.kind] ?? 1);
    const top = stage.rail[2] + (full > 1 ? 20 : 12) + (THREADED[look.kind] ? 20 : 0);
    const thread = THREADED[look.kind];
    const y = top - (thread ?? HELD[look.kind] ?? 40) * scale;
    out += thread
      ? `<path d="M${x} ${stage.rail[2]}V${Math.round(top) + 4}" stroke="${metal}" stroke-width="1.5"/>`
      : hanger(x, top, stage.rail[2], scale, metal);
    out += body(look, id(), x, y, scale, cast);
  });
  const standing = format === 'preview' && clothes ? pool.hang : lie ? inTurn(pool.stand, pool.hang) : pool.stand;
  stage.stand.forEach(([x, y, scale], i) => {
    const look = standing[i];
    if (!look) return;
    const hems = !stands(look.kind);
    out += body(look, id(), x, hems ? y - 4 - (HEM[look.kind] ?? 258) * scale : y, scale, cast);
  });
  const beam = (x: number, width: number) =>
    `<path d="M${x}-20h${width}l${Math.round(H * 0.4)} ${H + 40}h-${width}Z"/>`;
  const beams = format === 'wide' ? [beam(30, 150), beam(200, 60), beam(420, 120)] : [beam(-40, 120), beam(100, 54)];
  return (
    `<svg viewBox="0 0 ${W} ${H}" preserveAspectRatio="xMidYMax slice" aria-hidden="true">${out}` +
    `<g class="beam" fill="#fff" opacity="${l < 0.6 ? '.1' : '.16'}">${beams.join('')}</g></svg>`
  );
}

/** One of each in turn, the first of the first. */
const inTurn = <T>(one: readonly T[], other: readonly T[]): T[] =>
  one.flatMap((each, i) => [each, ...other.slice(i, i + 1)]).concat(other.slice(one.length));

/** As many of the places as there are goods, from the middle outwards, so that a short rail does not look torn. */
function spread<T>(places: readonly T[], count: number): readonly T[] {
  const from = Math.max(0, (places.length - count) >> 1);
  return places.slice(from, from + count);
}

const rail = ([from, to, y]: readonly [number, number, number], cast: string, metal: string) =>
  `<path d="M${from} ${y + 8}H${to}" stroke="${cast}" stroke-width="5"/>` +
  `<path d="M${from} ${y}H${to}M${from + 14} 0V${y}M${to - 14} 0V${y}" stroke="${metal}" stroke-width="4"/>`;

function hanger(x: number, neck: number, railY: number, scale: number, metal: string): string {
  const y = Math.round(neck);
  const half = Math.round(20 * scale);
  return (
    `<path d="M${x} ${y}V${railY + 9}q0-5 4-6t2-7q-6-5-8 1" fill="none" stroke="${metal}" stroke-width="2.4"/>` +
    `<path d="M${x - half} ${y + 6}L${x} ${y - 4}L${x + half} ${y + 6}" fill="none" stroke="#8a6a45" stroke-width="4"/>`
  );
}

function plinth([x, w, height]: readonly [number, number, number], H: number, wall: WallName, cast: string): string {
  const [l, c, h] = WALLS[wall];
  const foot = H - 22;
  return (
    `<path fill="${cast}" opacity=".7" d="M${x} ${foot}h${w}l${Math.round(height * 0.9 + 40)}-${Math.round(height * 0.3)}h-${w}Z"/>` +
    `<path fill="${hex(Math.min(0.97, l + 0.05), c * 0.8, h)}" d="M${x} ${foot - height}h${w}v${height}h-${w}Z"/>` +
    `<path fill="${hex(l - 0.1, c * 1.1, h)}" d="M${x + w} ${foot - height}l16-10v${height}l-16 10Z"/>` +
    `<path fill="${hex(Math.min(0.985, l + 0.09), c * 0.6, h)}" d="M${x} ${foot - height}l16-10h${w}l-16 10Z"/>`
  );
}

/** An id as a piece of an XML id: letters and digits stay, others become `_` and their code, so that no two meet. */
export function slug(id: string): string {
  return id.replace(/[^A-Za-z0-9]/g, (sign) => `_${sign.charCodeAt(0).toString(36)}_`);
}
