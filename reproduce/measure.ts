import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { evaluate, type AnyTask, type Engine } from "../bindings/core.js";
import { AttentionSeq2Seq, PointerNetwork, TableProgrammer } from "../bindings/models.js";
import type { PointerTask } from "../bindings/tasks.js";
import type { AnyModel } from "../cli/models.js";
import { PairsFile, pairsOf } from "../cli/pairs.js";
import { tasks } from "../cli/tasks.js";
import type { Experiment } from "./experiments.js";
import { answered } from "./questions.js";
import { decoded, pointed } from "./scoring.js";

/**
 * What was measured: means a sequence, and the loss in units of ln 2 as `cost`, which is bits a sequence where the loss
 * is a cross-entropy.
 */
export type Measured = Readonly<Record<string, number>>;

/** The sequences of a checkpoint's score. */
export const SCORED = { sequences: 256, seed: 7 };

/** Where public data are, if they are anywhere. */
export const dataFolder = (): string | undefined => process.env["TAPEHEAD_DATA"];

/** A file of pairs in the folder of public data. */
export const dataPairs = (file: string): PairsFile => pairsOf(join(dataFolder()!, file));

/** A part of a public text. */
export function partOf({ file, ...parts }: NonNullable<Experiment["text"]>, part: "train" | "test"): string {
  const whole = gunzipSync(readFileSync(join(dataFolder()!, file))).toString("utf8");
  const [begin, end] = parts[part];
  return whole.slice(Math.floor(begin * whole.length), Math.floor(end * whole.length));
}

/** What a model is tested on: its own task, or the same one of another part of the text, or with other options. */
function testTaskOf(
  { name, options }: Pick<AnyTask, "name" | "options">,
  text: Experiment["text"],
  changed: Experiment["tests"][string]["changed"],
): AnyTask {
  const given = text ? { text: partOf(text, "test"), crc32: null } : {};
  return tasks[name]!.create({ ...options, ...given, ...changed });
}

/** Lets a model do its work on what it has not been trained on: step by step, decoding, or pointing. */
export async function measure(
  engine: Engine,
  model: AnyModel,
  task: Pick<AnyTask, "name" | "options">,
  { text, pairs, questions }: Pick<Experiment, "text" | "pairs" | "questions">,
  { changed, ...test }: Experiment["tests"][string],
): Promise<Measured> {
  if (model instanceof AttentionSeq2Seq) return decoded(engine, model, task.name, pairs && dataPairs(pairs.test), test);
  if (model instanceof TableProgrammer) return answered(engine, model, dataFolder()!, questions!, test);
  if (model instanceof PointerNetwork) {
    const { maps, ...drawn } = test;
    const there = maps === undefined ? {} : { maps: join(dataFolder()!, maps) };
    return pointed(engine, model, testTaskOf(task, text, changed) as unknown as PointerTask, { ...drawn, ...there });
  }
  // A seed of its own, so that no test has what training has seen.
  const chosen = { seed: 1_000_000, sequences: 1000, ...test };
  const { loss, ...measures } = await evaluate(engine, model, testTaskOf(task, text, changed), chosen);
  return { ...measures, cost: loss / Math.LN2 };
}

/** The score of a checkpoint: the same whenever it is measured. */
export async function scoreOf(...of: Parameters<typeof measure>): Promise<Measured> {
  const { milliseconds: _, ...score } = await measure(...of);
  return score;
}
