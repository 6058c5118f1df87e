/** Tells those who asked to hear of changes. */

import { oneOf } from './checks.js';

/** Adds a listener, and gives the way to stop. Each call is one subscription, also where several are of one function. */
export function subscribed(listeners: Set<() => void>, listener: () => void): () => void {
  oneOf('subscribe: typeof listener', typeof listener, ['function']);
  const own = () => listener();
  listeners.add(own);
  return () => void listeners.delete(own);
}

/** Calls every listener; one that fails does not keep the others from hearing. */
export function tellAll(listeners: Iterable<() => void>): void {
  // As they are now: one may subscribe again while it is told.
  for (const listener of [...listeners]) {
    try {
      listener();
    } catch (error) {
      // Not every runtime has reportError: Node.js has none.
      ((globalThis.reportError as typeof reportError | undefined) ?? console.error)(error);
    }
  }
}
