import { suites } from "./experiments.js";
import { bySeed, count, percent, table, time } from "./markdown.js";
import type { Run } from "./perform.js";

/** What others report on the same task; the first two columns as ours have them. */
const PUBLISHED: readonly (readonly string[])[] = [
  ["Bisani & Ney 2008, joint sequence model", "5.88%", "24.5%"],
  ["Yao & Zweig 2015, LSTM encoder-decoder without attention", "7.63%", "28.6%"],
  ["Yao & Zweig 2015, bidirectional LSTM on alignments", "5.45%", "23.6%"],
  ["Toshniwal & Livescu 2016, global attention", "5.04%", "21.7%"],
  ["Toshniwal & Livescu 2016, five of them", "4.69%", "20.2%"],
];

/** The tables of sequence to sequence with attention. */
export function attentionPage(runs: readonly Run[]): string {
  const of = (task: string): Run[] =>
    suites.attention.filter((one) => one.task === task).flatMap(({ name }) => bySeed(runs, name));
  const sizes = (run: Run): string[] => [count(run.parameters), count(run.sequences), time(run.seconds)];

  const spoken = of("pronunciation").flatMap((run) =>
    Object.entries(run.tests).map(([test, measured]) => [
      `${run.experiment}, ${test === "as trained" ? "greedy" : test}`,
      percent2(measured["symbolErrorRate"]!),
      percent(measured["sequenceErrorRate"]!),
      ...sizes(run),
    ]),
  );
  const dates = of("dates").map((run) => {
    const measured = run.tests["as trained"]!;
    return [run.experiment, percent2(1 - measured["sequenceErrorRate"]!), ...sizes(run)];
  });
  const names = Object.keys(suites.attention.find(({ name }) => name === "translation")!.tests);
  const translated = of("translation").map((run) => [
    run.experiment,
    ...names.map((test) => run.tests[test]?.["bleu"]?.toFixed(1) ?? ""),
    ...sizes(run),
  ]);
  const sentences = of("translation").slice(0, 1).map((run) => ["sentences", ...names.map((test) => count(run.tests[test]?.["sources"] ?? 0)), "", "", ""]); // prettier-ignore

  return `# Sequence to sequence with attention

Made by \`npm run reproduce:attention\` from what is in docs/results/runs; do not edit. Models decode freely, from nothing
but the source; they were trained on the train split alone.

## Pronunciation

CMUdict 0.7b in the split of the literature: 12,000 words of the test split. Of a word's pronunciations the nearest
counts; PER is the edits over the phonemes of these, WER the part of the words with any. Published numbers are as their
papers give them, some from memory.

${table(["", "PER", "WER", "parameters", "words seen", "training"], [...spoken, ...PUBLISHED.map((row) => [...row, "", "", ""])])}

## Dates

2,000 dates in 25 formats, uniform over the days from 1900 to 2049, in small letters, capitals or as they are written.

${table(["", "exactly right", "parameters", "dates seen", "training"], dates)}

## Translation

French to English, Tatoeba; no sentence of the test split is in the other. BLEU is corpus BLEU-4 against all translations
of a sentence, of small letters and separate punctuation, without smoothing (reproduce/bleu.ts says all of it). Words
seen less than 25 times are unknown. With attention and without, by the length of the source.

${table(["", ...names.map((name) => (name === "as trained" ? "greedy" : name)), "parameters", "pairs seen", "training"], [...translated, ...sentences])}
`;
}

const percent2 = (value: number): string => `${(100 * value).toFixed(2)}%`;
