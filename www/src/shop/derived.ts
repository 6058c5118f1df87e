/** What was worked out from the history, as a few words each. */

import type { Derived } from 'windowshop';
import { money, type Setting } from '../format';
import type { Shelves } from './rows';

/** The strongest few of each kind, as words for chips. */
export function derivedChips(derived: Derived | undefined, shelves: Shelves | undefined, setting: Setting): string[] {
  if (!derived) return [];
  const strongest = <T extends { weight: number }>(list: readonly T[], count: number) =>
    [...list]
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight)
      .slice(0, count);
  const categoryName = (id: string, name: string) => shelves?.categories.find((c) => c.id === id)?.name ?? name;
  // What was sent away is told beside, and is none of what lists follow.
  const { brands, categories } = derived.dismissed;
  const wanted = <T extends { id: string }>(list: readonly T[], away: readonly string[]) =>
    list.filter(({ id }) => !away.includes(id));
  return [
    ...strongest(wanted(derived.brands, brands), 3).map(({ name }) => name),
    ...strongest(wanted(derived.categories, categories), 2).map(({ id, name }) => categoryName(id, name)),
    // What kind of thing it is, the categories say already.
    ...strongest(
      derived.attributes.filter(({ attribute }) => !attribute.startsWith('kind=')),
      derived.attributes.length,
    )
      .flatMap(({ attribute }) => wordOf(attribute, setting) ?? [])
      .slice(0, 3),
    ...strongest(derived.sizes, 2).map(({ size }) => size),
    ...strongest(derived.prices, 1).map(({ from, to }) =>
      // The last band has no end.
      to > from
        ? setting.messages.kept.prices(money(from, setting), money(to, setting))
        : setting.messages.kept.pricesFrom(money(from, setting)),
    ),
  ];
}

/** An attribute, kept as `name=value`, as a word; nothing for one that these pages have no word for. */
function wordOf(attribute: string, { messages }: Setting): string | undefined {
  const at = attribute.indexOf('=');
  const name = attribute.slice(0, Math.max(0, at));
  return Object.hasOwn(messages.item.attribute, name) ? messages.item.named(name, attribute.slice(at + 1)) : undefined;
}
