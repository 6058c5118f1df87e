/** Every coupon and promotion of the shop, the same for every shopper, with what each does in this bag now. */

import type { Receipt } from 'windowshop';
import { useApp, useHref, useSetting } from '../app';
import { leave } from '../focus';
import { money } from '../format';
import { Empty } from '../parts/controls';
import { DropCode, PickBest, useEnter } from './bag';

export function CouponsPage() {
  const { shop, messages } = useApp();
  const link = useHref();
  const receipt = shop.receipt();
  const filled = shop.basket.lines.length > 0;
  const rows = receipt ? rowsOf(receipt) : [];
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
          {filled && <PickBest />}
          <ul class="rows coupons">
            {rows.map((row) => (
              <CouponRow key={row.id} row={row} filled={filled} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** A promotion as this page shows it: what it took off here, or why it did not. */
interface Row {
  id: string;
  name: string;
  code?: string | undefined;
  amount?: number;
  /** What a voucher pays, which is nothing off. */
  pays?: number;
  reason?: string;
  text?: string;
}

/** Those that count first, then those with a code, then the others; each by name. */
function rowsOf({ used, tenders, refused }: Receipt): Row[] {
  const rank = ({ amount, pays, code }: Row) => ((amount ?? pays) === undefined ? (code === undefined ? 2 : 1) : 0);
  const paying = tenders.map(({ id, name, code, amount }) => ({ id, name, code, pays: amount }));
  const all: Row[] = [...used, ...paying, ...refused];
  return all
    .filter(({ reason }) => reason !== 'ended')
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

function CouponRow({ row: { name, code, amount, pays, reason, text }, filled }: { row: Row; filled: boolean }) {
  const { shop, messages } = useApp();
  const setting = useSetting();
  const enter = useEnter();
  const entered = shop.basket.entered(code);
  // Without a bag nothing can be said of what a coupon does, but for when it begins.
  const counts = amount ?? pays;
  const said =
    amount !== undefined
      ? messages.coupons.counts(money(amount, setting))
      : pays !== undefined
        ? messages.coupons.pays(money(pays, setting))
        : filled || reason === 'not_open'
          ? text
          : undefined;
  return (
    <li>
      <div>
        <h2 class="small">{name}</h2>
        <p class="sub">{code === undefined ? messages.coupons.byItself : messages.coupon.code(code)}</p>
        {said && reason !== 'code_not_entered' && <p class={counts === undefined ? 'sub' : 'counts'}>{said}</p>}
      </div>
      {code !== undefined &&
        (entered ? (
          <DropCode code={code} />
        ) : (
          <button
            class="btn"
            aria-label={messages.pair(messages.bag.use, name)}
            onClick={(event) => {
              leave(event.currentTarget);
              enter(code);
            }}
          >
            {messages.bag.use}
          </button>
        ))}
    </li>
  );
}
