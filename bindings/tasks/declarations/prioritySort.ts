import { defineTask } from "../defineTask.js";
import { prioritySortRules, prioritySortTask } from "../prioritySort.js";

export const task = /* @__PURE__ */ defineTask({
  names: ["priority-sort"],
  create: prioritySortTask,
  rules: prioritySortRules,
  options: {
    bits: "bits in a vector",
    vectors: "vectors that go in",
    wanted: "vectors of highest priority that come out",
  },
  metrics: ["bitError"],

  example: () => ({ bits: 2, vectors: 4, wanted: 3 }),
});
