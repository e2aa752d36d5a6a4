import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openDatabase } from "../../../runs/database/open.js";
import { decideAll, rungsOf, type Rungs } from "../../../runs/store/decisions.js";
import { writePlan, type Planned } from "../../../runs/store/planning.js";
import { retry, runsOf } from "../../../runs/store/changes.js";
import { readResults } from "../../../runs/store/results.js";
import { Store, type Claimed } from "../../../runs/store/store.js";
import type { Halving } from "../../../runs/sweep/plan.js";
import { Pool } from "../../../runs/work/pool.js";
import { Random } from "../../../bindings/common/random/philox.js";
import { databaseFolder } from "../../support/folderDatabase.js";
import { engineIdentity } from "../../../cli/sweeping/engineIdentity.js";
import { planned, quietWeights, storedWeights, workerModule } from "../../support/sweeping.js";

const STEPS = 90;
const database = databaseFolder().then((path) => openDatabase(path));
let stores = 0;

/** Each with a queue of its own, so that none takes another's slices. */
const open = async (): Promise<Store> => Store.open(await database, { version: `${++stores}`, binary: "b" });

/** Settings that are as good as their number says, the first the best, but for what their seeds add. */
const sweepOf = (
  name: string,
  halving: Halving,
  options: { settings?: number; seeds?: readonly number[]; better?: "lower" | "higher" } = {},
): Planned => {
  const { settings = 9, seeds = [1, 2, 3], better = "lower" } = options;
  const rungs: Rungs = rungsOf(halving, STEPS, { metric: "error", better });
  return {
    name,
    plan: {},
    settings: Array.from({ length: settings }, (_, place) => {
      const spec = { kind: "none", place };
      return { record: { ...spec, name }, spec, steps: STEPS, label: `${place}`, seeds };
    }),
    metric: "error",
    better,
    rungs,
  };
};

/** How good a run is at a step. */
type Curve = (place: number, seed: number, step: number) => number;
const plainly: Curve = (place, seed, step) => place + seed / 10 - step / 1000;

/** Works as so many workers would that end in any order: one slice is done, of those that are held. */
async function work(
  store: Store,
  {
    workers,
    order,
    curve = plainly,
    fails = () => false,
    limit = Infinity,
  }: {
    workers: number;
    order: Random;
    curve?: Curve;
    fails?: (place: number, seed: number) => boolean;
    limit?: number;
  },
): Promise<void> {
  let held: Claimed[] = [];
  for (let done = 0; done < limit; ++done) {
    held.push(...(await store.claim(workers - held.length)));
    if (!held.length) return;
    const claimed = held[order.integer(0, held.length - 1)]!;
    held = held.filter((each) => each !== claimed);
    const { seed, goal, kept, spec } = claimed;
    const place = Number(spec["place"]);
    if (fails(place, seed)) {
      await store.fail(claimed, "it broke", "here");
      await decideAll(store);
      continue;
    }
    const from = kept?.step ?? 0;
    const step = Math.min(from + order.integer(1, 40), goal ?? STEPS);
    const points = Array.from({ length: step - from }, (_, i) => {
      return { step: from + i + 1, error: curve(place, seed, from + i + 1) };
    });
    const all = [...(kept?.curve ?? []), ...points];
    if (step === STEPS) {
      const result = { weights: `${place}/${seed}`, step, measured: {}, curve: all, seconds: 0 };
      await store.finish(claimed, result, "here");
    } else await store.pause(claimed, { step, curve: all, checkpoint: new Uint8Array(1), seconds: 0 });
    if (step === STEPS || step === goal) await decideAll(store);
  }
  for (const { job } of held) await store.queue.giveBack(job);
}

const decisionsOf = async ({ database }: Store, sweep: string): Promise<unknown[]> => {
  const rows = await database.query(
    `select d.step, s.place, d.promoted, d.value from tapehead.decisions d
     join tapehead.sweep_settings s on s.sweep = d.sweep and s.setting = d.setting
     where d.sweep = $1 order by d.step, s.place`,
    [sweep],
  );
  return rows.map(({ step, place, promoted, value }) => [step, place, promoted, value]);
};

const doneOf = async (store: Store, sweep: string): Promise<string[]> =>
  (await readResults(store, sweep)).flatMap(({ state, setting, seed }) =>
    state === "done" ? [`${setting}/${seed}`] : [],
  );

const halving = suite("successive halving");

halving("rungs are at steps that curves have, and grow by the factor", () => {
  const by = { metric: "error", better: "lower" } as const;
  assert.equal(rungsOf({ first: 10 }, 90, by).steps, [10, 30]);
  assert.equal(rungsOf({ first: 10, factor: 2 }, 90, by).steps, [10, 20, 40, 80]);
  assert.equal(rungsOf({ first: 101 }, 1000, by).steps, [110, 330, 990]);
});

halving("decides the same with one worker, with three, and when it was interrupted at any point", async () => {
  let expected: unknown[] | undefined;
  for (const [i, workers] of [1, 3, 3, 5].entries()) {
    const store = await open();
    await writePlan(store, sweepOf(`same${i}`, { first: 10 }));
    const order = new Random(i);
    for (let part = 0; i === 2 && part < 12; ++part) await work(store, { workers, order, limit: order.integer(1, 4) });
    await work(store, { workers, order });
    const decisions = await decisionsOf(store, `same${i}`);
    expected ??= decisions;
    assert.equal(decisions, expected);
    assert.equal(await doneOf(store, `same${i}`), ["0/1", "0/2", "0/3"]);
    assert.equal(await store.queue.live(), []);
  }
  assert.equal(
    expected!.map((each) => (each as unknown[]).slice(0, 3)),
    [...Array.from({ length: 9 }, (_, place) => [10, place, place < 3]), ...[0, 1, 2].map((p) => [30, p, p === 0])],
  );
});

halving("judges by the median of the seeds, at the step of the decision", async () => {
  const store = await open();
  await writePlan(store, sweepOf("median", { first: 10 }, { settings: 3 }));
  // The last is the best at step 10 by its median, though not by its mean, nor at its other steps.
  const curve: Curve = (place, seed, step) => (place === 2 && step === 10 ? [-1, -1, 500][seed - 1]! : place + step);
  await work(store, { workers: 2, order: new Random(1), curve });
  assert.equal((await decisionsOf(store, "median")).slice(0, 3), [
    [10, 0, false, 10],
    [10, 1, false, 11],
    [10, 2, true, -1],
  ]);
});

halving("where higher is better the highest goes on, and values are as they were measured", async () => {
  const store = await open();
  await writePlan(store, sweepOf("higher", { first: 30 }, { settings: 3, seeds: [1], better: "higher" }));
  await work(store, { workers: 2, order: new Random(1), curve: (place) => place });
  assert.equal(await decisionsOf(store, "higher"), [
    [30, 0, false, 0],
    [30, 1, false, 1],
    [30, 2, true, 2],
  ]);
});

halving("a failed seed counts as the worst; a setting of which half failed does not go on", async () => {
  const store = await open();
  await writePlan(store, sweepOf("fails", { first: 10 }));
  const fails = (place: number, seed: number): boolean => (place === 0 && seed < 3) || (place === 1 && seed === 1);
  await work(store, { workers: 3, order: new Random(1), fails });
  const first = (await decisionsOf(store, "fails")).slice(0, 9) as [number, number, boolean, number | null][];
  assert.equal(
    first.filter(([, , promoted]) => promoted).map(([, place]) => place),
    [1, 2, 3],
  );
  assert.is(first[0]![3], null);

  const all = await open();
  await writePlan(all, sweepOf("all fail", { first: 10 }, { settings: 3 }));
  await work(all, { workers: 3, order: new Random(1), fails: () => true });
  const none = (await decisionsOf(all, "all fail")) as [number, number, boolean][];
  assert.equal(
    none.map(([, , promoted]) => promoted),
    [false, false, false],
  );
});

halving("a seed that is tried again follows its setting, and so do seeds that come later", async () => {
  const store = await open();
  await writePlan(store, sweepOf("later", { first: 10 }, { settings: 3 }));
  let isBroken = true;
  const fails = (place: number, seed: number): boolean => isBroken && place === 0 && seed === 2;
  const order = new Random(1);
  await work(store, { workers: 2, order, fails });
  assert.equal(await doneOf(store, "later"), ["0/1", "0/3"]);
  isBroken = false;
  assert.is(await retry(store, await runsOf(store, "later")), 1);
  await work(store, { workers: 2, order, fails });
  assert.equal(await doneOf(store, "later"), ["0/1", "0/2", "0/3"]);

  const more = sweepOf("later", { first: 10 }, { settings: 3, seeds: [1, 2, 3, 4] });
  assert.is((await writePlan(store, more)).fresh, 3);
  await decideAll(store);
  await work(store, { workers: 2, order, fails });
  assert.equal(await doneOf(store, "later"), ["0/1", "0/2", "0/3", "0/4"]);
  const same = await decisionsOf(store, "later");
  assert.is((await writePlan(store, more)).fresh, 0);
  assert.equal(await decisionsOf(store, "later"), same, "the same plan forgot what had been decided");
});

halving("a plan without halving takes the runs of one that has it to their end", async () => {
  const store = await open();
  const plan = sweepOf("halved", { first: 10 }, { settings: 3, seeds: [1] });
  await writePlan(store, plan);
  await work(store, { workers: 2, order: new Random(1) });
  assert.is((await doneOf(store, "halved")).length, 1);
  const { fresh } = await writePlan(store, { ...plan, name: "whole", rungs: undefined });
  assert.is(fresh, 0);
  await work(store, { workers: 2, order: new Random(1) });
  assert.is((await doneOf(store, "whole")).length, 3);
});

halving("asynchronous decisions are made as settings arrive, stored, and followed", async () => {
  const store = await open();
  await writePlan(store, sweepOf("asynchronous", { first: 10, asynchronous: true }));
  await work(store, { workers: 3, order: new Random(4), limit: 30 });
  const early = await decisionsOf(store, "asynchronous");
  await work(store, { workers: 3, order: new Random(5) });
  const decisions = (await decisionsOf(store, "asynchronous")) as [number, number, boolean, number][];
  for (const each of early)
    assert.ok(
      decisions.some((other) => `${other}` === `${each}`),
      "a decision was taken back",
    );
  assert.ok(decisions.every(([, , promoted]) => promoted));
  const at = (step: number): number[] => decisions.flatMap(([s, place]) => (s === step ? [place] : []));
  assert.ok(at(10).length >= 3 && at(30).length >= 1);
  assert.ok(
    [0, 1, 2].every((place) => at(10).includes(place)),
    "the best of all did not go on",
  );
  assert.ok(at(30).every((place) => at(10).includes(place)));
  const expected = at(30).flatMap((place) => [1, 2, 3].map((seed) => `${place}/${seed}`));
  assert.equal((await doneOf(store, "asynchronous")).sort(), expected.sort());
  assert.equal(await store.queue.live(), []);
});

halving("what goes on comes to the weights of a run that was never stopped", async () => {
  const store = await Store.open(await database, engineIdentity());
  const plan = {
    model: "lstm",
    task: "copy",
    options: { steps: 30, batch: 2, maxLength: 3 },
    grid: { hidden: [4, 8, 12] },
    evaluate: { sequences: 5 },
    seeds: [1, 2],
  };
  const halved = planned({ ...plan, halving: { first: 4 } }, "trained");
  await writePlan(store, halved);
  const isOver = async (): Promise<boolean> => !(await store.queue.live()).length;
  const afterEnd = (): Promise<void> => decideAll(store);
  await new Pool({ store, workers: 2, script: workerModule, sliceSeconds: 0.02, isOver, afterEnd }).run();
  const done = (await readResults(store, "trained")).filter(({ state }) => state === "done");
  assert.is(done.length, 2);
  const quiet = await quietWeights(planned(plan));
  const stored = await storedWeights(store);
  for (const { run } of done) assert.is(stored.get(run), quiet.get(run));
});

halving("what nobody decided is decided before the work is over", async () => {
  const store = await Store.open(await database, engineIdentity());
  const plan = {
    model: "lstm",
    task: "copy",
    options: { steps: 6, batch: 2, maxLength: 3 },
    grid: { hidden: [3, 4, 5] },
    evaluate: { sequences: 5 },
    seeds: [1],
  };
  await writePlan(store, planned({ ...plan, halving: { first: 2 } }, "undecided"));
  const isOver = async (): Promise<boolean> => !(await store.queue.live()).length;
  const options = { store, workers: 1, script: workerModule, isOver };
  await new Pool(options).run(); // as by workers that are lost right after their last slices
  assert.equal([await doneOf(store, "undecided"), await decisionsOf(store, "undecided")], [[], []]);
  await new Pool({ ...options, afterEnd: () => decideAll(store) }).run();
  assert.is((await doneOf(store, "undecided")).length, 1);
});

halving.after(async () => (await database).close());
halving.run();
