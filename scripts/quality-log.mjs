// Writes down that a test part was looked at: appends a line to the log of all such evaluations, never changes one.
// Usage: node scripts/quality-log.mjs LOG RESULT SET OPTIONS
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

const [log, result, set, options] = process.argv.slice(2);
const found = JSON.parse(readFileSync(result, 'utf8'));
const git = (...words) => execFileSync('git', words, { encoding: 'utf8' }).trim();
const dirty = git('status', '--porcelain', '--', '.', ':!docs/quality.md', `:!${log}`) === '' ? '' : '+';
const percent = (share) => (share * 100).toFixed(1);

/** What the line says was measured, whichever kind of evaluation it was. */
function figures({ windowshop }) {
  if (windowshop.all !== undefined) {
    const pair = ({ hit_rate, reciprocal_rank }) => `${percent(hit_rate)} / ${percent(reciprocal_rank)}`;
    return `all ${pair(windowshop.all)}, new ${pair(windowshop.new)}`;
  }
  if (windowshop.hit_rate_100 !== undefined) {
    return `HR@20 ${percent(windowshop.hit_rate)}, HR@100 ${percent(windowshop.hit_rate_100)}`;
  }
  return `HR@20 ${percent(windowshop.hit_rate)}, of new brands ${percent(windowshop.new_hit_rate)}`;
}

if (!existsSync(log)) appendFileSync(log, 'time\tcommit\tset\toptions\tfigures\n');
const time = `${new Date().toISOString().slice(0, 16)}Z`;
appendFileSync(log, `${[time, git('rev-parse', '--short=12', 'HEAD') + dirty, set, options || '-', figures(found)].join('\t')}\n`);
