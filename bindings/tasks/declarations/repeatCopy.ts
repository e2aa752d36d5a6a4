import { defineTask } from "../defineTask.js";
import { repeatCopyRules, repeatCopyTask } from "../repeatCopy.js";

export const task = /* @__PURE__ */ defineTask({
  names: ["repeat-copy"],
  create: repeatCopyTask,
  rules: repeatCopyRules,
  options: {
    bits: "bits in a vector",
    minLength: "items in the shortest sequence",
    maxLength: "items in the longest sequence",
    minRepeats: "fewest copies",
    maxRepeats: "most copies",
  },
  metrics: ["bitError"],

  example: () => ({ bits: 2, maxLength: 3, maxRepeats: 3 }),
});
