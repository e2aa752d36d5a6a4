import { train, type Engine } from "../../bindings/core.js";
import type { MemoryNetwork } from "../../bindings/models.js";
import type { BabiQuestion } from "../../bindings/tasks.js";
import { planTraining } from "../../cli/plan.js";
import type { StoriesFile } from "../../cli/stories.js";
import { babi, TASKS } from "../../recipes/endToEndMemoryNetwork.js";
import { MODEL, ONE, VARIANTS } from "../../recipes/memoryNetwork.js";
import { dataFolder, readData } from "../data.js";
import type { StudyOptions } from "../page.js";
import { errorOf, foundOf } from "../storyErrors.js";

/** Name of a way to train. */
export type Variant = keyof typeof VARIANTS;

/** One model of one task. */
export interface TaskResult {
  readonly variant: Variant;
  readonly task: number;
  readonly seed: number;
  /** Parts of the questions that are answered wrongly. */
  readonly test: number;
  readonly train: number;
  readonly heldOut: number;
  /** The part of the questions of the test whose supporting facts are found. */
  readonly found: number;
  readonly parameters: number;
  readonly seconds: number;
}

/** A memory network for each task by itself. */
export interface SupportingFactsStudy {
  readonly machine: string;
  readonly steps: number;
  readonly results: readonly TaskResult[];
}

/** Steps and questions, to see that all of it works. */
const QUICK = { steps: 3, questions: 20 };

/** Trains a model for each of the twenty tasks; of the data set, so nothing without it. */
export async function studySupportingFacts(
  engine: Engine,
  { quick, machine, report }: StudyOptions,
): Promise<SupportingFactsStudy> {
  const results: TaskResult[] = [];
  const steps = quick ? QUICK.steps : ONE.steps;
  if (dataFolder() === undefined) {
    report(`supporting facts: skipped, since it needs ${babi.train} in the folder TAPEHEAD_DATA names`);
    return { machine, steps, results };
  }
  const [learned, tested] = (["train", "test"] as const).map(
    (part) => readData({ task: "babi", data: babi }, part) as StoriesFile,
  ) as [StoriesFile, StoriesFile];
  for (const asked of quick ? planned().slice(0, 2) : planned()) {
    const result = await trainOne(engine, asked, { learned, tested, quick });
    results.push(result);
    const { variant, task, seed, test } = result;
    report(`supporting facts, ${variant}, task ${task}, seed ${seed}: ${(100 * test).toFixed(1)}% wrong`);
  }
  return { machine, steps, results };
}

type Asked = Pick<TaskResult, "variant" | "task" | "seed">;

/** All models that are trained. */
const planned = (): Asked[] =>
  (Object.keys(VARIANTS) as Variant[]).flatMap((variant) =>
    VARIANTS[variant].seeds.flatMap((seed) => TASKS.map((task): Asked => ({ variant, task, seed }))),
  );

const mostOf = (numbers: readonly number[]): number => Math.max(...numbers);

interface Files {
  readonly learned: StoriesFile;
  readonly tested: StoriesFile;
  readonly quick: boolean;
}

/** A model with as many hops and memories as the questions of training have facts and sentences. */
async function trainOne(engine: Engine, asked: Asked, { learned, tested, quick }: Files): Promise<TaskResult> {
  const { variant, task: number, seed } = asked;
  const toLearn = learned.part("train", [number]);
  const { model, task, options, steps } = planTraining({
    ...ONE,
    hops: mostOf(toLearn.map(({ support }) => support.length)),
    memories: mostOf(toLearn.map(({ story }) => story.length)),
    ...VARIANTS[variant].flags,
    model: MODEL,
    task: "babi",
    seed,
    babiTasks: [number],
    stories: learned,
    ...(quick && { steps: QUICK.steps }),
  });
  const begin = process.cpuUsage().user;
  for await (const _ of train(engine, model, task, { ...options, steps }));
  const seconds = (process.cpuUsage().user - begin) / 1e6;
  const network = model as MemoryNetwork;
  const some = (questions: readonly BabiQuestion[]) => (quick ? questions.slice(0, QUICK.questions) : questions);
  const error = (questions: readonly BabiQuestion[]): number => +errorOf(engine, network, some(questions)).toFixed(4);
  const test = tested.all([number])[0]!.questions;
  const result = {
    ...asked,
    test: error(test),
    train: error(toLearn),
    heldOut: error(learned.part("held out", [number])),
    found: foundOf(engine, network, some(test)),
    parameters: model.parameterCount,
    seconds: +seconds.toFixed(1),
  };
  model.release(engine);
  return result;
}
