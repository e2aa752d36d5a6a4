import type PgBoss from "pg-boss";
import { sha256 } from "../canonical.js";
import type { Database, Statement } from "../database/database.js";
import { peer } from "../database/peers.js";
import { DatabaseError } from "../errors.js";
import { ONE_BY_ONE } from "./schema.js";

/** Schema of pg-boss's own tables, apart from those of another program that uses it, too. */
const SCHEMA = "tapehead_queue";
/** Seconds without a sign of life after which a slice's worker counts as lost. */
const LEASE = 45;
/** Minutes for which a run may wait: thirty years, since pg-boss counts them as seconds in 32 bits. */
const RETENTION = 30 * 365 * 24 * 60;
/** Times that the same slice may lose its worker, which is nobody's fault but the slice's after so many. */
export const MOST_LOST = 10;

/** The next slice of a run. */
export interface Job {
  /** Of the job: the same for the same slice, whoever asks for it. */
  readonly id: string;
  readonly run: string;
  /** How often its run had been asked for anew when it was. */
  readonly tries: number;
  /** Workers that were lost with it. */
  readonly lost: number;
  /** The run is done, and done once more to compare its weights. */
  readonly isCheck: boolean;
}

/** A slice that is to be done. */
export interface Asked {
  readonly run: string;
  /** Where the slice begins. */
  readonly step: number;
  /** How often the run was asked for anew, after it had failed or been cancelled. */
  readonly tries: number;
  /** What is done first: 0 and below for what has not begun, by its place in the plan. */
  readonly priority: number;
  readonly isCheck?: boolean;
}

/** Before everything that has not begun, so that what has is finished. */
export const GOING_ON = 1;

/** Slices that wait for a worker of one version of the library, in pg-boss. */
export class Queue {
  readonly #database: Database;
  readonly #boss: PgBoss;
  readonly name: string;
  readonly leaseSeconds: number;

  private constructor(database: Database, boss: PgBoss, name: string, leaseSeconds: number) {
    this.#database = database;
    this.#boss = boss;
    this.name = name;
    this.leaseSeconds = leaseSeconds;
  }

  /** The queue for runs of `engine`, made if it is not there. @throws RangeError for a lease that is none */
  static async open(database: Database, engine: string, { leaseSeconds = LEASE } = {}): Promise<Queue> {
    if (!Number.isInteger(leaseSeconds) || leaseSeconds < 1) {
      throw new RangeError(`The lease is ${leaseSeconds} seconds, and must be a whole number from 1 up`);
    }
    const { default: Boss } = await peer("pg-boss", () => import("pg-boss"));
    const db = {
      executeSql: async (text: string, values?: unknown[]) => ({ rows: [...(await database.query(text, values))] }),
    };
    const boss = new Boss({ db, schema: SCHEMA, supervise: false, schedule: false });
    boss.on("error", () => undefined); // who asks for something is told
    await boss.start();
    const name = `runs-${engine.slice(0, 16)}`;
    await boss.createQueue(name, {
      name,
      policy: "standard",
      retryLimit: 1_000_000,
      expireInSeconds: LEASE,
      retentionMinutes: RETENTION,
    });
    // Without it a claim sorts all that wait. The name is the one that pg-boss gives the queue's table.
    const [row] = await database.query(
      `select partition_name, to_regclass('${SCHEMA}.' || partition_name || '_next') as next
       from ${SCHEMA}.queue where name = $1`,
      [name],
    );
    const table = String(row!["partition_name"]);
    if (!/^j[0-9a-f]+$/.test(table)) throw new DatabaseError(`The queue's table has the name ${table}`);
    const index = `${table}_next on ${SCHEMA}.${table} (priority desc, created_on, id) where state < 'active'`;
    if (!row!["next"]) await database.transaction([ONE_BY_ONE, { text: `create index if not exists ${index}` }]);
    return new Queue(database, boss, name, leaseSeconds);
  }

  /** Takes slices that nobody works at, for `leaseSeconds`, which `renew` begins anew. */
  async claim(count: number): Promise<Job[]> {
    let failure: unknown;
    const db: PgBoss.Db = {
      executeSql: async (text, values) => {
        try {
          return { rows: [...(await this.#database.query(text, values))] };
        } catch (error) {
          failure = error; // pg-boss says nothing of it
          throw error;
        }
      },
    };
    const jobs = await this.#boss.fetch<{ run: string; tries: number; isCheck?: boolean }>(this.name, {
      batchSize: count,
      includeMetadata: true,
      ignoreStartAfter: true, // all may start at once; by a clock of milliseconds, not in the one they were asked in
      db,
    });
    if (failure) throw failure;
    const taken = jobs.map(({ id, data: { run, tries, isCheck = false }, retryCount }) => ({
      id,
      run,
      tries,
      lost: retryCount,
      isCheck,
    }));
    // Who asked for a slice may have said another lease than who takes it.
    if (jobs.some(({ expireInSeconds }) => Number(expireInSeconds) !== this.leaseSeconds)) await this.renew(taken);
    return taken;
  }

  /** A sign of life of who works at slices. One that has been given to somebody else meanwhile stays theirs. */
  async renew(jobs: readonly Job[]): Promise<void> {
    if (!jobs.length) return;
    await this.#database.query(
      `update ${SCHEMA}.job set started_on = now(), expire_in = $4 * interval '1 second'
       where name = $1 and state = 'active'
         and (id, retry_count) in (select * from unnest($2::uuid[], $3::integer[]))`,
      [this.name, jobs.map(({ id }) => id), jobs.map(({ lost }) => lost), this.leaseSeconds],
    );
  }

  /** Whether a slice is still this worker's: one that was thought lost may come back late. */
  async holds({ id, lost }: Job): Promise<boolean> {
    const rows = await this.#database.query(
      `select from ${SCHEMA}.job where name = $1 and id = $2 and state = 'active' and retry_count = $3`,
      [this.name, id, lost],
    );
    return rows.length > 0;
  }

  /**
   * Statements that ask for slices; they do nothing for one that has been asked for already, and for a run that stands at
   * its goal. They read where it stands, so that a goal that is raised meanwhile counts.
   */
  async ask(slices: readonly Asked[]): Promise<Statement[]> {
    const jobs = slices.map(({ run, step, tries, priority, isCheck = false }) => {
      return {
        id: idOf(run, step, tries),
        name: this.name,
        data: { run, tries, ...(isCheck && { isCheck }) },
        priority,
        expireInSeconds: this.leaseSeconds,
      };
    });
    return [
      { text: LOCK_RUNS, values: [jobs.map(({ data }) => data.run)] },
      ...(await this.#collect((db) => this.#boss.insert(jobs, { db }))),
      { text: TAKE_BACK, values: [this.name, jobs.map(({ id }) => id)] },
    ];
  }

  /** Statements that end a slice. */
  end({ id }: Pick<Job, "id">): Promise<Statement[]> {
    return this.#collect((db) => this.#boss.complete(this.name, id, {}, { db }));
  }

  /**
   * A statement that has slices that were ended wait again, if their runs are `wanted`: a query of `run`, `tries` and
   * `is_done`, of which only a check goes on.
   */
  reopen(jobs: readonly Job[], wanted: string): Statement {
    return {
      text: `
update ${SCHEMA}.job j set state = 'created', started_on = null, completed_on = null
from (${wanted}) as w
where j.name = $1 and j.id = any ($2::uuid[]) and j.state = 'completed' and w.run = j.data ->> 'run'
  and (j.data ->> 'tries')::integer >= w.tries
  and (not w.is_done or coalesce((j.data ->> 'isCheck')::boolean, false))`,
      values: [this.name, jobs.map(({ id }) => id)],
    };
  }

  /** Gives a slice back, whose worker is lost. */
  async giveBack(job: Job): Promise<void> {
    if (await this.holds(job)) await this.#boss.fail(this.name, job.id);
  }

  /** Gives back the slices whose workers have said nothing for their lease, by the database's clock. */
  async expire(): Promise<void> {
    await this.#boss.maintain();
  }

  /** Runs with a slice that waits or is worked at. */
  async live(): Promise<string[]> {
    const rows = await this.#database.query(
      `select data ->> 'run' as run from ${SCHEMA}.job where name = $1 and state <= 'active'`,
      [this.name],
    );
    return rows.map(({ run }) => run as string);
  }

  /** Runs that somebody works at. */
  async active(): Promise<string[]> {
    const rows = await this.#database.query(
      `select data ->> 'run' as run from ${SCHEMA}.job where name = $1 and state = 'active'`,
      [this.name],
    );
    return rows.map(({ run }) => run as string);
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false, wait: false });
  }

  /** What pg-boss would do, to be done in a transaction with something else. */
  async #collect(call: (db: PgBoss.Db) => Promise<unknown>): Promise<Statement[]> {
    const statements: Statement[] = [];
    await call({
      async executeSql(text, values) {
        statements.push({ text, values });
        return { rows: [{ count: 0 }] }; // what it counts is known once it is done
      },
    });
    return statements;
  }
}

/** A UUID by what it stands for, so that asking twice is asking once. */
function idOf(...parts: readonly (string | number)[]): string {
  const hex = sha256(parts.join("/"));
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

/** Whoever raises a goal waits, or is waited for: one of the two sees what the other has done. */
const LOCK_RUNS = "select from tapehead.runs where hash = any ($1) order by hash for no key update";

/** No trace is left, so that the same slice can be asked for once its run goes on. */
const TAKE_BACK = `
delete from ${SCHEMA}.job j using tapehead.runs r, tapehead.checkpoints c
where j.name = $1 and j.id = any ($2::uuid[]) and j.state = 'created'
  and r.hash = j.data ->> 'run' and c.run = r.hash and c.step >= r.goal`;
