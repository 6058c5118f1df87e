/** The street at ten in the morning: today's windows, the list picked here, what closes and what opens next. */

import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Reason } from 'windowshop';
import { useApp, useHref, useSetting } from '../app';
import { longDate, remaining, shopDay, timeOfDay, wallTime, whenInWords, zoneName } from '../format';
import { Art } from '../parts/art';
import { Card } from '../parts/card';
import { ConsentBar } from '../parts/consent';
import { Coupon } from '../parts/coupon';
import { CardBones, FilesTrouble, Trouble } from '../parts/controls';
import { Mark } from '../parts/icons';
import { SHELF, Shelf } from '../parts/shelf';
import { SurveyCard } from '../parts/survey';
import { MySizes } from '../parts/sizes';
import { TasteSection } from '../parts/taste';
import { Street } from '../parts/window';
import { insideWindow } from '../pictures/picture';
import type { Feed } from '../shop/lists';
import { type SaleRow, stateOf } from '../shop/rows';
import { closingAt, openedBetween, openingNext } from '../shop/street';

/** Windows on the street before "See all". */
const WINDOWS = 7;
/** A coupon, if there is one, stands behind so many cards. */
const COUPON_AFTER = 8;

/** Windows of what opens or closes next, before "See all". */
const NEXT = 4;
/** A phone, where a row is two cards or one window. */
const PHONE = '(max-width: 760px)';

/** Places shown at first, and more by the button: whole rows, of five, of three, or on a phone of two. */
const [FIRST, STEP] = matchMedia(PHONE).matches ? [16, 12] : [15, 15];
/** A coupon takes the place of so many cards. */
const COUPON_PLACES = 2;

/** How many places the list shows; kept while the page lives, so that Back finds the list as it was. */
let shown = FIRST;
/** The list that was drawn last: another one comes in softly, also where one comes back to it. */
let drawn: Feed | undefined;

export function Home() {
  const { shop, arranged } = useApp();
  const { shelves } = shop;
  const early = shelves !== undefined && wallTime(arranged, shelves.zone).hour < 10;
  return (
    <>
      <Today />
      {shop.status !== 'ready' && <FilesTrouble />}
      {shelves ? (
        <>
          {early && <SoonSection first />}
          <TodayStreet sales={openedBetween(shelves.sales, shopDay(arranged, shelves.zone))} />
          <AgainSection />
          <TasteSection />
          <FeedSection />
          <ClosingSection />
          {!early && <SoonSection />}
          <SurveyCard />
          <Vow />
        </>
      ) : (
        !shop.filesProblem && <CardBones count={10} />
      )}
    </>
  );
}

function Today() {
  const { shop, now, messages } = useApp();
  const setting = useSetting();
  const { shelves } = shop;
  const day = shopDay(now, setting.zone);
  const before = wallTime(now, setting.zone).hour < 10;
  const opened = shelves ? openedBetween(shelves.sales, day) : [];
  const opening = shelves ? shelves.sales.filter((sale) => sale.opens === day.next) : [];
  const asked = (before ? opening : opened).filter((sale) => shop.isAwaited(sale)).length;
  // What is not announced is not promised: the next opening is the next that the pack knows of.
  const next = shelves && openingNext(shelves.sales, now)[0]?.opens;
  const left = next === undefined ? undefined : remaining(next, now, setting);
  const gone = Math.min(100, (100 * (now - day.opened)) / (day.next - day.opened));
  const title =
    before && shelves
      ? opening.length > 0
        ? messages.today.openIn(opening.length, remaining(day.next, now, setting))
        : messages.today.noneAnnounced
      : shelves
        ? messages.today.opened(opened.length)
        : messages.loading;
  const place =
    messages.code === 'zh'
      ? `${longDate(now, setting)}，${zoneName(setting)}。`
      : `${longDate(now, setting)}, ${zoneName(setting)}. `;
  return (
    <>
      <div class="day">
        <div class="hour n" aria-hidden="true">
          10:00
        </div>
        <div>
          <h1 id="h1" tabIndex={-1}>
            {title}
          </h1>
          <p class="sub">
            {[
              place,
              before && opened.length > 0 && messages.today.yesterday(opened.length),
              asked > 0 && messages.today.asked(asked),
            ]
              .filter(Boolean)
              .join(messages.gap)}
          </p>
          <div class="rail" style={{ '--gone': `${gone.toFixed(1)}%` }}>
            <div class="tr" aria-hidden="true" />
            <div class="lb n">
              <span>{before ? messages.today.startYesterday : messages.today.startToday}</span>
              <span>
                {messages.today.now(timeOfDay(now, setting))}
                <b>{!shelves ? '' : left === undefined ? messages.today.noNext : messages.today.next(left)}</b>
              </span>
              <span>{before ? messages.today.endToday : messages.today.endTomorrow}</span>
            </div>
          </div>
        </div>
      </div>
      <ConsentBar />
    </>
  );
}

/**
 * Windows the shopper asked for stand first, as it was when the place was drawn; otherwise the shop's own order. What is asked for
 * here and now moves nothing from under the pointer.
 */
function useAskedFirst(sales: readonly SaleRow[]): SaleRow[] {
  const { shop, arranged } = useApp();
  const asked = useMemo(
    () => new Set(sales.filter((sale) => shop.isAwaited(sale)).map(({ id }) => id)),
    [shop.status, arranged, sales.length],
  );
  return [...sales].sort((a, b) => Number(asked.has(b.id)) - Number(asked.has(a.id)));
}

function TodayStreet({ sales }: { sales: readonly SaleRow[] }) {
  const { arranged, messages } = useApp();
  const setting = useSetting();
  const before = wallTime(arranged, setting.zone).hour < 10;
  const link = useHref();
  const ordered = useAskedFirst(sales).slice(0, WINDOWS);
  if (sales.length === 0) return null;
  return (
    <section class={before ? 'sec' : ''} aria-labelledby="h-street">
      {before ? (
        <div class="hd">
          <h2 id="h-street">{messages.today.allTitleYesterday}</h2>
        </div>
      ) : (
        <h2 class="vh" id="h-street">
          {messages.windows.list}
        </h2>
      )}
      <Street sales={ordered} grand />
      <div class="all">
        <p class="sub">
          {ordered.length < sales.length
            ? (before ? messages.today.someYesterday : messages.today.some)(ordered.length, sales.length)
            : messages.today.every(sales.length)}
        </p>
        <span class="pair">
          <a class="btn" href={link({ page: 'five' })}>
            {before ? messages.five.titleYesterday : messages.five.link}
          </a>
          {ordered.length < sales.length && (
            <a class="btn pri" href={link({ page: 'today' })}>
              {messages.today.seeAll(sales.length)}
            </a>
          )}
        </span>
      </div>
    </section>
  );
}

/** What was bought before and may be running low. Shown here only to whom it concerns. */
function AgainSection() {
  const { shop, messages } = useApp();
  const list = shop.lists.list({ surface: 'again', limit: SHELF });
  return <Shelf id="h-again" title={messages.again.title} sub={messages.again.sub} picks={list} place="a" />;
}

function FeedSection() {
  const { shop, now, messages } = useApp();
  const setting = useSetting();
  const [, again] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const feed = shop.lists.feed();
  // A list that stands since before there was one to be had has no place for it.
  const offer = feed.early ? undefined : shop.till.offer();
  // At closing an item leaves the list at once, whoever made the list.
  const picks = feed.picks.filter(({ item }) => {
    const sale = shop.shelves!.sale(item.sale);
    return sale !== undefined && stateOf(sale, now) === 'open';
  });
  const narrowed = shop.lists.sizes.length > 0;
  const opens = openingNext(shop.shelves!.sales, now)[0]?.opens;
  const taken = offer && picks.length > COUPON_AFTER ? COUPON_PLACES : 0;
  // For the few that a coupon stands in the place of nobody has to ask for more.
  const cardsIn = (places: number) => (places >= picks.length ? picks.length : places - taken);
  const visible = picks.slice(0, cardsIn(shown));
  const inTurn = sayInTurn(visible.map(({ reasons }) => reasons));
  useEffect(() => {
    const ids = (of: Feed | undefined) => of?.picks.map(({ item }) => item.id).join(' ');
    if (drawn && drawn !== feed && ids(drawn) !== ids(feed)) fadeIn(list.current);
    drawn = feed;
  }, [feed]);
  const canBePersonal = shop.status === 'ready' && shop.consent !== 'off';
  const looked = new Set(
    shop.history().flatMap((event) => (event.name === 'view_item' ? event.items.map(({ id }) => id) : [])),
  ).size;
  const sub = feed.personal
    ? messages.feed.from(looked)
    : shop.status === 'refused'
      ? messages.feed.shopRefused
      : canBePersonal
        ? shop.lists.shopOrder
          ? messages.feed.shopChosen
          : messages.feed.shopEmpty
        : messages.feed.shopOff;
  const more = () => {
    const first = visible.length;
    shown += STEP;
    again((n) => n + 1);
    shop.say(messages.feed.added(cardsIn(shown) - first), undefined, { seconds: 4 });
    // Focus goes on where the list goes on.
    requestAnimationFrame(() =>
      list.current?.querySelectorAll<HTMLElement>('h3 a')[first]?.focus({ preventScroll: true }),
    );
  };
  const on = canBePersonal && !shop.lists.shopOrder;
  return (
    <section class="sec" aria-labelledby="h2">
      <div class="hd">
        <div>
          <h2 id="h2" tabIndex={-1}>
            {picks.length === 0 && !narrowed
              ? messages.feed.nothing
              : feed.personal
                ? messages.feed.personal
                : messages.feed.shop}
          </h2>
          {picks.length > 0 && (
            <p class="sub" role="status">
              {sub}
            </p>
          )}
        </div>
        {canBePersonal && (
          <button class="sw" role="switch" aria-checked={on} onClick={() => shop.lists.setShopOrder(on)}>
            <span>{on ? messages.feed.on : messages.feed.offLabel}</span>
            <i aria-hidden="true" />
          </button>
        )}
      </div>
      {shop.status === 'refused' && (
        <Trouble text={messages.errors.engine} code={shop.problem?.code} again={() => shop.again()} />
      )}
      <MySizes />
      {picks.length === 0 ? (
        <p class="sub">
          {narrowed
            ? messages.sizes.none
            : opens
              ? messages.feed.emptyNext(whenInWords(opens, now, setting))
              : messages.feed.empty}
        </p>
      ) : (
        <>
          <div class="feed" ref={list}>
            {visible.flatMap(({ item }, i) => [
              offer && i === COUPON_AFTER && <Coupon key="coupon" offer={offer} />,
              <Card key={item.id} item={item} reasons={feed.personal ? inTurn[i] : undefined} place="f" />,
            ])}
          </div>
          <div class="all">
            {visible.length < picks.length ? (
              <>
                <p class="sub n">{messages.feed.shown(visible.length, picks.length)}</p>
                <button class="btn" onClick={more}>
                  {messages.feed.more(cardsIn(shown + STEP) - visible.length)}
                </button>
              </>
            ) : (
              <p class="sub n">{messages.feed.end(picks.length)}</p>
            )}
          </div>
        </>
      )}
    </section>
  );
}

/**
 * The reasons of a row of cards, so that neighbours do not say one sentence where there is another as true: each card
 * leads with its strongest reason that the three cards before it did not lead with.
 */
function sayInTurn(all: readonly (readonly Reason[])[]): (readonly Reason[])[] {
  const said: (string | undefined)[] = [];
  return all.map((reasons) => {
    const lead = reasons.find(({ text }) => !said.slice(-3).includes(text)) ?? reasons[0];
    said.push(lead?.text);
    return lead ? [lead, ...reasons.filter((reason) => reason !== lead)] : reasons;
  });
}

/** A list that was worked out anew comes in softly, in place; at once for who asked for less motion. */
function fadeIn(element: HTMLElement | null): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  element?.animate([{ opacity: 0.3 }, { opacity: 1 }], { duration: 320, easing: 'ease-out' });
}

function ClosingSection() {
  const { shop, arranged, messages } = useApp();
  const shelves = shop.shelves!;
  const sales = closingAt(shelves.sales, shopDay(arranged, shelves.zone).next).filter(
    (sale) => stateOf(sale, arranged) === 'open',
  );
  if (sales.length === 0) return null;
  return (
    <section class="sec" aria-labelledby="h-closing">
      <div class="hd">
        <div>
          <h2 id="h-closing">{messages.closing.title}</h2>
          <p class="sub">{messages.closing.sub}</p>
        </div>
      </div>
      <Street sales={sales.slice(0, NEXT)} />
    </section>
  );
}

/**
 * What opens next. Before the opening it stands `first`, with every window that the headline counts; on a phone with a few of them,
 * those first that are waited for, so that what is open is not behind a dozen shutters.
 */
function SoonSection({ first: foremost }: { first?: boolean }) {
  const { shop, now, arranged, messages } = useApp();
  const setting = useSetting();
  const link = useHref();
  const sales = openingNext(shop.shelves!.sales, arranged);
  const first = sales[0];
  const next = useAskedFirst(sales.filter((sale) => sale.opens === first?.opens));
  if (!first) return null;
  return (
    <section class={foremost ? '' : 'sec'} aria-labelledby="h3">
      <div class="hd">
        <div>
          <h2 id="h3">{messages.soon.title(whenInWords(first.opens, now, setting))}</h2>
          <p class="sub">
            {messages.soon.sub(foremost ? timeOfDay(first.opens, setting) : whenInWords(first.opens, now, setting))}
          </p>
        </div>
      </div>
      <Street sales={foremost && !matchMedia(PHONE).matches ? next : next.slice(0, NEXT)} />
      <div class="all">
        <a class="btn" href={link({ page: 'coming' })}>
          {messages.soon.all}
        </a>
      </div>
    </section>
  );
}

function Vow() {
  const { shop, messages, now } = useApp();
  const setting = useSetting();
  const link = useHref();
  const today = wallTime(now, setting.zone).day;
  const sent = shop.reports
    .ledger()
    .filter((row) => row.sent && now - row.sent < 86_400_000 && wallTime(row.sent, setting.zone).day === today);
  return (
    <section class="vow" aria-labelledby="h4">
      <div class="tx">
        <Mark text={messages.header.onThisDevice} />
        <h2 id="h4">{messages.vow.title}</h2>
        <p>
          {shop.status === 'refused'
            ? messages.vow.textBlind
            : shop.consent === 'off'
              ? messages.vow.textOff
              : messages.vow.text(sent.length)}
        </p>
        <a class="btn" href={link({ page: 'kept' })}>
          {messages.vow.link}
        </a>
      </div>
      <Art svg={insideWindow()} />
    </section>
  );
}
