/** What the shop says politely and for a while: one sentence at a time, with at most one thing to do about it. */

/** What is said, and what can be done about it. */
export interface Notice {
  text: string;
  /** `onward` leads to another place; every other action is the way back, and the keyboard is led to it. */
  action?: { label: string; run: () => void; onward?: boolean };
  /** Goes along to the next place: it is the only way back. */
  lasting?: boolean;
}

/** How a notice is said. */
export interface Manner {
  /** How long it stands; default ten. */
  seconds?: number;
  lasting?: boolean;
  /** Its action ends with it, so looking at it gives no more time. */
  strict?: boolean;
}

export class Notices {
  now?: Notice;
  #changed: () => void;
  #timer?: ReturnType<typeof setTimeout>;
  #manner: Manner = {};

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Says something; it goes after its time, or when something else is said. */
  say(text: string, action?: Notice['action'], manner: Manner = {}): void {
    this.now = { text, action, lasting: manner.lasting };
    this.#manner = manner;
    this.#start();
    this.#changed();
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hush(), (this.#manner.seconds ?? 10) * 1_000);
  }

  /** While somebody is at it, it stays. */
  hold(): void {
    if (this.now && !this.#manner.strict) clearTimeout(this.#timer);
  }

  /** Nobody is at it any more: its time begins anew. */
  release(): void {
    if (this.now && !this.#manner.strict) this.#start();
  }

  /** One has turned to another place: what was said about the last one is over. */
  turned(): void {
    if (this.now && !this.now.lasting) this.hush();
  }

  hush(): void {
    clearTimeout(this.#timer);
    if (!this.now) return;
    this.now = undefined;
    this.#changed();
  }
}
