/** Dresses, skirts and trousers. They hang from the rail. */

import { type Draw } from './draw';
import { path, mirrored, symmetric, round } from '../path';
import { shape, stroke, circle, rect } from '../shapes';
import { upper, armholes, neckband, buttons, collar } from './torso';

const slip: Draw = (cloth, trim, fill, cut) =>
  upper(
    {
      T: 34,
      n: 22,
      nd: 16,
      cut: 'strap',
      ax: 34,
      ay: 98,
      wx: 31,
      wy: 128,
      hx: 52,
      hy: 258,
      hc: 9,
      flare: 1,
      sl: 'none',
      ...cut,
    },
    cloth,
    trim,
    fill,
  );

const aline: Draw = (cloth, trim, fill, cut) =>
  upper(
    {
      T: 40,
      n: 19,
      nd: 18,
      s: 40,
      ax: 35,
      ay: 92,
      wx: 31,
      wy: 130,
      hx: 66,
      hy: 252,
      hc: 12,
      flare: 1,
      sl: 'puff',
      cut: 'square',
      ...cut,
      more: (g, cloth) =>
        armholes(g, cloth) +
        shape(
          path(
            `M${-g.wx} ${g.wy - 5}Q0 ${g.wy + 2} ${g.wx} ${g.wy - 5}L${g.wx + 1} ${g.wy + 6}Q0 ${g.wy + 13} ${-g.wx - 1} ${g.wy + 6}Z`,
          ),
          cloth.deep,
          ' opacity=".75"',
        ),
    },
    cloth,
    trim,
    fill,
  );

const wrap: Draw = (cloth, trim, fill, cut) =>
  upper(
    {
      T: 38,
      n: 18,
      nd: 58,
      s: 44,
      ax: 37,
      ay: 94,
      wx: 32,
      wy: 130,
      hx: 60,
      hy: 254,
      hc: 9,
      flare: 1,
      cut: 'v',
      sl: 'elbow',
      under: cloth.deep,
      ...cut,
      more: (g, cloth) =>
        armholes(g, cloth) +
        stroke(`M${g.n} ${g.T}L-12 ${g.T + 76}`, cloth.deep, 1.4) +
        stroke(`M-22 ${g.wy + 10}Q4 190 -2 ${g.hy + 8}`, cloth.deep, 1.4) +
        shape(
          path(
            `M${-g.wx} ${g.wy - 5}Q0 ${g.wy + 2} ${g.wx} ${g.wy - 5}L${g.wx + 1} ${g.wy + 5}Q0 ${g.wy + 12} ${-g.wx - 1} ${g.wy + 5}Z`,
          ),
          cloth.shade,
        ) +
        shape(
          `M-22 ${g.wy + 2}L-34 ${g.wy + 44}L-26 ${g.wy + 46}L-16 ${g.wy + 6}L-12 ${g.wy + 38}L-5 ${g.wy + 36}L-14 ${g.wy + 2}Z`,
          cloth.shade,
        ),
    },
    cloth,
    trim,
    fill,
  );

const shift: Draw = (cloth, trim, fill, cut) =>
  upper(
    {
      T: 38,
      n: 20,
      nd: 10,
      s: 42,
      ax: 37,
      ay: 94,
      wx: 40,
      wy: 150,
      hx: 50,
      hy: 242,
      hc: 5,
      sl: 'elbow',
      ...cut,
      more: (g, cloth) =>
        armholes(g, cloth) +
        neckband(g, cloth, 3) +
        stroke(
          path(`M${-g.hx + 1} ${g.hy - 8}Q0 ${g.hy + g.hc - 5} ${g.hx - 1} ${g.hy - 8}`),
          cloth.deep,
          1,
          ' opacity=".5"',
        ) +
        stroke('M-26 176h16M10 176h16', cloth.deep, 1.6),
    },
    cloth,
    trim,
    fill,
  );

const shirtdress: Draw = (cloth, trim, fill, cut) =>
  upper(
    {
      T: 36,
      n: 16,
      nd: 14,
      s: 45,
      ax: 39,
      ay: 92,
      wx: 33,
      wy: 136,
      hx: 56,
      hy: 254,
      hc: 8,
      flare: 1,
      sl: 'elbow',
      ...cut,
      more: (g, cloth, trim, fill) =>
        armholes(g, cloth) +
        stroke(`M-4 ${g.T + 16}V${g.hy + 7}M4 ${g.T + 16}V${g.hy + 7}`, cloth.deep, 1, ' opacity=".7"') +
        collar(g, cloth, fill === cloth.base ? cloth.light : fill, 28) +
        buttons(0, g.T + 34, g.hy - 12, 8, trim.light) +
        shape(path(`M-33 131Q0 138 33 131L34 141Q0 148 -34 141Z`), trim.base) +
        rect(-7, 133, 13, 11, trim.light, 2),
    },
    cloth,
    trim,
    fill,
  );

const tiered: Draw = (cloth, trim, fill, cut) =>
  upper(
    {
      T: 36,
      n: 17,
      nd: 14,
      s: 42,
      ax: 37,
      ay: 92,
      wx: 36,
      wy: 122,
      hx: 68,
      hy: 258,
      hc: 10,
      flare: 1,
      sl: 'puff',
      ...cut,
      more: (g, cloth) =>
        armholes(g, cloth) +
        neckband(g, cloth, 4, cloth.light) +
        stroke('M-37 122Q0 131 37 122M-47 166Q0 177 47 166M-58 212Q0 224 58 212', cloth.deep, 1.8) +
        `<g fill="${cloth.deep}" opacity=".18">` +
        `<path d="${[-26, -6, 18].map((x) => `M${x} 128l-3 36h7zM${round(x * 1.3)} 172l-4 40h9zM${round(x * 1.6)} 220l-4 40h10z`).join('')}"/>` +
        '</g>',
    },
    cloth,
    trim,
    fill,
  );

const skirt: Draw = (cloth, _trim, fill, cut) => {
  const q = { w: 34, h: 62, y0: 66, y1: 236, ...cut };
  const d = symmetric(
    `M0 ${q.y0 + 3}Q${q.w * 0.6} ${q.y0 + 3} ${q.w} ${q.y0}C${q.w + 8} ${q.y0 + 34} ${q.h - 6} ${q.y1 - 60} ${q.h} ${q.y1}Q${q.h * 0.5} ${q.y1 + 11} 0 ${q.y1 + 11}`,
  );
  let p = '';
  const k = q.pl || 6;
  for (let i = 0; i < k; i++) {
    const a = -1 + (2 * (i + 0.5)) / k;
    p += `<path d="${path(`M${q.w * a} ${q.y0 + 14}L${q.h * a - (q.h / k) * 0.5} ${q.y1 + 11 * (1 - a * a)}L${q.h * a + (q.h / k) * 0.3} ${q.y1 + 11 * (1 - a * a)}Z`)}"/>`;
  }
  return {
    sil: d,
    svg:
      shape(d, fill) +
      `<g fill="${cloth.deep}" opacity=".22">${p}</g>` +
      shape(
        path(
          `M${-q.w} ${q.y0}Q0 ${q.y0 + 6} ${q.w} ${q.y0}L${q.w + 3} ${q.y0 + 13}Q0 ${q.y0 + 20} ${-q.w - 3} ${q.y0 + 13}Z`,
        ),
        cloth.shade,
      ) +
      shape(path(`M${-q.w} ${q.y0}Q0 ${q.y0 + 6} ${q.w} ${q.y0}Q0 ${q.y0 - 4} ${-q.w} ${q.y0}Z`), cloth.deep),
  };
};

const trousers: Draw = (cloth, trim, fill, cut) => {
  const q = { w: 33, hip: 43, kn: 25, hem: 26, cr: 112, y0: 38, y1: 264, ...cut };
  const o = (q.hip - q.kn) * 0.62 + 8;
  const leg = `M0 ${q.y0 + 3}Q${q.w * 0.6} ${q.y0 + 3} ${q.w} ${q.y0}C${q.w + 5} ${q.y0 + 24} ${q.hip} ${q.cr - 24} ${q.hip} ${q.cr}${q.bow ? `Q${q.hip + q.bow} ${q.cr + 70} ` : 'L'}${o + q.hem * 0.72} ${q.y1}L${o - q.hem * 0.5} ${q.y1 + 2}L3 ${q.cr + 10}L0 ${q.cr + 6}`;
  const d = path(leg + 'Z') + mirrored(leg + 'Z');
  return {
    sil: d,
    svg:
      shape(path(leg + 'Z'), fill) +
      shape(mirrored(leg + 'Z'), fill) +
      shape(path(`M-1 ${q.y0 + 2}L1 ${q.y0 + 2}L1 ${q.cr + 7}L-1 ${q.cr + 7}Z`), fill) +
      `<g fill="${cloth.deep}" opacity=".2"><path d="${path(`M${q.hip} ${q.cr}L${o + q.hem * 0.72} ${q.y1}L${o + q.hem * 0.4} ${q.y1}L${q.hip - 11} ${q.cr - 6}Z`)}"/><path d="${path(`M0 ${q.cr + 6}L${-o + q.hem * 0.5} ${q.y1 + 2}L${-o + q.hem * 0.2} ${q.y1 + 2}L-9 ${q.cr}Z`)}"/></g>` +
      (q.jean
        ? ''
        : stroke(
            path(`M${o + 2} ${q.y1}L${q.w * 0.55} ${q.y0 + 22}M${-o - 2} ${q.y1}L${-q.w * 0.55} ${q.y0 + 22}`),
            cloth.deep,
            1,
            ' opacity=".6"',
          )) +
      shape(
        path(
          `M${-q.w} ${q.y0}Q0 ${q.y0 + 6} ${q.w} ${q.y0}L${q.w + 2} ${q.y0 + 12}Q0 ${q.y0 + 18} ${-q.w - 2} ${q.y0 + 12}Z`,
        ),
        cloth.shade,
      ) +
      stroke(path(`M0 ${q.y0 + 16}L0 ${q.cr - 8}`), cloth.deep, 1.3) +
      (q.jean
        ? stroke(
            path(
              `M8 ${q.y0 + 16}Q9 ${q.cr - 22} 1 ${q.cr - 12}M${q.w + 1} ${q.y0 + 32}Q20 ${q.y0 + 32} 17 ${q.y0 + 15}M${-q.w - 1} ${q.y0 + 32}Q-20 ${q.y0 + 32} -17 ${q.y0 + 15}M${o + q.hem * 0.7} ${q.y1 - 7}L${o - q.hem * 0.48} ${q.y1 - 5}M${-o - q.hem * 0.7} ${q.y1 - 7}L${-o + q.hem * 0.48} ${q.y1 - 5}`,
            ),
            trim.base,
            1.4,
            ' stroke-dasharray="3 2"',
          ) + circle(0, q.y0 + 9, 2.5, trim.base)
        : stroke(
            path(`M${q.w + 2} ${q.y0 + 16}L${q.w - 6} ${q.y0 + 46}M${-q.w - 2} ${q.y0 + 16}L${-q.w + 6} ${q.y0 + 46}`),
            cloth.deep,
            1.3,
          ) + (q.belt ? rect(-6, q.y0 + 4, 12, 10, trim.base, 1) : '')),
  };
};

export default { slip, aline, wrap, shift, shirtdress, tiered, skirt, trousers };
