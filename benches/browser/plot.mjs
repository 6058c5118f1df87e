// A plot of a few lines in plain SVG, both axes logarithmic: growth is read off their slopes.

const WIDTH = 640;
const HEIGHT = 360;
const EDGE = { left: 64, right: 96, top: 36, bottom: 48 };

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const short = (value) => (value >= 1_000_000 ? `${value / 1_000_000}M` : value >= 1_000 ? `${value / 1_000}k` : String(value));

/** The powers of ten that hold all values. */
function decades(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)].map(Math.log10);
  return [Math.floor(low), Math.max(Math.ceil(high), Math.floor(low) + 1)];
}

/** Where names stand beside the ends of their lines: apart, in the order of the ends. */
function apart(ends) {
  const order = ends.map((_, at) => at).sort((one, other) => ends[one] - ends[other]);
  const places = ends.slice();
  order.forEach((at, place) => {
    if (place > 0) places[at] = Math.max(places[at], places[order[place - 1]] + 14);
  });
  return places;
}

/** The picture: `lines` have a name, a colour and points `[across, up]`, all above nothing. */
export function plot({ title, across, up, lines }) {
  const points = lines.flatMap((line) => line.points);
  const [xs, ys] = [decades(points.map(([x]) => x)), decades(points.map(([, y]) => y))];
  const place = (value, [from, to], start, end) => start + ((Math.log10(value) - from) / (to - from)) * (end - start);
  const x = (value) => place(value, xs, EDGE.left, WIDTH - EDGE.right).toFixed(1);
  const y = (value) => place(value, ys, HEIGHT - EDGE.bottom, EDGE.top).toFixed(1);
  const powers = ([from, to]) => Array.from({ length: to - from + 1 }, (_, at) => Number(`1e${from + at}`));
  const text = (at, down, anchor, words, more = '') => `<text x="${at}" y="${down}" text-anchor="${anchor}"${more}>${escaped(words)}</text>`;
  const grid = [
    ...powers(xs).map((value) => `<path d="M${x(value)} ${EDGE.top}V${HEIGHT - EDGE.bottom}"/>`),
    ...powers(ys).map((value) => `<path d="M${EDGE.left} ${y(value)}H${WIDTH - EDGE.right}"/>`),
  ];
  const ticks = [
    ...powers(xs).map((value) => text(x(value), HEIGHT - EDGE.bottom + 18, 'middle', short(value))),
    ...powers(ys).map((value) => text(EDGE.left - 8, Number(y(value)) + 4, 'end', short(value))),
  ];
  const names = apart(lines.map((line) => Number(y(line.points.at(-1)[1]))));
  const drawn = lines.map(({ name, colour, points: of }, line) => {
    const path = of.map(([one, other], at) => `${at === 0 ? 'M' : 'L'}${x(one)} ${y(other)}`).join('');
    const dots = of.map(([one, other]) => `<circle cx="${x(one)}" cy="${y(other)}" r="3" fill="${colour}"><title>${escaped(`${name}: ${other.toFixed(2)} ${up} at ${one}`)}</title></circle>`);
    const [lastX] = of.at(-1);
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}${text(Number(x(lastX)) + 8, names[line] + 4, 'start', name, ` fill="${colour}"`)}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text(EDGE.left, 20, 'start', title, ' font-size="14"'),
    `<g stroke="#ddd" fill="none">${grid.join('')}</g>`,
    `<g fill="#333">${ticks.join('')}${text((EDGE.left + WIDTH - EDGE.right) / 2, HEIGHT - 10, 'middle', across)}${text(EDGE.left - 8, EDGE.top - 8, 'end', up)}</g>`,
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}
