/** A quiet line for as long as there is no network: what goes on without it, and what waits. */

import { useApp } from '../app';

export function Offline() {
  const { shop, messages } = useApp();
  // It stands there empty too, so that what comes into it is read out.
  return (
    <div role="status">{shop.network.gone && <p class="set-clock offline small">{messages.errors.offline}</p>}</div>
  );
}
