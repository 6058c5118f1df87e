/** Where babies sleep, and what they are changed into. */

import { type Draw, standing } from './draw';
import { circle, rect, shape, stroke } from '../shapes';
import { neckband, upper } from './torso';

/** The white of a mattress and of nappies. */
const WHITE = '#fbfaf5';

const cot: Draw = (cloth, trim) => {
  // Bars are the dashes of one broad line.
  const bars = (from: number, colour: string) => stroke(`M${from} -66H66`, colour, 88, ' stroke-dasharray="6 14"');
  return standing(
    bars(-70, cloth.deep) +
      rect(-74, -52, 148, 28, WHITE, 8) +
      shape('M-8 -52H66Q74 -52 74 -44V-24H-8Z', trim.base) +
      bars(-61, cloth.base) +
      stroke('M-80 -112H80M-80 -20H80', cloth.base, 11) +
      stroke('M-72 -106H72M-72 -14H72', cloth.shade, 2) +
      rect(-84, -126, 10, 126, cloth.light, 3) +
      rect(74, -126, 10, 126, cloth.shade, 3),
    'M-84 -126H-74V-118H74V-126H84V0H74V-16H-74V0H-84Z',
  );
};

const sleepingbag: Draw = (cloth, trim, fill, cut) =>
  upper(
    {
      T: 44,
      n: 15,
      nd: 12,
      s: 36,
      ax: 34,
      ay: 96,
      wx: 44,
      wy: 150,
      hx: 50,
      hy: 232,
      hc: 28,
      sl: 'none',
      ...cut,
      more: (g, cloth, trim) =>
        neckband(g, cloth, 6, trim.base) +
        stroke(`M0 ${g.T + g.nd}V236`, cloth.deep, 6) +
        stroke(`M0 ${g.T + g.nd}V236`, trim.base, 2, ' stroke-dasharray="2 2"') +
        circle(-26, 56, 3, trim.base) +
        circle(26, 56, 3, trim.base) +
        shape('M16 202Q10 202 10 196Q11 190 17 191Q20 184 27 187Q34 190 32 196Q36 202 30 202Z', WHITE),
    },
    cloth,
    trim,
    fill,
  );

/** A pack with what is in it printed on the front: with tapes at its sides, or to be pulled up. */
const pack =
  (pants: boolean): Draw =>
  (cloth, trim, fill) =>
    standing(
      shape('M-58 -110L-40 -142H40L58 -110Z', cloth.shade) +
        rect(-20, -134, 40, 9, cloth.deep, 4) +
        shape('M-58 -112H58L64 -8Q64 0 56 0H-56Q-64 0 -64 -8Z', fill) +
        shape('M36 -112H58L64 -8Q64 0 56 0H32Z', cloth.deep, ' opacity=".22"') +
        rect(-61, -22, 122, 10, trim.base) +
        shape('M-40 -94H40V-68C20 -66 14 -50 13 -36H-13C-14 -50 -20 -66 -40 -68Z', WHITE) +
        (pants
          ? stroke('M-40 -90H40M-38 -66Q-18 -62 -15 -36M38 -66Q18 -62 15 -36', trim.base, 5, ' stroke-dasharray="3 2"')
          : shape('M-48 -90H-26V-78H-48ZM48 -90H26V-78H48Z', trim.base)) +
        circle(0, -68, 5, cloth.shade),
      'M-58 -110L-40 -142H40L58 -110L64 -8Q64 0 56 0H-56Q-64 0 -64 -8Z',
    );

export default { cot, sleepingbag, nappies: pack(false), nappypants: pack(true) };
