/** Beauty and fragrance: bottles, jars and tubes that stand on the floor. */

import { type Draw, standing } from './draw';
import { shape, stroke, circle, rect } from '../shapes';

const dropper: Draw = (cloth, trim, fill) =>
  standing(
    rect(-9, -176, 18, 26, trim.deep, 8) +
      rect(-13, -152, 26, 22, trim.base, 2) +
      stroke('M-8 -152v22M-3 -152v22M3 -152v22M8 -152v22', trim.deep, 1) +
      shape(
        'M-13 -130H13V-120C30 -116 38 -106 38 -92V-8Q38 0 30 0H-30Q-38 0 -38 -8V-92C-38 -106 -30 -116 -13 -120Z',
        fill,
      ) +
      shape('M20 -118C32 -114 38 -106 38 -92V-8Q38 0 30 0H18C26 -30 26 -90 20 -118Z', cloth.deep, ' opacity=".35"') +
      shape('M-30 -96Q-30 -106 -24 -110V-10H-30Z', '#fff', ' opacity=".35"') +
      rect(-24, -80, 48, 54, '#fbfaf5') +
      stroke('M-16 -66H16M-16 -58H6', cloth.deep, 2.5) +
      stroke('M-16 -40H16', cloth.shade, 1.5),
    'M-9 -176H9V-150H13V-120C30 -116 38 -106 38 -92V-8Q38 0 30 0H-30Q-38 0 -38 -8V-92C-38 -106 -30 -116 -13 -120V-150H-9Z',
  );

const tube: Draw = (cloth, trim, fill) =>
  standing(
    shape('M-40 -164H40L30 -30H-30Z', fill) +
      shape('M-40 -164H40V-154H-40Z', cloth.shade) +
      stroke('M-38 -160H38', cloth.deep, 1) +
      shape('M18 -164H40L30 -30H16Z', cloth.deep, ' opacity=".25"') +
      shape('M-32 -150L-24 -34H-29L-38 -150Z', '#fff', ' opacity=".4"') +
      rect(-28, -32, 56, 32, trim.base, 3) +
      stroke('M-18 -28V-4M-9 -28V-4M0 -28V-4M9 -28V-4M18 -28V-4', trim.deep, 1) +
      stroke('M-16 -112H16M-12 -102H12', cloth.deep, 2.5) +
      circle(0, -72, 9, cloth.light),
    'M-40 -164H40L30 -32L28 0H-28L-30 -32Z',
  );

const jar: Draw = (cloth, trim, fill) =>
  standing(
    shape('M-56 -58H56L58 -10Q58 0 48 0H-48Q-58 0 -58 -10Z', fill) +
      shape('M30 -58H56L58 -10Q58 0 48 0H34Z', cloth.deep, ' opacity=".3"') +
      rect(-60, -94, 120, 38, trim.base, 5) +
      rect(-60, -94, 120, 10, trim.light, 5) +
      shape('M30 -94H55Q60 -94 60 -89V-61Q60 -56 55 -56H34Z', trim.deep, ' opacity=".3"') +
      stroke('M-22 -34H22M-14 -24H14', cloth.deep, 2.5) +
      rect(-50, -52, 6, 44, '#fff', 3, ' opacity=".35"'),
    'M-60 -90Q-60 -94 -56 -94H56Q60 -94 60 -90V-56H57L58 -10Q58 0 48 0H-48Q-58 0 -58 -10L-57 -56H-60Z',
  );

const lipstick: Draw = (cloth, trim, fill) =>
  standing(
    rect(-22, -74, 44, 74, trim.base, 2) +
      rect(8, -74, 14, 74, trim.deep, 0, ' opacity=".35"') +
      rect(-17, -104, 34, 32, '#c9a24f') +
      rect(-17, -104, 8, 32, '#ecd293') +
      rect(-17, -104, 34, 32, trim.deep, 0, ' opacity=".08"') +
      shape('M-14 -104V-138C-14 -150 6 -164 14 -160V-104Z', fill) +
      shape('M4 -104V-154C8 -160 12 -161 14 -160V-104Z', cloth.deep, ' opacity=".35"') +
      stroke('M-14 -138C-4 -134 8 -144 14 -158', cloth.light, 1.5) +
      rect(40, -92, 42, 92, trim.base, 3) +
      rect(66, -92, 16, 92, trim.deep, 0, ' opacity=".35"') +
      rect(40, -16, 42, 6, '#c9a24f'),
    'M-22 0V-74H-17V-104H-14V-138C-14 -150 6 -164 14 -160V-104H17V-74H22V0ZM40 -92H82V0H40Z',
  );

const palette: Draw = (cloth, trim) => ({
  sil: 'M-64 78H64V222H-64Z',
  svg:
    rect(-66, 74, 132, 72, trim.base, 6) +
    rect(-57, 82, 114, 58, trim.light, 2) +
    shape('M-57 140L-10 82H14L-36 140Z', '#fff', ' opacity=".35"') +
    rect(-66, 150, 132, 74, trim.base, 6) +
    rect(-66, 144, 132, 8, trim.deep) +
    [cloth.light, cloth.base, cloth.shade, cloth.deep, '#d8b98a', '#8f5a44', '#5b3a34', '#efe0cf']
      .map((c, i) => rect(-56 + (i % 4) * 29, 160 + (i >> 2) * 29, 25, 25, c, i % 2 ? 12 : 3))
      .join(''),
});

const pumpb: Draw = (cloth, trim, fill) =>
  standing(
    shape('M-4 -174H26Q34 -174 34 -164L24 -164V-162H8V-150H-8V-170Q-8 -174 -4 -174Z', trim.base) +
      rect(-14, -152, 28, 20, trim.deep, 2) +
      shape('M-36 -118Q-36 -132 -22 -132H22Q36 -132 36 -118V-6Q36 0 30 0H-30Q-36 0 -36 -6Z', fill) +
      shape('M14 -132H22Q36 -132 36 -118V-6Q36 0 30 0H16Z', cloth.deep, ' opacity=".28"') +
      rect(-30, -116, 6, 106, '#fff', 3, ' opacity=".4"') +
      stroke('M-12 -84H14M-12 -74H6', cloth.deep, 2.5) +
      rect(-12, -54, 26, 26, cloth.light),
    'M-8 -174H30V-162H14V-132H22Q36 -132 36 -118V-6Q36 0 30 0H-30Q-36 0 -36 -6V-118Q-36 -132 -22 -132H-14V-150H-8Z',
  );

const flacon: Draw = (cloth, trim, fill) =>
  standing(
    rect(-17, -156, 34, 38, trim.base, 2) +
      rect(5, -156, 12, 38, trim.deep, 0, ' opacity=".35"') +
      rect(-11, -120, 22, 10, '#d7b56b') +
      shape('M-48 -110H48Q54 -110 54 -104V-6Q54 0 48 0H-48Q-54 0 -54 -6V-104Q-54 -110 -48 -110Z', cloth.light) +
      shape('M-46 -84H46V-12Q46 -8 42 -8H-42Q-46 -8 -46 -12Z', fill) +
      shape('M20 -84H46V-12Q46 -8 42 -8H24Z', cloth.deep, ' opacity=".28"') +
      shape('M-46 -102H-38V-12L-46 -18Z', '#fff', ' opacity=".6"') +
      stroke('M0 -110V-16', cloth.deep, 1, ' opacity=".5"') +
      rect(-22, -66, 44, 34, '#fbfaf5') +
      stroke('M-14 -53H14M-8 -44H8', cloth.deep, 2),
    'M-17 -156H17V-110H48Q54 -110 54 -104V-6Q54 0 48 0H-48Q-54 0 -54 -6V-104Q-54 -110 -48 -110H-17Z',
  );

const orb: Draw = (cloth, trim, fill) =>
  standing(
    shape('M-14 -164H14L20 -126H-20Z', trim.base) +
      shape('M4 -164H14L20 -126H6Z', trim.deep, ' opacity=".4"') +
      rect(-12, -128, 24, 12, '#d7b56b') +
      circle(0, -60, 60, cloth.light) +
      shape('M-54 -72C-30 -64 30 -80 55 -74C66 -34 36 -6 0 -6C-36 -6 -62 -36 -54 -72Z', fill) +
      shape('M20 -76L55 -74C66 -34 36 -6 8 -6C34 -20 36 -50 20 -76Z', cloth.deep, ' opacity=".28"') +
      shape('M-44 -88C-36 -102 -24 -108 -14 -111L-18 -104C-28 -100 -36 -92 -40 -84Z', '#fff', ' opacity=".7"') +
      stroke('M-14 -44H14M-8 -36H8', cloth.deep, 2),
    'M-14 -164H14L20 -126L12 -118C40 -112 60 -90 60 -60C60 -26 34 0 0 0C-34 0 -60 -26 -60 -60C-60 -90 -40 -112 -12 -118L-20 -126Z',
  );

export default { dropper, tube, jar, lipstick, palette, pumpb, flacon, orb };
