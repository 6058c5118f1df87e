// The bars that were set for speed, size and memory before anything was built, each with the row, the catalogue and the series it
// is read from; and how a bar is judged by what was measured. Letters and names are those of `rows.mjs` and `scripts/size.mjs`.
//
// `atLeast` is of theirs over ours, `atMost` of ours over theirs or, where there is nobody to compare with, of ours in `unit`.
// `stretch` is what was hoped for. `theirFigure` stands where theirs is another figure than ours, `needs` where a figure must be
// there for the bar to be judged at all, and `aside` where nothing can be measured.
import { figure } from './report.mjs';

const home = { report: 'browser', row: 'a', ours: 'engine', figure: 'mean', unit: 'ms' };
const opening = { report: 'browser', row: 'e', catalogue: 'full-items-100000', ours: 'engine', theirs: 'JSON, and serde' };
const memory = { report: 'browser', row: 'g', catalogue: 'full-items-100000', unit: 'bytes' };
const recall = { report: 'recall', row: 'n', ours: 'the least', unit: '' };
const weight = { report: 'browser', row: 'k', catalogue: 'full-items-100000', figure: 'brotli, as served', unit: 'bytes' };

export const BARS = [
  { ...home, work: 'Home, 100,000 items live, 48 slots, 64 shoppers', than: 'typed-array JavaScript', catalogue: 'full', theirs: 'typed', atLeast: 14, stretch: 20 },
  { ...home, work: 'the same, each time in another minute', than: 'typed-array JavaScript', catalogue: 'full', another: true, theirs: 'typed', atLeast: 14, stretch: 20 },
  { ...home, work: 'the same, the list alone: one item of it explained and handed over', than: 'typed-array JavaScript, which explains none', catalogue: 'full', ours: 'engine, the list alone', theirs: 'typed', atLeast: 14, stretch: 20 },
  { ...home, work: 'the same, the first call behind the others’ turns', than: 'typed-array JavaScript', catalogue: 'full', figure: 'first of a turn', theirs: 'typed', atLeast: 14, stretch: 20 },
  { ...home, work: 'the same', than: 'JavaScript over objects', catalogue: 'full', theirs: 'objects', atLeast: 190 },
  { ...home, work: 'the same, the first call behind the others’ turns', than: 'JavaScript over objects', catalogue: 'full', figure: 'first of a turn', theirs: 'objects', atLeast: 190 },
  { ...home, work: 'the same, the list alone', than: 'onnxruntime-web, which scores only', row: 'i', catalogue: 'full', ours: 'engine, the list alone', theirs: 'onnxruntime-web', atLeast: 40 },
  { ...home, work: 'the same, the list alone', than: 'TF.js wasm, which scores only', row: 'i', catalogue: 'full', ours: 'engine, the list alone', theirs: 'tfjs-backend-wasm', atLeast: 100 },
  { ...home, work: 'Home, 10,000 items live', than: 'typed-array JavaScript', catalogue: 'small', theirs: 'typed', atLeast: 8, stretch: 15 },
  { ...home, work: 'Home, 1,000,000 items live', than: 'typed-array JavaScript', catalogue: 'full-times-10', theirs: 'typed', atLeast: 11 },
  { work: 'Exact scan of 100,000 × 32 int8, if embeddings ship', than: 'hnswlib-wasm', aside: 'no embeddings ship' },
  { ...home, work: 'Home, 100,000 items live, in WebAssembly', than: 'the same code natively, with AVX2', row: 'j', catalogue: 'full', theirs: 'native', atMost: 2.2 },
  { ...home, work: 'the same, each time in another minute', than: 'the same code natively, with AVX2', row: 'j', catalogue: 'full', another: true, theirs: 'native', atMost: 2.2 },
  { ...home, work: 'Home, the worst of 64 shoppers', than: 'their mean', catalogue: 'full', figure: 'worst', theirs: 'engine', theirFigure: 'mean', atMost: 1.5 },
  { report: 'browser', row: 'd', catalogue: 'full', work: '200 explained results to objects', than: 'serde-wasm-bindgen, the same objects', ours: 'as words', theirs: 'serde-wasm-bindgen, reasons in words', figure: 'least', unit: 'ms', atLeast: 50 },
  { ...opening, work: 'Opening 100,000 items', than: 'JSON.parse and serde', figure: 'least', unit: 'ms', atLeast: 100 },
  { ...opening, work: 'Memory with 100,000 items open', than: 'JSON.parse and serde', figure: 'bytes', unit: 'bytes', atMost: 0.25 },
  { report: 'browser', row: 'b', catalogue: 'full', work: 'A look recorded and home again, 100,000 items live, p95', ours: 'engine', figure: 'p95', unit: 'ms', atMost: 1 },
  { report: 'browser', row: 'c', catalogue: 'full', work: 'A fresh page to its first list, 100,000 items live', than: 'JSON and objects', ours: 'engine', theirs: 'objects', figure: 'p50', unit: 'ms', atLeast: 4 },
  { report: 'browser', row: 'c', catalogue: 'full', work: 'the same, its first list from the excerpt: today’s items and some of the rest', than: 'JSON and objects, all items', ours: 'engine, from the excerpt', theirs: 'objects', figure: 'p50', unit: 'ms', atLeast: 4 },
  { report: 'size', row: 'l', work: 'engine.wasm, gzip', ours: 'engine.wasm', figure: 'gzip', unit: 'bytes', atMost: 90_000, stretch: 60_000 },
  { report: 'size', row: 'l', work: 'JavaScript of the default entry, gzip', ours: 'entry script', figure: 'gzip', unit: 'bytes', atMost: 12_000 },
  { ...weight, work: 'Pack without names and co-visitation, bytes an item', ours: 'without co-visitation', atMost: 40 },
  { ...weight, work: 'Pack without names, with the demo’s small co-visitation, bytes an item', ours: 'the pack', atMost: 80 },
  { ...recall, work: 'recall@48 of weights in steps, the least of the sets', figure: 'weights in steps', atLeast: 0.98 },
  { ...recall, work: 'recall@48 of fewer neighbours besides, the least of the sets', figure: 'and fewer neighbours', atLeast: 0.98 },
  { ...memory, work: 'Memory of the module with 100,000 items', ours: 'engine', figure: 'opened', atMost: 24_000_000 },
  { ...memory, work: 'Memory more after 1,000,000 looks than after 10,000', ours: 'engine', figure: 'from the first to the last of them', needs: 'after 1,000,000 looks', atMost: 0 },
  { ...memory, work: 'Memory held after `dispose`, in the page', ours: 'engine', figure: 'disposed', atMost: 0 },
  { ...memory, work: 'Memory held after `dispose`, in a worker', ours: 'engine in a worker', figure: 'disposed', atMost: 0 },
];

/** The series of a bar's row by name; nothing where the row was not run. */
function seriesOf({ report, row, catalogue, another }, reports) {
  const { results } = reports.find(({ name }) => name === report)?.rows.find((one) => one.row === row) ?? {};
  // What is measured under other conditions (slower, by events) is not what a bar is about.
  const result = results?.find((one) => one.catalogue?.name === catalogue && !one.throttle && !one.uncompressed && !one.another === !another && one.along !== 'events');
  return (name) => result?.series.find((one) => one.name === name);
}

/** What a bar asks for, in words. */
function asked({ theirs, atLeast, atMost, stretch, unit = '' }) {
  const [most, words] = atLeast === undefined ? [atMost, `at most ${figure(atMost)}`] : [atLeast, `at least ${figure(atLeast)}`];
  if (most === undefined) return '';
  const what = theirs ? ' ×' : ` ${unit}`;
  return `${words}${what}${stretch === undefined ? '' : ` (stretch ${figure(stretch)})`}`.trimEnd();
}

/** A bar beside what was measured: `{ work, than, asked, measured, ratio, verdict }`, texts all of them. */
export function judged(bar, reports) {
  const { work, than = '', figure: by, theirFigure = by, unit, needs, atLeast, atMost, stretch, aside } = bar;
  const told = { work, than, asked: asked(bar), measured: '', ratio: '', verdict: aside ?? 'not measured' };
  if (aside !== undefined || bar.ours === undefined) return told;
  const series = seriesOf(bar, reports);
  const ours = series(bar.ours)?.[by];
  const theirs = bar.theirs && series(bar.theirs)?.[theirFigure];
  if (ours === undefined || (bar.theirs && theirs === undefined) || (needs && series(bar.ours)[needs] === undefined)) return told;
  const value = bar.theirs ? (atLeast === undefined ? ours / theirs : theirs / ours) : ours;
  const reaches = (limit) => (atLeast === undefined ? value <= limit : value >= limit);
  const ratio = bar.theirs ? value : atMost === 0 ? undefined : value / (atLeast ?? atMost);
  return {
    ...told,
    measured: bar.theirs ? `${figure(ours)} against ${figure(theirs)} ${unit}` : `${figure(ours)} ${unit}`,
    ratio: ratio === undefined ? '' : `${figure(ratio)} ×${bar.theirs ? '' : ' the bar'}`,
    verdict: !reaches(atLeast ?? atMost) ? 'missed' : stretch !== undefined && reaches(stretch) ? 'met, and the stretch' : 'met',
  };
}
