/**
 * Runs by the thousand, in Node: every setting of a plan with every seed, each done once, on as many machines as there are.
 *
 * It needs the packages pg-boss, pg and, for a database in a folder, @electric-sql/pglite.
 */
export { sweep, type SweepOptions, type SweepOutcome } from "./sweeping/sweep.js";
export { ConflictError, DatabaseError, PlanError } from "../runs/errors.js";
export type { Json } from "../runs/canonical.js";
export type { CurvePoint } from "../runs/run.js";
export type { Halving, Measuring, Options, Sample, SweepPlan } from "../runs/sweep/plan.js";
export type { Counted } from "../runs/store/planning.js";
export type { RunRow } from "../runs/store/results.js";
export type { SettingStatus, Status, WorkerStatus } from "../runs/store/status.js";
export type { PoolEvent } from "../runs/work/pool.js";
