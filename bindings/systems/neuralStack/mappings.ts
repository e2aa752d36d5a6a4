import type { Random } from "../../common/random/philox.js";
import { Sentences, type Grammar, type WordPair } from "./grammar.js";

/** What is to be made of a source. */
export type Transduction = "copy" | "reversal" | "bigram-flip" | "svo-sov" | "gender";

/** Pairs of words by the length of their source. */
export interface Mapping {
  readonly sourceWords: readonly string[];
  readonly targetWords: readonly string[];
  /** How probable a length is beside others; 0 where there is none. */
  weight(length: number): number;
  draw(random: Random, length: number): WordPair;
  /** The target of a source; undefined where none is drawn like it. */
  targetOf(source: readonly string[]): readonly string[] | undefined;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

const numbered = (name: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${name}${i + 1}`);

/** Different words of each task of the paper. */
export const paperSymbols = (mapping: Transduction): number =>
  ({ "svo-sov": 33, gender: 25 })[mapping as string] ?? 128;

/** Words at random, and the same in another order. */
function rearranged(symbols: number, rearrange: (words: readonly string[]) => string[], step = 1): Mapping {
  const words = symbols <= LETTERS.length ? [...LETTERS.slice(0, symbols)] : numbered("w", symbols);
  const known = new Set(words);
  return {
    sourceWords: words,
    targetWords: words,
    weight: (length) => Number(length % step === 0),
    targetOf: (source) =>
      source.length % step === 0 && source.every((word) => known.has(word)) ? rearrange(source) : undefined,
    draw(random, length) {
      const source = Array.from({ length }, () => words[random.integer(0, symbols - 1)]!);
      return { source, target: rearrange(source) };
    },
  };
}

/** Sentences of a grammar, with the words that stand in it besides those of its classes. */
function sentences(
  grammar: Grammar,
  own: { readonly source: readonly string[]; readonly target: readonly string[] },
): Mapping {
  const all = new Sentences(grammar);
  const classes = Object.values(grammar.words).flat();
  return {
    sourceWords: [...own.source, ...classes],
    targetWords: [...own.target, ...classes],
    weight: (length) => all.weight(length),
    draw: (random, length) => all.draw(random, length),
    targetOf: (source) => all.targetOf(source),
  };
}

/** Subject, verb, object to subject, object, verb: the paper's appendix A. `count` words of each class. */
function svoToSov(count: number): Mapping {
  const noun = (name: string) => [
    { probability: 1 / 5, source: [name, name], target: [0, 1] },
    { probability: 1 / 5, source: [name, "rp", name, "VT"], target: [0, "rp", 2, 3] },
    { probability: 3 / 5, source: [`${name}T`], target: [0] },
  ];
  return sentences(
    {
      start: "A",
      rules: {
        A: [{ probability: 1, source: ["S", "VT", "O"], target: [0, 2, 1] }],
        S: noun("S"),
        O: noun("O"),
      },
      words: { ST: numbered("s", count), OT: numbered("o", count), VT: numbered("v", count) },
    },
    { source: ["rp"], target: ["rp"] },
  );
}

/** Articles without gender to articles with it: the paper's appendix A. `count` words of each class. */
function genderConjugation(count: number): Mapping {
  const article = (source: string, target: string, noun: string) => ({
    probability: 1 / 6,
    source: [source, noun],
    target: [target, 1],
  });
  return sentences(
    {
      start: "B",
      rules: {
        B: [
          { probability: 1 / 4, source: ["B", "or", "B"], target: [0, "oder", 2] },
          { probability: 1 / 4, source: ["S", "and", "S"], target: [0, "und", 2] },
          { probability: 1 / 2, source: ["B", "V"], target: [0, 1] },
        ],
        V: [
          { probability: 3 / 4, source: ["W", "B"], target: [0, 1] },
          { probability: 1 / 4, source: ["W"], target: [0] },
        ],
        S: [
          article("the", "der", "M"),
          article("the", "die", "F"),
          article("the", "das", "N"),
          article("a", "ein", "M"),
          article("a", "eine", "F"),
          article("a", "ein", "N"),
        ],
      },
      words: { W: numbered("w", count), M: numbered("m", count), F: numbered("f", count), N: numbered("n", count) },
    },
    {
      source: ["the", "a", "and", "or"],
      target: ["der", "die", "das", "ein", "eine", "und", "oder"],
    },
  );
}

/** Pairs of two neighbours, each turned round. */
const flipped = (words: readonly string[]): string[] => words.map((_, i) => words[i ^ 1]!);

/** The mapping of a name, over so many different words, or so many of each class. */
export const mappingOf = (name: Transduction, symbols: number): Mapping =>
  ({
    copy: () => rearranged(symbols, (words) => [...words]),
    reversal: () => rearranged(symbols, (words) => words.toReversed()),
    "bigram-flip": () => rearranged(symbols, flipped, 2),
    "svo-sov": () => svoToSov(symbols),
    gender: () => genderConjugation(symbols),
  })[name]();
