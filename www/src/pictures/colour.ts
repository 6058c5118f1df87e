/**
 * OKLCH to hex. Every colour of a picture comes through here, so that walls, cloths and shadows keep
 * their distances in lightness whatever their hue. Conversion after Björn Ottosson, "A perceptual color
 * space for image processing" (2020). Nothing here knows what is drawn.
 */

/** Lightness 0 to 1, chroma 0 to about 0.2, hue in degrees. */
export type Lch = readonly [lightness: number, chroma: number, hue: number];

const memory = new Map<string, string>();

/** The `#rrggbb` nearest to an OKLCH colour: chroma is reduced until it lies inside sRGB. */
export function hex(lightness: number, chroma: number, hue: number): string {
  const key = `${lightness} ${chroma} ${hue}`;
  let found = memory.get(key);
  if (found === undefined) memory.set(key, (found = convert(lightness, chroma, hue)));
  return found;
}

function convert(lightness: number, chroma: number, hue: number): string {
  const turn = (hue * Math.PI) / 180;
  for (let c = chroma; ; c -= 0.004) {
    const a = Math.cos(turn) * c;
    const b = Math.sin(turn) * c;
    const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
    const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
    const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
    const linear = [
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
    ];
    if (c <= 0 || linear.every((x) => x > -0.002 && x < 1.002)) return '#' + linear.map(channel).join('');
  }
}

function channel(linear: number): string {
  const x = Math.min(1, Math.max(0, linear));
  const encoded = x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255)
    .toString(16)
    .padStart(2, '0');
}

/** How far apart two hues lie, 0 to 180 degrees. */
export function hueDistance(a: number, b: number): number {
  const d = Math.abs(a - b) % 360;
  return d > 180 ? 360 - d : d;
}
