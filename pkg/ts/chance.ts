/** Chance, which the engine lacks. */

/** A number of 32 bits that nobody can guess. */
export function draw(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] as number;
}
