/** Drawings as parts of a page. Their text comes from our own generators, never from a shop. */

import { useMemo } from 'preact/hooks';
import { useApp } from '../app';
import { familyOf } from '../shop/rows';
import { type Format, lookOf, picture, type PictureRow, scene, type SceneRow, signOf } from '../pictures/picture';

/** The picture of an item. `place` is one lower-case letter and tells apart the places that may show the same item. */
export function ItemPicture({ row, place, class: name = 'ph' }: { row: PictureRow; place: string; class?: string }) {
  return <span class={name} aria-hidden="true" dangerouslySetInnerHTML={{ __html: picture(row, place).svg }} />;
}

/** A brand's fascia. */
export function Fascia({ brand, name, tier }: { brand: string; name: string; tier: SceneRow['tier'] }) {
  const sign = signOf(brand, name, tier);
  return (
    <span class="sign" aria-hidden="true" style={{ '--f': sign.fascia, '--fc': sign.letters }}>
      <span
        style={{
          '--size': `${sign.size}px`,
          '--run': String(sign.run),
          fontFamily: `var(--${sign.family})`,
          fontWeight: sign.weight,
          fontStretch: `${sign.width}%`,
          letterSpacing: `${sign.tracking / 1000}em`,
        }}
      >
        {sign.text}
      </span>
    </span>
  );
}

/** The pane of a sale's window; `children` may hang a shutter before it. */
export function Pane({
  row,
  format,
  children,
}: {
  row: SceneRow;
  format: Format;
  children?: preact.ComponentChildren;
}) {
  const { shop } = useApp();
  // The sale's own goods stand in its window; the drawing is made once for each sale and format.
  const svg = useMemo(
    () =>
      scene(
        { ...row, category: familyOf(row.category, shop.shelves) },
        format,
        shop.shelves?.windowOf(row.id).map(lookOf),
      ),
    [row.id, format],
  );
  return (
    <span class="glass" style={{ '--f': signOf(row.brand, '', row.tier).fascia }}>
      <span class="art" aria-hidden="true" dangerouslySetInnerHTML={{ __html: svg }} />
      {children}
    </span>
  );
}

/** Any other drawing of ours. */
export function Art({ svg }: { svg: string }) {
  return <div class="art" aria-hidden="true" dangerouslySetInnerHTML={{ __html: svg }} />;
}

/** Time left, drawn as a shutter that comes down: `part` is the share of the sale gone by. */
export function ShutterGlyph({ part }: { part: number }) {
  const down = Math.max(1, Math.min(11, 11 * part)).toFixed(1);
  return (
    <svg viewBox="0 0 15 15" aria-hidden="true">
      <path d="M.75.75h13.5v13.5H.75z" fill="none" stroke="currentColor" stroke-width="1.5" />
      <path fill="currentColor" d={`M2 2h11v${down}H2z`} />
    </svg>
  );
}
