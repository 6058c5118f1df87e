/** The bag and its receipt. Prices are the engine's; without it they are added up here, plainly. */

import type { Receipt } from 'windowshop';
import { useEffect, useState } from 'preact/hooks';
import { useApp, useHref, useSetting } from '../app';
import { fullDate, money, type Setting, when } from '../format';
import { ItemPicture } from '../parts/art';
import { Checkout } from '../parts/checkout';
import { Empty, Leaving } from '../parts/controls';
import { OfferHere } from '../parts/coupon';
import { PlainReceipt, ReceiptTable } from '../parts/receipt';
import { SHELF, Shelf } from '../parts/shelf';
import { isPastDate } from '../shop/asked';
import { isBarred, refusalText } from '../shop/coupons';
import { type BagLine, countedOf, counting, lineState, stockOf } from '../shop/bag';
import type { Gap } from '../shop/gap';

export function BagPage() {
  const { shop, messages } = useApp();
  const link = useHref();
  useEffect(() => {
    if (shop.basket.lines.some((line) => !shop.shelves?.item(line.item))) shop.needShelf();
  });
  const { lines } = shop.basket;
  const blind = shop.status === 'refused';
  const last = shop.placed.last;
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{messages.bag.title}</h1>
        {lines.length > 0 && blind && !shop.basket.isFound && <p class="sub">{messages.bag.blindRest}</p>}
        {shop.coming && lines.some(({ item }) => !shop.shelves?.item(item)) && <p class="sub">{messages.loading}</p>}
        {lines.length > 0 && shop.consent !== 'on' && !(blind && shop.basket.isFound) && (
          <p class="sub">{messages.bag.brief}</p>
        )}
      </div>
      {lines.length === 0 ? (
        <Empty text={blind ? messages.bag.blind : shop.coming ? messages.loading : messages.bag.empty}>
          <a class="btn" href={link({ page: 'home' })}>
            {messages.bag.emptyAction}
          </a>
          {last && <a href={link({ page: 'receipt', id: last })}>{messages.ordered.last}</a>}
        </Empty>
      ) : (
        <div class="bag">
          <ul class="lines">
            {lines.map((line) => (
              <Line key={`${line.item} ${line.size ?? ''}`} line={line} />
            ))}
          </ul>
          <ReceiptSheet />
        </div>
      )}
      {lines.length > 0 && <OfferHere inBag />}
      <GoesWith />
    </>
  );
}

/** What closing a gap brings; where the promotion counts already, that it takes one step more. */
function gapTitle({ name, shortfall, more }: Gap, setting: Setting): string {
  const { bag } = setting.messages;
  const amount = money(shortfall, setting);
  return more === undefined ? bag.gap(name, amount) : bag.gapAgain(name, amount, money(more, setting));
}

/** What goes with the bag; where closing a promotion's gap pays, what would close it, said with the amount. */
function GoesWith() {
  const { shop, now, messages } = useApp();
  const setting = useSetting();
  const items = [...new Set(shop.basket.lines.map(({ item }) => item))];
  if (items.length === 0) return null;
  const found = shop.till.gap(SHELF);
  const closers = found?.picks ?? [];
  // What would close the gap is not shown twice.
  const exclude = closers.map(({ item }) => item.id);
  const goes = shop.lists.list({ surface: 'cart', items, exclude, limit: SHELF });
  // What cannot be had any more is said on its line; here is what is like the first of it.
  const gone = shop.basket.lines
    .map((line) => ({ line, item: shop.shelves?.item(line.item) }))
    .find(({ line, item }) => item && ['sold-out', 'ended'].includes(lineState(line, item, shop.shelves!, now)))?.item;
  const like = gone ? shop.lists.list({ surface: 'similar', item: gone.id, exclude: items, limit: SHELF }) : [];
  return (
    <>
      {gone && <Shelf id="h-gone" title={messages.bag.likeGone(gone.name)} picks={like} place="n" subject />}
      {found && (
        <Shelf
          id="h-gap"
          title={gapTitle(found.gap, setting)}
          sub={messages.bag.gapSub}
          picks={closers}
          place="g"
          subject
        />
      )}
      <Shelf id="h-goes" title={messages.bag.goesWith} picks={goes} place="w" subject />
    </>
  );
}

function Line({ line }: { line: BagLine }) {
  const { shop, now, messages } = useApp();
  const setting = useSetting();
  const link = useHref();
  const shelves = shop.shelves;
  const item = shelves?.item(line.item);
  if (!shelves || !item) return shop.coming || !shelves ? null : <Gone line={line} />;
  const state = lineState(line, item, shelves, now);
  const sale = shelves.sale(item.sale);
  const stock = stockOf(item, line.size);
  const said =
    state === 'sold-out'
      ? messages.bag.soldOut
      : state === 'ended'
        ? messages.bag.ended
        : state === 'not-open'
          ? messages.bag.notOpen
          : state === 'some'
            ? messages.bag.onlyLeft(stock)
            : undefined;
  const most = Math.max(line.quantity, Math.min(stock, 10));
  const counted = countedOf(line, item, shelves, now);
  return (
    <li>
      <ItemPicture row={item} place="l" />
      <div>
        <a href={link({ page: 'item', id: item.id })}>
          <b>{item.brandName}</b> {item.name}
        </a>
        {line.size && <p class="small sub">{messages.pair(messages.item.size, line.size)}</p>}
        {said && <p class="said">{said}</p>}
        {isPastDate(item, now, setting) && (
          <p class="said">{messages.item.pastDate(fullDate(item.shelfLifeUntil!, setting))}</p>
        )}
        {!said && sale && <p class="small sub">{messages.bag.closes(when(sale.closes, now, setting))}</p>}
      </div>
      <p class="sum n">{money(item.price * counted, setting)}</p>
      <div class="do">
        <label>
          <span class="vh">{messages.pair(messages.bag.quantity, item.name)}</span>
          <select
            class="pick"
            value={line.quantity}
            onChange={(event) => void shop.basket.setQuantity(line, Number(event.currentTarget.value))}
          >
            {Array.from({ length: most }, (_, i) => (
              <option key={i} value={i + 1}>
                {i + 1}
              </option>
            ))}
          </select>
        </label>
        <TakeOut line={line} name={item.name} />
      </div>
    </li>
  );
}

/** A line whose item is no longer in the shop: its name is what is remembered of it. */
function Gone({ line }: { line: BagLine }) {
  const { shop, messages } = useApp();
  const known = shop
    .history()
    .flatMap(({ items }) => items)
    .find(({ id }) => id === line.item);
  const name = known?.name ?? line.item;
  return (
    <li>
      <div>
        <b>{name}</b>
        {line.size && <p class="small sub">{messages.pair(messages.item.size, line.size)}</p>}
        <p class="said">{messages.bag.gone}</p>
      </div>
      <div class="do">
        <TakeOut line={line} name={name} />
      </div>
    </li>
  );
}

/** Takes a line out of the bag; the shop says so, with the way back. */
function TakeOut({ line, name }: { line: BagLine; name: string }) {
  const { shop, messages } = useApp();
  const take = () => {
    const back = shop.basket.setQuantity(line, 0);
    shop.say(messages.bag.removed(name), { label: messages.bag.undo, run: back });
  };
  return (
    <Leaving label={messages.bag.removeLabel(name)} act={take}>
      {messages.bag.remove}
    </Leaving>
  );
}

function ReceiptSheet() {
  const { shop, now, messages } = useApp();
  const setting = useSetting();
  const [typed, setTyped] = useState('');
  const receipt = shop.till.receipt();
  const { shelves } = shop;
  // What can be bought now: never a line whose sale is over, nor more than are there.
  const bought = shop.basket.lines.map((line) => {
    const item = shelves?.item(line.item);
    return { ...line, quantity: item && shelves ? countedOf(line, item, shelves, now) : 0 };
  });
  const goods = bought.reduce((sum, line) => sum + (shelves?.item(line.item)?.price ?? 0) * line.quantity, 0);
  const enter = useEnter();
  return (
    <section class="receipt" aria-labelledby="h-receipt">
      <h2 id="h-receipt">{messages.bag.receipt}</h2>
      {receipt ? <ReceiptTable receipt={receipt} live /> : <PlainReceipt goods={goods} />}
      {receipt && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            enter(typed.trim());
            setTyped('');
          }}
        >
          <input
            class="field"
            aria-label={messages.bag.code}
            placeholder={messages.bag.code}
            value={typed}
            maxLength={32}
            autocomplete="off"
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <button class="btn">{messages.bag.use}</button>
        </form>
      )}
      {shop.basket.codes.length > 0 && <p>{messages.bag.codesBrief}</p>}
      {receipt && <Codes receipt={receipt} />}
      {receipt && <PickBest />}
      <Checkout receipt={receipt} bought={bought} />
      <p>{messages.bag.sameForAll}</p>
      <span class="vh" role="status">
        {receipt
          ? messages.pair(messages.bag.total, money(receipt.payable, setting))
          : messages.sentence(
              messages.pair(messages.bag.subtotal, money(goods, setting)),
              messages.pair(messages.bag.shipping, messages.bag.notIncluded),
            )}
      </span>
    </section>
  );
}

/** Enters a code and says what became of it. */
export function useEnter(): (code: string) => void {
  const { shop, messages } = useApp();
  const setting = useSetting();
  return (code) => {
    if (code === '') return;
    shop.basket.useCode(code);
    const same = (other: string | undefined) => other?.toUpperCase() === code.toUpperCase();
    const receipt = shop.till.receipt();
    const used = counting(receipt).find((promotion) => same(promotion.code));
    const refused = receipt?.refused.find((promotion) => same(promotion.code));
    const bar = refused && (isBarred(refused) ? refused : shop.till.barred().get(refused.id));
    if (used) shop.say(messages.bag.codeUsed(used.name));
    else if (bar) shop.say(messages.bag.codeRefused(bar.name, refusalText(bar, setting)));
    else if (refused && shop.basket.lines.length === 0) shop.say(messages.bag.codeWaits(refused.name));
    else if (refused)
      shop.say(messages.bag.codeRefused(refused.name, refusalText(refused, setting, shop.till.isIdle(refused))));
    else if (receipt) shop.say(messages.bag.unknownCode(code));
  };
}

/** Enters the coupons that together save most on this bag, and takes out the others. */
export function PickBest() {
  const { shop, messages, route } = useApp();
  const link = useHref();
  return (
    <p class="best">
      <button
        class="btn"
        onClick={() => {
          const before = [...shop.basket.codes];
          const best = shop.till.bestCodes();
          const same = (one: readonly string[], other: readonly string[]) =>
            one.length === other.length &&
            one.every((code) => other.some((known) => known.toUpperCase() === code.toUpperCase()));
          if (same(before, best)) {
            shop.say(messages.bag.bestAlready);
            return;
          }
          shop.basket.setCodes(best);
          const undo = { label: messages.bag.undo, run: () => shop.basket.setCodes(before) };
          shop.say(best.length > 0 ? messages.bag.bestPicked(best.length) : messages.bag.bestNone, undo);
        }}
      >
        {messages.bag.best}
      </button>
      {route.page !== 'coupons' && <a href={link({ page: 'coupons' })}>{messages.coupons.title}</a>}
    </p>
  );
}

/** Every coupon that has only to be entered: all of them are open to everybody. */
function Codes({ receipt }: { receipt: Receipt }) {
  const { shop, messages } = useApp();
  const enter = useEnter();
  const barred = shop.till.barred();
  const open = receipt.refused.filter(
    ({ id, reason, code }) => reason === 'code_not_entered' && code !== undefined && !barred.has(id),
  );
  if (open.length === 0) return null;
  return (
    <details class="codes">
      <summary>{messages.bag.codes(open.length)}</summary>
      <ul>
        {open.map(({ id, name, code }) => (
          <li key={id}>
            <span>
              <b>{name}</b>
              <br />
              {messages.coupon.code(code!)}
            </span>
            <Leaving look="btn" label={messages.pair(messages.bag.use, name)} act={() => enter(code!)}>
              {messages.bag.use}
            </Leaving>
          </li>
        ))}
      </ul>
    </details>
  );
}
