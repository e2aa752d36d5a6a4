/**
 * Trains what the pages of results show, and writes the pages. What docs/results/runs has already is not trained again;
 * what was stopped goes on where it stood. Without training, `npm run generate` writes the pages.
 *
 *   npm run reproduce -- NAME… [--only associative-recall --threads 1 --again]
 *
 *   NAME          a suite of experiments, such as "turing"; the experiments of one system, such as "pointerNetwork"; or
 *                 a study, such as "copy"
 *   --only TEXT   only the experiment of this name, or, if there is none, those whose name holds this text
 *   --again       also what there is a result for
 *   --quick       a few steps of each, to see that all of it works; needs --out
 *   --out FOLDER  writes pages and checkpoints there instead of docs/results and checkpoints
 */
import { parseArgs } from "node:util";
import { isKnown, known, reproduce } from "./reproduce.js";

const { values, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string", default: "" },
    again: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    out: { type: "string" },
    threads: { type: "string", default: "1" },
  },
});
if (!names.length || !names.every(isKnown) || (values.quick && values.out === undefined)) {
  console.error("Usage: npm run reproduce -- NAME… [--only TEXT] [--again] [--threads N] [--quick] [--out FOLDER]");
  console.error(`NAME is one of ${known.join(", ")}; --quick needs --out`);
  process.exit(2);
}
await reproduce(names, { ...values, threads: Number(values.threads), report: (line) => console.log(line) });
