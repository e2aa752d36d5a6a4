/** Means over the latest batches: as few as hold a given number of sequences. */
export class Recent {
  readonly #least: number;
  readonly #entries: (readonly number[])[] = [];
  readonly #sums: number[] = [];

  constructor(least: number) {
    this.#least = least;
  }

  /** Takes what was summed over a batch of so many sequences. */
  add(sequences: number, sums: readonly number[]): void {
    this.#add([sequences, ...sums], 1);
    while (this.#sums[0]! - this.#entries[0]![0]! >= this.#least) this.#add(this.#entries[0]!, -1);
  }

  #add(entry: readonly number[], sign: 1 | -1): void {
    if (sign > 0) this.#entries.push(entry);
    else this.#entries.shift();
    entry.forEach((value, i) => (this.#sums[i] = (this.#sums[i] ?? 0) + sign * value));
  }

  /** The mean of each sum, a sequence. */
  get means(): number[] {
    return this.#sums.slice(1).map((sum) => sum / this.#sums[0]!);
  }

  /** What a checkpoint keeps: for each batch its sequences, and the sums. */
  get entries(): readonly (readonly number[])[] {
    return this.#entries;
  }
}
