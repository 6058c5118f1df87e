/** Shoes: side view, toe to the left, origin on the floor. */

import { type Draw, standing } from './draw';
import { shape, stroke, circle, rect } from '../shapes';

const sneaker: Draw = (cloth, trim, fill) =>
  standing(
    shape(
      'M-72 -16C-75 -33 -54 -40 -36 -47L-8 -71C-3 -76 6 -72 12 -69C28 -63 42 -69 54 -83C66 -80 71 -58 71 -40L73 -14Z',
      fill,
    ) +
      shape('M-72 -16C-75 -33 -54 -40 -40 -45C-36 -32 -40 -20 -44 -14Z', cloth.shade) +
      shape('M54 -83C66 -80 71 -58 71 -40L72 -30L54 -32C50 -50 48 -66 50 -78Z', trim.base) +
      shape('M-6 -30C10 -40 30 -48 52 -50L53 -41C34 -38 16 -30 2 -20L-14 -20Z', trim.base) +
      shape('M-8 -71C-3 -76 6 -72 12 -69L-20 -42L-36 -47Z', cloth.light) +
      stroke('M-27 -48l9 6M-20 -54l9 6M-13 -60l9 6M-6 -66l9 6', trim.light, 3) +
      shape('M-76 -8Q-77 -18 -66 -18L70 -18Q77 -18 77 -8Q77 0 70 0L-66 0Q-75 0 -76 -8Z', '#f4f3ee') +
      stroke('M-74 -8L76 -8', cloth.shade, 1.5),
    'M-76 -8Q-77 -18 -72 -18C-75 -33 -54 -40 -36 -47L-8 -71C6 -78 20 -58 54 -83C66 -80 71 -58 71 -40L77 -8Q77 0 70 0L-66 0Q-75 0 -76 -8Z',
  );

const pump: Draw = (cloth, _trim, fill) =>
  standing(
    shape('M-42 -24C-14 -20 26 -30 68 -84C50 -62 30 -46 4 -38C-14 -33 -30 -32 -42 -24Z', cloth.deep) +
      shape(
        'M-84 -5C-82 -16 -62 -20 -42 -26C-30 -18 0 -22 26 -38C46 -50 58 -68 68 -84C78 -74 80 -58 76 -46C62 -40 40 -22 14 -8C4 -3 -20 -1 -46 0L-74 0Q-84 0 -84 -5Z',
        fill,
      ) +
      shape('M76 -46C70 -44 64 -40 58 -36C64 -24 66 -12 66 0L72 0Z', cloth.shade) +
      shape('M-84 -3C-50 -3 -4 -4 14 -10C4 -3 -20 0 -46 0L-76 0Q-84 0 -84 -3Z', cloth.deep),
    'M-84 -5C-82 -16 -62 -20 -42 -26C-14 -22 46 -50 68 -84C78 -74 80 -58 76 -46L72 0L66 0C66 -12 64 -24 58 -36C40 -22 20 -4 -46 0L-74 0Q-84 0 -84 -5Z',
  );

const boot: Draw = (cloth, trim, fill) =>
  standing(
    shape(
      'M-70 -12C-72 -30 -50 -38 -32 -42C-16 -46 -12 -60 -11 -80L-13 -128Q16 -122 46 -128L48 -72C49 -52 56 -40 57 -12Z',
      fill,
    ) +
      shape('M-13 -128Q16 -122 46 -128Q16 -135 -13 -128Z', cloth.deep) +
      shape('M8 -124C6 -100 8 -86 16 -70C26 -84 30 -104 29 -125Z', cloth.shade) +
      stroke('M12 -120V-82M17 -118V-76M22 -120V-82', cloth.deep, 1) +
      shape('M57 -12C56 -40 49 -52 48 -72L46 -128L36 -126C34 -90 40 -50 38 -12Z', cloth.deep, ' opacity=".25"') +
      shape('M-72 -12L58 -12L60 0L24 0L22 -6L-66 -6Q-72 -6 -72 -12Z', trim.deep) +
      stroke('M36 -130q4 -9 8 0', cloth.deep, 2),
    'M-72 -12C-72 -30 -50 -38 -32 -42C-16 -46 -12 -60 -11 -80L-13 -128Q16 -135 46 -128L48 -72C49 -52 56 -40 60 0L-66 -4Z',
  );

const loafer: Draw = (cloth, trim, fill) =>
  standing(
    shape('M-34 -40C-10 -44 30 -58 66 -62C60 -50 -10 -30 -34 -40Z', cloth.deep) +
      shape('M-78 -10C-80 -26 -60 -36 -38 -40C-24 -34 0 -36 20 -44C40 -52 54 -62 66 -62C74 -56 76 -30 76 -10Z', fill) +
      shape('M-72 -22C-66 -32 -50 -38 -38 -40C-24 -34 -14 -35 -4 -36C-10 -24 -30 -18 -72 -22Z', cloth.light) +
      stroke('M-74 -20C-40 -14 -14 -22 -4 -36', cloth.deep, 1.6) +
      shape('M-20 -34L4 -38L14 -20L-4 -12Z', cloth.shade) +
      rect(-9, -30, 14, 4, trim.base, 1, ' transform="rotate(-12)"') +
      shape('M-80 -10L76 -10L76 0L46 0L44 -4L-72 -4Q-80 -4 -80 -10Z', trim.deep),
    'M-80 -10C-80 -26 -60 -36 -38 -40C-10 -36 40 -62 66 -62C74 -56 76 -30 76 0L-72 -4Z',
  );

const flat: Draw = (cloth, trim, fill) =>
  standing(
    shape('M-44 -24C-10 -26 40 -30 66 -44C40 -22 0 -12 -44 -24Z', cloth.deep) +
      shape(
        'M-82 -8C-80 -22 -60 -28 -44 -28C-24 -12 20 -14 44 -28C54 -34 60 -42 66 -44C76 -38 76 -16 72 -4L-74 -4Q-82 -4 -82 -8Z',
        fill,
      ) +
      shape(
        'M-44 -28C-54 -36 -62 -32 -58 -26C-54 -22 -48 -24 -44 -27C-38 -36 -30 -32 -32 -27C-34 -22 -40 -24 -44 -28Z',
        cloth.light,
      ) +
      shape('M-82 -5H72L70 0H-74Q-81 0 -82 -5Z', trim.deep),
    'M-82 -8C-80 -22 -60 -28 -44 -28C-10 -26 40 -30 66 -44C76 -38 76 -16 70 0H-74Z',
  );

const sandal: Draw = (cloth, trim) =>
  standing(
    shape('M-80 -10C-60 -16 -20 -12 10 -20C40 -28 60 -34 72 -30L74 0L60 0L56 -16C30 -6 -20 -2 -80 -3Z', trim.base) +
      stroke('M-58 -13C-46 -36 -24 -36 -12 -15M-34 -13C-24 -40 0 -40 14 -20', cloth.base, 8) +
      stroke('M62 -30C66 -58 56 -66 34 -64C22 -62 14 -50 16 -24', cloth.shade, 5.5) +
      circle(34, -64, 4, trim.light),
    'M-80 -10C-60 -30 -40 -38 14 -30L34 -66L66 -60L74 0L60 0L56 -16C30 -6 -20 -2 -80 -3Z',
  );

export default { sneaker, pump, boot, loafer, flat, sandal };
