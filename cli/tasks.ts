import type { AnyTask } from "../bindings/index.js";
import {
  additionTask,
  arithmeticTask,
  associativeRecallTask,
  convexHullTask,
  copyTask,
  datesTask,
  dynamicNgramsTask,
  logicTask,
  pairsTask,
  parityTask,
  pointerSortTask,
  prioritySortTask,
  repeatCopyTask,
  sortTask,
  tableQuestionsTask,
  tableTask,
  textTask,
  tspTask,
  type PairsTaskOptions,
  type TableQuestionsTaskOptions,
  type TextTaskOptions,
} from "../bindings/tasks.js";
import type { Flag } from "./flags.js";
import type { ModelName } from "./models.js";
import { TextFile, textOf } from "./input.js";
import { given, number, whole, wholes } from "./numbers.js";
import { PairsFile, pairsOf, pronunciations, translations } from "./pairs.js";
import { QuestionsFile, questionsOf } from "./questions.js";

interface TaskEntry {
  readonly flags: readonly Flag[];
  /** What the task measures, in its order. */
  readonly metrics: readonly string[];
  readonly create: (options: Readonly<Record<string, unknown>>) => AnyTask;
  /** What learns it when nobody says what. */
  readonly model: ModelName;
  /** The longest sequences that training draws, where evaluations are to be of these. */
  readonly longest?: (task: AnyTask) => number;
}

const bits: Flag = {
  flag: "--bits <n>",
  option: "bits",
  help: "bits in a vector; for parity, its numbers",
  parse: whole(1),
};
const minLength: Flag = {
  flag: "--min-length <n>",
  option: "minLength",
  help: "items in the shortest sequence",
  parse: whole(1),
};
const maxLength: Flag = {
  flag: "--max-length <n>",
  option: "maxLength",
  help: "items in the longest sequence",
  parse: whole(1),
};
const length: Flag = {
  flag: "--length <n>",
  option: "length",
  help: "bits or characters in a sequence",
  parse: whole(1),
};
const curriculum: Flag = {
  flag: "--curriculum <steps>",
  option: "curriculum",
  help: "steps after which the task becomes the next harder one, such as 2000,10000",
  parse: wholes(1),
};

const pairs: Flag = {
  flag: "--pairs <file>",
  option: "pairs",
  help: "what to learn from: a word and its phonemes, or a sentence and what it translates, with a tab between",
  parse: pairsOf,
};

/** A task of pairs, under a name of its own. What a saved one has in its options is not read from the file again. */
function pairsOfFile(
  name: string,
  read: (file: PairsFile) => Partial<PairsTaskOptions>,
  { pairs, ...options }: Readonly<Record<string, unknown>>,
): AnyTask {
  const given = pairs instanceof PairsFile ? read(pairs) : {};
  return pairsTask({ ...given, ...options, name } as PairsTaskOptions);
}

/** What of a file is to be learned from. */
function questionsOfFile({ questions, split = 0, ...options }: Readonly<Record<string, unknown>>): AnyTask {
  const given = questions instanceof QuestionsFile ? { questions: questions.part("train", split as number) } : {};
  return tableQuestionsTask({ ...given, ...options } as TableQuestionsTaskOptions);
}

const maxLengthOf = ({ options }: AnyTask): number => options["maxLength"] as number;

/** A task of pointing: the first measure is of whole sequences, as the papers' are. */
const pointing = (create: TaskEntry["create"]): TaskEntry => ({
  flags: [minLength, maxLength],
  metrics: ["sequenceError", "symbolError"],
  create,
  model: "pointer",
  longest: maxLengthOf,
});

/** Every task by the name it has on the command line and in files. */
export const tasks = {
  copy: {
    flags: [bits, minLength, maxLength],
    metrics: ["bitError"],
    create: copyTask,
    model: "ntm",
    longest: maxLengthOf,
  },
  "repeat-copy": {
    flags: [
      bits,
      minLength,
      maxLength,
      { flag: "--min-repeats <n>", option: "minRepeats", help: "fewest copies", parse: whole(1) },
      { flag: "--max-repeats <n>", option: "maxRepeats", help: "most copies", parse: whole(1) },
    ],
    metrics: ["bitError"],
    create: repeatCopyTask,
    model: "ntm",
  },
  "associative-recall": {
    flags: [
      bits,
      { flag: "--item-length <n>", option: "itemLength", help: "vectors in an item", parse: whole(1) },
      { flag: "--min-items <n>", option: "minItems", help: "items in the shortest sequence", parse: whole(2) },
      { flag: "--max-items <n>", option: "maxItems", help: "items in the longest sequence", parse: whole(2) },
    ],
    metrics: ["bitError"],
    create: associativeRecallTask,
    model: "ntm",
  },
  "dynamic-ngrams": {
    flags: [
      { flag: "--context <n>", option: "context", help: "bits that the next one depends on", parse: whole(1) },
      length,
    ],
    metrics: ["bits", "optimalBits"],
    create: dynamicNgramsTask,
    model: "ntm",
  },
  "priority-sort": {
    flags: [
      bits,
      { flag: "--vectors <n>", option: "vectors", help: "vectors that go in", parse: whole(1) },
      { flag: "--wanted <n>", option: "wanted", help: "vectors of highest priority that come out", parse: whole(1) },
    ],
    metrics: ["bitError"],
    create: prioritySortTask,
    model: "ntm",
  },
  parity: {
    flags: [bits],
    metrics: ["sequenceError", "bitError"],
    create: parityTask,
    model: "act",
  },
  logic: {
    flags: [
      minLength,
      maxLength,
      { flag: "--max-gates <n>", option: "maxGates", help: "most gates in a vector", parse: whole(1) },
    ],
    metrics: ["sequenceError", "bitError"],
    create: logicTask,
    model: "act",
  },
  addition: {
    flags: [
      minLength,
      maxLength,
      { flag: "--max-digits <n>", option: "maxDigits", help: "digits of the longest number", parse: whole(1) },
    ],
    metrics: ["sequenceError"],
    create: additionTask,
    model: "act",
  },
  sort: { flags: [minLength, maxLength], metrics: ["sequenceError"], create: sortTask, model: "act" },
  arithmetic: {
    flags: [
      { flag: "--min-operators <n>", option: "minOperators", help: "of the shortest expression", parse: whole(1) },
      { flag: "--max-operators <n>", option: "maxOperators", help: "of the longest expression", parse: whole(1) },
      { flag: "--numbers <n>", option: "numbers", help: "most numbers that the model takes", parse: whole(2) },
      curriculum,
    ],
    metrics: ["sequenceError"],
    create: arithmeticTask,
    model: "programmer",
  },
  table: {
    flags: [
      { flag: "--columns <n>", option: "columns", help: "of a table, with numbers", parse: whole(1) },
      { flag: "--text-columns <n>", option: "textColumns", help: "of a table, with texts", parse: whole(0) },
      { flag: "--texts <n>", option: "texts", help: "different texts in a column", parse: whole(1) },
      { flag: "--min-rows <n>", option: "minRows", help: "of the smallest table", parse: whole(1) },
      { flag: "--max-rows <n>", option: "maxRows", help: "of the largest table", parse: whole(1) },
      {
        flag: "--pivots <kind>",
        option: "pivots",
        help: "which numbers two comparisons have",
        choices: ["any", "telling"],
      },
      {
        flag: "--groups <n>",
        option: "groups",
        help: "of templates that are drawn from, easy ones first",
        parse: whole(1),
      },
      {
        flag: "--print-weight <x>",
        option: "printWeight",
        help: "what printing cells counts beside numbers (default: 25)",
        parse: number({ orZero: true }),
      },
      {
        flag: "--count-weight <x>",
        option: "countWeight",
        help: "what a number of rows counts beside a sum (default: 1)",
        parse: number({ orZero: true }),
      },
      {
        flag: "--evenly <what>",
        option: "evenly",
        help: "what is as frequent as each other",
        choices: ["templates", "groups"],
      },
      curriculum,
    ],
    metrics: ["sequenceError"],
    create: tableTask,
    model: "table-programmer",
  },
  "table-questions": {
    flags: [
      {
        flag: "--questions <file>",
        option: "questions",
        help: "what to learn from, as WikiTableQuestions: JSON lines, with a file of tables beside it",
        parse: questionsOf,
      },
      { flag: "--split <n>", option: "split", help: "leaves out questions of that split", parse: whole(1) },
      { flag: "--table-columns <n>", option: "columns", help: "most columns of a table", parse: whole(1) },
      { flag: "--table-rows <n>", option: "rows", help: "most rows of a table that is learned from", parse: whole(1) },
    ],
    metrics: [],
    create: questionsOfFile,
    model: "question-programmer",
  },
  text: {
    flags: [{ flag: "--text <file>", option: "text", help: "what to learn from, in UTF-8", parse: textOf }, length],
    metrics: ["bitsPerCharacter", "characterError"],
    create: ({ text, ...options }) =>
      textTask({ ...options, ...given({ text: text instanceof TextFile ? text.text : text }) } as TextTaskOptions),
    model: "act",
  },
  pronunciation: {
    flags: [pairs],
    metrics: ["symbolError", "sequenceError"],
    create: (options) => pairsOfFile("pronunciation", (file) => ({ pairs: pronunciations(file) }), options),
    model: "seq2seq",
  },
  dates: { flags: [], metrics: ["symbolError", "sequenceError"], create: datesTask, model: "seq2seq" },
  translation: {
    flags: [pairs],
    metrics: ["symbolError", "sequenceError"],
    create: (options) => pairsOfFile("translation", (file) => translations(file, LEAST), options),
    model: "seq2seq",
  },
  "pointer-sort": pointing(pointerSortTask),
  "convex-hull": pointing(convexHullTask),
  tsp: pointing(tspTask),
} satisfies Readonly<Record<string, TaskEntry>>;

/** Words that are seen less often are not worth a vector. */
const LEAST = 25;

export type TaskName = keyof typeof tasks;

/** The same, for a name from outside. */
export const taskEntries: Readonly<Record<string, TaskEntry>> = tasks;
