import type { PremiseSelectorOptions } from "./premiseSelector.js";
import type { PremiseTaskOptions } from "./premiseTask.js";

/** Files of DeepMath's set, in the folder TAPEHEAD_DATA names. */
export const FILES = {
  formulas: "premises/formulas.txt.gz",
  train: "premises/train.jsonl.gz",
  dev: "premises/dev.jsonl.gz",
  test: "premises/test.jsonl.gz",
} as const;

/** Seed of the network, named before its run; that of choices, which see the development problems alone. */
export const SEED = 1;
export const CHOICES_SEED = 101;

/** k of the baseline by neighbours. */
export const NEIGHBOURS = 20;

/** What a network has, and how it is trained. */
export interface PremiseSettings {
  readonly task: Omit<PremiseTaskOptions, "formulas" | "problems" | "seed">;
  readonly model: Partial<PremiseSelectorOptions>;
  /** Rows of a step. */
  readonly batch: number;
  readonly steps: number;
  /** Rises over the first steps, and falls to a fiftieth over the second half. */
  readonly learningRate: number;
}

/** The network whose results are shown first. */
export const NETWORK: PremiseSettings = {
  task: { facts: 8, conjectureLength: 40, factLength: 24, leastSymbol: 4, leastFact: 4 },
  model: { identities: 0, dropout: 0.1 },
  batch: 64,
  steps: 2_000,
  learningRate: 2e-3,
};

/** Steps of the networks that lack something or have more, which are held against one of as many. */
export const FEW_STEPS = 300;

/** What those have that the network has not, or lack. */
export const CHANGES: Readonly<Record<string, Partial<PremiseSelectorOptions>>> = {
  "as it is": {},
  "bags of symbols: no recurrent encoder": { hiddenSize: 0 },
  "a fact's symbols do not attend to the conjecture's": { attention: false },
  "neither counts nor votes of neighbours": { counts: false },
  "with an embedding of each fact's identity": { identities: undefined },
  "facts that are offered together see each other": { together: true },
};
