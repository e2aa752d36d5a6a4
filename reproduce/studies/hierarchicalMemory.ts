import { HierarchicalAttentiveMemory } from "../../bindings/models.js";
import type { Engine } from "../../bindings/core.js";
import { NodePrograms } from "../../bindings/systems/hierarchicalAttentiveMemory/nodePrograms.js";
import { TreeWalk } from "../../bindings/systems/hierarchicalAttentiveMemory/treeWalk.js";
import { bitsOf } from "../../bindings/systems/hierarchicalAttentiveMemory/treeProblems.js";
import type { StudyOptions } from "../page.js";
import { studySearch, type SearchStudy } from "./treeSearch.js";

/** Leaves, as powers of two. */
const LEVELS = [5, 8, 11, 14, 17, 20];
/** Accesses that are timed together, how often, and accesses in front of them. */
const EFFORT = { together: 20, rounds: 25, warmup: 400 };
const QUICK = { together: 2, rounds: 2, warmup: 2, levels: LEVELS.slice(0, 2) };

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

export interface TreeStudy {
  readonly machine: string;
  readonly accesses: readonly AccessTime[];
  readonly searched: readonly SearchStudy[];
}

/** What an access costs, and how often searching is right, from 2⁵ to 2²⁰ leaves. */
export const studyTrees = (engine: Engine, options: StudyOptions): Promise<TreeStudy> =>
  Promise.resolve({
    machine: options.machine,
    accesses: studyAccess(engine, options),
    searched: studySearch(engine, options),
  });

/** What an access costs on trees from 2⁵ to 2²⁰ leaves, with a memory of the paper's sizes, which need not be trained. */
function studyAccess(engine: Engine, { quick, report }: StudyOptions): readonly AccessTime[] {
  const { together, rounds, warmup, levels } = quick ? QUICK : { ...EFFORT, levels: LEVELS };
  const model = new HierarchicalAttentiveMemory({ inputSize: 10, outputSize: 11, seed: 1 });
  const programs = new NodePrograms(model);
  return levels.map((level) => {
    const leaves = 2 ** level;
    const input = Array.from({ length: leaves }, (_, i) => bitsOf(i % 1024, 10));
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
    report(`access of 2^${level} leaves: ${microseconds.toFixed(1)} µs`);
    return { leaves, searches, joins, bytes, microseconds: +microseconds.toFixed(1), filled: +filled.toFixed(1) };
  });
}
