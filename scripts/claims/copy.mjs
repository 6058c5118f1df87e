// A copy of the project in a folder of its own, to spoil: its sources, what is built of them, and links to what is installed.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { commandOf, run, surround } from './common.mjs';

/** What is built and goes along, so that a copy needs no compiler. */
const BUILT = ['pkg/dist', 'pkg/wasm', 'target/package/js', 'www/dist'];

/** Makes a copy of a root, as its files are now, whether or not they are committed. */
export function copyOf(root, copy) {
  rmSync(copy, { recursive: true, force: true });
  const names = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  for (const name of names.split('\0').filter((name) => name && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(copy, name)), { recursive: true });
    cpSync(join(root, name), join(copy, name));
  }
  for (const built of BUILT) cpSync(join(root, built), join(copy, built), { recursive: true });
  symlinkSync(join(root, 'target/tools'), join(copy, 'target/tools'));
  // Packages are linked one by one, for those of the workspace have to be the copy's own: their links are relative.
  mkdirSync(join(copy, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules'))) {
    const installed = join(root, 'node_modules', name);
    symlinkSync(lstatSync(installed).isSymbolicLink() ? readlinkSync(installed) : installed, join(copy, 'node_modules', name));
  }
  surround(copy, { WINDOWSHOP: commandOf(root), CARGO_TARGET_DIR: join(root, 'target/sabotage') });
  return copy;
}

/** A file of a copy with a text of it replaced; one that is not there so often is a sabotage that has gone out of date. */
export function change(copy, path, from, to, often = 1) {
  const file = join(copy, path);
  const text = readFileSync(file, 'utf8');
  const times = text.split(from).length - 1;
  if (times !== often) throw new Error(`${path} has ${JSON.stringify(from.slice(0, 60))} ${times} times and not ${often}: the sabotage must follow the source`);
  writeFileSync(file, text.replaceAll(from, () => to));
}

/** What is compiled of others for tests, taken over into the folder in which copies compile: it does not depend on the copy. */
export function seed(root) {
  for (const part of ['deps', 'build', '.fingerprint']) {
    const [from, to] = [join(root, 'target/debug', part), join(root, 'target/sabotage/debug', part)];
    if (!existsSync(from) || existsSync(to)) continue;
    const ours = (path) => /^(lib)?windowshop/.test(basename(path));
    cpSync(from, to, { recursive: true, preserveTimestamps: true, filter: (path) => !ours(path) });
  }
}

/** What has to be built again in a copy after its sources were changed. */
export const rebuild = {
  /** The package's scripts, around the module that is there. */
  scripts: (copy) => void run(copy, 'scripts/build-package', ['scripts']),
  /** The module and the scripts. */
  module: (copy) => void run(copy, 'scripts/build-package', []),
  /** The package's scripts and the storefront. */
  storefront: (copy) => {
    rebuild.scripts(copy);
    run(copy, 'npm', ['run', '--workspace', 'www', '--silent', 'build']);
  },
};
