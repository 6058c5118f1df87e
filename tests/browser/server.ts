/** The shop that the browser walks into: the demo catalogue of one fixed day, served by our own command. */

import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildProgram, program } from './program.js';

const root = join(import.meta.dirname, '../..');
/** The demo's shop, as it was made. */
export const demo = join(root, 'target/browser-demo');

declare module 'vitest' {
  interface ProvidedContext {
    address: string;
    manifest: string;
    /** The storefront just as it is built, where a set clock is kept apart. */
    asBuilt: string;
  }
}

/** Vitest's global set-up: makes the shop, serves it on a free port, and closes it behind the tests. */
export default async function setup(project: TestProject): Promise<() => void> {
  const site = join(root, 'www/dist');
  if (!existsSync(join(site, 'index.html'))) throw new Error("the storefront is not built: run 'scripts/build-package' and 'npm run --workspace www build' first");
  buildProgram();
  execFileSync(program, ['demo', '--out', demo, '--date', '2026-11-22'], { stdio: ['ignore', 'ignore', 'inherit'] });

  const { address, stop } = await serve(trialOf(site), '--demo-backend');
  const asBuilt = await serve(site);
  project.provide('address', address);
  project.provide('manifest', join(demo, 'pack/pack.json'));
  project.provide('asBuilt', asBuilt.address);
  return () => (stop(), asBuilt.stop());
}

/** The storefront for a trial, in which a clock that is set counts as the real one: one line more in its page. */
function trialOf(site: string): string {
  const trial = join(demo, 'site');
  rmSync(trial, { recursive: true, force: true });
  cpSync(site, trial, { recursive: true });
  const page = readFileSync(join(site, 'index.html'), 'utf8');
  writeFileSync(join(trial, 'index.html'), page.replace('<head>', '<head><meta name="windowshop-trial" content="set-clock-counts" />'));
  return trial;
}

/** Serves a folder and the demo's packs with our own command, on a free port. */
export async function serve(site: string, ...more: string[]): Promise<{ address: string; stop: () => void }> {
  const words = ['--json', 'serve', '--site', site, '--packs', join(demo, 'pack'), '--data', join(demo, 'endpoint'), '--port', '0'];
  const server = spawn(program, [...words, ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await new Promise<string>((resolve, reject) => {
    let told = '';
    server.stdout.on('data', (piece: Buffer) => {
      told += piece.toString();
      const line = /^(\{.*\})\n/m.exec(told)?.[1];
      if (line !== undefined) resolve((JSON.parse(line) as { address: string }).address);
    });
    server.on('exit', (code) => reject(new Error(`windowshop serve ended with ${String(code)}`)));
  });
  return { address, stop: () => void server.kill() };
}
