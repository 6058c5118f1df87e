/** Shoes that show the foot: side view, toe to the left, origin on the floor. */

import { type Draw, shod, standing } from './draw';
import { circle, shape, stroke } from '../shapes';

const pump: Draw = (cloth, _trim, fill, { form }) => {
  const front = 'M-84 -5C-82 -16 -62 -20 -42 -26C-30 -18 0 -22';
  const foot = '14 -8C4 -3 -20 -1 -46 0H-74Q-84 0 -84 -5Z';
  const heel =
    form === 'block-heel' ? 'M79 0H50L46 -28C58 -36 68 -44 77 -48Z' : 'M72 0H66C66 -12 64 -24 58 -36L76 -46Z';
  const below = shape(heel, cloth.shade) + shape(`M-84 -3C-50 -3 -4 -4 ${foot}`, cloth.deep);
  if (form === 'slingback') {
    const toe = `${front} 14 -34C28 -30 34 -22 32 -16L${foot}`;
    const bed = 'M-42 -24C0 -18 50 -60 79 -52L76 -45C62 -40 40 -22 14 -8L-20 -4Z';
    return standing(
      shape(bed, cloth.deep) +
        stroke('M12 -32C34 -46 62 -58 74 -80C80 -72 80 -62 77 -48', cloth.base, 4.5) +
        shape(toe, fill) +
        below,
      toe + bed + heel,
    );
  }
  const shoe = `${front} 26 -38C46 -50 58 -68 68 -84C78 -74 80 -58 76 -46C62 -40 40 -22 ${foot}`;
  return shod(
    shape('M-42 -24C-14 -20 26 -30 68 -84C50 -62 30 -46 4 -38Z', cloth.deep) + shape(shoe, fill) + below,
    shoe + heel,
    '',
    '',
    // A kitten heel is the same shoe, lower.
    form === 'kitten-heel' ? ' transform="scale(1 .68)"' : '',
  );
};

const sandal: Draw = (cloth, trim, _fill, { form }) => {
  const flat = form === 'flat';
  const sole = flat
    ? 'M-72 -13H70Q77 -13 77 -6Q77 0 70 0H-72Q-80 0 -80 -6Q-80 -13 -72 -13Z'
    : `M-80 -10C-60 -16 -20 -12 10 -20C40 -28 60 -34 72 -30L${form ? '76 0H44L42' : '74 0H60L56'} -16C30 -6 -20 -2 -80 -3Z`;
  return standing(
    shape(sole, trim.base) +
      (form
        ? stroke('M-60 -12C-46 -46 -18 -46 -4 -14', cloth.base, 16)
        : stroke('M-58 -13C-46 -36 -24 -36 -12 -15M-34 -13C-24 -40 0 -40 14 -20', cloth.base, 8)) +
      (flat
        ? stroke('M-2 -12C12 -44 46 -50 64 -46M62 -12C74 -32 72 -52 62 -54', cloth.shade, 6)
        : stroke('M62 -30C66 -58 56 -66 34 -64C22 -62 14 -50 16 -24', cloth.shade, 5.5) +
          circle(34, -64, 4, trim.light)),
    sole + 'M-64 -12C-46 -56 -18 -50 10 -20Z' + (flat ? '' : 'M12 -24L30 -67L66 -60L72 -24Z'),
  );
};

export default { pump, sandal };
