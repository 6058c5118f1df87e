// What the reviewer can prove by one command: each claim with what shows it, one line each; any that does not hold fails
// the whole. Claims that nothing shows yet are listed as such, and are none.
// usage: make audit [ONLY=3,7]
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const only = process.env.ONLY?.split(',').map(Number);
const env = { ...process.env, PATH: `${join(root, 'target/tools/bin')}:${join(root, 'node_modules/.bin')}:${process.env.PATH}` };

/** Runs a command and gives the end of what it said where it fails. */
function run(command, words, folder = root) {
  const done = spawnSync(command, words, { cwd: folder, env, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.status !== 0) throw new Error(`${command} ${words.join(' ')}\n${`${done.stdout}${done.stderr}`.slice(-1500)}`);
}
const rust = (...tests) => run('cargo', ['nextest', 'run', '--locked', ...tests]);
const script = (file, test) => run('npx', ['vitest', 'run', file, ...(test ? ['-t', test] : [])], join(root, 'pkg'));

const shipped = () =>
  [join(root, 'pkg/dist'), join(root, 'www/dist/assets')]
    .filter(existsSync)
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((file) => file.endsWith('.js'));

/** What must not be in a module: where it was built, and what its source is called outside. */
function noPlaces() {
  const bytes = readFileSync(join(root, 'pkg/dist/engine.wasm')).toString('latin1');
  // `/rustc/<commit>/` is how the compiler's own releases name the standard library, wherever they are used.
  for (const place of [root, homedir(), '/.cargo/', '/registry/src/', '/target/']) {
    if (place.length > 1 && bytes.includes(place)) throw new Error(`the module names ${place}`);
  }
}

/** Nothing makes chance that is not the browser's own, or code from text. */
function noTricks() {
  for (const file of shipped()) {
    const text = readFileSync(file, 'utf8');
    for (const word of ['Math.random', 'eval(', 'new Function', 'Function(']) {
      const found = text.indexOf(word);
      // A name that ends in it is another's.
      if (found >= 0 && !/[\w$.]/.test(text[found - 1] ?? ' ')) throw new Error(`${file} has ${word}`);
    }
  }
}

/** Two builds in two folders, byte by byte. */
function sameBytes() {
  const folder = mkdtempSync(join(tmpdir(), 'windowshop-audit-'));
  try {
    const digest = (at) => createHash('sha256').update(readFileSync(join(at, 'pkg/dist/engine.wasm'))).digest('hex');
    const other = join(folder, 'elsewhere');
    execFileSync('git', ['clone', '--quiet', root, other]);
    for (const tool of ['target/tools', 'node_modules']) cpSync(join(root, tool), join(other, tool), { recursive: true, verbatimSymlinks: true });
    const state = execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
    if (state !== '') throw new Error('there are changes that are not committed: the two builds would be of different sources');
    run('scripts/build-package', []);
    run('scripts/build-package', [], other);
    if (digest(root) !== digest(other)) throw new Error(`${digest(root)} here and ${digest(other)} there`);
    return digest(root);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const claims = [
  [1, 'every import of the module stands in the golden file with its glue, and none reaches out', () => script('tests/seal.test.ts')],
  [2, 'two builds in two folders are the same bytes', sameBytes],
  [3, 'the module names no place where it was built', noPlaces],
  [4, 'nothing can be fetched or sent from within the sealed worker, an open one is refused, and both engines answer alike', () => run('npx', ['vitest', 'run', 'sealed.test.ts'], join(root, 'tests/browser'))],
  [6, 'two opposite shoppers make the package ask for the same, in number, order and size, and no request holds what they did', () => script('tests/requests.test.ts')],
  [7, 'the ε of the integer thresholds is never above the one that is asked for, and disguises have those odds', () => rust('the_exact_epsilon_never_exceeds', 'disguises_support_answers_as_often')],
  [8, 'the same week, truth and secret give the same bytes', () => (rust('a_report_is_made_once_a_week'), script('tests/reports.test.ts', 'two tabs send one report'))],
  [9, 'the budget is never exceeded, whatever tabs, clocks and old copies do', () => rust('the_budget_is_never_exceeded')],
  [11, 'before consent no byte is stored and nothing is reported', () => (script('tests/keeping.test.ts'), script('tests/reports.test.ts', 'nothing leaves'))],
  [12, 'nothing is reported after opting out, after a wipe, or under Global Privacy Control', () => script('tests/reports.test.ts')],
  [14, 'receipts do not depend on memory', () => rust('two_opposite_shoppers', 'rooms_know_only_what_stands_below')],
  [15, 'a thousand decisions are the same natively and in the module', () => script('tests/one-answer.test.ts')],
  [16, 'no table and no log of the endpoint knows of a sender', () => rust('nothing_of_a_sender_is_kept', 'no_column_is_about_a_sender')],
  [18, 'nothing that ships has Math.random, eval or new Function', noTricks],
];
const unshown = [
  [5, 'the run with marked brands over the pages of a browser, tables and logs'],
  [10, 'every place of storage is in the export'],
  [13, 'retention under a clock that is turned on'],
  [17, 'licences, sources and advisories of dependencies'],
];

let failed = 0;
for (const [number, claim, show] of claims.filter(([number]) => !only || only.includes(number))) {
  const began = Date.now();
  try {
    const more = show();
    console.log(`ok    ${String(number).padStart(2)} ${claim}${typeof more === 'string' ? `: ${more}` : ''} (${((Date.now() - began) / 1000).toFixed(0)} s)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILS ${String(number).padStart(2)} ${claim}\n${error.message.replace(/^/gm, '         ')}`);
  }
}
for (const [number, claim] of unshown) console.log(`      ${String(number).padStart(2)} ${claim}: not shown by a command yet`);
process.exitCode = failed > 0 ? 1 : 0;
