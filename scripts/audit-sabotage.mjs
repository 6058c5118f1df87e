// Shows that each claim of the audit can fail: a copy of the project is spoilt in one way after another, and the claim's own
// check has to refuse each with the right words.
// usage: node scripts/audit-sabotage.mjs [cheap]    ONLY=3,18 for the sabotages of these claims,
//   NAMED=GPL for those whose name matches
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claims } from './claims/claims.mjs';
import { copyOf, seed } from './claims/copy.mjs';
import { sabotages } from './claims/sabotages.mjs';

const root = join(import.meta.dirname, '..');
const only = process.env.ONLY?.split(',').map(Number);
const named = new RegExp(process.env.NAMED ?? '');
const cheap = process.argv.includes('cheap');

/** What the check says of a spoilt copy; nothing where it is content. */
async function refused(copy, { check, spoil, run, claim }) {
  spoil(copy);
  try {
    await (run ?? claims.find(({ number }) => number === claim).checks[check])(copy);
    return undefined;
  } catch (error) {
    return error.whole ?? error.message;
  }
}

const unseen = [];
const chosen = sabotages.filter((sabotage) => (!cheap || sabotage.cheap) && (!only || only.includes(sabotage.claim)) && named.test(sabotage.name));
if (chosen.some(({ compiles }) => compiles)) seed(root);
for (const sabotage of chosen) {
  const { claim, check, name, words } = sabotage;
  const began = Date.now();
  const title = `${String(claim).padStart(2)} ${name}`;
  // Compiled ones share a folder, for what is compiled in it is of use to the next.
  const folder = sabotage.compiles ? join(root, 'target/sabotage') : mkdtempSync(join(tmpdir(), 'windowshop-sabotage-'));
  const copy = join(folder, 'copy');
  try {
    const said = await refused(copyOf(root, copy), sabotage);
    if (said === undefined) throw new Error(`its check '${check}' is content`);
    const found = words.exec(said);
    if (!found) throw new Error(`its check '${check}' fails, but not with ${words}:\n${said.slice(-2000)}`);
    console.log(`seen   ${title}: ${found[0].slice(0, 120)} (${((Date.now() - began) / 1000).toFixed(0)} s)`);
  } catch (error) {
    unseen.push(title);
    console.log(`UNSEEN ${title}\n${error.message.replace(/^/gm, '          ')}`);
  } finally {
    rmSync(sabotage.compiles ? copy : folder, { recursive: true, force: true });
  }
}
// A claim that nothing could break is one that nobody has seen to fail.
const never = claims.filter(({ number }) => !sabotages.some(({ claim }) => claim === number)).map(({ number }) => number);
if (never.length > 0) console.log(`UNSEEN no sabotage of claims ${never}`);
console.log(`${chosen.length - unseen.length} of ${chosen.length} sabotages were seen`);
process.exitCode = unseen.length + never.length > 0 || chosen.length === 0 ? 1 : 0;
