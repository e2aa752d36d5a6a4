import { isObject } from "../../../checkpoint/json.js";
import { between, checkOptions, flag, orNull } from "../../../common/options.js";
import { shown } from "../../../common/shown.js";
import { Vocabulary } from "../../../common/vocabulary.js";
import { generate, type Decoding } from "../../../compiled/decoding.js";
import type { Engine } from "../../../engine/engine.js";
import { calibrationIn } from "../../../metrics/storedCalibration.js";
import { UnsureError } from "../../../metrics/unsureError.js";
import { answersInParts, confidenceInParts } from "./parts.js";
import { partsOf } from "./partsOf.js";

/** Parts of words that are read at once. */
const AT_ONCE = 64;

/** A compiled model of pronunciation, as `loadCompiled` of tapehead/run gives it. */
export interface CompiledPronouncer extends Decoding {
  readonly options: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** How words are read, and how sure an answer must be. */
export interface PronounceOptions {
  /** The part of answers like it that must be right, from 0 to 1. Default: 0. */
  least?: number;
  /** Whether numbers are read out, and % & + beside them. Default: false: they are refused. */
  numbers?: boolean;
  /** Whether words are said letter by letter. Default: null: capitals that nobody can read are, such as FBI. */
  spell?: boolean | null;
  /**
   * Whether what English contracts and shortens, such as "I'm" and "Mr", is said as the CMU dictionary has it, and words
   * without a vowel are refused. Default: true.
   */
  exceptions?: boolean;
}

/** How a word is pronounced and how often such answers are right, or why it is not said. */
export type WordAnswer =
  | {
      readonly source: string;
      /** Phonemes, with blanks between. */
      readonly answer: string;
      /** From 0 to 1; null where the model is not calibrated. */
      readonly confidence: number | null;
      readonly error?: undefined;
    }
  | {
      readonly source: string;
      readonly error: UnsureError;
      readonly answer?: undefined;
      readonly confidence?: undefined;
    };

/**
 * Pronounces words with a compiled model, as `tapehead pronounce` does with the model it was compiled from: case, accents,
 * quotes and surrounding punctuation are folded, acronyms are said by their letters, and what cannot be read is refused.
 * Follows as many beams as the model was compiled for.
 *
 * @throws TypeError when the model is not one of pronunciation, TypeError and RangeError when a word or option is wrong.
 * @example
 * const model = loadCompiled(bytes);
 * const [{ answer, confidence, error }] = pronounceWords(model, engine, ["Hello,", "FBI"]);
 */
export function pronounceWords(
  model: CompiledPronouncer,
  engine: Engine,
  words: readonly string[],
  options: PronounceOptions = {},
): WordAnswer[] {
  const owner = "pronounceWords";
  const [source, target] = vocabulariesOf(owner, model);
  const { least, numbers, spell, exceptions } = checkOptions(owner, options, {
    least: [0, between(0, 1)],
    numbers: [false, flag()],
    spell: [null, orNull(flag())],
    exceptions: [true, flag()],
  });
  expectWords(owner, words);
  const knows = (symbol: string): boolean => source.numberOf(symbol) !== undefined;
  const says = (symbol: string): boolean => target.numberOf(symbol) !== undefined;
  const reading = { knows, says, numbers, exceptions, ...(spell !== null && { spell: spell as boolean }) };
  const calibration = calibrationIn(model.metadata);
  const beam = beamOf(model);
  const answers = answersInParts(words, {
    partsOf: (word) => partsOf(word, reading),
    run(parts) {
      const ids = parts.map((symbols) => symbols.map((symbol) => source.numberOf(symbol) ?? 0));
      return groupsOf(ids).flatMap((group) =>
        generate(model, engine, group, { beam }).map(({ choices, score, ended }) => {
          const said = Array.from(ended ? choices.slice(0, -1) : choices);
          return { symbols: said.map((id) => target.symbolOf(id)), score };
        }),
      );
    },
    answer(word, pieces): WordAnswer {
      const answer = pieces.flatMap((piece) => ("said" in piece ? piece.said : piece.symbols)).join(" ");
      const scores = pieces.flatMap((piece) => ("said" in piece ? [] : [piece.score]));
      return {
        source: word,
        answer,
        confidence: confidenceInParts({ source: word, answer, scores }, calibration, least),
      };
    },
  });
  return answers.map((answer, i) => (answer instanceof UnsureError ? { source: words[i]!, error: answer } : answer));
}

/** @throws TypeError when the model does not pronounce. */
function vocabulariesOf(owner: string, { name, options, metadata }: CompiledPronouncer): [Vocabulary, Vocabulary] {
  const { sourceSymbols, targetSymbols } = options;
  if (taskOf(metadata) !== "pronunciation" || !Array.isArray(sourceSymbols) || !Array.isArray(targetSymbols)) {
    const wanted = "must be one that was trained on the task pronunciation, compiled by `tapehead compile`";
    throw new TypeError(`${owner}: the model is a ${name} for ${shown(taskOf(metadata))}, and ${wanted}`);
  }
  return [new Vocabulary(sourceSymbols as string[]), new Vocabulary(targetSymbols as string[])];
}

/** The name of a compiled model's task; undefined where its file does not say, or is damaged. */
function taskOf({ task = "null" }: Readonly<Record<string, string>>): unknown {
  try {
    const read: unknown = JSON.parse(task);
    return isObject(read) ? read["name"] : undefined;
  } catch {
    return undefined;
  }
}

/** The most beams that a model was compiled for. */
const beamOf = ({ methods }: CompiledPronouncer): number =>
  Math.max(1, ...methods.map((name) => Number(/^beam (\d+)$/.exec(name)?.[1] ?? 1)));

const groupsOf = <T>(items: readonly T[]): (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / AT_ONCE) }, (_, i) => items.slice(i * AT_ONCE, (i + 1) * AT_ONCE));

function expectWords(owner: string, words: unknown): void {
  if (!Array.isArray(words)) throw new TypeError(`${owner}: the words are ${shown(words)}, and must be an array`);
  (words as readonly unknown[]).forEach((word, i) => {
    if (typeof word !== "string") throw new TypeError(`${owner}: word ${i} is ${shown(word)}, and must be a string`);
  });
}
