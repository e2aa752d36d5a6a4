type Entry = readonly [loss: number, wrong: number, sequences: number];

/** Means over the latest batches: as few as hold a given number of sequences. */
export class Recent {
  readonly #least: number;
  #entries: Entry[] = [];
  #wrong = 0;
  #sequences = 0;

  constructor(least: number) {
    this.#least = least;
  }

  add(loss: number, wrong: number, sequences: number): void {
    this.#entries.push([loss, wrong, sequences]);
    this.#wrong += wrong;
    this.#sequences += sequences;
    while (this.#sequences - this.#entries[0]![2] >= this.#least) {
      const [, oldWrong, oldSequences] = this.#entries.shift()!;
      this.#wrong -= oldWrong;
      this.#sequences -= oldSequences;
    }
  }

  /** Wrong bits a sequence. */
  get bitError(): number {
    return this.#wrong / this.#sequences;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }
}
