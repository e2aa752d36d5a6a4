import { curveInterval, type CurvePoint } from "../run.js";
import type { Halving } from "../sweep/plan.js";
import { PlanError } from "../errors.js";
import { GOING_ON } from "./queue.js";
import type { Store } from "./store.js";

/** Successive halving (Jamieson & Talwalkar 2016), over settings, by the median of their seeds. */
export interface Rungs {
  /** Steps after which settings are compared; after the last, those that are left go to the end. */
  readonly steps: readonly number[];
  readonly factor: number;
  readonly metric: string;
  readonly better: "lower" | "higher";
  readonly asynchronous: boolean;
}

/**
 * Rungs for runs of so many steps, each at a step that every curve has a point at.
 * @throws PlanError when the first decision would come after the end
 */
export function rungsOf(halving: Halving, steps: number, { metric, better }: Pick<Rungs, "metric" | "better">): Rungs {
  const { first, factor = 3, asynchronous = false } = halving;
  const interval = curveInterval(steps);
  const rungs: number[] = [];
  for (let step = Math.ceil(first / interval) * interval; step < steps; step *= factor) rungs.push(step);
  if (!rungs.length) {
    throw new PlanError(`The plan's halving.first is ${first}, and must be below the ${steps} steps of its runs`);
  }
  return { steps: rungs, factor, metric: halving.metric ?? metric, better, asynchronous };
}

/** A setting's runs at a rung. */
interface Arrived {
  readonly setting: string;
  readonly place: number;
  /** Runs that have got there, failed, or been cancelled, and those that have not. */
  readonly arrived: number;
  readonly missing: number;
  /** One for each that has got there with a number. */
  readonly values: readonly number[];
}

/** Decides in every sweep what can be decided. */
export async function decideAll(store: Store): Promise<void> {
  const sweeps = await store.database.query(
    "select name, rungs, xmin::text as version from tapehead.sweeps where rungs is not null",
  );
  for (const { name, rungs, version } of sweeps) {
    await decide(store, { name: name as string, rungs: rungs as Rungs, version: version as string });
  }
}

/** A sweep as it was planned last. */
interface Version {
  readonly name: string;
  readonly rungs: Rungs;
  /** Another one for each time that it is planned. */
  readonly version: string;
}

/** Decides what can be decided, and asks for the next slices of what goes on. What is decided stays. */
async function decide(store: Store, planned: Version): Promise<void> {
  const { name: sweep, rungs } = planned;
  let cohort: ReadonlySet<string> | undefined; // all settings
  for (const [i, step] of rungs.steps.entries()) {
    const made = await decisionsOf(store, sweep, step);
    const arrived = (await arrivals(store, sweep, step, rungs.metric)).filter(
      ({ setting }) => cohort?.has(setting) ?? true,
    );
    if (!arrived.length) return;
    const ranking = arrived.map((each) => ({ ...each, value: worth(each, rungs) }));
    const decisions = rungs.asynchronous
      ? decideSome(
          ranking.filter(({ missing }) => !missing),
          made,
          rungs,
        )
      : made.size || ranking.some(({ missing }) => missing)
        ? []
        : decideTogether(ranking, rungs);
    cohort = new Set([
      ...[...made].flatMap(([setting, promoted]) => (promoted ? [setting] : [])),
      ...decisions.flatMap(({ setting, promoted }) => (promoted ? [setting] : [])),
    ]);
    await write(store, planned, step, rungs.steps[i + 1], decisions, cohort);
  }
}

interface Ranked extends Arrived {
  /** The median of its seeds; Infinity where half of them failed. Lower is better. */
  readonly value: number;
}

interface Decision {
  readonly setting: string;
  readonly promoted: boolean;
  readonly value: number;
}

/** A failed seed counts as the worst there is. */
function worth({ values, arrived }: Arrived, { better }: Rungs): number {
  const sign = better === "lower" ? 1 : -1;
  const all = [...values.map((value) => sign * value), ...Array<number>(arrived - values.length).fill(Infinity)];
  const sorted = all.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1]!, sorted[Math.floor(middle)]!];
  return low === high ? low : (low + high) / 2;
}

/** The better first; of equal ones, the earlier of the plan. */
const byWorth = (a: Ranked, b: Ranked): number =>
  a.value === b.value ? a.place - b.place : a.value < b.value ? -1 : 1;

/** The median as it was measured. */
const medianOf = ({ value }: Ranked, { better }: Rungs): number => (better === "lower" ? value : -value);

function decideTogether(ranking: readonly Ranked[], rungs: Rungs): Decision[] {
  const count = Math.max(1, Math.floor(ranking.length / rungs.factor));
  return [...ranking].sort(byWorth).map((each, i) => {
    return { setting: each.setting, promoted: i < count && each.value < Infinity, value: medianOf(each, rungs) };
  });
}

/** ASHA (Li et al. 2020): the best of those that are there, as soon as there are enough of them. */
function decideSome(ranking: readonly Ranked[], made: ReadonlyMap<string, boolean>, rungs: Rungs): Decision[] {
  const count = Math.floor(ranking.length / rungs.factor);
  return [...ranking]
    .sort(byWorth)
    .slice(0, count)
    .filter(({ setting, value }) => !made.has(setting) && value < Infinity)
    .map((each) => ({ setting: each.setting, promoted: true, value: medianOf(each, rungs) }));
}

/**
 * Decisions and what follows from them, once, however many decide it at the same time. Runs of a setting that has gone on
 * follow it, too, when they come later: tried again, or of another seed. What was decided for a plan that has been replaced
 * meanwhile is not written: its runs stand at their goal still, so that nothing is asked for them.
 */
async function write(
  store: Store,
  { name: sweep, version }: Version,
  step: number,
  next: number | undefined,
  decisions: readonly Decision[],
  cohort: ReadonlySet<string>,
): Promise<void> {
  const rows = cohort.size ? await store.database.query(PROMOTED, [sweep, [...cohort], step]) : [];
  if (!decisions.length && !rows.length) return;
  const asked = rows.map((row) => ({
    run: row["hash"] as string,
    step: Number(row["step"]),
    tries: Number(row["tries"]),
    priority: GOING_ON,
  }));
  const written = decisions.map(({ setting, promoted, value }) => {
    return { setting, promoted, value: Number.isFinite(value) ? value : null };
  });
  await store.database.transaction([
    { text: LOCK_PLAN, values: [sweep] },
    { text: DECIDE, values: [sweep, version, step, JSON.stringify(written)] },
    { text: RAISE, values: [sweep, version, step, asked.map(({ run }) => run), next ?? null] },
    ...(asked.length ? await store.queue.ask(asked) : []),
  ]);
}

async function decisionsOf(store: Store, sweep: string, step: number): Promise<Map<string, boolean>> {
  const rows = await store.database.query(
    "select setting, promoted from tapehead.decisions where sweep = $1 and step = $2",
    [sweep, step],
  );
  return new Map(rows.map(({ setting, promoted }) => [setting as string, promoted as boolean]));
}

async function arrivals(store: Store, sweep: string, step: number, metric: string): Promise<Arrived[]> {
  const rows = await store.database.query(ARRIVALS, [sweep, step]);
  const settings = new Map<string, { place: number; arrived: number; missing: number; values: number[] }>();
  for (const row of rows) {
    const setting = row["setting"] as string;
    const place = Number(row["place"]);
    const each =
      settings.get(setting) ?? settings.set(setting, { place, arrived: 0, missing: 0, values: [] }).get(setting)!;
    if (!row["has_arrived"]) {
      ++each.missing;
      continue;
    }
    ++each.arrived;
    const point = row["point"] as CurvePoint | null;
    const value = point?.[metric];
    if (Number.isFinite(value)) each.values.push(value!);
  }
  return [...settings].map(([setting, each]) => ({ setting, ...each }));
}

const ARRIVALS = `
select s.setting, s.place,
  f.run is not null or r.cancelled or res.run is not null or coalesce(c.step >= $2, false) as has_arrived,
  case when f.run is null then (
    select point from json_array_elements(coalesce(res.curve, c.curve)) as point where (point ->> 'step')::integer = $2
  ) end as point
from tapehead.members m
join tapehead.runs r on r.hash = m.run
join tapehead.sweep_settings s on s.sweep = m.sweep and s.setting = r.setting
left join tapehead.results res on res.run = r.hash
left join tapehead.checkpoints c on c.run = r.hash
left join tapehead.failures f on f.run = r.hash
where m.sweep = $1`;

/** Runs that stand at a decision, and go on. */
const PROMOTED = `
select r.hash, r.tries, coalesce(c.step, 0) as step
from tapehead.members m
join tapehead.runs r on r.hash = m.run
left join tapehead.checkpoints c on c.run = r.hash
where m.sweep = $1 and r.setting = any ($2) and r.goal <= $3 and c.step >= r.goal and not r.cancelled
  and not exists (select from tapehead.results where run = r.hash)
  and not exists (select from tapehead.failures where run = r.hash)
order by r.seed`;

/** Who plans the sweep anew waits, or has done so by the next statement. */
const LOCK_PLAN = "select from tapehead.sweeps where name = $1 for share";

const DECIDE = `
insert into tapehead.decisions (sweep, step, setting, promoted, value)
select name, $3, setting, promoted, value
from tapehead.sweeps, json_to_recordset($4::json) as x (setting text, promoted boolean, value double precision)
where name = $1 and sweeps.xmin::text = $2
on conflict do nothing`;

/** A goal is only ever raised: another sweep may want the run to its end, which has no goal. */
const RAISE = `
update tapehead.runs set goal = $5::integer
where hash = any ($4) and goal is not null and goal <= $3 and ($5::integer is null or goal < $5::integer)
  and exists (select from tapehead.sweeps where name = $1 and sweeps.xmin::text = $2)`;
