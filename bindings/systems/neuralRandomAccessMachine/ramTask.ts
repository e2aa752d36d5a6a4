import { checkOptions, oneOf, orNull, whole } from "../../common/options.js";
import { Random } from "../../common/random/philox.js";
import { broadcast, classMisses, divide, max, sum } from "../../graph/ops/index.js";
import type { Tensor } from "../../graph/tensor.js";
import { MOST_SEQUENCES, type Batch } from "../../tasks/batch.js";
import { curriculumRules, drawRisen, risingLengths, type CurriculumOptions } from "../../tasks/curriculum.js";
import { drawLengths, expectOrder, longestOf, seedRule } from "../../tasks/lengths.js";
import type { Answer, AnyTask, GenerateOptions } from "../../tasks/task.js";
import { algorithms, drawMemory, type MemoryExample, type RamAlgorithm } from "./algorithms.js";

/** What ramTask draws. */
export interface RamTaskOptions extends CurriculumOptions {
  /** What the machine is to do. Default: "access". */
  algorithm?: RamAlgorithm;
  /** Elements of the shortest array. Default: 1, or 2 for swap. */
  minLength?: number;
  /** Elements of the longest. Default: 5. */
  maxLength?: number;
  /** Cells of a memory, and so the numbers there are: more where a longer array is asked for. Default: 12, or as many as the longest array needs. */
  cells?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** Metrics of a memory: the share of the required cells that are wrong, and whether any is. */
export type MemoryMetric = "cellError" | "sequenceError";

/** Task of memories that an algorithm changes. */
export interface RamTask extends AnyTask<MemoryMetric> {
  readonly isOfMemory: true;
  readonly algorithm: RamAlgorithm;
  readonly metrics: {
    /** Wrong cells / cells that must be written, of an example. */
    readonly cellError: (answer: Answer) => Tensor;
    /** 1 for an example with any required cell wrong. */
    readonly sequenceError: (answer: Answer) => Tensor;
  };
}

const MOST_CELLS = 1024;

const shortestOf = (options?: RamTaskOptions): number => (options?.algorithm === "swap" ? 2 : 1);
const longestFor = (options?: RamTaskOptions): number => Math.max(5, options?.minLength ?? 0);

/** Default and check of each option; a function, since importing calls nothing. */
export const ramRules = (options?: RamTaskOptions) =>
  ({
    algorithm: ["access", oneOf("access", "increment", "copy", "reverse", "swap", "permutation")],
    minLength: [shortestOf(options), whole(1)],
    maxLength: [longestFor(options), whole(1)],
    cells: [defaultCells(options), whole(3, { most: MOST_CELLS })],
    ...curriculumRules(),
    seed: seedRule(),
  }) as const;

function defaultCells(options: RamTaskOptions = {}): number {
  const { algorithm = "access", maxLength = longestFor(options) } = options;
  const needed = algorithms[algorithm]?.cells(maxLength);
  return needed >= 12 ? needed : 12; // also for an algorithm or a length that is none, which the check refuses
}

/**
 * Algorithms of Kurach et al. 2016, arXiv:1511.06392, appendix A, on memories of whole numbers. A memory goes in, and at
 * the end some of its cells must hold what the algorithm puts there:
 *
 *     access       k, A₁ … Aₙ, 0         cell 0 = content of cell k
 *     increment    A₀ … Aₙ₋₁, 0          every element + 1
 *     copy         p, A₁ … Aₙ            A from cell p = n + 1 on
 *     reverse      p, A₁ … Aₙ            A from the last to the first, from cell p = n + 1 on
 *     swap         p, q, A₂ … Aₙ₊₁, 0    A with the elements at p and q exchanged
 *     permutation  a, P₁ … Pₙ, A         A[P₁] … A[Pₙ] in the place of P; a = n + 1 is the address of A
 *
 * A length, and a difficulty, is the number of elements, n; other cells are 0.
 *
 * @throws RangeError when an option is out of range, TypeError when one is unknown.
 * @example
 * const task = ramTask({ algorithm: "increment", maxLength: 6, seed: 1 });
 */
export function ramTask(options: RamTaskOptions = {}): RamTask {
  const owner = "ramTask";
  const checked = checkOptions(owner, options, ramRules(options));
  const { algorithm, minLength, maxLength, cells, seed } = checked;
  const { least, cells: needed } = algorithms[algorithm];
  expectOrder(owner, [`the shortest array of ${algorithm}`, least], ["minLength", minLength]);
  expectOrder(owner, ["minLength", minLength], ["maxLength", maxLength]);
  expectOrder(owner, [`what an array of ${maxLength} needs`, needed(maxLength)], ["cells", cells]);
  const mostLength = [...Array(MOST_CELLS).keys()].findLast((n) => needed(n) <= MOST_CELLS)!;

  return {
    name: "ram",
    options: checked,
    isOfMemory: true,
    algorithm,
    seed,
    ...risingLengths(checked, owner, "cellError"),
    generate(random, count, batch, { length, difficulty = length, progress }: GenerateOptions = {}) {
      const lengths =
        difficulty === undefined && progress
          ? Array.from({ length: count }, () => drawRisen(random, checked, progress))
          : drawLengths(owner, random, count, { minLength, maxLength, most: mostLength }, difficulty);
      if (longestOf(lengths) < least) expectOrder(owner, [`the shortest array of ${algorithm}`, least], ["length", 1]);
      const m = Math.max(cells, needed(longestOf(lengths)));
      fillMemories(
        batch,
        lengths.map((n) => drawMemory(algorithm, random, n, m)),
      );
    },
    metrics: {
      cellError: (answer) => sum(sum(divide(misses(answer), counts(answer)))),
      sequenceError: (answer) => sum(max(misses(answer), { axis: 1 })),
    },
  };
}

/** (batch, cells): 1 where a required cell is wrong. */
const misses = ({ logits, targets, mask }: Answer): Tensor => classMisses(logits, targets, mask);

/** (batch, cells): the required cells of the example, at every cell. */
const counts = ({ mask }: Answer): Tensor => broadcast(sum(mask), { axis: 1, count: mask.shape[1]! });

/** Fills a batch of memoryLayout. All memories have the same number of cells. */
export function fillMemories(batch: Batch, examples: readonly MemoryExample[]): void {
  const count = examples.length;
  const steps = longestOf(examples.map((example) => example.steps));
  batch.reset({ cells: examples[0]!.memory.length, steps }, count);
  const [memory, targets, mask, last] = ["memory", "targets", "mask", "last"].map((name) => batch.block(name)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  examples.forEach((example, i) => {
    example.memory.forEach((value, cell) => (memory[cell * count + i] = value));
    for (const [cell, value] of example.required) {
      targets[cell * count + i] = value;
      mask[cell * count + i] = 1;
    }
    for (let step = example.steps - 1; step < steps; ++step) last[step * count + i] = 1;
  });
}

/** Which memories to draw. */
export interface DrawMemoriesOptions {
  /** Default: 1,000. */
  count?: number;
  /** Elements of every array. Default: as in training. */
  length?: number;
  /** Cells of every memory. Default: the task's, or as many as the array needs. */
  cells?: number;
  /** The same seed draws the same. Default: 0. */
  seed?: number;
}

/** The random stream of examples to test with; training draws from another. */
const TEST = 2;

/**
 * Memories of a task, with what they must hold in the end, to run a machine on.
 * @throws RangeError, TypeError when an option is out of range or unknown.
 * @example
 * const examples = drawMemories(ramTask({ algorithm: "copy" }), { count: 100, length: 20 });
 */
export function drawMemories(task: RamTask, options: DrawMemoriesOptions = {}): MemoryExample[] {
  const { algorithm } = task;
  const { minLength, maxLength, cells } = task.options as { minLength: number; maxLength: number; cells: number };
  const { least, cells: needed } = algorithms[algorithm];
  const asked = checkOptions("drawMemories", options, {
    count: [1000, whole(1, { most: MOST_SEQUENCES })],
    length: [null, orNull(whole(least))],
    cells: [null, orNull(whole(3, { most: MOST_CELLS }))],
    seed: seedRule(),
  });
  const random = new Random(asked.seed, TEST);
  return Array.from({ length: asked.count }, () => {
    const n = asked.length ?? random.integer(minLength, maxLength);
    const m = asked.cells ?? Math.max(cells, needed(n));
    expectOrder("drawMemories", [`what an array of ${n} needs`, needed(n)], ["cells", m]);
    return drawMemory(algorithm, random, n, m);
  });
}
