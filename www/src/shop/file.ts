/** The shopper's own file: what was taken along and is brought back. What is wrong with one is said in plain words. */

import type { ExportedMemory } from 'windowshop';

/** Why a file was not taken in; `why` names the sentence to say. */
export class RefusedFile extends Error {
  readonly why: 'unreadable' | 'other' | 'version';
  constructor(why: RefusedFile['why'], options?: ErrorOptions) {
    super(`the file is refused: ${why}`, options);
    this.name = 'RefusedFile';
    this.why = why;
  }
}

/** The memory that a file's text holds, as far as can be told from outside; the engine checks every record of it. */
export function memoryOf(text: string): ExportedMemory {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (cause) {
    throw new RefusedFile('unreadable', { cause });
  }
  // The list of reports goes along for the shopper to read; it cannot be brought back.
  const { reports: _, ...memory } = (typeof read === 'object' && read ? read : {}) as Partial<ExportedMemory> & {
    reports?: unknown;
  };
  if (!Array.isArray(memory.events) || !Array.isArray(memory.orders)) throw new RefusedFile('other');
  if (memory.format !== 1) throw new RefusedFile('version');
  return memory as ExportedMemory;
}
