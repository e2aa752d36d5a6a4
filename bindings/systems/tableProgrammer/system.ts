import { defineSystem } from "../defineSystem.js";
import { defineTask } from "../../tasks/defineTask.js";
import { TableProgrammer, tableProgrammerRules } from "./tableProgrammer.js";
import { tableQuestionsRules, tableQuestionsTask, type TableQuestion } from "./tableQuestionsTask.js";
import type { TextTable } from "./textTable.js";

const TABLE: TextTable = {
  header: ["City", "Year"],
  rows: [
    ["Athens", "2004"],
    ["Beijing", "2008"],
    ["London", "2012"],
  ],
};
const QUESTIONS: readonly TableQuestion[] = [
  { question: "how many cities?", table: TABLE, answer: ["3"] },
  { question: "which city was the last of all?", table: TABLE, answer: ["London"] },
];

const tableQuestions = /* @__PURE__ */ defineTask({
  names: ["table-questions"],
  create: tableQuestionsTask,
  rules: tableQuestionsRules,
  options: {
    symbols: "vocabulary of words",
    columns: { flag: "table-columns", help: "most columns of a table" },
    rows: { flag: "table-rows", help: "most rows of a table that is learned from" },
  },
  metrics: [],
  example: () => ({ questions: QUESTIONS, symbols: ["city", "how", "many"] }),
});

export const system = /* @__PURE__ */ defineSystem({
  model: TableProgrammer,
  rules: tableProgrammerRules,
  names: { "table-programmer": {} },
  formerly: ["question-programmer"],
  fitting: ["symbols", "columns"],
  options: {
    steps: { flag: "program-steps", help: "steps of a program" },
    hiddenSize: { flag: "hidden", help: "units of a layer" },
    initialRange: "initial parameters are uniform within ± this",
    dropout: "dropout rate",
    recurrentDropout: "dropout rate of the LSTM's state",
    wordDropout: "probability that training replaces a word by the unknown word",
  },
  learns: ["table-questions"],
  tasks: [tableQuestions],
  example: {
    options: () => ({ hiddenSize: 6, steps: 3 }),
    task: () => tableQuestionsTask({ questions: QUESTIONS, symbols: ["city", "how", "many"], columns: 2 }),
    uses: {
      answer: (model, engine) => model.answer(engine, "which city was the last?", TABLE),
      answers: (model, engine) => model.answers(engine, QUESTIONS),
    },
    batches: { inputs: () => QUESTIONS, run: (model, engine, inputs) => model.answers(engine, inputs) },
  },
});
