import { errorRates } from "../../bindings/metrics/errorRates.js";
import { AttentionSeq2Seq } from "../../bindings/models.js";
import { Random } from "../../bindings/common/random/philox.js";
import { datesTask, type DatesTaskOptions } from "../../bindings/tasks.js";
import type { DialoguesFile } from "../../cli/dialogues.js";
import { lettersOf, wordsOf, type PairsFile } from "../../cli/pairs.js";
import type { Decoding } from "../../recipes/attentionSeq2Seq.js";
import { piecesOf, wordsIn } from "../../cli/translations.js";
import { bleu } from "../bleu.js";
import { measureReplies } from "../conversation/replies.js";
import { readData } from "../data.js";
import { grouped, type Source } from "../grouped.js";
import { measureParsing, parsed } from "../parsing.js";
import { measureProving } from "../proving.js";
import type { Examination, Measured, System } from "../system.js";

type Symbols = readonly string[];

function drawnDates(options: DatesTaskOptions, count: number): Source[] {
  const task = datesTask(options);
  const random = new Random(1_000_000, 1); // training has another stream
  return Array.from({ length: count }, () => {
    const [written, iso] = task.draw(random);
    return { source: [...written], references: [[...iso]] };
  });
}

/** A task's sources for tests, and metrics beside the error rates. */
interface Decoded {
  readonly sources: (
    read: () => PairsFile,
    count: number | undefined,
    options: Readonly<Record<string, unknown>>,
  ) => Source[];
  /** What a model reads of a source, and the words of what it says. Default: the same. */
  readonly reads?: (source: Symbols, vocabulary: Symbols) => Symbols;
  readonly says?: (symbols: Symbols) => Symbols;
  readonly metrics?: (answers: readonly Symbols[], references: readonly (readonly Symbols[])[]) => Measured;
}

const tasks: Readonly<Record<string, Decoded>> = {
  pronunciation: {
    sources: (read) => grouped(read().lines.map(([word, phonemes]) => [lettersOf(word), phonemes.split(/\s+/)])),
  },
  dates: { sources: (_, count = 5000, options) => drawnDates(options, count) },
  translation: {
    sources: (read) => grouped(read().lines.map(([target, source]) => [wordsOf(source), wordsOf(target)])),
    reads: piecesOf,
    says: wordsIn,
    metrics: (answers, references) => ({ bleu: bleu(answers, references).score }),
  },
};

type Of = Examination<AttentionSeq2Seq, Decoding>;

/** What a model replies: one of many right answers, so that it is not compared with the one that was given. */
function replies({ engine, model, experiment, test: { sequences } }: Of): Measured | Promise<Measured> {
  const [learned, tested] = (["train", "test"] as const).map((part) => readData(experiment, part) as DialoguesFile);
  return measureReplies(engine, model, { learned: learned!, tested: tested!, sequences });
}

/** Decodes freely, from nothing but the source: `symbolErrorRate` and `sequenceErrorRate` as errorRates has them. */
function decodedFreely({ engine, model, task, experiment, test }: Of): Measured {
  const { beam = 1, sequences, words } = test;
  const { sources, reads = (source) => source, says = (symbols) => symbols, metrics } = tasks[task.name]!;
  const options = { ...task.options, ...test.changed };
  const chosen = sources(() => readData(experiment, "test") as PairsFile, sequences, options)
    .filter(({ source }) => !words || (source.length >= words[0] && source.length <= words[1]))
    .slice(0, sequences);
  const begin = performance.now();
  const decoded = model.run(
    engine,
    chosen.map(({ source }) => reads(source, model.source.symbols)),
    { beam },
  );
  const milliseconds = (performance.now() - begin) / chosen.length;
  const answers = decoded.map(({ symbols }) => says(symbols));
  const references = chosen.map((each) => each.references);
  const { symbolErrorRate, ...rates } = errorRates(answers, references);
  // Of references without a symbol there is no rate of symbols.
  return {
    ...(Number.isFinite(symbolErrorRate) && { symbolErrorRate }),
    ...rates,
    sources: chosen.length,
    milliseconds,
    ...metrics?.(answers, references),
  };
}

/** Tasks whose targets are not compared with what a model decodes. */
const measures = new Map<string, (of: Of) => Measured | Promise<Measured>>([
  ["conversation", replies],
  ["proving", measureProving],
  ...parsed.map((task) => [task, measureParsing] as const),
]);

export const system: System<AttentionSeq2Seq, Decoding> = {
  className: AttentionSeq2Seq.className,
  measure: (of) => (measures.get(of.task.name) ?? decodedFreely)(of),
};
