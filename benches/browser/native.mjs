// The engine as a program of this machine: `benches/home.rs`, built with AVX2 where processors have it, apart from other builds
// because of that.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
/** x86-64-v3 is every x86 with AVX2. Elsewhere a processor of the kind is what the compiler takes it to be. */
const flags = process.arch === 'x64' ? '-C target-cpu=x86-64-v3' : '';

/** Builds the program, without what the engine does not need, and says where it lies. */
export function nativeTwin() {
  const env = { ...process.env, RUSTFLAGS: flags, CARGO_TARGET_DIR: join(root, 'target/bench/native') };
  const given = ['bench', '--locked', '--quiet', '--package', 'windowshop', '--no-default-features', '--bench', 'home', '--no-run', '--message-format', 'json'];
  const told = execFileSync('cargo', given, { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 28 });
  const built = told.trimEnd().split('\n').map((line) => JSON.parse(line));
  return built.findLast(({ reason, executable, target }) => reason === 'compiler-artifact' && executable && target.name === 'home').executable;
}

/** Of each shopper of a catalogue the least time in milliseconds; the list is asked for again, or each time in `another` minute. */
export function nativeTimes(twin, { folder, pack }, now, rounds, another) {
  const given = [join(folder, 'pack', pack), join(folder, 'shoppers.json'), String(now), String(rounds), String(another ? 60_000 : 0)];
  return JSON.parse(execFileSync(twin, given, { encoding: 'utf8' })).least;
}
