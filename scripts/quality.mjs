// Writes docs/quality.md from what `windowshop evaluate next-item --json` and the judge said, and prints its tables.
// Usage: node scripts/quality.mjs RESULTS OUT SET...
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [results, out, ...sets] = process.argv.slice(2);

/** What must be reached, HR@20 / MRR@20 in percent, all targets. */
const bars = { serenade: [66, 35], retailrocket: [55, 28] };
const about = {
  serenade: 'bol.com example clicks, June 2020; the item being viewed is not a legal answer there (`--exclude-last`)',
  retailrocket: 'views of a web shop, the published split of COTREC',
};

const git = (...words) => execFileSync('git', words, { encoding: 'utf8' }).trim();
const read = (name) => (existsSync(join(results, name)) ? JSON.parse(readFileSync(join(results, name), 'utf8')) : undefined);
const percent = (share) => (share * 100).toFixed(1);
const pair = (figures) => (figures === undefined ? 'not measured' : `${percent(figures.hit_rate)} / ${percent(figures.reciprocal_rank)}`);
const row = (...cells) => `| ${cells.join(' | ')} |`;

/** The judge's figures must be ours, to the last digit that is printed; its words are the ones that count. */
function judged(name, part, figures) {
  const verdict = read(`${name}.judged.json`);
  if (verdict === undefined) return 'not judged';
  const [hits, rank] = [verdict[part]['HR@20'], verdict[part]['MRR@20']];
  if (Math.abs(hits - figures.hit_rate) > 1e-9 || Math.abs(rank - figures.reciprocal_rank) > 1e-9) {
    throw new Error(`${name}, ${part}: the judge counts ${hits} / ${rank}, we count ${figures.hit_rate} / ${figures.reciprocal_rank}`);
  }
  return pair({ hit_rate: hits, reciprocal_rank: rank });
}

/** New targets by lists without the items already seen, as the judge counts them too. */
function newOnly(set, fresh) {
  if (fresh !== undefined) judged(`${set}-new`, 'all', fresh.windowshop.new);
  return pair(fresh?.windowshop.new);
}

const settings = ({ min_sessions, shape, blend }) =>
  `pairs of ${min_sessions === 1 ? 'any session' : `at least ${min_sessions} sessions`}; backward ${shape.backward_thousandths / 1000}, ` +
  `popularity ${shape.popularity_thousandths / 1000}, decay ${blend.decay_thousandths / 1000}, repeat ${blend.repeat_thousandths / 1000}`;

let reached = true;
function section(set) {
  const [full, fresh, shipped] = [read(`${set}.json`), read(`${set}-new.json`), read(`${set}-shipped.json`)];
  const parts = [
    ['all targets', 'all'],
    ['targets seen before', 'repeat'],
    ['new targets', 'new'],
    ['prefixes of 1-3 clicks', 'short'],
  ];
  const [hits, rank] = bars[set];
  const holds = full.windowshop.all.hit_rate * 100 >= hits && full.windowshop.all.reciprocal_rank * 100 >= rank;
  reached &&= holds;
  return [
    `## ${set}`,
    '',
    `${about[set]}. To be reached: ${hits} / ${rank}; **${holds ? 'reached' : 'NOT REACHED'}**. The judge counts ${judged(set, 'all', full.windowshop.all)}.`,
    '',
    row('HR@20 / MRR@20, %', 'queries', 'windowshop', 'own session', 'popularity', 'as packs ship'),
    row('---', '---:', '---:', '---:', '---:', '---:'),
    ...parts.map(([name, key]) =>
      row(name, full.windowshop[key].queries, pair(full.windowshop[key]), pair(full.own_session[key]), pair(full.popularity[key]), pair(shipped?.windowshop[key])),
    ),
    // The same queries, with lists made without the items already seen.
    row('new targets, seen items left out', full.windowshop.new.queries, newOnly(set, fresh), pair(fresh?.own_session.new), pair(fresh?.popularity.new), ''),
    '',
    `Chosen on the last tenth of the training sessions (${full.validation.all.queries} queries, ${pair(full.validation.all)} there): ${settings(full.settings)}. ${shipped === undefined ? '' : `As packs ship: ${settings(shipped.settings)}.`}`,
    '',
  ];
}

const dirty = git('status', '--porcelain', '--', '.', ':!docs/quality.md') === '' ? '' : ', with changes not yet committed';
const lines = [
  '# How good the recommendations are',
  '',
  `Written by \`make quality\` on ${new Date().toISOString().slice(0, 10)} at commit ${git('rev-parse', '--short=12', 'HEAD')}${dirty}. Do not edit: run it again.`,
  '',
  'Each test query is a prefix of a session and its one next item; every item of the training part is a candidate, and each query counts once. HR@20 is the share of queries whose next item is among the first 20, MRR@20 the mean of one over its place (0 beyond 20). The lists come from the engine itself: a pack of all training items in one open sale, the prefix observed as `view_item` events, the home surface asked for 20. `windowshop evaluate` fails where the engine and the arithmetic that settings were chosen by disagree on any list.',
  '',
  'Settings are chosen by the command on the last tenth of the training sessions, never on test queries. *Windowshop* learns from every pair of items, as the literature does. *As packs ship* keeps only pairs that at least 5 sessions have, because a pair seen in one session is somebody\'s session: that is what privacy costs the table where items are many and sessions few, and in a shop brands, categories and prices speak beside it, which these logs do not have. *Own session* shows the session\'s own items, most clicked first and of equals the latest, then the most clicked of all; *popularity* the most clicked of all.',
  '',
  'Many next items were seen before, so a list of one\'s own items does well on all targets and finds nothing new: read the rows apart.',
  '',
  ...sets.flatMap(section),
  '## Again',
  '',
  '```sh',
  'make quality   # both sets, judged; writes this page',
  ...sets.map((set) => `windowshop evaluate next-item --data ../shared/data/clicks/${set}${set === 'serenade' ? ' --exclude-last' : ''} --out ranked.tsv`),
  '```',
  '',
];
writeFileSync(out, lines.join('\n'));
console.log(lines.filter((line) => /^(## |\|)|reached/.test(line) && !line.startsWith('## Again')).join('\n'));
if (!reached) process.exitCode = 1;
