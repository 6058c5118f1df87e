/**
 * Puts a picture together: wall, floor, shadow, body, light. A pure function of what is drawn and of an id; no
 * request, no clock, no chance.
 */

import { cloth, type ClothName } from './cloths';
import { hex } from './colour';
import { KINDS, type KindName } from './kinds';
import type { Cut } from './kinds/draw';
import { round } from './path';
import { PATTERNS, type PatternName, WOVEN } from './patterns';
import { WALLS, type WallName } from './walls';

/** What is drawn. `look.ts` makes one from an item's row. */
export interface Look {
  kind: KindName;
  cloth: ClothName;
  /** Second and third colour. */
  trim?: ClothName;
  third?: ClothName;
  pattern?: PatternName;
  cut?: Cut;
  /** Shoes come in pairs: the second stands behind. */
  pair?: boolean;
  wall?: WallName;
  /** Factor on the kind's own size. */
  scale?: number;
}

/** How much of the picture a kind fills. */
const SCALE: Partial<Record<KindName, number>> = {
  tee: 1.2,
  polo: 1.2,
  knit: 1.16,
  turtle: 1.16,
  cardigan: 1.16,
  shirt: 1.14,
  blouse: 1.16,
  blazer: 1.1,
  denimjkt: 1.16,
  puffer: 1.1,
  coat: 1.04,
  trench: 1.04,
  slip: 1.04,
  skirt: 1.12,
  trousers: 1.04,
  romper: 1.1,
  dungarees: 1.15,
  raincoat: 1.12,
  sneaker: 1.2,
  pump: 1.12,
  boot: 1.2,
  loafer: 1.14,
  flat: 1.14,
  sandal: 1.16,
  tote: 1.2,
  saddle: 1.15,
  bucket: 1.2,
  box: 1.25,
  backpack: 1.25,
  sunglasses: 1.22,
  hat: 1.14,
  belt: 1.15,
  earrings: 1.3,
  scarf: 1.12,
  dropper: 1.15,
  tube: 1.2,
  jar: 1.35,
  lipstick: 1.25,
  pumpb: 1.15,
  flacon: 1.25,
  orb: 1.2,
  babybottle: 1.15,
  tin: 1.3,
  bunny: 1.1,
  cushion: 1.2,
  bedding: 1.18,
  blanket: 1.18,
  towels: 1.2,
  cot: 1.15,
  nappies: 1.2,
  nappypants: 1.2,
  vase: 1.05,
  lamp: 1.2,
  candle: 1.35,
  mug: 1.45,
  palette: 1.15,
};

/** Where low things stand; others stand at 244. */
const FLOOR: Partial<Record<KindName, number>> = {
  sneaker: 222,
  pump: 222,
  boot: 234,
  loafer: 216,
  flat: 208,
  sandal: 214,
  sunglasses: 204,
  hat: 212,
  mug: 226,
  jar: 222,
  cushion: 236,
  box: 226,
};

/** Hanging things whose middle lies at 139; the others' lies at 147. */
const SHORT: ReadonlySet<KindName> = new Set([
  'tee',
  'knit',
  'turtle',
  'cardigan',
  'shirt',
  'polo',
  'blouse',
  'blazer',
  'puffer',
  'denimjkt',
]);

interface Built {
  floor: boolean;
  id: string;
  definitions: string;
  /** Outline by reference, for the shadow. */
  outline: string;
  svg: string;
}

function build(look: Look, id: string): Built {
  const main = cloth(look.cloth);
  const trim = cloth(look.trim ?? 'oat');
  let definitions = '';
  let fill = main.base;
  if (look.pattern) {
    const woven = WOVEN.has(look.pattern);
    const third = cloth(look.third ?? 'chalk');
    const [w, h, inner] = PATTERNS[look.pattern](woven ? main.shade : trim.base, woven ? main.deep : third.base);
    definitions =
      `<defs><pattern id="${id}" width="${w}" height="${h}" patternUnits="userSpaceOnUse">` +
      `<path d="M0 0H${w}V${h}H0Z" fill="${main.base}"/>${inner}</pattern></defs>`;
    fill = `url(#${id})`;
  }
  const drawing = KINDS[look.kind](main, trim, fill, look.cut ?? {});
  return {
    floor: drawing.floor === true,
    id,
    definitions,
    outline: (drawing.use ?? `<path id="@L" d="${drawing.sil}"/>`).replaceAll('@', id),
    svg: drawing.svg.replaceAll('@', id),
  };
}

const at = (x: number, y: number, scale: number) =>
  `translate(${round(x)} ${round(y)})${scale === 1 ? '' : ` scale(${round(scale * 100) / 100})`}`;

/** A thing and the shadow it casts in the colour `cast`, without wall. `id` must be the only one of its kind on a page. */
export function body(look: Look, id: string, x: number, y: number, scale: number, cast: string): string {
  const g = build(look, id);
  const shadow = g.floor
    ? `<g fill="${cast}" opacity=".7" transform="${at(x, y, scale)} matrix(1 0 -1.1 -.32 0 0)">${g.outline}</g>`
    : `<g fill="${cast}" opacity=".75" transform="${at(x + 11 * scale, y + 9 * scale, scale)}">${g.outline}</g>`;
  if (!look.pair) return `${g.definitions}${shadow}<g transform="${at(x, y, scale)}">${g.svg}</g>`;
  const behind = at(x + 24 * scale, y - 15 * scale, scale);
  return (
    `${g.definitions}${shadow}<use href="#${id}O" transform="${behind}"/>` +
    `<use href="#${id}L" opacity=".16" transform="${behind}"/>` +
    `<g transform="${at(x, y, scale)}"><g id="${id}O">${g.svg}</g></g>`
  );
}

/** Two bands of white light over everything. */
export const light = (x: number, height: number, opacity = 0.17): string => {
  const lean = round(height * 0.38);
  return `<path fill="#fff" opacity="${opacity}" d="M${x} 0h78l${lean} ${height}h-78ZM${x + 92} 0h36l${lean} ${height}h-36Z"/>`;
};

/** Joins neighbouring paths of one style and drops what path syntax can do without. */
export function thin(svg: string): string {
  for (let before = ''; before !== svg;) {
    before = svg;
    svg = svg.replace(/<path d="([^"]+)"( [^>]*)\/><path d="([^"]+)"\2\/>/g, '<path d="$1$3"$2/>');
  }
  return svg.replace(/ d="[^"]+"/g, (d) => d.replace(/(\d) -/g, '$1-').replace(/ ?L ?/g, 'L')).replace(/="0\./g, '=".');
}

/** The picture of an item, 240 by 300, as SVG text. `id` must be the only one of its kind on a page. */
export function compose(look: Look, id: string): string {
  const scale = (look.scale ?? 1) * (SCALE[look.kind] ?? 1);
  const [l, c, h] = WALLS[look.wall ?? 'fog'];
  const floor = FLOOR[look.kind] ?? 244;
  const stands = KINDS[look.kind](cloth(look.cloth), cloth(look.trim ?? 'oat'), '', look.cut ?? {}).floor;
  const y = stands ? floor : 150 - (SHORT.has(look.kind) ? 139 : 147) * scale;
  return thin(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 300"><path fill="${hex(l, c, h)}" d="M0 0H240V300H0Z"/>` +
      (stands ? `<path fill="${hex(l - 0.05, c * 1.05, h)}" d="M0 ${floor - 26}H240V300H0Z"/>` : '') +
      body(look, id, 120 - (look.pair ? 10 * scale : 0), y, scale, hex(l - 0.14, c * 1.2, h)) +
      light(-24, 300) +
      '</svg>',
  );
}
