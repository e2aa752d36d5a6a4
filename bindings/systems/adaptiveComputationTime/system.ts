import { defineSystem } from "../defineSystem.js";
import { copyTask } from "../../tasks/copy.js";
import { runSession, runSteps, stepBatches } from "../stepExample.js";
import { AdaptiveComputationTime, adaptiveComputationTimeRules } from "./adaptiveComputationTime.js";

export const system = /* @__PURE__ */ defineSystem({
  model: AdaptiveComputationTime,
  rules: adaptiveComputationTimeRules,
  names: { act: {} },
  fitting: ["inputSize", "outputSize"],
  options: {
    hiddenSize: { flag: "hidden", help: "units of a layer" },
    cell: "cell of the network",
    cellOptions: "further options of the cell",
    epsilon: { flag: "halting-epsilon", help: "distance from 1 at which the sum of halting probabilities halts" },
    limit: "largest number of ponder steps per input",
    timePenalty: "τ, the weight of the ponder cost",
    haltingBias: "initial bias of the halting unit: 1 gives two steps",
    haltingInput: "input of the halting unit",
    flag: { flag: "first-step-flag", help: "an input of 1 marks the first ponder step" },
  },
  learns: ["parity", "logic", "addition", "sort", "text"],
  tasks: [],
  example: {
    options: () => ({ hiddenSize: 6, limit: 4 }),
    task: () => copyTask({ bits: 2, maxLength: 3, lengths: "mixed" }),
    uses: { run: runSteps, session: runSession },
    batches: stepBatches,
  },
});
