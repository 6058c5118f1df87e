// What the reviewer can prove by one command: each claim with what shows it, one line each; any that does not hold fails
// the whole, and so does one that could not be looked at ('not shown'). Claims that nothing shows yet are listed as such, and are none. The claims stand in scripts/claims/claims.mjs;
// that each can fail is shown by scripts/audit-sabotage.mjs.
// usage: make audit [ONLY=3,7]
import { join } from 'node:path';
import { claims, unshown } from './claims/claims.mjs';
import { NotShown } from './claims/common.mjs';

const root = join(import.meta.dirname, '..');
const only = process.env.ONLY?.split(',').map(Number);

let failed = 0;
for (const { number, claim, checks } of claims.filter(({ number }) => !only || only.includes(number))) {
  const began = Date.now();
  const place = String(number).padStart(2);
  try {
    const said = [];
    for (const check of Object.values(checks)) said.push(await check(root));
    const more = said.filter((one) => typeof one === 'string').join('; ');
    console.log(`ok    ${place} ${claim}${more && `: ${more}`} (${((Date.now() - began) / 1000).toFixed(0)} s)`);
  } catch (error) {
    failed += 1;
    // A button that the walk did not find within its time is no refutation either; both leave the audit unfinished.
    const unseen = error instanceof NotShown || error.name === 'TimeoutError';
    console.log(`${unseen ? 'not shown' : 'FAILS'} ${place} ${claim}\n${error.message.replace(/^/gm, '         ')}`);
  }
}
for (const { number, claim } of unshown) console.log(`      ${String(number).padStart(2)} ${claim}: not shown by a command yet`);
process.exitCode = failed > 0 ? 1 : 0;
