import { defineTask } from "../defineTask.js";
import { dynamicNgramsRules, dynamicNgramsTask } from "../dynamicNgrams.js";

export const task = /* @__PURE__ */ defineTask({
  names: ["dynamic-ngrams"],
  create: dynamicNgramsTask,
  rules: dynamicNgramsRules,
  options: {
    context: "bits that the next one depends on",
    length: "bits or characters in a sequence",
  },
  metrics: ["bits", "optimalBits"],

  example: () => ({ context: 2, length: 9 }),
});
