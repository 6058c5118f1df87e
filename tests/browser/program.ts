/** Our own command: the one that WINDOWSHOP names, as in a copy of the project that is spoilt, or the one that is built here. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Where it lies. */
export const program = process.env['WINDOWSHOP'] ?? join(root, 'target/debug/windowshop');

/** Builds it, where nobody named one. */
export function buildProgram(): void {
  if (process.env['WINDOWSHOP'] !== undefined) return;
  execFileSync('cargo', ['build', '--quiet', '--locked', '--bin', 'windowshop'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}
