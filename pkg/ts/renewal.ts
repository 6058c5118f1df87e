/**
 * Takes into a running engine what is new: deltas in place, or another pack with all that the old one's machine held.
 * Loaded only where something is. Nothing here fetches, for it is part of the sealed worker too.
 */

import type { Parts } from './engine.js';
import type { Keeper } from './keeper.js';
import type { OpenMachine } from './machine.js';
import type { News } from './sources.js';

/**
 * Takes in what is new. Another pack is opened first, which the running engine does not notice; what follows is done in one go:
 * nothing else happens meanwhile.
 *
 * @param account who is signed in, as it was stated last
 * @returns whether it was taken in; not where another call was faster, whose news it was then
 * @throws {LoadError} where it is refused; the engine is then as it was or, of several deltas, as the last good one made it
 */
export async function takeIn({ bytes, deltas, ...rest }: News, { machine, catalogue, opened }: Parts, keeper: Keeper, account: () => unknown): Promise<boolean> {
  const before = machine.state();
  const next = bytes && (await opened({ ...rest, bytes, deltas }));
  if (before !== machine.state()) return false;
  if (next) {
    takeOver(next, machine, keeper, account());
    catalogue.read(rest.text);
    return true;
  }
  try {
    for (const delta of deltas) machine.apply_delta(delta);
  } finally {
    catalogue.read(catalogue.text);
  }
  return true;
}

/** Gives a machine all that another holds, and its place. */
function takeOver(next: OpenMachine, machine: OpenMachine, { consent }: Keeper, account: unknown): void {
  try {
    next.set_consent(consent);
    next.restore(machine.snapshot());
    next.load_reminders(machine.kept_reminders() as unknown[]);
    next.load_ledger(machine.ledger_bytes());
    next.set_account(account);
  } catch (cause) {
    next.free();
    throw cause;
  }
  machine.become(next);
}
