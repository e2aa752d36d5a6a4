import { train, type Engine } from "../../bindings/core.js";
import type { EndToEndMemoryNetwork } from "../../bindings/models.js";
import { planTraining } from "../../cli/plan.js";
import type { StoriesFile } from "../../cli/stories.js";
import { babi, MODEL, ONE, OWN_SEEDS, TASKS, VARIANTS } from "../../recipes/endToEndMemoryNetwork.js";
import { dataFolder, readData } from "../data.js";
import type { StudyOptions } from "../page.js";
import { errorOf, madeUp, TEST_SEED } from "../storyErrors.js";

/** Name of a way to train. */
export type Variant = keyof typeof VARIANTS;

/** One model of one task. */
export interface TaskResult {
  /** Questions of the data set, or made up. */
  readonly data: "babi" | "own";
  readonly variant: Variant;
  readonly task: number;
  readonly seed: number;
  /** Parts of the questions that are answered wrongly. Those that are made up have fresh ones as a test alone. */
  readonly test: number;
  readonly train?: number;
  readonly heldOut?: number;
  readonly seconds: number;
}

/** A model for each task by itself. */
export interface MemoryNetworksStudy {
  readonly machine: string;
  readonly steps: number;
  readonly results: readonly TaskResult[];
}

type Trained = Pick<TaskResult, "data" | "variant" | "task" | "seed">;

/** Steps and questions, to see that all of it works. */
const QUICK = { steps: 3, questions: 20 };

/** Trains a model for each of the twenty tasks, from made-up stories and, where there is public data, from the data set. */
export async function studyMemoryNetworks(
  engine: Engine,
  { quick, machine, report }: StudyOptions,
): Promise<MemoryNetworksStudy> {
  const files = dataFolder() === undefined ? undefined : filesOf();
  const results: TaskResult[] = [];
  for (const asked of quick ? planned(Boolean(files)).slice(0, 2) : planned(Boolean(files))) {
    const { data, variant, task, seed } = asked;
    const result = await trainOne(engine, asked, data === "babi" ? files : undefined, quick);
    results.push(result);
    report(
      `memory networks, ${data}, ${variant}, task ${task}, seed ${seed}: ${(100 * result.test).toFixed(1)}% wrong`,
    );
  }
  return { machine, steps: quick ? QUICK.steps : ONE.steps, results };
}

/** All models that are trained. */
function planned(isData: boolean): Trained[] {
  const own = OWN_SEEDS.flatMap((seed) => TASKS.map((task): Trained => ({ data: "own", variant: "full", task, seed })));
  const names = Object.keys(VARIANTS) as Variant[];
  const ofData = names.flatMap((variant) => {
    const { tasks, seeds } = VARIANTS[variant];
    return tasks.flatMap((task) => seeds.map((seed): Trained => ({ data: "babi", variant, task, seed })));
  });
  return isData ? [...own, ...ofData] : own;
}

interface Files {
  readonly train: StoriesFile;
  readonly test: StoriesFile;
}

function filesOf(): Files {
  const read = (part: "train" | "test"): StoriesFile => readData({ task: "babi", data: babi }, part) as StoriesFile;
  return { train: read("train"), test: read("test") };
}

async function trainOne(engine: Engine, asked: Trained, files: Files | undefined, quick: boolean): Promise<TaskResult> {
  const { variant, task: number, seed } = asked;
  const { model, task, options, steps } = planTraining({
    ...ONE,
    ...VARIANTS[variant].flags,
    model: MODEL,
    task: "babi",
    seed,
    babiTasks: [number],
    ...(files && { stories: files.train }),
    ...(quick && { steps: QUICK.steps, ...(!files && { questionsEach: QUICK.questions }) }),
  });
  const begin = process.cpuUsage().user;
  for await (const _ of train(engine, model, task, { ...options, steps }));
  const seconds = (process.cpuUsage().user - begin) / 1e6;
  const error = (questions: Parameters<typeof errorOf>[2]): number => {
    const some = quick ? questions.slice(0, QUICK.questions) : questions;
    return +errorOf(engine, model as EndToEndMemoryNetwork, some).toFixed(4);
  };
  const errors = files
    ? {
        test: error(files.test.all([number])[0]!.questions),
        train: error(files.train.part("train", [number])),
        heldOut: error(files.train.part("held out", [number])),
      }
    : { test: error(madeUp([number], TEST_SEED).get(number)!) };
  model.release(engine);
  return { ...asked, ...errors, seconds: +seconds.toFixed(1) };
}
