// Looks for marks in bytes: as they are, and in whatever they may have been wrapped in on their way out.
//
// A mark is a stem that nothing else holds and a number behind it. What is looked for is the stem: in plain in any case, in
// UTF-16, in hex and within base64 however it lies in the three bytes of a group, all of it also where it was only
// percent-encoded; and then again, a few layers deep, in whatever whole stretches of base64, hex and percent-encoding,
// gzip, deflate and brotli give when they are undone.
import { brotliCompressSync, brotliDecompressSync, deflateRawSync, deflateSync, gunzipSync, gzipSync, inflateRawSync, inflateSync } from 'node:zlib';

/** How many digits the number behind a mark's stem has. */
export const DIGITS = 5;
/** Layers that are undone, one in another. */
const DEPTH = 4;
/** What a wrapped thing may grow to. */
const MOST = 1 << 26;

/** The middle of the base64 of a text, where `before` bytes stand before it in its group: what depends on it alone. */
function within(bytes, before) {
  const form = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64').replace(/=+$/, '');
  return form.slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6));
}

/** How a stem may stand in a text. */
function formsOf(stem) {
  const cases = [...new Set([stem, stem.toUpperCase(), stem[0].toUpperCase() + stem.slice(1)])];
  const wide = Buffer.from(stem, 'utf16le');
  const wrapped = [...cases.map((text) => Buffer.from(text)), wide].flatMap((bytes) => [0, 1, 2].map((before) => ({ form: within(bytes, before), how: 'base64' })));
  const inHex = [...cases.map((text) => Buffer.from(text)), wide].map((bytes) => ({ form: bytes.toString('hex'), how: 'hex', anyCase: true }));
  return [{ form: stem, how: 'plain', anyCase: true }, { form: wide.toString('latin1'), how: 'UTF-16', anyCase: true }, ...inHex, ...wrapped];
}

/** A searcher for one stem: `search(bytes)` gives where it is and how, or nothing. */
export function searcher(stem) {
  const forms = formsOf(stem);
  const search = (given, depth = DEPTH) => {
    const bytes = Buffer.isBuffer(given) ? given : Buffer.from(given);
    if (bytes.length < stem.length / 2) return undefined;
    const text = bytes.toString('latin1');
    const lower = text.toLowerCase();
    for (const { form, how, anyCase } of forms) {
      const at = anyCase ? lower.indexOf(form) : text.indexOf(form);
      if (at >= 0) return { how, at, around: text.slice(Math.max(0, at - 40), at + form.length + 40).replace(/[^ -~]/g, '.') };
    }
    if (depth === 0) return undefined;
    for (const { how, inner } of opened(bytes, text)) {
      const found = search(inner, depth - 1);
      if (found) return { ...found, how: `${how}, ${found.how}` };
    }
    return undefined;
  };
  return search;
}

/** What is in bytes when one layer of wrapping is undone. */
function* opened(bytes, text) {
  if (/%[0-9a-f]{2}/i.test(text)) {
    const inner = text.replace(/(?:%[0-9a-f]{2})/gi, (of) => String.fromCharCode(parseInt(of.slice(1), 16)));
    yield { how: 'percent-encoding', inner: Buffer.from(inner, 'latin1') };
  }
  for (const [of] of text.matchAll(/[A-Za-z0-9+/_-]{24,}={0,2}/g)) yield { how: 'base64', inner: Buffer.from(of, 'base64') };
  for (const [of] of text.matchAll(/(?:[0-9a-f]{2}){12,}/gi)) yield { how: 'hex', inner: Buffer.from(of, 'hex') };
  for (let at = bytes.indexOf('\x1f\x8b\x08', 0, 'latin1'); at >= 0; at = bytes.indexOf('\x1f\x8b\x08', at + 1, 'latin1')) {
    yield* undone('gzip', gunzipSync, bytes.subarray(at));
  }
  // These have no mark of their own, or one that is too short to look for: tried where something begins.
  if (bytes.length < 1 << 20) {
    if ((bytes[0] & 0x0f) === 8) yield* undone('deflate', inflateSync, bytes);
    yield* undone('raw deflate', inflateRawSync, bytes);
    yield* undone('brotli', brotliDecompressSync, bytes);
  }
}

function* undone(how, undo, bytes) {
  let inner;
  try {
    inner = undo(bytes, { maxOutputLength: MOST });
  } catch {
    return;
  }
  yield { how, inner };
}

/** One text in every wrapping that the searcher knows, to see that it does: by name. */
export function wrappings(text) {
  const bytes = Buffer.from(text);
  const percent = (of) => Buffer.from([...of].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  const base64 = (before) => Buffer.from(Buffer.concat([Buffer.from('xyz'.slice(0, before)), bytes]).toString('base64'));
  return {
    plain: bytes,
    'upper case': Buffer.from(text.toUpperCase()),
    'UTF-16': Buffer.from(text, 'utf16le'),
    'percent-encoded': percent(bytes),
    'percent-encoded twice': Buffer.from(encodeURIComponent(percent(bytes).toString())),
    base64: base64(0),
    'base64, one before': base64(1),
    'base64, two before': base64(2),
    base64url: Buffer.from(bytes.toString('base64url')),
    'base64 of UTF-16': Buffer.from(Buffer.from(text, 'utf16le').toString('base64')),
    hex: Buffer.from(bytes.toString('hex')),
    'hex in upper case': Buffer.from(bytes.toString('hex').toUpperCase()),
    gzip: gzipSync(bytes),
    deflate: deflateSync(bytes),
    'raw deflate': deflateRawSync(bytes),
    brotli: brotliCompressSync(bytes),
    'base64 of gzip': Buffer.from(gzipSync(bytes).toString('base64')),
    'hex of brotli': Buffer.from(brotliCompressSync(bytes).toString('hex')),
  };
}
