/**
 * What is said of a start, or of news, that failed: what went wrong and what to do. Fetched only then; it imports nothing.
 * What failed is told by its code even where these words cannot be had (failing.ts).
 */

type Address = string | URL;

/** What a manifest can lack; what is no JSON at all is told in the browser's words. */
const MANIFEST: Record<string, string> = {
  format: 'its format is not 1, and another is read by another version',
  state: 'it names no state',
  file: 'a file in it lacks its url, bytes or sha256',
};

/** What is fetched, by the stage of a start. */
const FETCHED: Record<string, string> = { wasm: 'the engine', pack: 'the pack', text: "the pack's names" };

/** The words of each fault, from what it is about. Addresses are the shop's own. */
export const FAULTS = {
  /** Without a status no server answered. */
  unreachable: (stage: string, url: Address, status?: number) =>
    `${FETCHED[stage]} could not be fetched: ${status ? `the server answered ${status}` : "is the server up, and does the page's Content-Security-Policy allow it in connect-src?"} (${url})`,
  incomplete: (stage: string, url: Address) => `${FETCHED[stage]} broke off while it came in, or is longer than the manifest says: try again, and where that does not help publish both anew (${url})`,
  altered: (stage: string, url: Address, digest: string, expected: string) => `${FETCHED[stage]} is not the file that the manifest names: its SHA-256 is ${digest}, not ${expected} (${url})`,
  unreadable: (language: string, why: string) => `the text in '${language}' is no text of a pack, as windowshop pack build writes it: ${why}`,
  manifest: (why: string, url: Address) => `the pack's manifest is not one: ${MANIFEST[why] ?? why} (${url})`,
  other_state: (state: string, named: string) => `the pack has state ${state} and the manifest names ${named}: publish both anew`,
  other_text: (language: string | undefined, made: string | undefined, state: string) =>
    made === state
      ? `the text in '${language}' is of another layout than this version reads: build the pack with the windowshop of this version`
      : `the text in '${language}' was made for another pack (${made}, and this one is ${state}): publish both anew`,
  no_module: (url: Address) => `what is served there is no WebAssembly: copy 'windowshop/engine.wasm' to it (${url})`,
  forbidden: () => "the Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to the script-src of the page, or with the sealed engine to that of its worker's script",
  part: (why: string) => `a script of the package could not be fetched: reload the page; where that does not help, publish all files of windowshop's dist (${why})`,
  not_started: (why: string) => `the engine's WebAssembly could not be started: ${why}`,
} satisfies Record<string, (...about: never[]) => string>;
