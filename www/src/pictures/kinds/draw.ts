/** What drawing a kind takes and gives. */

import type { Cloth } from '../cloths';

/**
 * How a kind is cut: measurements of the torso (see `torso.ts`) and a kind's own switches. All are optional;
 * each kind has its own.
 */
export interface Cut {
  /** Top of the garment. */
  T?: number;
  /** Half width and depth of the neck. */
  n?: number;
  nd?: number;
  /** Half width of the shoulder, and how far it drops. */
  s?: number;
  drop?: number;
  /** Armhole, waist and hem: half width and height; how far the hem curves. */
  ax?: number;
  ay?: number;
  wx?: number;
  wy?: number;
  hx?: number;
  hy?: number;
  hc?: number;
  /** Factors on the hem's width and height, by which items of one kind differ a little. */
  wide?: number;
  long?: number;
  /** Neckline and sleeve. */
  cut?: 'crew' | 'v' | 'lapel' | 'square' | 'strap';
  sl?: 'none' | 'cap' | 'short' | 'elbow' | 'puff' | 'long' | 'wide' | 'balloon';
  /** Height of the cuff. */
  cy?: number;
  /** Ribbed hems, cuffs, a flared skirt: 1 or absent. */
  rib?: 1;
  cuff?: 1;
  flare?: 1;
  /** A form of the kind that its measurements do not tell, by name: a hooded jacket, a lace-up boot. */
  form?: string;
  /** Double-breasted coats. */
  db?: 1;
  /** Colour inside the neck. */
  under?: string;
  /** Skirts: waist, hem, top, bottom, pleats. */
  w?: number;
  h?: number;
  y0?: number;
  y1?: number;
  pl?: number;
  /** Trousers: hip, knee, hem, crotch; jeans; belt. */
  hip?: number;
  kn?: number;
  hem?: number;
  cr?: number;
  /** How far a barrel leg bows outwards. */
  bow?: number;
  jean?: 1;
  belt?: 1;
  /** Watches: square, small seconds, colour of dial and hands. */
  sq?: 1;
  sub?: 1;
  dial?: string;
  ink?: string;
}

/** A drawing: its elements, and the outline its shadow is cast from. */
export interface Drawing {
  /** Elements; `@` stands for the item's id. */
  svg: string;
  /** Outline of the whole. Absent where `use` names parts of `svg` instead. */
  sil?: string;
  /** Elements that repeat the outline by reference. */
  use?: string;
  /** Stands on the floor rather than hangs. */
  floor?: true;
}

/** Draws a kind: `cloth` is the main colour, `trim` the second, `fill` the cloth's colour or its pattern. */
export type Draw = (cloth: Cloth, trim: Cloth, fill: string, cut: Cut) => Drawing;

/** A thing that stands on the floor. */
export const standing = (svg: string, sil: string): Drawing => ({ svg, sil, floor: true });

/** A shoe: its upper with its outline, and its sole with its own, where all that stands on it is moved by `move`. */
export const shod = (upper: string, outline: string, sole: string, ground: string, move: string): Drawing => ({
  svg: `<g${move}>${upper}</g>${sole}`,
  use: `<g id="@L"><path${move} d="${outline}"/><path d="${ground}"/></g>`,
  floor: true,
});

/** Moves what stands on a sole up by its height over the ordinary. */
export const up = (height: number): string => ` transform="translate(0-${height})"`;
