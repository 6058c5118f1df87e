/** My sizes: what the list is narrowed to. They stand in the address, so that nothing is stored for them. */

import { useApp } from '../app';
import { sizesOf } from '../shop/arrange';

export function MySizes() {
  const { shop, messages, route, wishes, narrow } = useApp();
  const { sizes: words } = messages;
  const mine = shop.lists.sizes;
  // What is looked for stays to be seen, also where nothing has it any more.
  const all = [...new Set([...sizesOf(shop.shelves?.front ?? []).filter(isWorn), ...mine])];
  if (all.length === 0) return null;
  const set = (sizes: readonly string[]) => {
    shop.lists.setSizes(sizes);
    const { sizes: _, ...rest } = wishes;
    narrow(route, sizes.length > 0 ? { ...rest, sizes } : rest);
  };
  return (
    <details class="sizes">
      <summary>{mine.length > 0 ? words.only(mine.join(', ')) : words.any}</summary>
      <p class="sub small">{words.note}</p>
      <ul class="ticks" aria-label={words.label}>
        {all.map((size) => {
          const on = mine.includes(size);
          return (
            <li key={size}>
              <button aria-pressed={on} onClick={() => set(on ? mine.filter((one) => one !== size) : [...mine, size])}>
                {size}
              </button>
            </li>
          );
        })}
      </ul>
      {mine.length > 0 && (
        <button class="lnk small" onClick={() => set([])}>
          {words.clear}
        </button>
      )}
    </details>
  );
}

/** A size of somebody, not the measures of a towel. */
function isWorn(size: string): boolean {
  return size.length <= 4;
}
