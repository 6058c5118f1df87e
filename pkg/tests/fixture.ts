/** The fixture shop's pack, built once by the project's own command, as bytes and as a served folder. */

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../ts/load.js';
import type { PackBytes, PackText } from '../ts/types.js';

export const root = join(import.meta.dirname, '../..');
export const folder = join(root, 'target/fixture-pack');

/** 2026-11-22 12:00 in Berlin, two hours after the fixture's latest opening. */
export const NOON = Date.parse('2026-11-22T12:00:00+01:00');

/** Vitest's global set-up: builds the pack. */
export default function setup(): void {
  execFileSync('cargo', ['run', '--quiet', '--locked', '--bin', 'windowshop', '--', 'pack', 'build', 'tests/fixtures/feed-jsonl', '--out', folder], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}

export function manifest(): Manifest {
  return JSON.parse(readFileSync(join(folder, 'pack.json'), 'utf8')) as Manifest;
}

/** The pack as `createEngine` takes it. */
export function packBytes(): PackBytes {
  const { pack, text } = manifest();
  const texts = Object.entries(text).map(([language, { url }]) => [language, JSON.parse(readFileSync(join(folder, url), 'utf8')) as PackText]);
  return { bytes: new Uint8Array(readFileSync(join(folder, pack.url))), text: Object.fromEntries(texts) as Record<string, PackText> };
}
