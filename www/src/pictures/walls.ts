/** The 18 walls that goods hang or stand before, and the choice of one for an item. */

import { CLOTHS, type ClothName } from './cloths';
import { hueDistance, type Lch } from './colour';
import { pick } from './hash';

/** Walls by name, in OKLCH. */
export const WALLS = {
  fog: [0.895, 0.006, 200],
  mist: [0.875, 0.018, 165],
  ice: [0.885, 0.024, 215],
  sky: [0.835, 0.042, 235],
  celadon: [0.84, 0.038, 160],
  sand: [0.875, 0.028, 85],
  straw: [0.9, 0.065, 97],
  apricot: [0.85, 0.055, 65],
  clay: [0.775, 0.058, 42],
  shell: [0.89, 0.02, 50],
  heather: [0.83, 0.02, 300],
  stone: [0.83, 0.012, 110],
  ochre: [0.79, 0.1, 82],
  pine: [0.45, 0.045, 168],
  night: [0.4, 0.035, 240],
  rust: [0.56, 0.1, 42],
  moss: [0.68, 0.06, 120],
  lake: [0.64, 0.055, 215],
} as const satisfies Record<string, Lch>;

export type WallName = keyof typeof WALLS;

const NAMES = Object.keys(WALLS) as WallName[];
const DEEP = NAMES.filter((name) => WALLS[name][0] < 0.7);
const LIGHT = NAMES.filter((name) => WALLS[name][0] >= 0.7);

/** Whether writing on this wall must be white. */
export function isDark(wall: WallName): boolean {
  return WALLS[wall][0] < 0.6;
}

/**
 * Whether a cloth stands out from a wall: .12 of lightness apart, or 40 degrees of hue where both have one, or a grey
 * cloth before a coloured wall.
 */
export function standsOut(name: ClothName, wall: WallName): boolean {
  const [cl, cc, ch] = CLOTHS[name];
  const [wl, wc, wh] = WALLS[wall];
  if (Math.abs(cl - wl) >= 0.12) return true;
  return cc < 0.02 ? wc >= 0.055 : cc >= 0.025 && wc >= 0.015 && hueDistance(ch, wh) >= 40;
}

/** The wall for a cloth: about one in four is a deep one, and the cloth always stands out from it. */
export function wallFor(name: ClothName, seed: number): WallName {
  const deepFirst = seed % 4 === 0;
  for (const group of deepFirst ? [DEEP, LIGHT] : [LIGHT, DEEP]) {
    const fit = group.filter((wall) => standsOut(name, wall));
    if (fit.length > 0) return pick(fit, seed >>> 2);
  }
  return 'fog';
}
