import { defineSystem } from "../defineSystem.js";
import { defineTask } from "../../tasks/defineTask.js";
import { runSession, runSteps, stepBatches } from "../stepExample.js";
import { ArithmeticProgrammer, arithmeticProgrammerRules } from "./arithmeticProgrammer.js";
import { arithmeticRules, arithmeticTask } from "./arithmeticTask.js";

const arithmetic = /* @__PURE__ */ defineTask({
  names: ["arithmetic"],
  create: arithmeticTask,
  rules: arithmeticRules,
  options: {
    minOperators: "operators of the shortest expression",
    maxOperators: "operators of the longest expression",
    numbers: { help: "most numbers that the model takes", default: "one more than --max-operators" },
    least: { flag: "least-number", help: "smallest number of an expression" },
    most: { flag: "most-number", help: "largest number of an expression" },
    mostAnswer: "largest absolute value of an answer",
    curriculum: "steps at which the curriculum moves to the next level, such as 2000,10000",
  },
  metrics: ["sequenceError"],
  example: () => ({ maxOperators: 2 }),
});

export const system = /* @__PURE__ */ defineSystem({
  model: ArithmeticProgrammer,
  rules: arithmeticProgrammerRules,
  names: { "arithmetic-programmer": {} },
  formerly: ["programmer"],
  fitting: ["inputSize", "outputSize"],
  options: {
    hiddenSize: { flag: "hidden", help: "units of a layer" },
    reach: "number of earlier results that a line may use",
    entropyBonus: "weight of the entropy bonus, per nat",
  },
  learns: ["arithmetic"],
  tasks: [arithmetic],
  example: {
    options: () => ({ hiddenSize: 6, reach: 2 }),
    task: () => arithmeticTask({ maxOperators: 2 }),
    uses: { run: runSteps, session: runSession, induce: (model, engine) => model.induce(engine, "(1 + 2) * 3") },
    batches: stepBatches,
  },
});
