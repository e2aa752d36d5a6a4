import type { Engine } from "../bindings/core.js";
import { errorRates } from "../bindings/metrics/errorRates.js";
import type { AttentionSeq2Seq } from "../bindings/models/index.js";
import { Random } from "../bindings/random/philox.js";
import { datesTask } from "../bindings/tasks/index.js";
import { lettersOf, wordsOf, type PairsFile } from "../cli/pairs.js";
import { bleu } from "./bleu.js";
import type { Measured } from "./perform.js";

/** What is asked of a model that decodes freely, from nothing but the source. */
export interface Decoding {
  readonly beam?: number;
  /** The first so many sources. Default: all there are; 2,000 dates. */
  readonly sequences?: number;
  /** Words of a sentence, at least and at most. */
  readonly words?: readonly [least: number, most: number];
}

interface Test {
  readonly source: readonly string[];
  readonly references: readonly (readonly string[])[];
}

/** Everything that would be right, by source, in the order of the file. */
function grouped(pairs: readonly (readonly [source: readonly string[], target: readonly string[]])[]): Test[] {
  const tests = new Map<string, { source: readonly string[]; references: (readonly string[])[] }>();
  for (const [source, target] of pairs) {
    const key = source.join(" ");
    const test = tests.get(key);
    if (test) test.references.push(target);
    else tests.set(key, { source, references: [target] });
  }
  return [...tests.values()];
}

const drawnDates = (count: number): Test[] => {
  const task = datesTask();
  const random = new Random(1_000_000, 1); // training has another stream
  return Array.from({ length: count }, () => {
    const [written, iso] = task.draw(random);
    return { source: [...written], references: [[...iso]] };
  });
};

const tests: Readonly<Record<string, (file: PairsFile | undefined, count: number | undefined) => Test[]>> = {
  pronunciation: (file) => grouped(file!.lines.map(([word, phonemes]) => [lettersOf(word), phonemes.split(/\s+/)])),
  dates: (_, count = 2000) => drawnDates(count),
  translation: (file) => grouped(file!.lines.map(([target, source]) => [wordsOf(source), wordsOf(target)])),
};

/**
 * Lets a model decode and scores what it says: `symbolErrorRate` and `sequenceErrorRate` as errorRates has them, `bleu` for
 * translations, and the milliseconds it took for each.
 */
export function decoded(
  engine: Engine,
  model: AttentionSeq2Seq,
  task: string,
  file: PairsFile | undefined,
  { beam = 1, sequences, words }: Decoding,
): Measured {
  const all = tests[task]!(file, sequences).filter(({ source }) => !words || (source.length >= words[0] && source.length <= words[1])); // prettier-ignore
  const chosen = all.slice(0, sequences);
  const begin = performance.now();
  const said = model.run(engine, chosen.map(({ source }) => source), { beam }); // prettier-ignore
  const milliseconds = (performance.now() - begin) / chosen.length;
  const answers = said.map(({ symbols }) => symbols);
  const references = chosen.map((test) => test.references);
  const rates = errorRates(answers, references);
  const measured: Record<string, number> = { ...rates, sources: chosen.length, milliseconds };
  if (task === "translation") measured["bleu"] = bleu(answers, references).score;
  return measured;
}
