import { KneserNey, type Context } from "../conversation/kneserNey.js";
import { Alignment, type Graphone, type Spelled } from "./graphones.js";

/** Graphones of an n-gram: the last and those before it. */
const ORDER = 8;

/** Beginnings of an answer that go on after each letter. */
const BEAM = 12;

/** What is seen more rarely is an oddity of one word, as "AAA", said "triple A". */
const LEAST = 10;

/** What stands before the first graphone and behind the last. */
const [BEGIN, END] = [0, 1];

/** A graphone by its number. */
interface Known extends Graphone {
  readonly id: number;
}

/** A beginning of an answer: what it says of the letters so far. */
interface Hypothesis {
  readonly logProbability: number;
  /** The last graphones, as the n-gram model knows them. */
  readonly context: Context;
  /** Each with a blank behind it. */
  readonly sounds: string;
}

/** An answer, sounds with blanks between them, and the natural logarithm of the probability of word and answer together. */
export interface Sounded {
  readonly sounds: string;
  readonly logProbability: number;
}

/**
 * The joint sequence model of Bisani & Ney 2008: words and their sounds are one sequence of graphones, and an n-gram model of
 * these, smoothed after Kneser & Ney, pronounces. It sees eight graphones and no more, so that its mistakes are others than
 * those of a network.
 */
export class JointSequence {
  readonly #model: KneserNey;
  /** The graphones that begin with a letter. */
  readonly #byLetter = new Map<string, Known[]>();

  /** @param pairs words and what they sound like: several times where there are several answers. */
  constructor(pairs: readonly Spelled[]) {
    const alignment = new Alignment(pairs);
    const known = new Map<string, Known>();
    const before = Array.from({ length: ORDER - 1 }, () => BEGIN);
    const texts = pairs.flatMap((pair) => {
      const graphones = alignment.graphones(pair);
      return graphones ? [[...before, ...graphones.map((one) => numberOf(one, known)), END]] : [];
    });
    const symbols = known.size + 2;
    const seen = new Uint32Array(symbols);
    for (const text of texts) for (const id of text) ++seen[id];
    for (const graphone of known.values()) {
      if (seen[graphone.id]! < LEAST) continue;
      const [letter] = graphone.letters;
      this.#byLetter.set(letter!, [...(this.#byLetter.get(letter!) ?? []), graphone]);
    }
    this.#model = new KneserNey(texts, { order: ORDER, symbols });
  }

  /** What a word may sound like, the likeliest first: nothing where it has a letter that no word of training has. */
  answers(word: readonly string[]): Sounded[] {
    return this.#search(word, () => true);
  }

  /** How likely it is that a word comes with these sounds: the natural logarithm, −∞ where no graphones make it. */
  score(word: readonly string[], sounds: readonly string[]): number {
    const wanted = sounds.map((sound) => `${sound} `).join("");
    return (
      this.#search(word, (said) => wanted.startsWith(said)).find((answer) => answer.sounds === sounds.join(" "))
        ?.logProbability ?? -Infinity
    );
  }

  /** A beam over the letters, of what begins as is wanted. */
  #search(word: readonly string[], isWanted: (said: string) => boolean): Sounded[] {
    const after = Array.from({ length: word.length + 1 }, () => new Map<string, Hypothesis>());
    const begin = Array.from({ length: ORDER - 1 }, () => BEGIN);
    after[0]!.set("", { logProbability: 0, context: this.#model.context(begin), sounds: "" });
    for (let i = 0; i < word.length; ++i) {
      for (const from of likeliest(after[i]!.values())) {
        for (const { id, letters, sounds } of this.#byLetter.get(word[i]!) ?? []) {
          if (letters.length > 1 && letters[1] !== word[i + 1]) continue;
          const said = from.sounds + sounds;
          if (!isWanted(said)) continue;
          const logProbability = from.logProbability + Math.log(this.#model.probabilityIn(from.context, id));
          const context = this.#model.next(from.context, id);
          // Of those that look the same to what follows, the likeliest.
          const key = `${context.at(-1)} ${said}`;
          const those = after[i + letters.length]!;
          const other = those.get(key);
          if (!other || other.logProbability < logProbability) {
            those.set(key, { logProbability, context, sounds: said });
          }
        }
      }
    }
    const whole = new Map<string, number>();
    for (const { logProbability, context, sounds } of likeliest(after[word.length]!.values())) {
      const ended = logProbability + Math.log(this.#model.probabilityIn(context, END));
      const other = whole.get(sounds);
      whole.set(sounds, other === undefined ? ended : logSum(other, ended));
    }
    return [...whole]
      .map(([sounds, logProbability]) => ({ sounds: sounds.trimEnd(), logProbability }))
      .sort((a, b) => b.logProbability - a.logProbability);
  }
}

/** The number of a graphone, a new one where it is not known. */
function numberOf(graphone: Graphone, known: Map<string, Known>): number {
  const key = `${graphone.letters} ${graphone.sounds}`;
  const there = known.get(key) ?? { ...graphone, id: known.size + 2 };
  known.set(key, there);
  return there.id;
}

const likeliest = (all: Iterable<Hypothesis>): Hypothesis[] =>
  [...all].sort((a, b) => b.logProbability - a.logProbability).slice(0, BEAM);

const logSum = (a: number, b: number): number => Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
