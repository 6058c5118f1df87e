/**
 * Three taste picks, for who has just allowed memory and has no history: a picture chosen counts as a favourite, and is
 * taken back by choosing it again. Asked once, never in the way, gone as soon as there is something to go by.
 */

import { useRef, useState } from 'preact/hooks';
import { useApp } from '../app';
import type { Item } from '../shop/rows';
import { ItemPicture } from './art';

/** Pictures to choose from, each of another kind; and how many choices there are. */
const PICTURES = 6;
const CHOICES = 3;

export function TasteSection() {
  const { shop, messages } = useApp();
  const [done, setDone] = useState(false);
  const offered = useRef<readonly Item[] | undefined>(undefined);
  const canRemember = shop.status === 'ready' && shop.consent !== 'off';
  const looked = shop.history().some(({ name }) => name !== 'favourite_on' && name !== 'favourite_off');
  if (!canRemember || looked || done) return null;
  offered.current ??= oneOfEachKind(shop.shelves?.front ?? []);
  const chosen = offered.current.filter(({ id }) => shop.isFavourite(id));
  if (offered.current.length < CHOICES) return null;
  return (
    <section class="sec taste" aria-labelledby="h-taste">
      <div class="hd">
        <div>
          <h2 id="h-taste">{messages.taste.title}</h2>
          <p class="sub" role="status">
            {messages.taste.sub(chosen.length, CHOICES)}
          </p>
        </div>
        <button class="btn" onClick={() => setDone(true)}>
          {chosen.length > 0 ? messages.taste.done : messages.taste.skip}
        </button>
      </div>
      <div class="tastes">
        {offered.current.map((item) => {
          const on = shop.isFavourite(item.id);
          return (
            <button
              key={item.id}
              class="choice"
              aria-pressed={on}
              disabled={!on && chosen.length >= CHOICES}
              aria-label={messages.both(item.brandName, item.name)}
              onClick={() => {
                shop.setFavourite(item.id, !on);
                shop.lists.refresh();
              }}
            >
              <ItemPicture row={item} place="t" />
              <span>{item.categoryName}</span>
            </button>
          );
        })}
      </div>
    </section>
  );
}

/** The first items of a list that are of different kinds and brands. */
function oneOfEachKind(items: readonly Item[]): Item[] {
  const found: Item[] = [];
  for (const item of items) {
    if (found.length === PICTURES) break;
    if (item.sensitive || found.some((f) => f.category === item.category || f.brand === item.brand)) continue;
    found.push(item);
  }
  return found;
}
