import type { Json } from "../canonical.js";
import type { CurvePoint, RunResult } from "../run.js";
import type { Store } from "./store.js";

/** What a run came to, or why it did not. */
export interface RunRow {
  readonly run: string;
  readonly setting: string;
  readonly seed: number;
  readonly state: "done" | "failed" | "cancelled" | "stopped" | "open";
  readonly step: number;
  readonly measured: { readonly [name: string]: Json | undefined };
  readonly curve: readonly CurvePoint[];
  /** SHA-256 of the trained parameters. */
  readonly weights?: string;
  readonly seconds?: number;
  readonly host?: string;
  readonly message?: string;
  /** Seconds since 1970 by the database's clock, when the run was done. */
  readonly doneAt?: number;
  /** Options that all seeds of the setting share, as the worker was told them. */
  readonly options: Readonly<Record<string, Json>>;
}

/** All runs of a sweep, setting by setting in the order of the plan. */
export async function readResults(store: Pick<Store, "database">, sweep: string): Promise<RunRow[]> {
  const rows = await store.database.query(RESULTS, [sweep]);
  return rows.map((row) => ({
    run: row["hash"] as string,
    setting: row["label"] as string,
    seed: Number(row["seed"]),
    state: row["state"] as RunRow["state"],
    step: Number(row["step"]),
    measured: (row["measured"] ?? {}) as RunRow["measured"],
    curve: (row["curve"] ?? []) as CurvePoint[],
    ...(row["weights"] !== null && {
      weights: row["weights"] as string,
      seconds: Number(row["seconds"]),
      host: row["host"] as string,
      doneAt: Number(row["done_at"]),
    }),
    options: (row["flags"] ?? {}) as RunRow["options"],
    ...(row["message"] !== null && { message: row["message"] as string, host: row["failed_host"] as string }),
  }));
}

/** A run that is done. */
export interface Done extends Pick<RunResult, "weights" | "step" | "curve" | "seconds" | "measured"> {
  readonly host: string;
}

/** What one run came to, if it is done. */
export async function readResult(store: Pick<Store, "database">, run: string): Promise<Done | undefined> {
  const [row] = await store.database.query(
    "select weights, step, curve, seconds, measured, host from tapehead.results where run = $1",
    [run],
  );
  return row as unknown as Done | undefined;
}

/** The trained model of a run, if its plan kept it. */
export async function readTrained(store: Pick<Store, "database">, run: string): Promise<Uint8Array | undefined> {
  const [row] = await store.database.query("select model from tapehead.results where run = $1", [run]);
  return row?.["model"] ? new Uint8Array(row["model"] as Uint8Array) : undefined;
}

const RESULTS = `
select r.hash, s.label, r.seed, res.measured, coalesce(res.curve, c.curve) as curve, res.weights, res.seconds, res.host,
  extract(epoch from res.done_at) as done_at, settings.spec -> 'flags' as flags,
  coalesce(res.step, c.step, 0) as step, f.message, f.host as failed_host,
  case
    when res.run is not null then 'done'
    when f.run is not null then 'failed'
    when r.cancelled then 'cancelled'
    when r.goal is not null and coalesce(c.step, 0) >= r.goal then 'stopped'
    else 'open'
  end as state
from tapehead.members m
join tapehead.runs r on r.hash = m.run
join tapehead.settings on settings.hash = r.setting
join tapehead.sweep_settings s on s.sweep = m.sweep and s.setting = r.setting
left join tapehead.results res on res.run = r.hash
left join tapehead.failures f on f.run = r.hash
left join tapehead.checkpoints c on c.run = r.hash
where m.sweep = $1
order by s.place, r.seed`;
