import { defineTask } from "../../tasks/defineTask.js";
import { defineSystem } from "../defineSystem.js";
import { NeuralRandomAccessMachine, neuralRandomAccessMachineRules } from "./neuralRandomAccessMachine.js";
import { ramRules, ramTask } from "./ramTask.js";

const MEMORIES = [
  [3, 1, 2, 4, 1, 0, 0],
  [1, 2, 0],
  [2, 4, 3, 0, 0, 1, 2],
];

const ram = /* @__PURE__ */ defineTask({
  names: ["ram"],
  create: ramTask,
  rules: ramRules,
  options: {
    algorithm: "what the machine is to do with its memory",
    minLength: { help: "elements of the shortest array", default: "1, or 2 for swap" },
    maxLength: { help: "elements of the longest array", default: "5, or --min-length if that is more" },
    cells: { help: "cells of a memory", default: "12, or as many as the longest array needs" },
    curriculum: "steps after which arrays may be longer by one, at the earliest; 0: of all lengths from the start",
    curriculumError: "recent error that is low enough for arrays to be longer by one",
  },
  metrics: ["cellError", "sequenceError"],
  longest: "maxLength",
  example: () => ({ algorithm: "increment", maxLength: 3 }),
});

export const system = /* @__PURE__ */ defineSystem({
  model: NeuralRandomAccessMachine,
  rules: neuralRandomAccessMachineRules,
  names: { nram: {} },
  fitting: [],
  options: {
    registers: "registers",
    lists: "how often a step goes through the list of 14 modules",
    controller: { flag: "circuit-controller", help: "network that wires the circuit of each step" },
    hiddenSize: { flag: "hidden", help: "units of a layer" },
    initialRange: "parameters start uniform in ± this",
    entropyBonus: "weight of the entropy bonus, per nat",
    gradientLimit: "elements of gradients of activations are clipped to ± this",
  },
  learns: ["ram"],
  tasks: [ram],
  example: {
    options: () => ({ registers: 2, hiddenSize: 6 }),
    task: () => ramTask({ algorithm: "increment", maxLength: 3, cells: 6 }),
    uses: { run: (model, engine) => model.run(engine, MEMORIES, { steps: 4, trace: true }) },
    batches: { inputs: () => MEMORIES, run: (model, engine, inputs) => model.run(engine, inputs, { steps: 3 }) },
  },
});
