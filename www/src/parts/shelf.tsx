/** A shelf of cards with a heading, from a list that was picked; nothing where the list is empty. */

import type { Pick } from '../shop/live';
import { Card } from './card';

/** As many as fill a row of a wide page, or rows of three or two; how many are seen, the style says. */
export const SHELF = 6;

export function Shelf({
  id,
  title,
  sub,
  picks,
  place,
  subject,
}: {
  id: string;
  title: string;
  sub?: string;
  picks: readonly Pick[];
  place: string;
  /** The list is about what is open on the page, not about the shopper. */
  subject?: boolean;
}) {
  if (picks.length === 0) return null;
  return (
    <section class="sec shelf" aria-labelledby={id}>
      <div class="hd">
        <div>
          <h2 id={id}>{title}</h2>
          {sub && <p class="sub">{sub}</p>}
        </div>
      </div>
      <div class="feed">
        {picks.map(({ item, reasons }) => (
          <Card
            key={item.id}
            item={item}
            place={place}
            subject={subject}
            reasons={reasons.length > 0 ? reasons : undefined}
          />
        ))}
      </div>
    </section>
  );
}
