// Writes docs/customers-quality.md from what `windowshop evaluate` found of customers; fails where a bar is not reached.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [work, page] = process.argv.slice(2);
const commit = execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], { encoding: 'utf8' }).trim();
const found = (name) => {
  const path = join(work, `${name}.json`);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
};
const text = (name) => readFileSync(join(work, `${name}.txt`), 'utf8').trimEnd();
const [value, redemption, uplift, budget] = ['value', 'redemption', 'uplift', 'budget'].map(found);

const bars = [];
const bar = (what, reached, wanted, holds) => bars.push({ what, reached, wanted, holds });
const digits = (number, to = 3) => number.toFixed(to);
if (value) {
  const sample = value.sets.find(({ name }) => name === 'sample');
  // As they were published (Fader, Hardie and Lee, 2005; the sample's, to four digits for r).
  const published = [
    ['BG/NBD', sample.bg_nbd, { r: '0.2426', alpha: '4.414', a: '0.793', b: '2.426' }],
    ['Gamma-Gamma', sample.gamma_gamma, { p: '6.25', q: '3.744', v: '15.44' }],
  ];
  for (const [model, fitted, parameters] of published) {
    for (const [name, is] of Object.entries(parameters)) {
      const told = digits(fitted[name], is.split('.')[1].length);
      bar(`CDNOW, ${model} ${name}`, told, is, told === is);
    }
  }
  for (const [name, told] of [['models', sample.days], ['the tab’s table', sample.days_of_table]]) {
    const error = digits(told.mean_absolute_error);
    bar(`CDNOW, days of buying by ${name}, MAE`, error, 'at most 0.785', error <= 0.785);
    bar(`CDNOW, days of buying by ${name}, correlation`, digits(told.correlation), 'at least 0.626', digits(told.correlation) >= 0.626);
  }
}
if (redemption) {
  const [ours] = redemption.rankings;
  bar('Complete Journey, who redeems, AUC', digits(ours.auc), 'at least 0.80', ours.auc >= 0.8);
  const { of, hit_at_1: hit, reciprocal_rank: rank } = redemption.known_choices;
  bar(`Complete Journey, which coupon where it is known which were sent (${of}), hit@1`, digits(hit), 'at least 0.43', hit >= 0.43);
  bar(`Complete Journey, which coupon where it is known which were sent (${of}), MRR`, digits(rank), 'at least 0.58', rank >= 0.58);
}
if (budget) {
  bar('budget, value of the exact optimum', `${digits(budget.share_of_exact * 100, 2)} %`, 'at least 99 %', budget.share_of_exact >= 0.99);
  bar('budget, off plan', `${digits(budget.off_plan * 100, 2)} %`, 'at most 2 %', budget.off_plan <= 0.02);
}

const rows = bars.map(({ what, reached, wanted, holds }) => `| ${what} | ${reached} | ${wanted} | ${holds ? 'reached' : 'NOT REACHED'} |`);
const section = (title, name, note) => [`## ${title}`, '', note, '', '```text', text(name), '```', ''].join('\n');
const parts = [
  '# Customers, measured',
  '',
  `Written by \`make quality\` (\`scripts/quality-customers\`) at ${commit}; nothing here is typed by hand. What each command measures: [customers.md](customers.md).`,
  '',
  '| what | measured | bar | |',
  '|---|---|---|---|',
  ...rows,
  '',
];
if (value) parts.push(section('Who buys again', 'value', 'CDNOW, 39 weeks to fit, 39 weeks after to hold against.'));
if (redemption) {
  const note =
    'Complete Journey: the last quarter of the given campaigns, by a model of those before. In campaigns of type A households were sent a part of some 200 coupons, and the data does not name which: the coupon is told among all of them there, so the other types are counted by themselves too. `--campaigns` ranks any other.';
  parts.push(section('Who redeems, and which coupon', 'redemption', note));
}
if (uplift) parts.push(section('Whom a campaign moves', 'uplift', 'Hillstrom’s randomised test, the given half of its rows.'));
if (budget) parts.push(section('A budget at one price', 'budget', 'Simulated.'));
writeFileSync(page, `${parts.join('\n').trimEnd()}\n`);
const missed = bars.filter(({ holds }) => !holds);
for (const { what, reached, wanted } of missed) console.error(`${what}: ${reached}, wanted ${wanted}`);
process.exit(missed.length > 0 ? 1 : 0);
