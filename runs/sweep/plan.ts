import type { Json } from "../canonical.js";

/** Options of training, as `tapehead train` has them, in camel case: learningRate for --learning-rate. */
export type Options = { readonly [name: string]: Json };

/** How an option is drawn. */
export type Sample =
  | { readonly from: number; readonly to: number; readonly scale?: "linear" | "log"; readonly whole?: boolean }
  | { readonly of: readonly Json[] };

/** Early stopping: after `first` steps the best of the settings go on, and so on after ever more steps. */
export interface Halving {
  /** Steps before the first decision. */
  readonly first: number;
  /** One setting of so many goes on, for so many times the steps. Default: 3. */
  readonly factor?: number;
  /** What settings are judged by, over their latest batches. Default: the sweep's metric. */
  readonly metric?: string;
  /** Decides as settings arrive, instead of when all have. Default: false. */
  readonly asynchronous?: boolean;
}

/** Which fresh sequences a trained model is measured on. */
export interface Measuring {
  /** Default: 1,000. */
  readonly sequences?: number;
  readonly length?: number;
  readonly repeats?: number;
  readonly difficulty?: number;
}

/** A sweep as its author writes it: every setting with every seed. */
export interface SweepPlan {
  /** Default: the file's. */
  readonly name?: string;
  /** An experiment of one of our recipes, whose model, task and options are where this plan begins. */
  readonly recipe?: string;
  readonly model?: string;
  readonly task?: string;
  /** What all settings share. */
  readonly options?: Options;
  /** Every combination of these values. */
  readonly grid?: { readonly [name: string]: readonly Json[] };
  /** So many draws, each with every combination of the grid. */
  readonly samples?: {
    readonly count: number;
    readonly seed?: number;
    readonly options: { readonly [name: string]: Sample };
  };
  /** A list, or the first and the last of a range. */
  readonly seeds: readonly number[] | { readonly from: number; readonly to: number };
  readonly evaluate?: Measuring;
  /** What settings are compared by. Default: the first metric of the task. */
  readonly metric?: string;
  /** Which way it is better. Default: "lower". */
  readonly better?: "lower" | "higher";
  /** When a run counts as a success: with its metric below or above a value. */
  readonly succeeds?: { readonly below: number } | { readonly above: number };
  readonly halving?: Halving;
  /** Keeps the trained models. Default: false. */
  readonly keepModels?: boolean;
}

/** A setting in the words of its plan. */
export interface NamedOptions {
  /** What differs from setting to setting, such as "hidden 64, learningRate 0.001"; "" where there is one. */
  readonly label: string;
  readonly options: Options;
}
