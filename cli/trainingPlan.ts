import type { AnyTask, TrainOptions } from "../bindings/full.js";
import type { AnyModel } from "./models.js";

/** How the learning rate and the weight of the auxiliary loss go, in the terms of a preset. */
export interface Schedules {
  /** Absent for an optimizer that has none, or of a user's own. */
  readonly learningRate?: number | undefined;
  readonly decay: number;
  readonly warmup: number;
  readonly costDecay: number;
  readonly costHalving: number;
}

/** A training run, decided in every detail. */
export interface TrainingPlan {
  readonly model: AnyModel;
  readonly task: AnyTask;
  /** What is measured: names, the one that training is judged by first. */
  readonly metrics: readonly string[];
  readonly options: Pick<
    TrainOptions,
    "batch" | "optimizer" | "clip" | "gradientNoise" | "average" | "seed" | "evaluate" | "resume" | "metadata"
  >;
  /** What of the options is a function of the step, in numbers. */
  readonly schedules: Schedules;
  readonly batch: number;
  /** The step a resumed run stands at; else 0. */
  readonly firstStep: number;
  /** The file of a resumed run. */
  readonly resumedFrom?: string | undefined;
  readonly steps: number;
  /** Default: as many as the machine has cores. Any number gives the same bits. */
  readonly threads?: number | undefined;
  /** Ends once what training is judged by is below this. */
  readonly until?: number | undefined;
  readonly checkpointEvery: number;
  /** Ends with a file that holds the model and no state of training. */
  readonly modelOnly: boolean;
  /** How such a file stores the parameters. */
  readonly dtype: "f32" | "f16";
  /** Texts that go with the model. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly file: string;
  /** Folder of the log, and steps between two of its rows; default: as in the log that is gone on with, or by the steps. */
  readonly log?: { readonly folder: string; readonly every?: number | undefined } | undefined;
  /** The command that goes on where an interrupted run stopped. */
  readonly resumeCommand: string;
}
