/**
 * Ctrl-C, a polite kill, or a reader that has gone: work ends at the next good place instead of here. A second Ctrl-C
 * ends the process at once.
 */
export class Interruption {
  #requested = false;
  readonly #request = (): void => {
    this.#requested = true;
    this.end();
  };

  constructor() {
    process.on("SIGINT", this.#request).on("SIGTERM", this.#request);
    process.stdout.on("error", this.#request);
  }

  get requested(): boolean {
    return this.#requested;
  }

  /** From now on signals do what they always do. */
  end(): void {
    process.off("SIGINT", this.#request).off("SIGTERM", this.#request);
    process.stdout.off("error", this.#request);
  }
}
