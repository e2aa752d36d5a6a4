/** Something a user may take of the package, and what may come with it. */
export interface EntrySet {
  readonly name: string;
  readonly code: string;
  readonly conditions?: string[];
  /** Bytes of the minified bundle, gzipped. */
  readonly most: number;
  /** Parts of the library that must not be in the bundle, and parts that must, or else the check sees nothing. */
  readonly without?: readonly string[];
  readonly within: readonly string[];
}

const training = ["bindings/tasks/", "bindings/training/"];
const checkpoint = ["bindings/checkpoint/"];
const binary = ["tapehead.wasm.js"];
const fullBinary = ["tapehead.full.wasm.js"];
const model = ["bindings/systems/neuralTuringMachine/neuralTuringMachine.ts"];

const recording = [
  "bindings/graph/lower.ts",
  "bindings/graph/ops/",
  "bindings/layers/",
  "bindings/models/",
  "bindings/systems/",
];

const only = (names: string, from = "tapehead"): string => `export { ${names} } from "${from}";`;

/** The budget. `npm run sizes` prints what it comes to. */
export const entrySets: readonly EntrySet[] = [
  {
    name: "NeuralTuringMachine",
    code: only("NeuralTuringMachine"),
    most: 20_000,
    without: [...training, ...checkpoint, ...binary],
    within: model,
  },
  {
    name: "Engine, NeuralTuringMachine",
    code: only("Engine, NeuralTuringMachine"),
    most: 50_000,
    without: [...training, ...checkpoint],
    within: [...model, ...binary],
  },
  {
    name: "Engine, load",
    code: only("Engine, load"),
    most: 55_000,
    without: training,
    within: [...checkpoint, ...model, ...binary],
  },
  {
    name: "everything",
    code: `export * from "tapehead";`,
    most: 60_000,
    within: [...training, ...checkpoint, ...model, ...binary],
  },
  {
    name: "everything in tapehead/core",
    code: `export * from "tapehead/core";`,
    most: 33_200,
    without: binary,
    within: [...training, ...checkpoint, ...model],
  },
  {
    name: "everything, on workerd",
    code: `export * from "tapehead";`,
    conditions: ["workerd"],
    most: 33_200,
    without: binary,
    within: [...training, ...checkpoint, ...model],
  },
  {
    name: "everything in tapehead/run",
    code: `export * from "tapehead/run";`,
    most: 38_600,
    without: [...recording, ...training, ...binary],
    within: ["tapehead.run.wasm.js", "bindings/compiled/loadCompiled.ts"],
  },
  {
    name: "everything in tapehead/decode",
    code: `export * from "tapehead/decode";`,
    most: 3_500,
    without: [...recording, ...training, ...binary, ...checkpoint, "bindings/engine/"],
    within: ["bindings/compiled/decoding.ts"],
  },
  {
    name: "everything in tapehead/learn",
    code: `export * from "tapehead/learn";`,
    most: 60_000,
    without: binary,
    within: [...training, ...checkpoint, "bindings/learn/learning.ts"],
  },
  {
    name: "answerTexts",
    code: only("answerTexts", "tapehead/learn"),
    most: 9_000,
    without: [...recording, ...training, ...binary, "bindings/engine/"],
    within: ["bindings/learn/compiledAnswers.ts", "bindings/compiled/decoding.ts"],
  },
  {
    name: "hear",
    code: only("hear", "tapehead/listen"),
    most: 4_000,
    without: ["@audio/decode-wav", "bindings/systems/listenAttendSpell/readWav.ts", "bindings/engine/", ...training],
    within: ["bindings/systems/listenAttendSpell/hear.ts"],
  },
  {
    name: "everything in tapehead/listen",
    code: `export * from "tapehead/listen";`,
    most: 7_000,
    without: [
      ...recording.filter((part) => part !== "bindings/systems/"),
      ...training,
      ...binary,
      "bindings/engine/",
      "bindings/systems/listenAttendSpell/listenAttendSpell.ts",
    ],
    within: ["bindings/systems/listenAttendSpell/hear.ts", "bindings/systems/listenAttendSpell/readWav.ts"],
  },
  {
    name: "everything in tapehead/pronounce",
    code: `export * from "tapehead/pronounce";`,
    most: 11_000,
    without: [
      ...recording.filter((part) => part !== "bindings/systems/"),
      ...training,
      ...binary,
      "bindings/engine/",
      "bindings/systems/attentionSeq2Seq/attentionSeq2Seq.ts",
    ],
    within: ["bindings/systems/attentionSeq2Seq/pronunciation/partsOf.ts", "bindings/compiled/decoding.ts"],
  },
  {
    name: "everything in tapehead/parse",
    code: `export * from "tapehead/parse";`,
    most: 13_000,
    without: [
      ...recording.filter((part) => part !== "bindings/systems/"),
      ...training,
      ...binary,
      "bindings/engine/",
      "bindings/systems/attentionSeq2Seq/attentionSeq2Seq.ts",
    ],
    within: ["bindings/parsing/chartParser.ts", "bindings/systems/attentionSeq2Seq/parsing/parseSentences.ts"],
  },
  {
    name: "everything in tapehead/questions",
    code: `export * from "tapehead/questions";`,
    most: 24_200,
    without: [
      ...training,
      ...checkpoint,
      ...binary,
      ...model,
      "bindings/systems/neuralProgrammer/neuralProgrammer.ts",
      "bindings/graph/ops/",
    ],
    within: ["bindings/systems/neuralProgrammer/reader/askTable.ts"],
  },
  {
    name: "the checker of tapehead/metamath",
    code: only("readDatabase, checkProof, claimOf", "tapehead/metamath"),
    most: 5_000,
    without: [...recording, ...training, ...checkpoint, ...binary, "bindings/engine/", "bindings/search/"],
    within: ["bindings/metamath/checkProof.ts"],
  },
  {
    name: "everything in tapehead/metamath",
    code: `export * from "tapehead/metamath";`,
    most: 18_000,
    without: [...training, ...binary],
    within: ["bindings/metamath/prove.ts", "bindings/search/bestFirst.ts"],
  },
  {
    name: "everything in tapehead/search",
    code: `export * from "tapehead/search";`,
    most: 10_400,
    without: [...recording, ...training, ...checkpoint, ...binary, "bindings/engine/"],
    within: ["bindings/search/treeSearch.ts", "bindings/search/bestFirst.ts"],
  },
  {
    name: "everything in tapehead/trace",
    code: `export * from "tapehead/trace";`,
    most: 38_000,
    without: [...training, ...checkpoint, ...binary, ...model],
    within: ["bindings/trace/tracePage.ts", "page.script.js", "alignment.script.js", "bindings/trace/program/page.ts"],
  },
  {
    name: "tracePage, alignmentPage",
    code: only("tracePage, alignmentPage", "tapehead/trace"),
    most: 34_000,
    without: [...training, ...checkpoint, ...binary, ...model, "bindings/trace/program/"],
    within: ["bindings/trace/tracePage.ts", "page.script.js", "alignment.script.js"],
  },
  {
    name: "programPage",
    code: only("programPage", "tapehead/trace"),
    most: 9_000,
    without: [...recording, ...training, ...checkpoint, ...binary, "bindings/engine/", "script.js"],
    within: ["bindings/trace/program/page.ts"],
  },
  {
    name: "everything in tapehead/threads",
    code: `export * from "tapehead/threads";`,
    most: 131_000, // with both binaries, since esbuild puts what is imported later into the same file
    within: [...training, ...checkpoint, ...model, ...fullBinary, "tapehead.threads.wasm.js"],
  },
  {
    name: "everything in tapehead/full",
    code: `export * from "tapehead/full";`,
    most: 80_000,
    without: binary,
    within: [...training, ...checkpoint, ...model, ...fullBinary],
  },
  {
    name: "all models and tasks, without an engine",
    code: `export * from "tapehead/models"; export * from "tapehead/tasks";`,
    // 6,142 of them for the stories of the twenty bAbI tasks, 2,620 for a grammar and its trees, 4,500 for Connect Four
    most: 161_500,
    // Of training only schedules: the Neural GPU's optimizer checks its learning rate with them.
    without: [...binary, "bindings/training/train", "bindings/training/evaluate.ts", "bindings/training/update.ts"],
    within: [
      ...model,
      "bindings/systems/adaptiveComputationTime/adaptiveComputationTime.ts",
      "bindings/tasks/logic.ts",
    ],
  },
];
