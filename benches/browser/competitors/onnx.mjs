// A model in ONNX, written by hand: three tables gathered by the codes of items, added to what items have of their own, and the
// best of the sums. Whole numbers of 32 bits throughout, so that scores are the engine's own.
// (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto)

const INT32 = 6;
const INT64 = 7;
const encoder = new TextEncoder();

/** A protobuf number of variable length. */
function number(value) {
  const bytes = [];
  let rest = BigInt(value);
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 128 : low);
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}

function joined(parts) {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A field: numbers as they are, texts, bytes and messages behind their length. */
function field(id, value) {
  if (typeof value === 'number') return joined([number(id << 3), number(value)]);
  const bytes = typeof value === 'string' ? encoder.encode(value) : value;
  return joined([number((id << 3) | 2), number(bytes.length), bytes]);
}

const message = (...fields) => joined(fields);
const node = (kind, inputs, outputs) => field(1, message(...inputs.map((name) => field(1, name)), ...outputs.map((name) => field(2, name)), field(4, kind)));
const raw = (array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
const constant = (name, array, kind) => field(5, message(field(1, array.length), field(2, kind), field(8, name), field(9, raw(array))));

function described(id, name, kind, length) {
  const shape = message(field(1, message(field(1, length))));
  return field(id, message(field(1, name), field(2, message(field(1, message(field(1, kind), field(2, shape)))))));
}

/** The model for a layout: `tables` are pairs of a name and `{ codes, count }`. */
export function scoringModel(tables, items, best) {
  const gathered = tables.map(([name]) => `${name}_of_items`);
  const graph = message(
    ...tables.map(([name], at) => node('Gather', [name, `${name}_codes`], [gathered[at]])),
    node('Add', [gathered[0], gathered[1]], ['two']),
    node('Add', ['base', gathered[2]], ['others']),
    node('Add', ['two', 'others'], ['scores']),
    node('TopK', ['scores', 'best'], ['values', 'rows']),
    field(2, 'scoring'),
    ...tables.map(([name, { codes }]) => constant(`${name}_codes`, Int32Array.from(codes), INT32)),
    constant('best', BigInt64Array.of(BigInt(best)), INT64),
    ...tables.map(([name, { count }]) => described(11, name, INT32, count)),
    described(11, 'base', INT32, items),
    described(12, 'values', INT32, best),
    described(12, 'rows', INT64, best),
  );
  return message(field(1, 8), field(7, graph), field(8, message(field(1, ''), field(2, 17))));
}
