/** Tops and coats. All hang from the rail and share the torso of `torso.ts`. */

import type { Cloth } from '../cloths';
import type { Cut, Draw } from './draw';
import { path, mirrored, round } from '../path';
import { shape, stroke, circle, rect } from '../shapes';
import {
  upper,
  armholes,
  neckband,
  hemband,
  buttons,
  collar,
  lapel,
  flap,
  hood,
  shawl,
  standCollar,
  type Detail,
} from './torso';

const tee: Draw = (cloth, trim, fill, cut) =>
  upper(
    {
      T: 62,
      sl: 'short',
      hy: 214,
      hx: 43,
      wx: 41,
      ...cut,
      more: (g, cloth) =>
        armholes(g, cloth) +
        neckband(g, cloth) +
        stroke(
          path(`M${-g.hx + 1} ${g.hy - 6}Q0 ${g.hy + g.hc - 4} ${g.hx - 1} ${g.hy - 6}`),
          cloth.deep,
          1,
          ' opacity=".5"',
        ),
    },
    cloth,
    trim,
    fill,
  );

const knit: Draw = (cloth, trim, fill, cut) =>
  upper(
    {
      T: 58,
      nd: 13,
      s: 49,
      drop: 14,
      ax: 44,
      ay: 116,
      wx: 44,
      wy: 160,
      hx: 44,
      hy: 212,
      sl: 'long',
      cy: 206,
      rib: 1,
      ...cut,
      more: (g, cloth, trim) =>
        armholes(g, cloth) +
        hemband(g, cloth, 13) +
        (g.form === 'half-zip'
          ? standCollar(g, cloth) +
            stroke(`M0 ${g.T - 16}V${g.T + 44}`, trim.base, 2.5) +
            rect(-2, g.T + 38, 4, 10, trim.base)
          : neckband(g, cloth, 8)),
    },
    cloth,
    trim,
    fill,
  );

const turtle: Draw = (cloth, trim, fill, cut) =>
  upper(
    {
      T: 66,
      n: 18,
      nd: 8,
      s: 47,
      ax: 41,
      ay: 118,
      wx: 39,
      wy: 160,
      hx: 42,
      hy: 214,
      sl: 'long',
      cy: 206,
      rib: 1,
      ...cut,
      more: (g, cloth) => armholes(g, cloth) + standCollar(g, cloth) + hemband(g, cloth, 13),
    },
    cloth,
    trim,
    fill,
  );

const cardigan: Draw = (cloth, trim, fill, cut) =>
  upper(
    {
      T: 56,
      nd: 62,
      n: 18,
      cut: 'v',
      s: 48,
      ax: 43,
      ay: 114,
      wx: 42,
      wy: 160,
      hx: 45,
      hy: 210,
      sl: 'long',
      cy: 204,
      rib: 1,
      under: trim.base,
      ...cut,
      more: (g, cloth, trim) =>
        armholes(g, cloth) +
        hemband(g, cloth, 12) +
        (g.form === 'hooded'
          ? hood(g, cloth)
          : g.form === 'shawl-collar'
            ? shawl(g, cloth)
            : stroke(path(`M${-g.n} ${g.T}L0 ${g.T + g.nd}L${g.n} ${g.T}`), cloth.shade, 7)) +
        stroke(`M0 ${g.T + g.nd - 2}V${g.hy + 3}`, cloth.shade, 9) +
        stroke(`M4 ${g.T + g.nd}V${g.hy + 3}`, cloth.deep, 1) +
        buttons(0, g.T + g.nd + 6, g.hy - 6, 5, trim.light, 2.6),
    },
    cloth,
    trim,
    fill,
  );

const shirt: Draw = (cloth, trim, fill, cut) =>
  upper(
    {
      T: 56,
      n: 17,
      nd: 15,
      s: 48,
      ax: 43,
      ay: 112,
      wx: 43,
      wy: 160,
      hx: 45,
      hy: 216,
      hc: 8,
      sl: 'long',
      cy: 206,
      cuff: 1,
      ...cut,
      more: (g, cloth, trim, fill) =>
        armholes(g, cloth) +
        stroke(`M-5 ${g.T + 18}V${g.hy + 7}M5 ${g.T + 18}V${g.hy + 7}`, cloth.deep, 1, ' opacity=".7"') +
        collar(g, cloth, fill === cloth.base ? cloth.light : fill) +
        buttons(0, g.T + 34, g.hy - 10, 6, trim.base) +
        stroke(`M14 ${g.T + 50}h20v18l-10 5l-10-5z`, cloth.deep, 1),
    },
    cloth,
    trim,
    fill,
  );

const polo: Draw = (cloth, trim, fill, cut) =>
  upper(
    {
      T: 60,
      sl: 'short',
      hy: 212,
      hx: 45,
      wx: 43,
      s: 48,
      ax: 42,
      ...cut,
      more: (g, cloth, trim) =>
        armholes(g, cloth) +
        shape(`M-5 ${g.T + 12}h10v36h-10z`, cloth.shade) +
        collar(g, cloth, trim.base, 24) +
        buttons(0, g.T + 28, g.T + 42, 2, trim.light) +
        (g.sl === 'short'
          ? stroke(
              path(`M${g.s + 25} ${g.sy + 44}L${g.ax + 8} ${g.ay + 4}`) +
                mirrored(`M${g.s + 25} ${g.sy + 44}L${g.ax + 8} ${g.ay + 4}`),
              trim.base,
              3,
            )
          : ''),
    },
    cloth,
    trim,
    fill,
  );

const blouse: Draw = (cloth, trim, fill, cut) =>
  upper(
    {
      T: 58,
      n: 15,
      nd: 12,
      s: 44,
      ax: 39,
      ay: 108,
      wx: 39,
      wy: 156,
      hx: 44,
      hy: 204,
      sl: 'balloon',
      cy: 202,
      ...cut,
      more: (g, cloth) =>
        armholes(g, cloth) +
        neckband(g, cloth, 6, cloth.light) +
        shape(
          path(
            `M0 ${g.T + 14}C-22 ${g.T + 2} -30 ${g.T + 20} -22 ${g.T + 26}C-16 ${g.T + 30} -6 ${g.T + 20} 0 ${g.T + 14}Z`,
          ) +
            mirrored(
              `M0 ${g.T + 14}C-22 ${g.T + 2} -30 ${g.T + 20} -22 ${g.T + 26}C-16 ${g.T + 30} -6 ${g.T + 20} 0 ${g.T + 14}Z`,
            ),
          cloth.light,
        ) +
        shape(
          `M-2 ${g.T + 16}Q-12 ${g.T + 46} -9 ${g.T + 70}L-1 ${g.T + 66}L1 ${g.T + 18}ZM2 ${g.T + 16}Q10 ${g.T + 40} 11 ${g.T + 60}L4 ${g.T + 60}Z`,
          cloth.shade,
        ) +
        circle(0, g.T + 15, 4.5, cloth.base),
    },
    cloth,
    trim,
    fill,
  );

const blazer: Draw = (cloth, trim, fill, cut) =>
  upper(
    {
      T: 52,
      n: 18,
      nd: 84,
      cut: 'lapel',
      s: 53,
      drop: 11,
      ax: 45,
      ay: 110,
      wx: 39,
      wy: 152,
      hx: 47,
      hy: 216,
      hc: 7,
      sl: 'long',
      cy: 206,
      under: trim.base,
      ...cut,
      more: (g, cloth, _trim, fill) =>
        armholes(g, cloth) +
        stroke(
          `M0 ${g.T + g.nd}Q${g.db ? `14 ${g.T + g.nd + 12} 13` : `2 ${g.hy - 20} -8`} ${g.hy + 6}`,
          cloth.deep,
          1.2,
        ) +
        lapel(g, cloth, fill === cloth.base ? cloth.light : fill, 1.1) +
        flap(-37, 172, 22, cloth) +
        flap(15, 172, 22, cloth) +
        buttons(g.db ? 8 : 3, g.T + g.nd + 6, g.T + g.nd + 30, 2, g.db ? cloth.light : cloth.deep, 2.8) +
        (g.db ? buttons(-14, g.T + g.nd + 6, g.T + g.nd + 30, 2, cloth.light, 2.8) : ''),
    },
    cloth,
    trim,
    fill,
  );

const coat = (cloth: Cloth, trim: Cloth, fill: string, cut: Cut & { more?: Detail }) =>
  upper(
    {
      T: 34,
      n: 17,
      nd: 70,
      cut: 'lapel',
      s: 51,
      drop: 11,
      ax: 43,
      ay: 92,
      wx: 41,
      wy: 136,
      hx: 54,
      hy: 258,
      hc: 5,
      sl: 'long',
      cy: 186,
      under: trim.base,
      more: (g, cloth) =>
        armholes(g, cloth) +
        stroke(`M7 ${g.T + g.nd}V${g.hy + 4}`, cloth.deep, 1.2) +
        lapel(g, cloth, cloth.light, 1.25) +
        flap(-39, 168, 20, cloth) +
        flap(19, 168, 20, cloth) +
        (g.db
          ? buttons(-10, 114, 164, 3, cloth.deep, 3) + buttons(14, 114, 164, 3, cloth.deep, 3)
          : buttons(1, 112, 190, 3, cloth.deep, 3)),
      ...cut,
    },
    cloth,
    trim,
    fill,
  );

const trench: Draw = (cloth, trim, fill, cut) =>
  coat(cloth, trim, fill, {
    wx: 36,
    hx: 58,
    flare: 1,
    under: trim.base,
    ...cut,
    more: (g, cloth) =>
      armholes(g, cloth) +
      lapel(g, cloth, cloth.light, 1.35) +
      stroke(`M8 ${g.T + g.nd}V${g.hy + 4}`, cloth.deep, 1.2) +
      buttons(-11, 112, 124, 1, cloth.deep, 3) +
      buttons(16, 112, 124, 1, cloth.deep, 3) +
      buttons(-13, 176, 206, 2, cloth.deep, 3) +
      buttons(17, 176, 206, 2, cloth.deep, 3) +
      shape(path(`M-38 139Q0 146 38 139L39 152Q0 159 -39 152Z`), cloth.shade) +
      rect(-9, 141, 17, 15, cloth.deep, 2) +
      rect(-5.5, 145, 10, 7, cloth.shade) +
      shape('M8 152L22 196L32 192L18 151Z', cloth.shade) +
      shape(
        `M${-g.s + 4} ${g.sy - 5}L-22 ${g.sy - 9}L-23 ${g.sy - 3}L${-g.s + 5} ${g.sy + 2}ZM${g.s - 4} ${g.sy - 5}L22 ${g.sy - 9}L23 ${g.sy - 3}L${g.s - 5} ${g.sy + 2}Z`,
        cloth.shade,
      ),
  });

const puffer: Draw = (cloth, trim, fill, cut) =>
  upper(
    {
      T: 56,
      n: 19,
      nd: 12,
      s: 54,
      drop: 13,
      ax: 48,
      ay: 114,
      wx: 49,
      wy: 160,
      hx: 48,
      hy: 212,
      hc: 5,
      sl: 'wide',
      cy: 204,
      ...cut,
      more: (g, cloth, trim) => {
        let s = '';
        let l = '',
          h = '';
        for (let y = 92; y < g.hy - 8; y += 21) {
          l += `M-48 ${y}Q0 ${y + 8} 48 ${y}`;
          h += `M-42 ${y + 6}Q-24 ${y + 11} -8 ${y + 11}`;
          if (y < 190) {
            const e = round(g.s + (y - 68) * 0.26);
            l += `M${e} ${y + 6}l-20 6M${-e} ${y + 6}l20 6`;
          }
        }
        s = stroke(l, cloth.deep, 1.6) + stroke(h, cloth.light, 3);
        return (
          s +
          (g.form === 'hooded' ? hood : standCollar)(g, cloth) +
          stroke(`M0 ${g.form === 'hooded' ? 68 : 42}V${g.hy + 4}`, trim.base, 2.5) +
          rect(-2, 82, 4, 9, trim.base)
        );
      },
    },
    cloth,
    trim,
    fill,
  );

const denimjkt: Draw = (cloth, trim, fill, cut) =>
  upper(
    {
      T: 58,
      n: 17,
      nd: 15,
      s: 50,
      ax: 44,
      ay: 114,
      wx: 43,
      wy: 160,
      hx: 42,
      hy: 200,
      sl: 'long',
      cy: 204,
      cuff: 1,
      ...cut,
      more: (g, cloth, trim, fill) =>
        armholes(g, cloth) +
        stroke(`M-44 112H-6M6 112H44`, cloth.deep, 1.4) +
        stroke(`M-20 114l6 76M20 114l-6 76M-33 114l3 76M33 114l-3 76`, trim.base, 1, ' stroke-dasharray="3 2"') +
        rect(-6, g.T + 16, 12, g.hy - g.T - 14, cloth.shade) +
        shape('M-34 112h20v7l-10 3l-10-3zM14 112h20v7l-10 3l-10-3z', cloth.light) +
        stroke(`M-42 193H42`, cloth.deep, 1.4) +
        collar(g, cloth, fill, 32) +
        buttons(0, g.T + 28, g.hy - 4, 6, trim.base, 2.4),
    },
    cloth,
    trim,
    fill,
  );

export default { tee, knit, turtle, cardigan, shirt, polo, blouse, blazer, coat, trench, puffer, denimjkt };
