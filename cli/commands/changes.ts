import { type Command } from "commander";
import { cancel, retry, runsLike, runsOf } from "../../runs/store/changes.js";
import { readSweep } from "../../runs/store/status.js";
import type { Store } from "../../runs/store/store.js";
import { UsageError } from "../errors.js";
import { plural } from "../numbers.js";
import { DATABASE } from "../sweeping/databaseOption.js";
import { openStore } from "../sweeping/sweep.js";

interface Flags {
  database?: string;
  run?: string;
}

/** `retry` and `cancel`, which differ in what they do to runs. */
export function addChanges(program: Command): void {
  const add = (name: string, description: string, done: string, change: typeof retry): void => {
    program
      .command(name)
      .description(description)
      .argument("[sweep]", "all such runs of this sweep")
      .option("--run <hash>", "this run alone: the first digits of its hash")
      .option(...DATABASE)
      .action(async (sweep: string | undefined, { database, run }: Flags) => {
        if ((sweep === undefined) === (run === undefined))
          throw new UsageError(`Say what to ${name}: the name of a sweep, or --run with a run's hash`);
        const store = await openStore(database, { create: false });
        try {
          const runs = run === undefined ? await ofSweep(store, sweep!) : [await only(store, run)];
          console.log(`${plural(await change(store, runs), "run")} ${done}`);
        } finally {
          await store.close();
        }
      });
  };
  add("retry", "Ask again for runs that failed or were cancelled", "will be tried again", retry);
  add("cancel", "Cancel runs that have not ended; those at hand end with their slice", "cancelled", cancel);
}

async function ofSweep(store: Store, sweep: string): Promise<string[]> {
  await readSweep(store, sweep);
  return runsOf(store, sweep);
}

async function only(store: Store, prefix: string): Promise<string> {
  const [run, other] = await runsLike(store, prefix);
  if (run === undefined) throw new UsageError(`There is no run whose hash begins with "${prefix}"`);
  if (other !== undefined) throw new UsageError(`Several runs' hashes begin with "${prefix}": give more digits`);
  return run;
}
