import { defineTask } from "../defineTask.js";
import { sortRules, sortTask } from "../sort.js";

export const task = /* @__PURE__ */ defineTask({
  names: ["sort"],
  create: sortTask,
  rules: sortRules,
  options: {
    minLength: "items in the shortest sequence",
    maxLength: "items in the longest sequence",
  },
  metrics: ["sequenceError"],

  example: () => ({ maxLength: 4 }),
});
