/**
 * The engine's clock: the page's own, put right by the Date header of a response.
 *
 * A header tells whole seconds and the response took a while, so it says only within which second the server's clock
 * stood between asking and hearing. Where the page's clock agrees with that, it is left alone; and so it is where they are a day
 * or more apart, for by the clock weeks of reports are told apart and old memories let go of, which is no server's to say.
 */

/**
 * What to add to the page's clock, in milliseconds, so that it agrees with a Date header.
 *
 * @param header the Date header, where there is one
 * @param asked the page's clock when the request went out
 * @param heard the page's clock when the response's head came in
 */
export function correction(header: string | null, asked: number, heard: number): number {
  // Without a date nothing compares, and nothing is added.
  const date = Date.parse(header ?? '');
  const least = date - heard;
  const most = date + 999 - asked;
  return (least > 0 || most < 0) && Math.abs(least) < 864e5 ? Math.round((least + most) / 2) : 0;
}
