// How many instructions the engine takes for a fixed job, counted by callgrind, which does not mind how busy a machine is; and
// whether that is more than it was. The job is `benches/home.rs` over the demo's small shop and a few of its shoppers.
//
// Counts are of one compiler, one C library and one catalogue: `instructions.json` says of which, and is written anew where they
// change. Where there is no valgrind nothing is counted, and that is said.
// usage: node benches/instructions.mjs            counts, and compares
//        node benches/instructions.mjs count      counts and leaves target/bench/instructions.json
//        node benches/instructions.mjs compare    compares what was counted; fails where it is more than the tolerance allows
//        node benches/instructions.mjs write      makes what was counted the baseline
//        WINDOWSHOP names the program and CATALOGUES the folder where catalogues are kept
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { catalogue, NOW } from './browser/catalogues.mjs';
import { nativeTwin } from './browser/native.mjs';
import { figure, reportOf, writeReport } from './browser/report.mjs';

const root = join(import.meta.dirname, '..');
const BASELINE = join(import.meta.dirname, 'instructions.json');
const COUNTED = join(root, 'target/bench/instructions.json');
/** How much more than the baseline is no regression. */
const TOLERANCE = 0.05;
/** Every so-manieth of the shop's shoppers, and how often each asks for the list after the first time. */
const EVERY = 8;
const ROUNDS = 3;
/** The functions of `home.rs` that are counted, with all they call, and what they do. */
const WORK = { opened: 'the pack is opened', taken_in: 'memories are taken in', listed: 'home is asked for', looked: 'a look is recorded, and home again' };

function stop(problem) {
  process.stderr.write(`instructions: ${problem}\n`);
  process.exit(1);
}

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Instructions of one function and all it calls. */
function instructionsOf(name, command, folder) {
  const out = join(folder, `${name}.callgrind`);
  const run = spawnSync('valgrind', ['--tool=callgrind', '--collect-atstart=no', `--toggle-collect=home::${name}*`, `--callgrind-out-file=${out}`, ...command], { encoding: 'utf8' });
  if (run.status !== 0) stop(`valgrind failed on ${command[0]}:\n${run.stderr}`);
  const [, count] = /^totals: (\d+)/m.exec(readFileSync(out, 'utf8')) ?? [];
  // A function that is not found is never entered.
  if (!(Number(count) > 0)) stop(`callgrind saw no call of home::${name}`);
  return Number(count);
}

/** Counts, and leaves the report; nothing where it cannot be done here. */
function count() {
  const version = process.arch === 'x64' ? spawnSync('valgrind', ['--version'], { encoding: 'utf8' }) : {};
  if (version.status !== 0) {
    rmSync(COUNTED, { force: true });
    console.log('instructions: skipped; they are counted by valgrind, on x86-64');
    return;
  }
  const program = resolve(process.env.WINDOWSHOP ?? join(root, 'target/release/windowshop'));
  const known = catalogue('small', resolve(process.env.CATALOGUES ?? join(root, 'target/bench/catalogues')), program);
  const twin = nativeTwin();
  const folder = mkdtempSync(join(tmpdir(), 'windowshop-instructions-'));
  try {
    const shoppers = readJson(join(known.folder, 'shoppers.json')).filter((_, at) => at % EVERY === 0);
    const memories = JSON.stringify(shoppers);
    writeFileSync(join(folder, 'shoppers.json'), memories);
    const command = [twin, join(known.folder, 'pack', known.pack), join(folder, 'shoppers.json'), String(NOW), String(ROUNDS)];
    const baseline = existsSync(BASELINE) ? readJson(BASELINE).instructions : {};
    const series = Object.entries(WORK).map(([name, work]) => {
      const instructions = instructionsOf(name, command, folder);
      const before = baseline[name];
      return { name: work, function: name, instructions, baseline: before, 'change, %': before && 100 * (instructions / before - 1) };
    });
    const report = { ...reportOf('instructions', 'Instructions', join(root, 'pkg/dist/engine.wasm')), module: undefined };
    report.job = `${known.pack}, shoppers ${createHash('sha256').update(memories).digest('hex').slice(0, 16)}, ${ROUNDS} rounds`;
    report.compiler = execFileSync('rustc', ['--version'], { encoding: 'utf8' }).trim();
    report.valgrind = version.stdout.trim();
    const times = `${shoppers.length} shoppers in turn, ${ROUNDS + 1} lists each`;
    const note = `Of the native twin (\`benches/home.rs\`), counted by callgrind: ${times}, and one look and a list more. The baseline is \`benches/instructions.json\`; more than ${100 * TOLERANCE} % above it fails.`;
    report.rows.push({ row: 'n', title: 'Instructions of a fixed job', unit: 'work', note, command: 'node benches/instructions.mjs', results: [{ series }] });
    writeReport(COUNTED, report);
    for (const { name, instructions } of series) console.log(`${instructions.toLocaleString('en').padStart(16)}  ${name}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What was counted: `{ job, compiler, valgrind, instructions }`; nothing where nothing was. */
function counted() {
  if (!existsSync(COUNTED)) return undefined;
  const { job, compiler, valgrind, rows } = readJson(COUNTED);
  return { job, compiler, valgrind, instructions: Object.fromEntries(rows[0].results[0].series.map((one) => [one.function, one.instructions])) };
}

/** Fails where a count is more than the baseline's and the tolerance. */
function compare() {
  const now = counted();
  if (now === undefined) return console.log('instructions: nothing was counted here, so nothing is compared');
  const anew = 'node benches/instructions.mjs write makes it the baseline';
  if (!existsSync(BASELINE)) stop(`there is no baseline; ${anew}`);
  const before = readJson(BASELINE);
  if (before.job !== now.job) stop(`what was counted is another job (${now.job}) than the baseline's (${before.job}); ${anew}`);
  const other = ['compiler', 'valgrind'].filter((what) => before[what] !== now[what]);
  for (const what of other) console.log(`instructions: the baseline is of ${before[what]}, this is ${now[what]}`);
  const more = [];
  for (const [name, work] of Object.entries(WORK)) {
    const change = now.instructions[name] / before.instructions[name] - 1;
    if (!(change <= TOLERANCE)) more.push(`${work}: ${figure(now.instructions[name])}, which is ${figure(100 * change)} % more than ${figure(before.instructions[name] ?? 0)}`);
    else if (change < -TOLERANCE) console.log(`instructions: ${work} takes ${figure(-100 * change)} % fewer than the baseline says; ${anew}`);
  }
  if (more.length > 0) stop(`more than the tolerance of ${100 * TOLERANCE} %:\n  ${more.join('\n  ')}\nwhere that is meant, ${anew}`);
  console.log(`instructions: none of ${Object.keys(WORK).length} counts is more than ${100 * TOLERANCE} % above the baseline`);
}

/** Makes what was counted the baseline. */
function write() {
  const now = counted();
  if (now === undefined) stop('nothing was counted yet: node benches/instructions.mjs count');
  writeFileSync(BASELINE, `${JSON.stringify(now, undefined, 2)}\n`);
}

const steps = { count: [count], compare: [compare], write: [write] };
const asked = process.argv[2];
if (asked !== undefined && !(asked in steps)) stop(`there is no '${asked}': count, compare, write`);
for (const step of asked === undefined ? [count, compare] : steps[asked]) step();
