import { join } from "node:path";
import { TextFile } from "../cli/input.js";
import { pairsOf, type PairsFile } from "../cli/pairs.js";
import { tasks } from "../cli/tasks.js";
import type { Experiment } from "../recipes/recipe.js";

/** The folder of public data, if there is one. */
export const dataFolder = (): string | undefined => process.env["TAPEHEAD_DATA"];

/** A file in the folder of public data. */
export const dataFile = (name: string): string => join(dataFolder()!, name);

/** A file of pairs in the folder of public data. */
export const readPairs = (name: string): PairsFile => pairsOf(dataFile(name));

/** What was read last, of each part: experiments that share a file stand side by side. */
const last = new Map<"train" | "test", { readonly key: string; readonly whole: unknown }>();

/** A file of an experiment's data, or the part of it, as the task's option on the command line reads it. */
export function readData({ task, data }: Pick<Experiment, "task" | "data">, part: "train" | "test"): unknown {
  const { option, parts } = data!;
  const path = dataFile(data![part]);
  const key = `${option} ${path}`;
  if (last.get(part)?.key !== key) {
    const read = tasks[task]!.flags.find((flag) => flag.option === option)!.parse!;
    last.set(part, { key, whole: read(path) });
  }
  const { whole } = last.get(part)!;
  if (!parts) return whole;
  const { file, text } = whole as TextFile;
  const [begin, end] = parts[part];
  return new TextFile(file, text.slice(Math.floor(begin * text.length), Math.floor(end * text.length)));
}
