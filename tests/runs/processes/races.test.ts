/** What two processes do at the same time, in the one order that went wrong: between two statements of one, the other's. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { engineIdentity } from "../../../cli/sweeping/engineIdentity.js";
import type { Database, Row, Statement } from "../../../runs/database/database.js";
import { openDatabase } from "../../../runs/database/open.js";
import { cancel, retry, runsOf } from "../../../runs/store/changes.js";
import { decideAll } from "../../../runs/store/decisions.js";
import { writePlan, type Planned } from "../../../runs/store/planning.js";
import { readStatus } from "../../../runs/store/status.js";
import { Store, type Claimed } from "../../../runs/store/store.js";
import { Pool } from "../../../runs/work/pool.js";
import { databaseFolder } from "../../support/folderDatabase.js";
import { noPostgres, startPostgres } from "../../support/postgres.js";
import { soon } from "../../support/soon.js";
import { rejectedBy } from "../../support/thrown.js";

const [STEPS, RUNG] = [20, 10];
const folder = databaseFolder();
const database = folder.then((path) => openDatabase(path));

/** What a test does at a statement of one process, instead of it. */
interface Between {
  query?: (text: string, values: readonly unknown[] | undefined) => Promise<readonly Row[]> | undefined;
  transaction?: (statements: readonly Statement[]) => Promise<readonly (readonly Row[])[]> | undefined;
}

/** Does something right before the next transaction of one process, once it is told what. */
class Before {
  next: (() => Promise<unknown>) | undefined;

  transaction(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]> | undefined {
    const { next } = this;
    this.next = undefined;
    return next && next().then(async () => (await database).transaction(statements));
  }
}

/** A process of a version, each version with a queue of its own. */
async function open(version: string, between: Between = {}, leaseSeconds = 45): Promise<Store> {
  const shared = await database;
  const seen: Database = {
    place: shared.place,
    query: (text, values) => between.query?.(text, values) ?? shared.query(text, values),
    transaction: (statements) => between.transaction?.(statements) ?? shared.transaction(statements),
    close: () => Promise.resolve(),
  };
  return Store.open(seen, { ...engineIdentity(), version }, { leaseSeconds });
}

/** Settings with a run each, of which one goes on at the rung. */
const sweepOf = (name: string, settings = 1): Planned => ({
  name,
  plan: {},
  settings: Array.from({ length: settings }, (_, place) => {
    const spec = { kind: "none", place };
    return { record: { ...spec, name }, spec, steps: STEPS, label: `${place}`, seeds: [1] };
  }),
  metric: "error",
  better: "lower",
  rungs: { steps: [RUNG], factor: 3, metric: "error", better: "lower", asynchronous: false },
});

const toItsEnd = (plan: Planned): Planned => ({ ...plan, name: `${plan.name} to its end`, rungs: undefined });

/** Where a run of a setting stands, the first the best. */
const at = (step: number, { spec }: Claimed) => {
  const curve = [{ step, error: Number(spec["place"]) }];
  return { step, checkpoint: new Uint8Array(1), curve, seconds: 0 };
};

const result = { weights: "w", step: STEPS, measured: {}, curve: [], seconds: 0 };

const races = suite("races");

races("who has closed a folder does not open it again for what was still asked", async () => {
  const owner = await database;
  const guest = await openDatabase(await folder);
  await guest.close();
  await rejectedBy(guest.query("select 1"));
  assert.equal(await owner.query("select 1 as one"), [{ one: 1 }]);
});

races("a slice is to be had in the millisecond in which it was asked for", async () => {
  const asked = { run: "r", step: 0, tries: 0, priority: 0 };
  const store = await open("millisecond", {
    query: (text, values) =>
      text.includes("SKIP LOCKED")
        ? (async () => {
            const fetch = { text, ...(values && { values }) };
            return (await (await database).transaction([...(await store.queue.ask([asked])), fetch])).at(-1)!;
          })()
        : undefined,
  });
  assert.equal(
    (await store.queue.claim(1)).map(({ run }) => run),
    ["r"],
  );
});

races("a claim keeps its slices when something else that was asked meanwhile failed", async () => {
  const store = await open("failing", {
    query: (text, values) => {
      if (text.includes("failed by timeout")) return Promise.reject(new Error("ECONNRESET"));
      if (!text.includes("SKIP LOCKED")) return undefined;
      return (async () => {
        const rows = await (await database).query(text, values);
        await rejectedBy(store.queue.expire());
        return rows;
      })();
    },
  });
  await writePlan(store, sweepOf("failing"));
  assert.is((await store.claim(1)).length, 1);
});

races("a run that was cancelled at a rung, and asked for again, goes on when its setting does", async () => {
  const store = await open("rung");
  await writePlan(store, sweepOf("rung", 3));
  const claimed = await store.claim(3);
  for (const each of claimed) await store.pause(each, at(RUNG, each));
  const best = claimed.find(({ spec }) => spec["place"] === 0)!;
  assert.is(await cancel(store, [best.run]), 1);
  assert.is(await retry(store, [best.run]), 1);
  assert.equal(await store.claim(3), [], "nothing has been decided yet");
  await decideAll(store);
  assert.equal(
    (await store.claim(3)).map(({ run }) => run),
    [best.run],
  );
});

races("a run whose goal was raised while it was at work goes on, even if its worker is lost at once", async () => {
  const isLost = { after: Infinity };
  const store = await open("raised", {
    query: () => (isLost.after <= 0 ? Promise.reject(new Error("the worker is lost")) : undefined),
    transaction: () => (--isLost.after < 0 ? Promise.reject(new Error("the worker is lost")) : undefined),
  });
  const plan = sweepOf("raised");
  await writePlan(store, plan);
  const [claimed] = await store.claim(1);
  await writePlan(store, toItsEnd(plan));
  isLost.after = 1;
  await store.pause(claimed!, at(RUNG, claimed!)).catch(() => undefined);
  assert.equal(await (await open("raised")).queue.live(), [claimed!.run]);
});

races("a run that stops while its goal is raised goes on, and again after it has failed", async () => {
  const [before, worker] = [new Before(), await open("stopped")];
  const planner = await open("stopped", before);
  const plan = sweepOf("stopped");
  await writePlan(planner, plan);
  const [claimed] = await worker.claim(1);
  before.next = () => worker.pause(claimed!, at(RUNG, claimed!));
  await writePlan(planner, toItsEnd(plan));
  const [later] = await worker.claim(2);
  assert.is(later!.kept!.step, RUNG);
  await worker.fail(later!, "it broke", "here");
  assert.is(await retry(planner, [claimed!.run]), 1);
  assert.is((await worker.claim(2)).length, 1);
});

races(
  "a run that is planned again in the moment in which its slice is found to be of no use is worked at",
  async () => {
    const before = new Before();
    const [planner, worker] = [await open("unwanted"), await open("unwanted", before)];
    await writePlan(planner, sweepOf("unwanted", 2));
    await writePlan(planner, sweepOf("unwanted", 1));
    before.next = () => writePlan(planner, sweepOf("unwanted", 2));
    const claimed = [...(await worker.claim(2)), ...(await worker.claim(2)), ...(await worker.claim(2))];
    assert.equal(claimed.map(({ spec }) => spec["place"]).sort(), [0, 1]);
    assert.is(before.next, undefined);
    // What nobody has planned again stays ended.
    await writePlan(planner, sweepOf("unwanted", 3));
    await writePlan(planner, sweepOf("unwanted", 2));
    assert.equal(await worker.claim(2), []);
    assert.is((await planner.queue.live()).length, 2);
  },
);

races(
  "a run that was cancelled and asked for again is worked at once, not once for each time it was asked",
  async () => {
    const store = await open("twice");
    await writePlan(store, sweepOf("twice"));
    const runs = await runsOf(store, "twice");
    const askAgain = async (): Promise<void> => {
      await cancel(store, runs);
      assert.is(await retry(store, runs), 1);
    };
    await askAgain();
    const [atWork, ...others] = await store.claim(3);
    assert.equal(others, []);
    await askAgain();
    await store.pause(atWork!, at(1, atWork!));
    assert.is((await store.claim(3)).length, 1);
  },
);

races("runs that are asked for again twice in one breath, as after a lost answer, are asked for once", async () => {
  let answered: readonly Statement[] = [];
  const store = await open("answered", { transaction: (statements) => void (answered = statements) });
  await writePlan(store, sweepOf("answered"));
  const runs = await runsOf(store, "answered");
  await store.fail((await store.claim(1))[0]!, "it broke", "here");
  await retry(store, runs);
  const asking = answered;
  await store.fail((await store.claim(1))[0]!, "it broke again", "here");
  await (await database).transaction(asking);
  assert.is((await readStatus(store, "answered")).failed, 1);
});

races("a run that is done once more is not done before that, wherever it is", async () => {
  const store = await open("checked");
  const plan = toItsEnd(sweepOf("checked"));
  await writePlan(store, plan);
  await store.finish((await store.claim(1))[0]!, result, "here");
  await writePlan(store, { ...plan, again: true });
  const counts = async (): Promise<number[]> => {
    const { done, running, waiting } = await readStatus(store, plan.name);
    return [done, running, waiting];
  };
  assert.equal(await counts(), [0, 0, 1]);
  const [check] = await store.claim(1);
  assert.equal(await counts(), [0, 1, 0]);
  await store.finish(check!, result, "here");
  assert.equal(await counts(), [1, 0, 0]);
});

races("who waits for work does what a lost worker did not come to, once in a lease", async () => {
  const store = await open("idle", {}, 1);
  let looks = 0;
  const afterEnd = (): Promise<void> => Promise.resolve(void ++looks);
  const pool = new Pool({ store, workers: 1, script: "none", afterEnd });
  const running = pool.run();
  try {
    await soon("it has looked twice", () => looks > 1);
  } finally {
    pool.stop();
    await running;
  }
});

races("settings that a plan adds while the others are decided are decided with them", async () => {
  const [before, planner] = [new Before(), await open("added")];
  const decider = await open("added", before);
  const toTheRung = async (): Promise<void> => {
    for (const each of await planner.claim(9)) await planner.pause(each, at(RUNG, each));
  };
  await writePlan(planner, sweepOf("added", 3));
  await toTheRung();
  before.next = () => writePlan(planner, sweepOf("added", 6));
  await decideAll(decider);
  const decided = async (): Promise<readonly Row[]> =>
    (await database).query("select promoted from tapehead.decisions where sweep = 'added' order by promoted, setting");
  assert.equal(await decided(), []);
  assert.is((await planner.queue.live()).length, 3);
  await toTheRung();
  await decideAll(decider);
  assert.equal(
    await decided(),
    [false, false, false, false, true, true].map((promoted) => ({ promoted })),
  );
  assert.is((await planner.queue.live()).length, 2);
});

const onServer = noPostgres === undefined ? races : races.skip;
const without = noPostgres === undefined ? "" : `: ${noPostgres}`;

onServer(`hosts that open a server for a new version at the same time all get in${without}`, async () => {
  const postgres = await startPostgres();
  const address = await postgres.address("opened");
  const [one, other] = [await openDatabase(address), await openDatabase(address)];
  const { default: pg } = await import("pg");
  const connection = new pg.Client({ connectionString: address });
  await connection.connect();
  let second: Promise<Store> | undefined;
  /** What the first host does while the second comes to the same. */
  const doTogether = async (statements: readonly Statement[]): Promise<readonly never[]> => {
    await connection.query("begin");
    for (const { text } of statements) await connection.query(text);
    second = Store.open(other, engineIdentity());
    second.catch(() => undefined); // it is waited for below
    const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    await soon("the second waits for the first", async () => (await one.query(waiting)).length > 0);
    await connection.query("commit");
    return [];
  };
  const isIndex = ({ text }: Statement): boolean => text.includes("_next on");
  const first: Database = {
    place: one.place,
    query: (text, values) => (isIndex({ text }) ? doTogether([{ text }]) : one.query(text, values)),
    transaction: (statements) => (statements.some(isIndex) ? doTogether(statements) : one.transaction(statements)),
    close: () => one.close(),
  };
  try {
    const stores = [await Store.open(first, engineIdentity()), await second!];
    for (const store of stores) await store.close();
  } finally {
    await connection.end();
    await postgres.remove();
  }
});

races.after(async () => (await database).close());
races.run();
