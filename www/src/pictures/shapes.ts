/** The four SVG elements that pictures are made of. Colours and extras are ours, never a shop's text. */

import { round } from './path';

/** A filled path. */
export const shape = (d: string, fill: string, extra = ''): string => `<path d="${d}" fill="${fill}"${extra}/>`;

/** A line. */
export const stroke = (d: string, colour: string, width = 1.5, extra = ''): string =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}"${extra}/>`;

/** A circle about a whole point. */
export const circle = (x: number, y: number, r: number, fill: string, extra = ''): string =>
  `<circle cx="${round(x)}" cy="${round(y)}" r="${r}" fill="${fill}"${extra}/>`;

/** A rectangle in whole units, with rounded corners of `radius`. */
export const rect = (
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  radius = 0,
  extra = '',
): string =>
  `<rect${round(x) ? ` x="${round(x)}"` : ''}${round(y) ? ` y="${round(y)}"` : ''} width="${round(width)}"` +
  ` height="${round(height)}"${radius ? ` rx="${radius}"` : ''} fill="${fill}"${extra}/>`;
