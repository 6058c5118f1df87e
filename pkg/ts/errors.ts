/**
 * What can go wrong, each with a code a program can tell apart and a message that says what to do.
 *
 * An abort is not among them: a call that is aborted rejects with the `reason` of its signal, unchanged.
 */

/** Every code, and what it means. */
export type ErrorCode =
  /** What is said of an account is malformed; the message names the field. */
  | 'account_invalid'
  /** A cart's line has no units, is there twice, or is worth more than can be counted. */
  | 'cart_invalid'
  /** Nothing may be remembered: the shopper has not allowed it. */
  | 'consent_off'
  /** The page's Content-Security-Policy forbids WebAssembly. */
  | 'csp'
  /** A delta was made for another state of the pack. */
  | 'delta_out_of_step'
  /** A delta is damaged or says what cannot be. */
  | 'delta_refused'
  /** The engine was disposed of and asked again. */
  | 'disposed'
  /** The engine failed inside; it is the engine's fault, and reloading the page helps. */
  | 'engine_failed'
  /** An event lacks what its name promises, or holds what cannot be. */
  | 'event_invalid'
  /** No event has this name. */
  | 'event_unknown'
  /** An export cannot be imported; the message says which part of it is wrong. */
  | 'import_refused'
  /** An item or a size that `explain` or `price` was asked for is not in the catalogue. */
  | 'not_in_catalogue'
  /** The worker is not sealed: its script is served without its Content-Security-Policy. */
  | 'not_sealed'
  /** The pack or its manifest could not be fetched. */
  | 'pack_load'
  /** The pack was fetched and is not one this engine accepts; the message names the section. */
  | 'pack_refused'
  /** There are as many reminders as are kept. */
  | 'reminders_full'
  /** No report can be made: the message says why. */
  | 'report_refused'
  /** A call's argument is off: an option, an unknown surface, a limit out of range, what a list is about and the pack lacks. */
  | 'request_invalid'
  /** A script of the package could not be fetched: the shop's files are newer than the page. */
  | 'script_load'
  /** The snapshot is damaged. It is set aside and rebuilt from the log; the shop does not see this. */
  | 'snapshot_damaged'
  /** A newer engine wrote the snapshot. It is left alone; the shop does not see this. */
  | 'snapshot_newer'
  /** Kept things could not be read or written. */
  | 'storage'
  /** The display text of a language could not be fetched, or was made for another pack. */
  | 'text_load'
  /** The engine's WebAssembly could not be fetched or compiled. */
  | 'wasm_load'
  /** The sealed worker's script could not be started. */
  | 'worker_load';

/**
 * The base of every error that this package makes. Each class has its name as a literal, which no minifier shortens, and
 * has it on the prototype, so that it heads the stack as well.
 */
export class WindowshopError extends Error {
  /** What went wrong, for a program to tell apart. */
  readonly code: ErrorCode;

  /** Made by this package alone. */
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }

  static {
    this.prototype.name = 'WindowshopError';
  }
}

/** Something that had to be fetched did not come, or was not what it should be. */
export class LoadError extends WindowshopError {
  static {
    this.prototype.name = 'LoadError';
  }
}

/** An event could not be taken in; nothing of it was. */
export class EventError extends WindowshopError {
  static {
    this.prototype.name = 'EventError';
  }
}

/** A call's argument is off; nothing was done. */
export class RequestError extends WindowshopError {
  static {
    this.prototype.name = 'RequestError';
  }
}

/** Kept things could not be read, written or imported. */
export class StorageError extends WindowshopError {
  static {
    this.prototype.name = 'StorageError';
  }
}

/** The engine itself failed, or is no longer there. */
export class EngineError extends WindowshopError {
  static {
    this.prototype.name = 'EngineError';
  }
}

/** The words of a thrown thing, whatever was thrown. */
export function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
