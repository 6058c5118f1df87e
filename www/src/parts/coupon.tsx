/**
 * What this tab chose to put forward: a coupon (money, so it is ticket yellow), a word of the shop, or both. Who is shown a
 * coupon gets nothing that others cannot have.
 */

import { useEffect } from 'preact/hooks';
import type { Offer } from 'windowshop';
import { useApp, useSetting } from '../app';
import { shortDate } from '../format';
import { refusalText } from '../shop/coupons';

/** What may be put forward here; `inBag` under the bag itself. */
export function OfferHere({ inBag = false }: { inBag?: boolean }) {
  const { shop } = useApp();
  const offer = shop.till.offer(inBag);
  return offer ? <Coupon offer={offer} /> : null;
}

export function Coupon({ offer }: { offer: Offer }) {
  const { shop, messages, go } = useApp();
  const setting = useSetting();
  const { coupon, message } = offer;
  const bar = coupon && shop.till.barred().get(coupon.id);
  const use = (code: string) => {
    shop.basket.useCode(code);
    shop.say(messages.coupon.used, {
      label: messages.item.toBag,
      run: () => go({ page: 'bag' }),
      onward: true,
    });
  };
  // Told when it is drawn: by this the engine knows how often it was shown, and keeps to its caps.
  useEffect(() => shop.till.offerShown(offer), [offer.id]);
  const dismiss = () => {
    const undo = shop.till.dismissOffer(offer);
    const said = coupon ? messages.coupon.dismissed : messages.coupon.read;
    shop.say(said, { label: messages.item.undo, run: undo });
  };
  return (
    <aside class={coupon ? 'coupon' : 'coupon word'} aria-labelledby="h-coupon">
      <div class="a">
        {coupon && message && <p class="said">{message}</p>}
        <h3 id="h-coupon">{coupon ? coupon.name : message}</h3>
        {coupon && (
          <p>
            {bar ? messages.sentence(refusalText(bar, setting)) : messages.coupon.everybody}{' '}
            {offer.expires !== undefined && messages.coupon.until(shortDate(offer.expires, setting))}
          </p>
        )}
        <p class="reason">{messages.coupon.why(offer.text)}</p>
        {offer.disclosure && <p class="reason">{offer.disclosure}</p>}
      </div>
      <div class="b">
        {coupon && (
          <>
            <p class="n">{messages.coupon.code(coupon.code)}</p>
            <button class="btn" onClick={() => use(coupon.code)}>
              {messages.coupon.use}
            </button>
          </>
        )}
        <button class="btn" onClick={dismiss}>
          {coupon ? messages.coupon.dismiss : messages.coupon.close}
        </button>
      </div>
    </aside>
  );
}
