import { checkOptions, flag, oneOf } from "../../common/options.js";
import type { Call, Environment, TeacherProgram } from "./environment.js";
import { programTask, programTaskRules, type ProgramTask, type ProgramTaskOptions } from "./programTask.js";

/** Numbers in a row, two pointers between which sorting goes on, and one that counts sweeps. */
export interface SortingRow {
  readonly values: number[];
  /** Places from 0; the number of values is behind the last. */
  readonly pointers: number[];
}

/** What can be seen of a row: whether the first value is larger than the second, or both digits. */
export type SortingView = "comparison" | "digits";

/** Pointers, as calls name them. */
export const SORTING_POINTERS = ["1", "2", "3"] as const;
const FIRST = 0;
const SECOND = 1;
const SWEEP = 2;
const DIGITS = 10;
/** Both pointers are at the start, the second is behind the last value, and the third is. */
const FLAGS = 3;

const valueUnder = ({ values, pointers }: SortingRow, pointer: number): number | undefined =>
  values[pointers[pointer]!];
const isBehind = ({ values, pointers }: SortingRow, pointer: number): boolean => pointers[pointer] === values.length;
const isAtStart = ({ pointers }: SortingRow): boolean => pointers[FIRST] === 0 && pointers[SECOND] === 0;
const isOutOfOrder = (row: SortingRow): boolean => {
  const [first, second] = [valueUnder(row, FIRST), valueUnder(row, SECOND)];
  return first !== undefined && second !== undefined && first > second;
};

type Programs = Readonly<Record<string, TeacherProgram<SortingRow>>>;

const PROGRAMS = {
  *BUBBLESORT(row) {
    while (!isBehind(row, SWEEP)) {
      yield ["BUBBLE"];
      yield ["RESET"];
    }
  },
  *BUBBLE(row) {
    yield ["RIGHT", SECOND];
    while (!isBehind(row, SECOND)) yield ["BSTEP"];
  },
  *BSTEP() {
    yield ["COMPSWAP"];
    return ["RSHIFT"];
  },
  *COMPSWAP(row) {
    if (isOutOfOrder(row)) return ["SWAP"];
    return undefined;
  },
  *RSHIFT() {
    yield ["RIGHT", FIRST];
    return ["RIGHT", SECOND];
  },
  *RESET(row) {
    while (!isAtStart(row)) yield ["LSHIFT"];
    return ["RIGHT", SWEEP];
  },
  *LSHIFT() {
    yield ["LEFT", FIRST];
    return ["LEFT", SECOND];
  },
} satisfies Programs;

/** The same without loops. Cai, Shin & Song 2017, arXiv:1704.06611, section 3. */
const RECURSIVE = {
  *BUBBLESORT(row) {
    if (isBehind(row, SWEEP)) return undefined;
    yield ["BUBBLE"];
    yield ["RESET"];
    return ["BUBBLESORT"];
  },
  *BUBBLE() {
    yield ["RIGHT", SECOND];
    return ["BSTEP"];
  },
  *BSTEP(row) {
    if (isBehind(row, SECOND)) return undefined;
    yield ["COMPSWAP"];
    yield ["RSHIFT"];
    return ["BSTEP"];
  },
  *RESET() {
    yield ["LSHIFT"];
    return ["RIGHT", SWEEP];
  },
  *LSHIFT(row) {
    if (isAtStart(row)) return undefined;
    yield ["LEFT", FIRST];
    yield ["LEFT", SECOND];
    return ["LSHIFT"];
  },
} satisfies Programs;

/**
 * The largest number: sort, and go right until it is under the first pointer, the second being behind the last value.
 * Section 4.3 of Reed & de Freitas 2016.
 */
const MAX = {
  *MAX() {
    yield ["BUBBLESORT"];
    return ["RJMP"];
  },
  *RJMP(row) {
    yield ["RIGHT", SECOND];
    while (!isBehind(row, SECOND)) yield ["RSHIFT"];
  },
} satisfies Programs;

const RECURSIVE_MAX = {
  *MAX() {
    yield ["BUBBLESORT"];
    yield ["RIGHT", SECOND];
    return ["RJMP"];
  },
  *RJMP(row) {
    if (isBehind(row, SECOND)) return undefined;
    yield ["RSHIFT"];
    return ["RJMP"];
  },
} satisfies Programs;

/** Which sorting. */
export interface SortingEnvironmentOptions {
  /** Whether programs call themselves instead of looping. Default: false. */
  readonly recursive?: boolean;
  /** What programs see. Default: "comparison". */
  readonly view?: SortingView;
}

/**
 * Bubble sort of a row of numbers, Reed & de Freitas 2016, arXiv:1511.06279, section 4.2, with what Cai, Shin & Song
 * 2017 observe: whether the first pointer's value is larger, and where the pointers stand. With the view "digits", the
 * values themselves are seen instead, as they were in 2016. Pointers stay where they are at either end.
 */
export function sortingEnvironment(
  options: SortingEnvironmentOptions = {},
): Environment<SortingRow, readonly number[]> {
  const { recursive = false, view = "comparison" } = options;
  const seen = view === "digits" ? 2 * DIGITS : 2;
  return {
    name: `${recursive ? "recursive " : ""}bubble sort`,
    observationSize: seen + FLAGS,
    argumentSizes: [SORTING_POINTERS.length],
    start: (values) => ({ values: [...values], pointers: [0, 0, 0] }),
    observe(row) {
      const all = new Array<number>(seen + FLAGS).fill(0);
      if (view === "digits") {
        const [first, second] = [valueUnder(row, FIRST), valueUnder(row, SECOND)];
        if (first !== undefined) all[first] = 1;
        if (second !== undefined) all[DIGITS + second] = 1;
      } else if (!isBehind(row, SECOND)) all[Number(isOutOfOrder(row))] = 1;
      all[seen] = Number(isAtStart(row));
      all[seen + 1] = Number(isBehind(row, SECOND));
      all[seen + 2] = Number(isBehind(row, SWEEP));
      return all;
    },
    acts: {
      LEFT: ({ pointers }, pointer) => void (pointers[pointer!] = Math.max(0, pointers[pointer!]! - 1)),
      RIGHT: ({ pointers, values }, pointer) =>
        void (pointers[pointer!] = Math.min(values.length, pointers[pointer!]! + 1)),
      SWAP(row) {
        const [first, second] = [valueUnder(row, FIRST), valueUnder(row, SECOND)];
        if (first === undefined || second === undefined) throw new RangeError("a pointer is behind the last value");
        row.values[row.pointers[FIRST]!] = second;
        row.values[row.pointers[SECOND]!] = first;
      },
    },
    takes: { LEFT: 1, RIGHT: 1 },
    programs: recursive ? { ...PROGRAMS, ...RECURSIVE, ...RECURSIVE_MAX } : { ...PROGRAMS, ...MAX },
    draw: (random, length) => Array.from({ length }, () => random.integer(0, DIGITS - 1)),
    show: ([name, pointer]) => (pointer === undefined ? name : `${name}(${SORTING_POINTERS[pointer]})`),
  };
}

/**
 * Rows that have all step inputs that recursive sorting can meet where it compares values: every row of up to five values
 * that are small, middling or large. What a frame observes are flags and comparisons at places next to each other, and
 * rows of five have no step input that rows of four lack.
 */
export function* sortingCoverage(longest = 5): Generator<readonly number[]> {
  for (let rows: number[][] = [[]], length = 1; length <= longest; ++length) {
    rows = rows.flatMap((row) => [0, 1, 2].map((value) => [...row, value]));
    yield* rows;
  }
}

/** What sortingProgramsTask learns from. */
export interface SortingProgramsTaskOptions extends ProgramTaskOptions {
  /** Whether programs call themselves instead of looping. Default: false. */
  recursive?: boolean;
  /** Whether programs see which value is larger, or both digits. Default: "comparison". */
  view?: SortingView;
  /** Whether MAX is learned, too. Default: false. */
  max?: boolean;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const sortingProgramsRules = (options?: SortingProgramsTaskOptions) =>
  ({
    recursive: [false, flag()],
    view: ["comparison", oneOf("comparison", "digits")],
    max: [false, flag()],
    ...programTaskRules(options),
  }) as const;

/** Rows of the program memory in front of MAX and RJMP: none, ACT, and BUBBLESORT with what it calls. */
export const SORTING_ROWS = 9;

/**
 * Traces of BUBBLESORT and what it calls, on random digits; with `max`, of MAX as well, which has rows in the program
 * memory in any case. A problem's length is the number of its digits.
 *
 * @throws RangeError when an option is out of range, TypeError when one is unknown.
 * @example
 * const task = sortingProgramsTask({ recursive: true, minLength: 2, maxLength: 2, seed: 1 });
 */
export function sortingProgramsTask(options: SortingProgramsTaskOptions = {}): ProgramTask {
  const checked = checkOptions("sortingProgramsTask", options, sortingProgramsRules(options));
  const { recursive, view, max, ...rest } = checked;
  const calls: Call[] = [["BUBBLESORT"], ...(max ? [["MAX"] as const] : [])];
  const environment = sortingEnvironment({ recursive, view });
  return programTask(environment, rest, { name: "sorting-programs", options: checked, calls });
}
