import {
  added,
  bitsOf,
  merged,
  reversed,
  searched,
  sorted,
  type TreeExample,
} from "../bindings/systems/hierarchicalAttentiveMemory/treeProblems.js";
import type { TreeTaskOptions } from "../bindings/tasks.js";
import { shown } from "../bindings/common/shown.js";
import { UsageError } from "./errors.js";

/** What a text asks of a tree, and how the answer is read. */
export interface TreeQuestion {
  readonly example: TreeExample;
  /** The answer of outputs, logits of the bits of each access. */
  answer(outputs: readonly Float32Array[]): string;
  /** What the answer should be. */
  readonly expected: string;
  /** What each access says where it is known from the question: the instructions of a raw memory. */
  readonly said: readonly string[];
}

type Task = Required<TreeTaskOptions>;

/** Texts that are understood, by problem. */
export const TREE_TEXTS: Readonly<Record<Task["problem"], string>> = {
  reverse: "5 17 3",
  search: "1:4 2:9 5:1 ? 2",
  merge: "30:4 150:2 | 60:7",
  sort: "3:1 2:7 3:0",
  add: "9 + 5",
  stack: "push 5 push 7 pop pop",
  queue: "push 5 push 7 pop pop",
  "priority-queue": "push 5:1 push 7:3 pop pop",
};

/** Priorities of merge. */
const PRIORITIES = 300;

/** Most bits of a number to add. */
const MOST_DIGITS = 52;

/** @throws UsageError when a text is none of the problem's: what was not understood, and what would be. */
export function readTree(text: string, { problem, bits }: Task): TreeQuestion {
  const half = bits / 2;
  const words = text.trim().split(/\s+/);
  const fail = (what: string): never => {
    throw new UsageError(`${what}: write it as ${shown(TREE_TEXTS[problem])}`);
  };
  if (!text.trim()) fail("There is nothing to put into the tree");
  const number = (word: string, below: number, least = 0): number => {
    const value = /^\d+$/.test(word) ? Number(word) : -1;
    if (value >= least && value < below) return value;
    return fail(`${shown(word)} is no whole number from ${least} to ${below - 1}`);
  };
  const pair = (word: string, most = 2 ** half, least = 0): readonly [number, number] => {
    const [first = "", second = "", ...more] = word.split(":");
    if (more.length || !word.includes(":")) return fail(`${shown(word)} is no pair of numbers with a colon between`);
    return [number(first, most, least), number(second, 2 ** half)];
  };
  const key = (word: string): number => {
    const [first, second] = pair(word);
    return first * 2 ** half + second;
  };
  const pairText = (value: number): string => `${Math.floor(value / 2 ** half)}:${value % 2 ** half}`;
  /** Of outputs up to their end, which their last bit says. */
  const ended = (
    example: TreeExample,
    every: number,
    size: number,
    write: (values: number[]) => string,
  ): TreeQuestion => {
    const read = (rows: readonly (ArrayLike<number> | null)[], above: number): string => {
      const values: number[] = [];
      for (let t = every - 1; t < rows.length; t += every) {
        const row = rows[t]!;
        if (row[size]! > above) return write(values);
        values.push(numberOf(row, size, above));
      }
      return write(values);
    };
    return { example, answer: (outputs) => read(outputs, 0), expected: read(example.target, 0.5), said: [] };
  };
  const list = (values: readonly number[]): string => values.join(" ");

  switch (problem) {
    case "reverse":
      return ended(
        reversed(
          words.map((word) => number(word, 2 ** bits)),
          bits,
        ),
        1,
        bits,
        list,
      );
    case "sort":
      return ended(sorted(words.map(key), bits), 1, bits, (values) => values.map(pairText).join(" "));
    case "search": {
      const at = words.indexOf("?");
      if (at < 1 || at !== words.length - 2) fail(`${shown(text.trim())} does not end with ? and a key`);
      const pairs = words.slice(0, at).map(key);
      if (pairs.some((each, i) => i > 0 && keyOf(each, half) < keyOf(pairs[i - 1]!, half)))
        fail("The keys are not in order");
      const query = number(words.at(-1)!, 2 ** half);
      if (!pairs.some((each) => keyOf(each, half) === query)) fail(`No pair has the key ${query}`);
      const example = searched(pairs, query, bits);
      const read = (rows: readonly (ArrayLike<number> | null)[], above: number): string =>
        String(numberOf(rows[1]!, half, above));
      return { example, answer: (outputs) => read(outputs, 0), expected: read(example.target, 0.5), said: [] };
    }
    case "merge": {
      const split = words.indexOf("|");
      if (split < 0) fail(`${shown(text.trim())} has no | between its two lists`);
      const items = words
        .filter((word) => word !== "|")
        .map((word) => {
          const [priority, value] = pair(word, PRIORITIES + 1, 1);
          return { priority, value };
        });
      return ended(merged(items, split, bits), 1, half, list);
    }
    case "add": {
      if (words.length !== 3 || words[1] !== "+") fail(`${shown(text.trim())} is no sum of two numbers`);
      const [a, b] = [words[0]!, words[2]!].map((word) => number(word, 2 ** MOST_DIGITS)) as [number, number];
      const digits = Math.max(1, Math.max(a, b).toString(2).length);
      const lowestFirst = (value: number): number[] => bitsOf(value, digits).toReversed();
      const sum = (values: number[]): string => String(values.reduceRight((all, bit) => 2 * all + bit, 0));
      return ended(added(lowestFirst(a), lowestFirst(b)), 2, 1, sum);
    }
    default:
      return instructions(words, { problem, bits, number, pair, fail });
  }
}

interface Instructed {
  readonly problem: Task["problem"];
  readonly bits: number;
  number(word: string, below: number): number;
  pair(word: string): readonly [number, number];
  fail(what: string): never;
}

function instructions(words: readonly string[], { problem, bits, number, pair, fail }: Instructed): TreeQuestion {
  const half = bits / 2;
  const isPrior = problem === "priority-queue";
  const held: { priority: number; value: number }[] = [];
  const [input, target]: [number[][], (number[] | null)[]] = [[], []];
  const said: string[] = [];
  for (let at = 0; at < words.length; ++at) {
    const word = words[at]!;
    if (word === "pop") {
      if (!held.length) fail(`There is nothing to pop at word ${at + 1}`);
      const best = held.reduce((most, { priority }, i) => (priority > held[most]!.priority ? i : most), 0);
      const first = isPrior ? best : problem === "stack" ? held.length - 1 : 0;
      const { value } = held[first]!;
      held.splice(first, 1);
      input.push([0, 1, ...Array.from({ length: bits }, () => 0)]);
      target.push(bitsOf(value, isPrior ? half : bits));
      said.push("pop");
    } else if (word === "push" && at + 1 < words.length) {
      const next = words[++at]!;
      const [value, priority] = isPrior ? pair(next) : [number(next, 2 ** bits), 0];
      if (isPrior && held.some((item) => item.priority === priority)) fail(`Two have the priority ${priority}`);
      held.push({ priority, value });
      input.push([1, 0, ...(isPrior ? [...bitsOf(priority, half), ...bitsOf(value, half)] : bitsOf(value, bits))]);
      target.push(null);
      said.push(next);
    } else fail(`${shown(word)} is neither push with a number nor pop`);
  }
  const size = isPrior ? half : bits;
  const read = (rows: readonly (ArrayLike<number> | null)[], above: number): string =>
    rows.flatMap((row, t) => (target[t] ? [numberOf(row!, size, above)] : [])).join(" ");
  return { example: { input, target }, answer: (outputs) => read(outputs, 0), expected: read(target, 0.5), said };
}

const keyOf = (pair: number, half: number): number => Math.floor(pair / 2 ** half);

/** A whole number of its bits, the highest first: those above the threshold are 1. */
function numberOf(row: ArrayLike<number>, size: number, above: number): number {
  let value = 0;
  for (let i = 0; i < size; ++i) value = 2 * value + Number(row[i]! > above);
  return value;
}
