import type { Asked } from "./queue.js";
import type { Store } from "./store.js";

/** Asks again for runs that failed or were cancelled. @returns their number */
export async function retry(store: Store, runs: readonly string[]): Promise<number> {
  const rows = await store.database.query(RETRIED, [runs, store.queue.name]);
  const asked = rows.map((row, i): Asked => ({
    run: row["hash"] as string,
    step: Number(row["step"]),
    tries: Number(row["tries"]) + 1,
    priority: -i,
  }));
  if (!asked.length) return 0;
  await store.database.transaction([
    { text: AGAIN, values: [JSON.stringify(asked.map(({ run, tries }) => ({ run, tries })))] },
    ...(await store.queue.ask(asked)),
  ]);
  return asked.length;
}

/** Cancels runs that have not ended: what is at hand ends with its slice. @returns their number */
export async function cancel(store: Store, runs: readonly string[]): Promise<number> {
  return (await store.database.query(CANCEL, [runs])).length;
}

/** The runs of a sweep. */
export async function runsOf(store: Pick<Store, "database">, sweep: string): Promise<string[]> {
  const rows = await store.database.query("select run from tapehead.members where sweep = $1", [sweep]);
  return rows.map(({ run }) => run as string);
}

/** Runs whose hash begins so. */
export async function runsLike(store: Pick<Store, "database">, prefix: string): Promise<string[]> {
  if (!/^[0-9a-f]+$/.test(prefix)) return [];
  const rows = await store.database.query("select hash from tapehead.runs where hash like $1 order by hash limit 3", [
    `${prefix}%`,
  ]);
  return rows.map(({ hash }) => hash as string);
}

const RETRIED = `
select r.hash, r.tries, coalesce(c.step, 0) as step
from tapehead.runs r left join tapehead.checkpoints c on c.run = r.hash
where r.hash = any ($1) and r.queue = $2
  and (r.cancelled or exists (select from tapehead.failures where run = r.hash))
  and not exists (select from tapehead.results where run = r.hash)
order by r.seed, r.hash`;

/** Asked twice, it takes back only what had failed before the first. */
const AGAIN = `
with again as (
  update tapehead.runs r set cancelled = false, tries = x.tries
  from json_to_recordset($1::json) as x (run text, tries integer) where r.hash = x.run and r.tries < x.tries
  returning r.hash
)
delete from tapehead.failures using again where run = again.hash`;

const CANCEL = `
update tapehead.runs r set cancelled = true
where hash = any ($1) and not cancelled
  and not exists (select from tapehead.results where run = r.hash)
  and not exists (select from tapehead.failures where run = r.hash)
returning hash`;
