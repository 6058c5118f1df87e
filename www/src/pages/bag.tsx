/** The bag and its receipt. Prices are the engine's; without it they are added up here, plainly. */

import type { Receipt } from 'windowshop';
import { useEffect, useState } from 'preact/hooks';
import { useApp, useHref, useSetting } from '../app';
import * as clock from '../clock';
import { leave } from '../focus';
import { money, when } from '../format';
import { ItemPicture } from '../parts/art';
import { Empty } from '../parts/controls';
import { OfferHere } from '../parts/coupon';
import { Shelf } from '../parts/shelf';
import { type Sums, order, orderId } from '../shop/checkout';
import { type BagLine, countedOf, counting, lineState, stockOf } from '../shop/bag';

export function BagPage() {
  const { shop, messages } = useApp();
  const link = useHref();
  useEffect(() => {
    if (shop.basket.lines.some((line) => !shop.shelves?.item(line.item))) shop.needShelf();
  });
  const { lines } = shop.basket;
  const blind = shop.status === 'refused';
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{messages.bag.title}</h1>
        {lines.length > 0 && blind && <p class="sub">{messages.bag.blindRest}</p>}
        {lines.length > 0 && shop.consent !== 'on' && <p class="sub">{messages.bag.brief}</p>}
      </div>
      {lines.length === 0 ? (
        <Empty text={blind ? messages.bag.blind : shop.status === 'starting' ? messages.loading : messages.bag.empty}>
          <a class="btn" href={link({ page: 'home' })}>
            {messages.bag.emptyAction}
          </a>
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
      {lines.length > 0 && <OfferHere />}
      <GoesWith />
    </>
  );
}

/** How many things are shown that would close a coupon's gap. */
const CLOSERS = 5;

/** What goes with the bag; where a promotion lacks little, what would close its gap, said with the amount. */
function GoesWith() {
  const { shop, now, messages } = useApp();
  const setting = useSetting();
  const items = [...new Set(shop.basket.lines.map(({ item }) => item))];
  if (items.length === 0) return null;
  const receipt = shop.receipt();
  // What a promotion lacks, or the next step of one that counts already: the nearest first.
  const steps = (receipt?.used ?? []).flatMap(({ id, name, next }) =>
    next ? [{ id, name, shortfall: next.missing }] : [],
  );
  const short = (receipt?.refused ?? [])
    .filter(({ reason }) => reason === 'amount_short')
    .map(({ id, name, shortfall = 0 }) => ({ id, name, shortfall }))
    .concat(steps)
    .filter(({ shortfall }) => shortfall > 0)
    .sort((a, b) => a.shortfall - b.shortfall)[0];
  const closers = short
    ? shop.lists.list({ surface: 'cart', items, shortfall: short.shortfall, promotion: short.id, limit: CLOSERS })
    : [];
  // What would close the gap is not shown twice.
  const exclude = closers.map(({ item }) => item.id);
  const goes = shop.lists.list({ surface: 'cart', items, exclude, limit: CLOSERS });
  // What cannot be had any more is said on its line; here is what is like the first of it.
  const gone = shop.basket.lines
    .map((line) => ({ line, item: shop.shelves?.item(line.item) }))
    .find(({ line, item }) => item && ['sold-out', 'ended'].includes(lineState(line, item, shop.shelves!, now)))?.item;
  const like = gone ? shop.lists.list({ surface: 'similar', item: gone.id, exclude: items, limit: CLOSERS }) : [];
  return (
    <>
      {gone && <Shelf id="h-gone" title={messages.bag.likeGone(gone.name)} picks={like} place="n" subject />}
      {short && (
        <Shelf
          id="h-gap"
          title={messages.bag.gap(short.name, money(short.shortfall, setting))}
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
  if (!shelves || !item) return null;
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
  const set = (quantity: number) => {
    const back = shop.basket.setQuantity(line, quantity);
    if (quantity === 0) shop.say(messages.bag.removed(item.name), { label: messages.bag.undo, run: back });
  };
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
        {!said && sale && <p class="small sub">{messages.bag.closes(when(sale.closes, now, setting))}</p>}
      </div>
      <p class="sum n">{money(item.price * counted, setting)}</p>
      <div class="do">
        <label>
          <span class="vh">{messages.pair(messages.bag.quantity, item.name)}</span>
          <select class="pick" value={line.quantity} onChange={(event) => set(Number(event.currentTarget.value))}>
            {Array.from({ length: most }, (_, i) => (
              <option key={i} value={i + 1}>
                {i + 1}
              </option>
            ))}
          </select>
        </label>
        <button
          class="lnk small"
          aria-label={messages.bag.removeLabel(item.name)}
          onClick={(event) => {
            leave(event.currentTarget);
            set(0);
          }}
        >
          {messages.bag.remove}
        </button>
      </div>
    </li>
  );
}

function ReceiptSheet() {
  const { shop, now, messages } = useApp();
  const setting = useSetting();
  const [typed, setTyped] = useState('');
  const { ordering, told, send } = useOrder();
  const receipt = shop.receipt();
  const { shelves } = shop;
  // What can be bought now: never a line whose sale is over, nor more than are there.
  const bought = shop.basket.lines.map((line) => {
    const item = shelves?.item(line.item);
    return { ...line, quantity: item && shelves ? countedOf(line, item, shelves, now) : 0 };
  });
  const total = bought.reduce((sum, line) => sum + (shelves?.item(line.item)?.price ?? 0) * line.quantity, 0);
  const nothing = bought.every(({ quantity }) => quantity === 0);
  const enter = useEnter();
  return (
    <section class="receipt" aria-labelledby="h-receipt">
      <h2 id="h-receipt">{messages.bag.receipt}</h2>
      {receipt ? <EngineReceipt receipt={receipt} /> : <PlainReceipt total={total} />}
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
      {receipt && <Codes receipt={receipt} />}
      {receipt && <PickBest />}
      <button
        class="btn pri"
        disabled={ordering}
        onClick={(event) => {
          const heading = event.currentTarget.closest('main')?.querySelector('h1') ?? event.currentTarget;
          void send(receipt, nothing ? [] : bought, () => leave(heading));
        }}
      >
        {messages.bag.pay}
      </button>
      {told && told.shown === receipt && <Compared shown={told.shown} now={told.now} />}
      <p>{messages.bag.sameForAll}</p>
      <p>
        <button
          class="lnk"
          disabled={nothing}
          onClick={(event) => {
            leave(event.currentTarget.closest('main')?.querySelector('h1') ?? event.currentTarget);
            shop.basket.pretendToBuy(`demo-${clock.now().toString(36)}`, bought);
            shop.say(messages.bag.bought);
          }}
        >
          {messages.bag.pretend}
        </button>
        {nothing && <> {messages.bag.pretendNone}</>}
      </p>
      {!receipt && <p>{messages.bag.plain}</p>}
      <span class="vh" role="status">
        {messages.pair(messages.bag.total, money(receipt?.payable ?? total, setting))}
      </span>
    </section>
  );
}

/** Two receipts beside each other: the one that was shown, and what the checkout says now. */
function Compared({ shown, now }: { shown: Sums; now: Sums }) {
  const { messages } = useApp();
  const setting = useSetting();
  const rows: [string, (sums: Sums) => number][] = [
    [messages.bag.subtotal, (sums) => sums.subtotal],
    [messages.bag.discount, (sums) => -sums.discount],
    [messages.bag.shipping, (sums) => sums.shipping?.subtotal ?? 0],
    [messages.bag.payable, (sums) => sums.payable],
  ];
  return (
    <table class="both">
      <caption>{messages.bag.both}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{messages.bag.shown}</th>
          <th scope="col">{messages.bag.byCheckout}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, of]) => (
          <tr key={name} class={of(shown) === of(now) ? undefined : 'differs'}>
            <th scope="row">{name}</th>
            <td class="n">{money(of(shown), setting)}</td>
            <td class="n">{money(of(now), setting)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Sends the order and says what became of it; whether one is under way; and both receipts where two differed. */
function useOrder(): {
  ordering: boolean;
  told: { shown: Receipt; now: Sums } | undefined;
  send: (receipt: Receipt | undefined, bought: readonly BagLine[], taken: () => void) => Promise<void>;
} {
  const { shop, messages } = useApp();
  const setting = useSetting();
  const [ordering, setOrdering] = useState(false);
  const [told, setTold] = useState<{ shown: Receipt; now: Sums }>();
  const send = async (receipt: Receipt | undefined, bought: readonly BagLine[], taken: () => void): Promise<void> => {
    if (!receipt || bought.length === 0) {
      shop.say(messages.bag.payNote);
      return;
    }
    const id = orderId(receipt, shop.basket.codes, clock.now());
    setOrdering(true);
    setTold(undefined);
    const outcome = await order(id, receipt, shop.basket.codes);
    setOrdering(false);
    switch (outcome.kind) {
      case 'none':
        shop.say(messages.bag.payNote);
        return;
      case 'lost':
        shop.say(messages.bag.lost);
        return;
      case 'changed': {
        const gone = outcome.gone.map((item) => shop.shelves?.item(item)?.name ?? item);
        const now = outcome.now && money(outcome.now.payable, setting);
        if (outcome.now) setTold({ shown: receipt, now: outcome.now });
        shop.say(messages.bag.changed(money(receipt.payable, setting), now, gone));
        return;
      }
      case 'ordered':
        taken();
        shop.basket.pretendToBuy(id, bought);
        shop.say(messages.bag.ordered(money(outcome.payable, setting)));
    }
  };
  return { ordering, told, send };
}

/** Enters a code and says what became of it. */
export function useEnter(): (code: string) => void {
  const { shop, messages } = useApp();
  return (code) => {
    if (code === '') return;
    shop.basket.useCode(code);
    const same = (other: string | undefined) => other?.toUpperCase() === code.toUpperCase();
    const receipt = shop.receipt();
    const used = counting(receipt).find((promotion) => same(promotion.code));
    const refused = receipt?.refused.find((promotion) => same(promotion.code));
    if (used) shop.say(messages.bag.codeUsed(used.name));
    else if (refused) shop.say(messages.bag.codeRefused(refused.name, refused.text));
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
          const best = shop.bestCodes();
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

/** Takes a code out again, whatever became of it. */
export function DropCode({ code }: { code: string }) {
  const { shop, messages } = useApp();
  return (
    <button
      class="lnk"
      aria-label={messages.bag.dropCodeLabel(code)}
      onClick={(event) => {
        leave(event.currentTarget);
        shop.basket.dropCode(code);
        const again = { label: messages.bag.undo, run: () => shop.basket.useCode(code) };
        shop.say(messages.bag.codeDropped(code), again);
      }}
    >
      {messages.bag.dropCode}
    </button>
  );
}

/** Every coupon that has only to be entered: all of them are open to everybody. */
function Codes({ receipt }: { receipt: Receipt }) {
  const { messages } = useApp();
  const enter = useEnter();
  const open = receipt.refused.filter(({ reason, code }) => reason === 'code_not_entered' && code !== undefined);
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
            <button
              class="btn"
              aria-label={messages.pair(messages.bag.use, name)}
              onClick={(event) => {
                leave(event.currentTarget);
                enter(code!);
              }}
            >
              {messages.bag.use}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

function PlainReceipt({ total }: { total: number }) {
  const { messages } = useApp();
  const setting = useSetting();
  return (
    <table>
      <tbody>
        <tr class="total">
          <th scope="row">{messages.bag.total}</th>
          <td>{money(total, setting)}</td>
        </tr>
      </tbody>
    </table>
  );
}

function EngineReceipt({ receipt }: { receipt: Receipt }) {
  const { shop, messages } = useApp();
  const setting = useSetting();
  const names = new Map(receipt.used.map(({ id, name }) => [id, name]));
  return (
    <table>
      <tbody>
        {receipt.lines.map((line) => [
          <tr key={`${line.item} ${line.size ?? ''}`}>
            <th scope="row">
              {Math.min(line.quantity, line.available)} × {shop.shelves?.item(line.item)?.name ?? line.item}
              {line.size ? messages.inSize(line.size) : ''}
            </th>
            <td>{money(line.subtotal, setting)}</td>
          </tr>,
          ...line.discounts.map(({ promotion, amount }) => (
            <tr class="per" key={`${line.item} ${line.size ?? ''} ${promotion}`}>
              <th scope="row">{names.get(promotion) ?? promotion}</th>
              <td>−{money(amount, setting)}</td>
            </tr>
          )),
        ])}
        {receipt.gifts.map(({ promotion, item, quantity }) => (
          <tr class="per" key={`gift ${promotion}`}>
            <th scope="row">
              {quantity} × {messages.bag.gift(shop.shelves?.item(item)?.name ?? item)}
            </th>
            <td>{money(0, setting)}</td>
          </tr>
        ))}
        {(receipt.discount > 0 || receipt.shipping) && (
          <tr>
            <th scope="row">{messages.bag.subtotal}</th>
            <td>{money(receipt.subtotal, setting)}</td>
          </tr>
        )}
        {receipt.shipping && (
          <>
            <tr>
              <th scope="row">{messages.bag.shipping}</th>
              <td>{money(receipt.shipping.subtotal, setting)}</td>
            </tr>
            {receipt.shipping.discounts.map(({ promotion, amount }) => (
              <tr class="per" key={`shipping ${promotion}`}>
                <th scope="row">{names.get(promotion) ?? promotion}</th>
                <td>−{money(amount, setting)}</td>
              </tr>
            ))}
          </>
        )}
        {receipt.discount > 0 && (
          <tr>
            <th scope="row">{messages.bag.discount}</th>
            <td>−{money(receipt.discount, setting)}</td>
          </tr>
        )}
        <tr class="total">
          <th scope="row">{messages.bag.total}</th>
          <td>{money(receipt.total, setting)}</td>
        </tr>
        {receipt.tenders.map(({ id, name, amount }) => (
          <tr key={`tender ${id}`}>
            <th scope="row">{messages.bag.paidBy(name)}</th>
            <td>−{money(amount, setting)}</td>
          </tr>
        ))}
        {receipt.tenders.length > 0 && (
          <tr class="total">
            <th scope="row">{messages.bag.payable}</th>
            <td>{money(receipt.payable, setting)}</td>
          </tr>
        )}
        {receipt.used.map(
          ({ id, name, next }) =>
            next && (
              <tr class="per" key={`next ${id}`}>
                <th scope="row" colSpan={2}>
                  {messages.bag.next(name, money(next.missing, setting), money(next.more, setting))}
                </th>
              </tr>
            ),
        )}
        {counting(receipt)
          .filter(({ code }) => shop.basket.entered(code))
          .map(({ id, code }) => (
            <tr key={`code ${id}`}>
              <th scope="row">{messages.bag.codeEntered(code!)}</th>
              <td>
                <DropCode code={code!} />
              </td>
            </tr>
          ))}
        {receipt.unknownCodes.map((code) => (
          <tr class="refused" key={code}>
            <th scope="row">{messages.bag.unknownCode(code)}</th>
            <td>
              <DropCode code={code} />
            </td>
          </tr>
        ))}
        {receipt.refused
          .filter(({ reason }) => reason !== 'code_not_entered')
          .map(({ id, name, text, code }) => (
            <tr class="refused" key={id}>
              <th scope="row" colSpan={shop.basket.entered(code) ? 1 : 2}>
                {messages.pair(messages.bag.refused, messages.sentence(name, text))}
              </th>
              {shop.basket.entered(code) && (
                <td>
                  <DropCode code={code!} />
                </td>
              )}
            </tr>
          ))}
      </tbody>
    </table>
  );
}
