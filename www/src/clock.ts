/**
 * The one clock. Every countdown reads it, so that all of them tell the same time and none runs on its own. It can be
 * set by the address (`?now=2026-11-19T12:34+08:00`), and is corrected by the shop's own when the device's is wrong.
 */

const DAY = 86_400_000;
const MINUTE = 60_000;

let shift = 0;
let fixed = false;
let timer: ReturnType<typeof setTimeout> | undefined;
let boundaries: readonly number[] = [];
let last = 0;
const listeners = new Set<() => void>();

/** The shop's time in UTC milliseconds. */
export const now = (): number => Date.now() + shift;

/** The first instant that no address asks for. */
const LATEST = Date.UTC(9_999, 0);

/** The instant that an address asks for, or undefined where it asks for none or for nonsense. */
export function askedFor(search: string): number | undefined {
  const asked = /[?&]now=([^&]*)/.exec(search)?.[1];
  if (!asked) return undefined;
  try {
    // A plus sign stands for itself here: it begins the offset.
    const at = Date.parse(decodeURIComponent(asked));
    // Days before and after it are dates too.
    return at > 0 && at < LATEST ? at : undefined;
  } catch {
    return undefined;
  }
}

/** Sets the clock; it runs on from there and is not corrected any more. */
export function set(at: number): void {
  shift = at - Date.now();
  fixed = true;
}

/** Whether a developer set the clock. */
export const isSet = (): boolean => fixed;

/**
 * Corrects the clock by a server's Date header, heard between `asked` and `heard` by the browser's own clock. Small differences
 * are left alone, and take back a larger one that a slow answer made; and so are those of a day or more, for what is remembered
 * and when a report goes is told by this clock, which is no server's to set.
 */
export function correct(date: string | null, asked: number, heard: number): void {
  const said = date ? Date.parse(date) : NaN;
  if (fixed || !Number.isFinite(said)) return;
  // The header is cut to whole seconds: half a second is the fair guess.
  const difference = said + 500 - (asked + heard) / 2;
  const size = Math.abs(difference);
  shift = size > 2_000 && size < DAY ? difference : 0;
}

/** Instants at which something opens or closes: the clock is read then and not a minute later. */
export function watch(instants: Iterable<number>): void {
  boundaries = [...new Set(instants)].sort((a, b) => a - b);
  if (timer !== undefined) schedule();
}

/** Calls back at every whole minute, at every boundary, and when the page is looked at again. Returns the way to stop. */
export function onTick(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) start();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) stop();
  };
}

/** Milliseconds from `at` to the next reading. */
export function untilNext(at: number, instants: readonly number[]): number {
  const boundary = instants.find((instant) => instant > at) ?? Infinity;
  return Math.min(MINUTE - (at % MINUTE), boundary - at);
}

function tick(): void {
  last = now();
  schedule();
  for (const listener of [...listeners]) listener();
}

function schedule(): void {
  clearTimeout(timer);
  timer = setTimeout(tick, untilNext(now(), boundaries) + 5);
}

// A throttled tab sleeps through its timers: what it shows is put right the moment it is seen again.
const wake = () => {
  if (!document.hidden && now() - last > 1_000) tick();
};

function start(): void {
  last = now();
  schedule();
  document.addEventListener('visibilitychange', wake);
  addEventListener('pageshow', wake);
}

function stop(): void {
  clearTimeout(timer);
  timer = undefined;
  document.removeEventListener('visibilitychange', wake);
  removeEventListener('pageshow', wake);
}
