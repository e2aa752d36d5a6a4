import { availableParallelism } from "node:os";
import { openDatabase } from "../../runs/database/open.js";
import { decideAll } from "../../runs/store/decisions.js";
import { writePlan, type Counted } from "../../runs/store/planning.js";
import { readResults, type RunRow } from "../../runs/store/results.js";
import { readStatus, type Status } from "../../runs/store/status.js";
import { Store } from "../../runs/store/store.js";
import type { SweepPlan } from "../../runs/sweep/plan.js";
import { Pool, type PoolEvent } from "../../runs/work/pool.js";
import { engineIdentity } from "./engineIdentity.js";
import { planSweep, type PlanSource } from "./planned.js";
import { workerScript } from "./script.js";

/** Where and with what a sweep is done. */
export interface SweepOptions extends Partial<PlanSource> {
  /** An address, postgres://…, or a folder. Default: tapehead-runs. */
  readonly database?: string;
  /** Processes that train; 0 only plans. Default: one per core. */
  readonly workers?: number;
  /** Does runs that are done once more, and compares their weights. Default: false. */
  readonly again?: boolean;
  /** Seconds that a run is worked at before its state is saved. Default: 10. */
  readonly sliceSeconds?: number;
  /** Whole seconds without a sign of life after which a worker counts as lost. Default: 45. */
  readonly leaseSeconds?: number;
  /** Ends the sweep early: what is at hand is saved, and waits in the database. */
  readonly signal?: AbortSignal;
  /** Told once the plan is in the database, before anything is run. */
  readonly onPlanned?: (counted: Counted, name: string) => void;
  /** Told what happens to runs. */
  readonly onEvent?: (event: PoolEvent) => void;
}

/** What a sweep has come to. */
export interface SweepOutcome {
  readonly counted: Counted;
  readonly status: Status;
  readonly runs: readonly RunRow[];
}

/** Opens a database for runs of this version of the library. */
export async function openStore(
  place?: string,
  { create, leaseSeconds }: { create?: boolean; leaseSeconds?: number | undefined } = {},
): Promise<Store> {
  const database = await openDatabase(place, create === undefined ? {} : { create });
  try {
    return await Store.open(database, engineIdentity(), leaseSeconds === undefined ? {} : { leaseSeconds });
  } catch (error) {
    await database.close();
    throw error;
  }
}

/**
 * Does every run of a plan that nobody has done, and returns what all of them came to. A run is done once, however often
 * and by however many it is asked for; what is stopped goes on where it stood.
 *
 * @throws PlanError for a plan that cannot be run; DatabaseError; ConflictError when the same run came out twice with
 * different weights
 * @example
 * const { runs } = await sweep({ model: "lstm", task: "copy", grid: { hidden: [32, 64] }, seeds: [1, 2, 3] });
 */
export async function sweep(plan: SweepPlan, options: SweepOptions = {}): Promise<SweepOutcome> {
  const { name = "sweep", folder = ".", database, leaseSeconds, again = false, onPlanned } = options;
  // A plan that cannot be run makes no database.
  const planned = planSweep(plan, { name, folder }, engineIdentity());
  const store = await openStore(database, { leaseSeconds });
  try {
    const counted = await writePlan(store, { ...planned, again });
    onPlanned?.(counted, planned.name);
    await decideAll(store);
    await workOff(store, options, async () => {
      const { running, waiting } = await readStatus(store, planned.name);
      return running + waiting === 0;
    });
    return { counted, status: await readStatus(store, planned.name), runs: await readResults(store, planned.name) };
  } finally {
    await store.close();
  }
}

/** Works at what waits in a database, until `isOver` or a signal. */
export async function workOff(
  store: Store,
  { workers = availableParallelism(), sliceSeconds, signal, onEvent }: SweepOptions,
  isOver?: () => Promise<boolean>,
): Promise<void> {
  if (workers === 0 || signal?.aborted) return;
  const pool = new Pool({
    store,
    workers,
    script: workerScript(),
    afterEnd: () => decideAll(store),
    ...(sliceSeconds !== undefined && { sliceSeconds }),
    ...(isOver && { isOver }),
    ...(onEvent && { onEvent }),
  });
  const stop = (): void => pool.stop();
  signal?.addEventListener("abort", stop);
  try {
    await pool.run();
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}
