/** Small controls that several pages use. */

import type { ComponentChildren } from 'preact';
import { useApp, useSetting } from '../app';
import { calendar, save } from '../calendar';
import { leave } from '../focus';
import { lastMinutes, money, remaining, type Setting, shortDate, when, whenInWords } from '../format';
import { loweredShutter } from '../pictures/picture';
import { nextOpening } from '../shop/reminders';
import { type Item, type SaleRow, stateOf } from '../shop/rows';
import { Art, ShutterGlyph } from './art';
import { Icon } from './icons';

/** Money as a swing tag: `−70%`, `3折`. */
export function Ticket({ percent, upTo }: { percent: number; upTo?: boolean }) {
  const { messages } = useApp();
  if (percent <= 0) return null;
  return (
    <span class="tick n">
      {upTo && <small>{messages.windows.to}</small>}
      {messages.off(percent)}
    </span>
  );
}

/** Price now and before, and the lowest of thirty days where it is known. */
export function Price({ item }: { item: Item }) {
  const { messages } = useApp();
  const setting = useSetting();
  return (
    <p class="price n">
      <Ticket percent={item.percentOff} />
      <span class="now">
        <span class="vh">{messages.price.now}</span>
        {money(item.price, setting)}
      </span>
      {item.listPrice > item.price && (
        <s>
          <span class="vh">{messages.price.was}</span>
          {money(item.listPrice, setting)}
        </s>
      )}
      {item.lowestPrice !== undefined && (
        <span class="low">{messages.price.lowest(money(item.lowestPrice, setting))}</span>
      )}
    </p>
  );
}

/** When a sale opens or closes, the closing time first and the remainder second. Honest at zero. */
export function Countdown({ sale }: { sale: SaleRow }) {
  const { messages, now, shop } = useApp();
  const setting = useSetting();
  const state = stateOf(sale, now);
  if (state === 'ended') {
    const back = shop.shelves?.expectedBack(sale.brand);
    return <p class="left n">{back ? messages.windows.endedBack(shortDate(back, setting)) : messages.windows.ended}</p>;
  }
  const at = state === 'preview' ? sale.opens : sale.closes;
  const soon = state === 'open' ? lastMinutes(at, now) : undefined;
  return (
    <p class="left n">
      <ShutterGlyph part={state === 'preview' ? 1 : (now - sale.opens) / (sale.closes - sale.opens)} />
      {state === 'preview'
        ? messages.windows.opens(when(at, now, setting))
        : messages.windows.closes(when(at, now, setting))}
      <span class="rem">
        {soon !== undefined
          ? messages.left.closesIn(soon)
          : messages.left.until(remaining(at, now, setting), state === 'preview')}
      </span>
    </p>
  );
}

/** Keeps a reminder of a brand, and says which opening it waits for. */
export function useRemind(): (brand: string, name: string) => void {
  const { messages, shop, now } = useApp();
  const setting = useSetting();
  return (brand, name) => {
    shop.setReminder(brand, true);
    shop.say(messages.remind.set(name, openingText(nextOpening(brand, shop.shelves, now), now, setting)));
  };
}

/** When a brand opens next, in words. */
export function openingText(next: ReturnType<typeof nextOpening>, now: number, setting: Setting): string {
  const { remind } = setting.messages;
  if (!next) return remind.unannounced;
  return next.announced ? whenInWords(next.at, now, setting) : remind.around(shortDate(next.at, setting));
}

/** Remind me of a brand: a toggle, and a calendar entry without any permission. */
export function Remind({ sale, calendarToo }: { sale: SaleRow; calendarToo?: boolean }) {
  const { messages, shop, now } = useApp();
  const on = shop.hasReminder(sale.brand);
  const ahead = now < sale.opens;
  const words = messages.remind;
  const word = on ? (ahead ? words.on : words.onNext) : ahead ? words.off : words.next;
  const remind = useRemind();
  const turn = () => {
    if (!on) remind(sale.brand, sale.brandName);
    else {
      shop.setReminder(sale.brand, false);
      const undo = () => shop.setReminder(sale.brand, true);
      shop.say(messages.remind.stopped(sale.brandName), { label: messages.item.undo, run: undo });
    }
  };
  return (
    <>
      <button class="btn" aria-pressed={on} aria-label={messages.pair(word, sale.brandName)} onClick={turn}>
        <Icon name={on ? 'tick' : 'bell'} />
        {word}
      </button>
      {calendarToo && on && now < sale.opens && <CalendarLink sale={sale} />}
    </>
  );
}

/** The opening of a sale as a calendar file, made in the tab. */
export function CalendarLink({ sale }: { sale: SaleRow }) {
  const { messages, now } = useApp();
  const give = () =>
    save(
      `windowshop-${sale.id}.ics`,
      'text/calendar',
      calendar({
        id: sale.id,
        opens: sale.opens,
        title: messages.remind.event(sale.brandName),
        text: messages.remind.eventText,
        made: now,
      }),
    );
  return (
    <button class="lnk small" onClick={give} aria-label={messages.remind.calendarLabel(sale.brandName)}>
      {messages.remind.calendar}
    </button>
  );
}

/** Nothing here: a lowered shutter, one sentence, one action. */
export function Empty({ text, children }: { text: string; children?: ComponentChildren }) {
  return (
    <div class="none">
      <Art svg={loweredShutter()} />
      <p>{text}</p>
      {children}
    </div>
  );
}

/** What happened, what was kept, one button. */
export function Trouble({ text, code, again }: { text: string; code?: string; again: () => void }) {
  const { messages } = useApp();
  return (
    <div class="err" role="status">
      <p>
        {text}
        {code && <small>{messages.errors.code(code)}</small>}
      </p>
      <button class="btn" onClick={again}>
        {messages.errors.again}
      </button>
    </div>
  );
}

/** The shop's files could not be read, where that is so. */
export function FilesTrouble() {
  const { shop, messages } = useApp();
  if (!shop.filesProblem) return null;
  return <Trouble text={messages.errors.files} code={shop.filesProblem.code} again={() => shop.again()} />;
}

interface LeavingProps {
  /** What a screen reader says, where the text alone is said of several. */
  label: string;
  /** How it looks: a quiet link where nothing is said. */
  look?: 'btn' | 'lnk' | 'lnk small' | 'off';
  act: () => void;
  children: ComponentChildren;
}

/** A button that goes away with what it does: focus goes to the heading that it stood under. */
export function Leaving({ label, look = 'lnk small', act, children }: LeavingProps) {
  return (
    <button
      class={look}
      aria-label={label}
      onClick={(event) => {
        leave(event.currentTarget);
        act();
      }}
    >
      {children}
    </button>
  );
}

/** Boxes in the measures of cards that are on their way. */
export function CardBones({ count, grid = 'feed' }: { count: number; grid?: 'feed' | 'goods' }) {
  return (
    <div class={`${grid} wait`} aria-hidden="true">
      {Array.from({ length: count }, (_, i) => (
        <div class="card" key={i}>
          <span class="ph" />
          <span class="bone" />
          <span class="bone" />
        </div>
      ))}
    </div>
  );
}
