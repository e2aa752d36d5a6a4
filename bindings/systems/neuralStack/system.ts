import { defineTask } from "../../tasks/defineTask.js";
import { defineSystem } from "../defineSystem.js";
import { runSession, runSteps, stepBatches } from "../stepExample.js";
import { NeuralStack, neuralStackRules } from "./neuralStack.js";
import { transductionRules, transductionTask } from "./transductionTask.js";

const transduction = /* @__PURE__ */ defineTask({
  names: ["transduction"],
  create: transductionTask,
  rules: transductionRules,
  options: {
    mapping: "what is to be made of the words of a source",
    symbols: {
      help: "different words, of svo-sov and gender of each class",
      default: "128, of svo-sov 33, of gender 25",
    },
    minLength: "words of the shortest source",
    maxLength: { help: "words of the longest source", default: "64, or --min-length if that is more" },
  },
  metrics: ["sequenceError", "prefixError"],
  longest: "maxLength",
  example: () => ({ symbols: 3, minLength: 2, maxLength: 4 }),
});

export const system = /* @__PURE__ */ defineSystem({
  model: NeuralStack,
  rules: neuralStackRules,
  names: {
    "neural-stack": { memory: "stack" },
    "neural-queue": { memory: "queue" },
    "neural-deque": { memory: "deque" },
  },
  fitting: ["inputSize", "outputSize"],
  options: {
    width: "numbers of a stored vector",
    pushBias: "initial bias of the push, of a deque the bottom's and then the top's",
    cell: "the controller",
    cellOptions: "further options of the controller",
    hiddenSize: { flag: "hidden", help: "units of the controller" },
    embeddingSize: "numbers that an input becomes in front of the controller",
    capacity: "steps of a session for which its memory has room",
  },
  learns: ["transduction"],
  tasks: [transduction],
  example: {
    options: () => ({ memory: "deque", width: 3, hiddenSize: 5, embeddingSize: 4, capacity: 8 }),
    task: () => transductionTask({ symbols: 2, minLength: 2, maxLength: 3 }),
    uses: { run: runSteps, session: runSession },
    batches: stepBatches,
  },
});
