/** Every coupon and promotion of the shop, the same for every shopper, with what each does in this bag now. */

import { useApp, useHref, useSetting } from '../app';
import { money } from '../format';
import { Empty, Leaving } from '../parts/controls';
import { DropCode } from '../parts/receipt';
import { type CouponRow, couponRows, refusalText } from '../shop/coupons';
import { PickBest, useEnter } from './bag';

export function CouponsPage() {
  const { shop, messages } = useApp();
  const link = useHref();
  const receipt = shop.till.receipt();
  const filled = shop.basket.lines.length > 0;
  const { till } = shop;
  const rows = receipt
    ? couponRows(
        receipt,
        till.barred(),
        (promotion) => till.worthOf(promotion),
        (promotion) => (filled ? till.refusalOf(promotion) : undefined),
      )
    : [];
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{messages.coupons.title}</h1>
        <p class="sub">{messages.coupons.sub}</p>
      </div>
      {rows.length === 0 ? (
        <Empty
          text={receipt ? messages.coupons.none : shop.status === 'refused' ? messages.coupons.blind : messages.loading}
        >
          <a class="btn" href={link({ page: 'home' })}>
            {messages.bag.emptyAction}
          </a>
        </Empty>
      ) : (
        <>
          {filled ? <PickBest /> : <p class="sub best">{messages.coupons.noBag}</p>}
          <ul class="rows coupons">
            {rows.map((row) => (
              <CouponLine key={row.id} row={row} filled={filled} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function CouponLine({ row, filled }: { row: CouponRow; filled: boolean }) {
  const { shop, messages } = useApp();
  const setting = useSetting();
  const enter = useEnter();
  const { name, code, amount, pays, worth, refused, barred } = row;
  const { coupons } = messages;
  const entered = shop.basket.entered(code);
  const counts = amount !== undefined ? coupons.counts(money(amount, setting)) : undefined;
  const paid = pays !== undefined ? coupons.pays(money(pays, setting)) : undefined;
  // What stands against it whatever is in the bag is said without one too.
  const against = barred ?? (filled && refused?.reason !== 'code_not_entered' ? refused : undefined);
  const said =
    counts ??
    paid ??
    (against
      ? refusalText(against, setting, shop.till.isIdle(against))
      : worth > 0
        ? coupons.would(money(worth, setting))
        : '');
  return (
    <li class={barred ? 'barred' : undefined}>
      <div>
        <h2 class="small">{name}</h2>
        <p class="sub">{code === undefined ? coupons.byItself : messages.coupon.code(code)}</p>
        {said && <p class={counts || paid ? 'counts' : 'sub'}>{said}</p>}
      </div>
      {code !== undefined &&
        (entered ? (
          <DropCode code={code} />
        ) : (
          !barred && (
            <Leaving look="btn" label={messages.pair(messages.bag.use, name)} act={() => enter(code)}>
              {messages.bag.use}
            </Leaving>
          )
        ))}
    </li>
  );
}
