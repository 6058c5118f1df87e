/** Tells those who asked to hear of changes. */

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
