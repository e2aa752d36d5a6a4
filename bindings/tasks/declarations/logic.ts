import { defineTask } from "../defineTask.js";
import { logicRules, logicTask } from "../logic.js";

export const task = /* @__PURE__ */ defineTask({
  names: ["logic"],
  create: logicTask,
  rules: logicRules,
  options: {
    minLength: "items in the shortest sequence",
    maxLength: "items in the longest sequence",
    maxGates: "most gates in a vector",
  },
  metrics: ["sequenceError", "bitError"],

  example: () => ({ maxLength: 3, maxGates: 2 }),
});
