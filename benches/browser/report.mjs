// The form in which every bench leaves what it measured, for page.mjs: where, when and of which build, then its rows.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');
export const FORMAT = 'windowshop bench 1';

const git = (...given) => execFileSync('git', given, { cwd: root, encoding: 'utf8' }).trim();

/** A report without rows. `wasm` is the module that was measured: the commit says what the sources were, not what was built. */
export function reportOf(name, title, wasm) {
  return {
    format: FORMAT,
    name,
    title,
    date: new Date().toISOString(),
    commit: git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--', 'src', 'kernel', 'pkg', 'benches') ? ' and changes' : ''),
    machine: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    module: `engine.wasm ${createHash('sha256').update(readFileSync(wasm)).digest('hex').slice(0, 16)}`,
    rows: [],
  };
}

/** Writes a report, whole. */
export function writeReport(file, report) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
}

/** A number as people read it: few digits, and none that mean nothing. */
export function figure(value) {
  if (typeof value !== 'number') return value === undefined ? '' : String(value);
  if (value >= 1_000 || Number.isInteger(value)) return Math.round(value).toLocaleString('en');
  return value.toFixed(value < 10 ? 2 : 1);
}

/** What a result is about, in words; nothing where it is about no catalogue. */
export function aboutOf({ catalogue, another, uncompressed, throttle, network, along, at }) {
  if (catalogue === undefined) return undefined;
  const parts = [`${catalogue.name}, ${figure(catalogue.live)} live of ${figure(catalogue.rows)}`];
  if (another) parts.push('each time in another minute');
  if (uncompressed) parts.push('uncompressed');
  if (throttle) parts.push(`${throttle} times slower`);
  if (network) parts.push(`${network.megabits} Mbit/s, ${network.latency} ms away`);
  if (along === 'events') parts.push(`${figure(at)} events`);
  return parts.join('; ');
}
