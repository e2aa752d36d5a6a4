import { checkOptions, oneOf, whole } from "../../common/options.js";
import type { Random } from "../../common/random/philox.js";
import { expectOrder, seedRule } from "../../tasks/lengths.js";
import { followersOf, stringTask, type DrawnString, type StringReader, type StringTask } from "./stringTask.js";

/** CountingLanguage of countingTask: which letters there are, and how often. */
export type CountingLanguage = "anbn" | "anbncn" | "anbncndn" | "anb2n" | "anbmcn+m";

/** What countingTask draws. */
export interface CountingTaskOptions {
  /** aⁿbⁿ, aⁿbⁿcⁿ, aⁿbⁿcⁿdⁿ, aⁿb²ⁿ, or aⁿbᵐcⁿ⁺ᵐ. Default: "anbn". */
  language?: CountingLanguage;
  /** n, or n + m of aⁿbᵐcⁿ⁺ᵐ, at least. Default: 2. */
  minLength?: number;
  /** n, or n + m of aⁿbᵐcⁿ⁺ᵐ, at most. Default: 19. */
  maxLength?: number;
  /** Strings of a sequence, one behind the other. Default: 5. */
  strings?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const countingRules = (options?: CountingTaskOptions) =>
  ({
    language: ["anbn", oneOf("anbn", "anbncn", "anbncndn", "anb2n", "anbmcn+m")],
    minLength: [2, whole(2)],
    maxLength: [Math.max(19, options?.minLength ?? 0), whole(2)],
    strings: [5, whole(1)],
    seed: seedRule(),
  }) as const;

/** Letters of a language. */
const lettersOf = (language: CountingLanguage): string =>
  ({ anbn: "ab", anbncn: "abc", anbncndn: "abcd", anb2n: "ab", "anbmcn+m": "abc" })[language];

/** The same letter n times, then the next one, …, and each as often as the first. */
const equal = (letters: string, n: number): DrawnString => ({
  text: [...letters].map((letter) => letter.repeat(n)).join(""),
  determined: n + 1,
});

function drawString(language: CountingLanguage, random: Random, n: number): DrawnString {
  if (language === "anb2n") return { text: "a".repeat(n) + "b".repeat(2 * n), determined: n + 1 };
  if (language !== "anbmcn+m") return equal(lettersOf(language), n);
  const m = random.integer(1, n - 1);
  return { text: "a".repeat(n - m) + "b".repeat(m) + "c".repeat(n), determined: n + 1 };
}

/**
 * Counting languages of Joulin & Mikolov 2015, arXiv:1503.01007, section 4.1: strings such as aaabbb one behind the
 * other, whose every next character is to be predicted. What counts is what follows from the string: every character
 * behind the first b (behind the first c of aⁿbᵐcⁿ⁺ᵐ), and the a behind its end. A sequence's length is n, or n + m.
 *
 * @throws RangeError when an option is out of range, TypeError when one is unknown.
 * @example
 * const task = countingTask({ language: "anbncn", seed: 1 });
 */
export function countingTask(options: CountingTaskOptions = {}): StringTask {
  const owner = "countingTask";
  const checked = checkOptions(owner, options, countingRules(options));
  const { language, minLength, maxLength } = checked;
  expectOrder(owner, ["minLength", minLength], ["maxLength", maxLength]);
  return stringTask({
    owner,
    name: "counting",
    alphabet: lettersOf(language),
    options: checked,
    first: "a",
    draw: (random, length) => drawString(language, random, length),
    followers: (text) => followersOf(text, new Counter(language)),
  });
}

/** Recogniser of a counting language: how often each letter of the string came so far. */
class Counter implements StringReader {
  readonly #letters: string;
  #counts: number[] = [];

  constructor(readonly language: CountingLanguage) {
    this.#letters = lettersOf(language);
  }

  allowed(): string {
    const at = this.#counts.length - 1;
    if (at < 0) return this.#letters[0]!;
    const behind = this.#letters[at + 1] ?? this.#letters[0]!;
    const due = this.#due(at);
    if (due === undefined) return this.#letters[at]! + behind;
    return this.#counts[at]! < due ? this.#letters[at]! : behind;
  }

  read(character: string): void {
    const letter = this.#letters.indexOf(character);
    if (letter < this.#counts.length - 1) this.#counts = [];
    this.#counts[letter] = (this.#counts[letter] ?? 0) + 1;
  }

  /** How often a letter has to come; undefined for any number of times. */
  #due(letter: number): number | undefined {
    const [a, b] = this.#counts as [number, number];
    if (letter === 0) return undefined;
    if (this.language === "anbmcn+m") return letter === 1 ? undefined : a + b;
    return this.language === "anb2n" ? 2 * a : a;
  }
}
