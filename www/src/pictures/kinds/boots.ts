/** Boots: side view, toe to the left, origin on the floor. */

import type { Cloth } from '../cloths';
import { type Draw, standing } from './draw';
import { shape, stroke, rect } from '../shapes';

/** How each boot is closed, or what else tells it from the others. */
const CLOSURES: Record<string, (cloth: Cloth, trim: Cloth) => string> = {
  chelsea: (cloth) =>
    shape('M8 -124C6 -100 8 -86 16 -70C26 -84 30 -104 29 -125Z', cloth.shade) +
    stroke('M12 -120V-82M17 -118V-76M22 -120V-82', cloth.deep, 1) +
    stroke('M36 -130q4 -9 8 0', cloth.deep, 2),
  chukka: (cloth, trim) =>
    stroke('M-34 -42C-14 -36 0 -28 4 -12M8 -90C8 -66 4 -52 -14 -40', cloth.deep, 1.6) +
    stroke('M-12 -82l14 4M-13 -68l14 5M-18 -55l14 6', trim.base, 3),
  'lace-up': (cloth, trim) =>
    stroke('M-58 -34C-46 -30 -42 -20 -44 -12M8 -126C6 -70 4 -42 -30 -40', cloth.deep, 1.6) +
    stroke('M-13 -118l15 3M-12 -103l15 3M-11 -88l15 3M-12 -73l15 4M-17 -59l15 6M-28 -48l13 7', trim.base, 3),
  zipped: (cloth, trim) =>
    stroke('M20 -124V-16', cloth.deep, 7) +
    stroke('M20 -124V-16', trim.base, 3, ' stroke-dasharray="2 2"') +
    rect(17, -116, 6, 15, trim.base, 2),
  heeled: (cloth) => stroke('M14 -124C8 -86 20 -60 16 -30', cloth.deep, 1.4),
  lined: (cloth) =>
    stroke('M14 -124C8 -80 20 -50 16 -12', cloth.deep, 1.4) +
    stroke('M-11 -124Q16 -118 45 -124', '#f4efe4', 17, ' stroke-linecap="round" stroke-dasharray="0 8"'),
};

const boot: Draw = (cloth, trim, fill, { form = 'chelsea' }) => {
  const heeled = form === 'heeled';
  const top = form === 'chukka' ? -92 : -128;
  const leg =
    (heeled
      ? 'M-70 -6C-73 -26 -50 -36 -32 -46C-16 -54 -12 -66 -11 -84'
      : 'M-70 -12C-72 -30 -50 -38 -32 -42C-16 -46 -12 -60 -11 -80') +
    `L-13 ${top}Q16 ${top - 7} 46 ${top}L48 -72C49 -52 56 -40 ` +
    (heeled ? '58 -34L26 -30C2 -22 -14 -5 -34 -4H-66Z' : '57 -12Z');
  const sole = heeled
    ? 'M-71 -6H-34C-14 -7 2 -24 24 -32L59 -36L56 0H30L27 -26C8 -20 -10 0 -34 0H-66Q-71 0 -71 -6Z'
    : 'M-72 -12H58L60 0H24L22 -6H-66Q-72 -6 -72 -12Z';
  return standing(
    (/^(chukka|lace-up)$/.test(form)
      ? shape(`M-14 ${top + 2}Q-16 ${top - 12} -4 ${top - 12}L10 ${top}Z`, cloth.shade)
      : '') +
      shape(leg, fill) +
      shape(`M-13 ${top}Q16 ${top + 6} 46 ${top}Q16 ${top - 7} -13 ${top}Z`, cloth.deep) +
      shape(
        `M57 -12C56 -40 49 -52 48 -72L46 ${top}L36 ${top + 2}C34 -90 40 -50 38 -12Z`,
        cloth.deep,
        ' opacity=".25"',
      ) +
      (CLOSURES[form]?.(cloth, trim) ?? '') +
      shape(sole, trim.deep),
    leg + sole,
  );
};

export default { boot };
