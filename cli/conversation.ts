import type { Engine } from "../bindings/full.js";
import type { AttentionSeq2Seq } from "../bindings/models.js";
import { contextOf, MOST_WORDS, TURN } from "./dialogues.js";
import { UsageError } from "./errors.js";
import { RARE, wordsOf } from "./pairs.js";
import { written } from "./sentences.js";

/** How a reply is chosen: the likeliest of a beam search, or drawn at random. */
export type Choosing = { readonly beam: number } | { readonly temperature: number; readonly seed: number };

/** A reply, and what is to be known of it. */
export interface Reply {
  readonly text: string;
  /** How likely the model thinks these very words are: small, since there is much that can be said. */
  readonly probability: number;
  /** Words of what was said that the model does not know. */
  readonly unknown: readonly string[];
  /** Sentences without a stop. */
  readonly notes: readonly string[];
}

/** Replies that are drawn until one has no rare word in it. */
const DRAWS = 16;

/** Talks with a model: each reply is given to the latest turns. */
export class Conversation {
  readonly #model: AttentionSeq2Seq;
  #turns: string[] = [];

  constructor(model: AttentionSeq2Seq) {
    this.#model = model;
  }

  /** Begins anew. */
  forget(): void {
    this.#turns = [];
  }

  /** @throws UsageError when nothing is said that the model knows. */
  reply(engine: Engine, said: string, choosing: Choosing): Reply {
    const words = wordsOf(said);
    if (!words.length) throw new UsageError("There is nothing to reply to: say something in words");
    const knows = (word: string): boolean => this.#model.source.numberOf(word) !== undefined && word !== TURN;
    const unknown = [...new Set(words.filter((word) => !knows(word)))];
    if (!words.some((word) => knows(word) && /[\p{L}\p{N}]/u.test(word)))
      throw new UsageError(`It knows none of these words: ${unknown.join(", ") || words.join(" ")}`);
    const turns = [...this.#turns, said];
    const { symbols, score } = this.#chosen(engine, contextOf(turns), choosing);
    const text = written(symbols);
    this.#turns = [...turns, symbols.join(" ")];
    const isLong = words.length > MOST_WORDS;
    const notes = isLong ? [`it read the last ${MOST_WORDS} of these ${words.length} words`] : [];
    return { text, probability: Math.exp(score), unknown, notes };
  }

  /** The first that ends and says no rare word, whose place nothing could take; or else the first. */
  #chosen(
    engine: Engine,
    context: readonly string[],
    choosing: Choosing,
  ): { readonly symbols: readonly string[]; readonly score: number } {
    const drawn =
      "beam" in choosing
        ? this.#model.run(engine, [context], choosing)[0]!.beams
        : this.#model.run(engine, new Array<readonly string[]>(DRAWS).fill(context), choosing);
    const isWhole = ({ symbols, ended }: (typeof drawn)[number]): boolean =>
      ended && symbols.length > 0 && !symbols.includes(RARE);
    return drawn.find(isWhole) ?? drawn[0]!;
  }
}
