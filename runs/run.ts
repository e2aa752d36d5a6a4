import type { Json } from "./canonical.js";

/** What a worker is told to do, beside the seed: read by whoever performs runs of its kind. */
export type Spec = { readonly kind: string } & { readonly [name: string]: Json | undefined };

/** What all seeds of a setting share. */
export interface Setting {
  /** All that decides the bits, but the seed. */
  readonly record: { readonly [name: string]: Json | undefined };
  readonly spec: Spec;
  readonly steps: number;
}

/** Means over the latest sequences at a step of training, by the names of metrics. */
export type CurvePoint = { readonly step: number } & Readonly<Record<string, number>>;

/** What comes out of a run. All but the seconds is the same wherever it ran. */
export interface RunResult {
  /** SHA-256 of the trained parameters' bytes. */
  readonly weights: string;
  readonly step: number;
  /** On fresh sequences, by the names of metrics. */
  readonly measured: { readonly [name: string]: Json | undefined };
  readonly curve: readonly CurvePoint[];
  /** Of training, on the worker's processor. */
  readonly seconds: number;
  /** A saved model, where the plan keeps them. */
  readonly model?: Uint8Array | undefined;
}

/** Where a run stands. */
export interface Progress {
  readonly step: number;
  readonly curve: readonly CurvePoint[];
  readonly seconds: number;
}

/** The same with what it takes to go on. */
export interface Kept extends Progress {
  readonly checkpoint: Uint8Array;
}

/** Steps between two points of a curve: about a hundred of them, wherever a run is cut. */
export const curveInterval = (steps: number): number => Math.ceil(steps / 100);
