/** A report on its way: whatever the shopper says before it has left keeps it, and what is under way is called off. */

import { expect, test, vi } from 'vitest';
import { sendDue } from '../ts/sending.js';
import type { Keeper } from '../ts/keeper.js';
import type { Machine } from '../ts/machine.js';
import type { OwnReports } from '../ts/reports.js';
import type { Send } from '../ts/sync.js';

const BODY = { id: '1' } as never;

/** A browser that may report, with whoever waits for the script that sends. */
function browser() {
  const state = { reports: 'on' as OwnReports['state'], consent: 'on' as Keeper['consent'] };
  const machine = { report: vi.fn(() => ({ body: BODY })), report_tried: vi.fn(() => true), report_sent: vi.fn(() => true) };
  const locked: (() => void)[] = [];
  const keeper = {
    get consent() {
      return state.consent;
    },
    seed: new Uint8Array(32),
    changeLedger: async (change: () => unknown) => {
      await new Promise<void>((resolve) => locked.push(resolve));
      return change();
    },
  };
  const reports = {
    get state() {
      return state.reports;
    },
  };
  const listeners = new Set<() => void>();
  let ready: (send: Send) => void = () => undefined;
  const send = vi.fn<Send>(async () => true);
  const due = sendDue(machine as unknown as Machine, keeper as unknown as Keeper, () => Date.UTC(2026, 10, 22), () => new Promise((resolve) => (ready = resolve)), reports as OwnReports, listeners);
  const step = () => new Promise((resolve) => setTimeout(resolve));
  return { state, machine, send, due, listeners, step, arrive: () => ready(send), unlock: () => locked.splice(0).forEach((go) => go()) };
}

const CHANGES = [
  ['Off', ({ state }: ReturnType<typeof browser>) => void (state.consent = 'off')],
  ['the switch, or a wipe', ({ state }: ReturnType<typeof browser>) => void (state.reports = 'off')],
] as const;

test('a report that nobody objects to is entered, sent and entered as sent', async () => {
  const own = browser();
  own.arrive();
  await own.step();
  own.unlock();
  await own.step();
  expect(own.send).toHaveBeenCalledOnce();
  own.unlock();
  await own.due;
  expect(own.machine.report_sent).toHaveBeenCalledOnce();
  expect(own.listeners.size).toBe(0);
});

test.each(CHANGES)('%s before the script is here keeps it from being made', async (_, change) => {
  const own = browser();
  change(own);
  own.arrive();
  await own.due;
  expect([own.machine.report, own.send].map((called) => called.mock.calls.length)).toEqual([0, 0]);
});

test.each(CHANGES)('%s while the ledger is written keeps it from being sent', async (_, change) => {
  const own = browser();
  own.arrive();
  await own.step();
  change(own);
  own.unlock();
  await own.due;
  expect(own.send).not.toHaveBeenCalled();
});

test.each(CHANGES)('%s while it is under way calls it off', async (_, change) => {
  const own = browser();
  let signal: AbortSignal | undefined;
  own.send.mockImplementation((_, given) => {
    signal = given;
    return new Promise((resolve) => given!.addEventListener('abort', () => resolve(false)));
  });
  own.arrive();
  await own.step();
  own.unlock();
  await own.step();
  for (const listener of own.listeners) listener();
  expect(signal?.aborted).toBe(false);
  change(own);
  for (const listener of own.listeners) listener();
  expect(signal?.aborted).toBe(true);
  await own.due;
  expect(own.machine.report_sent).not.toHaveBeenCalled();
});
