import { readFileSync } from "node:fs";
import { Random } from "../../bindings/common/random/philox.js";
import type { Engine } from "../../bindings/core.js";
import { loadCheckpoint } from "../../bindings/load.js";
import { models, type HierarchicalAttentiveMemory } from "../../bindings/models.js";
import { NodePrograms, type Rows } from "../../bindings/systems/hierarchicalAttentiveMemory/nodePrograms.js";
import { bitsOf, drawExample } from "../../bindings/systems/hierarchicalAttentiveMemory/treeProblems.js";
import { packagePath } from "../../cli/sweeping/packagePath.js";
import type { StudyOptions } from "../page.js";

/** Memories that learned to search, by their files in checkpoints/: on 32 leaves, and these on 64. */
export const SEARCHERS = ["search-tree.safetensors", "search-tree-deeper.safetensors"] as const;

/** Leaves, as powers of two, and how many trees of them are drawn, filled and half filled. */
const EFFORT: readonly (readonly [level: number, trees: number])[] = [
  [5, 20],
  [8, 20],
  [11, 20],
  [14, 10],
  [17, 4],
  [20, 4],
];
const QUICK = [[5, 2]] as const;

/** Seed of the trees. */
const SEED = 1_000_000;

/** Rows of one call. */
const CHUNK = 1024;

/** What is answered right of what is asked. */
export interface Answered {
  readonly asked: number;
  readonly right: number;
}

/** Searches in trees of so many leaves. */
export interface SearchStudy {
  readonly leaves: number;
  /** For each of SEARCHERS, in trees all of whose leaves are filled, and in those that are filled by half or more. */
  readonly full: readonly Answered[];
  readonly part: readonly Answered[];
}

/** How often searching is right from 2⁵ to 2²⁰ leaves. */
export function studySearch(
  engine: Engine,
  { quick, report }: Pick<StudyOptions, "quick" | "report">,
): readonly SearchStudy[] {
  const trained = SEARCHERS.map((file) => {
    const bytes = new Uint8Array(readFileSync(packagePath(`checkpoints/${file}`)));
    return loadCheckpoint(bytes, { file, models }).model as HierarchicalAttentiveMemory;
  });
  return (quick ? QUICK : EFFORT).map(([level, trees]) => {
    const leaves = 2 ** level;
    const of = (isFull: boolean): Answered[] =>
      trained.map((model) => answered(engine, model, { leaves, trees: trees / (isFull ? 1 : 2), isFull }));
    const study = { leaves, full: of(true), part: of(false) };
    const parts = [...study.full, ...study.part].map(({ right, asked }) => `${right} of ${asked}`);
    report(`search in 2^${level} leaves: ${parts.join(", ")}`);
    return study;
  });
}

/** Which trees are searched. */
export interface Searched {
  readonly leaves: number;
  readonly trees: number;
  /** Whether all leaves are filled, or by half or more. */
  readonly isFull: boolean;
  /** Of the trees. Default: that of the study. */
  readonly seed?: number;
}

/** Asks trees of random pairs for each of their keys once. An answer is right if all its bits are. */
export function answered(
  engine: Engine,
  model: HierarchicalAttentiveMemory,
  { leaves, trees, isFull, seed = SEED }: Searched,
): Answered {
  const programs = new NodePrograms(model);
  const half = model.options.outputSize - 1;
  const random = new Random(seed);
  let [asked, right] = [0, 0];
  for (let i = 0; i < trees; ++i) {
    const filled = isFull ? leaves : random.integer(leaves / 2, leaves);
    const { input } = drawExample(random, "search", filled, 2 * half);
    /** Of each key the value that is first. */
    const values = new Map<number, number>();
    for (const row of input.slice(0, -1)) {
      const key = numberOf(row.slice(0, half));
      if (!values.has(key)) values.set(key, numberOf(row.slice(half, 2 * half)));
    }
    const queries = [...values.keys()].map((key) => [...bitsOf(key, half), ...new Array<number>(half).fill(0), 1]);
    const answers = new Queries(engine, model, programs, input, leaves).answers(queries);
    const wanted = [...values.values()].map((value) => [...bitsOf(value, half), 0]);
    asked += answers.length;
    right += answers.filter((answer, j) => wanted[j]!.every((bit, k) => bit === Number(answer[k]! > 0))).length;
  }
  programs.release(engine);
  return { asked, right };
}

const numberOf = (bits: readonly number[]): number => bits.reduce((all, bit) => 2 * all + bit, 0);

/**
 * Trees that differ in the query alone, which is in their last filled leaf, share their nodes: each has its own of what is
 * above the query, and of what its accesses change. Node 1 is the root, and 2i and 2i + 1 are the children of node i.
 */
class Queries {
  readonly #engine: Engine;
  readonly #model: HierarchicalAttentiveMemory;
  readonly #programs: NodePrograms;
  readonly #leaves: number;
  readonly #size: number;
  /** The leaf of the query. */
  readonly #last: number;
  readonly #nodes: Rows;

  constructor(
    engine: Engine,
    model: HierarchicalAttentiveMemory,
    programs: NodePrograms,
    input: readonly (readonly number[])[],
    leaves: number,
  ) {
    [this.#engine, this.#model, this.#programs, this.#leaves] = [engine, model, programs, leaves];
    const size = (this.#size = model.options.nodeSize);
    this.#last = leaves + input.length - 1;
    const nodes = (this.#nodes = new Float32Array(2 * leaves * size));
    for (let begin = 0; begin < input.length; begin += CHUNK) {
      const some = input.slice(begin, begin + CHUNK);
      const { h } = programs.call(engine, "embed", some.length, { x: Float32Array.from(some.flat()) });
      nodes.set(h, (leaves + begin) * size);
    }
    for (let width = leaves / 2; width >= 1; width /= 2) {
      for (let begin = width; begin < 2 * width; begin += CHUNK) {
        const end = Math.min(2 * width, begin + CHUNK);
        const children = nodes.slice(2 * begin * size, 2 * end * size);
        nodes.set(programs.call(engine, "join", end - begin, { children }).h, begin * size);
      }
    }
  }

  /** The outputs of the second access, one for each query. */
  answers(queries: readonly (readonly number[])[]): Float32Array[] {
    const [engine, programs, leaves, size] = [this.#engine, this.#programs, this.#leaves, this.#size];
    const { hiddenSize, outputSize, accesses } = this.#model.options;
    const count = queries.length;
    const own = queries.map(() => new Map<number, Rows>());
    const at = new Int32Array(count);
    const gathered = (each: 1 | 2): Rows => {
      const rows = new Float32Array(count * each * size);
      own.forEach((nodes, i) => {
        for (let j = 0; j < each; ++j) {
          const node = each * at[i]! + j;
          const row = nodes.get(node) ?? this.#nodes.subarray(node * size, (node + 1) * size);
          rows.set(row, (each * i + j) * size);
        }
      });
      return rows;
    };
    const put = (rows: Rows): void =>
      own.forEach((nodes, i) => nodes.set(at[i]!, rows.slice(i * size, (i + 1) * size)));
    const putLeaves = (rows: Rows): void => {
      put(rows);
      for (let width = leaves / 2; width >= 1; width /= 2) {
        for (let i = 0; i < count; ++i) at[i]! >>= 1;
        put(programs.call(engine, "join", count, { children: gathered(2) }).h);
      }
    };
    at.fill(this.#last);
    putLeaves(programs.call(engine, "embed", count, { x: Float32Array.from(queries.flat()) }).h);
    const { h0, c0 } = this.#model.firstState();
    const repeated = (row: Float32Array): Rows =>
      Float32Array.from({ length: count * hiddenSize }, (_, i) => row[i % hiddenSize]!);
    let [asks, c, outputs] = [repeated(h0), repeated(c0), new Float32Array(0)];
    for (let access = 0; access < accesses; ++access) {
      at.fill(1);
      for (let width = 1; width < leaves; width *= 2) {
        const { logit } = programs.call(engine, "search", count, { h: gathered(1), asks });
        for (let i = 0; i < count; ++i) at[i] = 2 * at[i]! + Number(logit[i]! > 0);
      }
      const { output, leaf, next, cell } = programs.call(engine, "answer", count, { h: gathered(1), asks, c });
      [asks, c, outputs] = [next!, cell!, output];
      putLeaves(leaf);
    }
    return queries.map((_, i) => outputs.slice(i * outputSize, (i + 1) * outputSize));
  }
}
