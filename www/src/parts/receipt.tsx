/** A receipt as a table, by the engine or added up plainly; and two that differ beside each other. */

import type { Receipt, RefusedPromotion } from 'windowshop';
import { useApp, useSetting } from '../app';
import { money } from '../format';
import { counting } from '../shop/bag';
import type { Sums } from '../shop/checkout';
import { refusalText, touchesBag } from '../shop/coupons';
import { Leaving } from './controls';

/**
 * What a bag costs where the engine is not here: the goods alone. It must not pass for what will be paid, so there is no
 * total in it.
 */
export function PlainReceipt({ goods }: { goods: number }) {
  const { messages } = useApp();
  const setting = useSetting();
  return (
    <table>
      <tbody>
        <tr>
          <th scope="row">{messages.bag.subtotal}</th>
          <td>{money(goods, setting)}</td>
        </tr>
        <tr>
          <th scope="row">{messages.bag.shipping}</th>
          <td>{messages.bag.notIncluded}</td>
        </tr>
        <tr>
          <th scope="row">{messages.coupons.title}</th>
          <td>{messages.bag.notIncluded}</td>
        </tr>
      </tbody>
    </table>
  );
}

/** The engine's receipt: lines, what was taken off, and one total. `live` adds what can still be changed of it. */
export function ReceiptTable({ receipt, live }: { receipt: Receipt; live?: boolean }) {
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
        {receipt.tenders.length > 0 && (
          <tr>
            <th scope="row">{messages.bag.beforeVouchers}</th>
            <td>{money(receipt.total, setting)}</td>
          </tr>
        )}
        {receipt.tenders.map(({ id, name, amount }) => (
          <tr key={`tender ${id}`}>
            <th scope="row">{messages.bag.paidWith(name)}</th>
            <td>−{money(amount, setting)}</td>
          </tr>
        ))}
        {receipt.tenders.length > 0 && receipt.used.length > 0 && (
          <tr class="per">
            <th scope="row" colSpan={2}>
              {messages.bag.vouchersPay}
            </th>
          </tr>
        )}
        <tr class="total">
          <th scope="row">{messages.bag.total}</th>
          <td>{money(receipt.payable, setting)}</td>
        </tr>
        {live && <Changeable receipt={receipt} />}
      </tbody>
    </table>
  );
}

/** What could still be changed: the next step of a promotion, codes that were entered, and what does not count, and why. */
function Changeable({ receipt }: { receipt: Receipt }) {
  const { shop, messages } = useApp();
  const setting = useSetting();
  const { entered } = shop.basket;
  const has = (code: string | undefined) => entered.call(shop.basket, code);
  // Of what nobody entered only what is about these goods: the rest stands on the page of all coupons.
  const told = receipt.refused.filter((refused) => has(refused.code) || touchesBag(refused));
  return (
    <>
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
        .filter(({ code }) => has(code))
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
      {told.map((refused) => (
        <Refused key={refused.id} refused={refused} entered={has(refused.code)} />
      ))}
    </>
  );
}

function Refused({ refused, entered }: { refused: RefusedPromotion; entered: boolean }) {
  const { shop, messages } = useApp();
  const setting = useSetting();
  const { name, code } = refused;
  return (
    <tr class="refused">
      <th scope="row" colSpan={entered ? 1 : 2}>
        {messages.bag.codeRefused(name, refusalText(refused, setting, shop.till.isIdle(refused)))}
      </th>
      {entered && (
        <td>
          <DropCode code={code!} />
        </td>
      )}
    </tr>
  );
}

/** Takes a code out again, whatever became of it. */
export function DropCode({ code }: { code: string }) {
  const { shop, messages } = useApp();
  return (
    <Leaving
      look="lnk"
      label={messages.bag.dropCodeLabel(code)}
      act={() => {
        shop.basket.dropCode(code);
        const again = { label: messages.bag.undo, run: () => shop.basket.useCode(code) };
        shop.say(messages.bag.codeDropped(code), again);
      }}
    >
      {messages.bag.dropCode}
    </Leaving>
  );
}

/** Two receipts beside each other: the one that was shown, and what the checkout says now. */
export function Compared({ shown, now }: { shown: Sums; now: Sums }) {
  const { messages } = useApp();
  const setting = useSetting();
  const rows: [string, (sums: Sums) => number][] = [
    [messages.bag.subtotal, (sums) => sums.subtotal],
    [messages.bag.discount, (sums) => 0 - sums.discount],
    [messages.bag.shipping, (sums) => sums.shipping?.subtotal ?? 0],
    [messages.bag.total, (sums) => sums.payable],
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
