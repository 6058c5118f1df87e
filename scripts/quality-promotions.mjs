// Writes docs/promotions-quality.md from what `windowshop price` made of the cases and what the judge counted.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [cases, work, page] = process.argv.slice(2);
const json = (path) => JSON.parse(readFileSync(path, 'utf8'));
const counts = json(join(work, 'counts.json'));
const results = json(join(work, 'results.json'));
const judged = existsSync(join(work, 'judged.txt')) ? readFileSync(join(work, 'judged.txt'), 'utf8') : '';
const commit = execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], { encoding: 'utf8' }).trim();
const percent = (part, whole) => ((100 * part) / whole).toFixed(1);

const bars = { 'best-combination': 150, sylius: 125, saleor: 18 };
let failed = false;
const rows = counts.map(({ file, priced, refused, stated, agree }) => {
  const line = judged.split('\n').find((line) => line.startsWith(`${file}.json`));
  const count = line?.match(/(\d+)\/(\d+) pass/);
  const bar = bars[file];
  const reached = Number(count?.[1] ?? agree);
  if (bar !== undefined && reached < bar) failed = true;
  const verdict = bar === undefined ? '' : reached >= bar ? 'reached' : 'NOT REACHED';
  return `| ${file} | ${priced} | ${refused} | ${agree} of ${stated} | ${count ? `${count[1]} of ${count[2]}` : '-'} | ${bar ?? ''} | ${verdict} |`;
});

// Of the cases whose optimum is known: what a walk in order gets of it.
const combinations = json(join(cases, 'best-combination.json')).filter(({ baselines }) => baselines);
let [best, walked, saved, possible, ours] = [0, 0, 0, 0, 0];
for (const { id, expected, baselines } of combinations) {
  best += 1;
  walked += Number(baselines.priority_walk_payable === expected.payable);
  saved += expected.undiscounted - baselines.priority_walk_payable;
  possible += expected.undiscounted - expected.payable;
  ours += expected.undiscounted - results[id].payable;
}

writeFileSync(
  page,
  `# How well carts are priced

Written by \`make quality\` on ${new Date().toISOString().slice(0, 10)} at commit ${commit}. Do not edit: run it again.

Published cases of other engines and baskets with a known optimum, priced by \`windowshop price\` under the manners that each case names ([manners.md](manners.md)). The judge is a program of its own; it leaves out cases that their collectors call doubtful.

| cases | priced | refused | as they state | by the judge | bar | |
| --- | ---: | ---: | ---: | ---: | ---: | --- |
${rows.join('\n')}

On the ${best} baskets whose optimum was found by trying every combination, a walk by priority, which is what most shops' engines do, finds the optimum in ${percent(walked, best)} % and gives ${percent(saved, possible)} % of the saving that was possible. Ours gives ${percent(ours, possible)} %.
`,
);
if (failed) process.exitCode = 1;
