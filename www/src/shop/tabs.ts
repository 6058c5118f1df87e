/**
 * What the shopper answers in one tab, heard in all: the question is asked once. Nothing of what is remembered goes along.
 *
 * Engines under the real clock tell one another what may be remembered and what was wiped; those under a set clock tell
 * nobody, and neither tells the other kind. So each word says under which clock it was said.
 */

import type { Consent } from 'windowshop';
import { isApart } from './trial';

/** What was said: an answer, given or taken `back`; or that everything be wiped. */
export type Word = { consent: Consent; back: boolean } | 'wiped';

/** How tabs hear of one another's answers. */
export class Tabs {
  #channel?: BroadcastChannel;

  /** `hear` is told each word of another tab, and whether that tab is under the other clock. */
  constructor(hear: (word: Word, elsewhere: boolean) => void) {
    if (typeof BroadcastChannel !== 'function') return;
    this.#channel = new BroadcastChannel('windowshop-answer');
    this.#channel.onmessage = ({ data }: MessageEvent<{ word: Word; apart: boolean }>) =>
      hear(data.word, data.apart !== isApart());
  }

  /** Tells every other tab. */
  tell(word: Word): void {
    this.#channel?.postMessage({ word, apart: isApart() });
  }
}
