/** Tells how a download is coming in. Fetched only where a page asks to be told; it imports nothing. */

import type { Progress } from './types.js';

/**
 * The same response, told of after each piece of it that has come in.
 *
 * @param tell what the page wants to be told by
 * @param tellAll calls it, so that what the page makes of it is the page's: the download goes on
 */
export function counted(response: Response, stage: Progress['stage'], total: number | undefined, tell: (progress: Progress) => void, tellAll: (listeners: (() => void)[]) => void): Response {
  if (!response.body) return response;
  let loaded = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      loaded += piece.length;
      const at = loaded;
      tellAll([() => tell({ stage, loaded: at, ...(total === undefined ? {} : { total }) })]);
      controller.enqueue(piece);
    },
  });
  return new Response(response.body.pipeThrough(counter), { headers: response.headers });
}
