/** Small drawings that are not goods: the curtain band of the page's foot and the lit window of the privacy page. */

import { body } from './compose';

const curtain = (from: number, folds: number, width: number, top: number, foot: number, lightFold: string): string => {
  let out = '';
  for (let i = 0; i < folds; i++) {
    const x = from + i * width;
    out +=
      `<path fill="${i % 2 ? '#0b5b49' : lightFold}" d="M${x} ${top}h${width}l3 ${foot - top}h-${width + 6}z"/>` +
      `<path fill="#063d31" opacity=".5" d="M${x + width - 12} ${top + 4}h10l4 ${foot - top - 4}h-12z"/>` +
      `<circle cx="${x + (width >> 1)}" cy="${top}" r="7" fill="none" stroke="#c9a24f" stroke-width="3"/>`;
  }
  return out;
};

/** A street of windows over a half curtain, seen from inside: 700 by 380. */
export function insideWindow(): string {
  const goods = (
    [
      ['slip', 'petrol', 168, 104, 0.27],
      ['coat', 'brick', 201, 104, 0.27],
      ['blazer', 'navy', 266, 106, 0.3],
      ['dungarees', 'camel', 310, 106, 0.3],
      ['tote', 'camel', 410, 184, 0.36],
      ['lamp', 'oat', 490, 184, 0.34],
      ['vase', 'moss', 530, 184, 0.26],
    ] as const
  )
    .map(([kind, cloth, x, y, z], i) => body({ kind, cloth, trim: 'gold' }, `vow${i}`, x, y, z, '#c9d6cb'))
    .join('');
  return (
    '<svg viewBox="0 0 700 380" preserveAspectRatio="xMidYMid slice" aria-hidden="true">' +
    '<path fill="#bcd8cb" d="M0 0h700v380H0z"/><path fill="#e9f2e6" d="M120 0h460v380H120z"/>' +
    '<path fill="#cfe3dc" d="M140 0h200v196H140zM360 0h200v196H360z"/>' +
    '<path fill="#f4c9a0" d="M140 96h90v100h-90z"/><path fill="#7c2f1d" d="M140 96h90v16h-90z"/>' +
    '<path fill="#e0b45a" d="M230 70h110v126H230z"/><path fill="#20443b" d="M230 70h110v20H230z"/>' +
    '<path fill="#8fb7c4" d="M360 84h96v112h-96z"/><path fill="#1b2230" d="M360 84h96v18h-96z"/>' +
    '<path fill="#d99a83" d="M456 58h104v138H456z"/><path fill="#5b6a3a" d="M456 58h104v20H456z"/>' +
    '<path fill="#fff" opacity=".5" d="M148 116h76v68h-76zM238 96h96v88h-96zM366 108h86v76h-86zM464 84h90v100h-90z"/>' +
    goods +
    '<path fill="#aebfb6" d="M140 184h200v12H140zM360 184h200v12H360z"/>' +
    '<path fill="#fff" opacity=".35" d="M150 0h50l76 196h-50zM380 0h60l76 196h-60z"/>' +
    '<path stroke="#c9a24f" stroke-width="7" d="M104 200h492"/>' +
    curtain(120, 11, 42, 200, 380, '#12705b') +
    '</svg>'
  );
}

/** The same window from the street: the lamp is on, the curtain half drawn, nobody to be seen: 560 by 300. */
export function outsideWindow(): string {
  return (
    '<svg viewBox="0 0 560 300" preserveAspectRatio="xMidYMax meet" aria-hidden="true">' +
    '<path fill="#0b5b49" d="M20 20h520v280H20z"/><path fill="#f6dc9a" d="M36 36h236v264H36zM288 36h236v264H288z"/>' +
    '<path fill="#fbeec7" d="M36 36h236v96H36zM288 36h236v96H288z"/>' +
    body({ kind: 'lamp', cloth: 'apricot', trim: 'brick' }, 'herol', 352, 214, 0.92, '#e2b75f') +
    body({ kind: 'vase', cloth: 'petrol', trim: 'chalk' }, 'herov', 150, 214, 0.8, '#e2b75f') +
    '<path fill="#fff" opacity=".35" d="M60 36h60l64 264h-60zM330 36h40l64 264h-40z"/>' +
    '<path stroke="#c9a24f" stroke-width="7" d="M6 168h548"/>' +
    curtain(14, 13, 41, 168, 300, '#137561') +
    '</svg>'
  );
}

/** A closed shutter over the feet of an empty window, for lists with nothing in them: 332 by 200. */
export function loweredShutter(): string {
  let slats = '';
  for (let y = 40; y < 168; y += 11) slats += `M0 ${y}H332`;
  return (
    '<svg viewBox="0 0 332 200" aria-hidden="true"><path fill="#37414a" d="M0 0h332v200H0z"/>' +
    '<path fill="#e3dccb" d="M8 34h316v154H8z"/><path fill="#cfc6b2" d="M8 176h316v12H8z"/>' +
    '<path fill="#37414a" d="M8 34h316v132H8z"/>' +
    `<path fill="none" stroke="#000" stroke-opacity=".22" stroke-width="2" d="${slats}"/>` +
    '<path fill="#232a30" d="M8 166h316v6H8z"/><path fill="#fff" opacity=".1" d="M40 34h70l50 132h-70z"/></svg>'
  );
}
