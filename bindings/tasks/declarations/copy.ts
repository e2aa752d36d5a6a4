import { defineTask } from "../defineTask.js";
import { copyRules, copyTask } from "../copy.js";

export const task = /* @__PURE__ */ defineTask({
  names: ["copy"],
  create: copyTask,
  rules: copyRules,
  options: {
    bits: "bits in a vector",
    minLength: "items in the shortest sequence",
    maxLength: "items in the longest sequence",
    lengths: "whether the sequences of a batch share one random length",
  },
  metrics: ["bitError"],
  longest: "maxLength",
  example: () => ({ bits: 2, maxLength: 3 }),
});
