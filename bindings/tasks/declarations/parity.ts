import { defineTask } from "../defineTask.js";
import { parityRules, parityTask } from "../parity.js";

export const task = /* @__PURE__ */ defineTask({
  names: ["parity"],
  create: parityTask,
  rules: parityRules,
  options: {
    bits: "numbers in the vector",
  },
  metrics: ["sequenceError", "bitError"],

  example: () => ({ bits: 5 }),
});
