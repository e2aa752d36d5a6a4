import { Vocabulary } from "../common/vocabulary.js";
import { generate, type Decoding } from "../compiled/decoding.js";
import type { Engine } from "../engine/engine.js";
import { answersOf } from "./answering.js";
import type { AnswerOptions, TextAnswer } from "./judge.js";
import { learnedIn } from "./learnedMetadata.js";

/** Sources that are answered at once. */
const AT_ONCE = 64;

/** A compiled model of pairs, as `loadCompiled` of tapehead/run gives it. */
export interface CompiledLearned extends Decoding {
  readonly options: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Answers texts with a compiled model of pairs, as `Learned.answer` does with the model it was compiled from.
 *
 * @throws TypeError when the model is not one that `learn` made, TypeError and RangeError when a text or option is wrong.
 * @example
 * const model = loadCompiled(bytes);
 * const [{ answer, error }] = answerTexts(model, engine, ["MCMXCIV"]);
 */
export function answerTexts(
  model: CompiledLearned,
  engine: Engine,
  texts: readonly string[],
  options: AnswerOptions = {},
): TextAnswer[] {
  const owner = "answerTexts";
  const about = learnedIn(model.metadata);
  const { sourceSymbols, targetSymbols } = model.options;
  if (!about || !Array.isArray(sourceSymbols) || !Array.isArray(targetSymbols))
    throw new TypeError(`${owner}: the model is a ${model.name} that was not made by learn, and must be one that was`);
  const [source, target] = [new Vocabulary(sourceSymbols as string[]), new Vocabulary(targetSymbols as string[])];
  const speaker = {
    owner,
    vocabulary: source.symbols,
    knows: (symbol: string) => source.numberOf(symbol) !== undefined,
    say: (sources: readonly (readonly string[])[], limit: number) => {
      const numbers = sources.map((symbols) => symbols.map((symbol) => source.numberOf(symbol) ?? 0));
      const groups = Array.from({ length: Math.ceil(numbers.length / AT_ONCE) }, (_, i) =>
        numbers.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
      );
      return groups.flatMap((group) =>
        generate(model, engine, group, { limit }).map(({ choices, score, ended }) => {
          const said = Array.from(ended ? choices.slice(0, -1) : choices);
          return { symbols: said.map((id) => target.symbolOf(id)), score, ended };
        }),
      );
    },
  };
  return answersOf(speaker, about, texts, options);
}
