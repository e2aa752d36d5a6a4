import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { engineIdentity } from "../cli/sweeping/engineIdentity.js";
import { hashOf } from "../runs/canonical.js";
import { openDatabase } from "../runs/database/open.js";
import { ConflictError } from "../runs/errors.js";
import { runHash, settingHash, writePlan } from "../runs/store/planning.js";
import { readResult, readResults, readTrained } from "../runs/store/results.js";
import { readStatus } from "../runs/store/status.js";
import { Store } from "../runs/store/store.js";
import { Pool } from "../runs/work/pool.js";
import type { Experiment } from "../recipes/recipe.js";
import { dataFolder } from "./data.js";
import type { Run, RunFacts } from "./run.js";
import { settingOf } from "./planned.js";
import { teach } from "./teaching/taught.js";
import { missingBefore, trainedPath } from "./trainedFiles.js";
import { write } from "./write.js";

/** How experiments are run. */
export interface Running {
  readonly again: boolean;
  /** This seed alone. */
  readonly seed?: number | undefined;
  readonly quick: boolean;
  /** Processes that train. */
  readonly workers: number;
  /** An address or a folder. */
  readonly database: string;
  /** Folders of results and checkpoints. */
  readonly results: string;
  readonly checkpoints: string;
  readonly signal?: AbortSignal | undefined;
  readonly report: (line: string) => void;
}

/** Name of a sweep over these experiments: another one is no part of it, and may be at work beside it. */
const sweepName = (labels: readonly string[]): string => `reproduce ${hashOf(labels).slice(0, 8)}`;

/**
 * Runs experiments with all their seeds, but for what has a result, as one sweep: side by side, and from where they stood
 * if they were stopped. @throws Error when a run failed
 */
export async function runExperiments(experiments: readonly Experiment[], running: Running): Promise<void> {
  const { again, quick, report, seed: only } = running;
  const identity = engineIdentity();
  const settings: ({ experiment: Experiment } & ReturnType<typeof settingOf>)[] = [];
  for (const experiment of experiments) {
    const seeds = (quick ? experiment.seeds.slice(0, 1) : experiment.seeds).filter((seed) =>
      only === undefined ? again || !existsSync(fileOf(experiment, seed, running)) : seed === only,
    );
    if (!seeds.length) continue;
    const { name, data } = experiment;
    if (data && dataFolder() === undefined) {
      report(`${name}: skipped, since it needs ${data.train} in the folder TAPEHEAD_DATA names`);
      continue;
    }
    const missing = quick ? [] : missingBefore(experiment);
    if (missing.length) {
      report(
        `${name}: skipped, since it needs the models of ${missing.join(" and ")}, which --only NAME --again trains`,
      );
      continue;
    }
    if (data?.taught) await teach(data, quick, report);
    settings.push({ experiment, ...settingOf(experiment, seeds, quick, identity) });
  }
  if (!settings.length) return;
  const wanted = new Map(
    settings.flatMap(({ experiment, seeds, ...setting }) =>
      seeds.map((seed): [string, Wanted] => [runHash(settingHash(setting), seed), { experiment, seed }]),
    ),
  );
  const name = sweepName(settings.map(({ label }) => label));
  const store = await Store.open(await openDatabase(running.database), identity);
  try {
    const plan = { experiments: settings.map(({ label, seeds }) => ({ label, seeds })) };
    await writePlan(store, { name, plan, settings, metric: "cost", better: "lower", again });
    const written = new Set<string>();
    const keep = async (run: string): Promise<void> => {
      const one = wanted.get(run);
      if (!one || written.has(run)) return;
      written.add(run);
      await writeRun(store, run, one, running);
    };
    await work(store, name, wanted, running, keep);
    if (running.signal?.aborted) return;
    for (const { run, state, message } of await readResults(store, name)) {
      if (state === "done") await keep(run);
      else if (state === "failed") throw new Error(`${nameOf(wanted.get(run)!)} failed: ${message}`);
    }
  } finally {
    await store.close();
  }
}

/** A run that there is no result of. */
interface Wanted {
  readonly experiment: Experiment;
  readonly seed: number;
}

const nameOf = ({ experiment, seed }: Wanted): string => `${experiment.name}-${seed}`;

const fileOf = ({ name }: Experiment, seed: number, { results }: Pick<Running, "results">): string =>
  join(results, "runs", `${name}-${seed}.json`);

/**
 * Seconds between two times that a run is kept, which takes as long as some hundred steps of a large model; Ctrl-C keeps it
 * at once.
 */
const SLICE = 120;

/** Milliseconds between two lines on one run. */
const EVERY = 30_000;

async function work(
  store: Store,
  name: string,
  wanted: ReadonlyMap<string, Wanted>,
  { workers, signal, report }: Running,
  keep: (run: string) => Promise<void>,
): Promise<void> {
  const next = new Map<string, number>();
  const kept: Promise<void>[] = [];
  const processes = Math.min(workers, wanted.size);
  const pool = new Pool({
    store,
    workers: processes,
    sliceSeconds: SLICE,
    script: fileURLToPath(new URL("child.ts", import.meta.url)),
    // Cores that are left share the work of each, in as many threads: any number of these makes the same bits.
    args: [String(Math.max(1, Math.floor(availableParallelism() / processes)))],
    async isOver() {
      const { running, waiting } = await readStatus(store, name);
      return running + waiting === 0;
    },
    onEvent(event) {
      const one = "run" in event ? wanted.get(event.run) : undefined;
      if (event.type === "done") kept.push(keep(event.run));
      else if (event.type === "step" && one && Date.now() > (next.get(event.run) ?? 0)) {
        if (next.has(event.run)) report(`${nameOf(one)}: step ${event.step}`);
        next.set(event.run, Date.now() + EVERY);
      }
    },
  });
  const stop = (): void => pool.stop();
  signal?.addEventListener("abort", stop);
  await pool.run();
  signal?.removeEventListener("abort", stop);
  await Promise.all(kept);
}

/** A result that is there may be of another machine: the same run has the same weights. @throws ConflictError */
function expectSame(file: string, { run, weights, machine }: Run): void {
  if (!existsSync(file)) return;
  const there = JSON.parse(readFileSync(file, "utf8")) as Run;
  if (there.run !== run || there.weights === weights) return;
  throw new ConflictError(
    `${file} has the weights ${there.weights?.slice(0, 12)} of ${there.machine}, and the same run came out with ` +
      `${weights?.slice(0, 12)} on ${machine}`,
  );
}

/** The files of a run: its result, and the checkpoint of an experiment's first seed. */
async function writeRun(store: Store, run: string, wanted: Wanted, running: Running): Promise<void> {
  const { weights, curve, seconds, measured } = (await readResult(store, run))!;
  const { experiment, seed } = wanted;
  const { tests, score, ...facts } = measured as unknown as RunFacts;
  const result: Run = {
    ...facts,
    seconds: Math.round(seconds * 10) / 10,
    curve: Object.fromEntries(curve.map(({ step, ...rest }) => [step, rest])),
    tests,
    ...(score && { score }),
    run,
    weights,
  };
  expectSame(fileOf(experiment, seed, running), result);
  await write(fileOf(experiment, seed, running), JSON.stringify(result, undefined, 1));
  const { checkpoint, teacher } = experiment;
  if (seed === experiment.seeds[0]) {
    if (checkpoint) writeFileSync(join(running.checkpoints, checkpoint), (await readTrained(store, run))!);
    if (teacher && !running.quick) {
      mkdirSync(dirname(trainedPath(teacher)), { recursive: true });
      writeFileSync(trainedPath(teacher), (await readTrained(store, run))!);
    }
  }
  const tested = Object.entries(tests).map(([test, of]) => `${test} ${Object.values(of)[0]!.toFixed(4)}`);
  running.report(`${nameOf(wanted)}: ${result.steps} steps in ${result.seconds} s; ${tested.join(", ")}`);
}
