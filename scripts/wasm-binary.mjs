// Reading and writing a WebAssembly module's bytes, as far as the build looks into them (WebAssembly Core 2.0, §5).

/** Ids of sections. */
export const [CUSTOM, IMPORT, EXPORT, CODE] = [0, 2, 7, 10];

/** A number in LEB128 and where the next begins (§5.2.2). */
export function number(wasm, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = wasm[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
  }
}

/** A number as LEB128. */
export function leb(value) {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 0x80);
  }
}

/** A text and where the next begins. */
export function text(wasm, at) {
  const [length, from] = number(wasm, at);
  return [wasm.toString('utf8', from, from + length), from + length];
}

/** A text as bytes, behind their count. */
export const written = (words) => Buffer.concat([leb(Buffer.byteLength(words)), Buffer.from(words)]);

/** The sections, each `[id, from, to]` of its content. */
export function* sections(wasm) {
  for (let at = 8; at < wasm.length; ) {
    const [length, from] = number(wasm, at + 1);
    yield [wasm[at], from, from + length];
    at = from + length;
  }
}

/** A module of sections, each `[id, content]`, behind the head of another. */
export const moduleOf = (wasm, parts) => Buffer.concat([wasm.subarray(0, 8), ...parts.flatMap(([id, content]) => [Buffer.from([id]), leb(content.length), content])]);

/** Where the content of the section with names begins (§7.4.1); nothing where it is another section. */
export function contentOfNames(wasm, [id, from]) {
  if (id !== CUSTOM) return undefined;
  const [name, content] = text(wasm, from);
  return name === 'name' ? content : undefined;
}
