import type { EvaluateOptions } from "../bindings/index.js";
import type { Asking } from "./questions.js";
import type { Decoding } from "./scoring.js";

/** A way to train a model on a task, and what is asked of it afterwards. */
export interface Experiment {
  /** Of its files: docs/results/runs/NAME-SEED.json. */
  readonly name: string;
  readonly model: string;
  readonly task: string;
  readonly seeds: readonly number[];
  /** What `tapehead train` would be told beside model, task and seed. */
  readonly flags?: Readonly<Record<string, number | string | readonly number[]>>;
  /** Steps after which 1,000 fresh sequences are measured, beside the last. */
  readonly at?: readonly number[];
  /** What is measured at the end, by what the table calls it. */
  readonly tests: Readonly<Record<string, Test>>;
  /** Parts of a public text, found in TAPEHEAD_DATA: what is trained on, and what all tests are of. */
  readonly text?: { readonly file: string; readonly train: Part; readonly test: Part };
  /** The file in checkpoints/ with whose parameters it begins. */
  readonly from?: string;
  /** Files of pairs in the same folder: what is trained on, and what all tests are of. */
  readonly pairs?: { readonly train: string; readonly test: string };
  /** Files of questions in the same folder, and the split that training leaves out. */
  readonly questions?: { readonly train: string; readonly test: string; readonly split: number };
  /** The file in checkpoints/ that holds the model of the first seed. */
  readonly checkpoint?: string;
}

/** What a model is asked. */
type Test = EvaluateOptions &
  Decoding &
  Asking & {
    /** Options of the task that are others than in training. */
    readonly changed?: Readonly<Record<string, unknown>>;
  };

/** From where to where, of the whole. */
type Part = readonly [begin: number, end: number];

/** As trained: lengths are drawn as in training. */
const trained = { "as trained": {} };

const repeatCopy = {
  ...trained,
  "10 x 10": { length: 10, repeats: 10 },
  "20 x 10": { length: 20, repeats: 10, sequences: 200 },
  "10 x 20": { length: 10, repeats: 20, sequences: 200 },
};
const recall = {
  ...trained,
  "6 items": { length: 6 },
  "8 items": { length: 8 },
  "10 items": { length: 10 },
  "12 items": { length: 12 },
  "15 items": { length: 15 },
  "20 items": { length: 20 },
};

/** The tasks of Graves et al. 2014 beside copy, each with a control that has no memory but its hidden state. */
const turing: readonly Experiment[] = [
  {
    name: "copy-ntm",
    model: "ntm",
    task: "copy",
    seeds: [1],
    flags: { hidden: 64, width: 16, steps: 4000 },
    tests: trained,
    checkpoint: "copy.safetensors",
  },
  {
    name: "repeat-copy-ntm",
    model: "ntm",
    task: "repeat-copy",
    seeds: [1, 2, 3],
    tests: repeatCopy,
    checkpoint: "repeat-copy.safetensors",
  },
  { name: "repeat-copy-lstm", model: "lstm", task: "repeat-copy", seeds: [1], tests: repeatCopy },
  {
    name: "associative-recall-ntm",
    model: "ntm",
    task: "associative-recall",
    seeds: [1, 2, 3],
    tests: recall,
    checkpoint: "associative-recall.safetensors",
  },
  { name: "associative-recall-lstm", model: "lstm", task: "associative-recall", seeds: [1], tests: recall },
  {
    name: "dynamic-ngrams-ntm",
    model: "ntm",
    task: "dynamic-ngrams",
    seeds: [1],
    tests: trained,
    checkpoint: "dynamic-ngrams.safetensors",
  },
  { name: "dynamic-ngrams-lstm", model: "lstm", task: "dynamic-ngrams", seeds: [1], tests: trained },
  {
    name: "priority-sort-ntm",
    model: "ntm",
    task: "priority-sort",
    seeds: [1],
    tests: trained,
    checkpoint: "priority-sort.safetensors",
  },
  { name: "priority-sort-lstm", model: "lstm", task: "priority-sort", seeds: [1], tests: trained },
];

const difficulties = (...all: readonly number[]): Record<string, EvaluateOptions> => ({
  ...trained,
  ...Object.fromEntries(all.map((difficulty) => [`difficulty ${difficulty}`, { difficulty }])),
});

const parity = difficulties(1, 2, 4, 6, 8, 10, 12, 14, 16);
const logic = difficulties(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
const at = [10_000, 30_000, 62_000, 125_000];
/** The usual cut: nine tenths to train on, a twentieth to choose by, a twentieth to test. */
const shakespeare = { file: "text/tinyshakespeare.txt.gz", train: [0, 0.9], test: [0.95, 1] } as const;

/** The tasks of Graves 2016 in the sizes of the reference implementation, with and without ACT. */
const ponder: readonly Experiment[] = [
  { name: "parity-act", model: "act", task: "parity", seeds: [1], at, tests: parity, checkpoint: "parity.safetensors" },
  { name: "parity-rnn", model: "rnn", task: "parity", seeds: [1], at, tests: parity },
  { name: "logic-act", model: "act", task: "logic", seeds: [1], at, tests: logic, checkpoint: "logic.safetensors" },
  {
    // Solved, it is made to pay a hundred times as much, and ponders less where less will do.
    name: "logic-priced",
    model: "act",
    task: "logic",
    seeds: [1],
    from: "logic.safetensors",
    flags: { timePenalty: 0.01, learningRate: 5e-4, steps: 15_000 },
    tests: logic,
    checkpoint: "logic-priced.safetensors",
  },
  { name: "logic-lstm", model: "lstm", task: "logic", seeds: [1], at, tests: logic },
  {
    name: "addition-act",
    model: "act",
    task: "addition",
    seeds: [1],
    at,
    tests: difficulties(1, 2, 3, 4, 5),
    checkpoint: "addition.safetensors",
  },
  {
    // With as many units as the reference has.
    name: "addition-act-512",
    model: "act",
    task: "addition",
    seeds: [1],
    flags: { hidden: 512, steps: 10_000 },
    at: [10_000],
    tests: difficulties(1, 2, 3, 4, 5),
  },
  { name: "addition-lstm", model: "lstm", task: "addition", seeds: [1], at, tests: difficulties(1, 2, 3, 4, 5) },
  {
    name: "sort-act",
    model: "act",
    task: "sort",
    seeds: [1],
    at,
    tests: difficulties(2, 4, 6, 8, 10),
    checkpoint: "sort.safetensors",
  },
  {
    name: "sort-act-512",
    model: "act",
    task: "sort",
    seeds: [1],
    flags: { hidden: 512, steps: 10_000 },
    at: [10_000],
    tests: difficulties(2, 4, 6, 8, 10),
  },
  { name: "sort-lstm", model: "lstm", task: "sort", seeds: [1], at, tests: difficulties(2, 4, 6, 8, 10) },
  {
    name: "text-act",
    model: "act",
    task: "text",
    seeds: [1],
    text: shakespeare,
    tests: trained,
    checkpoint: "text.safetensors",
  },
  { name: "text-lstm", model: "lstm", task: "text", seeds: [1], text: shakespeare, tests: trained },
];

/** Parity for four prices of a ponder step. */
const prices: readonly Experiment[] = [1e-1, 1e-2, 1e-3, 1e-4].map((timePenalty) => ({
  name: `parity-price-${timePenalty}`,
  model: "act",
  task: "parity",
  seeds: [1],
  flags: { timePenalty, steps: 30_000 },
  tests: trained,
}));

const cmudict = { train: "g2p-cmudict/train.tsv.gz", test: "g2p-cmudict/test.tsv.gz" };
const tatoeba = { train: "tatoeba-fra-eng/train.tsv.gz", test: "tatoeba-fra-eng/test.tsv.gz" };
const freely = { "as trained": {}, "beam 5": { beam: 5 } };
const byLength = {
  ...freely,
  "1-4 words": { beam: 5, words: [1, 4] },
  "5-8 words": { beam: 5, words: [5, 8] },
  "9-12 words": { beam: 5, words: [9, 12] },
  "13 and more": { beam: 5, words: [13, 1000] },
} as const;

/** Sequence to sequence with attention, on real data. Training sees the train split alone. */
const attention: readonly Experiment[] = [
  {
    name: "pronunciation",
    model: "seq2seq",
    task: "pronunciation",
    seeds: [1],
    pairs: cmudict,
    tests: freely,
    checkpoint: "pronunciation.safetensors",
  },
  {
    name: "pronunciation-small",
    model: "seq2seq",
    task: "pronunciation",
    seeds: [1],
    flags: { hidden: 112, embedding: 32, encoderLayers: 1, dropout: 0.05, learningRate: 2e-3 },
    pairs: cmudict,
    tests: freely,
    checkpoint: "pronunciation-small.safetensors",
  },
  {
    name: "dates",
    model: "seq2seq",
    task: "dates",
    seeds: [1],
    tests: { "as trained": {} },
    checkpoint: "dates.safetensors",
  },
  {
    name: "translation",
    model: "seq2seq",
    task: "translation",
    seeds: [1],
    pairs: tatoeba,
    tests: byLength,
    checkpoint: "translation.safetensors",
  },
  {
    name: "translation-none",
    model: "seq2seq",
    task: "translation",
    seeds: [1],
    flags: { attention: "none" },
    pairs: tatoeba,
    tests: byLength,
  },
];

const sorting = (numbers: number, glimpses: number, steps: number): Experiment => ({
  name: `sorting-${numbers}-${glimpses ? "glimpse" : "none"}`,
  model: "pointer-network",
  task: "pointer-sort",
  seeds: [1],
  flags: { minLength: numbers, maxLength: numbers, glimpses, steps },
  tests: { "as trained": {} },
});
const maps = "cities-tsp/tsp-test.jsonl.gz";

/** Pointer networks. */
const pointers: readonly Experiment[] = [
  sorting(5, 0, 2500),
  { ...sorting(5, 1, 2500), checkpoint: "sorting.safetensors" },
  sorting(10, 0, 3000),
  sorting(10, 1, 3000),
  {
    name: "hull-short",
    model: "pointer-network",
    task: "convex-hull",
    seeds: [1],
    flags: { minLength: 5, maxLength: 5, steps: 1560 },
    tests: { "n = 5": { length: 5 } },
  },
  {
    name: "hull",
    model: "pointer-network",
    task: "convex-hull",
    seeds: [1],
    flags: { minLength: 5, maxLength: 10, steps: 8000 },
    tests: Object.fromEntries([5, 10, 12, 20].map((length) => [`n = ${length}`, { length, beam: 2 }])),
    checkpoint: "convex-hull.safetensors",
  },
  {
    name: "tsp",
    model: "pointer-network",
    task: "tsp",
    seeds: [1],
    tests: {
      "n = 5": { length: 5, beam: 5 },
      "n = 10": { length: 10, beam: 5, sequences: 1000 },
      "real maps, n = 5": { length: 5, beam: 5, maps },
      "real maps, n = 10": { length: 10, beam: 5, maps },
    },
    checkpoint: "tsp.safetensors",
  },
];

/** Numbers ten times as large as training has seen, and answers as large as they become. */
const TENFOLD = { least: 10, most: 100, mostAnswer: 1e9 };

const arithmetic = (operators: number, seeds: number, flags: Experiment["flags"] = {}): Experiment => {
  const asked = Array.from({ length: operators }, (_, i) => i + 1);
  const sizes = asked.map((length) => [`${length} ${length === 1 ? "operator" : "operators"}`, { length }] as const);
  return {
    name: `arithmetic-${operators}`,
    model: "arithmetic-programmer",
    task: "arithmetic",
    seeds: Array.from({ length: seeds }, (_, i) => i + 1),
    flags: { maxOperators: operators, ...flags },
    tests: {
      ...trained,
      ...Object.fromEntries(sizes),
      ...Object.fromEntries(sizes.map(([test, drawn]) => [`${test}, tenfold`, { ...drawn, changed: TENFOLD }])),
    },
  };
};

const wikiTableQuestions = {
  train: "wikitablequestions/train.jsonl.gz",
  test: "wikitablequestions/test-half.jsonl.gz",
  split: 1,
};

/** Small tables: what is beyond them is measured with all, and counts as it comes out. */
export const SMALL = { columns: 10, rows: 40 };

const questions = (name: string, flags: Experiment["flags"] = {}): Experiment => ({
  name,
  model: "table-programmer",
  task: "table-questions",
  seeds: [1],
  flags,
  at: [5_000, 10_000, 15_000],
  questions: wikiTableQuestions,
  tests: {
    dev: { of: "dev" },
    "dev, small tables": { of: "dev", fits: SMALL },
    test: { of: "test" },
    "test, small tables": { of: "test", fits: SMALL },
  },
});

/** Neural Programmers, which learn programs from answers alone. */
const programmer: readonly Experiment[] = [
  arithmetic(1, 3, { steps: 3000 }),
  arithmetic(2, 3, { steps: 4000 }),
  { ...arithmetic(3, 5), checkpoint: "arithmetic.safetensors" },
  { ...questions("table-questions"), seeds: [1, 2], checkpoint: "table-questions.safetensors" },
  questions("table-questions-undropped", { dropout: 0, recurrentDropout: 0, wordDropout: 0, steps: 10_000 }),
];

/** Any numbers to compare with, and all templates alike, as the paper has them. */
const asked = { pivots: "any", evenly: "templates" };

const aboutTables = (name: string, seeds: readonly number[], flags: Experiment["flags"] = {}): Experiment => ({
  name,
  model: "neural-programmer",
  task: "table",
  seeds,
  flags,
  tests: {
    "5 to 15 rows": { changed: asked },
    "30 rows": { length: 30, changed: { ...asked, most: 20, texts: 20 } },
    "120 rows": { length: 120, changed: { ...asked, most: 200, texts: 20 } },
  },
});

const five = [1, 2, 3, 4, 5];

/** More units, from a narrower range. */
const wide = { hidden: 128, initialRange: 0.25, entropyBonus: 0.1, curriculum: [4000, 8000], learningRate: 0.0015 };
/** Columns of text, and in the end no bonus, which would make programs dear whose answers are small. */
const texts = {
  columns: 2,
  textColumns: 1,
  printWeight: 75,
  countWeight: 5,
  hidden: 96,
  initialRange: 0.3,
  entropyBonus: 0.1,
  costDecay: 0,
  curriculum: [3000, 6000],
  learningRate: 0.002,
  steps: 24_000,
};

/** Questions about tables; then the same without one of the things that make more seeds succeed. */
const tables: readonly Experiment[] = [
  aboutTables("table", [...five, 6, 7, 8, 9, 10]),
  // Printed cells count on average: of more columns, each would count less.
  aboutTables("table-2", [1], { columns: 2, printWeight: 50, hidden: 48, curriculum: [2000, 4000], steps: 40_000 }),
  aboutTables("table-5", [2, 1], { columns: 5, printWeight: 125, ...wide, costDecay: 0, steps: 30_000 }),
  // A question names at most three columns, of any kind.
  { ...aboutTables("table-text", [2, 1, 3], texts), checkpoint: "table.safetensors" },
  aboutTables("table-text-dropped", [1, 2, 3], { ...texts, operationDropout: 0.1 }),
  aboutTables("table-text-5", [1, 2], {
    columns: 3,
    textColumns: 2,
    printWeight: 125,
    countWeight: 5,
    ...wide,
    operationDropout: 0.1,
    costDecay: 0,
    steps: 24_000,
  }),
  aboutTables("table-minimum", five, { joining: "minimum" }),
  aboutTables("table-at-once", five, { curriculum: [] }),
  aboutTables("table-no-entropy", five, { entropyBonus: 0 }),
  aboutTables("table-by-template", five, { evenly: "templates" }),
  aboutTables("table-any-pivots", five, { pivots: "any" }),
  aboutTables("table-noise", five, { curriculum: [], entropyBonus: 0, gradientNoise: 0.3, joining: "minimum" }),
];

/** What `npm run reproduce:NAME` trains. */
export const suites = {
  turing,
  ponder: [...ponder, ...prices],
  attention: [...attention, ...pointers],
  programmer: [...programmer, ...tables],
};

export type SuiteName = keyof typeof suites;
