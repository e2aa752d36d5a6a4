import { manyFormats } from "../../bindings/systems/attentionSeq2Seq/dates/formats.js";
import { suites } from "../../recipes/suites.js";
import { bySeed, count, percent, table, time } from "../markdown.js";
import type { Page, SystemRow } from "../page.js";
import type { Run } from "../run.js";

/** The tables of sequence to sequence with attention. */
function text(runs: readonly Run[]): string {
  const experiments = suites["attention"]!;
  const of = (task: string): Run[] =>
    experiments.filter((one) => one.task === task).flatMap(({ name }) => bySeed(runs, name));
  const sizes = (run: Run): string[] => [count(run.parameters), count(run.sequences), time(run.seconds)];

  const dates = of("dates").map((run) => {
    const right = ["as trained", "dates alone", "no dates", "29 February"].map((test) => run.tests[test]);
    return [run.experiment, ...right.map((of) => (of ? percent2(1 - of["sequenceErrorRate"]!) : "")), ...sizes(run)];
  });
  const names = [...new Set(of("translation").flatMap((run) => Object.keys(run.tests)))];
  const translated = of("translation").map((run) => [
    run.experiment,
    ...names.map((test) => run.tests[test]?.["bleu"]?.toFixed(1) ?? ""),
    ...sizes(run),
  ]);
  const sentences = of("translation")
    .slice(0, 1)
    .map((run) => ["sentences", ...names.map((test) => count(run.tests[test]?.["sources"] ?? 0)), "", "", ""]);

  const bleuOf = (name: string, test: string): number =>
    of("translation").find(({ experiment }) => experiment === name)?.tests[test]?.["bleu"] ?? NaN;
  /** By how much attention is ahead of none. */
  const lead = (test: string): string => (bleuOf("translation", test) - bleuOf("translation-none", test)).toFixed(1);

  const one = (name: string): Run[] => bySeed(runs, name);
  const sorted = [5, 10].map((n) => [
    String(n),
    ...["none", "glimpse"].map((kind) =>
      one(`sorting-${n}-${kind}`)
        .map(({ tests }) => percent(tests["as trained"]!["exact"]!))
        .join(),
    ),
    n === 5 ? "81%, 90%" : "8%, 28%",
    one(`sorting-${n}-glimpse`)
      .map(({ sequences, seconds }) => `${count(sequences)}, ${time(seconds)}`)
      .join(),
  ]);
  const hulls = ["hull-short", "hull"]
    .flatMap(one)
    .flatMap((run) =>
      Object.entries(run.tests).map(([test, { accuracy, simple, area }]) => [
        `${run.experiment}, ${test}`,
        percent(accuracy!),
        area ? percent(area) : "",
        percent(simple!),
        count(run.sequences),
        time(run.seconds),
      ]),
    );
  const tours = one("tsp").flatMap((run) =>
    Object.entries(run.tests).map(([test, measured]) => [
      test,
      ...["length", "optimum", "overOptimum", "nearestNeighbour", "twoOpt"].map((name) => measured[name]!.toFixed(3)),
      percent(measured["valid"]!),
    ]),
  );

  return `# Sequence to sequence with attention

Made by \`npm run reproduce -- attention\` from what is in docs/results/runs; do not edit. Models decode freely, from nothing
but the source; they were trained on the train split alone. Words are pronounced on [a page of their own](pronunciation.md).

## Dates

5,000 texts as in training, of which four in ten are no dates; 5,000 dates alone, in ${manyFormats().length} formats, of 1000 to
2999, in small letters, capitals or as they are written; and 5,000 texts alone that are no dates, such as words, numbers,
codes, days that there are not, months without a day, times, and dates with mistakes, of which the model is to make
nothing; and 5,000 times 29 February, of years with and without one. What it says is what it thinks likeliest; \`tapehead date\` checks that against the calendar and the format, too.

${table(["", "as trained", "dates", "no dates", "29 February", "parameters", "texts seen", "training"], dates)}

## Translation

French to English, Tatoeba; no sentence of the test split is in the other. BLEU is corpus BLEU-4 against all translations
of a sentence, of small letters and separate punctuation, without smoothing (reproduce/bleu.ts says all of it). Sentences are
read and said in pieces of words, 2,000 of each language (byte-pair encoding: Sennrich, Haddow & Birch 2016), and of every fifth
pair the mark at the end is left out. By the length of the source. On the dev split, of which nothing was chosen but the note below, the model with attention comes to 49.1 and
50.8. Its checkpoint has 3.6 MB.

The control without attention differs in nothing else. Attention is ${lead("beam 5")} ahead of it with 5 beams, and ${lead("13 and more")} where sentences are longest.
**Short of the goal** of 15: an earlier pair of models, of whole words that are seen 25 times or more and fewer steps, came to 43.3 and 25.8. So pieces
of words and longer training help without attention more than with it: most of these sentences are short enough for one vector.

\`tapehead translate\` says in a note when it finds an answer's symbols less likely than 60%, in the geometric mean: of the dev split's
2,165 sources whose words training has seen that is so of 10.9%, of 145 others of 49.7%, and of 800 in which the longest word is
replaced by one that there is not of 61.0%.

${table(["", ...names.map((name) => (name === "as trained" ? "greedy" : name)), "parameters", "pairs seen", "training"], [...translated, ...sentences])}

## Pointer networks

Vinyals, Fortunato & Jaitly 2015: an LSTM of 128 units reads, another points. Sorting, the part of 2,000 fresh sets that
is all right, beside the numbers of Vinyals, Bengio & Kudlur 2016 (without a glimpse, with one):

${table(["numbers", "no glimpse", "one glimpse", "published", "sets seen, training"], sorted)}

Convex hulls, of 2,000 sets: the same polygon up to rotation; the area of the hull that simple polygons cover; and the
part of the answers that are simple. Published: 92.0% for 5 points and 87.0% for 10, trained on a million sets of 5 to 50.

${table(["", "hull found", "area", "simple", "sets seen", "training"], hulls)}

Tours, five beams, each city once: mean length, that of the shortest tour, and tours over the shortest: the network's, that
of always going to the nearest city, and that with 2-opt. Trained on random cities, tested on these and on maps of real
ones. Published for random cities: 2.12 of 2.12 for 5, 2.88 of 2.87 for 10.

${table(["", "length", "shortest", "network", "nearest", "2-opt", "valid"], tours)}
`;
}

const percent2 = (value: number): string => `${(100 * value).toFixed(2)}%`;

/** Values of the first seeds, as the summary and README show them. */
function measuredOf(runs: readonly Run[]): Record<string, string> {
  const shown = (name: string, test: string, measure: string, as: (value: number) => string = percent): string => {
    const value = bySeed(runs, name)[0]?.tests[test]?.[measure];
    return value === undefined ? "" : `**${as(value)}**`;
  };
  const bleu = (value: number): string => value.toFixed(1);
  const phonemes = (name: string): string =>
    `${shown(name, "beam 5", "symbolErrorRate")} of phonemes, ${shown(name, "beam 5", "sequenceErrorRate")} of words wrong`;
  return {
    pronunciation: phonemes("pronunciation"),
    pronunciationSmall: phonemes("pronunciation-small"),
    dates: shown("dates", "dates alone", "sequenceErrorRate", (error) => percent2(1 - error)),
    nonDates: shown("dates", "no dates", "sequenceErrorRate", (error) => percent2(1 - error)),
    translation: shown("translation", "beam 5", "bleu", bleu),
    translationWithout: shown("translation-none", "beam 5", "bleu", bleu),
    trees: shown("grammar", "as trained", "f1", (f1) => (100 * f1).toFixed(1)),
    sorting: shown("sorting-10-glimpse", "as trained", "exact"),
    hulls: shown("hull", "n = 10", "accuracy"),
  };
}

function summaryRows(runs: readonly Run[]): string[][] {
  const of = measuredOf(runs);
  return [
    [
      "English spelling to phonemes, CMUdict's test split",
      `${of["pronunciation"]}; with 0.9 MB ${of["pronunciationSmall"]}`,
      "7.6%, 28.6% without attention, 5.0%, 21.7% with (published)",
    ],
    [
      `dates in ${manyFormats().length} formats to ISO 8601, and what is none`,
      `${of["dates"]} right, ${of["nonDates"]} refused`,
      "",
    ],
    [
      "French to English, short sentences",
      `BLEU ${of["translation"]}`,
      `${of["translationWithout"]} without attention`,
    ],
    ["sorting ten numbers with pointers", `${of["sorting"]} right`, "28% (published)"],
    ["convex hulls of ten points", `${of["hulls"]} found`, "87.0% (published)"],
  ];
}

function systems(runs: readonly Run[]): SystemRow[] {
  const of = measuredOf(runs);
  return [
    {
      model: "AttentionSeq2Seq",
      paper: "https://arxiv.org/abs/1409.0473",
      learns: "to pronounce English words, read dates, translate short French sentences, parse, reply",
      measured: `${of["pronunciation"]}; dates ${of["dates"]} right; BLEU ${of["translation"]}; trees of [a small grammar](docs/results/parsing.md) F1 ${of["trees"]}`,
    },
    {
      model: "PointerNetwork",
      paper: "https://arxiv.org/abs/1506.03134",
      learns: "to sort, and to find convex hulls and short tours",
      measured: `ten numbers ${of["sorting"]} sorted, hulls of ten points ${of["hulls"]} found (87.0% published)`,
    },
  ];
}

export const page: Page = {
  text: ({ runs }) => text(runs),
  summary: {
    head: ["task", "", "beside it"],
    texts: 3,
    rows: ({ runs }) => summaryRows(runs),
  },
  systems: ({ runs }) => systems(runs),
};
