import { defineSystem } from "../defineSystem.js";
import { defineTask } from "../../tasks/defineTask.js";
import { PointerNetwork, pointerNetworkRules } from "./pointerNetwork.js";
import { convexHullRules, convexHullTask } from "./convexHullTask.js";
import { pointerSortRules, pointerSortTask } from "./pointerSortTask.js";
import { tspRules, tspTask } from "./tspTask.js";

const SETS = [
  [
    [0, 0],
    [1, 0],
    [0.5, 0.2],
    [0, 1],
  ],
  [
    [0.3, 0.1],
    [0.9, 0.4],
    [0.2, 0.8],
  ],
];

const lengths = {
  minLength: "items in the shortest sequence",
  maxLength: { help: "items in the longest sequence", default: "5, or --min-length if that is more" },
};

const pointerSort = /* @__PURE__ */ defineTask({
  names: ["pointer-sort"],
  create: pointerSortTask,
  rules: pointerSortRules,
  options: lengths,
  metrics: ["sequenceError", "symbolError"],
  longest: "maxLength",
  example: () => ({ minLength: 5, maxLength: 6 }),
});

const convexHull = /* @__PURE__ */ defineTask({
  names: ["convex-hull"],
  create: convexHullTask,
  rules: convexHullRules,
  options: lengths,
  metrics: ["sequenceError", "symbolError"],
  longest: "maxLength",
  example: () => ({ minLength: 5, maxLength: 6 }),
});

const tsp = /* @__PURE__ */ defineTask({
  names: ["tsp"],
  create: tspTask,
  rules: tspRules,
  options: lengths,
  metrics: ["sequenceError", "symbolError"],
  longest: "maxLength",
  example: () => ({ minLength: 5, maxLength: 6 }),
});

export const system = /* @__PURE__ */ defineSystem({
  model: PointerNetwork,
  rules: pointerNetworkRules,
  names: { "pointer-network": {} },
  formerly: ["pointer"],
  fitting: ["inputSize", "ends"],
  options: {
    forbidRepeats: "mask out vectors that were pointed at before",
    hiddenSize: { flag: "hidden", help: "units of a layer" },
    embeddingSize: { flag: "embedding", help: "size of an embedding" },
    glimpses: "glimpses: attention reads before each pointer",
    bidirectional: "the encoder reads both ways",
    attention: "attention score function",
    attentionSize: "units of additive attention",
  },
  learns: ["pointer-sort", "convex-hull", "tsp"],
  tasks: [pointerSort, convexHull, tsp],
  example: {
    options: () => ({ hiddenSize: 6, embeddingSize: 4, attentionSize: 4, glimpses: 1 }),
    task: () => tspTask({ minLength: 4, maxLength: 5 }),
    uses: { run: (model, engine) => model.run(engine, SETS, { beam: 2, attention: true }) },
    batches: { inputs: () => SETS, run: (model, engine, inputs) => model.run(engine, inputs) },
  },
});
