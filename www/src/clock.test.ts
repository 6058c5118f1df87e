import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

let clock: typeof import('./clock');

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-19T04:34:20Z') });
  vi.resetModules();
  vi.stubGlobal('document', { hidden: false, addEventListener: vi.fn(), removeEventListener: vi.fn() });
  vi.stubGlobal('addEventListener', vi.fn());
  vi.stubGlobal('removeEventListener', vi.fn());
  clock = await import('./clock');
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the clock', () => {
  it('can be set by the address, with its plus sign as it stands', () => {
    expect(clock.askedFor('?now=2026-11-19T12:34+08:00')).toBe(Date.parse('2026-11-19T04:34Z'));
    expect(clock.askedFor('?a=1&now=2026-11-19T12:34%2B08:00')).toBe(Date.parse('2026-11-19T04:34Z'));
    expect(clock.askedFor('?now=soon')).toBeUndefined();
    for (const odd of ['%E0%A4%A', '+275760-09-13T00:00:00Z', '-000001-01-01T00:00:00Z'])
      expect(clock.askedFor(`?now=${odd}`)).toBeUndefined();
    expect(clock.askedFor('?know=2026-11-19')).toBeUndefined();
  });

  it('runs on from where it was set, and is not corrected then', () => {
    clock.set(Date.parse('2026-11-20T02:00Z'));
    clock.correct('Thu, 19 Nov 2026 00:00:00 GMT', clock.now(), clock.now());
    vi.advanceTimersByTime(90_000);
    expect(clock.now()).toBe(Date.parse('2026-11-20T02:01:30Z'));
  });

  it('is corrected by the server’s Date where the device is wrong, and left alone where it is nearly right', () => {
    clock.correct('Thu, 19 Nov 2026 04:34:21 GMT', Date.now(), Date.now() + 400);
    expect(clock.now()).toBe(Date.now());
    clock.correct('Thu, 19 Nov 2026 05:34:20 GMT', Date.now(), Date.now() + 1_000);
    expect(clock.now() - Date.now()).toBe(3_600_000);
    clock.correct('no date', 0, 0);
    expect(clock.now() - Date.now()).toBe(3_600_000);
    // A quick answer takes back what a slow one made.
    clock.correct('Thu, 19 Nov 2026 04:34:20 GMT', Date.now(), Date.now() + 100);
    expect(clock.now()).toBe(Date.now());
  });

  it('ticks at whole minutes and at every boundary, and at nothing else', () => {
    const boundary = Date.parse('2026-11-19T04:35:30Z');
    clock.watch([boundary]);
    const seen: number[] = [];
    const stop = clock.onTick(() => seen.push(clock.now()));
    vi.advanceTimersByTime(39_000);
    expect(seen).toEqual([]);
    vi.advanceTimersByTime(100_000);
    stop();
    vi.advanceTimersByTime(600_000);
    const minute = Date.parse('2026-11-19T04:35:00Z');
    expect(seen.map((instant) => Math.floor(instant / 1_000))).toEqual(
      [minute, boundary, minute + 60_000].map((i) => i / 1_000),
    );
  });
});
