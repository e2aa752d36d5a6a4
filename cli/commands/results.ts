import { Option, type Command } from "commander";
import { readTrained } from "../../runs/store/results.js";
import { sweepNames } from "../../runs/store/status.js";
import type { Store } from "../../runs/store/store.js";
import { sweepPage, terminalChart } from "../../runs/charts/index.js";
import { UsageError } from "../errors.js";
import { writeWhole } from "../files.js";
import { isTaken, print } from "../output.js";
import { chartOf, csvOf, factsOf, markdownOf, reportOf } from "../sweeping/report.js";
import { DATABASE } from "../sweeping/databaseOption.js";
import { writeRunLog } from "../sweeping/runLog.js";
import { plural } from "../numbers.js";
import { openStore } from "../sweeping/sweep.js";
import { terminalOf } from "../terminal.js";
import { explain } from "../../runs/store/why.js";

const FORMATS = ["chart", "table", "csv", "json"] as const;

interface Flags {
  database?: string;
  format?: (typeof FORMATS)[number];
  curves?: boolean;
  page?: string;
  log?: string;
  model?: string;
  out?: string;
}

export function addResults(program: Command): void {
  program
    .command("results")
    .description("Say what a sweep's runs came to: drawn, as a table, or run by run for other programs")
    .argument("[sweep]", "the sweep's name (default: the only one)")
    .option(...DATABASE)
    .addOption(
      new Option(
        "--format <kind>",
        "chart: for a terminal; table: Markdown, a row for each setting; csv: a row for each run; json: a line for each run",
      )
        .choices(FORMATS)
        .default("chart"),
    )
    .option("--curves", "with --format json: each run's learning curve, too")
    .option(
      "--log <folder>",
      "writes logs of the runs that are done (TensorBoard events, JSON lines, CSV), a folder each, instead",
    )
    .option("--page <file>", "writes a page (HTML) with charts and numbers instead")
    .option(
      "--model <hash>",
      "writes the trained model of this run instead, where the plan has keepModels; needs --out",
    )
    .option("--out <file>", "the file of --model")
    .action(
      async (
        name: string | undefined,
        { database, format = "chart", curves = false, page, log, model, out }: Flags,
      ) => {
        if ((model === undefined) !== (out === undefined)) throw new UsageError("--model and --out need each other");
        if (curves && format !== "json") throw new UsageError("--curves is for --format json");
        const store = await openStore(database, { create: false });
        try {
          if (model !== undefined) return await writeModel(store, model, out!);
          const report = await reportOf(store, name ?? (await onlySweep(store)));
          if (page !== undefined) {
            await writeWhole(page, new TextEncoder().encode(sweepPage(chartOf(report))));
            return console.log(`${page}: open it in a browser`);
          }
          if (log !== undefined) {
            const written = report.runs.filter((run) => writeRunLog(log, report.name, run)).length;
            return console.log(`${plural(written, "new log")} in ${log}: tensorboard --logdir ${log}`);
          }
          const { columns, palette } = terminalOf(process.stdout);
          if (format === "chart")
            console.log(terminalChart(chartOf(report), { columns, isColor: palette !== "shades" }));
          else if (format === "table") console.log(markdownOf(report));
          else if (format === "csv") await isTaken(csvOf(report));
          else for (const run of report.runs) print({ ...factsOf(run), ...(curves && { curve: run.curve }) });
        } finally {
          await store.close();
        }
      },
    );
}

async function onlySweep(store: Store): Promise<string> {
  const names = await sweepNames(store);
  if (names.length === 1) return names[0]!;
  throw new UsageError(
    names.length ? `Name one of the sweeps ${names.join(", ")}` : `${store.database.place} has no sweeps yet`,
  );
}

async function writeModel(store: Store, prefix: string, file: string): Promise<void> {
  const { run } = await explain(store, prefix);
  const bytes = await readTrained(store, run);
  if (!bytes)
    throw new UsageError(
      `The database has no model of the run ${run}: its plan does not have keepModels, or it is not done`,
    );
  await writeWhole(file, bytes);
  console.log(`${file}: ${run}`);
}
