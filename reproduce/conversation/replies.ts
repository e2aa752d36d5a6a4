import { Random, type Engine } from "../../bindings/core.js";
import type { AttentionSeq2Seq } from "../../bindings/models.js";
import { exchangesIn, knownWords, type DialoguesFile, type Exchange } from "../../cli/dialogues.js";
import { wordsOf } from "../../cli/pairs.js";
import { KneserNey } from "./kneserNey.js";
import { SharedWords } from "./retrieval.js";

/** Symbols of the n-grams that a model is compared with. */
const ORDER = 5;
/** Replies of a test out of which the right one is to be told, others beside it, and the stream that draws these. */
const QUESTIONS = 1_000;
const OTHERS = 9;
const STREAM = 5;

/** Dialogues of training and of the test. */
interface RepliesOptions {
  readonly learned: DialoguesFile;
  readonly tested: DialoguesFile;
  /** Only the perplexity of so many replies, the first. Default: all, and what else is measured. */
  readonly sequences: number | undefined;
}

/**
 * How well a model knows the replies of test dialogues: perplexity of their words and ends, rare words being one word,
 * beside that of 5-grams over whole dialogues; and how often the right one of ten replies is the likeliest, by itself
 * and against how likely it is anywhere, beside the one that shares the most words.
 */
export function measureReplies(
  engine: Engine,
  model: AttentionSeq2Seq,
  { learned, tested, sequences }: RepliesOptions,
): Record<string, number> {
  const known = new Set(model.options.targetSymbols);
  const exchanges = exchangesIn(tested.dialogues)
    .slice(0, sequences)
    .map(({ context, reply }) => ({ context, reply: knownWords(reply, known) }));
  const symbols = exchanges.reduce((sum, { reply }) => sum + reply.length + 1, 0);
  const scores = model.score(
    engine,
    exchanges.map(({ context, reply }) => [context, reply] as const),
  );
  const perplexityOf = (total: number): number => Math.exp(-total / symbols);
  const perplexity = perplexityOf(scores.reduce((a, b) => a + b, 0));
  if (sequences !== undefined) return { perplexity };
  const ngrams = new NGrams(learned.dialogues, model.options.targetSymbols);
  return {
    perplexity,
    ngramPerplexity: perplexityOf(ngrams.total(tested.dialogues)),
    symbols,
    ...recallOf(engine, model, { exchanges, ngrams, shared: new SharedWords(learned.dialogues.flat().map(wordsOf)) }),
  };
}

/** Words and ends of turns as numbers, and the 5-grams of whole dialogues. */
class NGrams {
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #known: ReadonlySet<string>;
  readonly #model: KneserNey;

  constructor(dialogues: readonly (readonly string[])[], symbols: readonly string[]) {
    this.#known = new Set(symbols);
    this.#numbers = new Map(symbols.map((symbol, i) => [symbol, i + 1])); // 0 ends a turn
    const texts = dialogues.map((turns) => turns.flatMap((turn) => [...this.#numbered(wordsOf(turn)), 0]));
    this.#model = new KneserNey(
      texts.map((text) => [...start, ...text]),
      { order: ORDER, symbols: symbols.length + 1 },
    );
  }

  #numbered(words: readonly string[]): number[] {
    return knownWords(words, this.#known).map((word) => this.#numbers.get(word)!);
  }

  /** Logarithm of the probability of all turns but the first, each after what is in front of it. */
  total(dialogues: readonly (readonly string[])[]): number {
    let sum = 0;
    for (const turns of dialogues) {
      let before = [...start, ...this.#numbered(wordsOf(turns[0]!)), 0];
      for (const turn of turns.slice(1)) {
        const said = [...this.#numbered(wordsOf(turn)), 0];
        if (said.length > 1) sum += this.score(said, before);
        before = [...before, ...said];
      }
    }
    return sum;
  }

  /** Logarithm of the probability of numbers after others. */
  score(said: readonly number[], before: readonly number[]): number {
    const text = [...before.slice(-(ORDER - 1)), ...said];
    return said.reduce((sum, number, i) => {
      const end = text.length - said.length + i;
      return sum + Math.log(this.#model.probability(number, text.slice(Math.max(0, end - ORDER + 1), end)));
    }, 0);
  }

  /** How likely a reply is at the beginning of a turn, whatever is in front. */
  alone = (reply: readonly string[]): number => this.score([...this.#numbered(reply), 0], [0]);
}

/** What is in front of a dialogue. */
const start = new Array<number>(ORDER - 1).fill(0);

interface Ranking {
  readonly exchanges: readonly Exchange[];
  readonly ngrams: NGrams;
  readonly shared: SharedWords;
}

/** How often the right one of ten replies is the first. */
function recallOf(
  engine: Engine,
  model: AttentionSeq2Seq,
  { exchanges, ngrams, shared }: Ranking,
): Record<string, number> {
  const random = new Random(1, STREAM);
  const drawn = (): Exchange => exchanges[random.integer(0, exchanges.length - 1)]!;
  const questions = Array.from({ length: QUESTIONS }, () => {
    const { context, reply } = drawn();
    const others = Array.from({ length: OTHERS }, () => drawn().reply);
    return { context, replies: [reply, ...others] };
  });
  const scores = model.score(
    engine,
    questions.flatMap(({ context, replies }) => replies.map((reply) => [context, reply] as const)),
  );
  const first = (ranks: (question: (typeof questions)[number], i: number) => readonly number[]): number =>
    questions.filter((question, i) => {
      const [right, ...others] = ranks(question, i) as [number, ...number[]];
      return others.every((other) => other < right);
    }).length / QUESTIONS;
  const of = (i: number): number[] => scores.slice(i * (OTHERS + 1), (i + 1) * (OTHERS + 1));
  return {
    recall: first((_, i) => of(i)),
    recallAgainstAlone: first(({ replies }, i) => of(i).map((score, j) => score - ngrams.alone(replies[j]!))),
    recallSharedWords: first(({ context, replies }) => replies.map((reply) => shared.likeness(context, reply))),
  };
}
