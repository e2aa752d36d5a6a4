import type { Random } from "../../common/random/philox.js";

/** Algorithm of ramTask: what a machine is to do with its memory. */
export type RamAlgorithm = "access" | "increment" | "copy" | "reverse" | "swap" | "permutation";

/** Memory of so many cells, and what some of them must hold in the end. */
export interface MemoryExample {
  readonly memory: readonly number[];
  /** By address. */
  readonly required: ReadonlyMap<number, number>;
  /** Steps that the machine has for it. */
  readonly steps: number;
}

interface Algorithm {
  /** Elements of the shortest array. */
  readonly least: number;
  /** Cells that an array of n elements needs. */
  cells(n: number): number;
  /** Steps that a machine has for it. */
  steps(n: number): number;
  /** A memory, up to its last cell that is not 0, with an array of n elements from 1 to below m. */
  draw(random: Random, n: number, m: number): number[];
  /** What must be there in the end. */
  required(memory: readonly number[], n: number): Iterable<readonly [address: number, value: number]>;
  /** Elements of the array in a memory, or what is wrong with it. */
  read(memory: readonly number[]): number | string;
}

/** Elements in front of the first 0. */
const lengthFrom = (memory: readonly number[], begin: number): number => {
  const end = memory.indexOf(0, begin);
  return (end < 0 ? memory.length : end) - begin;
};

const drawArray = (random: Random, n: number, m: number): number[] =>
  Array.from({ length: n }, () => random.integer(1, m - 1));

const isAddress = (value: number, begin: number, n: number): boolean => value >= begin && value < begin + n;

/** Array behind a pointer to the cell behind it, where the answer goes. */
const behindPointer = (order: (i: number, n: number) => number): Algorithm => ({
  least: 1,
  cells: (n) => 2 * n + 1,
  steps: (n) => n + 3,
  draw: (random, n, m) => [n + 1, ...drawArray(random, n, m)],
  required: ([, ...array], n) => Array.from({ length: n }, (_, i) => [n + 1 + i, array[order(i, n)]!] as const),
  read(memory) {
    const n = memory[0]! - 1;
    if (n < 1) return `cell 0 is ${memory[0]}, and must be the address behind the array, 2 or more`;
    if (memory.slice(1, n + 1).length < n) return `cell 0 is ${n + 1}, and the array ends before`;
    return n;
  },
});

/**
 * The algorithms, Kurach et al. 2016, arXiv:1511.06392, appendix A. Pointers are addresses. The paper does not publish
 * the range of elements, 1 … m − 1 here and 1 … m − 2 for increment, nor the numbers of steps, which are those that its printed circuits need.
 */
export const algorithms: Readonly<Record<RamAlgorithm, Algorithm>> = {
  access: {
    least: 1,
    cells: (n) => n + 2,
    steps: () => 4,
    draw: (random, n, m) => [random.integer(1, n), ...drawArray(random, n, m)],
    required: (memory) => [[0, memory[memory[0]!]!]],
    read(memory) {
      const n = lengthFrom(memory, 1);
      return isAddress(memory[0]!, 1, n) ? n : `cell 0 is ${memory[0]}, and must be the address of an element`;
    },
  },
  increment: {
    least: 1,
    cells: (n) => n + 3, // a machine that goes on behind the array must not come back to its first element
    steps: (n) => n + 2,
    draw: (random, n, m) => drawArray(random, n, m - 1), // so that the largest has a number above it
    required: (memory, n) => memory.slice(0, n).map((value, i) => [i, (value + 1) % memory.length] as const),
    read: (memory) => lengthFrom(memory, 0) || "cell 0 is 0, and must be an element",
  },
  copy: /* @__PURE__ */ behindPointer((i) => i),
  reverse: /* @__PURE__ */ behindPointer((i, n) => n - 1 - i),
  swap: {
    least: 2,
    cells: (n) => n + 3,
    steps: () => 8,
    draw(random, n, m) {
      const p = random.integer(2, n + 1);
      const q = random.integer(2, n);
      return [p, q < p ? q : q + 1, ...drawArray(random, n, m)];
    },
    required([p, q, ...array], n) {
      const moved = (i: number): number => (i === p ? q! : i === q ? p! : i);
      return Array.from({ length: n }, (_, i) => [i + 2, array[moved(i + 2) - 2]!] as const);
    },
    read(memory) {
      const n = lengthFrom(memory, 2);
      const wrong = [0, 1].find((cell) => !isAddress(memory[cell] ?? 0, 2, n));
      return wrong === undefined ? n : `cell ${wrong} is ${memory[wrong]}, and must be the address of an element`;
    },
  },
  permutation: {
    least: 1,
    cells: (n) => 2 * n + 1,
    steps: (n) => 2 * n + 3,
    draw(random, n, m) {
      const order = Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; --i) {
        const j = random.integer(0, i);
        [order[i], order[j]] = [order[j]!, order[i]!];
      }
      return [n + 1, ...order, ...drawArray(random, n, m)];
    },
    required: (memory, n) => {
      return Array.from({ length: n }, (_, i) => [i + 1, memory[n + 1 + memory[i + 1]!]!] as const);
    },
    read(memory) {
      const n = memory[0]! - 1;
      if (n < 1 || memory.length < 2 * n + 1) return `cell 0 is ${memory[0]}, and must be the address of the array`;
      const order = memory.slice(1, n + 1).toSorted((a, b) => a - b);
      return order.every((value, i) => value === i) ? n : `cells 1 to ${n} must hold 0 to ${n - 1}, each once`;
    },
  },
};

/** Cells that a memory needs at least, to be one of an algorithm; fewer are no such memory. */
export function leastCells(algorithm: RamAlgorithm, memory: readonly number[]): number {
  const n = algorithms[algorithm].read([...memory, 0]);
  return typeof n === "string" ? memory.length : Math.max(memory.length, algorithms[algorithm].cells(n));
}

/** An example of an algorithm in a memory that is given, with all of its cells. @throws RangeError when it is none. */
export function exampleOf(algorithm: RamAlgorithm, memory: readonly number[]): MemoryExample {
  const n = algorithms[algorithm].read(memory);
  const fail = (reason: string): never => {
    throw new RangeError(`The memory is none for ${algorithm}: ${reason}`);
  };
  if (typeof n === "string") return fail(n);
  const { least, cells, steps, required } = algorithms[algorithm];
  if (n < least) fail(`the array has ${n === 1 ? "1 element" : `${n} elements`}, and must have ${least} or more`);
  if (cells(n) > memory.length) {
    fail(`there are ${memory.length} cells, and an array of ${n} needs ${cells(n)}`);
  }
  return { memory, required: new Map(required(memory, n)), steps: steps(n) };
}

/** An example with an array of n elements, in a memory of m cells. */
export function drawMemory(algorithm: RamAlgorithm, random: Random, n: number, m: number): MemoryExample {
  const { draw, required, steps } = algorithms[algorithm];
  const filled = draw(random, n, m);
  const memory = Array.from({ length: m }, (_, i) => filled[i] ?? 0);
  return { memory, required: new Map(required(memory, n)), steps: steps(n) };
}
