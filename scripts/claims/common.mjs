// What the audit's checks share: running commands, and where things lie below a root. A check is a function of a root, so
// that the same check can be held against a copy that was spoilt (scripts/audit-sabotage.mjs).
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What commands below a root are run with, besides the usual. */
const surroundings = new Map();

/** Says what commands below a root are run with, besides the usual. */
export const surround = (root, env) => void surroundings.set(root, env);

/** The surroundings of commands below a root: its own tools first. */
export const envOf = (root) => {
  // Without colours, so that what commands say can be searched.
  const plain = { NO_COLOR: '1', FORCE_COLOR: undefined };
  const path = [join(root, 'target/tools/bin'), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  return { ...process.env, ...plain, PATH: path, ...surroundings.get(root) };
};

/** A command that failed: the end of what it said as the message, and all of it. */
class CommandFailed extends Error {
  constructor(command, text) {
    super(`${command}\n${text.slice(-3000)}`);
    this.whole = text;
  }
}

/** What the commands of a check are run with while it lasts, besides all that. */
let also = {};

/** A property of Rust tests on so many made-up cases. */
export function often(root, cases, where, ...tests) {
  also = { PROPTEST_CASES: String(cases) };
  try {
    rust(root, where, ...tests);
  } finally {
    also = {};
  }
}

/** Runs a command to its end, whatever it says; what it said stands in one text. */
export function tell(root, command, words, folder = root) {
  const done = spawnSync(command, words, { cwd: folder, env: { ...envOf(root), ...also }, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.error) throw new Error(`${command} could not be run: ${done.error.message}`);
  return { status: done.status, out: done.stdout, text: `${done.stdout}${done.stderr}` };
}

/** Runs a command and gives what it wrote; where it fails, the end of what it said is the error. */
export function run(root, command, words, folder = root) {
  const { status, out, text } = tell(root, command, words, folder);
  if (status !== 0) throw new CommandFailed(`${command} ${words.join(' ')}`, text);
  return out;
}

/** Tests of the Rust side, by name; of one kind of target (`--lib`), so that no other is compiled. */
export function rust(root, where, ...tests) {
  if (tell(root, 'cargo', ['nextest', '--version']).status === 0) {
    run(root, 'cargo', ['nextest', 'run', '--locked', '--hide-progress-bar', ...where, ...tests]);
    return;
  }
  for (const test of tests) {
    const { status, text } = tell(root, 'cargo', ['test', '--locked', ...where, test]);
    if (status !== 0) throw new CommandFailed(`cargo test ${test}`, text);
    // cargo's own harness is content where a name finds no test.
    if (!/test result: ok\. [1-9]/.test(text)) throw new Error(`no test is named ${test}`);
  }
}

/** A file of the package's tests, whole or by the name of a test. */
export const script = (root, file, test) => void run(root, 'npx', ['vitest', 'run', file, ...(test ? ['-t', test] : [])], join(root, 'pkg'));

/** A file of the browser's tests. */
export const browser = (root, file) => void run(root, 'npx', ['vitest', 'run', file], join(root, 'tests/browser'));

/** The native command: the one that WINDOWSHOP names, else the one that is built here. */
export const commandOf = (root) => envOf(root).WINDOWSHOP ?? join(root, 'target/debug/windowshop');

/** Every script that ships: the package's and the storefront's. */
export const shipped = (root) =>
  [join(root, 'pkg/dist'), join(root, 'www/dist/assets')]
    .filter(existsSync)
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name)))
    .filter((file) => file.endsWith('.js'));

/** Starts a process of our own; `gone` settles when it has ended. */
export function start(root, command, words, options = {}) {
  const child = spawn(command, words, { env: envOf(root), stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  return { child, gone };
}

/** JSON of a file. */
export const json = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Why a claim could be neither shown nor refuted: what its check needs was not there, or its walk could not be walked. */
export class NotShown extends Error {}

/** Says that nothing is shown where what a check needs is not there. */
export function need(there, words) {
  if (!there) throw new NotShown(words);
}

/** Fails with the words where something does not hold. */
export function hold(holds, words) {
  if (!holds) throw new Error(words);
}
