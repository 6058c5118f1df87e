/**
 * Says that the page's clock is set by its address, what that means for memory, and the way back to the present. On a phone one
 * line: the page of what is kept says what it means for memory.
 */

import { useApp, useSetting } from '../app';
import * as clock from '../clock';
import { isoDate, timeOfDay } from '../format';
import { href } from '../router';
import { isApart } from '../shop/trial';

export function SetClock() {
  const { messages, now, route, wishes } = useApp();
  const setting = useSetting();
  if (!clock.isSet()) return null;
  const { setClock } = messages;
  const when = `${isoDate(now, setting)} ${timeOfDay(now, setting)}`;
  return (
    <p class="set-clock small n" role="note">
      <span class="whole">
        {setClock.says(when)}
        {messages.gap}
        {isApart() ? setClock.apart : setClock.trial}
      </span>
      <span class="brief">{setClock.brief(when)}</span>{' '}
      <a href={`${location.pathname}${href(route, wishes)}`}>{setClock.back}</a>
    </p>
  );
}
