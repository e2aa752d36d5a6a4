import type { Engine } from "../../bindings/core.js";
import { HierarchicalAttentiveMemory } from "../../bindings/models.js";
import { NodePrograms } from "../../bindings/systems/hierarchicalAttentiveMemory/nodePrograms.js";
import { bitsOf } from "../../bindings/systems/hierarchicalAttentiveMemory/treeProblems.js";
import { TreeWalk } from "../../bindings/systems/hierarchicalAttentiveMemory/treeWalk.js";

/** Accesses that are timed together, how often, and accesses in front of them. */
export interface Effort {
  readonly together: number;
  readonly rounds: number;
  readonly warmup: number;
}

/** An access of a tree. */
export interface AccessTime {
  readonly leaves: number;
  readonly searches: number;
  readonly joins: number;
  /** Bytes of nodes that are read and written. */
  readonly bytes: number;
  readonly microseconds: number;
  /** Milliseconds to fill the tree, once. */
  readonly filled: number;
}

/** The least time of an access, with a memory of the paper's sizes, which need not be trained. */
export function timeAccess(engine: Engine, leaves: number, { together, rounds, warmup }: Effort): AccessTime {
  const model = new HierarchicalAttentiveMemory({ inputSize: 10, outputSize: 11, seed: 1 });
  const input = Array.from({ length: leaves }, (_, i) => bitsOf(i % 1024, 10));
  const programs = new NodePrograms(model);
  const begin = performance.now();
  const walk = new TreeWalk(model, programs, engine, [input], leaves);
  const filled = performance.now() - begin;
  const timed = (accesses: number): number => {
    const begin = performance.now();
    for (let i = 0; i < accesses; ++i) walk.access();
    return (1000 * (performance.now() - begin)) / accesses;
  };
  timed(warmup);
  const microseconds = Math.min(...Array.from({ length: rounds }, () => timed(together)));
  const [searches, joins] = [walk.searches.at(-1)!, walk.joins.at(-1)!];
  // A search reads a node, a join two and writes one; the leaf is read and written.
  const bytes = 4 * model.options.nodeSize * (searches + 3 * joins + 2);
  return { leaves, searches, joins, bytes, microseconds: +microseconds.toFixed(1), filled: +filled.toFixed(1) };
}
