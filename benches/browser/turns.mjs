// How engines take turns in a page: each a few calls in a row, as a page asks that shows several lists, then the next.

/** Calls of one in a row before it is another's turn. */
const CALLS = 3;

export const median = (times) => times.slice().sort((one, other) => one - other)[times.length >> 1];

/**
 * Times functions in turns, always in the order in which they are given, so that each comes behind the same one: of each of `asked`,
 * `[name, ask]`, `{ name, least, median, first }` in milliseconds, the last of them the least of the calls that were the first of a
 * turn, right behind the one before. What gives a number has timed itself; `before` is called before each call with its number,
 * the same for all.
 */
export async function inTurns(asked, rounds, before = () => {}) {
  const times = asked.map(([name]) => ({ name, took: [], firsts: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const [which, [, ask]] of asked.entries()) {
      const { took, firsts } = times[which];
      for (let call = 0; call < CALLS; call++) {
        before(round * CALLS + call);
        const began = performance.now();
        let given = ask();
        if (given instanceof Promise) given = await given;
        took.push(typeof given === 'number' ? given : performance.now() - began);
      }
      firsts.push(took.at(-CALLS));
    }
  }
  return times.map(({ name, took, firsts }) => ({ name, least: Math.min(...took), median: median(took), first: Math.min(...firsts) }));
}
