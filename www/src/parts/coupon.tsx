/** A coupon that this tab chose to show: money, so it is ticket yellow. Who is shown it gets nothing others cannot have. */

import type { Offer } from 'windowshop';
import { useApp, useSetting } from '../app';
import { shortDate } from '../format';

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
  return (
    <aside class="coupon" aria-labelledby="h-coupon">
      <div class="a">
        <h3 id="h-coupon">{offer.name}</h3>
        <p>
          {messages.coupon.everybody}{' '}
          {offer.expires !== undefined && messages.coupon.until(shortDate(offer.expires, setting))}
        </p>
        <p class="reason">{offer.text}</p>
      </div>
      <div class="b">
        <p class="n">{messages.coupon.code(offer.code)}</p>
        <button class="btn" onClick={use}>
          {messages.coupon.use}
        </button>
      </div>
    </aside>
  );
}
