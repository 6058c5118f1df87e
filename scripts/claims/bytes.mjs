// Checks of the module's bytes: where they were built, and whether they are the same again. What scripts hold: code.mjs.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { hold, need, run } from './common.mjs';

const digest = (root) => createHash('sha256').update(readFileSync(join(root, 'pkg/dist/engine.wasm'))).digest('hex');

/** What must not be in a module: where it was built, and what its source is called outside. */
export function noPlaces(root) {
  const bytes = readFileSync(join(root, 'pkg/dist/engine.wasm')).toString('latin1');
  // `/rustc/<commit>/` is how the compiler's own releases name the standard library, wherever they are used.
  for (const place of [root, homedir(), '/.cargo/', '/registry/src/', '/target/']) {
    hold(place.length <= 1 || !bytes.includes(place), `the module names ${place}`);
  }
}

/** Two builds in two folders, byte by byte. */
export function sameBytes(root) {
  const folder = mkdtempSync(join(tmpdir(), 'windowshop-audit-'));
  try {
    const other = join(folder, 'elsewhere');
    const state = execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
    need(state === '', 'there are changes that are not committed: the two builds would be of different sources');
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
