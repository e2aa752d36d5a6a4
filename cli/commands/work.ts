import { type Command } from "commander";
import { availableParallelism, hostname } from "node:os";
import { withPatience } from "../../runs/work/patience.js";
import { ExitCode } from "../errors.js";
import { number, plural, whole } from "../numbers.js";
import { print } from "../output.js";
import { stopOnSignals } from "../sweeping/signals.js";
import { DATABASE, LEASE } from "../sweeping/databaseOption.js";
import { openStore, workOff } from "../sweeping/sweep.js";
import { shortHash } from "../sweeping/view.js";

interface Flags {
  database?: string;
  workers?: number;
  slice?: number;
  lease?: number;
  untilEmpty?: boolean;
  json?: boolean;
}

/** Milliseconds that a database may take to be there, where it is started together with its workers. */
const STARTING = 60_000;

export function addWork(program: Command): void {
  program
    .command("work")
    .description(
      "Do runs that wait in a database, of any sweep, until Ctrl-C or SIGTERM, which saves what is at hand and gives it " +
        "back. Any number of these may work at one database.",
    )
    .option(...DATABASE)
    .option("--workers <n>", "processes that train (default: one per core)", whole(1))
    .option("--slice <seconds>", "seconds of a run between two saves (default: 10)", number())
    .option(...LEASE)
    .option("--until-empty", "end once nothing waits and nobody works, as a job of a cluster should")
    .option("--json", "one JSON object per line")
    .action(async ({ database, slice, lease, untilEmpty = false, json = false, ...flags }: Flags) => {
      const { workers = availableParallelism() } = flags;
      const store = await withPatience(() => openStore(database, { create: false, leaseSeconds: lease }), {
        onAway: (milliseconds, { message }) => milliseconds < 1000 && console.error(`${message}. Trying again …`),
        onBack: () => undefined,
        limit: () => STARTING,
      });
      const stopping = stopOnSignals(() => json || console.error("Saving what is at hand …"));
      try {
        const foreign = await foreignRuns(store);
        if (!json) {
          console.log(
            `${hostname()} works at ${store.database.place} with ${plural(workers, "processe").replace("ee", "e")}`,
          );
          for (const { version, runs } of foreign) console.log(`${plural(runs, "run")} are left to ${version}`);
        }
        await workOff(
          store,
          {
            workers,
            ...(slice !== undefined && { sliceSeconds: slice }),
            signal: stopping.signal,
            onEvent(event) {
              const { type, ...facts } = event;
              if (type === "step") return;
              if (json) return print({ event: type, ...facts });
              if (event.type === "failed") console.log(`${shortHash(event.run)} failed: ${event.message}`);
              else if (event.type === "away") {
                if (event.milliseconds < 1000) console.log(`The database is away, waiting for it: ${event.message}`);
              } else if (event.type === "back") console.log("The database is back");
              else if (event.type !== "began" && event.type !== "cut")
                console.log(`${shortHash(event.run)} ${event.type}`);
            },
          },
          untilEmpty ? async () => !(await store.queue.live()).length : undefined,
        );
      } finally {
        stopping.end();
        await store.close();
      }
      if (stopping.signal.aborted) process.exitCode = ExitCode.interrupted;
    });
}

/** Runs that wait for other versions of the library, by these. */
async function foreignRuns({ database, queue }: Awaited<ReturnType<typeof openStore>>) {
  const rows = await database.query(
    `select s.record ->> 'tapehead' as version, left(s.record ->> 'binary', 8) as binary, count(*) as runs
     from tapehead.runs r join tapehead.settings s on s.hash = r.setting
     where r.queue <> $1 and not r.cancelled
       and not exists (select from tapehead.results where run = r.hash)
       and not exists (select from tapehead.failures where run = r.hash)
     group by 1, 2`,
    [queue.name],
  );
  return rows.map(({ version, binary, runs }) => {
    return { version: `version ${version as string} (binary ${binary as string})`, runs: Number(runs) };
  });
}
