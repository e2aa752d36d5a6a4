import { defineTask } from "../defineTask.js";
import { associativeRecallRules, associativeRecallTask } from "../associativeRecall.js";

export const task = /* @__PURE__ */ defineTask({
  names: ["associative-recall"],
  create: associativeRecallTask,
  rules: associativeRecallRules,
  options: {
    bits: "bits in a vector",
    itemLength: "vectors in an item",
    minItems: "items in the shortest sequence",
    maxItems: "items in the longest sequence",
    curriculum:
      "steps after which sequences may have twice as many items, at the earliest; 0: of all lengths from the start",
    curriculumError: "recent part of the bits that are wrong that is low enough for twice as many items",
  },
  metrics: ["bitError"],

  example: () => ({ bits: 2, itemLength: 2, maxItems: 3 }),
});
