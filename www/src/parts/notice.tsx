/** What is said politely, in one live region for the whole page. Its way back is at hand for the keyboard too. */

import { useEffect, useRef } from 'preact/hooks';
import { useApp } from '../app';
import { byKeyboard, catchFocus, focusOn } from '../focus';
import { Icon } from './icons';

export function Notice() {
  const { shop, messages } = useApp();
  const { notices } = shop;
  const notice = notices.now;
  const box = useRef<HTMLDivElement>(null);
  const action = useRef<HTMLButtonElement>(null);
  /** Where reading goes on once the notice is gone. */
  const from = useRef<Element | null>(null);
  const inside = useRef(false);

  useEffect(() => {
    if (!notice) {
      if (inside.current) giveBack();
      inside.current = false;
      return;
    }
    if (!notice.action || notice.action.onward || !byKeyboard()) return;
    if (!box.current?.contains(document.activeElement)) from.current = document.activeElement;
    action.current?.focus({ preventScroll: true });
  }, [notice]);

  const giveBack = () => {
    const to = from.current;
    from.current = null;
    if (document.activeElement && document.activeElement !== document.body) return;
    if (to?.isConnected && to !== document.body) focusOn(to);
    else catchFocus();
  };

  return (
    <div role="status" aria-live="polite">
      {notice && (
        <div
          class="notice"
          ref={box}
          onMouseEnter={() => notices.hold()}
          onMouseLeave={() => notices.release()}
          onFocusIn={() => {
            inside.current = true;
            notices.hold();
          }}
          onFocusOut={(event) => {
            if (box.current?.contains(event.relatedTarget as Node | null)) return;
            // Where the focused control goes away, nothing takes over: then focus is given back below.
            if (event.relatedTarget) inside.current = false;
            notices.release();
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') notices.hush();
          }}
        >
          <span>{notice.text}</span>
          {notice.action && (
            <button
              class="lnk"
              ref={action}
              onClick={() => {
                notice.action!.run();
                if (notices.now === notice) notices.hush();
              }}
            >
              {notice.action.label}
            </button>
          )}
          <button class="lnk" aria-label={messages.why.close} onClick={() => notices.hush()}>
            <Icon name="cross" />
          </button>
        </div>
      )}
    </div>
  );
}
