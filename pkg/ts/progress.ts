/** Tells how a download is coming in. Fetched only where a page asks to be told; it imports nothing. */

/** The same response, telling the bytes that have come in after each piece of it. */
export function counted(response: Response, tell: (loaded: number) => void): Response {
  if (!response.body) return response;
  let loaded = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      loaded += piece.length;
      tell(loaded);
      controller.enqueue(piece);
    },
  });
  return new Response(response.body.pipeThrough(counter), { headers: response.headers });
}
