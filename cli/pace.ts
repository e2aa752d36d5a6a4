/** Seconds that a rate is a mean of. */
const WINDOW = 8;

/** How fast sequences go by, lately. */
export class Pace {
  readonly #marks: [seconds: number, sequences: number][];

  constructor(sequences: number) {
    this.#marks = [[now(), sequences]];
  }

  /** Sequences a second. */
  at(sequences: number): number {
    const seconds = now();
    const marks = this.#marks;
    if (seconds - marks.at(-1)![0] > WINDOW / 16) marks.push([seconds, sequences]);
    while (marks.length > 2 && seconds - marks[1]![0] > WINDOW) marks.shift();
    const [since, from] = marks[0]!;
    return seconds > since ? (sequences - from) / (seconds - since) : 0;
  }
}

const now = (): number => performance.now() / 1000;
