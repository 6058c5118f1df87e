/** Whether the network can be had, by what the browser says and by what became of the last request. It asks for nothing. */

export class Network {
  #changed: () => void;
  /** The last request got no answer. */
  #unanswered = false;

  constructor(changed: () => void) {
    this.#changed = changed;
    for (const turn of ['online', 'offline'])
      globalThis.addEventListener?.(turn, () => {
        // Back on line, the last failure says nothing any more.
        this.#unanswered = false;
        this.#changed();
      });
  }

  /** Whether there is none, as far as is known here. */
  get gone(): boolean {
    return this.#unanswered || globalThis.navigator?.onLine === false;
  }

  /** A request was answered, whatever the answer was; or it was not. */
  answered(is: boolean): void {
    if (this.#unanswered === !is) return;
    this.#unanswered = !is;
    this.#changed();
  }
}
