import type { Random } from "../../common/random/philox.js";

/**
 * What a memory with a controller learns in Andrychowicz & Kurach 2016, arXiv:1602.03218, section 4.1, and, of the last
 * three, a raw one in section 4.3.
 */
export type TreeProblem = "reverse" | "search" | "merge" | "sort" | "add" | "stack" | "queue" | "priority-queue";

/** All of them. */
export const PROBLEMS: readonly TreeProblem[] = [
  "reverse",
  "search",
  "merge",
  "sort",
  "add",
  "stack",
  "queue",
  "priority-queue",
];

/** Those of raw memories: data structures. */
export const isRaw = (problem: TreeProblem): boolean => problem.endsWith("queue") || problem === "stack";

/** Steps of a priority: merge has 1/300, 2/300, …, 1. */
const PRIORITIES = 300;

/** One example: rows of numbers. */
export interface TreeExample {
  /** What leaves are filled with, from the left, or of a raw memory what it is asked at each step. */
  readonly input: readonly (readonly number[])[];
  /** Of each access, the bits that are wanted, or null where nothing is. */
  readonly target: readonly (readonly number[] | null)[];
}

/** Numbers that go in and bits that come out. `bits` are those of a symbol, half of them a key, and half a value. */
export function sizesOf(
  problem: TreeProblem,
  bits: number,
): { readonly inputSize: number; readonly outputSize: number } {
  const half = bits / 2;
  switch (problem) {
    case "reverse":
    case "sort":
      return { inputSize: bits, outputSize: bits + 1 };
    case "search":
      return { inputSize: bits + 1, outputSize: half + 1 };
    case "merge":
      return { inputSize: 1 + half, outputSize: half + 1 };
    case "add":
      return { inputSize: 4, outputSize: 2 };
    case "stack":
    case "queue":
      return { inputSize: 2 + bits, outputSize: bits };
    case "priority-queue":
      return { inputSize: 2 + bits, outputSize: half };
  }
}

/** The fewest leaves that a problem needs. */
export const leastLeaves = (problem: TreeProblem): number =>
  problem === "add" ? 4 : problem === "search" || isRaw(problem) ? 2 : 1;

/** Accesses between two outputs, η: of two numbers, or of a query and what it asks for, both must be seen. */
export const accessesOf = (problem: TreeProblem): number => (problem === "search" || problem === "add" ? 2 : 1);

/** Most different keys of an example of search that has few. */
const FEW_KEYS = 4;

/** Draws an example of so many leaves, or of so many instructions; of search, with few different keys if it is said. */
export function drawExample(
  random: Random,
  problem: TreeProblem,
  length: number,
  bits: number,
  { fewKeys = false }: { readonly fewKeys?: boolean } = {},
): TreeExample {
  const values = 1 << (bits / 2);
  const all = 1 << bits;
  const below = (n: number): number => random.integer(0, n - 1);
  const many = <T>(count: number, of: () => T): T[] => Array.from({ length: count }, of);
  switch (problem) {
    case "reverse":
      return reversed(
        many(length, () => below(all)),
        bits,
      );
    case "sort":
      return sorted(
        many(length, () => below(all)),
        bits,
      );
    case "search": {
      const few = fewKeys ? many(random.integer(1, FEW_KEYS), () => below(values)) : undefined;
      const keys = many(length - 1, () => (few ? few[below(few.length)]! : below(values))).sort((a, b) => a - b);
      const pairs = keys.map((key) => key * values + below(values));
      return searched(pairs, keys[below(keys.length)]!, bits);
    }
    case "merge": {
      const items = many(length, () => ({ priority: 1 + below(PRIORITIES), value: below(values) }));
      return merged(items, below(length + 1), bits);
    }
    case "add": {
      const digits = Math.floor((length - 2) / 2);
      return added(
        many(digits, () => below(2)),
        many(digits, () => below(2)),
      );
    }
    default:
      return instructed(random, problem, length, bits);
  }
}

/** Bits of a whole number, the highest first. */
export const bitsOf = (number: number, bits: number): number[] =>
  Array.from({ length: bits }, (_, i) => Math.floor(number / (1 << (bits - 1 - i))) % 2);

/** The outputs, each with 0 behind it, and the end: 1 behind zeros. */
function ended(outputs: readonly (readonly number[])[], size: number): number[][] {
  return [...outputs.map((output) => [...output, 0]), [...Array.from({ length: size }, () => 0), 1]];
}

/** Nothing is wanted of the accesses in front of each output. */
const everySecond = (outputs: readonly (readonly number[])[]): (readonly number[] | null)[] =>
  outputs.flatMap((output) => [null, output]);

/** Symbols from the last to the first. */
export function reversed(symbols: readonly number[], bits: number): TreeExample {
  const input = symbols.map((symbol) => bitsOf(symbol, bits));
  return { input, target: ended(input.toReversed(), bits) };
}

/** Pairs, each key · 2^(bits/2) + value, in the order of keys; of equals, the first first. */
export function sorted(pairs: readonly number[], bits: number): TreeExample {
  const key = (pair: number): number => Math.floor(pair / (1 << (bits / 2)));
  const ordered = pairs.toSorted((a, b) => key(a) - key(b));
  return {
    input: pairs.map((pair) => bitsOf(pair, bits)),
    target: ended(
      ordered.map((pair) => bitsOf(pair, bits)),
      bits,
    ),
  };
}

/** Pairs that are sorted by their keys, and then the key whose first value is wanted. */
export function searched(pairs: readonly number[], query: number, bits: number): TreeExample {
  const half = bits / 2;
  const values = 1 << half;
  const found = pairs.find((pair) => Math.floor(pair / values) === query)!;
  const input = [...pairs.map((pair) => [...bitsOf(pair, bits), 0]), [...bitsOf(query * values, bits), 1]];
  return { input, target: [null, [...bitsOf(found % values, half), 0]] };
}

/** Of a list with priorities. */
interface Prior {
  /** In 1/300. */
  readonly priority: number;
  readonly value: number;
}

/** Two lists, each in the order of priorities, the first of `split` items → the values of both in that order. */
export function merged(items: readonly Prior[], split: number, bits: number): TreeExample {
  const half = bits / 2;
  const ordered = (list: readonly Prior[]): Prior[] => list.toSorted((a, b) => a.priority - b.priority);
  const both = [...ordered(items.slice(0, split)), ...ordered(items.slice(split))];
  return {
    input: both.map(({ priority, value }) => [priority / PRIORITIES, ...bitsOf(value, half)]),
    target: ended(
      ordered(both).map(({ value }) => bitsOf(value, half)),
      half,
    ),
  };
}

/** Bits of two numbers, the lowest first, as a + b = and what that is, with one bit more. */
export function added(a: readonly number[], b: readonly number[]): TreeExample {
  const row = (symbol: number): number[] => [0, 1, 2, 3].map((place) => Number(place === symbol));
  let carry = 0;
  const digits = [...a, 0].map((digit, i) => {
    const all = digit + (b[i] ?? 0) + carry;
    carry = all >> 1;
    return [all & 1];
  });
  return { input: [...a, 2, ...b, 3].map(row), target: everySecond(ended(digits, 1)) };
}

/**
 * Instructions of which the t-th of n is POP with probability t/n, and otherwise PUSH, which it also is where nothing is
 * left. Of a priority queue POP takes the largest of priorities, which differ; where none is free, it is POP.
 */
function instructed(random: Random, problem: TreeProblem, length: number, bits: number): TreeExample {
  const half = bits / 2;
  const held: { readonly priority: number; readonly value: number }[] = [];
  const [input, target]: [number[][], (number[] | null)[]] = [[], []];
  const isPrior = problem === "priority-queue";
  for (let t = 1; t <= length; ++t) {
    const isFull = isPrior && held.length === 1 << half;
    const isPop = held.length > 0 && (random.uniform() < t / length || isFull);
    if (isPop) {
      const first = isPrior ? highest(held) : problem === "stack" ? held.length - 1 : 0;
      const { value } = held[first]!;
      held.splice(first, 1);
      input.push([0, 1, ...Array.from({ length: bits }, () => 0)]);
      target.push(bitsOf(value, isPrior ? half : bits));
      continue;
    }
    let priority = 0;
    if (isPrior) {
      const free = Array.from({ length: 1 << half }, (_, i) => i).filter(
        (i) => !held.some((item) => item.priority === i),
      );
      priority = free[random.integer(0, free.length - 1)]!;
    }
    const value = random.integer(0, (1 << (isPrior ? half : bits)) - 1);
    held.push({ priority, value });
    input.push([1, 0, ...(isPrior ? [...bitsOf(priority, half), ...bitsOf(value, half)] : bitsOf(value, bits))]);
    target.push(null);
  }
  return { input, target };
}

const highest = (held: readonly { readonly priority: number }[]): number =>
  held.reduce((best, { priority }, i) => (priority > held[best]!.priority ? i : best), 0);
