/** Pages that are lists of windows: all of today's, what is coming, a category, and search. */

import { useEffect, useMemo } from 'preact/hooks';
import { useApp, useHref, useSetting } from '../app';
import { longDate, shopDay, wallTime, whenInWords } from '../format';
import { Card } from '../parts/card';
import { CardBones, Empty } from '../parts/controls';
import { Street } from '../parts/window';
import { type Item, type SaleRow, stateOf } from '../shop/rows';
import { openedBetween, openingNext, stillOpen } from '../shop/street';

/** Items of the list for five minutes. */
const TWELVE = 12;

export function TodayPage() {
  const { shop, now, messages } = useApp();
  const setting = useSetting();
  const sales = shop.shelves?.sales ?? [];
  const day = shopDay(now, setting.zone);
  const today = openedBetween(sales, day);
  const before = stillOpen(sales, day.opened, now);
  const early = wallTime(now, setting.zone).hour < 10;
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{early ? messages.today.allTitleYesterday : messages.today.allTitle}</h1>
        <p class="sub">{longDate(day.opened, setting)}</p>
      </div>
      <h2 class="vh">{messages.windows.list}</h2>
      {shop.shelves ? <Street sales={today} grand /> : <CardBones count={8} />}
      {today.length > 0 && <p class="sub">{messages.today.every(today.length)}</p>}
      {before.length > 0 && (
        <section class="sec" aria-labelledby="h-still">
          <div class="hd">
            <div>
              <h2 id="h-still">{messages.today.stillOpen}</h2>
              <p class="sub">{messages.today.stillOpenSub(before.length)}</p>
            </div>
          </div>
          <Street sales={before} />
        </section>
      )}
    </>
  );
}

/** Today in five minutes: twelve of what opened this morning, and an end. */
export function FivePage() {
  const { shop, now, messages } = useApp();
  const setting = useSetting();
  const { shelves } = shop;
  const day = shopDay(now, setting.zone);
  const picked = shop.list({ surface: 'new_today', brief: true, limit: TWELVE });
  // Without the engine: the first of each window that opened.
  const opened = openedBetween(shelves?.sales ?? [], day);
  const plain = opened.flatMap((sale) => shelves?.windowOf(sale.id).find((item) => item.stock > 0) ?? []);
  const list = picked.length > 0 ? picked : plain.slice(0, TWELVE).map((item) => ({ item, reasons: [] }));
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{messages.five.title}</h1>
        <p class="sub">{messages.five.sub(list.length)}</p>
      </div>
      <h2 class="vh">{messages.sale.list}</h2>
      {shelves ? (
        <div class="feed">
          {list.map(({ item, reasons }) => (
            <Card key={item.id} item={item} place="v" reasons={reasons.length > 0 ? reasons : undefined} />
          ))}
        </div>
      ) : (
        <CardBones count={8} />
      )}
      {list.length > 0 && (
        <div class="all">
          <p class="sub">{messages.five.end}</p>
        </div>
      )}
      {shelves && list.length === 0 && <Empty text={messages.soon.none} />}
    </>
  );
}

export function ComingPage() {
  const { shop, now, messages } = useApp();
  const setting = useSetting();
  const coming = openingNext(shop.shelves?.sales ?? [], now);
  const days = [...new Set(coming.map((sale) => sale.opens))];
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{messages.soon.pageTitle}</h1>
        <p class="sub">{messages.soon.pageSub}</p>
      </div>
      {!shop.shelves && <CardBones count={8} />}
      {shop.shelves && coming.length === 0 && <Empty text={messages.soon.none} />}
      {days.map((opens, i) => (
        <section class={i ? 'sec' : ''} key={opens} aria-labelledby={`h-day${i}`}>
          <div class="hd">
            <h2 id={`h-day${i}`}>{messages.soon.title(whenInWords(opens, now, setting))}</h2>
          </div>
          <Street sales={coming.filter((sale) => sale.opens === opens)} />
        </section>
      ))}
    </>
  );
}

export function CategoryPage({ id }: { id: string }) {
  const { shop, now, messages } = useApp();
  const { shelves } = shop;
  const category = shelves?.categories.find((c) => c.id === id);
  const family = new Set([id, ...(shelves?.categories.filter((c) => c.parent === id).map((c) => c.id) ?? [])]);
  const sales = (shelves?.sales ?? []).filter((sale) => family.has(sale.category));
  const open = sales.filter((sale) => stateOf(sale, now) === 'open').sort((a, b) => b.opens - a.opens);
  const coming = openingNext(sales, now);
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{category?.name ?? ''}</h1>
        <p class="sub">{messages.category.sub(open.length)}</p>
      </div>
      <h2 class="vh">{messages.windows.list}</h2>
      {shelves ? <Street sales={open} grand={open.length > 4} /> : <CardBones count={8} />}
      {coming.length > 0 && (
        <section class="sec" aria-labelledby="h-next">
          <div class="hd">
            <h2 id="h-next">{messages.category.coming}</h2>
          </div>
          <Street sales={coming.slice(0, 8)} />
        </section>
      )}
    </>
  );
}

/** How many found items are shown, and from among how many. */
const FOUND = 60;
const RANKED = 2_000;

export function SearchPage({ term }: { term: string }) {
  const { shop, now, messages } = useApp();
  const link = useHref();
  const { shelves } = shop;
  const waiting = !shelves || (shelves.sales.length > 0 && shelves.itemsOf(shelves.sales[0]!.id) === undefined);
  useEffect(() => {
    if (waiting) shop.needShelf();
  });
  useEffect(() => {
    shop.observe({ name: 'search', params: { search_term: term } });
  }, [term]);
  const found = useMemo(() => {
    const words = term.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (text: string) => words.every((word) => text.includes(word));
    const open = (shelves?.sales ?? []).filter((sale) => stateOf(sale, now) !== 'ended');
    const items: Item[] = [];
    for (const sale of open)
      for (const item of shelves?.itemsOf(sale.id) ?? []) if (fits(textOf(item))) items.push(item);
    const rank = (item: Item) => Number(item.stock > 0);
    items.sort((a, b) => rank(b) - rank(a));
    // What was found is put in this shopper's order where there is one.
    const ids = items.slice(0, RANKED).map(({ id }) => id);
    const ranked = shop.list({ surface: 'search', items: ids, limit: FOUND }).map(({ item }) => item);
    const first = new Set(ranked);
    return {
      items: ranked.length > 0 ? [...ranked, ...items.filter((item) => !first.has(item))] : items,
      sales: open.filter((sale: SaleRow) => fits(`${sale.brandName} ${sale.title}`.toLowerCase())),
    };
  }, [term, shelves]);
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{messages.search.title(term)}</h1>
        <p class="sub" role="status">
          {waiting
            ? messages.search.waiting
            : found.items.length + found.sales.length > 0
              ? messages.search.found(found.items.length, found.sales.length)
              : ''}
        </p>
      </div>
      {!waiting && found.items.length + found.sales.length === 0 && (
        <Empty text={messages.search.none}>
          <a class="btn" href={link({ page: 'home' })}>
            {messages.footer.back}
          </a>
        </Empty>
      )}
      {found.sales.length > 0 && (
        <section aria-label={messages.windows.list}>
          <h2 class="vh">{messages.windows.list}</h2>
          <Street sales={found.sales.slice(0, 8)} />
        </section>
      )}
      <h2 class="vh">{messages.sale.list}</h2>
      <div class="feed">
        {found.items.slice(0, FOUND).map((item) => (
          <Card key={item.id} item={item} place="q" />
        ))}
      </div>
      {found.items.length > FOUND && <p class="sub">{messages.sale.shown(FOUND, found.items.length)}</p>}
    </>
  );
}

/** What a search looks at: names, brand, category, attributes and sizes. */
function textOf(item: Item): string {
  const sizes = item.sizes.filter((s) => s.stock > 0).map((s) => s.size);
  return [item.name, item.brandName, item.categoryName, ...Object.values(item.attributes), ...sizes]
    .join(' ')
    .toLowerCase();
}
