/** A coupon that this tab chose to show: money, so it is ticket yellow. Who is shown it gets nothing others cannot have. */

import { useEffect } from 'preact/hooks';
import type { Offer } from 'windowshop';
import { useApp, useSetting } from '../app';
import { shortDate } from '../format';

/** The coupon that is put forward now, where its code is not entered already. */
export function OfferHere() {
  const { shop } = useApp();
  const offer = shop.offer();
  return offer && !shop.basket.entered(offer.code) ? <Coupon offer={offer} /> : null;
}

export function Coupon({ offer }: { offer: Offer }) {
  const { shop, messages, go } = useApp();
  const setting = useSetting();
  const use = () => {
    shop.basket.useCode(offer.code);
    shop.say(messages.coupon.used, {
      label: messages.item.toBag,
      run: () => go({ page: 'bag' }),
      onward: true,
    });
  };
  // Told when it is drawn: by this the engine knows how often it was shown, and keeps to its caps.
  useEffect(() => shop.offerShown(offer), [offer.coupon]);
  const dismiss = () => {
    const undo = shop.dismissOffer(offer);
    shop.say(messages.coupon.dismissed, { label: messages.item.undo, run: undo });
  };
  return (
    <aside class="coupon" aria-labelledby="h-coupon">
      <div class="a">
        <h3 id="h-coupon">{offer.name}</h3>
        <p>
          {messages.coupon.everybody}{' '}
          {offer.expires !== undefined && messages.coupon.until(shortDate(offer.expires, setting))}
        </p>
        <p class="reason">{messages.coupon.why(offer.text)}</p>
      </div>
      <div class="b">
        <p class="n">{messages.coupon.code(offer.code)}</p>
        <button class="btn" onClick={use}>
          {messages.coupon.use}
        </button>
        <button class="btn" onClick={dismiss}>
          {messages.coupon.dismiss}
        </button>
      </div>
    </aside>
  );
}
