// What a pack's rounding of the co-visitation table loses of lists on real clicks (`windowshop evaluate packing`). The sets lie
// outside the repository; where they are not nothing is measured, and that is said.
// usage: node benches/recall.mjs     leaves target/bench/recall.json
//        WINDOWSHOP names the program and DATA the folder of the sets (../shared/data/clicks)
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { figure, reportOf, writeReport } from './browser/report.mjs';

const root = join(import.meta.dirname, '..');
const data = resolve(process.env.DATA ?? join(root, '../shared/data/clicks'));
const program = resolve(process.env.WINDOWSHOP ?? join(root, 'target/release/windowshop'));
const REPORT = join(root, 'target/bench/recall.json');
const SETS = ['serenade', 'retailrocket', 'diginetica'];

const there = SETS.filter((set) => existsSync(join(data, set, 'train_sessions.csv.gz')));
if (there.length === 0) {
  rmSync(REPORT, { force: true });
  console.log(`recall: SKIPPED; there is none of ${SETS.join(', ')} in ${data}`);
  process.exit();
}

const series = there.map((name) => {
  const told = JSON.parse(execFileSync(program, ['evaluate', 'packing', '--data', join(data, name), '--json'], { encoding: 'utf8' }));
  return { name, items: told.items, lists: told.lists, 'weights in steps': told.recall_of_steps, 'lists the same': told.same, 'and fewer neighbours': told.recall };
});
const least = (name) => Math.min(...series.map((one) => one[name]));
series.push({ name: 'the least', 'weights in steps': least('weights in steps'), 'and fewer neighbours': least('and fewer neighbours') });
for (const one of series) console.log(`${one.name.padEnd(14)}${['weights in steps', 'and fewer neighbours'].map((name) => `${name} ${figure(one[name])}`.padStart(30)).join('')}`);

const report = reportOf('recall', 'What a pack loses', join(root, 'pkg/dist/engine.wasm'));
report.rows.push({
  row: 'n',
  title: 'recall@48 of a packed table',
  unit: 'share',
  note: 'The share of a list of 48 that is still in the list by the packed table, on average over the histories of public sets’ test queries; what came next is not looked at. A pack loses twice: weights are in steps of a byte, by their roots, beside a table of as many neighbours; and of the hundred neighbours of a trained file it holds the strongest of each item, as many as such a list is long.',
  command: 'node benches/recall.mjs',
  results: [{ series }],
});
writeReport(REPORT, report);
