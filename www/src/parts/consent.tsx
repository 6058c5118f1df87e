/** The question what may be remembered: in the flow under the strip, three equal answers, asked once a visit. */

import { useApp } from '../app';
import { Icon } from './icons';

export function ConsentBar() {
  const { messages, shop } = useApp();
  if (shop.chosen || shop.status === 'refused') return null;
  const answer = (to: 'on' | 'session' | 'off', said: string) => () => {
    const waiting = shop.status === 'starting';
    void shop.setConsent(to);
    shop.say(waiting && to !== 'off' ? messages.consent.waiting : said);
  };
  return (
    <section class="ask" aria-label={messages.consent.label}>
      <Icon name="curtain" />
      <p>{messages.consent.text}</p>
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
