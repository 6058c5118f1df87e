/** The receipt of an order: whole in the page that it was placed in, and later as much of it as this browser keeps. */

import { useApp, useHref, useSetting } from '../app';
import { longDate, money, timeOfDay } from '../format';
import { Empty } from '../parts/controls';
import { ReceiptTable } from '../parts/receipt';
import { type Remembered, rememberedOrder } from '../shop/placed';

export function ReceiptPage({ id }: { id: string }) {
  const { shop, messages } = useApp();
  const setting = useSetting();
  const link = useHref();
  const { ordered } = messages;
  const order = shop.placed.find(id);
  const kept = order ? undefined : rememberedOrder(shop.orders(), id);
  const found = order ?? kept;
  if (!found) {
    const text = shop.coming ? messages.loading : shop.status === 'refused' ? ordered.blind : ordered.unknown;
    return (
      <>
        <div class="head">
          <h1 tabIndex={-1}>{ordered.title}</h1>
        </div>
        <Empty text={text}>
          <a class="btn" href={link({ page: 'home' })}>
            {messages.bag.emptyAction}
          </a>
        </Empty>
      </>
    );
  }
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{ordered.title}</h1>
        <p class="sub">{order ? (order.sent ? ordered.sent : ordered.pretended) : ordered.kept}</p>
      </div>
      <section class="receipt placed" aria-labelledby="h-placed">
        <h2 id="h-placed">{messages.bag.receipt}</h2>
        <p class="n">{messages.pair(ordered.number, id)}</p>
        <p class="n">{messages.both(longDate(found.at, setting), timeOfDay(found.at, setting))}</p>
        {order ? <ReceiptTable receipt={order.receipt} /> : <Goods of={kept!} />}
        <p>{ordered.demo}</p>
      </section>
      <p class="sub small">{shop.consent !== 'on' ? ordered.lasts : order ? ordered.lastsKept : ordered.staysKept}</p>
      <p class="pair">
        <a class="btn" href={link({ page: 'home' })}>
          {messages.bag.emptyAction}
        </a>
        <a class="btn" href={link({ page: 'kept' })}>
          {messages.vow.link}
        </a>
      </p>
    </>
  );
}

/** Goods of an order that is remembered: what coupons took off and what shipping cost is not kept. */
function Goods({ of: { items, goods } }: { of: Remembered }) {
  const { messages } = useApp();
  const setting = useSetting();
  return (
    <table>
      <tbody>
        {items.map(({ id, name, size, quantity, price = 0 }) => (
          <tr key={`${id} ${size ?? ''}`}>
            <th scope="row">
              {quantity} × {name ?? id}
              {size ? messages.inSize(size) : ''}
            </th>
            <td>{money(price * quantity, setting)}</td>
          </tr>
        ))}
        <tr class="total">
          <th scope="row">{messages.ordered.goods}</th>
          <td>{money(goods, setting)}</td>
        </tr>
      </tbody>
    </table>
  );
}
