/**
 * A brand's fascia: two font files give thousands of brands a sign each. The brand's id picks weight, width,
 * tracking, case, family and one of 24 pairs of colours; its tier narrows the choice.
 */

import { hash, pick } from './hash';

export type Tier = 'luxury' | 'first' | 'second' | 'third';

/** How a brand's name is set over its window. */
export interface Sign {
  /** The name in the case it is painted in. */
  text: string;
  family: 'sans' | 'sign';
  weight: number;
  /** Font width in percent; the serif has only one. */
  width: number;
  /** Tracking in thousandths of an em. */
  tracking: number;
  /** Largest size in pixels. */
  size: number;
  /** Estimated length of the text in em, so that it can be fitted to the window. */
  run: number;
  /** Colour of the fascia and of the letters: at least 4.5 to 1. */
  fascia: string;
  letters: string;
}

/** Fascia and letters. */
export const FASCIAS: readonly (readonly [fascia: string, letters: string])[] = [
  ['#20443b', '#f3ead2'],
  ['#7c2f1d', '#fff3e2'],
  ['#1b2230', '#ecd9ac'],
  ['#2c3440', '#eef0ea'],
  ['#c9dfe0', '#0f3a44'],
  ['#f0b73a', '#2b2410'],
  ['#5b6a3a', '#fbf6e4'],
  ['#37414a', '#f1ead7'],
  ['#16484f', '#e9f3ee'],
  ['#d9cdb4', '#2d2618'],
  ['#4a2438', '#f6dfc0'],
  ['#8a3b4a', '#fdeee6'],
  ['#2f4f7a', '#eef3fa'],
  ['#e3c1ae', '#3a1f16'],
  ['#3d3a2a', '#f0e6bd'],
  ['#a8c3a4', '#16301f'],
  ['#0f5a6b', '#eaf6f2'],
  ['#5d2a5a', '#f5e3ec'],
  ['#c7b3cf', '#2c1836'],
  ['#8f4515', '#fff1df'],
  ['#25304f', '#dfe8ff'],
  ['#e9e2d2', '#5a2116'],
  ['#14332a', '#ffd9a0'],
  ['#3f5d50', '#f2efe0'],
];

type Style = Pick<Sign, 'family' | 'weight' | 'width' | 'tracking' | 'size'> & { letters: 'upper' | 'lower' | 'own' };

const sans = (weight: number, width: number, tracking: number, size: number, letters: Style['letters']): Style => ({
  family: 'sans',
  weight,
  width,
  tracking,
  size,
  letters,
});
const serif = (weight: number, tracking: number, size: number, letters: Style['letters']): Style => ({
  family: 'sign',
  weight,
  width: 100,
  tracking,
  size,
  letters,
});

const STYLES: Record<Tier, readonly Style[]> = {
  luxury: [
    serif(420, 300, 23, 'upper'),
    serif(480, 220, 24, 'upper'),
    sans(200, 125, 340, 20, 'upper'),
    sans(240, 118, 280, 21, 'upper'),
  ],
  first: [
    sans(340, 125, 160, 19, 'upper'),
    sans(280, 120, 200, 19, 'upper'),
    sans(420, 62, 340, 24, 'upper'),
    sans(520, 72, 200, 23, 'upper'),
    serif(500, 10, 32, 'lower'),
    sans(620, 66, 120, 27, 'upper'),
  ],
  second: [
    serif(500, 10, 34, 'lower'),
    serif(640, 0, 28, 'own'),
    sans(820, 125, 40, 24, 'upper'),
    sans(240, 100, 140, 25, 'lower'),
    sans(520, 72, 200, 23, 'upper'),
    sans(420, 88, 20, 27, 'lower'),
    sans(680, 110, -20, 25, 'own'),
    sans(840, 62, 30, 29, 'upper'),
    sans(460, 125, 60, 21, 'own'),
    sans(720, 84, 0, 27, 'own'),
  ],
  third: [
    sans(900, 118, -40, 29, 'lower'),
    sans(800, 100, -30, 30, 'lower'),
    sans(860, 84, -10, 31, 'lower'),
    sans(760, 125, -20, 26, 'lower'),
    sans(900, 66, 0, 33, 'lower'),
  ],
};

/** The sign of a brand. The same id, name and tier give the same sign. */
export function signOf(brand: string, name: string, tier: Tier): Sign {
  const seed = hash(brand, 7);
  const { letters, ...style } = pick(STYLES[tier], seed);
  const [fascia, colour] = pick(FASCIAS, seed >>> 8);
  const text = letters === 'upper' ? name.toUpperCase() : letters === 'lower' ? name.toLowerCase() : name;
  const advance = (letters === 'upper' ? 0.66 : 0.54) * (style.width / 100) ** 0.9 * (style.weight > 700 ? 1.1 : 1);
  const run = Math.ceil(([...text].length * (advance + style.tracking / 1000) + 0.4) * 100) / 100;
  return { text, ...style, run, fascia, letters: colour };
}
