import type { FileName } from "./files.js";

/** What is built for a mutant beside what runs from the sources, by the names of `scripts/build.mjs --only`. */
export type Build = "debug" | "full" | "run" | "threads" | "scripts";

/** A small change to the sources that a test must notice. */
export interface Mutant {
  readonly id: string;
  readonly file: FileName;
  /** Text that is in the file once, and what takes its place. */
  readonly before: string;
  readonly after: string;
  /** Names of the suites that are run, one after the other, until one fails. Default: all fast suites. */
  readonly suites?: readonly string[];
  /** Default: "debug" for a file of the assembly folder, which the suites of single kernels run on; nothing for others. */
  readonly builds?: readonly Build[];
  /** Why no test notices it, if none does. */
  readonly survives?: string;
}

/** Suites that end within seconds; where a mutant names none, these are run in this order. */
export const fastSuites: readonly string[] = [
  "verify",
  "shards",
  "metrics",
  "pointer",
  "nan",
  "ties",
  "optimizer",
  "trainingStep",
  "shapes",
  "checkpoint",
  "evaluate",
  "random",
  "ops",
  "scan",
  "engines",
  "geometry",
  "addressing",
  "systems/recurrentNetwork",
  "systems/neuralTuringMachine",
  "tables",
  "refused",
  "compiledThreads",
  "compiled",
  "trace",
];
