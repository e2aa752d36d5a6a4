import type { Json } from "../canonical.js";
import { DatabaseError } from "../errors.js";
import type { Store } from "./store.js";

/** How far a sweep is. */
export interface Status {
  readonly name: string;
  readonly total: number;
  readonly done: number;
  /** At work. */
  readonly running: number;
  /** For a worker. */
  readonly waiting: number;
  /** Stopped early, since other settings were better, or waiting for that decision. */
  readonly stopped: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Of this version of the library or of others, which only they can do. */
  readonly foreign: number;
  /** Runs done an hour, over the latest hour; 0 where there was none. */
  readonly runsPerHour: number;
  /** Seconds until all is done at this pace; absent where there is none. */
  readonly secondsLeft?: number;
  readonly workers: readonly WorkerStatus[];
  readonly settings: readonly SettingStatus[];
}

/** Processes that train on a host, as far as they have said so lately. */
export interface WorkerStatus {
  readonly host: string;
  readonly processes: number;
  /** Seconds ago, by the database's clock. */
  readonly seen: number;
}

/** What the seeds of a setting came to. */
export interface SettingStatus {
  readonly label: string;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  /** Of the metric over the runs that are done: least, median, greatest. */
  readonly range?: { readonly least: number; readonly median: number; readonly greatest: number };
}

/** Seconds after which a worker that says nothing is not listed. */
const GONE = 60;

export async function readStatus(store: Store, sweep: string): Promise<Status> {
  const { database, queue } = store;
  const { metric } = await readSweep(store, sweep);
  const [counts] = await database.query(COUNTS, [sweep, queue.name]);
  const settings = await database.query(SETTINGS, [sweep, metric]);
  const workers = await database.query(WORKERS, [GONE]);
  const of = (name: string): number => Number(counts![name]);
  const [total, done, failed, cancelled] = [of("total"), of("done"), of("failed"), of("cancelled")];
  const running = of("running");
  const stopped = of("stopped");
  const foreign = of("foreign");
  const waiting = Math.max(0, total - done - failed - cancelled - running - stopped - foreign);
  const runsPerHour = of("hours") > 0 ? of("recent") / of("hours") : 0;
  const left = running + waiting;
  return {
    name: sweep,
    total,
    done,
    running,
    waiting,
    stopped,
    failed,
    cancelled,
    foreign,
    runsPerHour,
    ...(runsPerHour > 0 && { secondsLeft: (left / runsPerHour) * 3600 }),
    workers: workers.map(({ host, processes, seen }) => ({
      host: host as string,
      processes: Number(processes),
      seen: Number(seen),
    })),
    settings: settings.map(({ label, total, done, failed, range }) => {
      const [least, median, greatest] = (range ?? []) as number[];
      return {
        label: label as string,
        total: Number(total),
        done: Number(done),
        failed: Number(failed),
        ...(least !== undefined && { range: { least, median: median!, greatest: greatest! } }),
      };
    }),
  };
}

/** What settings of a sweep are compared by. */
export interface Compared {
  readonly metric: string;
  readonly better: "lower" | "higher";
  readonly plan: Json;
}

/** @throws DatabaseError when there is no such sweep */
export async function readSweep(store: Pick<Store, "database">, sweep: string): Promise<Compared> {
  const [row] = await store.database.query("select metric, better, plan from tapehead.sweeps where name = $1", [sweep]);
  if (row) return row as unknown as Compared;
  const names = await sweepNames(store);
  const there = names.length ? `there ${names.length === 1 ? "is" : "are"} ${names.join(", ")}` : "there is none yet";
  throw new DatabaseError(`${store.database.place} has no sweep "${sweep}": ${there}`);
}

/** Names of sweeps, the latest first. */
export async function sweepNames(store: Pick<Store, "database">): Promise<string[]> {
  const rows = await store.database.query("select name from tapehead.sweeps order by planned_at desc, name");
  return rows.map(({ name }) => name as string);
}

/** Each run is one of these; where two hold, the first. One that is done once more, to compare its weights, is not done. */
const COUNTS = `
with live as (
  select data ->> 'run' as run, bool_or(state = 'active') as is_active,
    coalesce(bool_or((data ->> 'isCheck')::boolean), false) as is_check
  from tapehead_queue.job where name = $2 and state <= 'active' group by 1
), each_run as (
  select
    case
      when res.run is not null and not coalesce(l.is_check, false) then 'done'
      when f.run is not null then 'failed'
      when r.cancelled then 'cancelled'
      when r.queue <> $2 then 'foreign'
      when l.is_active then 'running'
      when l.run is null and r.goal is not null and coalesce(c.step, 0) >= r.goal then 'stopped'
      else 'waiting'
    end as state,
    res.done_at
  from tapehead.members m
  join tapehead.runs r on r.hash = m.run
  left join tapehead.results res on res.run = r.hash
  left join tapehead.failures f on f.run = r.hash
  left join tapehead.checkpoints c on c.run = r.hash
  left join live l on l.run = r.hash
  where m.sweep = $1
)
select
  count(*) as total,
  count(*) filter (where state = 'done') as done,
  count(*) filter (where state = 'failed') as failed,
  count(*) filter (where state = 'cancelled') as cancelled,
  count(*) filter (where state = 'foreign') as foreign,
  count(*) filter (where state = 'running') as running,
  count(*) filter (where state = 'stopped') as stopped,
  count(*) filter (where done_at > now() - interval '1 hour') as recent,
  extract(epoch from now() - greatest(now() - interval '1 hour',
    (select planned_at from tapehead.sweeps where name = $1))) / 3600 as hours
from each_run`;

const SETTINGS = `
select s.label, count(*) as total, count(res.run) as done, count(f.run) as failed,
  array_to_json(percentile_cont(array[0, 0.5, 1]) within group (order by (res.measured ->> $2)::double precision)) as range
from tapehead.sweep_settings s
join tapehead.members m on m.sweep = s.sweep
join tapehead.runs r on r.hash = m.run and r.setting = s.setting
left join tapehead.results res on res.run = r.hash
left join tapehead.failures f on f.run = r.hash
where s.sweep = $1
group by s.place, s.label order by s.place`;

const WORKERS = `
select host, sum(processes) as processes, extract(epoch from now() - max(seen_at)) as seen
from tapehead.workers where seen_at > now() - $1 * interval '1 second' group by host order by host`;
