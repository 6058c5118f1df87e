/** An item as a card, and why it is there. */

import type { Reason } from 'windowshop';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useApp, useHref, useSetting } from '../app';
import { leave } from '../focus';
import { timeOfDay, when } from '../format';
import { picture } from '../pictures/picture';
import { audienceOf } from '../shop/audience';
import { type Item, stateOf } from '../shop/rows';
import { ItemPicture } from './art';
import { Price } from './controls';
import { Icon, Mark } from './icons';
import { type Line, linesOf, rememberedSentence, rowOfRemembered } from './remembered';

/** Stock is told on a card when this much or less is left: pieces, or a share of what the sale opened with. */
const LOW = { pieces: 3, share: 0.25 };

/** The lists that items are chosen in, by the place of their cards: kept with the choice, and what led to an order may be asked. */
const LISTS: Record<string, string> = {
  f: 'for_you',
  a: 'again',
  g: 'sale',
  q: 'search',
  s: 'similar',
  n: 'similar',
  w: 'goes_with',
  m: 'goes_with',
};

/** One item. `reasons` are given in lists that were picked; `subject` says that one is about what the page shows. */
export function Card({
  item,
  reasons,
  place,
  subject,
}: {
  item: Item;
  reasons?: readonly Reason[];
  place: string;
  subject?: boolean;
}) {
  const { messages, shop } = useApp();
  const link = useHref();
  const saved = shop.isFavourite(item.id);
  const soldOut = item.stock === 0;
  return (
    <article class={`card ${soldOut ? 'sold-out' : ''}`}>
      <ItemPicture row={item} place={place} />
      <h3>
        <a
          href={link({ page: 'item', id: item.id })}
          onClick={() => {
            // That a try was opened says how many more of them are welcome.
            const reason = reasons?.find(({ code }) => code === 'exploration')?.code;
            void shop.observe({
              name: 'select_item',
              params: { items: [{ item_id: item.id }], reason, item_list_id: LISTS[place] },
            });
          }}
        >
          <b>{item.brandName}</b>
          {item.name}
        </a>
      </h3>
      {audienceOf(item.category, shop.shelves) === 'children' && <p class="small sub">{messages.audience.children}</p>}
      <button
        class={`keep ${picture(item, place).dark ? 'on-dark' : ''}`}
        aria-pressed={saved}
        aria-label={messages.save(item.name)}
        onClick={() => shop.setFavourite(item.id, !saved)}
      >
        <Icon name="keep" />
      </button>
      <Price item={item} />
      {place === 'q' && <Opens sale={item.sale} />}
      <Stock item={item} />
      {reasons && <Why item={item} reasons={reasons} subject={subject} />}
    </article>
  );
}

/** When an item can be bought, where its window opens later. */
function Opens({ sale: id }: { sale: string }) {
  const { messages, shop, now } = useApp();
  const setting = useSetting();
  const sale = shop.shelves?.sale(id);
  if (!sale || stateOf(sale, now) !== 'preview') return null;
  return <p class="small">{messages.windows.opens(when(sale.opens, now, setting))}</p>;
}

/** Stock, where it is low: text first, then a bar in ink. A fact on a card, never a reason to rank by. */
export function Stock({ item }: { item: Item }) {
  const { messages } = useApp();
  if (item.stock === 0) return <p class="gone">{item.sold > 0 ? messages.stock.soldOut : messages.stock.none}</p>;
  if (item.stock > LOW.pieces && item.stock > LOW.share * item.stockAtOpening) return null;
  if (item.stockAtOpening <= item.stock) return null;
  const there = item.sizes.filter((size) => size.stock > 0);
  const only = item.sizes.length > 1 && there.length === 1 ? there[0] : undefined;
  const text = only
    ? messages.stock.lowIn(item.stock, item.stockAtOpening, only.size)
    : messages.stock.low(item.stock, item.stockAtOpening);
  return (
    <div class="stk n">
      <span>{text}</span>
      <span
        class="bar"
        aria-hidden="true"
        style={{ '--share': `${Math.round((100 * item.stock) / item.stockAtOpening)}%` }}
      >
        <i />
      </span>
    </div>
  );
}

/** The strongest reason as a sentence, and the way to all of it. */
function Why({ item, reasons, subject }: { item: Item; reasons: readonly Reason[]; subject?: boolean }) {
  const { messages } = useApp();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (refocus: boolean) => {
    setOpen(false);
    if (refocus) button.current?.focus();
  };
  return (
    <div class="why">
      <Icon name="curtain" />
      <span>{reasons[0]?.text ?? messages.why.here}</span>
      <button
        class="lnk"
        ref={button}
        aria-expanded={open}
        aria-haspopup="dialog"
        aria-label={`${messages.why.ask} ${messages.both(item.brandName, item.name)}`}
        onClick={() => setOpen(!open)}
      >
        {messages.why.ask}
      </button>
      {open && <WhyPopover item={item} reasons={reasons} subject={subject} close={close} />}
    </div>
  );
}

function WhyPopover({
  item,
  reasons,
  subject,
  close,
}: {
  item: Item;
  reasons: readonly Reason[];
  subject?: boolean;
  close: (refocus: boolean) => void;
}) {
  const { messages, shop } = useApp();
  const box = useRef<HTMLDivElement>(null);
  const [right, setRight] = useState(false);
  // Before it is painted, so that nobody who is quick has the focus taken away again.
  useLayoutEffect(() => {
    const here = box.current!;
    setRight(here.getBoundingClientRect().right > document.documentElement.clientWidth);
    here.focus({ preventScroll: true });
    // Wholly in view, or as much of it as there is room for; on a phone it stands there anyway.
    here.scrollIntoView({ block: 'nearest' });
    const outside = (event: Event) => {
      const target = event.target as Node;
      if (!here.contains(target) && !here.parentElement!.contains(target)) close(false);
    };
    const escape = (event: KeyboardEvent) => event.key === 'Escape' && close(true);
    document.addEventListener('pointerdown', outside);
    document.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('keydown', escape);
    };
  }, []);
  const lines = linesOf(reasons, shop.history(), (event) => rememberedSentence(event, messages, shop.shelves));
  const title = messages.why.titleOf(item.name);
  const dismiss = (what: { item: string } | { brand: string }, said: string) => {
    // The card is gone: reading goes on at the head of its list.
    leave(box.current);
    close(false);
    const back = shop.dismiss(what);
    shop.say(said, { label: messages.item.undo, run: back });
  };
  return (
    <div class={`pop ${right ? 'right' : ''}`} role="dialog" aria-label={title} ref={box} tabIndex={-1}>
      <Mark text={messages.why.mark} />
      <h4>{title}</h4>
      <button class="shut-pop" aria-label={messages.why.close} onClick={() => close(true)}>
        <Icon name="cross" />
      </button>
      {reasons.map((reason) => (
        <p class="reason" key={reason.code}>
          {reason.text}
        </p>
      ))}
      {lines.length > 0 ? (
        <ul>
          {lines.map((line) => (
            <RememberedLine key={line.event.id} line={line} close={close} />
          ))}
        </ul>
      ) : (
        <p class="reason sub">
          {subject ? messages.why.subject : reasons.length > 0 ? messages.why.noEvents : messages.why.hereLong}
        </p>
      )}
      <p class="ft">
        <button class="lnk" onClick={() => dismiss({ item: item.id }, messages.why.dismissed)}>
          {messages.why.notInterested}
        </button>
        <button class="lnk" onClick={() => dismiss({ brand: item.brand }, messages.why.lessed(item.brandName))}>
          {messages.why.lessOf(item.brandName)}
        </button>
      </p>
    </div>
  );
}

function RememberedLine({ line, close }: { line: Line; close: (refocus: boolean) => void }) {
  const { messages, shop, now } = useApp();
  const setting = useSetting();
  const { said, event, ids } = line;
  const item = event.items[0];
  const at = now - event.at < 20 * 3_600_000 ? timeOfDay(event.at, setting) : when(event.at, now, setting);
  const forget = async (from: Element) => {
    leave(from);
    close(false);
    const { undo } = await shop.forget(ids);
    shop.say(messages.why.forgotten, { label: messages.item.undo, run: () => void undo() });
  };
  return (
    <li>
      {item ? <ItemPicture row={rowOfRemembered(item)} place="t" class="t" /> : <span />}
      <span>
        {messages.both(said, '')}
        <span class="n">{at}</span>
      </span>
      <button
        class="lnk"
        aria-label={messages.why.dontUseLabel(said)}
        onClick={(click) => void forget(click.currentTarget)}
      >
        {messages.why.dontUse}
      </button>
    </li>
  );
}
