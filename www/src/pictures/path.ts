/** SVG path text: rounding to whole units, mirroring, and the symmetric outlines that are written half. */

interface Segment {
  command: string;
  points: [number, number][];
}

/** To the nearest whole unit. */
export const round = Math.round;

function segments(d: string): Segment[] {
  const out: Segment[] = [];
  for (const [, command, rest] of d.matchAll(/([MLCQ])([^MLCQZ]*)/g)) {
    const numbers = rest!.trim().split(/[ ,]+/).map(Number);
    const points: [number, number][] = [];
    for (let i = 0; i + 1 < numbers.length; i += 2) points.push([numbers[i]!, numbers[i + 1]!]);
    out.push({ command: command!, points });
  }
  return out;
}

const write = (points: [number, number][], side: 1 | -1) =>
  points.map(([x, y]) => `${round(side * x)} ${round(y)}`).join(' ');
const end = (d: string) => (/Z\s*$/.test(d) ? 'Z' : '');
const rewrite = (d: string, side: 1 | -1) =>
  segments(d)
    .map((s) => s.command + write(s.points, side))
    .join('') + end(d);

/** A path of absolute M, L, C and Q with its coordinates rounded. */
export const path = (d: string): string => rewrite(d, 1);

/** The same, mirrored at the vertical axis. */
export const mirrored = (d: string): string => rewrite(d, -1);

/** The closed outline whose right half, from the top of the axis to its foot, is `d`. */
export function symmetric(d: string): string {
  const [first, ...rest] = segments(d);
  let from = first!.points[0]!;
  const back = rest.map((s) => {
    const segment = { command: s.command, from, points: s.points };
    from = s.points.at(-1)!;
    return segment;
  });
  return (
    path(d) +
    back
      .reverse()
      .map((s) => s.command + write([...s.points.slice(0, -1).reverse(), s.from], -1))
      .join('') +
    'Z'
  );
}
