/**
 * The way to an order: one button, then one step that shows word for word what would be sent and to whom. Without the engine
 * there is nothing to agree to yet, so the button waits.
 */

import type { Receipt } from 'windowshop';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp, useSetting } from '../app';
import * as clock from '../clock';
import { focusOn } from '../focus';
import { money } from '../format';
import { type BagLine } from '../shop/bag';
import { codesOf, linesOf, order, orderId, type Sums, taken } from '../shop/checkout';
import { Compared } from './receipt';

interface CheckoutProps {
  receipt: Receipt | undefined;
  /** So many of each line as can be bought now. */
  bought: readonly BagLine[];
}

export function Checkout({ receipt, bought }: CheckoutProps) {
  const { shop, messages } = useApp();
  const [asked, setAsked] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const nothing = bought.every(({ quantity }) => quantity === 0);
  const ready = receipt !== undefined && !nothing;
  if (asked && ready) {
    const back = () => {
      setAsked(false);
      requestAnimationFrame(() => button.current?.focus({ preventScroll: true }));
    };
    return <Confirm receipt={receipt} bought={bought} back={back} />;
  }
  const why = nothing
    ? messages.bag.nothingToBuy
    : receipt
      ? messages.bag.payNext
      : shop.coming
        ? messages.bag.payWaits
        : messages.bag.plain;
  return (
    <>
      <button class="btn pri" ref={button} disabled={!ready} onClick={() => setAsked(true)}>
        {messages.bag.pay}
      </button>
      <p>{why}</p>
    </>
  );
}

/** What would be sent, to whom, and what would not; and the two ways on from here. */
function Confirm({ receipt, bought, back }: { receipt: Receipt; bought: readonly BagLine[]; back: () => void }) {
  const { shop, messages } = useApp();
  const setting = useSetting();
  const { ordering, failed, told, send, pretend } = useOrder(receipt, bought);
  const heading = useRef<HTMLHeadingElement>(null);
  const message = useRef<HTMLParagraphElement>(null);
  useEffect(() => focusOn(heading.current), []);
  // Where the order has changed there is nothing to press again: reading goes on at what is said of it.
  useEffect(() => {
    if (!failed || failed.again) return;
    focusOn(message.current);
    message.current?.scrollIntoView({ block: 'nearest' });
  }, [failed]);
  // While an order is on its way the buttons do nothing, and keep the focus that they have.
  const rest = (act: () => void) => ({ 'aria-disabled': ordering, onClick: () => ordering || act() });
  const codes = codesOf(receipt, shop.basket.codes);
  const { confirm } = messages;
  return (
    <section class="confirm" aria-labelledby="h-confirm">
      <h3 id="h-confirm" tabIndex={-1} ref={heading}>
        {confirm.title}
      </h3>
      <p>{confirm.to(location.host)}</p>
      <ul>
        {linesOf(receipt).map(({ item, size, quantity }) => (
          <li key={`${item} ${size ?? ''}`}>
            {quantity} × {shop.shelves?.item(item)?.name ?? item}
            {size ? messages.inSize(size) : ''}
          </li>
        ))}
        <li>{codes.length > 0 ? confirm.codes(codes.join(', ')) : confirm.noCodes}</li>
        {receipt.shipping && (
          <li>{confirm.shipping(money(receipt.shipping.total, setting), money(receipt.shipping.subtotal, setting))}</li>
        )}
        <li>{confirm.total(money(receipt.payable, setting))}</li>
        <li>{confirm.besides}</li>
      </ul>
      <p>{confirm.never}</p>
      {clock.isSet() && <p>{messages.bag.clockSet}</p>}
      <button class="btn pri" {...rest(() => void send())}>
        {confirm.send}
      </button>
      <p>{confirm.sendNote}</p>
      <button class="btn" {...rest(pretend)}>
        {confirm.pretend}
      </button>
      <p>{confirm.pretendNote}</p>
      <button class="lnk" {...rest(back)}>
        {confirm.back}
      </button>
      <div role="alert">
        {failed && !ordering && (
          <p class="err failed" tabIndex={-1} ref={message}>
            {failed.text}
          </p>
        )}
      </div>
      {told && isSame(told.shown, receipt) && <Compared shown={told.shown} now={told.now} />}
    </section>
  );
}

/** Whether two receipts come to the same: they are made anew with each drawing. */
function isSame(one: Receipt, other: Receipt): boolean {
  return (
    one.subtotal === other.subtotal &&
    one.discount === other.discount &&
    one.payable === other.payable &&
    one.shipping?.subtotal === other.shipping?.subtotal
  );
}

/** Why an order was not taken, and whether the same may be asked for again. */
interface Failed {
  text: string;
  again: boolean;
}

/** Places the order, or pretends to, and turns to its receipt; what kept it from being taken is said. */
function useOrder(receipt: Receipt, bought: readonly BagLine[]) {
  const { shop, messages, go } = useApp();
  const setting = useSetting();
  const [ordering, setOrdering] = useState(false);
  // It stands there until the next try: who looks away does not miss it.
  const [failed, setFailed] = useState<Failed>();
  const [told, setTold] = useState<{ shown: Receipt; now: Sums }>();
  const place = (id: string, sent: boolean) => {
    shop.placed.add({ id, at: clock.now(), sent, receipt });
    shop.basket.pretendToBuy(id, bought);
    go({ page: 'receipt', id });
  };
  const pretend = () => {
    const id = orderId(receipt, shop.basket.codes);
    taken();
    place(id, false);
  };
  const send = async (): Promise<void> => {
    const id = orderId(receipt, shop.basket.codes);
    setOrdering(true);
    setTold(undefined);
    setFailed(undefined);
    const outcome = await order(id, receipt, shop.basket.codes);
    setOrdering(false);
    shop.network.answered(outcome.kind !== 'lost');
    const { bag } = messages;
    // Under a clock that is set the checkout, which goes by its own, says the same again when the page is loaded.
    const why = clock.isSet() ? [bag.clockSet, bag.toPresent] : [bag.reload];
    const changed = (text: string) => setFailed({ text: [text, ...why].join(messages.gap), again: false });
    switch (outcome.kind) {
      case 'none':
        setFailed({ text: bag.payNote, again: true });
        return;
      case 'lost':
        setFailed({ text: bag.lost, again: true });
        return;
      case 'nothing':
        changed(bag.noneLeft);
        return;
      case 'changed': {
        const gone = outcome.gone.map((item) => shop.shelves?.item(item)?.name ?? item);
        const now = outcome.now && money(outcome.now.payable, setting);
        if (outcome.now) setTold({ shown: receipt, now: outcome.now });
        changed(bag.changed(money(receipt.payable, setting), now, gone));
        return;
      }
      case 'ordered':
        place(id, true);
    }
  };
  return { ordering, failed, told, send, pretend };
}
