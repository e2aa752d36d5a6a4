/**
 * Runs under fire: workers are killed, the database goes away, and every run has one result, with the bits of a quiet
 * training. A few of each by default; TAPEHEAD_CHAOS=whole is 400 runs, 30 kills.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../../bindings/common/random/philox.js";
import { engineIdentity } from "../../../cli/sweeping/engineIdentity.js";
import { openDatabase } from "../../../runs/database/open.js";
import { readStatus } from "../../../runs/store/status.js";
import { Store } from "../../../runs/store/store.js";
import type { SweepPlan } from "../../../runs/sweep/plan.js";
import { databaseFolder } from "../../support/folderDatabase.js";
import { noPostgres, startPostgres } from "../../support/postgres.js";
import { soon } from "../../support/soon.js";
import { Command, planned, quietWeights, storedWeights } from "../../support/sweeping.js";

const isWhole = process.env["TAPEHEAD_CHAOS"] === "whole";
const [RUNS, KILLS] = isWhole ? [400, 30] : [32, 6];
const OUTAGES = 2;
const WORKERS = 4;
/** Runs of two sizes, the larger of which takes several slices. */
const plan: SweepPlan = {
  model: "lstm",
  task: "copy",
  options: { steps: 100, batch: 4, maxLength: 4 },
  grid: { hidden: [16, 64] },
  evaluate: { sequences: 10 },
  seeds: { from: 1, to: RUNS / 2 },
};
const TIMES = ["--slice", "0.06", "--lease", "2", "--json"];

const folder = mkdtempSync(join(tmpdir(), "tapehead-chaos-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, "chaos.json"), JSON.stringify(plan));

const random = new Random(1);
const anyOf = <T>(all: readonly T[]): T => all[random.integer(0, all.length - 1)]!;

let quiet: Promise<ReadonlyMap<string, string>> | undefined;

/** Every run has one result, that of a quiet training, and nothing is left to do. */
async function expectAll(store: Store, commands: readonly Command[]): Promise<void> {
  const { total, done, failed, running, waiting } = await readStatus(store, "chaos");
  assert.equal(
    { total, done, failed, running, waiting },
    { total: RUNS, done: RUNS, failed: 0, running: 0, waiting: 0 },
  );
  const weights = await storedWeights(store);
  const expected = await (quiet ??= quietWeights(planned(plan)));
  assert.equal([...weights].sort(), [...expected].sort());
  assert.equal(await store.database.query("select * from tapehead.conflicts"), []);
  assert.equal(await store.queue.live(), []);
  const events = (name: string): number => commands.reduce((sum, command) => sum + command.count(name), 0);
  assert.ok(events("cut") > 0, "no run was cut into slices");
  const resumed = commands.flatMap((each) => each.events).filter(({ event, step }) => event === "began" && step !== 0);
  assert.ok(resumed.length > 0, "no run went on from where it was cut");
  if (isWhole) {
    console.log(`${weights.size} results of ${RUNS} runs; slices begun ${events("began")}, cut ${events("cut")}`);
    console.log(`runs reported done ${events("done")}, processes lost ${events("lost")}`);
  }
}

/** Runs that are done before a kill: the last comes when half of them are, so that there is work left to be killed. */
const doneBefore = (kill: number): number => Math.floor((kill * RUNS) / (2 * KILLS));
/** Kills before an outage. */
const killsBefore = (outage: number): number => Math.floor(((outage + 1) * KILLS) / (OUTAGES + 1));

const server = suite(`${RUNS} runs, ${KILLS} kills, the server stopped ${OUTAGES} times`);
const onServer = noPostgres === undefined ? server : server.skip;

onServer(`every run has one result on a server${noPostgres ? `: ${noPostgres}` : ""}`, async () => {
  const postgres = await startPostgres();
  const commands: Command[] = [];
  try {
    const address = await postgres.address("chaos");
    const planning = new Command(["sweep", "chaos.json", "--database", address, ...TIMES], { cwd: folder });
    assert.is(await planning.ended, 0, planning.stderr);
    const start = (): Command => {
      const words = ["work", "--database", address, "--workers", "1", "--until-empty", ...TIMES];
      commands.push(new Command(words, { cwd: folder }));
      return commands.at(-1)!;
    };
    const workers = Array.from({ length: WORKERS }, start);
    const done = (): number => commands.reduce((sum, command) => sum + command.count("done"), 0);
    const expectAlive = (): void => {
      for (const { child, stderr } of workers) assert.ok(!child.exitCode, `a worker ended: ${stderr}`);
    };
    let outages = 0;
    for (let kills = 0; kills < KILLS; ++kills) {
      await soon("some runs are done", () => (expectAlive(), done() >= doneBefore(kills)));
      if (outages < OUTAGES && kills >= killsBefore(outages)) {
        ++outages;
        await postgres.stop();
        const before = workers.map((worker) => worker.count("away"));
        await soon("workers miss the server", () => workers.some((worker, i) => worker.count("away") > before[i]!));
        await postgres.start();
      }
      const busy = await soon("a worker is at work", () => {
        const some = workers.filter((worker) => worker.isRunning && worker.count("began"));
        return some.length ? some : undefined;
      });
      const victim = anyOf(busy);
      victim.child.kill("SIGKILL");
      await victim.ended;
      workers[workers.indexOf(victim)] = start();
    }
    assert.is(outages, OUTAGES);
    for (const worker of workers) assert.is(await worker.ended, 0, worker.stderr);
    const store = await Store.open(await openDatabase(address), engineIdentity());
    await expectAll(store, commands);
    await store.close();
  } finally {
    for (const { child } of commands) child.kill("SIGKILL");
    await postgres.remove();
  }
});

const embedded = suite(`${RUNS} runs, ${KILLS} kills, the process with the database killed ${OUTAGES} times`);

/** Processes that a process has started; undefined where the system does not say. */
function childrenOf(pid: number): number[] | undefined {
  const file = `/proc/${pid}/task/${pid}/children`;
  if (!existsSync(`/proc/self/task/${process.pid}/children`)) return undefined;
  return existsSync(file) ? (readFileSync(file, "utf8").match(/\d+/g) ?? []).map(Number) : [];
}

const hasChildren = childrenOf(process.pid) !== undefined;

(hasChildren ? embedded : embedded.skip)("every run has one result in a folder", async () => {
  const database = await databaseFolder();
  const commands: Command[] = [];
  const start = (): Command => {
    const words = ["sweep", "chaos.json", "--database", database, "--workers", `${WORKERS}`, ...TIMES];
    commands.push(new Command(words, { cwd: folder }));
    return commands.at(-1)!;
  };
  try {
    let sweep = start();
    const done = (): number => commands.reduce((sum, command) => sum + command.count("done"), 0);
    let outages = 0;
    for (let kills = 0; kills < KILLS; ++kills) {
      await soon("some runs are done", () => {
        assert.ok(sweep.isRunning, `the sweep ended after ${kills} kills: ${sweep.stderr}`);
        return done() >= doneBefore(kills);
      });
      if (outages < OUTAGES && kills >= killsBefore(outages)) {
        ++outages;
        sweep.child.kill("SIGKILL");
        await sweep.ended;
        sweep = start();
      }
      const children = await soon("a process is at work", () => {
        const all = sweep.count("began") ? childrenOf(sweep.child.pid!)! : [];
        return all.length ? all : undefined;
      });
      process.kill(anyOf(children), "SIGKILL");
    }
    assert.is(outages, OUTAGES);
    assert.is(await sweep.ended, 0, sweep.stderr);
    const store = await Store.open(await openDatabase(database), engineIdentity());
    await expectAll(store, commands);
    await store.close();
  } finally {
    for (const { child } of commands) child.kill("SIGKILL");
  }
});

server.run();
embedded.run();
