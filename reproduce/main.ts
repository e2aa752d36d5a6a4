/** Trains what the pages of results show, and writes the pages; `--help` says how. */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { stopOnSignals } from "../cli/sweeping/signals.js";

const help = (known: readonly string[]): string => `Usage: npm run reproduce -- NAME... [options]

Trains what the pages of results show, side by side, and writes the pages. What docs/results/runs has already is not
trained again; what was stopped, by Ctrl-C or otherwise, goes on where it stood. Every result has the hash of its run:
all that decides its bits, and so the same weights whenever it is asked for again. Without training, \`npm run generate\` writes the pages.

  NAME          a suite of experiments, the experiments of one system, or a study: one of
                ${known.join(", ")}
  --only TEXT   only the experiment of this name, or, if there is none, those whose name holds this text
  --again       also what there is a result for: of the same run the weights must come out the same
  --run HASH    the run with this hash in docs/results/runs, again, instead of NAMEs: its weights must come out the same
  --quick       a few steps of the first seed of each, to see that all of it works; needs --out
  --out FOLDER  writes pages and checkpoints there instead of docs/results and checkpoints
  --workers N   processes that train, each with as many threads as there are cores for it. Default: one per core
  --database D  where open runs are kept: postgres://…, where \`reproduce\` on other machines may join, or a folder.
                Default: build/reproduce
  --help        prints this
`;

await main().catch((error: unknown) => {
  if (!String((error as { code?: unknown }).code).startsWith("ERR_PARSE_ARGS")) throw error;
  refuse((error as Error).message);
});

async function main(): Promise<void> {
  const { values, positionals: names } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: "string", default: "" },
      again: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      out: { type: "string" },
      run: { type: "string" },
      workers: { type: "string" },
      database: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  // All that is trained takes seconds to load, which nobody waits for who has mistyped a flag.
  const { experimentsOf, isKnown, known, reproduce } = await import("./reproduce.js");
  if (values.help) return void process.stdout.write(help(known));
  const workers = values.workers === undefined ? undefined : Number(values.workers);
  if (workers !== undefined && !(Number.isInteger(workers) && workers > 0))
    return refuse(`--workers is ${values.workers}, and must be 1 or more`);
  if (!names.length && values.run === undefined) return refuse(`NAME is missing: one of ${known.join(", ")}`);
  const unknown = names.find((name) => !isKnown(name));
  if (unknown !== undefined) return refuse(`There is no ${unknown}; NAME is one of ${known.join(", ")}`);
  if (values.only && values.run === undefined && !experimentsOf(names, values.only).length)
    return refuse(`${names.join(", ")}: no experiment's name is "${values.only}" or holds it`);
  if (values.quick && values.out === undefined) return refuse("--quick needs --out");
  const stopping = stopOnSignals(() => console.error("Saving what is at hand …"));
  await reproduce(names, {
    ...values,
    workers: workers ?? availableParallelism(),
    signal: stopping.signal,
    report: (line) => console.log(line),
  });
  stopping.end();
  if (stopping.signal.aborted) console.log("Go on with the same command");
}

function refuse(message: string): void {
  console.error(`${message}. --help says more`);
  process.exitCode = 2;
}
