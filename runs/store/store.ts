import { hashOf } from "../canonical.js";
import type { Database, Row } from "../database/database.js";
import type { CurvePoint, Kept, RunResult, Setting, Spec } from "../run.js";
import { GOING_ON, Queue, type Job } from "./queue.js";
import { prepare } from "./schema.js";

/** The version of the library whose runs these are: its bits are its own. */
export interface EngineIdentity {
  readonly version: string;
  /** SHA-256 of the binary. */
  readonly binary: string;
}

/** A slice of a run, and what it begins with. */
export interface Claimed {
  readonly job: Job;
  readonly run: string;
  readonly seed: number;
  readonly tries: number;
  readonly record: Setting["record"];
  readonly spec: Spec;
  readonly kept?: Kept | undefined;
  /** The step at which the run waits for a decision. */
  readonly goal?: number | undefined;
}

/** Runs and all that is known of them. What is written may be written twice: the second time changes nothing. */
export class Store {
  readonly database: Database;
  readonly queue: Queue;
  readonly engine: EngineIdentity;

  private constructor(database: Database, queue: Queue, engine: EngineIdentity) {
    this.database = database;
    this.queue = queue;
    this.engine = engine;
  }

  /** @throws DatabaseError when the tables are of another version */
  static async open(database: Database, engine: EngineIdentity, lease: { leaseSeconds?: number } = {}): Promise<Store> {
    await prepare(database);
    return new Store(database, await Queue.open(database, hashOf({ ...engine }), lease), engine);
  }

  /** Slices that nobody works at, of this version of the library; those of runs that have ended are ended, too. */
  async claim(count: number): Promise<Claimed[]> {
    for (;;) {
      const jobs = await this.queue.claim(count);
      if (!jobs.length) return [];
      const rows = await this.database.query(CLAIMED, [jobs.map(({ run }) => run)]);
      const byRun = new Map(rows.map((row) => [row["hash"] as string, row]));
      const claimed: Claimed[] = [];
      const over: Job[] = [];
      for (const job of jobs) {
        const row = byRun.get(job.run);
        const isStale = job.tries < Number(row?.["tries"]); // its run has been asked for anew
        if (!row || isStale || row["is_over"] || (row["is_done"] && !job.isCheck)) over.push(job);
        else claimed.push(claimedOf(job, row));
      }
      if (over.length) await this.#endAll(over);
      if (claimed.length) return claimed; // else behind thousands that were cancelled others may wait
    }
  }

  /** Ends slices of runs that have ended, but for those that somebody asks for meanwhile, who found them at work. */
  async #endAll(jobs: readonly Job[]): Promise<void> {
    const ended = (await Promise.all(jobs.map((job) => this.queue.end(job)))).flat();
    await this.database.transaction([...ended, this.queue.reopen(jobs, WANTED)]);
  }

  /** A run goes on later, from here: at its goal when that has been raised, else as soon as a worker is free. */
  async pause({ job, run, tries, kept }: Claimed, { step, checkpoint, curve, seconds }: Kept): Promise<void> {
    if (step === (kept?.step ?? 0)) return this.queue.giveBack(job); // the next slice is this one
    if (!(await this.queue.holds(job))) return; // somebody else goes on from where this slice began
    await this.database.transaction([
      { text: KEEP, values: [run, step, checkpoint, JSON.stringify(curve), seconds] },
      ...(await this.queue.end(job)),
      ...(await this.queue.ask([{ run, step, tries, priority: GOING_ON, isCheck: job.isCheck }])),
    ]);
  }

  /** A run has ended. Another result of the same run with other weights is kept, too, as a conflict. */
  async finish({ job, run }: Claimed, result: RunResult, host: string): Promise<void> {
    const { weights, step, measured, curve, seconds, model } = result;
    const values = [run, weights, step, JSON.stringify(measured), JSON.stringify(curve), seconds, host, model ?? null];
    await this.database.transaction([
      { text: FINISH, values },
      { text: CONFLICT, values: [run, weights, host] },
      { text: "delete from tapehead.checkpoints where run = $1", values: [run] },
      ...(await this.queue.end(job)),
    ]);
  }

  /** A run threw, as it would again. */
  async fail({ job, run }: Claimed, message: string, host: string): Promise<void> {
    await this.database.transaction([
      {
        text: FAIL,
        values: [run, message, host],
      },
      ...(await this.queue.end(job)),
    ]);
  }

  /** Says that a worker is there, once in a while. */
  async greet(id: string, host: string, processes: number): Promise<void> {
    await this.database.query(GREET, [id, host, processes, this.queue.name]);
  }

  async leave(id: string): Promise<void> {
    await this.database.query("delete from tapehead.workers where id = $1", [id]);
  }

  async readData(hash: string): Promise<Uint8Array | undefined> {
    const [row] = await this.database.query("select bytes from tapehead.data where hash = $1", [hash]);
    return row && new Uint8Array(row["bytes"] as Uint8Array);
  }

  async close(): Promise<void> {
    await this.queue.close();
    await this.database.close();
  }
}

/** Whether a run, r, is not to go on. */
const IS_OVER = `
  r.cancelled
    or exists (select from tapehead.failures where run = r.hash)
    or not exists (select from tapehead.members where run = r.hash)
    or exists (select from tapehead.checkpoints where run = r.hash and step >= r.goal)`;

/** Whether it is done. */
const IS_DONE = "exists (select from tapehead.results where run = r.hash)";

const CLAIMED = `
select r.hash, r.seed, r.tries, r.goal, s.record, s.spec, c.step, c.bytes, c.curve, c.seconds,
  ${IS_DONE} as is_done,
  (${IS_OVER}) as is_over
from tapehead.runs r
join tapehead.settings s on s.hash = r.setting
left join tapehead.checkpoints c on c.run = r.hash
where r.hash = any ($1)`;

/** Runs whose slices are to go on, and whether a slice that compares weights is. */
const WANTED = `
select r.hash as run, r.tries, ${IS_DONE} as is_done from tapehead.runs r where not (${IS_OVER})`;

interface ClaimedRow {
  readonly hash: string;
  readonly seed: string | number;
  readonly tries: number;
  readonly goal: number | null;
  readonly record: Setting["record"];
  readonly spec: Spec;
  readonly step: number | null;
  readonly bytes: Uint8Array;
  readonly curve: readonly CurvePoint[];
  readonly seconds: number;
}

function claimedOf(job: Job, row: Row): Claimed {
  const { hash, seed, tries, goal, record, spec, step, bytes, curve, seconds } = row as unknown as ClaimedRow;
  const kept = step === null ? undefined : { step, checkpoint: new Uint8Array(bytes), curve, seconds };
  return { job, run: hash, seed: Number(seed), tries, record, spec, kept, goal: goal ?? undefined };
}

/** One that stands further stays: a worker that was thought lost may come back late. */
const KEEP = `
insert into tapehead.checkpoints as c (run, step, bytes, curve, seconds) values ($1, $2, $3, $4, $5)
on conflict (run) do update
set step = excluded.step, bytes = excluded.bytes, curve = excluded.curve, seconds = excluded.seconds, saved_at = now()
where c.step < excluded.step`;

const FINISH = `
insert into tapehead.results (run, weights, step, measured, curve, seconds, host, model)
values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`;

/** A run with a result has not failed. */
const FAIL = `
insert into tapehead.failures (run, message, host)
select $1, $2::text, $3::text where not exists (select from tapehead.results where run = $1)
on conflict do nothing`;

const CONFLICT = `
insert into tapehead.conflicts (run, weights, host)
select run, $2::text, $3::text from tapehead.results where run = $1 and weights <> $2`;

const GREET = `
insert into tapehead.workers (id, host, processes, queue) values ($1, $2, $3, $4)
on conflict (id) do update set processes = excluded.processes, seen_at = now()`;
