import type { Saved } from "./models.js";
import type { OptimizerName } from "./optimizers.js";
import type { OwnModule } from "./ownModule.js";

/**
 * What the command line says about training, beside the flags of models and tasks. What it leaves open comes from a
 * checkpoint, or else the preset.
 */
export interface TrainFlags extends Readonly<Record<string, unknown>> {
  model?: string;
  /** Module with a model and a task of the user's own, instead of names of ours. */
  own?: OwnModule;
  task?: string;
  seed?: number;
  batch?: number;
  steps?: number;
  learningRate?: number;
  momentum?: number;
  weightDecay?: number;
  decay?: number;
  costDecay?: number;
  costHalving?: number;
  warmup?: number;
  optimizer?: OptimizerName;
  clipNorm?: number;
  gradientNoise?: number;
  average?: number;
  until?: number;
  evaluateEvery?: number;
  threads?: number;
  checkpointEvery?: number;
  modelOnly?: boolean;
  dtype?: "f32" | "f16";
  out?: string;
  log?: string;
  logEvery?: number;
  from?: string;
}

/** A checkpoint to go on from. */
export interface Resumed {
  readonly file: string;
  readonly checkpoint: Saved;
  readonly bytes: Uint8Array;
}
