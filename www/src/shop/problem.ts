/** What went wrong, for the page to say and for whoever keeps the shop to read. */

export interface Problem {
  code: string;
  message: string;
}

/** What went wrong, as a code and a sentence. */
export function problemOf(error: unknown): Problem {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return {
    code: typeof code === 'string' ? code : 'unknown',
    message: typeof message === 'string' ? message : String(error),
  };
}

/** For whoever keeps this shop; a shopper is told on the page where it matters. */
export function report(error: unknown): void {
  console.error(error);
}
