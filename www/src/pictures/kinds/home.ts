/** Things for the home. */

import type { Cloth } from '../cloths';
import { type Draw, type Drawing, standing } from './draw';
import { shape, stroke, rect } from '../shapes';

const cushion: Draw = (cloth, trim, fill) =>
  standing(
    shape(
      'M-72 -4C-78 -2 -80 -6 -78 -12C-68 -50 -68 -90 -78 -130C-80 -138 -76 -140 -70 -138C-30 -128 30 -128 70 -138C76 -140 80 -138 78 -130C68 -90 68 -50 78 -12C80 -6 78 -2 72 -4C30 -14 -30 -14 -72 -4Z',
      fill,
    ) +
      shape(
        'M40 -132C50 -133 60 -135 70 -138C76 -140 80 -138 78 -130C68 -90 68 -50 78 -12C80 -6 78 -2 72 -4C60 -7 48 -9 36 -10C58 -40 58 -100 40 -132Z',
        cloth.deep,
        ' opacity=".22"',
      ) +
      shape(
        'M-62 -128Q-40 -112 -34 -86Q-48 -110 -68 -122ZM-64 -14Q-44 -26 -36 -50Q-48 -34 -68 -22Z',
        cloth.deep,
        ' opacity=".25"',
      ) +
      stroke(
        'M-72 -4C-78 -2 -80 -6 -78 -12C-68 -50 -68 -90 -78 -130C-80 -138 -76 -140 -70 -138C-30 -128 30 -128 70 -138',
        trim.base,
        2.5,
      ),
    'M-72 -4C-78 -2 -80 -6 -78 -12C-68 -50 -68 -90 -78 -130C-80 -138 -76 -140 -70 -138C-30 -128 30 -128 70 -138C76 -140 80 -138 78 -130C68 -90 68 -50 78 -12C80 -6 78 -2 72 -4C30 -14 -30 -14 -72 -4Z',
  );

/** A blanket folded into as many layers as it is warm. */
function folded(cloth: Cloth, trim: Cloth, fill: string, form: string): Drawing {
  const layers = [0, 28, 56, 84].slice(0, { light: 2, fringed: 3 }[form] ?? 4);
  const top = layers.length * -28;
  const outline = layers.map((y) => `M-76 ${-y}H64Q82 ${-y} 82 ${-y - 14}Q82 ${-y - 28} 64 ${-y - 28}H-76Z`).join('');
  return standing(
    shape(outline, fill) +
      shape(`M-44 0V${top}H-22V0Z`, trim.base) +
      shape(
        layers
          .map((y) => `M44 ${-y}H64Q82 ${-y} 82 ${-y - 14}Q82 ${-y - 28} 64 ${-y - 28}H50Q68 ${-y - 14} 44 ${-y}Z`)
          .join(''),
        cloth.deep,
        ' opacity=".22"',
      ) +
      stroke(layers.map((y) => `M-76 ${-y}H66`).join(''), cloth.deep, 1.6) +
      (form === 'fringed' ? stroke(`M-82 ${top}V0`, cloth.shade, 14, ' stroke-dasharray="3 2"') : ''),
    outline,
  );
}

const bedding: Draw = (cloth, trim, fill, { form }) => {
  if (form) return folded(cloth, trim, fill, form);
  return standing(
    rect(-78, -34, 156, 34, trim.base, 10) +
      rect(-78, -34, 156, 34, trim.deep, 10, ' opacity=".1"') +
      stroke('M-70 -17H78M-70 -23H78', trim.deep, 1.2, ' opacity=".6"') +
      rect(-78, -84, 156, 52, fill, 14) +
      stroke('M-66 -58H78', cloth.deep, 1.6) +
      shape('M-66 -58Q-78 -58 -78 -70Q-78 -84 -64 -84L-50 -84Q-70 -70 -66 -58Z', cloth.deep, ' opacity=".2"') +
      shape('M50 -84H64Q78 -84 78 -70V-46Q78 -32 64 -32H50Q66 -60 50 -84Z', cloth.deep, ' opacity=".2"') +
      shape(
        'M-62 -86C-74 -90 -72 -124 -60 -126C-20 -132 30 -132 60 -126C72 -124 74 -92 62 -87C30 -82 -30 -82 -62 -86Z',
        trim.light,
      ) +
      shape(
        'M36 -129C46 -128 54 -127 60 -126C72 -124 74 -92 62 -87C54 -86 46 -85 38 -84C52 -100 50 -116 36 -129Z',
        trim.deep,
        ' opacity=".2"',
      ) +
      shape('M-58 -120Q-40 -112 -34 -102Q-48 -110 -64 -112Z', trim.deep, ' opacity=".3"'),
    'M-78 -14V-70Q-78 -84 -66 -86C-74 -90 -72 -124 -60 -126C-20 -132 30 -132 60 -126C72 -124 74 -92 66 -86Q78 -84 78 -70V-10Q78 0 68 0H-68Q-78 0 -78 -14Z',
  );
};

const towels: Draw = (cloth, trim, fill) => {
  const towel = (y: number, i: number, tones: Cloth, front: string) => {
    const [x0, x1, x2, x3] = [42 - i * 3, 54 - i * 3, 56 - i * 3, 66 - i * 3];
    const edge = `M${x0} ${y - 34}H${x2}Q${x3} ${y - 34} ${x3} ${y - 24}V${y - 10}Q${x3} ${y} ${x2} ${y}H${x0}Q${x1} ${y - 17} ${x0} ${y - 34}Z`;
    return (
      rect(-66 + i * 3, y - 34, 132 - i * 6, 34, front, 10) +
      stroke(`M${-56 + i * 3} ${y - 17}H${x3}`, tones.deep, 1.4) +
      shape(edge, tones.deep, ' opacity=".22"') +
      rect(-30, y - 34, 5, 17, tones.shade) +
      rect(-22, y - 34, 5, 17, tones.shade)
    );
  };
  return standing(
    towel(0, 0, cloth, fill) + towel(-36, 1, trim, trim.base) + towel(-72, 2, cloth, cloth.light),
    'M-66 -10V-96Q-62 -106 -50 -106H50Q62 -106 64 -96L66 -10Q66 0 56 0H-56Q-66 0 -66 -10Z',
  );
};

const vase: Draw = (cloth, trim, fill) =>
  standing(
    stroke(
      'M-2 -118C-6 -150 -24 -176 -30 -200M2 -118C6 -150 22 -170 30 -186M0 -118C0 -150 4 -180 2 -212',
      '#5d6b4c',
      2.5,
    ) +
      `<g fill="#7d8c5f">` +
      [
        [-30, -200, -30],
        [-22, -176, -60],
        [-10, -150, -40],
        [30, -186, 40],
        [20, -164, 60],
        [2, -212, 5],
        [-1, -184, -25],
        [5, -170, 40],
      ]
        .map(([x, y, a]) => `<ellipse cx="${x}" cy="${y}" rx="6" ry="13" transform="rotate(${a} ${x} ${y})"/>`)
        .join('') +
      '</g>' +
      shape(
        'M-18 -124H18C20 -110 14 -104 16 -98C40 -88 52 -64 48 -38C46 -16 32 0 22 0H-22C-32 0 -46 -16 -48 -38C-52 -64 -40 -88 -16 -98C-14 -104 -20 -110 -18 -124Z',
        fill,
      ) +
      shape('M16 -98C40 -88 52 -64 48 -38C46 -16 32 0 22 0H6C32 -24 34 -70 16 -98Z', cloth.deep, ' opacity=".25"') +
      stroke('M-18 -122H18', cloth.light, 4) +
      shape('M-36 -66C-34 -78 -26 -86 -20 -88C-28 -74 -32 -60 -32 -46Z', '#fff', ' opacity=".35"') +
      shape('M-49 -46Q0 -36 49 -46L47 -34Q0 -24 -47 -34Z', trim.base),
    'M-18 -124H18C20 -110 14 -104 16 -98C40 -88 52 -64 48 -38C46 -16 32 0 22 0H-22C-32 0 -46 -16 -48 -38C-52 -64 -40 -88 -16 -98Z',
  );

const lamp: Draw = (cloth, trim, fill) =>
  standing(
    shape('M-34 -166H34L58 -86H-58Z', fill) +
      shape('M14 -166H34L58 -86H24Z', cloth.deep, ' opacity=".2"') +
      shape('M-58 -86H58L56 -80H-56Z', '#fff3cf') +
      rect(-4, -82, 8, 22, '#c9a24f') +
      shape('M-12 -62H12C34 -50 36 -20 22 -8H-22C-36 -20 -34 -50 -12 -62Z', trim.base) +
      shape('M6 -62H12C34 -50 36 -20 22 -8H6C22 -22 20 -48 6 -62Z', trim.deep, ' opacity=".4"') +
      rect(-34, -9, 68, 9, trim.deep, 3),
    'M-34 -166H34L58 -84H-4V-62H12C34 -50 36 -20 24 -8L34 -4V0H-34V-6L-24 -8C-36 -20 -34 -50 -12 -62L-58 -84Z',
  );

const candle: Draw = (cloth, _trim, fill) =>
  standing(
    shape('M-44 -86H44V-8Q44 0 36 0H-36Q-44 0 -44 -8Z', fill) +
      shape('M18 -86H44V-8Q44 0 36 0H22Z', cloth.deep, ' opacity=".25"') +
      shape('M-44 -86A44 9 0 0 1 44 -86A44 9 0 0 1 -44 -86Z', '#f7efdc') +
      stroke('M0 -88V-100', '#3a332a', 2) +
      shape('M0 -124C10 -110 9 -100 0 -98C-9 -100 -10 -110 0 -124Z', '#f3b53f') +
      rect(-24, -62, 48, 36, '#fbfaf5') +
      stroke('M-14 -50H14M-8 -41H8', cloth.deep, 2) +
      rect(-38, -78, 5, 68, '#fff', 2, ' opacity=".4"'),
    'M-44 -86A44 9 0 0 1 44 -86V-8Q44 0 36 0H-36Q-44 0 -44 -8Z',
  );

const mug: Draw = (cloth, trim, fill) =>
  standing(
    stroke('M36 -72C76 -78 76 -22 34 -22', cloth.shade, 11) +
      shape('M-44 -94H44L40 -10Q39 0 30 0H-30Q-39 0 -40 -10Z', fill) +
      shape('M20 -94H44L40 -10Q39 0 30 0H16Z', cloth.deep, ' opacity=".22"') +
      shape('M-44 -94A44 8 0 0 1 44 -94A44 8 0 0 1 -44 -94Z', cloth.deep) +
      shape('M-43 -70L43 -70L43 -56L-43 -56Z', trim.base) +
      rect(-34, -52, 5, 40, '#fff', 2, ' opacity=".4"'),
    'M-44 -94H44L43 -78C76 -78 76 -22 40 -16L40 -10Q39 0 30 0H-30Q-39 0 -40 -10Z',
  );

const blanket: Draw = (cloth, trim, fill) => folded(cloth, trim, fill, 'light');

export default { cushion, bedding, blanket, towels, vase, lamp, candle, mug };
