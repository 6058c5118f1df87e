/** A sale from inside: its window, then its goods, narrowed and ordered as the shopper likes. */

import { useEffect, useMemo } from 'preact/hooks';
import { useApp, useHref } from '../app';
import { Fascia, Pane } from '../parts/art';
import { Card } from '../parts/card';
import { CalendarLink, CardBones, Countdown, Empty, FilesTrouble, Remind, Ticket } from '../parts/controls';
import { More, STEP, useShown } from '../parts/more';
import { Shelf } from '../parts/shelf';
import { Street } from '../parts/window';
import { arrange, categoriesOf, type Order, ORDERS, sizesOf } from '../shop/arrange';
import type { SaleWish } from '../router';
import { type SaleRow, stateOf } from '../shop/rows';

export function SalePage({ id }: { id: string }) {
  const { shop, messages } = useApp();
  const link = useHref();
  const sale = shop.shelves?.sale(id);
  if (!shop.shelves) return <CardBones count={8} grid="goods" />;
  if (!sale) {
    return (
      <>
        <div class="head">
          <h1 tabIndex={-1}>{messages.sale.unknownTitle}</h1>
        </div>
        <Empty text={messages.sale.unknown}>
          <a class="btn" href={link({ page: 'home' })}>
            {messages.footer.back}
          </a>
        </Empty>
      </>
    );
  }
  return <Sale sale={sale} key={id} />;
}

function Sale({ sale }: { sale: SaleRow }) {
  const { now, arranged, messages } = useApp();
  const state = stateOf(sale, now);
  const shut = stateOf(sale, arranged) === 'preview';
  return (
    <>
      <div class="sale-head">
        <div class={`front shop-front ${shut ? 'shut' : ''}`}>
          <Fascia brand={sale.brand} name={sale.brandName} tier={sale.tier} />
          <Pane row={sale} format="wide">
            {(shut || state === 'ended') && (
              <span class={state === 'ended' ? 'roll down' : state === 'open' ? 'roll up' : 'roll'} />
            )}
          </Pane>
        </div>
        <div class="facts">
          <h1 tabIndex={-1}>
            <span class="vh">{messages.pair(sale.brandName, '')}</span>
            {sale.title}
          </h1>
          <p class="sub">
            {sale.brandName} · {messages.windows.pieces(sale.items)}
          </p>
          <div class="line">
            {state !== 'ended' && <Ticket percent={sale.percentOffUpTo} upTo />}
            <Countdown sale={sale} />
          </div>
          {state === 'preview' && <p class="sub">{messages.sale.preview}</p>}
          <div class="line">
            <Remind sale={sale} />
            {state === 'preview' && <CalendarLink sale={sale} />}
          </div>
        </div>
      </div>
      {state === 'ended' ? <Similar sale={sale} /> : <Goods sale={sale} />}
    </>
  );
}

function Similar({ sale }: { sale: SaleRow }) {
  const { shop, now, messages } = useApp();
  const similar = shop
    .shelves!.sales.filter((s) => s.category === sale.category && stateOf(s, now) === 'open')
    .slice(0, 4);
  const goods = shop.lists.list({ surface: 'similar', brand: sale.brand, limit: 10 });
  return (
    <>
      {similar.length > 0 && (
        <section class="sec" aria-labelledby="h-similar">
          <div class="hd">
            <h2 id="h-similar">{messages.sale.others}</h2>
          </div>
          <Street sales={similar} />
        </section>
      )}
      <Shelf id="h-like" title={messages.sale.like(sale.brandName)} picks={goods} place="s" subject />
    </>
  );
}

function Goods({ sale }: { sale: SaleRow }) {
  const { shop, messages, route, narrow: say } = useApp();
  const items = shop.shelves!.itemsOf(sale.id);
  const wish: SaleWish = (route.page === 'sale' && route.wish) || {};
  const category = wish.category ?? '';
  const size = wish.size ?? '';
  const order = ORDERS.find((name) => name === wish.order) ?? 'shop';
  const { shown, more, list } = useShown(`${sale.id} ${category} ${size} ${order}`, STEP);
  useEffect(() => {
    if (!items) shop.needShelf();
  });
  const arranged = useMemo(() => arrange(items ?? [], { category, size, order }), [items, category, size, order]);
  if (!items) {
    return shop.filesProblem ? <FilesTrouble /> : <CardBones count={8} grid="goods" />;
  }
  const categories = categoriesOf(items);
  const sizesIn = (category: string) => sizesOf(category ? items.filter((item) => item.category === category) : items);
  const sizes = sizesIn(category);
  const visible = arranged.slice(0, shown);
  // What is asked for stands in the address: it survives going back, a reload and being handed on.
  const narrow = (to: { category?: string; size?: string; order?: Order }) => {
    const next = { category, size, order, ...to };
    const asked: SaleWish = {};
    if (next.category) asked.category = next.category;
    if (next.size) asked.size = next.size;
    if (next.order !== 'shop') asked.order = next.order;
    say({ page: 'sale', id: sale.id, ...(Object.keys(asked).length > 0 ? { wish: asked } : {}) });
  };
  return (
    <>
      <div class="tools">
        <div class="filters">
          {categories.length > 1 && (
            <Choices
              legend={messages.sale.category}
              all={messages.sale.all}
              name="category"
              value={category}
              options={categories}
              // A size that the others come in too stays asked for.
              choose={(to) => narrow({ category: to, size: sizesIn(to).includes(size) ? size : '' })}
            />
          )}
          {sizes.length > 1 && sizes.length <= 24 && (
            <Choices
              legend={messages.sale.size}
              all={messages.sale.all}
              name="size"
              value={size}
              options={sizes.map((s) => ({ id: s, name: s }))}
              choose={(to) => narrow({ size: to })}
            />
          )}
        </div>
        <label>
          <span class="legend small">{messages.sale.sort}</span>
          <br />
          <select
            class="pick"
            value={order}
            onChange={(event) => narrow({ order: event.currentTarget.value as Order })}
          >
            {ORDERS.map((name) => (
              <option key={name} value={name}>
                {messages.sale.sorts[name]}
              </option>
            ))}
          </select>
        </label>
        <p class="count n">
          <span role="status">{messages.sale.shown(arranged.length, items.length)}</span>
          <span>{messages.sale.sortNote}</span>
        </p>
      </div>
      {arranged.length === 0 ? (
        <Empty text={messages.sale.none}>
          <button class="btn" onClick={() => narrow({ category: '', size: '' })}>
            {messages.sale.clear}
          </button>
        </Empty>
      ) : (
        <>
          <h2 class="vh">{messages.sale.list}</h2>
          <div class="goods" ref={list}>
            {visible.map((item) => (
              <Card key={item.id} item={item} place="g" />
            ))}
          </div>
          <More shown={visible.length} total={arranged.length} more={more} />
        </>
      )}
    </>
  );
}

interface ChoicesProps {
  legend: string;
  all: string;
  name: string;
  value: string;
  options: readonly { id: string; name: string }[];
  choose(to: string): void;
}

/** One of several, with "all" first. */
function Choices({ legend, all, name, value, options, choose }: ChoicesProps) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div class="choices">
        {[{ id: '', name: all }, ...options].map((option) => (
          <label key={option.id}>
            <input type="radio" name={name} checked={value === option.id} onChange={() => choose(option.id)} />
            {option.name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
