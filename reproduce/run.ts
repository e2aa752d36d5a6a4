import type { Measured } from "./system.js";

/** The result of one training run. */
export interface Run {
  readonly experiment: string;
  readonly model: string;
  readonly task: string;
  readonly seed: number;
  readonly options: Readonly<Record<string, unknown>>;
  readonly taskOptions: Readonly<Record<string, unknown>>;
  readonly parameters: number;
  readonly batch: number;
  readonly learningRate: string;
  readonly steps: number;
  readonly sequences: number;
  readonly threads: number;
  /** Of the processor, for training alone. */
  readonly seconds: number;
  readonly machine: string;
  /** By step. */
  readonly curve: Readonly<Record<string, Measured>>;
  /** By test. */
  readonly tests: Readonly<Record<string, Measured>>;
  /** That of a checkpoint, which a test measures again: over SCORED. */
  readonly score?: Measured;
  /** The run's identity, by which it can be asked for again, and the SHA-256 of what it trained. */
  readonly run?: string;
  readonly weights?: string;
}

/** What of a run the worker knows: the rest is the database's. */
export type RunFacts = Omit<Run, "seconds" | "curve" | "run" | "weights">;
