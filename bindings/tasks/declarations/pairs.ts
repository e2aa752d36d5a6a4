import { defineTask } from "../defineTask.js";
import { pairsRules, pairsTask } from "../pairs.js";

export const task = /* @__PURE__ */ defineTask({
  names: ["pronunciation", "translation", "conversation", "parsing", "proving"],
  create: pairsTask,
  rules: pairsRules,
  options: {
    sourceSymbols: "symbols of sources",
    targetSymbols: "symbols of targets",
    bucket: "pairs of like length that a batch is drawn from",
    crc32: "CRC-32 that the pairs must have",
  },
  metrics: ["symbolError", "sequenceError"],

  example: () => ({
    pairs: [
      [["a", "b"], ["c"]],
      [["b"], ["c", "d"]],
    ],
    name: "pronunciation",
  }),
});
