import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Engine } from "../bindings/core.js";
import { errorRates } from "../bindings/metrics/errorRates.js";
import type { AttentionSeq2Seq, PointerNetwork } from "../bindings/models.js";
import { Random } from "../bindings/common/random/philox.js";
import { datesTask, drawExamples, exactScore, hullScore, tourScore, type PointerTask } from "../bindings/tasks.js";
import { lettersOf, wordsOf, type PairsFile } from "../cli/pairs.js";
import { bleu } from "./bleu.js";
import type { Measured } from "./measure.js";

/** What is asked of a model that decodes freely, from nothing but the source. */
export interface Decoding {
  readonly beam?: number;
  /** The first so many sources. Default: all there are; 2,000 dates. */
  readonly sequences?: number;
  /** Vectors of a set, for those who point. */
  readonly length?: number;
  /** A file of real maps, in the folder of public data, instead of random ones. */
  readonly maps?: string;
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
  const all = tests[task]!(file, sequences).filter(
    ({ source }) => !words || (source.length >= words[0] && source.length <= words[1]),
  );
  const chosen = all.slice(0, sequences);
  const begin = performance.now();
  const said = model.run(
    engine,
    chosen.map(({ source }) => source),
    { beam },
  );
  const milliseconds = (performance.now() - begin) / chosen.length;
  const answers = said.map(({ symbols }) => symbols);
  const references = chosen.map((test) => test.references);
  const rates = errorRates(answers, references);
  const measured: Record<string, number> = { ...rates, sources: chosen.length, milliseconds };
  if (task === "translation") measured["bleu"] = bleu(answers, references).score;
  return measured;
}

interface Map {
  readonly n: number;
  readonly points: readonly (readonly [number, number])[];
  readonly tour: readonly number[];
}

/** Maps of real cities and their shortest tours. */
const mapsOf = (file: string): Map[] =>
  gunzipSync(readFileSync(file))
    .toString("utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Map);

/** Lets a model point, and scores where it pointed as its task is scored. */
export function pointed(
  engine: Engine,
  model: PointerNetwork,
  task: PointerTask,
  { beam = 1, sequences = 2000, length, maps }: Decoding,
): Measured {
  const real =
    maps === undefined
      ? undefined
      : mapsOf(maps)
          .filter(({ n }) => n === length)
          .slice(0, sequences);
  const drawn = real ? [] : drawExamples(task, { count: sequences, seed: 77, ...(length && { length }) });
  const sets = real ? real.map(({ points }) => points) : drawn.map(({ inputs }) => inputs);
  const tours = real?.map(({ tour }) => tour);
  const begin = performance.now();
  const answers = model.run(engine, sets, { beam }).map(({ places }) => places);
  const milliseconds = (performance.now() - begin) / sets.length;
  const scores = (): object => {
    if (task.name === "pointer-sort")
      return {
        exact: exactScore(
          answers,
          drawn.map(({ targets }) => targets),
        ),
      };
    return task.name === "convex-hull" ? hullScore(answers, sets) : tourScore(answers, sets, tours);
  };
  return { ...(scores() as Measured), sources: sets.length, milliseconds };
}
