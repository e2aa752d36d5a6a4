import { type Command } from "commander";
import { readStatus, readSweep, sweepNames } from "../../runs/store/status.js";
import { UsageError } from "../errors.js";
import { print } from "../output.js";
import { DATABASE } from "../sweeping/databaseOption.js";
import { openStore } from "../sweeping/sweep.js";
import { stopOnSignals } from "../sweeping/signals.js";
import { statusText } from "../sweeping/view.js";

interface Flags {
  database?: string;
  watch?: boolean;
  json?: boolean;
}

/** Milliseconds between two looks. */
const EVERY = 2000;

export function addStatus(program: Command): void {
  program
    .command("status")
    .description(
      "Say how far sweeps are: done, running, waiting, failed, runs an hour, time left, and each setting's median",
    )
    .argument("[sweep]", "the sweep's name (default: all)")
    .option(...DATABASE)
    .option("--watch", "look again every two seconds, until all is done")
    .option("--json", "one JSON object per sweep and line")
    .action(async (name: string | undefined, { database, watch = false, json = false }: Flags) => {
      const store = await openStore(database, { create: false });
      const stopping = stopOnSignals(() => undefined);
      try {
        const names = name === undefined ? await sweepNames(store) : [name];
        if (!names.length) throw new UsageError(`${store.database.place} has no sweeps yet`);
        for (;;) {
          const texts: string[] = [];
          let open = 0;
          for (const each of names) {
            const status = await readStatus(store, each);
            const { metric } = await readSweep(store, each);
            open += status.running + status.waiting;
            if (json) print({ ...status, metric });
            else texts.push(statusText(status, metric));
          }
          // A look takes the place of the one before, where there is a screen.
          if (!json) console.log(`${watch && process.stdout.isTTY ? "\x1b[2J\x1b[H" : ""}${texts.join("\n\n")}`);
          if (!watch || !open || stopping.signal.aborted) return;
          await new Promise((resolve) => {
            const timer = setTimeout(resolve, EVERY);
            stopping.signal.addEventListener("abort", () => (clearTimeout(timer), resolve(undefined)));
          });
        }
      } finally {
        stopping.end();
        await store.close();
      }
    });
}
