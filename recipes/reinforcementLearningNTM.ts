import type { Experiment, Recipe, Test } from "./recipe.js";

/** Name on the command line. */
export const MODEL = "rl-ntm";

/** Seeds, named before the runs. */
export const seeds = [1, 2, 3, 4, 5];

/** Tasks of table 2 of Zaremba & Sutskever 2015, in its order, and how each is asked here. */
export const TASKS = {
  copy: { transformation: "copy", memory: false },
  "duplicated-input": { transformation: "duplicated-input", memory: false },
  reverse: { transformation: "reverse", memory: false },
  "forward-reverse": { transformation: "reverse", forwardOnly: true },
  "repeat-copy": { transformation: "repeat-copy", memory: false },
} as const;
export type TapeTaskName = keyof typeof TASKS;

/** At the longest of training, and at twice as long. */
const lengthsOf = (longest: number): Record<string, Test> => ({
  trained: { length: longest, sequences: 1000 },
  twice: { length: 2 * longest, sequences: 1000 },
});

/** The longest of training. */
export const LONGEST = { copy: 8, "duplicated-input": 8, reverse: 6, "forward-reverse": 6, "repeat-copy": 5 } as const;

const flagsOf = (task: TapeTaskName, controller: "direct" | "plain"): NonNullable<Experiment["flags"]> => ({
  ...TASKS[task],
  maxLength: LONGEST[task],
  ...(controller === "plain" && { directAccess: false }),
});

const experiment = (
  task: TapeTaskName,
  controller: "direct" | "plain",
  of: readonly number[],
  rest: Partial<Experiment> = {},
): Experiment => ({
  name: `tape-${task}-${controller}`,
  model: MODEL,
  task: "tape",
  seeds: of,
  flags: flagsOf(task, controller),
  tests: lengthsOf(LONGEST[task]),
  ...rest,
});

/** What takes direct access and more steps. */
const longer = (task: TapeTaskName, steps: number, of: readonly number[]): Experiment =>
  experiment(task, "direct", of, { flags: { ...flagsOf(task, "direct"), steps } });

/** Symbols from tape to tape, with heads that learn by REINFORCE where to go, with and without direct access. */
export const recipe: Recipe = {
  place: 14,
  presets: {
    [MODEL]: {
      tape: {
        model: { inputReach: 1, memoryReach: 1, slowdown: 0.1 },
        task: { curriculum: 100, curriculumError: 0.2 },
        batch: 64,
        learningRate: 5e-3,
        decay: 0.02,
        clipNorm: 10,
        steps: 4_000,
      },
    },
  },
  suite: "reinforcementLearning",
  experiments: [
    experiment("copy", "plain", seeds.slice(0, 3), { checkpoint: "tape-copy.safetensors" }),
    experiment("duplicated-input", "plain", seeds.slice(0, 3)),
    longer("reverse", 16_000, seeds.slice(0, 3)),
    longer("forward-reverse", 8_000, seeds),
    longer("repeat-copy", 24_000, seeds.slice(0, 3)),
  ],
};
