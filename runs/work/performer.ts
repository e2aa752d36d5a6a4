import type { Kept, RunResult, Setting, Spec } from "../run.js";

/** A run as a worker gets it. */
export interface Begun {
  readonly spec: Spec;
  readonly seed: number;
  readonly record: Setting["record"];
  /** Files that the run is trained on, by the SHA-256 of their bytes. */
  readonly data: Readonly<Record<string, Uint8Array>>;
  /** Where it was cut. */
  readonly kept?: Kept | undefined;
}

/** A run at work. */
export interface Performance {
  readonly step: number;
  /**
   * Trains until it is told to stop, reaches `goal`, or has no more steps.
   * @returns whether the run has reached its last step
   */
  advance(options: { readonly goal?: number | undefined; readonly shouldStop: () => boolean }): Promise<boolean>;
  /** All that it takes to go on. */
  kept(): Kept;
  /** Measures what has been trained, after the last step. */
  result(): Promise<RunResult>;
  dispose(): void;
}

/** What runs of one kind are done by. @throws what the run throws, which then has failed */
export type Performer = (begun: Begun) => Promise<Performance>;
