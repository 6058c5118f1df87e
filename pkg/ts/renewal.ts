/**
 * Takes into a running engine what is new: deltas in place, or another pack with all that the old one's machine held.
 * Loaded only where something is. Nothing here fetches, for it is part of the sealed worker too.
 */

import type { Parts } from './engine.js';
import type { Keeper } from './keeper.js';
import type { News } from './sources.js';

/**
 * Takes in what is new, in one go: nothing else happens meanwhile.
 *
 * @param account who is signed in, as it was stated
 * @throws {LoadError} where it is refused; the engine is then as it was or, of several deltas, as the last good one made it
 */
export function takeIn({ bytes, deltas, ...rest }: News, { machine, catalogue, opened }: Parts, { consent }: Keeper, account: unknown): void {
  if (bytes) {
    const next = opened({ ...rest, bytes, deltas });
    next.set_consent(consent);
    next.restore(machine.snapshot());
    next.load_reminders(machine.kept_reminders() as unknown[]);
    next.load_ledger(machine.ledger_bytes());
    next.set_account(account);
    machine.become(next);
    catalogue.read(rest.text);
    return;
  }
  try {
    for (const delta of deltas) machine.apply_delta(delta);
  } finally {
    catalogue.read(catalogue.text);
  }
}
