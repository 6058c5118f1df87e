/**
 * My sizes, by the kind of thing that comes in them: what the list is narrowed to. They stand in the address, so that nothing
 * is stored for them.
 */

import { useApp } from '../app';
import { isLetter } from '../shop/arrange';
import { menu } from './header';
import { type SizeGroup, sizeGroups } from '../shop/sizes';

export function MySizes() {
  const { shop, messages, route, wishes, narrow } = useApp();
  const { sizes: words } = messages;
  const mine = shop.lists.sizes;
  // What is looked for stays to be seen, also where nothing has it any more.
  const categories = shop.shelves?.categories ?? [];
  const groups = sizeGroups(shop.shelves?.front ?? [], menu(categories).concat(categories), mine);
  const labels = useLabels(groups);
  if (groups.length === 0) return null;
  const set = (sizes: readonly string[]) => {
    shop.lists.setSizes(sizes);
    const { sizes: _, ...rest } = wishes;
    narrow(route, sizes.length > 0 ? { ...rest, sizes } : rest);
  };
  return (
    <details class="sizes">
      <summary>{mine.length > 0 ? words.only(mine.join(', ')) : words.any}</summary>
      <p class="sub small">{words.note}</p>
      <dl class="size-groups">
        {groups.map(({ sizes }, i) => (
          <div key={labels[i]}>
            <dt class="small" id={`h-sizes${i}`}>
              {labels[i]}
            </dt>
            <dd>
              <ul class="ticks" aria-labelledby={`h-sizes${i}`}>
                {sizes.map((size) => {
                  const on = mine.includes(size);
                  return (
                    <li key={size}>
                      <button
                        aria-pressed={on}
                        onClick={() => set(on ? mine.filter((one) => one !== size) : [...mine, size])}
                      >
                        {size}
                      </button>
                    </li>
                  );
                })}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
      {mine.length > 0 && (
        <button class="lnk small" onClick={() => set([])}>
          {words.clear}
        </button>
      )}
    </details>
  );
}

/** So many categories are named; more of them go by what they are below. */
const NAMED = 2;

/** What each group is of; with what is above it where another one is of things that are called the same. */
function useLabels(groups: readonly SizeGroup[]): string[] {
  const { shop, messages } = useApp();
  const name = (id: string | undefined) => shop.shelves?.categories.find((category) => category.id === id)?.name ?? '';
  const names = groups.map(({ categories }) => categories.map(name));
  return groups.map(({ categories, parent, sizes }, i) => {
    if (categories.length === 0) return sizes.some(isLetter) ? messages.sizes.letters : messages.sizes.others;
    if (categories.length > NAMED && parent !== undefined) return name(parent);
    const label = names[i]!.reduce(messages.both);
    const twice = names.some((others, j) => j !== i && others.some((other) => names[i]!.includes(other)));
    return twice ? messages.pair(name(parent), label) : label;
  });
}
