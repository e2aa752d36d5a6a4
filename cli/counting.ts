import { count, plural } from "./numbers.js";
import { Pace } from "./pace.js";

/** Milliseconds between two lines, and between two changes of a line of a terminal. */
const EVERY = { lines: 3000, terminal: 250 };

/** Says on stderr how many there have been: in a line of its own, or now and then in one more. */
export class Counting {
  readonly #unit: string;
  readonly #stream: NodeJS.WriteStream;
  readonly #clock: () => number;
  readonly #pace = new Pace(0);
  #count = 0;
  #next: number;

  /** `clock` tells milliseconds. */
  constructor(unit: string, stream: NodeJS.WriteStream = process.stderr, clock = (): number => Date.now()) {
    this.#unit = unit;
    this.#stream = stream;
    this.#clock = clock;
    this.#next = clock() + EVERY.lines;
  }

  add(more: number): void {
    this.#count += more;
    const rate = this.#pace.at(this.#count);
    if (this.#clock() < this.#next) return;
    this.#next = this.#clock() + (this.#stream.isTTY ? EVERY.terminal : EVERY.lines);
    const line = `${plural(this.#count, this.#unit)}, ${count(Math.round(rate))} a second`;
    this.#stream.write(this.#stream.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
  }

  /** Makes room in the line of a terminal for something else. */
  clear(): void {
    if (this.#stream.isTTY) this.#stream.write("\r\x1b[K");
  }
}
