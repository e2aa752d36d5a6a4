import { defineTask } from "../../tasks/defineTask.js";
import { defineSystem } from "../defineSystem.js";
import { runSession, runSteps, stepBatches } from "../stepExample.js";
import { binarySumsRules, binarySumsTask } from "./binarySums.js";
import { countingRules, countingTask } from "./counting.js";
import { memorizationRules, memorizationTask } from "./memorization.js";
import { StackRNN, stackRNNRules } from "./stackRNN.js";

const METRICS = ["sequenceError", "characterError"] as const;

const counting = /* @__PURE__ */ defineTask({
  names: ["counting"],
  create: countingTask,
  rules: countingRules,
  options: {
    language: "letters, and how often each: anbmcn+m has as many c as a and b together",
    minLength: "n of the shortest strings, or n + m",
    maxLength: { help: "n of the longest strings, or n + m", default: "19, or --min-length if that is more" },
    strings: "strings of a sequence",
  },
  metrics: METRICS,
  longest: "maxLength",
  example: () => ({ maxLength: 4, strings: 2 }),
});

const memorization = /* @__PURE__ */ defineTask({
  names: ["memorization"],
  create: memorizationTask,
  rules: memorizationRules,
  options: {
    symbols: "different symbols",
    minLength: "symbols in front of the colon, at least",
    maxLength: {
      help: "symbols in front of the colon, at most",
      default: "10, or --min-length if that is more",
    },
    strings: "strings of a sequence",
  },
  metrics: METRICS,
  longest: "maxLength",
  example: () => ({ maxLength: 4, strings: 2 }),
});

const binarySums = /* @__PURE__ */ defineTask({
  names: ["binary-sums"],
  create: binarySumsTask,
  rules: binarySumsRules,
  options: {
    minLength: "digits of both operands together, at least",
    maxLength: {
      help: "digits of both operands together, at most",
      default: "19, or --min-length if that is more",
    },
    strings: "sums of a sequence",
  },
  metrics: METRICS,
  longest: "maxLength",
  example: () => ({ maxLength: 4, strings: 2 }),
});

export const system = /* @__PURE__ */ defineSystem({
  model: StackRNN,
  rules: stackRNNRules,
  names: { "stack-rnn": {} },
  fitting: ["inputSize", "outputSize"],
  options: {
    hiddenSize: { flag: "hidden", help: "units of the hidden layer" },
    stacks: "stacks",
    capacity: "cells of a stack",
    depth: "cells at the top of each stack that the hidden layer reads",
    noop: "stacks may also stay as they are",
    recurrent: "the hidden layer also reads itself of the step before",
    rounding: "where it is not trained, every stack takes its most probable action outright",
    noise: "greatest noise on logits of actions and of pushed numbers in training",
  },
  learns: ["counting", "memorization", "binary-sums"],
  tasks: [counting, memorization, binarySums],
  example: {
    options: () => ({ hiddenSize: 6, stacks: 2, capacity: 8, noop: true }),
    task: () => countingTask({ maxLength: 3, strings: 2 }),
    uses: { run: runSteps, session: runSession },
    batches: stepBatches,
  },
});
