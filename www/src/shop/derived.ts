/** What was worked out from the history, as a few words each. */

import type { Derived } from 'windowshop';
import { money, type Setting } from '../format';
import type { Shelves } from './rows';

/** The share of all looks that the price bands which are told have between them. */
const MOST = 0.75;

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
    ...priceRanges(derived.prices).map(({ from, to }) =>
      // The last band has no end.
      to > from
        ? setting.messages.kept.prices(money(from, setting), money(to, setting))
        : setting.messages.kept.pricesFrom(money(from, setting)),
    ),
  ];
}

/** The strongest price bands that have most of the looks, joined where they touch, the lowest first. */
function priceRanges(prices: Derived['prices']): { from: number; to: number }[] {
  const bands = prices.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  const whole = bands.reduce((sum, { weight }) => sum + weight, 0);
  let told = 0;
  const strong = bands.filter(({ weight }) => {
    const takes = told < MOST * whole;
    told += weight;
    return takes;
  });
  const ranges: { from: number; to: number }[] = [];
  for (const { from, to } of strong.sort((a, b) => a.from - b.from)) {
    const last = ranges.at(-1);
    if (last?.to === from) last.to = to;
    else ranges.push({ from, to });
  }
  return ranges;
}

/** An attribute, kept as `name=value`, as a word; nothing for one that these pages have no word for. */
function wordOf(attribute: string, { messages }: Setting): string | undefined {
  const at = attribute.indexOf('=');
  const name = attribute.slice(0, Math.max(0, at));
  return Object.hasOwn(messages.item.attribute, name) ? messages.item.named(name, attribute.slice(at + 1)) : undefined;
}
