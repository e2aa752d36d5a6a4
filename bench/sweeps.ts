/**
 * What sweeps cost: planning 20,000 runs, the status of them, and a claim with its result, at the beginning, in the
 * middle, and at the end. On a server, where there is one, and in a folder.
 *
 *   node --import tsx bench/sweeps.ts
 */
import { openDatabase } from "../runs/database/open.js";
import { writePlan, type Planned } from "../runs/store/planning.js";
import { readStatus } from "../runs/store/status.js";
import { Store } from "../runs/store/store.js";
import { databaseFolder } from "../tests/support/folderDatabase.js";
import { noPostgres, startPostgres } from "../tests/support/postgres.js";

const [SETTINGS, SEEDS, CLAIMS] = [100, 200, 200];

const plan = (seeds: number, more = 0): Planned => ({
  name: "scale",
  plan: {},
  settings: Array.from({ length: SETTINGS }, (_, place) => {
    const spec = { kind: "none", place };
    const own = Array.from({ length: seeds + (place < more ? 1 : 0) }, (_, i) => i + 1);
    return {
      record: { ...spec, text: "as long as an option or two of a model" },
      spec,
      steps: 9,
      label: `${place}`,
      seeds: own,
    };
  }),
  metric: "error",
  better: "lower",
});

async function timed<T>(what: string, work: () => Promise<T>, times = 1): Promise<T> {
  const begin = performance.now();
  const result = await work();
  console.log(`${what.padEnd(44)} ${((performance.now() - begin) / times).toFixed(1).padStart(8)} ms`);
  return result;
}

/** Claims slices and finishes them, one after the other. */
async function finish(store: Store, count: number): Promise<void> {
  for (let i = 0; i < count; ++i) {
    const [claimed] = await store.claim(1);
    const result = { weights: "w", step: 9, measured: { error: i }, curve: [{ step: 9, error: i }], seconds: 1 };
    await store.finish(claimed!, result, "here");
  }
}

/** As if so many had been done. */
async function skip(store: Store, count: number): Promise<void> {
  for (let left = count; left > 0; left -= 500) {
    const claimed = await store.claim(Math.min(left, 500));
    const runs = claimed.map(({ run }) => run);
    await store.database.query(
      `insert into tapehead.results (run, weights, step, measured, curve, seconds, host)
       select run, 'w', 9, '{"error": 1}', '[]', 1, 'here' from unnest($1::text[]) as run`,
      [runs],
    );
    const ends = await Promise.all(claimed.map(({ job }) => store.queue.end(job)));
    await store.database.transaction(ends.flat());
  }
}

async function measure(place: string, address: string): Promise<void> {
  console.log(`\n${place}`);
  const store = await Store.open(await openDatabase(address), { version: "1", binary: "b" });
  await timed(`plan ${SETTINGS * SEEDS} runs`, () => writePlan(store, plan(SEEDS)));
  await timed("status", () => readStatus(store, "scale"));
  await timed("a claim and its result, first", () => finish(store, CLAIMS), CLAIMS);
  await skip(store, (SETTINGS * SEEDS) / 2 - 1.5 * CLAIMS);
  await timed("a claim and its result, in the middle", () => finish(store, CLAIMS), CLAIMS);
  await timed("status", () => readStatus(store, "scale"));
  await skip(store, (SETTINGS * SEEDS) / 2 - 1.5 * CLAIMS);
  await timed("a claim and its result, at the end", () => finish(store, CLAIMS), CLAIMS);
  await timed("status", () => readStatus(store, "scale"));
  console.log("again:", await timed("the same plan", () => writePlan(store, plan(SEEDS))));
  console.log("one more:", await timed("a run more", () => writePlan(store, plan(SEEDS, 1))));
  console.log("a seed more:", await timed("a seed more", () => writePlan(store, plan(SEEDS + 1))));
  await store.close();
}

if (noPostgres === undefined) {
  const server = await startPostgres();
  await measure("PostgreSQL", await server.address("scale"));
  await server.remove();
} else console.log(noPostgres);
await measure("PGlite", await databaseFolder());
