/** A long list, shown by and by: how much of it is shown lasts as long as the page, so that Back finds it again. */

import { useRef, useState } from 'preact/hooks';
import { useApp } from '../app';

/** So many more at a time. */
export const STEP = 24;

/** How many are shown, by what is listed. */
const shownOf = new Map<string, number>();

/** How many of a list are shown, `first` at the beginning; and the way to show more, with reading going on at the first new one. */
export function useShown(view: string, first: number) {
  const [, again] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const shown = shownOf.get(view) ?? first;
  const more = () => {
    shownOf.set(view, shown + STEP);
    again((n) => n + 1);
    requestAnimationFrame(() =>
      list.current?.querySelectorAll<HTMLElement>('h3 a')[shown]?.focus({ preventScroll: true }),
    );
  };
  return { shown, more, list };
}

/** Under a list: how much of it is shown and the way to more of it, or that it ends here. */
export function More({ shown, total, more }: { shown: number; total: number; more(): void }) {
  const { messages } = useApp();
  return (
    <div class="all">
      {shown < total ? (
        <>
          <p class="sub n">{messages.sale.shown(shown, total)}</p>
          <button class="btn" onClick={more}>
            {messages.sale.more(Math.min(STEP, total - shown))}
          </button>
        </>
      ) : (
        <p class="sub n">{messages.sale.end(total)}</p>
      )}
    </div>
  );
}
