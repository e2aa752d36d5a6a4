import { defineTask } from "../../tasks/defineTask.js";
import { defineSystem } from "../defineSystem.js";
import { runSession, runSteps, stepBatches } from "../stepExample.js";
import { additionEnvironment, additionProgramsRules, additionProgramsTask, sumOnPad } from "./addition.js";
import { interpret } from "./interpret.js";
import { modelCore } from "./core.js";
import { NeuralProgrammerInterpreter, neuralProgrammerInterpreterRules } from "./neuralProgrammerInterpreter.js";
import { sortingProgramsRules, sortingProgramsTask } from "./sorting.js";

const METRICS = ["sequenceError"] as const;
const PROBLEMS = "problems whose traces are learned from";
const LONGEST = { help: "length of the longest problems", default: "5, or --min-length if that is more" } as const;
const RECURSIVE = "programs call themselves instead of looping";

const addition = /* @__PURE__ */ defineTask({
  names: ["addition-programs"],
  create: additionProgramsTask,
  rules: additionProgramsRules,
  options: {
    recursive: RECURSIVE,
    problems: PROBLEMS,
    maxLength: LONGEST,
    minLength: "digits of the longer number, at least",
  },
  metrics: METRICS,
  longest: "maxLength",
  example: () => ({ problems: 4, maxLength: 2 }),
});

const sorting = /* @__PURE__ */ defineTask({
  names: ["sorting-programs"],
  create: sortingProgramsTask,
  rules: sortingProgramsRules,
  options: {
    recursive: RECURSIVE,
    view: "what programs see: which value is larger, or both digits",
    max: "MAX is learned, too",
    problems: PROBLEMS,
    maxLength: LONGEST,
    minLength: "numbers of the shortest problems",
  },
  metrics: METRICS,
  longest: "maxLength",
  example: () => ({ problems: 4, maxLength: 2 }),
});

export const system = /* @__PURE__ */ defineSystem({
  model: NeuralProgrammerInterpreter,
  rules: neuralProgrammerInterpreterRules,
  names: { npi: {} },
  fitting: ["inputSize", "outputSize", "programs"],
  options: {
    hiddenSize: { flag: "hidden", help: "units of each layer of the core" },
    layers: "layers of the core",
    stateSize: "numbers that stand for an observation and arguments",
    programSize: "numbers of a program's embedding",
    keySize: "numbers of a program's key",
    frozen: "programs that it has learned: only the rows of others are trained; 0 for all",
  },
  learns: ["addition-programs", "sorting-programs"],
  tasks: [addition, sorting],
  example: {
    options: () => ({ hiddenSize: 8, layers: 2, stateSize: 6, programSize: 4, keySize: 3 }),
    task: () => additionProgramsTask({ problems: 4, maxLength: 2 }),
    uses: {
      run: runSteps,
      session: runSession,
      stepIn(model, engine) {
        const x = new Float32Array(model.inputSize).fill(0.5);
        const step = model.stepIn(engine);
        return [step(x), step(x, step(x).state)];
      },
      interpret(model, engine) {
        const environment = additionEnvironment();
        const core = modelCore(engine, model, environment);
        const state = environment.start(["1", "2"]);
        try {
          interpret(core, environment, state, { maxSteps: 20 });
        } catch (error) {
          return String(error);
        }
        return sumOnPad(state);
      },
    },
    batches: stepBatches,
  },
});
