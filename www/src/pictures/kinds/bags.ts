/** Bags: front view, origin on the floor. */

import { type Draw, standing } from './draw';
import { shape, stroke, circle, rect } from '../shapes';

const tote: Draw = (cloth, trim, fill) =>
  standing(
    stroke('M-28 -104C-28 -158 28 -158 28 -104', trim.deep, 6) +
      stroke('M-24 -104C-24 -146 24 -146 24 -104', trim.base, 6) +
      shape('M-60 -108L60 -108L68 -6Q68 0 62 0L-62 0Q-68 0 -68 -6Z', fill) +
      shape('M60 -108L68 -6Q68 0 62 0L40 0L38 -108Z', cloth.deep, ' opacity=".25"') +
      shape('M-60 -108L60 -108L61 -94L-61 -94Z', cloth.shade) +
      shape('M-36 -108h14v26l-7 5l-7-5zM22 -108h14v26l-7 5l-7-5z', trim.base) +
      circle(-29, -86, 1.8, cloth.light) +
      circle(29, -86, 1.8, cloth.light) +
      rect(-13, -62, 26, 13, cloth.light, 1) +
      stroke('M-66 -10H66', cloth.deep, 1, ' opacity=".5" stroke-dasharray="3 2"'),
    'M-60 -108C-50 -108 -32 -156 0 -156C32 -156 50 -108 60 -108L68 -6Q68 0 62 0L-62 0Q-68 0 -68 -6Z',
  );

const saddle: Draw = (cloth, trim, fill) =>
  standing(
    stroke('M-56 -74C-66 -190 66 -190 56 -74', cloth.deep, 5) +
      shape('M-62 -84Q-62 -92 -54 -92L54 -92Q62 -92 62 -84L66 -20Q66 0 46 0L-46 0Q-66 0 -66 -20Z', fill) +
      shape(
        'M-62 -86Q-62 -96 -52 -96L52 -96Q62 -96 62 -86L63 -62C62 -34 36 -28 0 -28C-36 -28 -62 -34 -63 -62Z',
        cloth.light,
      ) +
      shape('M62 -86Q62 -96 52 -96L40 -96C48 -70 44 -42 30 -30C52 -34 62 -42 63 -62Z', cloth.shade) +
      stroke('M-58 -62C-56 -40 -34 -33 0 -33C34 -33 56 -40 58 -62', cloth.deep, 1, ' stroke-dasharray="3 2"') +
      rect(-9, -42, 18, 20, trim.base, 4) +
      circle(0, -34, 3.5, trim.deep) +
      circle(-57, -84, 3.5, trim.base) +
      circle(57, -84, 3.5, trim.base),
    'M-62 -92C-62 -180 62 -180 62 -92L66 -20Q66 0 46 0L-46 0Q-66 0 -66 -20Z',
  );

const bucket: Draw = (cloth, trim, fill) =>
  standing(
    stroke('M-40 -94C-36 -178 36 -178 40 -94', cloth.deep, 5) +
      shape('M-46 -98Q0 -90 46 -98L56 -12Q56 0 44 0L-44 0Q-56 0 -56 -12Z', fill) +
      shape('M-46 -98Q0 -90 46 -98Q0 -108 -46 -98Z', cloth.deep) +
      shape('M46 -98L56 -12Q56 0 44 0L28 0L24 -94Z', cloth.deep, ' opacity=".25"') +
      stroke('M-48 -80Q0 -70 48 -80', trim.base, 3) +
      shape('M-2 -74L-14 -40L-8 -38L0 -70L8 -36L14 -39L3 -74Z', trim.base) +
      shape('M-53 -30L53 -30L56 -12Q56 0 44 0L-44 0Q-56 0 -56 -12Z', cloth.shade),
    'M-46 -98C-40 -170 40 -170 46 -98L56 -12Q56 0 44 0L-44 0Q-56 0 -56 -12Z',
  );

const box: Draw = (cloth, trim, fill) =>
  standing(
    stroke('M-26 -90C-26 -126 26 -126 26 -90', cloth.deep, 7) +
      rect(-62, -92, 124, 92, fill, 5) +
      shape('M62 -87V-5Q62 0 57 0H38V-92H57Q62 -92 62 -87Z', cloth.deep, ' opacity=".22"') +
      shape('M-62 -92H62V-52L0 -40L-62 -52Z', cloth.light) +
      stroke('M-62 -52L0 -40L62 -52', cloth.deep, 1.3) +
      rect(-7, -50, 14, 17, trim.base, 2) +
      stroke('M-3 -42h6', trim.deep, 2) +
      rect(-31, -96, 10, 8, trim.base, 1) +
      rect(21, -96, 10, 8, trim.base, 1),
    'M-62 -90L-26 -90C-26 -126 26 -126 26 -90L62 -90V-4Q62 0 57 0H-57Q-62 0 -62 -5Z',
  );

const backpack: Draw = (cloth, trim, fill) =>
  standing(
    stroke('M-13 -140Q0 -158 13 -140', trim.deep, 5) +
      shape('M-48 -20C-54 -70 -52 -142 0 -142C52 -142 54 -70 48 -20Q47 0 36 0L-36 0Q-47 0 -48 -20Z', fill) +
      shape('M-49 -84C-48 -120 -34 -142 0 -142C34 -142 48 -120 49 -84C40 -76 -40 -76 -49 -84Z', cloth.light) +
      stroke('M-49 -84C-40 -76 40 -76 49 -84', cloth.deep, 1.5) +
      rect(-34, -58, 68, 48, cloth.shade, 8) +
      stroke('M-34 -44H34', cloth.deep, 1.5) +
      rect(-17, -88, 6, 32, trim.base) +
      rect(11, -88, 6, 32, trim.base) +
      rect(-19, -66, 10, 9, trim.light, 1) +
      rect(9, -66, 10, 9, trim.light, 1) +
      shape('M48 -20C54 -70 50 -128 20 -140C40 -110 40 -50 36 0Q47 0 48 -20Z', cloth.deep, ' opacity=".22"'),
    'M-48 -20C-54 -70 -52 -146 0 -146C52 -146 54 -70 48 -20Q47 0 36 0L-36 0Q-47 0 -48 -20Z',
  );

export default { tote, saddle, bucket, box, backpack };
