/** One item: its picture, price and sizes, and the facts that buyers ask for before they decide. */

import { useEffect, useState } from 'preact/hooks';
import { useApp, useHref, useSetting } from '../app';
import { fullDate, money, whenInWords } from '../format';
import { ItemPicture } from '../parts/art';
import { OfferHere } from '../parts/coupon';
import { Card, Stock } from '../parts/card';
import { CardBones, Countdown, Empty, FilesTrouble, Price, Remind } from '../parts/controls';
import { Icon } from '../parts/icons';
import { SHELF, Shelf } from '../parts/shelf';
import { answers, asksShelfLife, ENOUGH_SOLD, isPastDate } from '../shop/asked';
import { audienceOf, isHeight } from '../shop/audience';
import { stockOf } from '../shop/bag';
import { familyOf, type Item, type SaleRow, stateOf } from '../shop/rows';

/** Stock per size is told from here down. */
const FEW = 9;

export function ItemPage({ id }: { id: string }) {
  const { shop, messages } = useApp();
  const link = useHref();
  const item = shop.shelves?.item(id);
  const sale = item && shop.shelves?.sale(item.sale);
  useEffect(() => {
    if (!item) shop.needShelf();
  });
  if (!item || !sale) {
    const waiting = shop.coming || (shop.status === 'refused' && !shop.shelfHere && !shop.filesProblem);
    if (waiting) return <CardBones count={4} grid="goods" />;
    // Whether it is there is not known.
    if (shop.filesProblem && !shop.shelfHere) return <FilesTrouble />;
    return (
      <>
        <div class="head">
          <h1 tabIndex={-1}>{messages.item.unknownTitle}</h1>
        </div>
        <Empty text={messages.item.unknown}>
          <a class="btn" href={link({ page: 'home' })}>
            {messages.footer.back}
          </a>
        </Empty>
      </>
    );
  }
  return <Details item={item} sale={sale} key={id} />;
}

function Details({ item, sale }: { item: Item; sale: SaleRow }) {
  const { shop, messages } = useApp();
  const audience = audienceOf(item.category, shop.shelves);
  const link = useHref();
  // Seen once for each time the page is opened.
  useEffect(() => void shop.observe({ name: 'view_item', params: { items: [{ item_id: item.id }] } }), [item.id]);
  return (
    <>
      <div class="item">
        <div class="picture">
          <ItemPicture row={item} place="b" />
        </div>
        <div>
          <div class="buy">
            <div>
              <a class="brand" href={link({ page: 'sale', id: sale.id })}>
                {item.brandName}
              </a>
              <h1 tabIndex={-1}>{item.name}</h1>
              {audience && <p class="small sub">{messages.audience[audience]}</p>}
            </div>
            <Price item={item} />
            <div class="line">
              <Countdown sale={sale} />
            </div>
            <Buy item={item} sale={sale} />
          </div>
          <Facts item={item} />
        </div>
      </div>
      <OfferHere />
      <MoreOf item={item} sale={sale} />
    </>
  );
}

function Buy({ item, sale }: { item: Item; sale: SaleRow }) {
  const { shop, now, messages, go } = useApp();
  const setting = useSetting();
  const single = item.sizes.length <= 1;
  const [size, setSize] = useState<string | undefined>(single ? item.sizes[0]?.size : undefined);
  const [missing, setMissing] = useState(false);
  const state = stateOf(sale, now);
  const saved = shop.isFavourite(item.id);
  const inBag = shop.basket.unitsOf(item.id);
  const reason =
    state === 'ended'
      ? messages.item.ended
      : state === 'preview'
        ? messages.item.notYet(whenInWords(sale.opens, now, setting))
        : item.stock === 0
          ? item.sold > 0
            ? messages.item.soldOut
            : messages.stock.none
          : undefined;
  const add = () => {
    if (size === undefined && !single) {
      setMissing(true);
      document.querySelector<HTMLInputElement>('.sizes input:not(:disabled)')?.focus();
      return;
    }
    shop.basket.put(item, single ? undefined : size);
    shop.say(messages.item.added(item.name), {
      label: messages.item.toBag,
      run: () => go({ page: 'bag' }),
      onward: true,
    });
  };
  return (
    <>
      {!single && (
        <fieldset class="sizes">
          <legend class="small">
            {messages.item.size}
            {missing && size === undefined && <strong role="alert"> · {messages.item.choose}</strong>}
          </legend>
          <div class="choices">
            {item.sizes.map(({ size: name, stock }) => (
              <label key={name}>
                <input
                  type="radio"
                  name="size"
                  disabled={stock === 0}
                  checked={size === name}
                  onChange={() => setSize(name)}
                />
                <span>{isHeight(name, item.category, shop.shelves) ? messages.item.height(name) : name}</span>
                {stock <= FEW && (
                  <small class="n">{stock === 0 ? messages.stock.none : messages.stock.left(stock)}</small>
                )}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <Stock item={item} />
      {isPastDate(item, now, setting) && (
        <p class="said">{messages.item.pastDate(fullDate(item.shelfLifeUntil!, setting))}</p>
      )}
      <div class={`acts3 ${reason === undefined ? 'stays' : ''}`}>
        {/* The price is said above; on a phone it is seen here too, where this stays at the bottom. */}
        <b class="n cost" aria-hidden="true">
          {money(item.price, setting)}
        </b>
        <button
          class="btn pri"
          disabled={reason !== undefined || (size !== undefined && stockOf(item, size) === 0)}
          onClick={add}
        >
          <Icon name="bag" />
          {reason ?? messages.item.add}
        </button>
        <button class="btn" aria-pressed={saved} onClick={() => shop.setFavourite(item.id, !saved)}>
          <Icon name="keep" />
          {saved ? messages.item.saveOn : messages.item.saveOff}
        </button>
        {state !== 'open' && <Remind sale={sale} calendarToo />}
      </div>
      {inBag > 0 && <p class="small sub n">{messages.item.inBag(inBag)}</p>}
    </>
  );
}

function Facts({ item }: { item: Item }) {
  const { messages, shop } = useApp();
  const setting = useSetting();
  const family = familyOf(item.category, shop.shelves);
  const asked = answers(item, family, setting);
  const details = Object.entries(messages.item.attribute).flatMap(([key, label]) => {
    const value = item.attributes[key];
    return value ? [{ label, value: messages.item.value(key, value) }] : [];
  });
  return (
    <dl class="facts2">
      {asked.length > 0 && (
        <div>
          <dt>{messages.item.first}</dt>
          <dd class="n">
            <ul>
              {asked.map((answer) => (
                <li key={answer}>{answer}</li>
              ))}
            </ul>
          </dd>
        </div>
      )}
      <div>
        <dt>{messages.item.ratingLabel}</dt>
        <dd class="n">
          {item.rating
            ? messages.item.rating((item.rating.value / 100).toFixed(1), item.rating.count)
            : messages.item.noRating}
        </dd>
      </div>
      <div>
        <dt>{messages.item.returns}</dt>
        <dd class="n">
          <Returns item={item} />
        </dd>
      </div>
      {details.length > 0 && (
        <div>
          <dt>{messages.item.details}</dt>
          <dd>
            <ul>
              {details.map(({ label, value }) => (
                <li key={label}>{messages.pair(label, value)}</li>
              ))}
              {item.authenticityInsured && <li>{messages.item.insured}</li>}
              {item.offSeason && <li>{messages.item.offSeason}</li>}
              {item.shelfLifeUntil !== undefined && !asksShelfLife(family) && (
                <li>{messages.item.shelfLife(fullDate(item.shelfLifeUntil, setting))}</li>
              )}
            </ul>
          </dd>
        </div>
      )}
      <div>
        <dt>{messages.header.onThisDevice}</dt>
        <dd class="small">{messages.item.picture}</dd>
      </div>
    </dl>
  );
}

/** How many came back and why: never a bare rate, and nothing before enough were sold to say it. */
function Returns({ item }: { item: Item }) {
  const { messages } = useApp();
  if (item.sold < ENOUGH_SOLD) return <>{messages.item.returnsFew(item.sold)}</>;
  if (item.returned === 0) return <>{messages.item.returnsNone(item.sold)}</>;
  const reasons = messages.item.reasons
    .map((name, i) => ({ name, count: item.returnReasons[i] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  const most = reasons[0]?.count ?? 1;
  return (
    <>
      {messages.item.returnsShare(item.returned, item.sold, Math.round((100 * item.returned) / item.sold))}
      <ul class="share">
        {reasons.map(({ name, count }) => (
          <li key={name}>
            <span>{name}</span>
            <span class="n">{count}</span>
            <span class="bar" aria-hidden="true" style={{ '--share': `${Math.round((100 * count) / most)}%` }}>
              <i />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function MoreOf({ item, sale }: { item: Item; sale: SaleRow }) {
  const { shop, messages } = useApp();
  const list = shop.shelves!.itemsOf(sale.id) ?? [];
  const worn = item.outfit ? list.filter((other) => other.outfit === item.outfit && other.id !== item.id) : [];
  const start = list.findIndex((other) => other.id === item.id);
  const next = [...list.slice(start + 1), ...list.slice(0, Math.max(0, start))];
  const more = next.filter((other) => other.stock > 0 && !worn.includes(other)).slice(0, SHELF);
  const left = [...worn, ...more].map(({ id }) => id);
  const similar = shop.lists.list({ surface: 'similar', item: item.id, limit: SHELF, brandCap: 1, exclude: left });
  return (
    <>
      {worn.length > 0 && (
        <section class="sec shelf" aria-labelledby="h-worn">
          <div class="hd">
            <h2 id="h-worn">{messages.item.wornWith}</h2>
          </div>
          <div class="feed">
            {worn.slice(0, SHELF).map((other) => (
              <Card key={other.id} item={other} place="w" />
            ))}
          </div>
        </section>
      )}
      {more.length > 0 && (
        <section class="sec shelf" aria-labelledby="h-more">
          <div class="hd">
            <h2 id="h-more">{messages.item.more(item.brandName)}</h2>
          </div>
          <div class="feed">
            {more.map((other) => (
              <Card key={other.id} item={other} place="m" />
            ))}
          </div>
        </section>
      )}
      <Shelf id="h-like" title={messages.item.like} picks={similar} place="s" subject />
    </>
  );
}
