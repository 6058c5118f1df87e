/** Watches and accessories. Watches show 10:00. */

import { type Draw, standing } from './draw';
import { mirrored, path, round } from '../path';
import { shape, stroke, circle, rect } from '../shapes';

const watch: Draw = (cloth, trim, fill, cut) => {
  const sq = cut.sq;
  let tk = '';
  for (let i = 0; i < 12; i++)
    tk += `M${round(25 * Math.sin(i * 0.5236))} ${round(-25 * Math.cos(i * 0.5236))}L${round(29 * Math.sin(i * 0.5236))} ${round(-29 * Math.cos(i * 0.5236))}`;
  return {
    sil: 'M-20 40L20 40L23 120Q42 130 42 152Q42 176 23 186L19 268L-19 268L-23 186Q-42 176 -42 152Q-42 130 -23 120Z',
    svg:
      shape('M-19 40Q0 35 19 40L23 122L-23 122ZM-23 182L23 182L19 262Q0 272 -19 262Z', fill) +
      shape('M8 38L19 40L23 122L10 122ZM10 182L23 182L19 262L8 266Z', cloth.deep, ' opacity=".3"') +
      stroke('M-15 46L-18 118M15 46L18 118M-18 186L-15 258M18 186L15 258', cloth.light, 1, ' stroke-dasharray="3 3"') +
      circle(0, 222, 2, cloth.deep) +
      circle(0, 234, 2, cloth.deep) +
      circle(0, 246, 2, cloth.deep) +
      rect(39, 147, 8, 10, trim.shade, 2) +
      (sq
        ? rect(-38, 112, 76, 80, trim.base, 12) +
          rect(-38, 112, 76, 80, 'none', 12, ` stroke="${trim.deep}"`) +
          rect(-31, 119, 62, 66, cut.dial || '#f6f4ec', 7)
        : circle(0, 152, 42, trim.base, ` stroke="${trim.deep}"`) + circle(0, 152, 35, cut.dial || '#f6f4ec')) +
      `<g transform="translate(0 152)">` +
      stroke(tk, cut.ink || '#20241f', 2) +
      stroke('M0 0L-12 -7M0 0V-21', cut.ink || '#20241f', 3.2, ' stroke-linecap="round"') +
      circle(0, 0, 2.6, trim.deep) +
      '</g>' +
      (cut.sub
        ? circle(0, 166, 7, 'none', ` stroke="${cut.ink || '#20241f'}" stroke-width="1"`) +
          stroke('M0 166V161', cut.ink || '#20241f', 1)
        : ''),
  };
};

/** The right lens of each frame. */
const LENSES: Record<string, string> = {
  aviator: 'M14 -62C32 -67 54 -67 70 -62C74 -34 62 -8 44 -8C26 -8 14 -34 14 -62Z',
  'cat-eye': 'M14 -48C24 -58 54 -58 80 -72C78 -40 66 -13 42 -13C24 -13 12 -28 14 -48Z',
  oval: 'M13 -38C13 -62 73 -62 73 -38C73 -14 13 -14 13 -38Z',
  round: 'M14 -38C14 -75 70 -75 70 -38C70 -1 14 -1 14 -38Z',
  square: 'M14 -62L72 -62L67 -15L20 -15Z',
};

const sunglasses: Draw = (cloth, trim, _fill, { form = 'square' }) => {
  const lens = LENSES[form]!;
  const lenses = path(lens) + mirrored(lens);
  const wire = form === 'aviator';
  return standing(
    stroke('M-72 -52L-60 -88M72 -52L60 -88', cloth.deep, 4) +
      stroke(`M-15 -46Q0 -56 15 -46${wire ? 'M-16 -62H16' : ''}`, cloth.base, wire ? 4 : 7) +
      shape(lenses, trim.deep, ` stroke="${cloth.base}" stroke-width="${wire ? 4 : 9}" stroke-linejoin="round"`) +
      shape('M-54 -52L-44 -54L-30 -24L-37 -22ZM26 -52L36 -54L54 -26L48 -22Z', trim.light, ' opacity=".4"'),
    lenses,
  );
};

const scarf: Draw = (cloth, _trim, fill) => ({
  sil: 'M-40 62Q0 40 40 62L44 96Q20 112 10 110L20 250L-24 250L-20 236L-34 232Z',
  svg:
    shape('M-34 104L-10 98L6 232L-40 232Z', cloth.shade) +
    stroke('M-38 233v14M-31 233v14M-24 233v14M-17 233v14M-10 233v14M-3 233v14M4 233v14', cloth.shade, 2) +
    shape('M-4 98L26 94L34 214L-8 214Z', fill) +
    shape('M20 94L26 94L34 214L22 214Z', cloth.deep, ' opacity=".2"') +
    stroke('M-6 215v16M2 215v16M10 215v16M18 215v16M26 215v16M32 215v16', cloth.base, 2) +
    shape('M-46 76C-46 48 46 48 46 76C46 104 24 116 0 116C-24 116 -46 104 -46 76Z', fill) +
    shape('M-30 74C-26 62 26 62 30 74C24 88 -24 88 -30 74Z', cloth.deep) +
    stroke('M-44 88C-20 110 20 110 44 86M-38 100C-14 116 18 114 38 98', cloth.deep, 1.4, ' opacity=".6"'),
});

const hat: Draw = (cloth, trim, fill, { form }) => {
  if (form === 'bucket') {
    const brim = 'M-44 -44C-20 -34 20 -34 44 -44L74 -6C40 12 -40 12 -74 -6Z';
    const crown = 'M-36 -86Q0 -96 36 -86L46 -42C24 -32 -24 -32 -46 -42Z';
    return standing(
      shape(brim, fill) +
        stroke('M-52 -34Q0 -20 52 -34M-60 -24Q0 -8 60 -24M-67 -14Q0 3 67 -14', cloth.deep, 1.2, ' opacity=".6"') +
        shape(crown, cloth.light) +
        shape('M18 -90L36 -86L46 -42Q38 -38 28 -37Z', cloth.shade) +
        circle(-28, -62, 2, cloth.deep) +
        circle(-27, -54, 2, cloth.deep),
      brim + crown,
    );
  }
  const w = { 'wide-brim': 100, trilby: 64 }[form ?? ''] ?? 86;
  const brim = `M-${w} -14C-${w} -26 -50 -32 0 -32C50 -32 ${w} -26 ${w} -14C${w} -2 40 4 0 4C-40 4 -${w} -2 -${w} -14Z`;
  const crown =
    'M-46 -24C-48 -62 -40 -84 -22 -86C-12 -87 -6 -80 0 -80C6 -80 12 -87 22 -86C40 -84 48 -62 46 -24C30 -16 -30 -16 -46 -24Z';
  return standing(
    shape(brim, fill) +
      shape(`M-${w} -14C-60 -4 60 -4 ${w} -14C${w} -2 40 4 0 4C-40 4 -${w} -2 -${w} -14Z`, cloth.shade) +
      shape(crown, cloth.light) +
      shape('M22 -86C40 -84 48 -62 46 -24C40 -20 32 -19 26 -18C34 -40 32 -70 22 -86Z', cloth.shade) +
      shape('M-47 -40C-30 -30 30 -30 47 -40L46 -24C30 -15 -30 -15 -46 -24Z', trim.base),
    brim + crown,
  );
};

const belt: Draw = (cloth, trim) => ({
  sil: 'M-62 150C-62 90 62 90 62 150C62 210 -62 210 -62 150Z',
  svg:
    stroke('M-56 150C-56 98 56 98 56 150C56 202 -56 202 -56 150', cloth.shade, 22) +
    stroke('M-40 152C-40 118 40 118 40 152C40 184 -30 186 -38 162', cloth.base, 22) +
    stroke('M-56 160C-50 200 40 206 80 186', cloth.base, 22) +
    stroke('M-54 152C-46 192 40 198 80 177', cloth.light, 1, ' stroke-dasharray="3 3"') +
    rect(62, 168, 26, 34, 'none', 5, ` stroke="${trim.base}" stroke-width="6" transform="rotate(-12 75 185)"`) +
    stroke('M60 188L88 182', trim.deep, 4),
});

/** What the right ear wears, if not a hoop. */
const PENDANTS: Record<string, string> = {
  drop: 'M38 108L54 158C58 184 18 184 22 158Z',
  geometric: 'M38 106L62 140L38 174L14 140Z',
  leaf: 'M38 106C64 130 62 160 38 188C14 160 12 130 38 106Z',
  pearl: 'M38 108C64 108 64 148 38 148C12 148 12 108 38 108Z',
};

const earrings: Draw = (cloth, trim, _fill, { form }) => {
  const pendant = PENDANTS[form!];
  const outline = pendant
    ? path(pendant) + mirrored(pendant)
    : 'M-38 100A26 26 0 1 0 -37 100ZM38 100A26 26 0 1 0 39 100Z';
  const hoop = (x: number) =>
    circle(x, 140, 26, 'none', ` stroke="${trim.base}" stroke-width="8"`) +
    stroke(`M${x - 18} 154A24 24 0 0 0 ${x + 20} 152`, trim.shade, 3) +
    (form ? '' : circle(x, 178, 11, cloth.base) + circle(x - 3, 174, 3, cloth.light));
  return {
    sil: outline,
    svg:
      stroke('M-38 92V112M38 92V112', trim.shade, 2.5) +
      circle(-38, 92, 5, trim.base) +
      circle(38, 92, 5, trim.base) +
      (pendant
        ? shape(outline, form === 'pearl' ? '#f4eee2' : cloth.base, ` stroke="${trim.base}" stroke-width="3"`)
        : hoop(-38) + hoop(38)),
  };
};

export default { watch, sunglasses, scarf, hat, belt, earrings };
