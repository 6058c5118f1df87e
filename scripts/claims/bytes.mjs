// Checks of the bytes that ship: where they were built, whether they are the same again, and what no script may hold.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { hold, run, shipped } from './common.mjs';

const digest = (root) => createHash('sha256').update(readFileSync(join(root, 'pkg/dist/engine.wasm'))).digest('hex');

/** What must not be in a module: where it was built, and what its source is called outside. */
export function noPlaces(root) {
  const bytes = readFileSync(join(root, 'pkg/dist/engine.wasm')).toString('latin1');
  // `/rustc/<commit>/` is how the compiler's own releases name the standard library, wherever they are used.
  for (const place of [root, homedir(), '/.cargo/', '/registry/src/', '/target/']) {
    hold(place.length <= 1 || !bytes.includes(place), `the module names ${place}`);
  }
}

/** Nothing makes chance that is not the browser's own, or code from text. */
export function noTricks(root) {
  const files = shipped(root);
  hold(files.length > 4, 'neither the package nor the storefront is built');
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    for (const word of ['Math.random', 'eval(', 'new Function', 'Function(']) {
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        // A name that ends in it is another's.
        hold(/[\w$.]/.test(text[at - 1] ?? ' '), `${file} has ${word}`);
      }
    }
  }
}

/** Two builds in two folders, byte by byte. */
export function sameBytes(root) {
  const folder = mkdtempSync(join(tmpdir(), 'windowshop-audit-'));
  try {
    const other = join(folder, 'elsewhere');
    const state = execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
    hold(state === '', 'there are changes that are not committed: the two builds would be of different sources');
    execFileSync('git', ['clone', '--quiet', root, other]);
    for (const tool of ['target/tools', 'node_modules']) cpSync(join(root, tool), join(other, tool), { recursive: true, verbatimSymlinks: true });
    run(root, 'scripts/build-package', []);
    run(root, 'scripts/build-package', [], other);
    hold(digest(root) === digest(other), `${digest(root)} here and ${digest(other)} there`);
    return digest(root);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
