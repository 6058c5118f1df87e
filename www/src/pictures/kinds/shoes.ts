/** Low shoes: side view, toe to the left, origin on the floor. */

import { type Draw, shod, standing, up } from './draw';
import { shape, stroke, rect } from '../shapes';

const sneaker: Draw = (cloth, trim, fill, { form }) => {
  const high = form === 'high-top';
  const platform = form === 'platform';
  const upper =
    'M-72 -16C-75 -33 -54 -40 -36 -47L-8 -71' +
    (high ? 'L2 -112Q34 -104 62 -114' : 'C-3 -76 6 -72 12 -69C28 -63 42 -69 54 -83') +
    'C66 -80 71 -58 71 -40L73 -14Z';
  const y = platform ? -32 : -18;
  const sole = `M-76 -8V${y + 8}Q-76 ${y} -66 ${y}H70Q77 ${y} 77 ${y + 8}V-8Q77 0 70 0H-66Q-76 0 -76 -8Z`;
  const closed =
    form === 'velcro'
      ? shape('M-30 -52L-20 -61L20 -44L12 -32ZM-12 -68L0 -75L34 -62L28 -49Z', trim.light, ` stroke="${cloth.deep}"`)
      : stroke(
          `M-27 -48l9 6M-20 -54l9 6M-13 -60l9 6M-6 -66l9 6${high ? 'M-3 -80l12 4M1 -94l12 3' : ''}`,
          trim.light,
          3,
        );
  return shod(
    shape(upper, fill) +
      shape('M-72 -16C-75 -33 -54 -40 -40 -45C-36 -32 -40 -20 -44 -14Z', cloth.shade) +
      shape(
        `M${high ? '62 -114' : '54 -83'}C66 -80 71 -58 71 -40L72 -30L54 -32C50 -50 48 -66 50 ${high ? -111 : -78}Z`,
        trim.base,
      ) +
      shape('M-6 -30C10 -40 30 -48 52 -50L53 -41C34 -38 16 -30 2 -20L-14 -20Z', trim.base) +
      (high ? '' : shape('M-8 -71C-3 -76 6 -72 12 -69L-20 -42L-36 -47Z', cloth.light)) +
      closed,
    upper,
    shape(sole, '#f4f3ee') + stroke('M-74 -8L76 -8', cloth.shade, 1.5),
    sole,
    platform ? up(14) : '',
  );
};

const loafer: Draw = (cloth, trim, fill, { form }) => {
  const upper = 'M-78 -10C-80 -26 -60 -36 -38 -40C-24 -34 0 -36 20 -44C40 -52 54 -62 66 -62C74 -56 76 -30 76 -10Z';
  const sole =
    form === 'chunky'
      ? 'M-80 -20H76V0H34L30 -5H0L-4 0H-70Q-80 0 -80 -20Z'
      : 'M-80 -10L76 -10L76 0L46 0L44 -4L-72 -4Q-80 -4 -80 -10Z';
  return shod(
    shape('M-34 -40C-10 -44 30 -58 66 -62C60 -50 -10 -30 -34 -40Z', cloth.deep) +
      shape(upper, fill) +
      shape('M-72 -22C-66 -32 -50 -38 -38 -40C-24 -34 -14 -35 -4 -36C-10 -24 -30 -18 -72 -22Z', cloth.light) +
      stroke('M-74 -20C-40 -14 -14 -22 -4 -36', cloth.deep, 1.6) +
      shape('M-20 -34L4 -38L14 -20L-4 -12Z', cloth.shade) +
      (form === 'tasselled'
        ? stroke('M-2 -32L-16 -18M-2 -32L2 -14', trim.base, 6)
        : rect(-9, -30, 14, 4, trim.base, 1, ' transform="rotate(-12)"')),
    upper,
    shape(sole, trim.deep),
    sole,
    form === 'chunky' ? up(10) : '',
  );
};

const flat: Draw = (cloth, trim, fill, { form }) => {
  const toe =
    form === 'pointed'
      ? 'M-94 -3C-78 -14 -62 -24 -44 -28'
      : form === 'square-toe'
        ? 'M-82 -6L-80 -22Q-79 -26 -72 -26L-44 -28'
        : 'M-82 -8C-80 -22 -60 -28 -44 -28';
  const upper = `${toe}C-24 -12 20 -14 44 -28C54 -34 60 -42 66 -44C76 -38 76 -16 72 -4H-74Z`;
  return standing(
    shape('M-44 -24C-10 -26 40 -30 66 -44C40 -22 0 -12 -44 -24Z', cloth.deep) +
      shape(upper, fill) +
      (form === 'mary-jane'
        ? stroke('M-6 -16C-4 -46 22 -46 34 -24', cloth.base, 8) + rect(22, -41, 8, 10, trim.light, 2)
        : form
          ? ''
          : shape(
              'M-44 -28C-54 -36 -62 -32 -58 -26C-54 -22 -48 -24 -44 -27C-38 -36 -30 -32 -32 -27C-34 -22 -40 -24 -44 -28Z',
              cloth.light,
            )) +
      shape(form === 'pointed' ? 'M-94 -5H72L70 0H-80Z' : 'M-82 -5H72L70 0H-74Q-81 0 -82 -5Z', trim.deep),
    upper,
  );
};

export default { sneaker, loafer, flat };
