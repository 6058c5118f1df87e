/** Says that the page's clock is set by its address, what that means for memory, and the way back to the present. */

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
  return (
    <p class="set-clock small n" role="note">
      {setClock.says(`${isoDate(now, setting)} ${timeOfDay(now, setting)}`)}
      {messages.gap}
      {isApart() ? setClock.apart : setClock.trial}
      {messages.gap}
      <a href={`${location.pathname}${href(route, wishes)}`}>{setClock.back}</a>
    </p>
  );
}
