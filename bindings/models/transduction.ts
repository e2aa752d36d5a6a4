import type { Engine } from "../engine/engine.js";
import type { Rows } from "../runtime/sequences.js";

/** How sources are turned into targets. */
export interface TransduceOptions {
  /** Ways to go on that are followed at once; 1 takes the likeliest symbol each time. Default: 1. */
  beam?: number;
  /**
   * α: of ended beams the one with the highest score / length^α wins. 0 favours the short. Default: 1, the mean of a
   * symbol.
   */
  lengthPenalty?: number;
  /** Most symbols of a target. Default: twice the source's, rounded up, and 10, but at most 1,000. */
  limit?: number;
  /** Whether to bring back how much of each annotation was read. Default: false. */
  attention?: boolean;
  /**
   * Draws symbols from the softmax of logits / temperature instead of taking the likeliest; near 0 it takes the likeliest.
   * Without beams only. Default: none, takes the likeliest.
   */
  temperature?: number;
  /** Seed of what is drawn: the same seed draws the same. Default: 0. */
  seed?: number;
}

/** A way to go on that beam search has found. */
export interface Beam {
  readonly symbols: readonly string[];
  /** Natural logarithm of its probability. */
  readonly score: number;
  /** What beams are ordered by. */
  readonly rank: number;
  /** Whether it came to its end before the limit. */
  readonly ended: boolean;
}

/** What a source was turned into. */
export interface Transduced extends Beam {
  /** (symbols, source), the end included: how much of each annotation was read for a symbol; null unless asked for. */
  readonly attention: Rows | null;
  /** All that beam search has found, the best first. */
  readonly beams: readonly Beam[];
}

/** A model that turns sources of symbols into targets, and looks back at the source while it does. */
export interface Transducing {
  readonly name: string;
  /** `attention`: how it scores what it looks at, or "none". */
  readonly options: { readonly attention: string };
  run(engine: Engine, sources: readonly (string | readonly string[])[], options?: TransduceOptions): Transduced[];
  /** One target, symbol by symbol. */
  decode(engine: Engine, source: string | readonly string[], options?: { limit?: number }): AsyncGenerator<string>;
}
