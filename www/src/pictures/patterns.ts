/** The 18 woven and printed patterns as tiles, and which kind of thing takes which. */

import { circle, rect, shape, stroke } from './shapes';

/** A tile: width, height and what lies on the base colour. */
export type Tile = readonly [width: number, height: number, inner: string];

/** Tiles by name; `a` is the second colour, `b` the third. */
export const PATTERNS = {
  breton: (a) => [8, 14, rect(0, 0, 8, 5, a)],
  stripe: (a) => [12, 8, rect(0, 0, 6, 8, a)],
  pin: (a) => [9, 8, rect(0, 0, 1, 8, a)],
  gingham: (a) => [14, 14, rect(0, 0, 7, 14, a, 0, ' opacity=".5"') + rect(0, 0, 14, 7, a, 0, ' opacity=".5"')],
  pane: (a) => [22, 22, stroke('M0 1H22M1 0V22', a, 1.6)],
  tartan: (a, b) => [
    28,
    28,
    `<path d="M4 0V28M0 4H28" stroke="${a}" stroke-width="9" opacity=".6"/>` + stroke('M18 0V28M0 18H28', b, 1.6),
  ],
  dot: (a) => [13, 13, circle(3, 3, 2.2, a) + circle(10, 10, 2.2, a)],
  floral: (a, b) => [
    30,
    30,
    `<g fill="none" stroke="${a}" stroke-width="5.4" stroke-linecap="round" stroke-dasharray="0 5.03">` +
      '<circle cx="8" cy="8" r="4"/><circle cx="23" cy="23" r="4"/></g>' +
      circle(8, 8, 2, b) +
      circle(23, 23, 2, b),
  ],
  leaf: (a, b) => [
    26,
    30,
    shape('M5 18Q2 6 13 3Q14 14 5 18ZM16 28Q12 18 22 13Q25 23 16 28Z', a) + stroke('M5 18L11 7M16 28L21 17', b, 0.9),
  ],
  herring: (a) => [10, 10, stroke('M0 5L5 0L10 5M0 10L5 5L10 10', a, 1.3)],
  hound: (a) => [14, 14, shape('M0 0H7V7H0ZM7 0L14 7V4L10 0ZM0 7L7 14H4L0 10ZM7 7L10 10L14 14H10L7 11Z', a)],
  argyle: (a, b) => [26, 40, shape('M13 2L24 20L13 38L2 20Z', a) + stroke('M0 0L26 40M26 0L0 40', b, 0.9)],
  rib: (a) => [5, 6, rect(0, 0, 2, 6, a)],
  cable: (a) => [
    16,
    16,
    stroke('M4 0C4 6 12 6 12 12V16M12 0C12 3 10 4 8 6M4 16C4 12 5 11 7 10', a, 2) + stroke('M0 0V16', a, 1),
  ],
  moss: (a) => [6, 6, circle(2, 2, 1, a) + circle(5, 5, 1, a)],
  quilt: (a) => [18, 18, stroke('M0 0L18 18M18 0L0 18', a, 1.2)],
  twill: (a) => [4, 4, stroke('M0 4L4 0', a, 0.7)],
  brush: (a, b) => [
    34,
    36,
    stroke('M5 9q7-3 13 0M19 27q7-4 12 1', a, 6, ' stroke-linecap="round"') +
      stroke('M26 9l2 3M6 27l3 1', b, 5, ' stroke-linecap="round"'),
  ],
} as const satisfies Record<string, (a: string, b: string) => Tile>;

export type PatternName = keyof typeof PATTERNS;

/** Patterns that are structure, not print: drawn in the cloth's own shade and depth. */
export const WOVEN: ReadonlySet<PatternName> = new Set(['rib', 'cable', 'moss', 'quilt', 'twill', 'herring']);

const weave = (names: string) => names.split(' ') as PatternName[];

/** Which kind takes which patterns; a kind that is not listed is always plain. */
export const WEAVES: Readonly<Record<string, readonly PatternName[]>> = {
  tee: weave('breton stripe dot floral leaf brush moss'),
  polo: weave('stripe pane moss breton'),
  knit: weave('cable rib moss argyle breton dot herring'),
  turtle: weave('rib cable moss breton'),
  cardigan: weave('moss rib argyle dot cable'),
  shirt: weave('stripe pin gingham pane dot tartan'),
  blouse: weave('dot floral leaf stripe brush pin gingham'),
  blazer: weave('pin pane herring hound twill tartan'),
  coat: weave('herring hound pane twill tartan'),
  slip: weave('dot floral leaf brush'),
  aline: weave('floral dot gingham leaf brush stripe pane tartan'),
  wrap: weave('leaf floral dot brush stripe'),
  shift: weave('hound pane dot stripe brush herring tartan'),
  shirtdress: weave('stripe pin'),
  tiered: weave('brush dot leaf gingham stripe'),
  skirt: weave('tartan pane dot floral leaf herring hound twill stripe brush argyle gingham'),
  trousers: weave('pin pane herring twill stripe hound'),
  romper: weave('stripe dot moss'),
  dungarees: weave('twill stripe pin'),
  scarf: weave('tartan gingham pane herring hound cable stripe dot argyle'),
  cushion: weave('pane stripe dot leaf herring brush argyle gingham quilt floral'),
  bedding: weave('stripe dot leaf pane gingham floral'),
  towels: weave('rib stripe moss'),
  tote: weave('stripe pane leaf brush'),
  backpack: weave('quilt pane dot'),
  saddle: weave('quilt moss'),
  box: weave('moss quilt'),
  bucket: weave('moss quilt'),
  hat: weave('herring twill pane'),
};
