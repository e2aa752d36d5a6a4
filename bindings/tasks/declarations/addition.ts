import { defineTask } from "../defineTask.js";
import { additionRules, additionTask } from "../addition.js";

export const task = /* @__PURE__ */ defineTask({
  names: ["addition"],
  create: additionTask,
  rules: additionRules,
  options: {
    minLength: "items in the shortest sequence",
    maxLength: "items in the longest sequence",
    maxDigits: "digits of the longest number",
  },
  metrics: ["sequenceError"],

  example: () => ({ maxLength: 3, maxDigits: 2 }),
});
