// Writes docs/quality.md from what `windowshop evaluate … --json` and the judge said, and prints its tables. Fails where
// a bar is not reached within one standard error, after the page is written.
// Usage: node scripts/quality.mjs RESULTS OUT LOG
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [results, out, log] = process.argv.slice(2);

/** The sets of next items: what they are, and what must be reached, HR@20 / MRR@20 of all targets and HR@20 of new ones. */
const nextItem = {
  serenade: { about: 'bol.com example clicks, June 2020; the item being viewed is not a legal answer there (`--exclude-last`)', all: [68.2, 39.0], fresh: 53 },
  retailrocket: { about: 'views of a web shop, the published split of COTREC', all: [57.5, 30.0], fresh: 34.8 },
  diginetica: { about: 'CIKM Cup 2016, the published split of SR-GNN, whose test part is the last week', all: [52.3, 18.9], fresh: 44 },
};
const thresholds = [1, 2, 5, 10];

const git = (...words) => execFileSync('git', words, { encoding: 'utf8' }).trim();
const read = (name) => (existsSync(join(results, name)) ? JSON.parse(readFileSync(join(results, name), 'utf8')) : undefined);
const percent = (share) => (share * 100).toFixed(1);
const pair = (figures) => (figures === undefined ? 'not measured' : `${percent(figures.hit_rate)} / ${percent(figures.reciprocal_rank)}`);
const row = (...cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows) => [row(...head), row('---', ...head.slice(1).map(() => '---:')), ...rows.map((cells) => row(...cells))];

/** Each bar as it was met: what, reached, to be reached, standard error. */
const bars = [];
function bar(set, what, reached, error, wanted) {
  const holds = reached * 100 + error * 100 >= wanted;
  bars.push({ holds, cells: [set, what, wanted.toFixed(1), `${percent(reached)} ± ${(error * 100).toFixed(2)}`, holds ? (reached * 100 >= wanted ? 'reached' : 'within one error') : '**NOT REACHED**'] });
}

/** The judge's figures must be ours, to the last digit that is printed; its words are the ones that count. */
function judged(name, part, figures) {
  const verdict = read(`${name}.judged.json`);
  if (verdict === undefined) return 'Not judged by a second program';
  const [hits, rank] = [verdict[part]['HR@20'], verdict[part]['MRR@20']];
  if (Math.abs(hits - figures.hit_rate) > 1e-9 || Math.abs(rank - figures.reciprocal_rank) > 1e-9) {
    throw new Error(`${name}, ${part}: the judge counts ${hits} / ${rank}, we count ${figures.hit_rate} / ${figures.reciprocal_rank}`);
  }
  return `The judge counts ${pair({ hit_rate: hits, reciprocal_rank: rank })}`;
}

const settings = ({ shape, blend }) =>
  `backward ${shape.backward_thousandths / 1000}, popularity ${shape.popularity_thousandths / 1000}, back-off ${shape.back_off_thousandths / 1000}, ` +
  `decay ${blend.decay_thousandths / 1000}, repeat ${blend.repeat_thousandths / 1000}`;

function nextItemSection(set, { about, all, fresh }) {
  const full = read(`${set}-1.json`);
  const unseen = read(`${set}-new.json`);
  if (full === undefined || unseen === undefined) return [`## ${set}`, '', 'Not measured.', ''];
  const { windowshop, errors } = full;
  bar(set, 'HR@20', windowshop.all.hit_rate, errors.all.hit_rate, all[0]);
  bar(set, 'MRR@20', windowshop.all.reciprocal_rank, errors.all.reciprocal_rank, all[1]);
  bar(set, 'HR@20 of new targets, seen items left out', unseen.windowshop.new.hit_rate, unseen.errors.new.hit_rate, fresh);
  judged(`${set}-new`, 'all', unseen.windowshop.new);
  const parts = [
    ['all targets', 'all'],
    ['targets seen before', 'repeat'],
    ['new targets', 'new'],
    ['prefixes of 1-3 clicks', 'short'],
  ];
  const error = ({ hit_rate, reciprocal_rank }) => `${(hit_rate * 100).toFixed(2)} / ${(reciprocal_rank * 100).toFixed(2)}`;
  const curve = thresholds.map((sessions) => [sessions, read(`${set}-${sessions}.json`)]).filter(([, found]) => found !== undefined);
  return [
    `## ${set}`,
    '',
    `${about}. ${judged(`${set}-1`, 'all', windowshop.all)}.`,
    '',
    ...table(
      ['HR@20 / MRR@20, %', 'queries', 'windowshop', 'standard error', 'own session', 'popularity'],
      [
        ...parts.map(([name, key]) => [name, windowshop[key].queries, pair(windowshop[key]), error(errors[key]), pair(full.own_session[key]), pair(full.popularity[key])]),
        // The same queries, with lists made without the items already seen.
        ['new targets, seen items left out', unseen.windowshop.new.queries, pair(unseen.windowshop.new), error(unseen.errors.new), pair(unseen.own_session.new), pair(unseen.popularity.new)],
      ],
    ),
    '',
    `Chosen on the last tenth of the training sessions (${full.validation.all.queries} queries, ${pair(full.validation.all)} there): ${settings(full.settings)}. Standard errors are over ${errors.sessions} sessions. ${(full.engine_every ?? 1) === 1 ? 'The engine ranked every query.' : `The engine ranked every ${full.engine_every}th query; its arithmetic, with which it agreed there, the others.`}`,
    '',
    'What privacy costs: only pairs of items are kept that so many sessions have. Back-off leads to items through others that enough sessions have both pairs of; without it, settings are chosen again. Behind the first row the engine ranks every 50th query and its arithmetic the others; without back-off it is the arithmetic alone.',
    '',
    ...table(
      ['sessions', 'all targets', 'new targets', 'settings', 'all, without back-off', 'new, without'],
      curve.map(([sessions, found]) => [
        sessions === 5 ? '5, as packs ship' : sessions,
        ...[pair(found.windowshop.all), pair(found.windowshop.new), settings(found.settings)],
        ...[pair(found.without_back_off?.windowshop.all), pair(found.without_back_off?.windowshop.new)],
      ]),
    ),
    '',
  ];
}

function attributesSection() {
  const found = read('sellpy.json');
  if (found === undefined) return ['## sellpy: items that nobody has seen', '', 'Not measured.', ''];
  const cells = (figures) => [
    figures.queries,
    figures.candidates,
    ...['hit_rate', 'hit_rate_100', 'reciprocal_rank'].map((name) => `${percent(figures[name])} ± ${(figures[`${name}_error`] * 100).toFixed(2)}`),
  ];
  const { windowshop, validation } = found;
  bar('sellpy', 'HR@20', windowshop.hit_rate, windowshop.hit_rate_error, 22);
  bar('sellpy', 'HR@100', windowshop.hit_rate_100, windowshop.hit_rate_100_error, 53);
  return [
    '## sellpy: items that nobody has seen',
    '',
    'Second-hand fashion, every item one of a kind: the nearest thing to a flash sale. Candidates are the items that anybody touched in the test part; before each query the engine remembers what the shopper did strictly before it. Settings are chosen on the two months before.',
    '',
    ...table(['', 'queries', 'candidates', 'HR@20, %', 'HR@100, %', 'MRR@20, %'], [['test', ...cells(windowshop)], ['where settings were chosen', ...cells(validation)]]),
    '',
    `Chosen: ${Object.entries(found.settings).map(([name, value]) => `${name} ${value}`).join(', ')}. Standard errors are over ${windowshop.shoppers} shoppers.`,
    '',
  ];
}

function brandsSection() {
  const found = read('tmall_brands.json');
  if (found === undefined) return ['## tmall_brands: brands', '', 'Not measured.', ''];
  const cells = (figures) => [
    figures.queries,
    figures.targets,
    `${percent(figures.hit_rate)} ± ${(figures.hit_rate_error * 100).toFixed(2)}`,
    `${percent(figures.new_hit_rate)} ± ${(figures.new_hit_rate_error * 100).toFixed(2)}`,
  ];
  const { windowshop, settings: chosen } = found;
  bar('tmall_brands', 'HR@20', windowshop.hit_rate, windowshop.hit_rate_error, 22.8);
  bar('tmall_brands', 'HR@20 of brands new to the shopper', windowshop.new_hit_rate, windowshop.new_hit_rate_error, 1.4);
  return [
    '## tmall_brands: brands',
    '',
    'Which brands a shopper looks at on a day, from the days before: for the list of brands one may want to be reminded of. Settings are chosen on the last two weeks before the test days, by the hits among all brands. That rule replaced another after a first look at the test part: both looks stand in the log below.',
    '',
    ...table(
      ['', 'days of shoppers', 'brands looked at', 'HR@20, %', 'HR@20 of new brands, %'],
      [['test', ...cells(windowshop)], ['where settings were chosen', ...cells(found.validation)], ['there, own looks alone', ...cells(found.validation_own)]],
    ),
    '',
    `Chosen: ${Object.entries(chosen.blend).map(([name, value]) => `${name} ${value}`).join(', ')}; everybody's views fade by half in ${chosen.trend_days} days; ${chosen.new} of twenty places are kept for new brands. Standard errors are over ${windowshop.shoppers} shoppers.`,
    '',
  ];
}

/** What each source of training gives, on the parts that settings are chosen on. */
function sourcesSection() {
  const logs = Object.keys(nextItem).map((set) => [set, read(`${set}-5.json`)]).filter(([, found]) => found !== undefined);
  const orders = read('orders.json');
  const cold = read('sellpy.json');
  const lines = ['## What each source of training gives', '', '`windowshop train --source logs|orders|estimates`; nothing here looks at a test part.', ''];
  if (logs.length > 0) {
    lines.push('Click logs give which items go together, at the threshold that packs ship with. Measured on the last tenth of the training sessions:', '');
    lines.push(...table(['logs', 'queries', 'HR@20 / MRR@20, %', 'of new targets'], logs.map(([set, { validation }]) => [set, validation.all.queries, pair(validation.all), pair(validation.new)])), '');
  }
  if (orders !== undefined) {
    const { log, validation } = orders;
    lines.push(
      `Orders give which items are bought together. A grocer's year (complete-journey: ${log.sessions} households, ${log.clicks} purchases, ${log.items} items, ${log.pairs_kept} of ${log.pairs} pairs kept that at least ${orders.settings.min_sessions} households have), measured on what a tenth of the households bought next and had never bought before:`,
      '',
      ...table(['orders', 'queries', 'HR@20 / MRR@20, %'], [['complete-journey', validation.all.queries, pair(validation.all)]]),
      '',
    );
  }
  if (cold?.sources !== undefined) {
    const names = {
      catalogue: 'nothing: the catalogue stands in',
      reports: 'estimates: randomised reports of the category looked at most, one a shopper and week',
      counted: 'logs or orders: every event counted',
    };
    const cell = ({ hit_rate, hit_rate_error }) => `${percent(hit_rate)} ± ${(hit_rate_error * 100).toFixed(2)}`;
    const wide = ({ hit_rate_100, hit_rate_100_error }) => `${percent(hit_rate_100)} ± ${(hit_rate_100_error * 100).toFixed(2)}`;
    lines.push(
      'All three give what everybody looks at, which affinities are measured against. On the cold items of sellpy, where its settings were chosen (with every event counted):',
      '',
      ...table(['what is ordinary, from', 'HR@20, %', 'HR@100, %'], cold.sources.map(([source, figures]) => [names[source], cell(figures), wide(figures)])),
      '',
    );
  }
  return lines;
}

function propensitySection() {
  const found = read('zozo_obd.json');
  if (found === undefined) return ['## zozo_obd: what an exploring log tells', '', 'Not measured.', ''];
  const rate = ({ value, error }) => `${(value * 100).toFixed(2)} ± ${(error * 100).toFixed(2)}`;
  return [
    '## zozo_obd: what an exploring log tells',
    '',
    `A slot of exploration records how likely its item was. Whether such records tell what another rule would have got is checked where the answer is known: fashion impressions of a bandit, with propensities, are weighted to stand for a uniform rule, whose own log is beside it. *Effective* is how many impressions the weighted ones are worth: where it is small, the estimate is no estimate, and its error says so. The engine's own propensities are one over the brands drawn among, so that its weights stay bounded.`,
    '',
    ...table(
      ['click rate, %', 'impressions', 'observed', 'bandit, unweighted', 'inverse propensity', 'self-normalised', 'errors apart', 'mean weight', 'effective'],
      found.campaigns.map((row) => [
        ...[row.name, row.impressions, rate(row.observed), rate(row.unweighted), rate(row.inverse_propensity), rate(row.self_normalised)],
        ...[row.errors_apart.toFixed(1), `${row.mean_weight.value.toFixed(2)} ± ${row.mean_weight.error.toFixed(2)}`, Math.round(row.effective_impressions)],
      ]),
    ),
    '',
  ];
}

const sections = [...Object.entries(nextItem).flatMap(([set, facts]) => nextItemSection(set, facts)), ...attributesSection(), ...brandsSection(), ...sourcesSection(), ...propensitySection()];
const [head, ...logged] = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').map((line) => line.split('\t')) : [['time']];
const dirty = git('status', '--porcelain', '--', '.', `:!${out}`, `:!${log}`) === '' ? '' : ', with changes not yet committed';
const lines = [
  '# How good the recommendations are',
  '',
  `Written by \`make quality\` on ${new Date().toISOString().slice(0, 10)} at commit ${git('rev-parse', '--short=12', 'HEAD')}${dirty}. Do not edit: run it again.`,
  '',
  ...table(['set', 'figure, %', 'bar', 'measured', ''], bars.map(({ cells }) => cells)),
  '',
  'A bar counts as reached within one standard error, which is the spread of the figure over 1,000 bootstrap resamples of whole sessions (of shoppers, where the set has them): queries of one session share a prefix and are not independent.',
  '',
  'Each test query of next items is a prefix of a session and its one next item; every item of the training part is a candidate, and each query counts once. HR@20 is the share of queries whose next item is among the first 20, MRR@20 the mean of one over its place (0 beyond 20). All lists come from the engine itself: a pack of the set, the shopper\'s earlier events, the surface asked. `windowshop evaluate next-item` fails where the engine and the arithmetic that settings were chosen by disagree on any list.',
  '',
  'Settings are chosen by the command on a part of the training data, never on test queries. Where the table says nothing else every pair of items is learned from, as the literature does; packs ship with pairs that at least 5 sessions have, because a pair seen in one session is somebody\'s session. *Own session* shows the session\'s own items, most clicked first and of equals the latest, then the most clicked of all; *popularity* the most clicked of all. Many next items were seen before, so a list of one\'s own items does well on all targets and finds nothing new: read the rows apart.',
  '',
  ...sections,
  '## Every look at a test part',
  '',
  `Appended by the command, kept in [${log.split('/').at(-1)}](${log.split('/').at(-1)}); a + marks changes not yet committed.`,
  '',
  ...table(head, logged),
  '',
  '## Again',
  '',
  '```sh',
  'make quality                 # all sets, judged; writes this page and its log',
  'SETS=sellpy make quality     # one of them; the rest as measured before',
  '```',
  '',
];
writeFileSync(out, lines.join('\n'));
console.log(lines.filter((line) => /^(## |\|)/.test(line)).join('\n').split('## Every look')[0]);
const missed = bars.filter(({ holds }) => !holds);
if (missed.length > 0 || bars.length === 0) {
  console.error(`NOT REACHED within one standard error: ${missed.map(({ cells }) => `${cells[0]} ${cells[1]}`).join('; ') || 'nothing was measured'}`);
  process.exitCode = 1;
}
