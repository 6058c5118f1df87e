/**
 * The torso that tops, coats and dresses share: neck, shoulder, armhole, waist and hem, in five necklines and
 * eight sleeves. Only the right half is written; the left is its mirror. The pattern cutter's short names are
 * those of the look: T top, n and nd neck, s shoulder, ax/ay armhole, wx/wy waist, hx/hy hem, hc its curve.
 */

import type { Cloth } from '../cloths';
import { mirrored, path, round, symmetric } from '../path';
import { circle, rect, shape, stroke } from '../shapes';
import type { Cut, Drawing } from './draw';

type Measure = 'T' | 'n' | 'nd' | 's' | 'ax' | 'ay' | 'wx' | 'wy' | 'hx' | 'hy' | 'hc';

/** A cut with every measurement of the torso known. */
export type Torso = Cut & Required<Pick<Cut, Measure | 'cut' | 'sl'>> & { sy: number; cy: number };

/** What a kind adds to the torso: collars, plackets, buttons, pockets. */
export type Detail = (torso: Torso, cloth: Cloth, trim: Cloth, fill: string) => string;

const DEFAULTS = {
  T: 48,
  n: 17,
  nd: 14,
  s: 45,
  ax: 39,
  ay: 106,
  wx: 35,
  wy: 146,
  hx: 41,
  hy: 200,
  hc: 4,
  cut: 'crew',
  sl: 'long',
} as const;

/** Draws a garment that hangs by its shoulders. */
export function upper(cut: Cut & { more?: Detail }, cloth: Cloth, trim: Cloth, fill: string): Drawing {
  const q = { ...DEFAULTS, ...cut } as Torso & { more?: Detail };
  q.hx = round(q.hx * (q.wide ?? 1));
  q.hy = round(q.hy * (q.long ?? 1));
  const sy = q.T + (q.drop || 12);
  const cy = q.cy || (q.hy > 185 ? 186 : q.hy - 10);
  const torso: Torso = { ...q, sy, cy };
  const outline = symmetric(neckline(q) + armhole(q, sy) + side(q) + `Q${q.hx * 0.5} ${q.hy + q.hc} 0 ${q.hy + q.hc}`);
  const sleeve = SLEEVES[q.sl](torso);
  let use = '<use href="#@T"/>';
  let sleeves = '';
  if (sleeve) {
    use += '<use href="#@S"/><use href="#@S" transform="scale(-1 1)"/>';
    sleeves =
      `<g fill="${fill}"><path id="@S" d="${path(sleeve)}"/><use href="#@S" transform="scale(-1 1)"/></g>` +
      `<use href="#@S" fill="${cloth.deep}" opacity=".25"/>` +
      cuffs(torso, cloth);
  }
  const body = `<g fill="${fill}"><path id="@T" d="${outline}"/></g>`;
  const details = q.more ? q.more(torso, cloth, trim, fill) : '';
  return { use, svg: inside(q, cloth) + sleeves + body + folds(q, cloth) + details };
}

function neckline({ T, n, nd, cut }: Torso): string {
  switch (cut) {
    case 'strap':
      return `M0 ${T + nd + 26}Q${n * 0.9} ${T + nd + 18} ${n + 4} ${T + 26}`;
    case 'v':
    case 'lapel':
      return `M0 ${T + nd}L${n} ${T}`;
    case 'square':
      return `M0 ${T + nd}L${n - 1} ${T + nd}L${n} ${T}`;
    case 'crew':
      return `M0 ${T + nd}C${n * 0.62} ${T + nd} ${n * 0.96} ${T + nd * 0.6} ${n} ${T}`;
  }
}

function armhole({ T, s, ax, ay, cut }: Torso, sy: number): string {
  return cut === 'strap' ? `Q${ax + 1} ${T + 42} ${ax} ${ay - 14}` : `L${s} ${sy}Q${ax - 3} ${sy + 22} ${ax} ${ay}`;
}

function side({ ax, ay, wx, wy, hx, hy }: Torso): string {
  if (wy > hy) return `L${hx} ${hy}`;
  return (
    `C${ax - 1} ${ay + 16} ${wx} ${wy - 18} ${wx} ${wy}` +
    `C${wx} ${wy + (hy - wy) * 0.3} ${hx - (hx - wx) * 0.22} ${hy - (hy - wy) * 0.35} ${hx} ${hy}`
  );
}

const SLEEVES: Record<NonNullable<Cut['sl']>, (t: Torso) => string> = {
  none: () => '',
  cap: ({ s, sy, ax, ay }) => `M${s - 10} ${sy - 4}Q${s + 12} ${sy} ${s + 17} ${sy + 24}L${ax + 1} ${ay - 16}Z`,
  short: ({ s, sy, ax, ay }) =>
    `M${s - 12} ${sy - 4}C${s + 8} ${sy - 2} ${s + 17} ${sy + 20} ${s + 25} ${sy + 44}L${ax + 8} ${ay + 4}L${ax - 3} ${ay - 6}Z`,
  elbow: ({ s, sy, ax, ay }) =>
    `M${s - 12} ${sy - 4}C${s + 9} ${sy - 2} ${s + 17} ${sy + 26} ${s + 25} ${sy + 72}L${ax + 9} ${sy + 78}L${ax - 3} ${ay - 2}Z`,
  puff: ({ s, sy, ax, ay }) =>
    `M${s - 12} ${sy - 3}C${s + 10} ${sy - 14} ${s + 34} ${sy + 10} ${s + 26} ${sy + 42}Q${s + 22} ${sy + 50} ${ax + 9} ${ay + 2}L${ax - 2} ${ay - 10}Z`,
  long: ({ s, sy, ax, ay, cy }) =>
    `M${s - 12} ${sy - 4}C${s + 10} ${sy - 2} ${s + 17} ${sy + 30} ${s + 22} ${sy + 66}L${s + 31} ${cy}L${s + 15} ${cy + 5}L${ax - 3} ${ay + 8}Z`,
  wide: ({ s, sy, ax, ay, cy }) =>
    `M${s - 12} ${sy - 4}C${s + 12} ${sy - 2} ${s + 24} ${sy + 30} ${s + 30} ${sy + 60}L${s + 40} ${cy - 4}L${s + 14} ${cy + 5}L${ax - 3} ${ay + 14}Z`,
  balloon: ({ s, sy, ax, ay, cy }) =>
    `M${s - 12} ${sy - 4}C${s + 10} ${sy - 4} ${s + 26} ${sy + 40} ${s + 36} ${cy - 34}C${s + 40} ${cy - 18} ${s + 34} ${cy - 8} ${s + 29} ${cy - 6}L${s + 31} ${cy + 4}L${s + 15} ${cy + 7}L${s + 13} ${cy - 4}C${s + 4} ${cy - 22} ${ax + 4} ${ay + 40} ${ax - 3} ${ay + 8}Z`,
};

function cuffs({ s, sy, ax, ay, cy, sl, rib, cuff }: Torso, cloth: Cloth): string {
  if (sl === 'long' || sl === 'wide' || sl === 'balloon') {
    const [x0, y0, x1, y1] = sl === 'wide' ? [s + 40, cy - 4, s + 14, cy + 5] : [s + 31, cy, s + 15, cy + 5];
    if (rib) {
      const band = `M${x0} ${y0}L${x1} ${y1}L${x1 - 1.5} ${y1 - 11}L${x0 - 3} ${y0 - 11}Z`;
      return shape(path(band) + mirrored(band), cloth.shade);
    }
    if (cuff) {
      const seam = `M${x0 - 3} ${y0 - 12}L${x1 - 2} ${y1 - 12}`;
      return stroke(path(seam) + mirrored(seam), cloth.deep, 1.4);
    }
  }
  if (sl === 'short' || sl === 'elbow') {
    const seam =
      sl === 'short' ? `M${s + 23} ${sy + 39}L${ax + 7} ${ay - 1}` : `M${s + 24.5} ${sy + 67}L${ax + 8.5} ${sy + 73}`;
    return stroke(path(seam) + mirrored(seam), cloth.deep, 1, ' opacity=".6"');
  }
  return '';
}

/** Side shade and hem wedges, at a fifth of the deep tone. */
function folds({ ax, ay, wx, wy, hx, hy, hc, flare }: Torso, cloth: Cloth): string {
  const shade = path(
    `M${ax} ${ay}C${ax - 6} ${ay + 22} ${wx - 9} ${wy - 14} ${wx - 8} ${wy}` +
      `C${wx - 7} ${wy + (hy - wy) * 0.4} ${hx - 12} ${hy - (hy - wy) * 0.3} ${hx - 12} ${hy + hc * 0.6}L${hx} ${hy}` +
      `C${hx - (hx - wx) * 0.22} ${hy - (hy - wy) * 0.35} ${wx} ${wy + (hy - wy) * 0.3} ${wx} ${wy}` +
      `C${wx} ${wy - 18} ${ax - 1} ${ay + 16} ${ax} ${ay}Z`,
  );
  const wedges = flare
    ? [-0.62, -0.2, 0.28, 0.66]
        .map((u) => {
          const foot = hy + hc * (1 - u * u);
          return path(`M${wx * u} ${wy + 6}L${hx * u - 4} ${foot}L${hx * u + 5} ${foot}Z`);
        })
        .join('')
    : path(
        `M${-ax + 4} ${ay + 4}L${-ax * 0.3} ${ay + 26}L${-ax + 8} ${ay + 12}Z` +
          `M${-wx * 0.4} ${hy + hc * 0.6}L${-wx * 0.5} ${hy - 40}L${-wx * 0.22} ${hy + hc * 0.7}Z`,
      );
  return `<g fill="${cloth.deep}" opacity=".2"><path d="${shade}"/><path d="${wedges}"/></g>`;
}

/** The inside of the neck, or the straps. */
function inside({ T, n, nd, cut, under }: Torso, cloth: Cloth): string {
  if (cut === 'strap') {
    return (
      stroke(
        path(
          `M${n + 3} ${T + 28}Q${n - 1} ${T + 8} ${n - 5} ${T - 4}M${-n - 3} ${T + 28}Q${-n + 1} ${T + 8} ${-n + 5} ${T - 4}`,
        ),
        cloth.shade,
        2.5,
      ) + shape(path(`M${-n - 4} ${T + 30}Q0 ${T + 38} ${n + 4} ${T + 30}L0 ${T + nd + 30}Z`), cloth.deep)
    );
  }
  const front = {
    v: `L0 ${T + nd}Z`,
    lapel: `L0 ${T + nd}Z`,
    square: `L${n - 1} ${T + nd}L${-n + 1} ${T + nd}Z`,
    crew: `C${n * 0.96} ${T + nd * 0.6} ${n * 0.62} ${T + nd} 0 ${T + nd}C${-n * 0.62} ${T + nd} ${-n * 0.96} ${T + nd * 0.6} ${-n} ${T}Z`,
  }[cut];
  return shape(path(`M${-n} ${T}Q0 ${T + (cut === 'lapel' ? -6 : 3)} ${n} ${T}` + front), under || cloth.deep);
}

/** A band around a crew neck. */
export const neckband = ({ T, n, nd }: Torso, cloth: Cloth, width = 5, colour = cloth.shade): string =>
  stroke(
    path(
      `M${-n} ${T}C${-n * 0.96} ${T + nd * 0.6} ${-n * 0.62} ${T + nd} 0 ${T + nd}C${n * 0.62} ${T + nd} ${n * 0.96} ${T + nd * 0.6} ${n} ${T}`,
    ),
    colour,
    width,
  );

/** A band along the hem. */
export const hemband = ({ hx, hy, hc }: Torso, cloth: Cloth, height = 11): string =>
  shape(
    path(
      `M${-hx} ${hy}Q${-hx * 0.5} ${hy + hc} 0 ${hy + hc}Q${hx * 0.5} ${hy + hc} ${hx} ${hy}L${hx - 1} ${hy - height}` +
        `Q${hx * 0.5} ${hy + hc - height} 0 ${hy + hc - height}Q${-hx * 0.5} ${hy + hc - height} ${-hx + 1} ${hy - height}Z`,
    ),
    cloth.shade,
  );

/** A row of buttons: one stroke of round dots. */
export const buttons = (x: number, from: number, to: number, count: number, fill: string, radius = 2.2): string =>
  count < 2
    ? circle(x, from, radius, fill)
    : `<path d="M${round(x)} ${round(from)}V${round(to) + 1}" stroke="${fill}" stroke-width="${radius * 2}"` +
      ` stroke-linecap="round" stroke-dasharray="0 ${Math.round(((to - from) / (count - 1)) * 10) / 10}"/>`;

/** A shirt collar, `depth` below the top. */
export function collar({ T, n }: Torso, cloth: Cloth, colour = cloth.light, depth = 30): string {
  const leaf = `M0 ${T + 15}L${n - 1} ${T - 8}Q${n + 8} ${T - 3} ${n + 9} ${T + 6}L15 ${T + depth}Z`;
  return (
    shape(path(`M${-n + 1} ${T - 8}Q0 ${T - 13} ${n - 1} ${T - 8}Q0 ${T + 4} ${-n + 1} ${T - 8}Z`), cloth.shade) +
    shape(path(leaf) + mirrored(leaf), colour, ` stroke="${cloth.deep}"`)
  );
}

/** The lapels of a jacket, `width` times as wide. */
export function lapel({ T, n, nd }: Torso, cloth: Cloth, colour = cloth.light, width = 1): string {
  const leaf = `M0 ${T + nd}L${n - 1} ${T - 6}L${n + 7} ${T + 4}L${n + 13 * width} ${T + 26}L${n + 4} ${T + 28}L${n + 16 * width} ${T + 36}Z`;
  return shape(path(leaf) + mirrored(leaf), colour, ` stroke="${cloth.deep}"`);
}

/** A hood, worn up. */
export const hood = ({ T }: Torso, cloth: Cloth): string =>
  shape(`M-33 ${T + 8}C-40 ${T - 44} 40 ${T - 44} 33 ${T + 8}C20 ${T + 22}-20 ${T + 22}-33 ${T + 8}Z`, cloth.light) +
  shape(`M-21 ${T + 6}C-26 ${T - 28} 26 ${T - 28} 21 ${T + 6}C12 ${T + 16}-12 ${T + 16}-21 ${T + 6}Z`, cloth.deep);

/** A collar that stands. */
export const standCollar = ({ T }: Torso, cloth: Cloth): string =>
  shape(
    `M-19 ${T + 6}Q-18 ${T - 18}-17 ${T - 20}Q0 ${T - 15} 17 ${T - 20}Q18 ${T - 18} 19 ${T + 6}Q0 ${T + 14}-19 ${T + 6}Z`,
    cloth.light,
  ) + stroke(`M-18 ${T - 12}Q0 ${T - 6} 18 ${T - 12}`, cloth.shade);

/** A collar rolled along a deep neckline, without a notch. */
export function shawl({ T, n, nd }: Torso, cloth: Cloth): string {
  const leaf = `M0 ${T + nd}L${n - 2} ${T - 9}C${n + 16} ${T} ${n + 13} ${T + 34} 0 ${T + nd}Z`;
  return (
    shape(path(`M${-n + 1} ${T - 9}Q0 ${T - 13} ${n - 1} ${T - 9}Q0 ${T + 6} ${-n + 1} ${T - 9}Z`), cloth.shade) +
    shape(path(leaf) + mirrored(leaf), cloth.light, ` stroke="${cloth.deep}"`)
  );
}

/** The flap of a pocket. */
export const flap = (x: number, y: number, width: number, cloth: Cloth): string =>
  rect(x, y, width, 6, cloth.light) + stroke(`M${round(x)} ${round(y + 6)}h${round(width)}`, cloth.deep, 1.2);

/** The seams where the sleeves are set in. */
export function armholes({ s, sy, ax, ay }: Torso, cloth: Cloth): string {
  const seam = `M${s} ${sy}Q${ax - 3} ${sy + 22} ${ax} ${ay}`;
  return stroke(path(seam) + mirrored(seam), cloth.deep, 1, ' opacity=".55"');
}
