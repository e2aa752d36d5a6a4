import { defineSystem } from "../defineSystem.js";
import { defineTask } from "../../tasks/defineTask.js";
import { runSteps, stepBatches } from "../stepExample.js";
import { NeuralProgrammer, neuralProgrammerRules } from "./neuralProgrammer.js";
import { tableRules, tableTask } from "./tableTask.js";

const table = /* @__PURE__ */ defineTask({
  names: ["table"],
  create: tableTask,
  rules: tableRules,
  options: {
    columns: "columns of a table with numbers",
    textColumns: "columns of a table with texts",
    texts: "different texts in a column",
    minRows: "rows of the smallest table",
    maxRows: "rows of the largest table",
    most: { flag: "most-entry", help: "bound of a table's numbers" },
    groups: "groups of templates that are drawn from, easy ones first",
    evenly: "what is as frequent as each other",
    curriculum: "steps after which the task becomes the next harder one, such as 2000,10000",
    pivots: "numbers of two comparisons",
    delta: "error of a number from which on it counts in proportion",
    printWeight: "what printing cells counts beside numbers",
    countWeight: "what a number of rows counts beside a sum",
  },
  metrics: ["sequenceError"],
  example: () => ({ columns: 2, maxRows: 6 }),
});

export const system = /* @__PURE__ */ defineSystem({
  model: NeuralProgrammer,
  rules: neuralProgrammerRules,
  names: { "neural-programmer": {} },
  fitting: ["inputSize", "outputSize"],
  options: {
    steps: { flag: "program-steps", help: "steps of a program" },
    hiddenSize: { flag: "hidden", help: "units of a layer" },
    initialRange: "bound of the first parameters",
    joining: "what two selections of rows have in common in training",
    entropyBonus: "worth of a nat of entropy of a choice in training",
    operationDropout: "probability with which training drops an operation from a step",
  },
  learns: ["table"],
  tasks: [table],
  example: {
    options: () => ({ hiddenSize: 6, steps: 3 }),
    task: () => tableTask({ maxRows: 6 }),
    uses: {
      run: runSteps,
      induce: (model, engine) => model.induce(engine, ["greater", 2.5, "count"], [[1], [3], [4]]),
    },
    batches: stepBatches,
  },
});
