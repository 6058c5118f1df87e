/** What is said politely, in one live region for the whole page. */

import { useApp } from '../app';
import { Icon } from './icons';

export function Notice() {
  const { shop, messages } = useApp();
  const { notice } = shop;
  return (
    <div role="status" aria-live="polite">
      {notice && (
        <div class="notice">
          <span>{notice.text}</span>
          {notice.action && (
            <button
              class="lnk"
              onClick={() => {
                notice.action!.run();
                shop.hush();
              }}
            >
              {notice.action.label}
            </button>
          )}
          <button class="lnk" aria-label={messages.why.close} onClick={() => shop.hush()}>
            <Icon name="cross" />
          </button>
        </div>
      )}
    </div>
  );
}
