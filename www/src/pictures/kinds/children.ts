/** Mother and baby, and children’s things. */

import { type Draw, standing } from './draw';
import { symmetric } from '../path';
import { shape, stroke, circle, rect } from '../shapes';
import { upper, armholes, neckband, buttons, flap, hood } from './torso';

const romper: Draw = (cloth, trim, fill, cut) =>
  upper(
    {
      T: 62,
      n: 18,
      nd: 10,
      s: 44,
      drop: 14,
      ax: 42,
      ay: 112,
      wx: 46,
      wy: 166,
      hx: 34,
      hy: 214,
      hc: 10,
      sl: 'long',
      cy: 176,
      rib: 1,
      ...cut,
      more: (g, cloth, trim) =>
        armholes(g, cloth) +
        shape(
          'M-37 204Q-16 228 0 224Q16 228 37 204L46 250Q36 258 24 254L12 224L-12 224L-24 254Q-36 258 -46 250Z',
          cloth.base,
        ) +
        shape(
          g.form === 'footed'
            ? 'M-46 248C-56 268-20 272-23 251L-27 243Q-36 246-44 240ZM46 248C56 268 20 272 23 251L27 243Q36 246 44 240Z'
            : 'M-46 250Q-36 258-24 254L-27 243Q-36 246-44 240ZM46 250Q36 258 24 254L27 243Q36 246 44 240Z',
          trim.base,
        ) +
        neckband(g, cloth, 7, trim.base) +
        (g.form === 'wrap-front'
          ? stroke(`M15 ${g.T + 6}Q6 120-44 172M-38 164l-12 16M-38 164l4 20`, trim.base, 3)
          : buttons(0, g.T + 22, 206, 5, trim.base, 2.8) + stroke(`M0 ${g.T + 12}V222`, cloth.deep, 1)),
    },
    cloth,
    trim,
    fill,
  );

const babybottle: Draw = (cloth, trim) =>
  standing(
    shape('M-14 -146C-14 -150 -6 -154 -7 -162Q-7 -172 0 -172Q7 -172 7 -162C6 -154 14 -150 14 -146Z', '#e8c79a') +
      rect(-24, -148, 48, 22, trim.base, 4) +
      stroke('M-18 -146v18M-10 -146v18M-2 -146v18M6 -146v18M14 -146v18', trim.deep, 1) +
      shape(
        'M-28 -126H28C34 -110 28 -96 28 -84C28 -70 34 -62 34 -44V-10Q34 0 24 0H-24Q-34 0 -34 -10V-44C-34 -62 -28 -70 -28 -84C-28 -96 -34 -110 -28 -126Z',
        '#eef3ef',
      ) +
      shape(
        'M-28 -88H28C28 -70 34 -62 34 -44V-10Q34 0 24 0H-24Q-34 0 -34 -10V-44C-34 -62 -28 -70 -28 -88Z',
        '#fffdf4',
      ) +
      stroke('M10 -78h14M16 -64h8M12 -50h18M20 -36h10M12 -22h18', cloth.deep, 2) +
      shape(
        'M18 -126H28C34 -110 28 -96 28 -84C28 -70 34 -62 34 -44V-10Q34 0 24 0H16C24 -40 18 -90 18 -126Z',
        cloth.deep,
        ' opacity=".16"',
      ) +
      circle(-10, -40, 12, cloth.base) +
      circle(-14, -44, 2, trim.deep) +
      circle(-6, -44, 2, trim.deep),
    'M-7 -172H7L14 -148H24V-126H28C34 -110 28 -96 28 -84C28 -70 34 -62 34 -44V-10Q34 0 24 0H-24Q-34 0 -34 -10V-44C-34 -62 -28 -70 -28 -84C-28 -96 -34 -110 -28 -126H-24V-148H-14Z',
  );

const tin: Draw = (cloth, trim, fill) =>
  standing(
    rect(-52, -128, 104, 128, fill, 6) +
      rect(-55, -140, 110, 18, trim.base, 4) +
      shape('M22 -122H52V-6Q52 0 46 0H26Z', cloth.deep, ' opacity=".25"') +
      rect(-44, -120, 6, 114, '#fff', 3, ' opacity=".35"') +
      shape('M-52 -96C-30 -80 20 -112 52 -92V-36C20 -56 -30 -24 -52 -40Z', '#fbfaf5') +
      circle(0, -66, 17, trim.base) +
      stroke('M-7 -66q7 8 14 0', trim.deep, 2) +
      circle(-6, -71, 2, trim.deep) +
      circle(6, -71, 2, trim.deep) +
      stroke('M-26 -18H26', cloth.deep, 2.5),
    'M-55 -140H55V-122H52V-6Q52 0 46 0H-46Q-52 0 -52 -6V-122H-55Z',
  );

const bunny: Draw = (cloth, trim, fill) =>
  standing(
    shape(
      'M-20 -112C-44 -168 -34 -190 -26 -190C-14 -190 -8 -160 -6 -124ZM20 -112C40 -160 38 -190 28 -190C16 -190 8 -160 6 -124Z',
      fill,
    ) +
      shape(
        'M-20 -124C-32 -160 -30 -178 -26 -178C-20 -178 -14 -150 -12 -126ZM20 -124C30 -156 32 -178 27 -178C20 -178 14 -150 12 -126Z',
        trim.base,
      ) +
      shape('M-38 -18C-46 -70 -26 -84 0 -84C26 -84 46 -70 38 -18Q36 0 20 0H-20Q-36 0 -38 -18Z', fill) +
      shape('M26 -78C44 -66 44 -40 38 -18Q36 0 20 0H10C26 -20 32 -50 26 -78Z', cloth.deep, ' opacity=".2"') +
      circle(0, -104, 37, fill) +
      shape('M20 -135C48 -116 42 -78 10 -69C28 -86 32 -112 20 -135Z', cloth.deep, ' opacity=".18"') +
      circle(-14, -106, 3.2, '#2a2420') +
      circle(14, -106, 3.2, '#2a2420') +
      shape('M-5 -96H5L0 -90Z', trim.deep) +
      stroke('M0 -90V-86M-6 -83Q0 -79 6 -83', trim.deep, 1.6) +
      circle(0, -34, 20, cloth.light) +
      shape(
        'M-30 -2C-44 -2 -46 -20 -30 -20C-16 -20 -16 -2 -30 -2ZM30 -2C44 -2 46 -20 30 -20C16 -20 16 -2 30 -2Z',
        cloth.light,
      ) +
      shape('M-24 -74Q0 -62 24 -74L26 -64Q0 -52 -26 -64Z', trim.base),
    'M-38 -18C-46 -70 -36 -80 -28 -84C-46 -100 -36 -120 -24 -130C-44 -170 -34 -190 -26 -190C-14 -190 -8 -160 -6 -140H6C8 -160 16 -190 28 -190C38 -190 40 -160 24 -130C36 -120 46 -100 28 -84C36 -80 46 -70 38 -18Q36 0 20 0H-20Q-36 0 -38 -18Z',
  );

const dungarees: Draw = (cloth, trim, fill, cut) => {
  const foot = cut.hy ?? 244;
  const d = symmetric(`M0 112L27 112L33 146L40 176L45 ${foot}L10 ${foot + 2}L3 206L0 204`);
  return {
    sil: d + 'M-22 56h8v58h-8zM14 56h8v58h-8z',
    svg:
      stroke('M-17 114L-22 58M17 114L22 58', cloth.shade, 8) +
      shape(d, fill) +
      `<g fill="${cloth.deep}" opacity=".22"><path d="M40 176L45 ${foot}L34 ${foot + 1}L30 170ZM0 204L-10 ${foot + 2}H-18L-8 196Z"/></g>` +
      stroke('M-33 146Q0 152 33 146', cloth.deep, 2) +
      rect(-15, 120, 30, 20, cloth.light, 2) +
      stroke('M-15 126H15', trim.base, 1.2, ' stroke-dasharray="3 2"') +
      stroke('M-38 166q12 10 16 -14M38 166q-12 10 -16 -14M0 152V202', cloth.deep, 1.4) +
      shape(`M-46 ${foot - 8}l36 2v9l-36-2ZM46 ${foot - 8}l-36 2v9l36-2Z`, cloth.light) +
      circle(-18, 117, 4, trim.base) +
      circle(18, 117, 4, trim.base),
  };
};

const raincoat: Draw = (cloth, trim, fill, cut) =>
  upper(
    {
      T: 74,
      n: 20,
      nd: 8,
      s: 46,
      drop: 14,
      ax: 43,
      ay: 128,
      wx: 48,
      wy: 170,
      hx: 62,
      hy: 226,
      hc: 7,
      sl: 'wide',
      cy: 196,
      ...cut,
      more: (g, cloth, trim) =>
        armholes(g, cloth) +
        hood(g, cloth) +
        stroke(`M0 90V${g.hy + 6}`, cloth.deep, 1.5) +
        flap(-46, 176, 26, cloth) +
        flap(20, 176, 26, cloth) +
        [108, 138, 168, 198].map((y) => rect(-7, y, 14, 5, trim.base, 2)).join(''),
    },
    cloth,
    trim,
    fill,
  );

export default { romper, babybottle, tin, bunny, dungarees, raincoat };
