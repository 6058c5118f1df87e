/**
 * What is wrong with the options of a start, in words. Fetched in development, before anything else is, and elsewhere only
 * after a start has failed: a page whose options are right pays nothing for it. It imports nothing.
 */

/** What an option may be: how a message says so, and whether a value is it. */
type Rule = readonly [words: string, holds: (value: unknown) => boolean];

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
/** Where an address of a page is relative to; elsewhere any other stands for it. */
const base = (): string => (globalThis as { document?: { baseURI: string } }).document?.baseURI ?? 'https://shop.example/';
/** Whether a browser could read it. What is read as another protocol is found where it is asked for. */
const isAddress = (value: unknown, protocols = /./): boolean => {
  if (!isText(value) && !(value instanceof URL)) return false;
  try {
    return protocols.test(new URL(String(value), base()).protocol);
  } catch {
    return false;
  }
};
const isFunction = (value: unknown): boolean => typeof value === 'function';
const isBytes = (value: unknown): boolean => ArrayBuffer.isView(value) || Object.prototype.toString.call(value) === '[object ArrayBuffer]';
const among = (...words: string[]): Rule => [words.map((word) => `'${word}'`).join(' or '), (value) => words.includes(value as string)];
/** Whether a value is an object that holds these functions. */
const does = (value: unknown, ...names: string[]): boolean => typeof value === 'object' && value !== null && names.every((name) => isFunction((value as Record<string, unknown>)[name]));

const BOOLEAN: Rule = ['true or false', (value) => typeof value === 'boolean'];
const ENDPOINT: Rule = ['an address of http or https: a text or a URL', (value) => isAddress(value, /^https?:$/)];
/** A TrustedScriptURL is one that a policy of the page vouches for. */
const SCRIPT: Rule = ['an address: a text, a URL or a TrustedScriptURL', (value) => isAddress(value) || Object.prototype.toString.call(value) === '[object TrustedScriptURL]'];
const STORAGE = among('indexeddb', 'memory');
const ADAPTER = ['all', 'put', 'remove', 'replace', 'close'];

/** The options of every start; `pack` is looked at apart. */
const RULES: Record<string, Rule> = {
  language: ["a text such as 'en'", isText],
  consent: among('off', 'session', 'on'),
  storage: [
    `${STORAGE[0]}, or an adapter with ${ADAPTER.join(', ')} and a text 'kind'`,
    (value) => STORAGE[1](value) || (does(value, ...ADAPTER) && isText((value as { kind?: unknown }).kind)),
  ],
  now: ['a function that gives UTC milliseconds since 1970, as Date.now does', (value) => isFunction(value) && Number.isFinite((value as () => unknown)())],
  signal: ['an AbortSignal', (value) => does(value, 'throwIfAborted', 'addEventListener')],
  onProgress: ['a function', isFunction],
  wasm: [
    "the address of 'windowshop/engine.wasm', or its bytes, its Response or its WebAssembly.Module",
    (value) => isAddress(value) || isBytes(value) || value instanceof WebAssembly.Module || does(value, 'arrayBuffer'),
  ],
  reports: ENDPOINT,
  strict: BOOLEAN,
};

/** What is different, and what comes besides, where the engine is made in a worker. */
const SEALED: Record<string, Rule> = {
  ...RULES,
  storage: [`${STORAGE[0]}: an adapter cannot be handed to a worker`, STORAGE[1]],
  worker: SCRIPT,
  allowUnsealed: BOOLEAN,
};

/** The fields of a pack that is handed over. */
const PACK: Record<string, Rule> = {
  bytes: ['the bytes of a .wspack file', isBytes],
  text: ['the bytes of text-….txt files as they are, not parsed, by language', (value) => does(value) && Object.values(value as object).every(isBytes)],
  deltas: ['a list of the bytes of .wsdelta files, in their order', (value) => Array.isArray(value) && value.every(isBytes)],
};

/**
 * What is wrong with options, in a sentence; `undefined` where nothing is. Nothing of what was handed in is said but an
 * address.
 *
 * @param maker the function that was called
 * @param given its options
 */
export function faultOf(maker: string, given: unknown): string | undefined {
  if (!does(given)) return `${maker} takes options: { pack: '/v1/pack.json' } at least`;
  const options = given as Record<string, unknown>;
  const { pack } = options;
  const option = `${maker}'s option '`;
  if (isAddress(pack)) {
    if (/\.wspack($|[?#])/.test(String(pack))) return `${option}pack' must be a manifest: pass the pack.json beside this file (${String(pack)})`;
  } else {
    if (!does(pack) || !('bytes' in (pack as object))) return `${option}pack' must be the address of a pack.json, or { bytes, text, deltas }`;
    const wrong = broken(PACK, pack as Record<string, unknown>);
    if (wrong) return `${option}pack.${wrong}`;
    const strange = Object.keys(pack as object).find((name) => !(name in PACK));
    if (strange !== undefined) return `${option}pack' has no field '${strange}'; its fields are ${Object.keys(PACK).join(', ')}`;
  }
  const rules = maker === 'createEngine' ? RULES : SEALED;
  const wrong = broken(rules, options);
  if (wrong) return option + wrong;
  const names = ['pack', ...Object.keys(rules)];
  const odd = Object.keys(options).find((name) => !names.includes(name));
  return odd === undefined ? undefined : `${maker} has no option '${odd}'; its options are ${names.join(', ')}`;
}

/** The first field that is not what it may be; one that is not there is none. */
function broken(rules: Record<string, Rule>, given: Record<string, unknown>): string | undefined {
  for (const [name, [words, holds]] of Object.entries(rules)) {
    const value = given[name];
    if (value !== undefined && value !== null && !isRight(holds, value)) return `${name}' must be ${words}`;
  }
  return undefined;
}

/** A clock of the shop's own may throw. */
function isRight(holds: (value: unknown) => boolean, value: unknown): boolean {
  try {
    return holds(value);
  } catch {
    return false;
  }
}
