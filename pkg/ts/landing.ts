/**
 * How a manifest is read, and how a file lands that it names: piece by piece where there is room for it, looked at meanwhile. Asked
 * for beside the manifest, and joined with what it imports.
 */

import type { Landing, Manifest, ManifestFile } from './load.js';

/** What is asked of a manifest and its response: this file is on its way beside them. */
export { correction } from './clock.js';

/** Checks that a parsed file is a manifest; what is wrong with it is thrown as a word that faults.ts knows. */
export function asManifest(value: unknown): Manifest {
  const isText = (text: unknown) => typeof text === 'string';
  const manifest = value as Partial<Manifest> | null;
  if (manifest?.format !== 1) throw new TypeError('format');
  if (!isText(manifest.state)) throw new TypeError('state');
  const { text = {}, languages = Object.keys(text) } = manifest;
  const deltas = manifest.deltas ?? [];
  for (const file of [manifest.pack, ...languages.map((language) => text[language]), ...deltas]) {
    if (!isText(file?.url) || !isText(file?.sha256) || !file?.bytes) throw new TypeError('file');
  }
  return { ...manifest, text, languages, deltas } as Manifest;
}

/** Bytes of a pack before its first entry, and of an entry (docs/pack.md). */
const PREFIX = 32;
const ENTRY = 64;

/** What landed. */
export interface Landed {
  bytes: Uint8Array<ArrayBuffer>;
  /** The SHA-256 of it, in hex; that which the manifest names where nothing tells another. */
  digest: Promise<string>;
}

/**
 * Puts the bytes of a response where there is room for them: the browser's own way keeps the pieces until the last is there and then
 * copies them all, while the page waits.
 *
 * @param room where the bytes of a pack go; what else comes has room of its own
 * @throws where it breaks off, or is longer than the manifest says
 */
export async function land(response: Response, { bytes: size, sha256, state }: ManifestFile, room?: Landing): Promise<Landed> {
  const own = new Uint8Array(room ? 0 : size);
  const place = () => room?.bytes() ?? own;
  const sections = room && sectionsIn(place, state);
  const pieces = response.body!.getReader();
  let length = 0;
  for (let piece; (piece = (await pieces.read()).value); ) {
    // What is longer than was said is thrown out here.
    place().set(piece, length);
    length += piece.length;
    sections?.arrived(length);
    room?.arrived(length);
  }
  const here = () => place().subarray(0, length);
  const digest = async () => ((await sections?.same()) ? sha256 : ((await digestOf(here())) ?? sha256));
  return { bytes: here(), digest: digest() };
}

/**
 * The digests of a pack's sections, each worked out when it is there, so that next to nothing is left to do behind the last byte.
 *
 * The pack's state, which the manifest names, is the digest of the header, and the header names those of the sections.
 */
function sectionsIn(place: () => Uint8Array<ArrayBuffer>, state: string | undefined) {
  const looked: Promise<boolean>[] = [];
  let entry = PREFIX;
  let end = Infinity;
  const look = (bytes: Uint8Array<ArrayBuffer>, named = state) => looked.push(digestOf(bytes).then((found = named) => found === named));
  return {
    arrived(length: number): void {
      if (length < PREFIX) return;
      const file = place();
      const view = new DataView(file.buffer, file.byteOffset);
      const header = PREFIX + ENTRY * view.getUint32(12, true);
      if (header > length) return;
      if (end !== header) look(file.subarray(0, (end = header)));
      for (; entry < end; entry += ENTRY) {
        const start = view.getUint32(entry + 8, true);
        const stop = start + view.getUint32(entry + 16, true);
        if (stop > length) return;
        look(file.subarray(start, stop), hex(file.subarray(entry + 32, entry + ENTRY)));
      }
    },
    /** Whether all were there and are what is named; what is no pack after all, or another, has to be looked at as a whole. */
    same: async (): Promise<boolean> => entry === end && !(await Promise.all(looked)).includes(false),
  };
}

/** Nothing in pages without TLS, which have no SubtleCrypto; the engine still checks every section of a pack by itself. */
async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const found = await globalThis.crypto?.subtle?.digest('SHA-256', bytes);
  return found && hex(new Uint8Array(found));
}

/** Lower-case hex. */
function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
