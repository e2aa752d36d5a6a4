import type { Experiment, Preset, Recipe, Test } from "./recipe.js";

/** What a test of programs says beside others: what is called, and whether it is the proof for all problems. */
export interface ProgramTest {
  /** Default: the environment's main program. */
  readonly call?: string;
  readonly proof?: boolean;
}

/** Name on the command line. */
export const MODEL = "npi";

/** Seeds, named before the runs. */
export const seeds = [1, 2, 3, 4, 5];

type Tests = Readonly<Record<string, Test & ProgramTest>>;

/** So many problems of each length. */
const lengths = (sequences: number, ...all: readonly number[]): Tests =>
  Object.fromEntries(all.map((length) => [length, { length, sequences }]));

/** Adam, and a rate that falls to a fiftieth over the second half of the steps. */
const trained: Partial<Preset> = { batch: 32, learningRate: 3e-3, decay: 0.02, clipNorm: 1 };

/** A core that is wide where digits are read, and has as many units as its few decisions need. */
const addition: Partial<Preset> = {
  ...trained,
  steps: 3_000,
  model: { hiddenSize: 64, layers: 2, stateSize: 256, programSize: 32, keySize: 16 },
  task: { problems: 640, maxLength: 5 },
};

const sorting: Partial<Preset> = {
  ...trained,
  steps: 400,
  model: { hiddenSize: 64, layers: 1, stateSize: 32, programSize: 64, keySize: 16 },
  task: { problems: 60, maxLength: 4 },
};

/** Two layers and a narrow view, so that what comes next follows from what was done more than from what is seen. */
const sortingByRecursion = { layers: 2, stateSize: 16, recursive: true };

/** Traces of problems of one length. */
const ofLength = (length: number, problems: number): Readonly<Record<string, number>> => ({
  problems,
  minLength: length,
  maxLength: length,
});

const npi = (
  name: string,
  task: "addition" | "sorting",
  rest: Omit<Experiment<ProgramTest>, "name" | "model" | "task">,
): Experiment<ProgramTest> => ({ name, model: MODEL, task: `${task}-programs`, ...rest });

/** Programs that are learned from traces, with loops and with recursion, and controls. */
export const recipe: Recipe<ProgramTest> = {
  place: 13,
  presets: {
    [MODEL]: { "addition-programs": addition, "sorting-programs": sorting },
    lstm: { "binary-sums": { ...trained, model: { hiddenSize: 128 }, steps: 4_000 } },
  },
  suite: "npi",
  experiments: [
    npi("addition-npi", "addition", {
      seeds,
      tests: { ...lengths(100, 20, 100, 1000), ...lengths(20, 3000) },
      checkpoint: "addition-npi.safetensors",
    }),
    npi("recursive-addition-npi", "addition", {
      seeds,
      flags: { recursive: true, ...ofLength(3, 200) },
      tests: { ...lengths(100, 20, 100, 1000), ...lengths(20, 5000), proof: { proof: true } },
    }),
    npi("sorting-npi", "sorting", {
      seeds,
      flags: { programSize: 256 },
      tests: lengths(30, 4, 8, 20, 90),
      checkpoint: "sorting-npi.safetensors",
    }),
    npi("max-npi", "sorting", {
      seeds,
      flags: { programSize: 256, max: true, frozen: 9, learningRate: 0.1, steps: 4_000 },
      from: "sorting-npi.safetensors",
      tests: {
        ...lengths(30, 4, 8, 20, 90),
        ...Object.fromEntries(
          [4, 8, 20, 90].map((length) => [`MAX ${length}`, { length, sequences: 30, call: "MAX" }]),
        ),
      },
    }),
    npi("recursive-sorting-npi", "sorting", {
      seeds,
      flags: { ...sortingByRecursion, ...ofLength(2, 100) },
      tests: { ...lengths(30, 3, 8, 20, 90), proof: { proof: true } },
    }),
    npi("looping-sorting-npi", "sorting", {
      seeds,
      flags: { ...sortingByRecursion, recursive: false, ...ofLength(2, 100) },
      tests: lengths(30, 2, 3, 4, 8, 20),
    }),
    npi("digits-sorting-npi-8", "sorting", {
      seeds,
      flags: { view: "digits", steps: 800, ...ofLength(20, 8) },
      tests: lengths(30, 5, 20, 50, 60, 90),
    }),
    npi("digits-sorting-npi-1216", "sorting", {
      seeds: [1],
      flags: { view: "digits", steps: 800, problems: 1_216, minLength: 2, maxLength: 20 },
      tests: lengths(30, 5, 20, 50, 60, 90),
    }),
    {
      name: "binary-sums-lstm",
      model: "lstm",
      task: "binary-sums",
      seeds: [1],
      tests: Object.fromEntries([19, 40, 100].map((length) => [length, { length, sequences: 100 }])),
    },
  ],
};
