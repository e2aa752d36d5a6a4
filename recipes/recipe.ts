import type { EvaluateOptions } from "../bindings/core.js";

/** The training of a model on a task where the command line says nothing else. */
export interface Preset {
  readonly model: Readonly<Record<string, unknown>>;
  readonly task: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly batch: number;
  readonly optimizer: "adam" | "adamax" | "rmsprop" | "sgd";
  readonly learningRate: number;
  /** Momentum of an optimizer that has one. Default: the optimizer's own. */
  readonly momentum?: number;
  /** The part of the learning rate that is left at the end: it falls over the second half of the steps. */
  readonly decay: number;
  /** The part of the auxiliary loss's weight that is left at the end: it falls like the learning rate. */
  readonly costDecay: number;
  /** Steps after each of which the auxiliary loss's weight is halved; 0 for never. */
  readonly costHalving: number;
  /** Steps over which the learning rate rises from 0. */
  readonly warmup: number;
  /** Longest gradient; 0 for any. */
  readonly clipNorm: number;
  /** η of noise on gradients; 0 for none. */
  readonly gradientNoise: number;
  /** β of the exponential moving average that the model's parameters are; 0 for the latest. */
  readonly average: number;
  readonly steps: number;
  readonly checkpointEvery: number;
}

/** What a preset does not say. */
export const general: Preset = {
  model: {},
  task: {},
  seed: 1,
  batch: 16,
  optimizer: "adam",
  learningRate: 1e-3,
  decay: 1,
  costDecay: 1,
  costHalving: 0,
  warmup: 0,
  clipNorm: 10,
  gradientNoise: 0,
  average: 0,
  steps: 20_000,
  checkpointEvery: 500,
};

/** Presets of one model, by task. */
export type Presets = Readonly<Record<string, Partial<Preset>>>;

/** A test of a trained model. What it says beside this is its system's own, which measures it. */
export interface Test extends EvaluateOptions {
  /** Options of the task that are others than in training. */
  readonly changed?: Readonly<Record<string, unknown>>;
  /** A file in the folder TAPEHEAD_DATA names, without which the test is left out. */
  readonly file?: string;
}

/** From where to where, of the whole. */
type Part = readonly [begin: number, end: number];

/**
 * Made-up words beside those of a file, with what a trained model says of them: its pupil learns its answers, of which there
 * are as many as one wants. Kim & Rush 2016, arXiv:1606.07947, "Sequence-Level Knowledge Distillation".
 */
export interface Taught {
  /** The files of the models that teach: of what each says the one counts that all together find likeliest. */
  readonly by: readonly string[];
  /** A joint sequence model of the file teaches beside them. */
  readonly jointSequence?: true;
  readonly words: number;
  /** Letters that decide, with how often in the file, what comes after them. */
  readonly order: number;
  /** Beams of those that teach. */
  readonly beam: number;
  readonly seed: number;
}

/** Public data: files in the folder that TAPEHEAD_DATA names. */
export interface Data {
  /** The option of the task that takes the file, by its name in the library. */
  readonly option: string;
  /** The file to train on, and the file of all tests. */
  readonly train: string;
  readonly test: string;
  /** The parts of these files' characters, if not the whole. */
  readonly parts?: { readonly train: Part; readonly test: Part };
  /** The validation split that training leaves out. */
  readonly split?: number;
  readonly taught?: Taught;
}

/** What a model's answers are calibrated with: sources that training has not seen. */
export interface CalibrationData {
  /** Files of pairs in the folder that TAPEHEAD_DATA names. Default: the task draws sources. */
  readonly pairs?: string;
  /** Sources of this file are left out. */
  readonly except?: string;
  /** The part of the accepted answers that is to be right. */
  readonly precision: number;
  /** That of the command that answers with the model. */
  readonly beam: number;
}

/** A way to train a model on a task, and the tests of what it has learned. */
export interface Experiment<OfSystem extends object = object> {
  /** Of its files: docs/results/runs/NAME-SEED.json. */
  readonly name: string;
  readonly model: string;
  readonly task: string;
  readonly seeds: readonly number[];
  /** What `tapehead train` would be told beside model, task and seed. */
  readonly flags?: Readonly<Record<string, number | string | boolean | readonly number[]>>;
  /** Steps after which 1,000 fresh sequences are measured, beside the last. */
  readonly at?: readonly number[];
  /** Tests after training, by the name that tables have for them. */
  readonly tests: Readonly<Record<string, Test & OfSystem>>;
  readonly data?: Data;
  /** How the file in checkpoints/ stores parameters. Default: "f16". */
  readonly dtype?: "f32";
  /** Calibration that the saved model carries. */
  readonly calibration?: CalibrationData;
  /** The file of the model with whose parameters it begins. */
  readonly from?: string;
  /** The file in checkpoints/ that holds the model of the first seed. */
  readonly checkpoint?: string;
  /** The same in build/teachers, of a model that is only there to teach others. */
  readonly teacher?: string;
}

/** Everything that training a system takes: below the command line and reproduce/, which both read it. */
export interface Recipe<OfSystem extends object = object> {
  /** Place among all recipes, by which their experiments, checkpoints and pages are listed. */
  readonly place: number;
  /** By the models' names on the command line. */
  readonly presets: Readonly<Record<string, Presets>>;
  /** The page of results that has its experiments: docs/results/SUITE.md. */
  readonly suite?: string;
  readonly experiments?: readonly Experiment<OfSystem>[];
}
