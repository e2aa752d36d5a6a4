import { InvalidArgumentError, Option } from "commander";
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { shown } from "../../bindings/common/shown.js";
import { canonical, sha256, type Json } from "../../runs/canonical.js";
import { PlanError } from "../../runs/errors.js";
import type { Options } from "../../runs/sweep/plan.js";
import { dashed, type Flag } from "../flags.js";
import { models } from "../models.js";
import { number, part, whole } from "../numbers.js";
import { optimizers } from "../optimizers.js";
import { tasks } from "../tasks.js";

/** Options of training that decide a run's bits, and how `tapehead train` reads them. */
const TRAINING: Readonly<Record<string, (text: string) => unknown>> = {
  batch: whole(1),
  steps: whole(1),
  optimizer(name) {
    if (Object.hasOwn(optimizers, name)) return name;
    throw new InvalidArgumentError(`Allowed choices are ${Object.keys(optimizers).join(", ")}.`);
  },
  learningRate: number(),
  momentum: part({ below: true }),
  weightDecay: part(),
  warmup: whole(0),
  decay: number(),
  costDecay: number({ orZero: true }),
  costHalving: whole(1),
  clipNorm: number({ orZero: true }),
  gradientNoise: number({ orZero: true }),
  average: part({ below: true }),
};

/** Options of `tapehead train` that a sweep decides by itself. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  seed: "seeds",
  model: "model",
  task: "task",
  evaluateEvery: "evaluate",
  threads: "--workers on the command line",
};

/** A file of data: what it is known by, and what it was called. */
export interface DataFile {
  readonly hash: string;
  readonly file: string;
}

/** Options as planning takes them, apart from the files among them. */
export interface ReadOptions {
  readonly flags: Readonly<Record<string, Json>>;
  readonly data: Readonly<Record<string, DataFile>>;
  /** Bytes of those files by their hash. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const nameOf = ({ long }: Flag): string => new Option(long).attributeName();

export const isFile = ({ value }: Flag): boolean => value === "<file>";

/** Flags of a model and a task by the names they have in a plan. */
export const flagsFor = (model: string, task: string): ReadonlyMap<string, Flag> =>
  new Map([...models[model]!.flags, ...tasks[task]!.flags].map((flag) => [nameOf(flag), flag]));

/**
 * Reads the options of one setting. Files are read from beside the plan.
 * @throws PlanError for an option that neither training, model nor task has, and for a value that is none of it
 */
export function readOptions(
  options: Options,
  { model, task, folder }: Record<"model" | "task" | "folder", string>,
): ReadOptions {
  const known = flagsFor(model, task);
  const flags: Record<string, Json> = {};
  const data: Record<string, DataFile> = {};
  const files = new Map<string, Uint8Array>();
  for (const [name, value] of Object.entries(options)) {
    const flag = known.get(name);
    if (!flag && !Object.hasOwn(TRAINING, name)) throw unknown(name, known, model, task);
    if (value === null) throw new PlanError(`The plan's ${name} is null, and must be a value, or not be there`);
    if (flag && isFile(flag)) {
      const bytes = readData(name, value, folder);
      const hash = sha256(bytes);
      data[name] = { hash, file: basename(value as string) };
      files.set(hash, bytes);
    } else flags[name] = flag ? value : readTraining(name, value);
  }
  return { flags, data, files };
}

function readTraining(name: string, value: Json): Json {
  try {
    return TRAINING[name]!(typeof value === "string" ? value : canonical(value)) as Json;
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new PlanError(`The plan's ${name} is ${shown(value)}. ${error.message}`);
  }
}

/** Flags whose file has a second one beside it, which a worker elsewhere would not find. */
const TWO_FILES = ["questions"];

function readData(name: string, value: Json, folder: string): Uint8Array {
  if (TWO_FILES.includes(name)) throw new PlanError(`A sweep cannot have ${name}, which is two files`);
  if (typeof value !== "string")
    throw new PlanError(`The plan's ${name} is ${shown(value)}, and must be a file's path`);
  try {
    return new Uint8Array(readFileSync(resolve(folder, value)));
  } catch (cause) {
    throw new PlanError(`Cannot read the plan's ${name}: ${(cause as Error).message}`, { cause });
  }
}

function unknown(name: string, known: ReadonlyMap<string, Flag>, model: string, task: string): PlanError {
  const place = ELSEWHERE[name];
  if (place !== undefined) return new PlanError(`${name} is no option of a setting: say it by ${place}`);
  const there = [...Object.keys(TRAINING), ...known.keys()];
  const inLibrary = [...known].find(([, { option }]) => option === name)?.[0];
  const meant = inLibrary ?? there.find((each) => each.toLowerCase() === name.replace(/[-_]/g, "").toLowerCase());
  const advice = meant === undefined ? `there are ${there.join(", ")}` : `it is called ${meant}, as --${dashed(meant)}`;
  return new PlanError(`Neither ${model} nor ${task} nor training has the option ${shown(name)}: ${advice}`);
}
