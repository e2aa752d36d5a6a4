import type { Engine } from "../../bindings/engine/engine.js";
import type { Benchmark } from "../contest.js";

/** Where systems are timed. */
export interface Engines {
  /** On one thread. */
  readonly engine: Engine;
  /** On two. */
  readonly team: Engine;
}

/** Benchmarks of one system. */
export type SystemBenchmarks = (engines: Engines) => Benchmark[];
