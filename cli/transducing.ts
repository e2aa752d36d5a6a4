import type { Calibration } from "../bindings/tasks.js";
import type { Engine } from "../bindings/full.js";

/** How a model searches for a target, and whether it tells where it looked. */
export interface SearchFlags {
  readonly beam: number;
  readonly attention?: boolean;
}

/** A model that turns symbols into symbols, again and again. */
export interface Transduction {
  /** What the model reads, in the order of its vocabulary. */
  readonly vocabulary: readonly string[];
  /** Whether the model reads a symbol. */
  knows(symbol: string): boolean;
  /** Whether it says one. */
  says(symbol: string): boolean;
  /** Targets for sources, none of which is empty. */
  run(engine: Engine, sources: readonly (readonly string[])[], flags: SearchFlags): Said[];
}

/** What a source was turned into, for people and programs. */
export interface Said {
  readonly source: readonly string[];
  readonly symbols: readonly string[];
  /** Natural logarithm of the probability. */
  readonly score: number;
  /** How likely the model thinks that all of it is right. */
  readonly probability: number;
  readonly beams: readonly { readonly symbols: readonly string[]; readonly probability: number }[];
  /** Symbols of the source that the model does not know. */
  readonly unknown: readonly string[];
  /** (symbols and the end, source) */
  readonly attention?: readonly (readonly number[])[];
}

/** How sure an answer has to be. */
export interface Wanted {
  readonly calibration: Calibration | undefined;
  /** The least confidence, from 0 to 1, where the command line says one. */
  readonly least: number | undefined;
}

/** An answer that may be given. */
export interface Answer {
  readonly text: string;
  /** How often such an answer is right, from 0 to 1; null where the model is not calibrated. */
  readonly confidence: number | null;
  /** What somebody who reads the answer has to know, in a sentence. */
  readonly note?: string;
  /** Further fields of the JSON object. */
  readonly fields?: object;
}
