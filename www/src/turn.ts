/** Turning from place to place: where one was in a place is found again on Back, and a new place begins at its head. */

const scrolls = new Map<string, number>();
let current = '';
let count = 0;

const keyOf = (state: unknown): string | undefined => (state as { key?: string } | null)?.key;

/** Takes scroll restoration over from the browser, which restores before a place is drawn. */
export function begin(): void {
  history.scrollRestoration = 'manual';
  current = keyOf(history.state) ?? newKey();
  addEventListener('scroll', () => scrolls.set(current, scrollY), { passive: true });
}

function newKey(): string {
  const key = `${Date.now().toString(36)}-${count++}`;
  history.replaceState({ key }, '');
  return key;
}

/**
 * After the address changed and before the new place is drawn: arranges where to look once it is. Where only the
 * language or the order changed one has `stayed`, and looks on where one looked.
 */
export function afterTurn(stayed: boolean): void {
  const known = keyOf(history.state);
  const back = known !== undefined && scrolls.has(known);
  current = known ?? newKey();
  if (stayed) return;
  const top = back ? scrolls.get(current)! : 0;
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      scrollTo(0, top);
      if (!back) document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
    }),
  );
}
