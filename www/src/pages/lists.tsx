/** Pages that are lists of windows: all of today's, what is coming, and a category. */

import { useApp, useSetting } from '../app';
import { longDate, shopDay, wallTime, whenInWords } from '../format';
import { Card } from '../parts/card';
import { CardBones, Empty } from '../parts/controls';
import { NotHerePage } from './not-here';
import { MySizes } from '../parts/sizes';
import { Street } from '../parts/window';
import { fits } from '../shop/arrange';
import { stateOf } from '../shop/rows';
import { openedBetween, openingNext, stillOpen } from '../shop/street';

/** Items of the list for five minutes. */
const TWELVE = 12;

export function TodayPage() {
  const { shop, arranged: now, messages } = useApp();
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
  const early = wallTime(now, setting.zone).hour < 10;
  const picked = shop.lists.list({ surface: 'new_today', brief: true, limit: TWELVE, sizes: [...shop.lists.sizes] });
  // Without the engine: the first of each window that opened.
  const opened = openedBetween(shelves?.sales ?? [], day);
  const plain = opened.flatMap(
    (sale) => shelves?.windowOf(sale.id).find((item) => item.stock > 0 && fits(item, shop.lists.sizes)) ?? [],
  );
  const list = picked.length > 0 ? picked : plain.slice(0, TWELVE).map((item) => ({ item, reasons: [] }));
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{early ? messages.five.titleYesterday : messages.five.title}</h1>
        <p class="sub">{(early ? messages.five.subYesterday : messages.five.sub)(list.length)}</p>
      </div>
      <MySizes />
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
      {shelves && list.length === 0 && (
        <Empty text={shop.lists.sizes.length > 0 ? messages.sizes.none : messages.soon.none} />
      )}
    </>
  );
}

export function ComingPage() {
  const { shop, now, arranged, messages } = useApp();
  const setting = useSetting();
  const coming = openingNext(shop.shelves?.sales ?? [], arranged);
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
  const { shop, arranged: now, messages } = useApp();
  const { shelves } = shop;
  const category = shelves?.categories.find((c) => c.id === id);
  const family = new Set([id, ...(shelves?.categories.filter((c) => c.parent === id).map((c) => c.id) ?? [])]);
  const sales = (shelves?.sales ?? []).filter((sale) => family.has(sale.category));
  const open = sales.filter((sale) => stateOf(sale, now) === 'open').sort((a, b) => b.opens - a.opens);
  const coming = openingNext(sales, now);
  if (shelves && !category) return <NotHerePage />;
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
