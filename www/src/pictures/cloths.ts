/** The 32 cloth colours, and the four tones that each gives to a drawing. */

import { hex, type Lch } from './colour';

/** A cloth colour's tones, as hex. */
export interface Cloth {
  /** The cloth in the light. */
  base: string;
  /** Folds. */
  shade: string;
  /** Seams and the inside. */
  deep: string;
  /** Where the light falls. */
  light: string;
}

/** Cloth colours by name, in OKLCH. */
export const CLOTHS = {
  ink: [0.27, 0.015, 240],
  charcoal: [0.38, 0.012, 250],
  slate: [0.5, 0.03, 240],
  stone: [0.74, 0.015, 90],
  chalk: [0.955, 0.008, 95],
  oat: [0.88, 0.03, 85],
  camel: [0.7, 0.085, 70],
  tobacco: [0.47, 0.075, 55],
  brick: [0.52, 0.14, 33],
  tomato: [0.63, 0.2, 31],
  apricot: [0.8, 0.1, 62],
  rosewood: [0.56, 0.1, 15],
  burgundy: [0.36, 0.105, 18],
  aubergine: [0.36, 0.07, 340],
  marigold: [0.8, 0.155, 80],
  butter: [0.91, 0.085, 97],
  olive: [0.5, 0.07, 115],
  moss: [0.58, 0.09, 125],
  bottle: [0.36, 0.06, 165],
  sage: [0.74, 0.05, 145],
  celadon: [0.84, 0.05, 165],
  petrol: [0.45, 0.07, 215],
  sky: [0.8, 0.06, 235],
  denim: [0.45, 0.075, 255],
  faded: [0.66, 0.06, 248],
  cobalt: [0.48, 0.17, 262],
  navy: [0.31, 0.065, 262],
  mauve: [0.7, 0.05, 330],
  shell: [0.88, 0.035, 40],
  gold: [0.78, 0.1, 85],
  steel: [0.8, 0.008, 240],
  glass: [0.9, 0.025, 170],
} as const satisfies Record<string, Lch>;

export type ClothName = keyof typeof CLOTHS;

const tones = new Map<ClothName, Cloth>();

/** The four tones of a cloth colour. Very dark cloths get smaller steps down and a larger one up. */
export function cloth(name: ClothName): Cloth {
  let found = tones.get(name);
  if (!found) {
    const [l, c, h] = CLOTHS[name];
    const dark = l < 0.34;
    found = {
      base: hex(l, c, h),
      shade: hex(dark ? l - 0.05 : l - 0.07, c * 1.02, h - 3),
      deep: hex(dark ? l - 0.1 : l - 0.17, c * 0.95, h - 5),
      light: hex(Math.min(0.985, l + (dark ? 0.08 : 0.05)), c * 0.9, h + 2),
    };
    tones.set(name, found);
  }
  return found;
}
