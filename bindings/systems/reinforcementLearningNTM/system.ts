import { defineTask } from "../../tasks/defineTask.js";
import { defineSystem } from "../defineSystem.js";
import { ReinforcementLearningNTM, reinforcementLearningNTMRules } from "./reinforcementLearningNTM.js";
import { tapeRules, tapeTask } from "./tapeTask.js";

const INPUTS = [[1, 2, 3, 1, 2], [2, 3, 1], [3, 3, 1], [1]];

const tape = /* @__PURE__ */ defineTask({
  names: ["tape"],
  create: tapeTask,
  rules: tapeRules,
  options: {
    transformation: "what becomes of the symbols on the input tape",
    symbols: "different symbols, beside the blank",
    minLength: "symbols to put out once, at least",
    maxLength: { help: "symbols to put out once, at most", default: "5, or --min-length if that is more" },
    repeats: { help: "most repeats of repeat-copy, from 2", default: "3, and 1 where nothing is repeated" },
    curriculum: "steps after which sequences may be longer by one, at the earliest; 0: of all lengths from the start",
    curriculumError: "recent error that is low enough for sequences to be longer by one",
  },
  metrics: ["sequenceError", "symbolError"],
  longest: "maxLength",
  example: () => ({ maxLength: 3 }),
});

export const system = /* @__PURE__ */ defineSystem({
  model: ReinforcementLearningNTM,
  rules: reinforcementLearningNTMRules,
  names: { "rl-ntm": {} },
  fitting: ["symbols"],
  options: {
    hiddenSize: { flag: "hidden", help: "units of the controller, an LSTM" },
    inputReach: "cells on either side of the input head that it sees",
    memory: "there is a memory tape",
    memoryCells: "cells of the memory tape, whose ends are joined",
    memoryReach: "cells on either side of the memory head that it reads and writes",
    directAccess: "symbols go from tape to tape through gates, beside the controller",
    forwardOnly: "the input head never goes back",
    slowdown: "what logits of moves are multiplied by, so that heads keep exploring",
  },
  learns: ["tape"],
  tasks: [tape],
  example: {
    options: () => ({ hiddenSize: 5, memoryCells: 6, inputReach: 1, memoryReach: 1 }),
    task: () => tapeTask({ symbols: 3, minLength: 4, maxLength: 5 }),
    uses: { run: (model, engine) => model.run(engine, INPUTS, { trace: true }) },
    batches: { inputs: () => INPUTS, run: (model, engine, inputs) => model.run(engine, inputs) },
  },
});
