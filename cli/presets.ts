import type { ModelName } from "./models.js";
import type { OptimizerName } from "./optimizers.js";
import type { TaskName } from "./tasks.js";

/** How `tapehead train` trains a model on a task where it is not told otherwise. */
export interface Preset {
  readonly model: Readonly<Record<string, unknown>>;
  readonly task: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly batch: number;
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  /** Longest gradient; 0 for any. */
  readonly clipNorm: number;
  readonly steps: number;
  readonly checkpointEvery: number;
}

const general: Preset = {
  model: {},
  task: {},
  seed: 1,
  batch: 16,
  optimizer: "adam",
  learningRate: 1e-3,
  clipNorm: 10,
  steps: 20_000,
  checkpointEvery: 500,
};

type Presets = { readonly [M in ModelName]?: { readonly [T in TaskName]?: Partial<Preset> } };

const presets: Presets = {
  ntm: {
    copy: { task: { bits: 8, minLength: 1, maxLength: 20 }, learningRate: 3e-3, steps: 2_000 },
  },
};

/** What is not in the table takes what is usual. */
export function presetOf(model: string, task: string): Preset {
  const table = presets as Readonly<Record<string, Readonly<Record<string, Partial<Preset>>> | undefined>>;
  return { ...general, ...table[model]?.[task] };
}

/** What `tapehead demo` trains and copies. */
export const demo = {
  preset: presetOf("ntm", "copy"),
  evaluateEvery: 250,
  file: "copy.safetensors",
  text: "Neural Turing Machines learn to copy what they have never seen.",
} as const;
