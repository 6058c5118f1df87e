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

/** Codes of files that could not be had, the shop's own and the package's. */
const FILES = ['files_fetch', 'pack_load', 'text_load'];

/** Whether a file was asked for and no answer came, not even a refusal: what `fetch` throws is a TypeError. */
export function isUnanswered(error: unknown): boolean {
  return FILES.includes(problemOf(error).code) && (error as { cause?: unknown }).cause instanceof TypeError;
}

/** For whoever keeps this shop; a shopper is told on the page where it matters. */
export function report(error: unknown): void {
  console.error(error);
}
