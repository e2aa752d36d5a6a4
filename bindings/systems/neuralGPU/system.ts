import { defineTask } from "../../tasks/defineTask.js";
import { defineSystem } from "../defineSystem.js";
import { binaryAdditionRules, binaryAdditionTask } from "./binaryAddition.js";
import { NeuralGPU, neuralGPURules } from "./neuralGPU.js";
import { rearrangementRules, rearrangementTask } from "./rearrangement.js";

const SEQUENCES = [
  [1, 2, 3, 1, 2],
  [2, 3, 1],
  [3, 3, 1],
];

const binaryAddition = /* @__PURE__ */ defineTask({
  names: ["binary-addition"],
  create: binaryAdditionTask,
  rules: binaryAdditionRules,
  options: {
    minLength: "bits of the shortest operands",
    maxLength: { help: "bits of the longest operands", default: "10, or --min-length if that is more" },
    curriculum: "steps after each of which sequences may be longer by one",
    bins: "positions to one of which each batch is padded",
    operands: "how operands are drawn",
  },
  metrics: ["sequenceError", "symbolError"],
  longest: "maxLength",
  example: () => ({ maxLength: 3 }),
});

const rearrangement = /* @__PURE__ */ defineTask({
  names: ["rearrangement"],
  create: rearrangementTask,
  rules: rearrangementRules,
  options: {
    transformation: "what becomes of the symbols",
    symbols: "different symbols",
    minLength: "items in the shortest sequence",
    maxLength: { help: "items in the longest sequence", default: "20, or --min-length if that is more" },
    curriculum: "steps after each of which sequences may be longer by one",
    bins: "positions to one of which each batch is padded",
  },
  metrics: ["sequenceError", "symbolError"],
  longest: "maxLength",
  example: () => ({ maxLength: 5 }),
});

export const system = /* @__PURE__ */ defineSystem({
  model: NeuralGPU,
  rules: neuralGPURules,
  names: { "neural-gpu": {} },
  fitting: ["symbols"],
  options: {
    cell: "recurrent cell",
    maps: { help: "numbers at each place of the state", default: "24, of a diagonal one 48" },
    width: { help: "places beside each position", default: "4, of a diagonal one 1" },
    layers: { help: "cells behind each other in a step", default: "2, of a diagonal one 1" },
    relaxation: { help: "sets of parameters that steps take in turn", default: "6, of a diagonal one 1" },
    dropout: { help: "part of the state that training drops at each step", default: "0.09, of a diagonal one 0.1" },
    pull: "weight of the squared distance of the sets of parameters",
    saturation: "weight of the saturation of a diagonal one",
  },
  learns: ["binary-addition", "rearrangement"],
  tasks: [binaryAddition, rearrangement],
  example: {
    options: () => ({ maps: 4, width: 2, layers: 1 }),
    task: () => binaryAdditionTask({ maxLength: 3 }),
    uses: { run: (model, engine) => model.run(engine, SEQUENCES, { trace: true }) },
    batches: { inputs: () => SEQUENCES, run: (model, engine, inputs) => model.run(engine, inputs) },
  },
});
