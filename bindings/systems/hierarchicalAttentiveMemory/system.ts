import { defineTask } from "../../tasks/defineTask.js";
import { defineSystem } from "../defineSystem.js";
import { HierarchicalAttentiveMemory, hierarchicalAttentiveMemoryRules } from "./hierarchicalAttentiveMemory.js";
import { treeRules, treeTask } from "./treeTask.js";

const FIRST = [1, 0, 0, 1];
const SECOND = [0, 1, 1, 1];
const THIRD = [0, 0, 1, 0];
const INPUTS = [[FIRST, SECOND, THIRD, SECOND, FIRST], [SECOND, FIRST], [THIRD], [THIRD, SECOND, FIRST, THIRD]];

const tree = /* @__PURE__ */ defineTask({
  names: ["tree"],
  create: treeTask,
  rules: treeRules,
  options: {
    problem: "what is to be made of the leaves, or what a raw memory is to be",
    bits: "bits of a symbol, half of them a key or priority where it has one",
    minLength: {
      help: "leaves that are filled, or instructions, at least",
      default: "as few as the problem needs, and --max-length of a raw memory",
    },
    maxLength: {
      help: "leaves that are filled, or instructions, at most",
      default: "8, or --min-length if that is more",
    },
    leaves: { help: "leaves of the tree, a power of two", default: "the fewest that hold --max-length" },
    curriculum: "steps after which the tree may be twice as large, at the earliest; 0: all of it from the start",
    curriculumError: "recent error that is low enough for the tree to be twice as large",
    fewKeys: "part of the examples of search that have up to four different keys",
  },
  metrics: ["sequenceError", "bitError"],
  longest: "maxLength",
  example: () => ({ maxLength: 4, bits: 4, leaves: 4 }),
});

export const system = /* @__PURE__ */ defineSystem({
  model: HierarchicalAttentiveMemory,
  rules: hierarchicalAttentiveMemoryRules,
  names: { ham: {} },
  fitting: ["inputSize", "outputSize", "leaves", "accesses", "raw"],
  options: {
    attention: "how leaves are read and written: one that is drawn, or all as far as they are likely",
    nodeSize: "numbers of a node of the tree",
    hiddenSize: { flag: "hidden", help: "units of the controller, an LSTM" },
    layers: "layers of what nodes share",
    join: "what makes a node of its children: a perceptron, or one with gates that can hand on what a child holds",
    discount: "what a bit of the next step counts beside one of this",
    entropyCost: "what the inverse of a choice's entropy costs in training, at first",
    gateNoise: "noise that training adds to the logits of the gates that join a tree as it is filled",
  },
  learns: ["tree"],
  tasks: [tree],
  example: {
    options: () => ({ nodeSize: 5, hiddenSize: 6 }),
    task: () => treeTask({ maxLength: 4, bits: 4 }),
    uses: { run: (model, engine) => model.run(engine, INPUTS, { leaves: 8, trace: true }) },
    batches: { inputs: () => INPUTS, run: (model, engine, inputs) => model.run(engine, inputs, { leaves: 8 }) },
  },
});
