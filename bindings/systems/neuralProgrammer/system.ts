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
    groups: "number of template groups, easiest first",
    templates: "templates of the paper, or extended ones",
    evenly: "unit that is drawn uniformly",
    curriculum: "steps at which the curriculum moves to the next level, such as 2000,10000",
    pivots: "numbers of two comparisons",
    delta: "δ of the Huber loss of a number",
    printWeight: "weight of the loss of printed cells, relative to numbers",
    countWeight: "weight of the loss of a count, relative to a sum",
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
    initialRange: "initial parameters are uniform within ± this",
    joining: "conjunction of two row selections in training",
    entropyBonus: "weight of the entropy bonus, per nat",
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
