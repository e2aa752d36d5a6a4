import { DatabaseError } from "../errors.js";
import type { Setting } from "../run.js";
import { runsLike } from "./changes.js";
import { readResults, type RunRow } from "./results.js";
import type { Store } from "./store.js";

/** All that is known of a run. */
export interface Explained extends RunRow {
  /** What decides its bits. */
  readonly record: Setting["record"];
  readonly spec: Setting["spec"];
  /** Sweeps that asked for it. */
  readonly sweeps: readonly string[];
  /** Other weights that the same run came out with, which must not be. */
  readonly conflicts: readonly { readonly weights: string; readonly host: string }[];
  /** Decisions over its setting: at which step, and whether it went on. */
  readonly decisions: readonly { readonly step: number; readonly promoted: boolean; readonly value: number | null }[];
}

/** @throws DatabaseError when no run's hash begins so, or several do */
export async function explain(store: Store, prefix: string): Promise<Explained> {
  const { database } = store;
  const [run, other] = await runsLike(store, prefix);
  if (run === undefined) throw new DatabaseError(`${database.place} has no run whose hash begins with "${prefix}"`);
  if (other !== undefined) throw new DatabaseError(`Several runs' hashes begin with "${prefix}": give more digits`);
  const [setting] = await database.query(
    "select r.setting, s.record, s.spec from tapehead.runs r join tapehead.settings s on s.hash = r.setting where r.hash = $1",
    [run],
  );
  const sweeps = (await database.query("select sweep from tapehead.members where run = $1 order by sweep", [run])).map(
    ({ sweep }) => sweep as string,
  );
  if (!sweeps.length) throw new DatabaseError(`The run ${run} is in no sweep any more`);
  const row = (await readResults(store, sweeps[0]!)).find((each) => each.run === run)!;
  const conflicts = await database.query("select weights, host from tapehead.conflicts where run = $1", [run]);
  const decisions = await database.query(
    "select step, promoted, value from tapehead.decisions where sweep = any ($1) and setting = $2 order by step",
    [sweeps, setting!["setting"]],
  );
  return {
    ...row,
    record: setting!["record"] as Setting["record"],
    spec: setting!["spec"] as Setting["spec"],
    sweeps,
    conflicts: conflicts as unknown as Explained["conflicts"],
    decisions: decisions as unknown as Explained["decisions"],
  };
}
