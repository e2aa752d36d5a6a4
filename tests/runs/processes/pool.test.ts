import { suite } from "uvu";
import * as assert from "uvu/assert";
import { writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { engineIdentity } from "../../../cli/sweeping/engineIdentity.js";
import { openDatabase } from "../../../runs/database/open.js";
import { ConflictError } from "../../../runs/errors.js";
import type { Setting } from "../../../runs/run.js";
import { cancel, retry, runsOf } from "../../../runs/store/changes.js";
import { writePlan, type Planned } from "../../../runs/store/planning.js";
import { readResults } from "../../../runs/store/results.js";
import { readStatus } from "../../../runs/store/status.js";
import { Store } from "../../../runs/store/store.js";
import { Pool, type PoolEvent, type PoolOptions } from "../../../runs/work/pool.js";
import { programOf } from "../../support/childProgram.js";
import { databaseFolder } from "../../support/folderDatabase.js";
import { soon } from "../../support/soon.js";
import { Command, planned, quietWeights, storedWeights } from "../../support/sweeping.js";
import { rejectedBy } from "../../support/thrown.js";

/** Runs that count to `steps`, and throw at `throwsAt`, end the process at `diesAt`, wait for ever at `waitsAt`, or in
 * their first slice at `pausesAt`. */
const PROGRAM = `
import { serveRuns } from "./runs/work/serve.js";
serveRuns({
  async count({ spec, seed, kept }) {
    if (spec.refuses) throw new RangeError("no such run");
    let step = kept?.step ?? 0;
    const curve = [...(kept?.curve ?? [])];
    return {
      get step() { return step; },
      async advance({ goal, shouldStop }) {
        while (step < spec.steps) {
          await new Promise((resolve) => setImmediate(resolve));
          const pauses = spec.pausesAt === step && !kept;
          if (spec.waitsAt === step || pauses) { if (shouldStop()) return false; continue; }
          ++step;
          if (spec.diesAt === step) process.kill(process.pid, "SIGKILL");
          if (spec.throwsAt === step) throw new Error("it broke at step " + step);
          curve.push({ step, value: seed * step });
          if (step < spec.steps && (step === goal || shouldStop())) return false;
        }
        return true;
      },
      kept: () => ({ step, curve, seconds: 0, checkpoint: new Uint8Array([step]) }),
      result: async () => ({ weights: "w" + seed, step, measured: { value: seed }, curve, seconds: 0 }),
      dispose() {},
    };
  },
});`;

const program = programOf(PROGRAM);
const folder = databaseFolder();
const database = folder.then((path) => openDatabase(path));
const open = async (engine = { version: "1", binary: "b" }): Promise<Store> => Store.open(await database, engine);

const sweepOf = (
  name: string,
  seeds: readonly number[],
  spec: Readonly<Record<string, number | boolean>> = {},
): Planned => {
  const whole = { kind: "count", steps: 5, ...spec };
  const setting: Setting = { record: { name, ...whole }, spec: whole, steps: whole.steps as number };
  return { name, plan: {}, settings: [{ ...setting, label: "", seeds }], metric: "value", better: "lower" };
};

/** Works off what waits. */
async function work(store: Store, options: Partial<PoolOptions> = {}): Promise<PoolEvent[]> {
  const events: PoolEvent[] = [];
  const isOver = async (): Promise<boolean> => !(await store.queue.live()).length;
  const onEvent = (event: PoolEvent): void => void events.push(event);
  await new Pool({ store, workers: 2, script: await program, sliceSeconds: 0.01, isOver, onEvent, ...options }).run();
  return events;
}

const began = (events: readonly PoolEvent[]): number => events.filter(({ type }) => type === "began").length;

const pools = suite("a pool of processes");

pools("a run that throws has failed, with its message, and is not tried again until somebody asks", async () => {
  const store = await open();
  const plan = sweepOf("throws", [1, 2], { throwsAt: 3 });
  assert.is((await writePlan(store, plan)).fresh, 2);
  await work(store);
  const expected = { state: "failed", message: "it broke at step 3", host: hostname() };
  for (const { state, message, host } of await readResults(store, "throws"))
    assert.equal({ state, message, host }, expected);
  const again = await writePlan(store, plan);
  assert.equal([again.fresh, again.failed], [0, 2]);
  assert.is(began(await work(store)), 0);

  assert.is(await retry(store, await runsOf(store, "throws")), 2);
  assert.is((await readStatus(store, "throws")).waiting, 2);
  assert.ok(began(await work(store)) >= 2);
  assert.is((await readStatus(store, "throws")).failed, 2);
  assert.is(await retry(store, []), 0);
});

pools("a run that nobody can begin has failed, with the kind of its error", async () => {
  const store = await open();
  await writePlan(store, sweepOf("refuses", [1], { refuses: true }));
  await work(store);
  assert.is((await readResults(store, "refuses"))[0]!.message, "RangeError: no such run");
  const foreign = sweepOf("kind", [1]);
  const settings = foreign.settings.map((each) => ({ ...each, spec: { kind: "other" } }));
  await writePlan(store, { ...foreign, settings });
  await work(store);
  assert.match((await readResults(store, "kind"))[0]!.message!, /knows runs of the kind "other"/);
});

pools("a run that ends its process over and over has failed in the end, and the others have not", async () => {
  const store = await open();
  await writePlan(store, sweepOf("dies", [1], { diesAt: 2 }));
  await writePlan(store, sweepOf("lives", [1, 2, 3]));
  // No slice may be cut: a run that stands at its second step has another slice, whose losses count anew.
  const events = await work(store, { sliceSeconds: 3600 });
  const [died] = await readResults(store, "dies");
  assert.is(died!.state, "failed");
  assert.match(died!.message!, /worker was lost 10 times.*step 0/);
  assert.is(events.filter(({ type }) => type === "lost").length, 10);
  assert.is((await readStatus(store, "lives")).done, 3);
});

pools("what is cancelled ends with its slice, is not begun, and can be asked for again", async () => {
  const store = await open();
  await writePlan(store, sweepOf("cancelled", [1], { waitsAt: 2 }));
  await writePlan(store, sweepOf("unbegun", [1, 2, 3, 4, 5, 6, 7, 8]));
  await cancel(store, await runsOf(store, "unbegun"));
  const events: PoolEvent[] = [];
  const working = work(store, { workers: 1, onEvent: (event) => events.push(event) });
  await soon("it has begun", () => began(events) > 0);
  assert.is(await cancel(store, await runsOf(store, "cancelled")), 1);
  assert.is(await cancel(store, await runsOf(store, "cancelled")), 0);
  await working;
  assert.is((await readStatus(store, "cancelled")).cancelled, 1);
  const { cancelled, done } = await readStatus(store, "unbegun");
  assert.equal([cancelled, done], [8, 0]);
  assert.is(await retry(store, await runsOf(store, "unbegun")), 8);
  await work(store);
  assert.is((await readStatus(store, "unbegun")).done, 8);
  assert.is(await retry(store, await runsOf(store, "unbegun")), 0, "what is done is not done again");
});

pools("processes that cannot start end the work with what they said, and give the slice back", async () => {
  const store = await open();
  await writePlan(store, sweepOf("unstarted", [1]));
  const broken = await programOf(`throw new Error("no engine here");`);
  const error = await rejectedBy(work(store, { script: broken, workers: 1 }));
  assert.match(error.message, /ended before it began.*no engine here/s);
  assert.equal(await store.queue.active(), []);
  await work(store);
  assert.is((await readStatus(store, "unstarted")).done, 1);
});

pools("a stop saves what is at hand and gives it back, and another pool goes on from there", async () => {
  const store = await open();
  await writePlan(store, sweepOf("stopped", [1], { steps: 200, pausesAt: 100 }));
  const events: PoolEvent[] = [];
  const onEvent = (event: PoolEvent): void => void events.push(event);
  const pool = new Pool({ store, workers: 1, script: await program, sliceSeconds: 3600, onEvent });
  const running = pool.run();
  await soon("it is at work", () => pool.pids.length > 0 && began(events) > 0);
  pool.stop();
  await running;
  assert.equal(await store.queue.active(), []);
  assert.is((await store.queue.live()).length, 1);
  const [stopped] = await readResults(store, "stopped");
  assert.ok(stopped!.step <= 100);
  const later = await work(store);
  const first = later.find(({ type }) => type === "began") as PoolEvent & { step: number };
  assert.is(first.step, stopped!.step);
  const { state, curve } = (await readResults(store, "stopped"))[0]!;
  assert.is(state, "done");
  assert.is(curve.length, 200, "a step was done twice, or not at all");
});

pools("a slice longer than its lease stays its worker's", async () => {
  const store = await Store.open(await database, { version: "1", binary: "b" }, { leaseSeconds: 3 });
  await writePlan(store, sweepOf("long", [1], { waitsAt: 2 }));
  const events: PoolEvent[] = [];
  const pool = new Pool({
    store,
    workers: 1,
    script: await program,
    sliceSeconds: 3600,
    onEvent: (event) => void events.push(event),
  });
  const running = pool.run();
  await soon("it has been at work for two leases", async () => {
    const rows = await store.database.query(
      "select from tapehead_queue.job where state = 'active' and started_on > created_on + interval '6 seconds'",
    );
    return rows.length > 0;
  });
  assert.equal(await store.claim(1), [], "somebody else got it");
  pool.stop();
  await running;
  assert.is(began(events), 1);
  await cancel(store, await runsOf(store, "long"));
  await work(store);
});

pools("a lost worker's slice is given out again after its lease, and what it says then changes nothing", async () => {
  const store = await Store.open(await database, { version: "1", binary: "b" }, { leaseSeconds: 1 });
  await writePlan(store, sweepOf("lost", [1]));
  const [first] = await store.claim(1);
  assert.equal(await store.claim(1), []);
  const second = await soon("it is given out again", async () => {
    await store.queue.expire();
    return (await store.claim(1))[0];
  });
  assert.is(second.run, first!.run);
  assert.is(second.job.lost, 1);
  const at = (step: number) => ({ step, checkpoint: new Uint8Array([step]), curve: [], seconds: 0 });
  await store.pause(first!, at(2));
  await store.queue.giveBack(first!.job);
  assert.equal(await store.claim(1), [], "the late worker asked for a slice of its own");
  await store.pause(second, at(3));
  const third = await store.claim(2);
  assert.equal(
    third.map(({ kept }) => kept!.step),
    [3],
  );
  const result = { weights: "w1", step: 5, measured: { value: 1 }, curve: [], seconds: 0 };
  await store.finish(third[0]!, result, "one");
  await store.finish(third[0]!, result, "one");
  await store.fail(first!, "too late", "two");
  const { done, failed } = await readStatus(store, "lost");
  assert.equal([done, failed], [1, 0]);
});

pools("another result of the same run stops the work, and names both hosts", async () => {
  const store = await open();
  const plan = sweepOf("conflict", [1, 2]);
  await writePlan(store, plan);
  await work(store);
  await writePlan(store, { ...plan, again: true });
  await work(store); // the same weights are no conflict
  const [run] = await runsOf(store, "conflict");
  await store.database.query("update tapehead.results set weights = 'other', host = 'far' where run = $1", [run]);
  await writePlan(store, { ...plan, again: true });
  const error = await rejectedBy(work(store));
  assert.instance(error, ConflictError);
  assert.match(error.message, new RegExp(`${run}.*other on far.*w[12] on ${hostname()}`));
  const rows = await store.database.query("select weights, host from tapehead.conflicts where run = $1", [run]);
  assert.is(rows.length, 1);
  await work(store).catch(() => undefined); // what was left
});

pools("runs of another version are left alone, and counted", async () => {
  const [mine, theirs] = [await open(), await open({ version: "2", binary: "b" })];
  await writePlan(theirs, sweepOf("theirs", [1, 2]));
  assert.is(began(await work(mine)), 0);
  const { foreign, waiting } = await readStatus(mine, "theirs");
  assert.equal([foreign, waiting], [2, 0]);
  await work(theirs);
  assert.is((await readStatus(mine, "theirs")).done, 2);
});

pools("two plans with the same run share it", async () => {
  const store = await open();
  const plan = sweepOf("shared", [1, 2]);
  await writePlan(store, plan);
  const { fresh, total } = await writePlan(store, {
    ...plan,
    name: "also",
    settings: [{ ...plan.settings[0]!, seeds: [2, 3] }],
  });
  assert.equal([fresh, total], [1, 2]);
  await work(store);
  assert.is((await readStatus(store, "also")).done, 2);
  assert.is((await readStatus(store, "shared")).done, 2);
});

pools.after(async () => (await database).close());
pools.run();

const commands = suite("tapehead work");

commands("SIGTERM saves at once; another goes on to the same bits; other versions' runs are told of", async () => {
  const own = await databaseFolder();
  const cwd = mkdtempSync(join(tmpdir(), "tapehead-pool-"));
  process.on("exit", () => rmSync(cwd, { recursive: true, force: true }));
  const plan = {
    model: "lstm",
    task: "copy",
    options: { steps: 1500, batch: 4, maxLength: 4, hidden: 16 },
    evaluate: { sequences: 10 },
    seeds: [1],
  };
  writeFileSync(join(cwd, "long.json"), JSON.stringify(plan));
  const other = await Store.open(await openDatabase(own), { version: "0.0.9", binary: "abcdef0123" });
  await writePlan(other, {
    ...sweepOf("theirs", [1, 2]),
    settings: planned(plan).settings.map((each) => ({
      ...each,
      record: { ...each.record, tapehead: "0.0.9", binary: "abcdef0123" },
      seeds: [1, 2],
    })),
  });
  await other.close();
  const flags = ["--database", own, "--slice", "3600"];
  assert.is(await new Command(["sweep", "long.json", "--workers", "0", "--json", "--database", own], { cwd }).ended, 0);
  const first = new Command(["work", "--workers", "1", "--json", ...flags], { cwd });
  await soon("it is at work", () => (assert.ok(first.isRunning, first.stderr), first.count("began") > 0));
  first.child.kill("SIGTERM");
  assert.is(await first.ended, 130, first.stderr);
  assert.is(first.count("cut"), 1);
  const second = new Command(["work", "--workers", "1", "--json", "--until-empty", ...flags], { cwd });
  assert.is(await second.ended, 0, second.stderr);
  const [start] = second.events.filter(({ event }) => event === "began");
  assert.ok(Number(start!["step"]) > 0 && Number(start!["step"]) < 1500, "it began anew");
  const store = await Store.open(await openDatabase(own), engineIdentity());
  assert.equal([...(await storedWeights(store))], [...(await quietWeights(planned(plan)))]);
  assert.is((await readStatus(store, "theirs")).foreign, 2);
  await store.close();
});

commands.run();
