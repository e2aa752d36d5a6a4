import { defineSystem } from "../defineSystem.js";
import { copyTask } from "../../tasks/copy.js";
import { runSession, runSteps, stepBatches } from "../stepExample.js";
import { NeuralTuringMachine, neuralTuringMachineRules } from "./neuralTuringMachine.js";

export const system = /* @__PURE__ */ defineSystem({
  model: NeuralTuringMachine,
  rules: neuralTuringMachineRules,
  names: { ntm: {} },
  fitting: ["inputSize", "outputSize"],
  options: {
    hiddenSize: { flag: "hidden", help: "units of a layer" },
    controller: "kind of the controller",
    controllerActivation: "activation of a feedforward or recurrent controller",
    slots: "memory rows",
    width: "width of a memory row",
    readHeads: "read heads",
    writeHeads: "write heads",
    shifts: "shifts that a head chooses among, an odd number",
    circular: "shifts go round the ends of memory",
    order: "order of addressing, reading and writing in a step",
    outputsRead: "the output layer reads what was just read from memory",
    keyActivation: "activation of keys and add vectors",
    strengthActivation: "activation of β and of γ − 1",
    gateActivation: "activation of g",
    shiftActivation: "activation in front of the softmax over shifts",
    eraseActivation: "activation of erase vectors",
    clipTo: "bound of raw head parameters",
    guard: "where ε keeps the cosine from 0/0",
    epsilon: { flag: "cosine-epsilon", help: "ε of the cosine" },
    weightingEpsilon: "added to weightings in front of sharpening",
    sharpeningEpsilon: "added to the sum that sharpening divides by",
    initialMemory: "initial value of the memory",
    squashInitial: "the first weightings and reads are learned through a softmax and a tanh",
  },
  learns: ["copy", "repeat-copy", "associative-recall", "dynamic-ngrams", "priority-sort"],
  tasks: [],
  example: {
    options: () => ({ hiddenSize: 6, slots: 5, width: 3 }),
    task: () => copyTask({ bits: 2, maxLength: 3, lengths: "mixed" }),
    uses: { run: runSteps, session: runSession },
    batches: stepBatches,
  },
});
