// How engines take turns in a page: each a few calls in a row, as a page asks that shows several lists, then the next.

/** Calls of one in a row before it is another's turn. */
const CALLS = 3;

export const median = (times) => times.slice().sort((one, other) => one - other)[times.length >> 1];

/**
 * Times functions in a round of turns, always in the order in which they are given, so that each comes behind the same one: adds to
 * `times`, by the name of each of `asked`, `[name, ask]`, the milliseconds of all calls and of those that were the first of a turn,
 * right behind the one before. What gives a number has timed itself; `before` is called before each call with its number, the same for
 * all.
 */
export async function aRound(asked, times = {}, before = () => {}) {
  for (const [name, ask] of asked) {
    const { took, firsts } = (times[name] ??= { took: [], firsts: [] });
    for (let call = 0; call < CALLS; call++) {
      before(took.length);
      const began = performance.now();
      let given = ask();
      if (given instanceof Promise) given = await given;
      took.push(typeof given === 'number' ? given : performance.now() - began);
    }
    firsts.push(took.at(-CALLS));
  }
  return times;
}

/** Of what was timed, by name: `{ name, least, median, first }`, the last of them the least of the calls that were the first of a turn. */
export const figures = (times) => Object.entries(times).map(([name, { took, firsts }]) => ({ name, least: Math.min(...took), median: median(took), first: Math.min(...firsts) }));

/** The figures of so many rounds. */
export async function inTurns(asked, rounds) {
  const times = {};
  for (let round = 0; round < rounds; round++) await aRound(asked, times);
  return figures(times);
}
