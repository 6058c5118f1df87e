/**
 * Everything this browser keeps, inside, and every report that ever left, outside. Each row and each record can be
 * forgotten; all of it can be taken along, brought back, and wiped.
 */

import type { TargetedKeyboardEvent } from 'preact';
import type { RememberedEvent, RememberedItem } from 'windowshop';
import { useState } from 'preact/hooks';
import { useApp, useHref, useSetting } from '../app';
import { save } from '../calendar';
import { isoDate, money, shortDate, timeOfDay } from '../format';
import { Art, ItemPicture } from '../parts/art';
import { Leaving, Trouble } from '../parts/controls';
import { Mark } from '../parts/icons';
import { Ledger, Outside } from '../parts/outside';
import { rememberedName, rowOfRemembered } from '../parts/remembered';
import { outsideWindow } from '../pictures/picture';
import { derivedChips } from '../shop/derived';
import { memoryOf, RefusedFile } from '../shop/file';
import { isOn, standing } from '../shop/standing';

const DAY = 86_400_000;

export function KeptPage() {
  const { shop, messages } = useApp();
  return (
    <>
      <div class="hero">
        <div>
          <Mark text={messages.header.onThisDevice} />
          <h1 tabIndex={-1}>{messages.kept.title}</h1>
          {shop.status !== 'refused' && <p class="sub">{messages.kept.sub}</p>}
        </div>
        <Art svg={outsideWindow()} />
      </div>
      <div class="rooms">
        <Inside />
        <Outside />
      </div>
      <section class="sec two" aria-label={messages.kept.ledger}>
        <Ledger />
        <aside>
          <h2>{messages.kept.never}</h2>
          <ul class="never">
            {messages.kept.nevers.map((never) => (
              <li key={never}>{never}</li>
            ))}
          </ul>
        </aside>
      </section>
    </>
  );
}

function Inside() {
  const { shop, now, messages } = useApp();
  const history = shop.history();
  const oldest = history.at(-1)?.at ?? now;
  if (shop.status !== 'ready') {
    return (
      <section class="room in1" aria-labelledby="r1">
        <h2 id="r1">{messages.kept.inside}</h2>
        {shop.status === 'refused' ? (
          <Trouble text={messages.kept.noEngine} code={shop.problem?.code} again={() => shop.again()} />
        ) : (
          <p class="sub">{messages.kept.unread}</p>
        )}
      </section>
    );
  }
  return (
    <section class="room in1" aria-labelledby="r1">
      <h2 id="r1">
        {messages.kept.inside}{' '}
        <small class="n">
          {messages.kept.count(
            history.length,
            Math.floor((now - oldest) / DAY),
            shop.orders().length,
            shop.reminders().length,
          )}
        </small>
      </h2>
      <Choice />
      <Switches />
      <Rows />
      <Actions />
      <Storage />
    </section>
  );
}

/** Where what is kept lies: said of what is kept, and not of what would be. */
function Storage() {
  const { shop, messages } = useApp();
  const { kept } = messages;
  if (!shop.storage) return null;
  const { kind, problem = '' } = shop.storage;
  const place = kept.storages[kind] ?? kind;
  const said =
    shop.consent === 'on'
      ? kept.storage(place)
      : shop.consent === 'session'
        ? kept.storageVisit
        : shop.reminders().length > 0
          ? kept.storageReminders(place)
          : kept.storageNone;
  return (
    <p class="sub small">
      {said} {problem}
    </p>
  );
}

/** Arrow keys walk among the choices and the space bar chooses: one step must not erase anything. */
function walk(event: TargetedKeyboardEvent<HTMLInputElement>): void {
  const step = new Map([
    ['ArrowDown', 1],
    ['ArrowRight', 1],
    ['ArrowUp', -1],
    ['ArrowLeft', -1],
  ]).get(event.key);
  if (step === undefined) return;
  event.preventDefault();
  const all = [...event.currentTarget.closest('fieldset')!.querySelectorAll('input')];
  all.at((all.indexOf(event.currentTarget) + step) % all.length)?.focus();
}

function Choice() {
  const { shop, messages } = useApp();
  const choose = async (to: 'off' | 'session' | 'on') => {
    const undo = await shop.setConsent(to);
    if (undo) {
      const late = () => shop.say(messages.kept.undoLate);
      const back = { label: messages.kept.undo, run: () => void undo().then((there) => there || late()) };
      shop.say(messages.kept.wiped, back, { lasting: true, strict: true });
    }
  };
  const options = [
    ['off', messages.kept.off],
    ['session', messages.kept.visit],
    ['on', messages.kept.on],
  ] as const;
  return (
    <fieldset>
      <legend class="vh">{messages.kept.memory}</legend>
      <div class="three">
        {options.map(([value, [name, note]]) => (
          <label key={value}>
            <input
              type="radio"
              name="memory"
              checked={shop.consent === value}
              onChange={() => void choose(value)}
              onKeyDown={walk}
            />
            <b>{name}</b>
            <span>{note}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/**
 * Whether sensitive goods may count, off unless the shopper says so; and whether coupons are put forward, on unless they say
 * otherwise. Without memory there is nothing to count and nothing is put forward.
 */
function Switches() {
  const { shop, messages } = useApp();
  if (shop.consent === 'off') return null;
  const history = shop.history();
  const [sensitive, coupons] = [isOn('sensitive', history), isOn('coupons', history)];
  return (
    <>
      <Switch
        on={sensitive}
        name={messages.kept.sensitive}
        note={messages.kept.sensitiveNote}
        turn={(on) => shop.allowSensitive(on)}
      />
      <Switch
        on={coupons}
        name={messages.kept.coupons}
        note={messages.kept.couponsNote}
        turn={(on) => shop.allowCoupons(on)}
      />
    </>
  );
}

function Switch({ on, name, note, turn }: { on: boolean; name: string; note: string; turn: (on: boolean) => void }) {
  return (
    <div class="allow">
      <button class="sw" role="switch" aria-checked={on} onClick={() => turn(!on)}>
        <span>{name}</span>
        <i aria-hidden="true" />
      </button>
      <p class="sub small">{note}</p>
    </div>
  );
}

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

function Rows() {
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
        <Thumbs items={looked.items} place="h" />
      </Row>
      <Row
        title={k.keptThings}
        note={k.keptNote(saved.holds.length)}
        forget={saved.events.length > 0 && (() => void forget(saved.events))}
      >
        <Thumbs items={saved.holds.flatMap(({ items }) => items)} place="k" />
      </Row>
      {bagged.events.length > 0 && (
        <Row title={k.bagged} note={k.baggedNote(units)} forget={() => void forget(bagged.events)}>
          <Thumbs items={bagged.items} place="c" />
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
function useForget(): (events: readonly RememberedEvent[]) => Promise<void> {
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

function Thumbs({ items, place }: { items: readonly RememberedItem[]; place: string }) {
  const { messages } = useApp();
  if (items.length === 0) return <span class="sub small">{messages.kept.nothing}</span>;
  return (
    <ul class="thumbs">
      {items.slice(0, 6).map((item) => (
        <li key={item.id}>
          <ItemPicture row={rowOfRemembered(item)} place={place} class="t" />
          <span class="vh">{item.name ?? item.id}</span>
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

function Actions() {
  const { shop, now, messages } = useApp();
  const setting = useSetting();
  const [raw, setRaw] = useState(false);
  const take = () => {
    const memory = shop.takeAll();
    if (memory)
      save(
        `windowshop-${isoDate(now, setting)}.json`,
        'application/json',
        JSON.stringify({ ...memory, reports: shop.reports.ledger() }, null, 2),
      );
  };
  const takeDecision = () => {
    const decision = shop.lists.decision();
    if (decision) save(`decision-${isoDate(now, setting)}.json`, 'application/json', JSON.stringify(decision, null, 2));
  };
  const bring = async (file: File | undefined) => {
    if (!file) return;
    try {
      const { added, known } = await shop.bringBack(memoryOf(await file.text()));
      shop.say(messages.kept.brought(added, known));
    } catch (error) {
      // Whatever the file passed here and the engine refused is a record that is wrong.
      shop.say(messages.kept.bringFailed[error instanceof RefusedFile ? error.why : 'damaged']);
    }
  };
  const wipe = async () => {
    const done = await shop.erase();
    if (done) {
      const said = (there: boolean) => shop.say(there ? messages.kept.undone : messages.kept.undoLate);
      const undo = () => void done.undo().then(said);
      shop.say(messages.kept.wiped, { label: messages.kept.undo, run: undo }, { lasting: true, strict: true });
    }
  };
  return (
    <>
      <div class="acts2">
        <button class="btn" onClick={take}>
          {messages.kept.take}
        </button>
        <label class="btn">
          {messages.kept.bring}
          <input
            type="file"
            accept="application/json,.json"
            onChange={(event) => {
              void bring(event.currentTarget.files?.[0]);
              event.currentTarget.value = '';
            }}
          />
        </label>
        <button class="btn" aria-expanded={raw} onClick={() => setRaw(!raw)}>
          {raw ? messages.kept.rawClose : messages.kept.raw}
        </button>
        <button class="btn" onClick={takeDecision}>
          {messages.kept.decision}
        </button>
        <button class="btn warn" onClick={() => void wipe()}>
          {messages.kept.wipe}
        </button>
      </div>
      <p class="sub small">{messages.kept.wipeNote}</p>
      <p class="sub small">{messages.kept.decisionNote}</p>
      {raw && <Records />}
    </>
  );
}

/** Records drawn at once: more would make the page heavy. */
const RECORDS = 400;

/** Every record as it is kept; each can be forgotten by itself. */
function Records() {
  const { shop, messages } = useApp();
  const setting = useSetting();
  const forget = useForget();
  const records = [...shop.history(), ...shop.orders()];
  return (
    <div class="records" tabIndex={0} role="region" aria-label={messages.kept.rawSub}>
      <ul>
        {records.length === 0 && <li>{messages.kept.nothing}</li>}
        {records.slice(0, RECORDS).map((event) => (
          <li key={event.id}>
            <span class="n">
              {isoDate(event.at, setting)} {timeOfDay(event.at, setting)} {event.name}
            </span>
            <Leaving
              look="lnk"
              label={messages.kept.forgetLabel(`${event.name} ${event.id}`)}
              act={() => void forget([event])}
            >
              {messages.kept.forget}
            </Leaving>
            <pre>{JSON.stringify(event, null, 1)}</pre>
          </li>
        ))}
        {records.length > RECORDS && <li>{messages.kept.rawRest(records.length - RECORDS)}</li>}
      </ul>
    </div>
  );
}
