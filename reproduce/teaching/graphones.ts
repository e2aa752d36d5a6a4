/** A word and what it sounds like. */
export type Spelled = readonly [letters: readonly string[], sounds: readonly string[]];

/** Letters and the sounds that belong to them, each sound with a blank behind it. */
export interface Graphone {
  readonly letters: string;
  readonly sounds: string;
}

/** The numbers of a word's letters and sounds. */
interface Numbered {
  readonly letters: readonly number[];
  readonly sounds: readonly number[];
}

/** How many letters and sounds a graphone may have: one letter may be silent or two sounds, and two may be one sound. */
const SIZES = [
  [1, 0],
  [1, 1],
  [1, 2],
  [2, 1],
] as const;

/** Rounds of expectation and maximisation. */
const ROUNDS = 12;

/** What no pair of training has is never quite impossible while it is learned: of equal likelihood at first. */
const LEAST = 1e-12;

/**
 * Which letters of words come to which of their sounds, learned by expectation and maximisation from words and sounds alone:
 * the joint multigrams of Deligne, Yvon & Bimbot 1995, as Bisani & Ney 2008 use them to pronounce.
 */
export class Alignment {
  /** Numbers of letters and sounds. */
  readonly #letters: ReadonlyMap<string, number>;
  readonly #sounds: ReadonlyMap<string, number>;
  /** Probability of each graphone, by its key. */
  #probabilities: Float64Array;

  constructor(words: readonly Spelled[]) {
    this.#letters = numbered(words.flatMap(([letters]) => letters));
    this.#sounds = numbered(words.flatMap(([, sounds]) => sounds));
    const pairs = words.map((word) => this.#numbered(word));
    const keys = (this.#letters.size + 1) ** 2 * (this.#sounds.size + 1) ** 2;
    this.#probabilities = new Float64Array(keys).fill(1 / keys);
    const longest = pairs.reduce((most, pair) => Math.max(most, statesOf(pair)), 0);
    const [before, behind] = [new Float64Array(longest), new Float64Array(longest)];
    for (let round = 0; round < ROUNDS; ++round) {
      const counts = new Float64Array(keys);
      for (const pair of pairs) this.#expect(pair, counts, before, behind);
      const total = counts.reduce((sum, count) => sum + count, 0);
      this.#probabilities = counts.map((count) => Math.max(count / total, LEAST));
    }
  }

  /** The likeliest graphones of a word, or nothing where it has too few letters for its sounds, or too many. */
  graphones(word: Spelled): Graphone[] | undefined {
    const { letters, sounds } = this.#numbered(word);
    const width = sounds.length + 1;
    const best = new Float64Array((letters.length + 1) * width);
    const from = new Int32Array(best.length).fill(-1);
    best[0] = 1;
    this.#walk({ letters, sounds }, (begin, end, size, key) => {
      const probability = best[begin]! * this.#probabilities[key]!;
      if (probability > best[end]!) [best[end], from[end]] = [probability, size];
    });
    let at = best.length - 1;
    if (!best[at]) return undefined;
    const graphones: Graphone[] = [];
    while (at) {
      const [some, many] = SIZES[from[at]!]!;
      const [i, j] = [Math.floor(at / width), at % width];
      graphones.push({
        letters: word[0].slice(i - some, i).join(""),
        sounds: word[1]
          .slice(j - many, j)
          .map((sound) => `${sound} `)
          .join(""),
      });
      at -= some * width + many;
    }
    return graphones.reverse();
  }

  #numbered([letters, sounds]: Spelled): Numbered {
    return {
      letters: letters.map((letter) => this.#letters.get(letter)!),
      sounds: sounds.map((sound) => this.#sounds.get(sound)!),
    };
  }

  /** Adds how often each graphone is expected in a word. */
  #expect(pair: Numbered, counts: Float64Array, before: Float64Array, behind: Float64Array): void {
    const states = statesOf(pair);
    before.fill(0, 0, states);
    behind.fill(0, 0, states);
    const arcs: [begin: number, end: number, key: number][] = [];
    before[0] = 1;
    this.#walk(pair, (begin, end, _, key) => {
      before[end]! += before[begin]! * this.#probabilities[key]!;
      arcs.push([begin, end, key]);
    });
    const all = before[states - 1]!;
    if (!all) return;
    behind[states - 1] = 1;
    for (const [begin, end, key] of arcs.reverse()) {
      const inside = this.#probabilities[key]! * behind[end]!;
      behind[begin]! += inside;
      counts[key]! += (before[begin]! * inside) / all;
    }
  }

  /** Visits all graphones that a word may have, each after all that may come before it. */
  #walk({ letters, sounds }: Numbered, visit: (begin: number, end: number, size: number, key: number) => void): void {
    const width = sounds.length + 1;
    const [noLetter, noSound] = [this.#letters.size, this.#sounds.size];
    for (let i = 0; i < letters.length; ++i) {
      for (let j = 0; j <= sounds.length; ++j) {
        for (const [size, [some, many]] of SIZES.entries()) {
          if (i + some > letters.length || j + many > sounds.length) continue;
          const second = some > 1 ? letters[i + 1]! : noLetter;
          const [one, two] = [many ? sounds[j]! : noSound, many > 1 ? sounds[j + 1]! : noSound];
          const key = ((letters[i]! * (noLetter + 1) + second) * (noSound + 1) + one) * (noSound + 1) + two;
          visit(i * width + j, (i + some) * width + j + many, size, key);
        }
      }
    }
  }
}

/** How many places there are between letters, and beside each of them between sounds. */
const statesOf = ({ letters, sounds }: Numbered): number => (letters.length + 1) * (sounds.length + 1);

const numbered = (symbols: readonly string[]): Map<string, number> =>
  new Map([...new Set(symbols)].map((symbol, i) => [symbol, i]));
