// Writes docs/performance.md and its pictures from what the benches left in target/bench: every number of the page is one of
// those files', and no other hand writes it.
// usage: node benches/browser/page.mjs [FOLDER=target/bench]
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BARS, judged } from './bars.mjs';
import { plot } from './plot.mjs';
import { aboutOf, figure, FORMAT } from './report.mjs';

const root = join(import.meta.dirname, '../..');
const folder = process.argv[2] ?? join(root, 'target/bench');
const COLOURS = { engine: '#0b6e4f', typed: '#3d5a98', objects: '#b3541e' };

const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|').replaceAll('<', '&lt;')).join(' | ')} |`;

function table({ results, unit }) {
  const columns = [...new Set(results.flatMap(({ series }) => series.flatMap((one) => Object.keys(one))))].filter((name) => name !== 'name');
  const about = results.some((result) => aboutOf(result) !== undefined);
  const begun = (first, rest) => line(about ? [first ?? '', ...rest] : rest);
  const lines = results.flatMap((result) => result.series.map((one) => begun(aboutOf(result), [one.name, ...columns.map((name) => figure(one[name]))])));
  return [begun('catalogue', [unit, ...columns]), begun('---', ['---', ...columns.map(() => '---:')]), ...lines].join('\n');
}

/** Every bar beside what was measured. */
function bars(reports) {
  const lines = BARS.map((bar) => judged(bar, reports)).map(({ work, than, asked, measured, ratio, verdict }) => line([work, than, asked, measured, ratio, verdict]));
  return [line(['work', 'against', 'the bar', 'measured, ours first', 'ratio', '']), line(['---', '---', '---', '---', '---:', '---']), ...lines].join('\n');
}

/** Where a series was measured, and its mean. */
const pointsOf = (grown, who) => grown.flatMap(({ at, series }) => series.filter(({ name }) => name === who).map(({ mean }) => [at, mean]));

/** A plot of the means along what a row grows with. */
function pictures({ row, title, unit, results }, name) {
  const kinds = [...new Set(results.map(({ along }) => along).filter(Boolean))];
  return kinds.map((along) => {
    const grown = results.filter((result) => result.along === along).sort((one, other) => one.at - other.at);
    const names = [...new Set(grown.flatMap(({ series }) => series.map((one) => one.name)))];
    const lines = names.map((who) => ({ name: who, colour: COLOURS[who] ?? '#555', points: pointsOf(grown, who) }));
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
  .filter(({ format }) => format === FORMAT);
if (reports.length === 0) {
  process.stderr.write(`nothing was measured yet: ${folder} has no report; run node benches/browser/run.mjs\n`);
  process.exit(2);
}
const sections = reports.map((report) => {
  const facts = [`Measured on ${report.date.slice(0, 10)} at commit ${report.commit}`, `${report.machine}, ${report.cores} cores`, report.browser, report.module, report.compiler, report.valgrind, report.shop].filter(Boolean);
  const rows = report.rows.map((row) => [`### ${row.title}`, row.note, table(row), ...pictures(row, report.name), `\`${row.command}\``].join('\n\n'));
  return [`## ${report.title}`, `${facts.join('; ')}.`, ...rows].join('\n\n');
});
const head = [
  '# How fast it is',
  'Written by `node benches/browser/page.mjs` from what the benches measured. Do not edit: run it again.',
  '## The bars',
  'What was asked for before anything was built, beside what is measured now, met or missed; a ratio is the second number over the first where more is better, else the first over the second. The home list has the surface’s own mix, which is stricter than the cap of four of a brand that was asked for: two of a brand and four of a kind in each twelve. Lists were equal to a plain reference, slot by slot, before anything was timed. Where others do less work the sections below say so.',
  bars(reports),
];
writeFileSync(join(root, 'docs/performance.md'), `${[...head, ...sections].join('\n\n')}\n`);
console.log(`docs/performance.md: ${reports.map(({ name, rows }) => `${name} (${rows.length} rows)`).join(', ')}`);
