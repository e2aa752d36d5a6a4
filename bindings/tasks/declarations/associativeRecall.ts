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
  },
  metrics: ["bitError"],

  example: () => ({ bits: 2, itemLength: 2, maxItems: 3 }),
});
