import { checkOptions, whole } from "../../common/options.js";
import { expectOrder, seedRule } from "../../tasks/lengths.js";
import { followersOf, stringTask, type StringReader, type StringTask } from "./stringTask.js";

/** What memorizationTask draws. */
export interface MemorizationTaskOptions {
  /** Different symbols, the letters from a on. Default: 2. */
  symbols?: number;
  /** Symbols in front of the colon, at least. Default: 2. */
  minLength?: number;
  /** Symbols in front of the colon, at most. Default: 10. */
  maxLength?: number;
  /** Strings of a sequence, one behind the other. Default: 5. */
  strings?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** Between a string and its reverse. */
const SEPARATOR = ":";
const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** Default and check of each option; a function, since importing calls nothing. */
export const memorizationRules = (options?: MemorizationTaskOptions) =>
  ({
    symbols: [2, whole(1, { most: LETTERS.length })],
    minLength: [2, whole(1)],
    maxLength: [Math.max(10, options?.minLength ?? 0), whole(1)],
    strings: [5, whole(1)],
    seed: seedRule(),
  }) as const;

/**
 * Memorization, Joulin & Mikolov 2015, arXiv:1503.01007, section 4.1: random symbols, a colon, and the same symbols from
 * the last to the first, such as abb:bba, one behind the other. All characters are learned, those behind the colon
 * count. A sequence's length is the number of symbols in front of it.
 *
 * @throws RangeError when an option is out of range, TypeError when one is unknown.
 * @example
 * const task = memorizationTask({ symbols: 3, seed: 1 });
 */
export function memorizationTask(options: MemorizationTaskOptions = {}): StringTask {
  const owner = "memorizationTask";
  const checked = checkOptions(owner, options, memorizationRules(options));
  const { symbols, minLength, maxLength } = checked;
  expectOrder(owner, ["minLength", minLength], ["maxLength", maxLength]);
  const letters = LETTERS.slice(0, symbols);
  return stringTask({
    owner,
    name: "memorization",
    alphabet: letters + SEPARATOR,
    options: checked,
    draw(random, length) {
      const drawn = Array.from({ length }, () => letters[random.integer(0, symbols - 1)]!);
      return { text: [...drawn, SEPARATOR, ...drawn.toReversed()].join(""), determined: length + 1 };
    },
    followers: (text) => followersOf(text, new Reverser(letters)),
  });
}

/** Recogniser of strings with their reverse behind a colon. */
class Reverser implements StringReader {
  #due: string[] = [];
  #isBehind = false;

  constructor(readonly letters: string) {}

  allowed(): string {
    if (this.#isBehind) return this.#due.at(-1)!;
    return this.#due.length ? this.letters + SEPARATOR : this.letters;
  }

  read(character: string): void {
    if (character === SEPARATOR) this.#isBehind = true;
    else if (!this.#isBehind) this.#due.push(character);
    else {
      this.#due.pop();
      this.#isBehind = this.#due.length > 0;
    }
  }
}
