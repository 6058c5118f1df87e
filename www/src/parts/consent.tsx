/** The question what may be remembered: in the flow under the strip, three equal answers, asked once a visit. */

import { useApp, useHref } from '../app';
import { leave } from '../focus';
import { Icon } from './icons';

/** Whether the browser asks for no reports (Global Privacy Control): then none is sent, whatever is answered. */
const asksForNone = () =>
  (globalThis.navigator as { globalPrivacyControl?: boolean } | undefined)?.globalPrivacyControl === true;

export function ConsentBar() {
  const { messages, shop } = useApp();
  const link = useHref();
  if (shop.chosen || shop.status === 'refused') return null;
  const answer = (to: 'on' | 'session' | 'off', said: string) => (event: Event) => {
    leave(event.currentTarget as Element);
    if (shop.status === 'starting' && to !== 'off') {
      shop.say(messages.consent.waiting);
      void shop.setConsent(to);
      return;
    }
    // Only then it is known whether this browser lets anything be kept.
    void shop.setConsent(to).then(() => shop.say(shop.holdsOnly ? messages.consent.heldSaid : said));
  };
  return (
    <section class="ask" aria-label={messages.consent.label}>
      <Icon name="curtain" />
      <p>
        {messages.consent.text}
        {messages.gap}
        {asksForNone() ? (
          messages.consent.noReport
        ) : (
          <>
            {messages.consent.report}
            {messages.gap}
            <a href={link({ page: 'kept' })}>{messages.consent.reportLink}</a>
          </>
        )}
      </p>
      <div class="three-buttons">
        <button class="btn" onClick={answer('on', messages.consent.keptSaid)}>
          {messages.consent.keep}
        </button>
        <button class="btn" onClick={answer('session', messages.consent.visitSaid)}>
          {messages.consent.visit}
        </button>
        <button class="btn" onClick={answer('off', messages.consent.offSaid)}>
          {messages.consent.off}
        </button>
      </div>
    </section>
  );
}
