/**
 * Where reading goes on when what was in focus goes away. Focus never falls to the page's body: it goes to the heading
 * of what was being read, and to the way back where there is one and the keyboard is in use.
 */

let keyboard = false;

/** Listens to what the shopper is using. */
export function watchHands(): void {
  addEventListener('keydown', () => void (keyboard = true), { capture: true });
  addEventListener('pointerdown', () => void (keyboard = false), { capture: true });
}

/** Whether the last thing touched was the keyboard. */
export const byKeyboard = (): boolean => keyboard;

/** Moves focus to an element that need not be a control, without moving the page. */
export function focusOn(element: Element | null | undefined): void {
  if (!(element instanceof HTMLElement)) return;
  if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/** Before a control goes away: focus goes to the heading that it stands under. */
export function leave(control: Element | null): void {
  const around = control?.closest('section, .rooms, main');
  focusOn(around?.querySelector('h1, h2') ?? document.querySelector('main h1') ?? document.querySelector('main'));
}

/** After a drawing: where focus fell to the body it goes to the page's heading. */
export function catchFocus(): void {
  requestAnimationFrame(() => {
    if (document.activeElement && document.activeElement !== document.body) return;
    focusOn(document.querySelector('main h1') ?? document.querySelector('main'));
  });
}
