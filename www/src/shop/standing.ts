/** What still holds of what was said and taken back: the latest word on each thing counts. */

import type { RememberedEvent } from 'windowshop';

/** The things that an event is about, each by itself. */
const thingsOf = ({ items, brand, category, promotion }: RememberedEvent): string[] => [
  ...items.map(({ id }) => `item ${id}`),
  ...(brand === undefined ? [] : [`brand ${brand}`]),
  ...(category === undefined ? [] : [`category ${category}`]),
  ...(promotion === undefined ? [] : [`promotion ${promotion}`]),
];

/**
 * The events that said something which no later one took back, newest first and each thing once; and every event that had to
 * do with it, which is what forgetting forgets.
 *
 * @param newestFirst what is remembered
 * @param said events that say it
 * @param unsaid events that take it back
 */
export function standing(
  newestFirst: readonly RememberedEvent[],
  said: readonly string[],
  unsaid: readonly string[],
): { holds: RememberedEvent[]; events: RememberedEvent[] } {
  const events = newestFirst.filter(({ name }) => said.includes(name) || unsaid.includes(name));
  const known = new Set<string>();
  const holds = events.flatMap((event) => {
    const news = thingsOf(event).filter((thing) => !known.has(thing));
    for (const thing of news) known.add(thing);
    // Of an event about several items, those that a later one spoke of are no news.
    return news.length === 0 || unsaid.includes(event.name)
      ? []
      : [{ ...event, items: event.items.filter(({ id }) => news.includes(`item ${id}`)) }];
  });
  return { holds, events };
}

/** Whether each switch is on as long as the shopper said nothing. */
const AT_FIRST = { sensitive: false, coupons: true };

/** Whether sensitive goods may count, or coupons be put forward, by what is remembered newest first. */
export function isOn(what: keyof typeof AT_FIRST, newestFirst: readonly RememberedEvent[]): boolean {
  const last = newestFirst.find(({ name }) => name === `${what}_on` || name === `${what}_off`);
  return last ? last.name === `${what}_on` : AT_FIRST[what];
}
