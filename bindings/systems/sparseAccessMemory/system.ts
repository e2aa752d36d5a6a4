import { defineSystem } from "../defineSystem.js";
import { copyTask } from "../../tasks/copy.js";
import { runSession, runSteps, stepBatches } from "../stepExample.js";
import { SparseAccessMemory, sparseAccessMemoryRules } from "./sparseAccessMemory.js";

export const system = /* @__PURE__ */ defineSystem({
  model: SparseAccessMemory,
  rules: sparseAccessMemoryRules,
  names: { sam: {} },
  fitting: ["inputSize", "outputSize"],
  options: {
    hiddenSize: { flag: "hidden", help: "units of a layer" },
    access: { flag: "memory-access", help: "rows that a step touches: sparse, a few, or dense, all" },
    slots: "memory rows",
    width: "width of a memory row",
    heads: "heads that write and read",
    count: { flag: "rows-read", help: "rows that a head reads at a step" },
    delta: { flag: "used-above", help: "weight above which a row counts as used" },
    epsilon: { flag: "cosine-epsilon", help: "ε of the cosine" },
    search: { flag: "row-search", help: "how rows are found: exact, or approximate by an index" },
    discount: {
      flag: "usage-discount",
      help: "what is left after a step of how much a row was used, with dense access",
    },
    reach: { flag: "search-reach", help: "rows that an approximate search keeps" },
  },
  learns: [],
  tasks: [],
  example: {
    options: () => ({ hiddenSize: 6, slots: 5, width: 3, heads: 2, count: 5 }),
    task: () => copyTask({ bits: 2, maxLength: 3, lengths: "mixed" }),
    uses: { run: runSteps, session: runSession },
    batches: stepBatches,
  },
});
