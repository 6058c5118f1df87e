/** A sale as a shop window on the street. */

import { useApp, useHref } from '../app';
import type { Format } from '../pictures/picture';
import { type SaleRow, stateOf } from '../shop/rows';
import { Fascia, Pane } from './art';
import { Countdown, Remind, Ticket } from './controls';
import { Icon } from './icons';

/** One window; behind a shutter while its sale is not open. */
export function SaleWindow({ sale, format = 'small', first }: { sale: SaleRow; format?: Format; first?: boolean }) {
  const { messages, now, arranged, shop } = useApp();
  const link = useHref();
  const state = stateOf(sale, now);
  // A window keeps its place and shape until its shutter is up; that is seen once, by whoever is here to watch.
  const shut = stateOf(sale, arranged) === 'preview';
  const opening = shut && state === 'open';
  const asked = shop.isAwaited(sale);
  const shape = format === 'wide' ? 'w' : format === 'tall' ? 'tall' : '';
  return (
    <article class={`shop ${shape} ${first ? 'first' : ''} ${shut ? 'shut' : ''}`}>
      <Fascia brand={sale.brand} name={sale.brandName} tier={sale.tier} />
      <Pane row={sale} format={shut ? 'preview' : format}>
        {shut && <span class={opening ? 'roll up' : 'roll'} />}
        {state === 'ended' && <span class="roll down" />}
      </Pane>
      <div class="cap">
        <h3>
          <a href={link({ page: 'sale', id: sale.id })}>
            <span class="vh">{messages.pair(sale.brandName, '')}</span>
            {sale.title}
          </a>
        </h3>
        {state !== 'ended' && <Ticket percent={sale.percentOffUpTo} upTo />}
        <Countdown sale={sale} />
        {asked && !shut && (
          <p class="asked">
            <Icon name="tick" />
            {messages.windows.asked}
          </p>
        )}
        {shut && (
          <div class="row">
            <Remind sale={sale} calendarToo />
            <a
              class="lnk small"
              href={link({ page: 'sale', id: sale.id })}
              aria-label={messages.windows.visit(sale.brandName)}
            >
              {messages.windows.lookInside}
            </a>
          </div>
        )}
      </div>
    </article>
  );
}

/** A street of windows. `grand` begins with a large one and two tall ones. */
export function Street({ sales, grand }: { sales: readonly SaleRow[]; grand?: boolean }) {
  const large = grand && sales.length >= 3;
  return (
    <div class="street">
      {sales.map((sale, i) => (
        <SaleWindow
          key={sale.id}
          sale={sale}
          format={large ? (i === 0 ? 'wide' : i < 3 ? 'tall' : 'small') : 'small'}
          first={large && i === 0}
        />
      ))}
    </div>
  );
}
