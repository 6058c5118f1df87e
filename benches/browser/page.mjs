// Writes docs/performance.md and its pictures from what the benches left in target/bench: every number of the page is one of
// those files', and no other hand writes it.
// usage: node benches/browser/page.mjs [FOLDER=target/bench]
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plot } from './plot.mjs';

const root = join(import.meta.dirname, '../..');
const folder = process.argv[2] ?? join(root, 'target/bench');
const COLOURS = { engine: '#0b6e4f', typed: '#3d5a98', objects: '#b3541e' };

const whole = (value) => Math.round(value).toLocaleString('en');
const figure = (value) => (value === undefined ? '' : typeof value !== 'number' ? String(value) : value >= 1_000 || Number.isInteger(value) ? whole(value) : value.toFixed(value < 10 ? 2 : 1));

/** What a result is about, as the first cell of its lines. */
function aboutOf({ catalogue, throttle, along, at }) {
  const parts = [`${catalogue.name}, ${whole(catalogue.live)} live of ${whole(catalogue.rows)}`];
  if (throttle) parts.push(`${throttle} times slower`);
  if (along === 'events') parts.push(`${whole(at)} events`);
  return parts.join('; ');
}

function table({ results, unit }) {
  const columns = [...new Set(results.flatMap(({ series }) => series.flatMap((one) => Object.keys(one))))].filter((name) => name !== 'name');
  const lines = results.flatMap((result) => result.series.map((one) => [aboutOf(result), one.name, ...columns.map((name) => figure(one[name]))]));
  const row = (cells) => `| ${cells.join(' | ')} |`;
  return [row(['catalogue', unit, ...columns]), row(['---', '---', ...columns.map(() => '---:')]), ...lines.map(row)].join('\n');
}

/** A plot of the means along what a row grows with. */
function pictures({ row, title, unit, results }, name) {
  const kinds = [...new Set(results.map(({ along }) => along).filter(Boolean))];
  return kinds.map((along) => {
    const grown = results.filter((result) => result.along === along).sort((one, other) => one.at - other.at);
    const names = [...new Set(grown.flatMap(({ series }) => series.map((one) => one.name)))];
    const lines = names.map((who) => ({ name: who, colour: COLOURS[who] ?? '#555', points: grown.map(({ at, series }) => [at, series.find((one) => one.name === who).mean]) }));
    const label = along === 'items' ? 'items live' : 'events remembered';
    const file = `${name}-${row}-${along}.svg`;
    mkdirSync(join(root, 'docs/images'), { recursive: true });
    writeFileSync(join(root, 'docs/images', file), plot({ title: `${title}, by ${label}`, across: label, up: unit, lines }));
    return `![${title}, by ${label}: ${names.join(', ')}; both axes are logarithmic](images/${file})`;
  });
}

const reports = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
  .filter(({ format }) => format === 'windowshop bench 1');
if (reports.length === 0) {
  process.stderr.write(`nothing was measured yet: ${folder} has no report; run node benches/browser/run.mjs\n`);
  process.exit(2);
}
const sections = reports.map((report) => {
  const facts = [`Measured on ${report.date.slice(0, 10)} at commit ${report.commit}`, `${report.machine}, ${report.cores} cores`, report.browser, report.module, report.shop].filter(Boolean);
  const rows = report.rows.map((row) => [`### ${row.title}`, row.note, table(row), ...pictures(row, report.name), `\`${row.command}\``].join('\n\n'));
  return [`## ${report.title}`, `${facts.join('; ')}.`, ...rows].join('\n\n');
});
const head = ['# How fast it is', 'Written by `node benches/browser/page.mjs` from what the benches measured. Do not edit: run it again.'];
writeFileSync(join(root, 'docs/performance.md'), `${[...head, ...sections].join('\n\n')}\n`);
console.log(`docs/performance.md: ${reports.map(({ name, rows }) => `${name} (${rows.length} rows)`).join(', ')}`);
