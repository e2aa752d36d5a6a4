/** Trains what the pages of results show, and writes the pages; `--help` says how. */
import { parseArgs } from "node:util";
import { isKnown, known, reproduce } from "./reproduce.js";

const HELP = `Usage: npm run reproduce -- NAME... [options]

Trains what the pages of results show, and writes the pages. What docs/results/runs has already is not trained again;
what was stopped goes on where it stood. Without training, \`npm run generate\` writes the pages.

  NAME          a suite of experiments, the experiments of one system, or a study: one of
                ${known.join(", ")}
  --only TEXT   only the experiment of this name, or, if there is none, those whose name holds this text
  --again       also what there is a result for
  --quick       a few steps of each, to see that all of it works; needs --out
  --out FOLDER  writes pages and checkpoints there instead of docs/results and checkpoints
  --threads N   computes on N threads. Default: 1
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
      threads: { type: "string", default: "1" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const threads = Number(values.threads);
  if (!(Number.isInteger(threads) && threads > 0))
    return refuse(`--threads is ${values.threads}, and must be 1 or more`);
  if (!names.length) return refuse(`NAME is missing: one of ${known.join(", ")}`);
  const unknown = names.find((name) => !isKnown(name));
  if (unknown !== undefined) return refuse(`There is no ${unknown}; NAME is one of ${known.join(", ")}`);
  if (values.quick && values.out === undefined) return refuse("--quick needs --out");
  await reproduce(names, { ...values, threads, report: (line) => console.log(line) });
}

function refuse(message: string): void {
  console.error(`${message}. --help says more`);
  process.exitCode = 2;
}
