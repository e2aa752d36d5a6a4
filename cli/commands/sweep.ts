import { type Command } from "commander";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { USUAL_FOLDER } from "../../runs/database/open.js";
import { writePlan, type Counted } from "../../runs/store/planning.js";
import { decideAll } from "../../runs/store/decisions.js";
import { readStatus } from "../../runs/store/status.js";
import { terminalChart } from "../../runs/charts/index.js";
import { ExitCode } from "../errors.js";
import { count, number, plural, whole } from "../numbers.js";
import { print } from "../output.js";
import { DATABASE, LEASE } from "../sweeping/databaseOption.js";
import { engineIdentity } from "../sweeping/engineIdentity.js";
import { planSweep } from "../sweeping/planned.js";
import { chartOf, reportOf } from "../sweeping/report.js";
import { terminalOf } from "../terminal.js";
import { writeRunLog } from "../sweeping/runLog.js";
import { readPlan } from "../sweeping/readPlan.js";
import { stopOnSignals } from "../sweeping/signals.js";
import { openStore, workOff } from "../sweeping/sweep.js";
import { sweepViewFor } from "../sweeping/view.js";

interface Flags {
  database?: string;
  name?: string;
  workers?: number;
  slice?: number;
  lease?: number;
  again?: boolean;
  log?: string | false;
  json?: boolean;
}

export function addSweep(program: Command): void {
  program
    .command("sweep")
    .description(
      "Do every run of a plan, each setting with each seed, that has not been done yet, and compare the settings. Ctrl-C " +
        "saves what is at hand; the same command again goes on. The same plan again is nothing to do.",
    )
    .argument("<plan>", "file that exports a plan (.ts, .js), or is one (.json): docs/sweeps.md")
    .option(...DATABASE)
    .option("--name <text>", "the sweep's name (default: the plan's, or else its file's)")
    .option(
      "--workers <n>",
      "processes that train (default: one per core; none with a server's address, where `tapehead work` does it)",
      whole(0),
    )
    .option("--slice <seconds>", "seconds of a run between two saves (default: 10)", number())
    .option(...LEASE)
    .option("--again", "does runs that are done once more: their weights must come out the same, on whatever host")
    .option(
      "--log <folder>",
      "logs of the runs, a folder each, for TensorBoard and as JSON lines and CSV (default: logs in the folder of the " +
        "database; with a server, `tapehead results --log` writes them)",
    )
    .option("--no-log", "writes no logs")
    .option("--json", "one JSON object per line")
    .action(
      async (
        file: string,
        { database = USUAL_FOLDER, name, slice, lease, again = false, log, json = false, ...flags }: Flags,
      ) => {
        const { plan, ...source } = await readPlan(file);
        const isServer = /^postgres(ql)?:/.test(database);
        const { workers = isServer ? 0 : availableParallelism() } = flags;
        const planned = planSweep(plan, { ...source, ...(name !== undefined && { name }) }, engineIdentity());
        const called = name ?? planned.name;
        const store = await openStore(database, { leaseSeconds: lease });
        try {
          const counted = await writePlan(store, { ...planned, name: called, again });
          if (json) print({ event: "planned", name: called, ...counted });
          else console.log(`${called}: ${planSentence(counted)}`);
          await decideAll(store);
          if (workers === 0) {
            if (!json) console.log(`Start workers: tapehead work --database ${database}`);
            return;
          }
          const view = sweepViewFor({ json });
          const look = async () => {
            const status = await readStatus(store, called);
            view.status(status);
            return status;
          };
          // A look costs the workers their time where the database is in this process: a hundredth of it at most.
          let timer: NodeJS.Timeout | undefined;
          let isOver = false;
          const lookOften = async (): Promise<void> => {
            const begin = performance.now();
            await look().catch(() => undefined);
            if (isOver) return;
            timer = setTimeout(() => void lookOften(), Math.max(1000, 100 * (performance.now() - begin)));
          };
          timer = setTimeout(() => void lookOften(), 1000);
          const stopping = stopOnSignals(() => json || console.error("\nSaving what is at hand …"));
          try {
            await workOff(
              store,
              {
                workers,
                ...(slice !== undefined && { sliceSeconds: slice }),
                signal: stopping.signal,
                onEvent: (event) => view.event(event),
              },
              async () => {
                const { running, waiting } = await look();
                return running + waiting === 0;
              },
            );
          } finally {
            isOver = true;
            clearTimeout(timer);
            view.stop();
            stopping.end();
          }
          const report = await reportOf(store, called);
          const logs = log ?? (!isServer && join(database, "logs"));
          if (logs) for (const run of report.runs) writeRunLog(logs, called, run);
          if (json) {
            const reason = stopping.signal.aborted ? "interrupted" : "done";
            print({ event: "end", reason, ...(await readStatus(store, called)) });
          } else {
            const { columns, palette } = terminalOf(process.stdout);
            console.log(terminalChart(chartOf(report), { columns, isColor: palette !== "shades" }));
          }
          if (logs && !json) console.log(`Logs: tensorboard --logdir ${join(logs, called)}`);
          if (!stopping.signal.aborted) return;
          if (!json) console.log("Go on with the same command");
          process.exitCode = ExitCode.interrupted;
        } finally {
          await store.close();
        }
      },
    );
}

/** What there is to do, and what there was. */
function planSentence({ total, fresh, done, failed, cancelled }: Counted): string {
  const words = [`${count(fresh)} new`];
  if (done) words.push(`${count(done)} done before`);
  if (failed) words.push(`${count(failed)} failed before (tapehead retry)`);
  if (cancelled) words.push(`${count(cancelled)} cancelled before (tapehead retry)`);
  return `${plural(total, "run")}, ${words.join(", ")}`;
}
