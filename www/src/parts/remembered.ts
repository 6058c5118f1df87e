/** What is remembered, as a picture and as a sentence: events keep a copy of an item's attributes, because items live five days. */

import type { Reason, RememberedEvent, RememberedItem } from 'windowshop';
import type { PictureRow } from '../pictures/picture';
import type { Shelves } from '../shop/rows';
import type { Messages } from '../text/text';

/** The row that a remembered item's picture is drawn from. Attributes are kept as `key=value` or `key:value`. */
export function rowOfRemembered(item: RememberedItem): PictureRow {
  const attributes: Record<string, string> = {};
  for (const pair of item.attributes ?? []) {
    const at = pair.search(/[=:]/);
    if (at > 0) attributes[pair.slice(0, at)] = pair.slice(at + 1);
  }
  return { id: item.id, category: item.category ?? '', attributes };
}

/** The name of what an event is about, as the shop has it today; its id where it has no name any more. */
export function rememberedName(event: RememberedEvent, shelves: Shelves | undefined): string {
  const item = event.items[0];
  if (item) return shelves?.item(item.id)?.name ?? item.name ?? item.id;
  if (event.brand !== undefined)
    return shelves?.sales.find(({ brand }) => brand === event.brand)?.brandName ?? event.brand;
  if (event.category !== undefined)
    return shelves?.categories.find(({ id }) => id === event.category)?.name ?? event.category;
  return event.term ?? event.promotion ?? '';
}

/** An event as a sentence without its stop. */
export function rememberedSentence(event: RememberedEvent, messages: Messages, shelves: Shelves | undefined): string {
  const name = rememberedName(event, shelves);
  return messages.remembered[event.name]?.(name) ?? messages.pair(event.name, name);
}

/** What is remembered and says one thing: the newest of it, and all of it. */
export interface Line {
  said: string;
  event: RememberedEvent;
  ids: string[];
}

/** What the events behind the reasons say, the newest first and at most three; what is said twice is one line. */
export function linesOf(
  reasons: readonly Reason[],
  history: readonly RememberedEvent[],
  say: (event: RememberedEvent) => string,
): Line[] {
  const ids = new Set(reasons.flatMap((reason) => reason.events));
  const lines = new Map<string, Line>();
  for (const event of history) {
    if (!ids.has(event.id)) continue;
    const said = say(event);
    // Two things may have one name.
    const key = `${event.items[0]?.id ?? ''} ${said}`;
    const line = lines.get(key);
    if (line) line.ids.push(event.id);
    else lines.set(key, { said, event, ids: [event.id] });
  }
  return [...lines.values()].slice(0, 3);
}
