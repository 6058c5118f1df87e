/**
 * Plain values as bytes: how the engine is asked, and how it answers. pkg/src/writer.rs has the same tags.
 *
 * What is handed in is copied, so that nothing of the page is in the module's reach: of each object its own fields and no
 * others, and of what is no plain value a word for its kind.
 */

const NOTHING = 0;
const FALSE = 1;
const TRUE = 2;
const NUMBER = 3;
const TEXT = 4;
const LIST = 5;
const RECORD = 6;
const BYTES = 7;
/** In an answer: the end of a list. */
const END = 8;
/** Handed in: a number that is no safe integer, behind its text. In an answer: one of the engine's own words. */
const SPECIAL = 9;
/** Handed in: what is no plain value. In an answer: words of 32 bits. */
const OTHER = 10;

export const encoder = new TextEncoder();
/** A text may begin with what elsewhere is a mark of the order of bytes. */
export const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The bytes of values, one behind the other. */
export function written(values: readonly unknown[]): Uint8Array {
  let bytes = new Uint8Array(1024);
  let view = new DataView(bytes.buffer);
  let at = 0;
  /** Writes a tag, and makes room for so many bytes behind it. */
  const tag = (tag: number, size: number): void => {
    if (at + size + 16 > bytes.length) {
      const before = bytes;
      bytes = new Uint8Array(2 * (at + size + 16));
      bytes.set(before);
      view = new DataView(bytes.buffer);
    }
    bytes[at++] = tag;
  };
  const count = (size: number): void => {
    view.setUint32(at, size, true);
    at += 4 + size;
  };
  const text = (kind: number, text: string): void => {
    tag(kind, 3 * text.length);
    count(encoder.encodeInto(text, bytes.subarray(at + 4)).written);
  };
  /** Writes what has parts, behind the count of their bytes. */
  const parts = (kind: number, parts: () => void): void => {
    tag(kind, 0);
    const start = (at += 4);
    parts();
    view.setUint32(start - 4, at - start, true);
  };
  const write = (value: unknown): void => {
    if (typeof value === 'string') text(TEXT, value);
    else if (typeof value === 'number') {
      if (Number.isSafeInteger(value)) tag(NUMBER, 8);
      else text(SPECIAL, String(value));
      view.setFloat64(at, value, true);
      at += 8;
    } else if (Array.isArray(value)) {
      parts(LIST, () => {
        for (const one of value) write(one);
      });
    } else if (ArrayBuffer.isView(value)) {
      tag(BYTES, value.byteLength);
      // Of another kind than bytes, it is refused whatever it holds.
      bytes.set(value as Uint8Array, at + 4);
      count(value.byteLength);
    } else if (typeof value === 'object' && value) {
      parts(RECORD, () => {
        for (const [name, field] of Object.entries(value instanceof Map ? Object.fromEntries(value) : value)) {
          if (field === undefined) continue;
          text(TEXT, name);
          write(field);
        }
      });
    } else if (typeof value === 'boolean') tag(value ? TRUE : FALSE, 0);
    else if (value === undefined || value === null) tag(NOTHING, 0);
    else text(OTHER, typeof value);
  };
  values.forEach(write);
  return bytes.subarray(0, at);
}

/** The engine's own words, such as the names of fields, by where they lie in its memory, which is the same in every instance: one module is compiled a page. */
const words = new Map<number, string>();

/**
 * The value that an answer holds, behind its first byte. What is absent from a record is really absent.
 *
 * @param memory the instance's, where its own words lie
 */
export function read(bytes: Uint8Array<ArrayBuffer>, memory: WebAssembly.Memory): unknown {
  const view = new DataView(bytes.buffer);
  let at = 1;
  const count = (): number => {
    at += 4;
    return view.getUint32(at - 4, true);
  };
  /** So many parts of a size. */
  const run = (size: number): ArrayBuffer => {
    const length = size * count();
    return bytes.slice(at, (at += length)).buffer;
  };
  const word = (place: number): string => {
    const length = count();
    const key = place * 2 ** 16 + length;
    let word = words.get(key);
    if (word === undefined) words.set(key, (word = decoder.decode(new Uint8Array(memory.buffer, place, length))));
    return word;
  };
  const value = (): unknown => {
    switch (bytes[at++]) {
      case FALSE:
        return false;
      case TRUE:
        return true;
      case NUMBER:
        at += 8;
        return view.getFloat64(at - 8, true);
      case TEXT: {
        const length = count();
        return decoder.decode(bytes.subarray(at, (at += length)));
      }
      case LIST: {
        const list = [];
        while (bytes[at] !== END) list.push(value());
        at++;
        return list;
      }
      case RECORD: {
        const record: Record<string, unknown> = {};
        for (let place; (place = count()); ) {
          const name = word(place);
          const field = value();
          if (field !== undefined) record[name] = field;
        }
        return record;
      }
      case BYTES:
        return new Uint8Array(run(1));
      case SPECIAL:
        return word(count());
      case OTHER:
        return new Uint32Array(run(4));
    }
    return undefined;
  };
  return value();
}
