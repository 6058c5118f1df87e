/** What this browser remembers, kind by kind: each can be forgotten as a whole, and each thing that is seen by itself. */

import type { RememberedEvent, RememberedItem } from 'windowshop';
import { useApp, useHref, useSetting } from '../app';
import { money, shortDate } from '../format';
import { derivedChips } from '../shop/derived';
import { standing } from '../shop/standing';
import { ItemPicture } from './art';
import { Leaving } from './controls';
import { Icon } from './icons';
import { rememberedName, rowOfRemembered } from './remembered';

/** What is worked out of the orders, in words and sums. */
function useCustomer(): string[] {
  const { shop, messages } = useApp();
  const setting = useSetting();
  const customer = shop.customer();
  if (!customer || customer.frequency === 0) return [];
  const { frequency, monetary, recency = 0, expectation, discount } = customer;
  const k = messages.kept;
  return [
    k.orders(frequency, money(monetary, setting)),
    k.lastOrder(recency),
    ...(discount === undefined ? [] : [k.saved(Math.round(discount / 100))]),
    ...(expectation ? [k.expected(expectation.expected / 1_000, expectation.horizonDays)] : []),
  ];
}

/** What happened in one of several ways, newest first, each thing once. */
function gather(history: readonly RememberedEvent[], names: readonly string[]) {
  const events = history.filter(({ name }) => names.includes(name));
  const items = new Map<string, RememberedItem>();
  for (const event of events) for (const item of event.items) if (!items.has(item.id)) items.set(item.id, item);
  return { events, items: [...items.values()] };
}

/** All of it, kind by kind. */
export function KeptRows() {
  const { shop, messages } = useApp();
  const setting = useSetting();
  const k = messages.kept;
  const history = shop.history();
  const looked = gather(history, ['view_item', 'select_item', 'view_item_list']);
  const saved = standing(history, ['favourite_on', 'add_to_wishlist'], ['favourite_off']);
  const bagged = gather(history, ['add_to_cart', 'remove_from_cart']);
  // Pieces put in, however many at a time; what was taken out again was put in too.
  const units = bagged.events
    .filter(({ name }) => name === 'add_to_cart')
    .reduce((sum, { items }) => sum + items.reduce((pieces, { quantity }) => pieces + quantity, 0), 0);
  const searches = history.filter(({ name }) => name === 'search');
  // What a campaign said without a coupon is known by the campaign's id and its step's number.
  const offerName = (id: string) => (/:\d+$/.test(id) ? messages.kept.words : shop.till.promotionName(id));
  const dismissedName = (event: RememberedEvent) =>
    event.promotion === undefined ? rememberedName(event, shop.shelves) : offerName(event.promotion);
  const offers = history.filter(({ name }) => name === 'view_promotion');
  const dismissed = standing(history, ['dismiss'], ['undismiss']);
  const answers = history.filter(({ name }) => name === 'satisfaction');
  const orders = shop.orders();
  const bought = gather(
    orders,
    orders.map(({ name }) => name),
  );
  const reminders = shop.reminders();
  const chips = derivedChips(shop.derived(), shop.shelves, setting);
  const figures = useCustomer();
  const forget = useForget();
  const unremind = () => {
    for (const { brand } of reminders) shop.setReminder(brand, false);
    const undo = () => reminders.forEach(({ brand }) => shop.setReminder(brand, true));
    shop.say(messages.remind.stoppedAll, { label: k.undo, run: undo });
  };
  return (
    <ul class="facts3">
      <Row
        title={k.lookedAt}
        note={k.lookedAtNote(looked.items.length)}
        forget={looked.events.length > 0 && (() => void forget(looked.events))}
      >
        <Thumbs items={looked.items} place="h" of={looked.events} />
      </Row>
      <Row
        title={k.keptThings}
        note={k.keptNote(saved.holds.length)}
        forget={saved.events.length > 0 && (() => void forget(saved.events))}
      >
        <Thumbs items={saved.holds.flatMap(({ items }) => items)} place="k" of={saved.events} />
      </Row>
      {bagged.events.length > 0 && (
        <Row title={k.bagged} note={k.baggedNote(units)} forget={() => void forget(bagged.events)}>
          <Thumbs items={bagged.items} place="c" of={bagged.events} />
        </Row>
      )}
      <Row
        title={k.bought}
        note={k.boughtNote(orders.length)}
        forget={orders.length > 0 && (() => void forget(orders))}
      >
        <Thumbs items={bought.items} place="o" />
        <Receipts orders={orders} />
      </Row>
      {searches.length > 0 && (
        <Row title={k.searched} note={k.searchedNote(searches.length)} forget={() => void forget(searches)}>
          <Chips texts={searches.map(({ term }) => term ?? '')} />
        </Row>
      )}
      {offers.length > 0 && (
        <Row title={k.offers} note={k.offersNote(offers.length)} forget={() => void forget(offers)}>
          <Chips texts={[...new Set(offers.map(({ promotion }) => offerName(promotion ?? '')))]} />
        </Row>
      )}
      {dismissed.events.length > 0 && (
        <Row
          title={k.dismissed}
          note={k.dismissedNote(dismissed.holds.length)}
          forget={() => void forget(dismissed.events)}
        >
          <Chips texts={dismissed.holds.map((event) => dismissedName(event))} />
        </Row>
      )}
      {answers.length > 0 && (
        <Row title={k.survey} note={k.surveyNote(answers.length)} forget={() => void forget(answers)}>
          <Chips texts={answers.map(({ reason = '' }) => (reason === 'none' ? k.surveySkipped : k.answer(reason)))} />
        </Row>
      )}
      <Row title={k.derived} note={k.derivedNote}>
        <Chips texts={chips} />
      </Row>
      {figures.length > 0 && (
        <Row title={k.ofOrders} note={k.ofOrdersNote}>
          <Chips texts={figures} />
        </Row>
      )}
      <Row title={k.asked} note={k.askedNote(reminders.length)} forget={reminders.length > 0 && unremind}>
        <Chips texts={reminders.map(({ brandName }) => brandName)} />
      </Row>
    </ul>
  );
}

/** Forgets events, says so, and offers the way back. */
export function useForget(): (events: readonly RememberedEvent[]) => Promise<void> {
  const { shop, messages } = useApp();
  return async (events) => {
    const { count, undo } = await shop.forget(events.map(({ id }) => id));
    const back = () => void undo().then(() => shop.say(messages.kept.undone));
    shop.say(messages.kept.forgot(count), { label: messages.kept.undo, run: back });
  };
}

interface RowProps {
  title: string;
  note: string;
  forget?: (() => void) | false;
  children: preact.ComponentChildren;
}

function Row({ title, note, forget, children }: RowProps) {
  const { messages } = useApp();
  return (
    <li>
      <b>
        {title}
        <span class="n1 n">{note}</span>
      </b>
      <div>{children}</div>
      {forget ? (
        <Leaving label={messages.kept.forgetLabel(title)} act={forget}>
          {messages.kept.forget}
        </Leaving>
      ) : (
        <span />
      )}
    </li>
  );
}

interface ThumbsProps {
  items: readonly RememberedItem[];
  place: string;
  /** What was done with them, where each can be forgotten by itself. */
  of?: readonly RememberedEvent[];
}

/** The first few, as pictures. */
function Thumbs({ items, place, of }: ThumbsProps) {
  const { messages } = useApp();
  const forget = useForget();
  if (items.length === 0) return <span class="sub small">{messages.kept.nothing}</span>;
  return (
    <ul class="thumbs">
      {items.slice(0, 6).map((item) => (
        <li key={item.id}>
          <ItemPicture row={rowOfRemembered(item)} place={place} class="t" />
          <span class="vh">{item.name ?? item.id}</span>
          {of && (
            <Leaving
              look="off"
              label={messages.kept.forgetLabel(item.name ?? item.id)}
              act={() => void forget(of.filter(({ items: those }) => those.some(({ id }) => id === item.id)))}
            >
              <Icon name="cross" />
            </Leaving>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The way to the receipts of the latest orders. */
function Receipts({ orders }: { orders: readonly RememberedEvent[] }) {
  const { messages } = useApp();
  const setting = useSetting();
  const link = useHref();
  const placed = orders.flatMap(({ name, order, at }) => (name === 'purchase' && order ? [{ order, at }] : []));
  return (
    <>
      {placed.slice(0, 3).map(({ order, at }) => (
        <a class="small" key={order} href={link({ page: 'receipt', id: order })}>
          {messages.ordered.of(shortDate(at, setting))}
        </a>
      ))}
    </>
  );
}

function Chips({ texts }: { texts: readonly string[] }) {
  const { messages } = useApp();
  if (texts.length === 0) return <span class="sub small">{messages.kept.nothing}</span>;
  return (
    <ul class="chips">
      {[...new Set(texts)].slice(0, 12).map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
