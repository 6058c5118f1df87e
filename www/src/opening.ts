/**
 * Ten o'clock, for who is there to watch: the shutters on the page are the ones that go up. Windows are arranged anew
 * only when they are up, and it is said once how many are open.
 */

import { useEffect, useRef, useState } from 'preact/hooks';
import * as clock from './clock';
import type { Shop } from './shop';
import type { Messages } from './text/text';

/** So long after the opening one still was there to watch. */
const WATCHED = 4_000;
/** So long the windows stay in their places: the shutters take 600 ms. */
const RISING = 700;

/** The reading by which windows are arranged: the clock's, but from before the opening while shutters go up. */
export function useArranged(shop: Shop, messages: Messages, now: number): number {
  const [arranged, setArranged] = useState(now);
  const before = useRef(now);
  const opened = (shop.shelves?.sales ?? []).filter(
    ({ opens }) => before.current < opens && opens <= now && now - opens < WATCHED,
  ).length;
  const rising = opened > 0;
  useEffect(() => {
    if (!rising) return;
    shop.say(messages.today.nowOpen(opened), undefined, { seconds: 6 });
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const timer = setTimeout(
      () => {
        before.current = clock.now();
        setArranged(before.current);
      },
      still ? 0 : RISING,
    );
    return () => clearTimeout(timer);
  }, [rising]);
  if (rising) return before.current;
  before.current = now;
  return Math.max(arranged, now);
}
