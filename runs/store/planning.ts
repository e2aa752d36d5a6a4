import { canonical, hashOf, type Json } from "../canonical.js";
import type { Statement } from "../database/database.js";
import { PlanError } from "../errors.js";
import type { Setting } from "../run.js";
import type { Rungs } from "./decisions.js";
import type { Asked } from "./queue.js";
import type { Store } from "./store.js";

/** A setting in the words of its plan. */
export interface PlannedSetting extends Setting {
  /** What it has that others of the plan have not, such as "hidden 64". */
  readonly label: string;
  readonly seeds: readonly number[];
}

/** Runs to be done: every setting with each of its seeds. */
export interface Planned {
  readonly name: string;
  readonly plan: Json;
  readonly settings: readonly PlannedSetting[];
  /** Does runs that are done once more, from their beginning, and compares their weights. Default: false. */
  readonly again?: boolean;
  /** What settings are compared by, and which way it is better. */
  readonly metric: string;
  readonly better: "lower" | "higher";
  /** Steps at which runs wait for a decision on which settings go on. */
  readonly rungs?: Rungs | undefined;
  /** Files that runs are trained on, by the SHA-256 of their bytes. */
  readonly data?: ReadonlyMap<string, Uint8Array>;
}

/** What there was of the runs before they were planned. */
export interface Counted {
  readonly total: number;
  /** Runs that nobody had asked for before. */
  readonly fresh: number;
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
}

/** Rows of a statement: a text of 5,000 rows is a few hundred kilobytes. */
const CHUNK = 5000;

/** New runs after which the database looks anew at how large its tables are. */
const MANY = 1000;

/** Identity of a run: that of its setting with the seed. */
export const runHash = (setting: string, seed: number): string => hashOf({ setting, seed });

export const settingHash = ({ record }: Pick<Setting, "record">): string => hashOf(record);

/**
 * Writes down a sweep and asks for those of its runs that nobody has done. A sweep of the same name is replaced; what its
 * runs came to stays.
 */
export async function writePlan(store: Store, planned: Planned): Promise<Counted> {
  const { name, plan, metric, better, rungs, again: isAgain = false, data = new Map<string, Uint8Array>() } = planned;
  const firstGoal = rungs?.steps[0];
  const settings = planned.settings.map((setting) => ({ ...setting, hash: settingHash(setting) }));
  expectDifferent(settings);
  // Every setting's first seed comes first, so that all of them are seen early.
  const most = Math.max(...settings.map(({ seeds }) => seeds.length));
  const runs = Array.from({ length: most }, (_, i) =>
    settings
      .filter(({ seeds }) => i < seeds.length)
      .map(({ hash, seeds }) => ({ hash: runHash(hash, seeds[i]!), setting: hash, seed: seeds[i]! })),
  ).flat();
  const there = await known(
    store,
    runs.map(({ hash }) => hash),
  );
  const openOf = (hash: string, i: number, run: Known | undefined): Asked[] => {
    if (!run) return [{ run: hash, step: 0, tries: 0, priority: -i }];
    const { step, tries, isLive, isDone, isFailed, isCancelled } = run;
    const isWaiting = firstGoal !== undefined && run.goal !== undefined && step >= run.goal;
    if (isDone && isAgain && !isLive) return [{ run: hash, step: 0, tries: tries + 1, priority: -i, isCheck: true }];
    if (isLive || isDone || isFailed || isCancelled || isWaiting) return [];
    return [{ run: hash, step, tries: tries + 1, priority: -i }];
  };
  const asked = runs.flatMap(({ hash }, i) => openOf(hash, i, there.get(hash)));
  const statements: Statement[] = [
    ...(await forgetDecisions(store, name, runs, rungs)),
    {
      text: SWEEP,
      values: [name, JSON.stringify(plan), metric, better, rungs ? JSON.stringify(rungs) : null],
    },
    { text: "delete from tapehead.members where sweep = $1", values: [name] },
    { text: "delete from tapehead.sweep_settings where sweep = $1", values: [name] },
    ...[...data].map(([hash, bytes]) => ({
      text: "insert into tapehead.data (hash, bytes) values ($1, $2) on conflict do nothing",
      values: [hash, bytes],
    })),
    ...chunks(settings).map((some) => ({
      text: SETTINGS,
      values: [JSON.stringify(some.map(({ hash, record, spec }) => ({ hash, record, spec })))],
    })),
    ...chunks(settings.map(({ hash, label }, place) => ({ setting: hash, place, label }))).map((some) => ({
      text: SWEEP_SETTINGS,
      values: [name, JSON.stringify(some)],
    })),
    ...chunks(runs).flatMap((some) => [
      { text: RUNS, values: [JSON.stringify(some), store.queue.name, firstGoal ?? null] },
      { text: MEMBERS, values: [name, JSON.stringify(some)] },
    ]),
  ];
  for (const some of chunks(asked)) statements.push(...(await askFor(store, some)));
  await store.database.transaction(statements);
  await askForStopped(store, runs, there, openOf);
  if (runs.length - there.size >= MANY) await store.database.query(ANALYZE);
  const count = (is: (run: Known) => boolean): number => [...there.values()].filter(is).length;
  return {
    total: runs.length,
    fresh: runs.length - there.size,
    done: count(({ isDone }) => isDone),
    failed: count(({ isFailed }) => isFailed),
    cancelled: count(({ isCancelled }) => isCancelled),
  };
}

/** Decisions are those of a plan: of more settings or seeds, or at other steps, they are made anew. */
async function forgetDecisions(
  { database }: Store,
  sweep: string,
  runs: readonly { readonly hash: string }[],
  rungs: Rungs | undefined,
): Promise<Statement[]> {
  const [before] = await database.query("select rungs from tapehead.sweeps where name = $1", [sweep]);
  if (!before?.["rungs"]) return [];
  const members = await database.query("select run from tapehead.members where sweep = $1", [sweep]);
  const are = new Set(members.map(({ run }) => run as string));
  const isSame = are.size === runs.length && runs.every(({ hash }) => are.has(hash));
  if (isSame && rungs && canonical({ ...rungs }) === canonical(before["rungs"] as Json)) return [];
  return [{ text: "delete from tapehead.decisions where sweep = $1", values: [sweep] }];
}

/** Asks for runs that somebody was at when the plan was read, and stopped at a goal before the plan had raised it. */
async function askForStopped(
  store: Store,
  runs: readonly { readonly hash: string }[],
  before: ReadonlyMap<string, Known>,
  openOf: (hash: string, i: number, run: Known | undefined) => Asked[],
): Promise<void> {
  const live = runs.flatMap(({ hash }) => (before.get(hash)?.isLive ? [hash] : []));
  if (!live.length) return;
  const now = await known(store, live);
  const asked = runs.flatMap(({ hash }, i) => (now.has(hash) ? openOf(hash, i, now.get(hash)) : []));
  for (const some of chunks(asked)) await store.database.transaction(await askFor(store, some));
}

/** Slices, and how often their runs have been asked for with them. */
const askFor = async (store: Store, asked: readonly Asked[]): Promise<Statement[]> => [
  { text: TRIED, values: [JSON.stringify(asked.map(({ run, tries }) => ({ run, tries })))] },
  ...(await store.queue.ask(asked)),
];

function expectDifferent(settings: readonly { readonly hash: string; readonly label: string }[]): void {
  const labels = new Map<string, string>();
  for (const { hash, label } of settings) {
    const other = labels.get(hash);
    if (other !== undefined)
      throw new PlanError(`The settings "${other}" and "${label}" of the plan are the same runs`);
    labels.set(hash, label);
  }
}

/** What the database has of a run. */
interface Known {
  readonly tries: number;
  readonly step: number;
  readonly goal: number | undefined;
  /** Somebody works at it, or will. */
  readonly isLive: boolean;
  readonly isDone: boolean;
  readonly isFailed: boolean;
  readonly isCancelled: boolean;
}

async function known(store: Store, hashes: readonly string[]): Promise<Map<string, Known>> {
  const live = new Set(await store.queue.live());
  const found = new Map<string, Known>();
  for (const some of chunks(hashes)) {
    for (const row of await store.database.query(KNOWN, [some])) {
      found.set(row["hash"] as string, {
        tries: Number(row["tries"]),
        step: Number(row["step"]),
        goal: row["goal"] === null ? undefined : Number(row["goal"]),
        isLive: live.has(row["hash"] as string),
        isDone: Boolean(row["is_done"]),
        isFailed: Boolean(row["is_failed"]),
        isCancelled: Boolean(row["cancelled"]),
      });
    }
  }
  return found;
}

const chunks = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, i) => all.slice(i * CHUNK, (i + 1) * CHUNK));

/** Without it status takes ten times as long: in a folder for ever, on a server until it does so by itself. */
const ANALYZE =
  "analyze tapehead.runs, tapehead.members, tapehead.sweep_settings, tapehead.results, tapehead.failures, " +
  "tapehead.checkpoints";

const KNOWN = `
select r.hash, r.tries, r.goal, r.cancelled, coalesce(c.step, 0) as step,
  exists (select from tapehead.results where run = r.hash) as is_done,
  exists (select from tapehead.failures where run = r.hash) as is_failed
from tapehead.runs r left join tapehead.checkpoints c on c.run = r.hash
where r.hash = any ($1)`;

const SWEEP = `
insert into tapehead.sweeps (name, plan, metric, better, rungs) values ($1, $2, $3, $4, $5)
on conflict (name) do update
set plan = excluded.plan, metric = excluded.metric, better = excluded.better, rungs = excluded.rungs`;

const SETTINGS = `
insert into tapehead.settings (hash, record, spec)
select hash, record, spec from json_to_recordset($1::json) as x (hash text, record json, spec json)
on conflict do nothing`;

const SWEEP_SETTINGS = `
insert into tapehead.sweep_settings (sweep, setting, place, label)
select $1, setting, place, label from json_to_recordset($2::json) as x (setting text, place integer, label text)`;

/** A run that is wanted to its end by one plan goes there, whatever another decides. */
const RUNS = `
insert into tapehead.runs (hash, setting, seed, queue, goal)
select hash, setting, seed, $2, $3::integer from json_to_recordset($1::json) as x (hash text, setting text, seed bigint)
on conflict (hash) do update
set goal = case when excluded.goal is null or runs.goal is null then null else greatest(runs.goal, excluded.goal) end`;

const TRIED = `
update tapehead.runs r set tries = x.tries
from json_to_recordset($1::json) as x (run text, tries integer) where r.hash = x.run and r.tries < x.tries`;

const MEMBERS = `
insert into tapehead.members (sweep, run)
select $1, hash from json_to_recordset($2::json) as x (hash text)`;
