/** Turning from place to place: where one was in a place is found again on Back, and a new place begins at its head. */

import { focusOn } from './focus';

const scrolls = new Map<string, number>();
let current = '';
let count = 0;
let hash = '';

/** The place's own number, where it has one. Places are counted and tell no time: the browser keeps them. */
function known(): string | undefined {
  const { key } = (history.state ?? {}) as { key?: string };
  if (key !== undefined) count = Math.max(count, Number(key) + 1);
  return key;
}

/** Takes scroll restoration over from the browser, which restores before a place is drawn. */
export function begin(): void {
  history.scrollRestoration = 'manual';
  current = known() ?? newKey();
  hash = location.hash;
  scrolls.set(current, 0);
  addEventListener('scroll', () => scrolls.set(current, scrollY), { passive: true });
}

function newKey(): string {
  const key = String(count++);
  history.replaceState({ key }, '');
  return key;
}

/**
 * After the address changed and before the new place is drawn: arranges where to look once it is. Where only the
 * language or the order changed one has `stayed`, and looks on where one looked.
 */
export function afterTurn(stayed: boolean): void {
  const key = known();
  const back = key !== undefined && scrolls.has(key);
  const left = hash;
  current = key ?? newKey();
  hash = location.hash;
  if (stayed) return;
  const top = back ? scrolls.get(current)! : 0;
  if (!back) scrolls.set(current, 0);
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      scrollTo(0, top);
      // Back at a list, one is at the link that one went by.
      const link = back ? document.querySelector(`main a[href="${CSS.escape(left)}"]`) : null;
      focusOn(link ?? document.querySelector('main h1') ?? document.querySelector('main'));
    }),
  );
}
