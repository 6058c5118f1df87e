/** The brands the shopper asked to hear of. */

import type { Reminder } from 'windowshop';
import { useApp, useHref, useSetting } from '../app';
import { shortDate, whenInWords } from '../format';
import { Fascia } from '../parts/art';
import { CalendarLink, Empty, Leaving, openingText, useRemind } from '../parts/controls';
import { Icon } from '../parts/icons';
import { isAwaited, nextOpening } from '../shop/reminders';
import { stateOf } from '../shop/rows';

export function RemindersPage() {
  const { shop, messages } = useApp();
  const link = useHref();
  const reminders = shop.reminders();
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{messages.reminders.title}</h1>
        <p class="sub">{messages.reminders.sub}</p>
      </div>
      {reminders.length === 0 ? (
        <Empty
          text={
            shop.status === 'ready'
              ? messages.reminders.empty
              : shop.status === 'refused'
                ? messages.reminders.blind
                : messages.loading
          }
        >
          <a class="btn" href={link({ page: 'coming' })}>
            {messages.reminders.emptyAction}
          </a>
        </Empty>
      ) : (
        <ul class="rows">
          {reminders.map((reminder) => (
            <Row key={reminder.brand} reminder={reminder} />
          ))}
        </ul>
      )}
      <Suggestions />
    </>
  );
}

/** Brands looked at here, for whom to hear of next. */
function Suggestions() {
  const { shop, messages } = useApp();
  const brands = shop.toHearOf(6);
  const remind = useRemind();
  if (brands.length === 0) return null;
  return (
    <section class="sec" aria-labelledby="h-hear">
      <div class="hd">
        <div>
          <h2 id="h-hear">{messages.reminders.more}</h2>
          <p class="sub">{messages.reminders.moreSub}</p>
        </div>
      </div>
      <ul class="rows">
        {brands.map(({ brand, brandName }) => (
          <li key={brand}>
            <Fascia brand={brand} name={brandName} tier={shop.shelves?.tierOf(brand) ?? 'second'} />
            <h3>{brandName}</h3>
            <div class="do">
              <Leaving
                look="btn"
                label={messages.pair(messages.remind.next, brandName)}
                act={() => remind(brand, brandName)}
              >
                <Icon name="bell" />
                {messages.remind.next}
              </Leaving>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ reminder }: { reminder: Reminder }) {
  const { shop, now, messages } = useApp();
  const setting = useSetting();
  const link = useHref();
  const sale = reminder.sale !== undefined ? shop.shelves?.sale(reminder.sale) : undefined;
  const state = sale ? stateOf(sale, now) : 'away';
  const back = shop.shelves?.expectedBack(reminder.brand);
  const words = messages.reminders.state;
  const closes = sale ? whenInWords(sale.closes, now, setting) : '';
  return (
    <li>
      <Fascia
        brand={reminder.brand}
        name={reminder.brandName}
        tier={sale?.tier ?? shop.shelves?.tierOf(reminder.brand) ?? 'second'}
      />
      <div>
        <h2>{reminder.brandName}</h2>
        <p class="n">
          {state === 'open'
            ? isAwaited(reminder, sale!)
              ? words.open(closes)
              : words.next(openingText(nextOpening(reminder.brand, shop.shelves, now), now, setting), closes)
            : state === 'preview'
              ? words.preview(whenInWords(sale!.opens, now, setting))
              : back
                ? words.awayUntil(shortDate(back, setting))
                : words.away}
        </p>
        <p class="n">{messages.reminders.since(shortDate(reminder.since, setting))}</p>
      </div>
      <div class="do">
        {sale && state !== 'ended' && (
          <a class="btn" href={link({ page: 'sale', id: sale.id })}>
            {state === 'open' ? messages.remind.enter : messages.windows.lookInside}
          </a>
        )}
        {sale && state === 'preview' && <CalendarLink sale={sale} />}
        <Leaving
          label={messages.reminders.stopLabel(reminder.brandName)}
          act={() => {
            shop.setReminder(reminder.brand, false);
            shop.say(messages.remind.stopped(reminder.brandName), {
              label: messages.item.undo,
              run: () => shop.setReminder(reminder.brand, true),
            });
          }}
        >
          {messages.reminders.stop}
        </Leaving>
      </div>
    </li>
  );
}
