import type { Engine } from "../engine/engine.js";
import type { Judged } from "../metrics/calibration.js";
import { editDistance } from "../metrics/editDistance.js";
import type { AttentionSeq2Seq } from "../systems/attentionSeq2Seq/attentionSeq2Seq.js";
import { subwordsFor, symbolsOf, textOf, type Reading, type Sides } from "./reading.js";
import { strangeRun } from "./runs.js";
import type { Example } from "./splitting.js";

/** What a model makes of an example, with no calibration yet. */
export interface Answered extends Judged {
  readonly example: Example;
  /** Empty where the model refuses by itself. */
  readonly answer: string;
  /** Symbols of the source that training has not seen, or else the first run of symbols. */
  readonly unknown: readonly string[];
  /** Whether the answer came to its end before the limit. */
  readonly ended: boolean;
  /** Edits to the nearest target, and its symbols. */
  readonly edits: number;
  readonly length: number;
}

/** Answers of a model to examples, each its likeliest symbols one after the other. */
export function answersTo(
  engine: Engine,
  model: AttentionSeq2Seq,
  { source, target, limit, runs }: Sides,
  examples: readonly Example[],
): Answered[] {
  if (!examples.length) return [];
  const reader = (reading: Reading, vocabulary: readonly string[]) => {
    const subwords = subwordsFor(reading, vocabulary);
    return (text: string): string[] => symbolsOf(reading, text, subwords);
  };
  const [read, wantedOf] = [reader(source, model.source.symbols), reader(target, model.target.symbols)];
  const sources = examples.map((example) => read(example.source));
  return model.run(engine, sources, { limit }).map(({ symbols, score, ended }, i) => {
    const example = examples[i]!;
    const answer = textOf(target, symbols);
    const wanted = example.targets.map(wantedOf);
    const nearest = wanted
      .map((each) => ({ edits: editDistance(symbols, each), length: each.length }))
      .reduce((a, b) => (b.edits < a.edits || (b.edits === a.edits && b.length > a.length) ? b : a));
    return {
      example,
      answer,
      score,
      ended,
      isRight: ended && wanted.some((each) => textOf(target, each) === answer),
      unknown: unknownIn(model, sources[i]!, runs),
      ...nearest,
    };
  });
}

function unknownIn({ source }: AttentionSeq2Seq, symbols: readonly string[], runs: Sides["runs"]): string[] {
  const unknown = new Set(symbols.filter((symbol) => source.numberOf(symbol) === undefined));
  const strange = unknown.size || !runs ? undefined : strangeRun(runs, symbols, "");
  return strange === undefined ? [...unknown] : [strange];
}
