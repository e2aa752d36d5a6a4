import { between, checkOptions, whole } from "../common/options.js";
import { shown } from "../common/shown.js";
import { isReading, type Reading, type Sides } from "./reading.js";
import type { LearningReport } from "./report.js";
import type { TextPair } from "./splitting.js";

/** How pairs are learned. */
export interface LearnOptions {
  /** How sources are read. Default: what they look like. */
  source?: Reading;
  /** How targets are read. Default: what they look like. */
  target?: Reading;
  /** Pairs that the report is of, none of which is learned. Default: a tenth of the sources. */
  heldOut?: readonly TextPair[];
  /** The part of the accepted answers that is to be right. Default: 0.99. */
  precision?: number;
  /** Seed of the split, the parameters and the training. Default: 1. */
  seed?: number;
  /** Most steps. Default: by the number of pairs; held-out pairs may end training earlier. */
  steps?: number;
  /** Units of a layer. Default: by the number of pairs. */
  hiddenSize?: number;
  /** Sees what was decided, before training starts. */
  onStart?: (start: LearningStart) => void;
  /** Sees each step. */
  onStep?: (step: LearningStep) => void;
  /** Takes what there is after each evaluation: the model so far, and what `resume` goes on from. Is waited for. */
  onSave?: (saved: LearningState) => unknown;
  /** Ends training after a step once it is aborted, with the best model so far. */
  signal?: { readonly aborted: boolean };
  /** Goes on from there: the pairs and options must be the same. */
  resume?: LearningState;
}

/** A training that was stopped, as the bytes of two files. */
export interface LearningState {
  /** The best model so far, as `loadLearned` reads it. */
  readonly model: Uint8Array<ArrayBuffer>;
  /** Where training stands. */
  readonly training: Uint8Array<ArrayBuffer>;
}

/** What is decided before training starts. */
export interface LearningStart {
  readonly sides: Sides;
  /** Sources that are learned from, that training is stopped by and calibrated on, and that the report is of. */
  readonly sources: LearningReport["sources"];
  /** Sources that are not learned from, since they are in one's own test. */
  readonly leftOut: number;
  /** Sources with several targets, each of which is right. */
  readonly ambiguous: number;
  /** Class, options and number of parameters of the model. */
  readonly model: { readonly name: string; readonly options: object; readonly parameterCount: number };
  /** Pairs a step. */
  readonly batch: number;
  /** The step that it goes on from; else 0. */
  readonly step: number;
  /** Most steps. */
  readonly steps: number;
}

/** A step of training. */
export interface LearningStep {
  /** Counted from 1. */
  readonly step: number;
  /** The last step, as far as that is known: it may come earlier. */
  readonly steps: number;
  /** Pairs seen so far. */
  readonly sequences: number;
  /** Cross-entropy in nats a pair, over this step's batch. */
  readonly loss: number;
  /** The part of the development sources that is answered exactly, as measured last; undefined before that. */
  readonly exact: number | undefined;
}

const isFunction = (value: unknown): string | undefined => (typeof value === "function" ? undefined : "a function");
const isObject = (value: unknown): string | undefined =>
  typeof value === "object" && value !== null ? undefined : "an object";

/** The numbers among the options, checked, with 0 and "" for what the pairs decide. */
export function checkLearnOptions(options: LearnOptions) {
  const { heldOut, resume, ...rest } = options;
  const { onStart, onStep, onSave, signal, source, target, ...numbers } = rest;
  for (const [name, value] of Object.entries({ source, target }))
    if (value !== undefined) checkOptions("learn", { [name]: value }, { [name]: [undefined, isReading] });
  for (const [name, value] of Object.entries({ onStart, onStep, onSave }))
    if (value !== undefined) checkOptions("learn", { [name]: value }, { [name]: [undefined, isFunction] });
  for (const [name, value] of Object.entries({ signal, resume }))
    if (value !== undefined) checkOptions("learn", { [name]: value }, { [name]: [undefined, isObject] });
  const checked = checkOptions("learn", numbers, {
    precision: [0.99, between(0, 1)],
    seed: [1, whole(0, { most: 0xffff_ffff })],
    steps: [0, whole(0)],
    hiddenSize: [0, whole(0)],
  });
  if (heldOut !== undefined) expectPairs("heldOut", heldOut);
  return checked;
}

/** @throws RangeError unless these are pairs of texts, none with an empty source. */
export function expectPairs(what: string, pairs: readonly TextPair[]): void {
  if (!Array.isArray(pairs) || !pairs.length)
    throw new RangeError(`learn: ${what} is ${shown(pairs)}, and must be an array of pairs of texts, at least one`);
  (pairs as readonly unknown[]).forEach((pair, i) => {
    const [source, target] = (Array.isArray(pair) ? pair : []) as readonly unknown[];
    if (typeof source === "string" && typeof target === "string" && source.trim()) return;
    throw new RangeError(`learn: ${what}[${i}] must be two strings, the first not empty`);
  });
}
