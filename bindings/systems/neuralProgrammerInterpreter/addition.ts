import { checkOptions, flag } from "../../common/options.js";
import type { Random } from "../../common/random/philox.js";
import type { Environment, TeacherProgram } from "./environment.js";
import { programTask, programTaskRules, type ProgramTask, type ProgramTaskOptions } from "./programTask.js";

/** Rows of the scratch pad. */
export const PAD_ROWS = ["IN1", "IN2", "CARRY", "OUT"] as const;
const IN1 = 0;
const IN2 = 1;
const CARRY = 2;
const OUT = 3;

/** Nothing in a cell: a digit or a carry is a number from 0 to 9. */
const BLANK = -1;
/** Digits, and the blank. */
const SYMBOLS = 11;

/** Scratch pad of an addition: its rows from the right, and a pointer into each. */
export interface AdditionPad {
  /** Digits of each row, the last one first; BLANK or nothing where there is none. */
  readonly rows: readonly number[][];
  /** Column of each row's pointer, counted from the right. */
  readonly pointers: number[];
}

/** Two numbers, as their decimal digits. */
export type Operands = readonly [first: string, second: string];

/** What is under a row's pointer. */
const under = ({ rows, pointers }: AdditionPad, row: number): number => rows[row]![pointers[row]!] ?? BLANK;

/** The sum of a column and the carry into it. */
const sumOf = (pad: AdditionPad): number =>
  [IN1, IN2, CARRY].reduce((sum, row) => sum + Math.max(0, under(pad, row)), 0);

const isDone = (pad: AdditionPad): boolean => [IN1, IN2, CARRY].every((row) => under(pad, row) === BLANK);

const PROGRAMS = {
  *ADD(pad) {
    while (!isDone(pad)) {
      yield ["ADD1"];
      yield ["LSHIFT"];
    }
  },
  *ADD1(pad) {
    const sum = sumOf(pad);
    const write = ["WRITE", OUT, sum % 10] as const;
    if (sum < 10) return write;
    yield write;
    return ["CARRY"];
  },
  *CARRY() {
    yield ["LEFT", CARRY];
    yield ["WRITE", CARRY, 1];
    return ["RIGHT", CARRY];
  },
  *LSHIFT() {
    yield ["LEFT", IN1];
    yield ["LEFT", IN2];
    yield ["LEFT", CARRY];
    return ["LEFT", OUT];
  },
} satisfies Record<string, TeacherProgram<AdditionPad>>;

/** ADD without a loop: it calls itself for the columns that are left. Cai, Shin & Song 2017, arXiv:1704.06611, section 3. */
const RECURSIVE = {
  *ADD(pad) {
    if (isDone(pad)) return;
    yield ["ADD1"];
    yield ["LSHIFT"];
    return ["ADD"];
  },
} satisfies Record<string, TeacherProgram<AdditionPad>>;

/**
 * Addition on a scratch pad, Reed & de Freitas 2016, arXiv:1511.06279, section 4.1: two numbers, a row for carries and one
 * for the sum, and a pointer into each of these rows, of which only the four digits under the pointers can be observed.
 * `recursive` programs are those of Cai, Shin & Song 2017, arXiv:1704.06611.
 */
export const additionEnvironment = (recursive = false): Environment<AdditionPad, Operands> => ({
  name: recursive ? "recursive addition" : "addition",
  observationSize: PAD_ROWS.length * SYMBOLS,
  argumentSizes: [PAD_ROWS.length, 10],
  start: (operands) => ({
    rows: [...operands.map((digits) => Array.from(digits, Number).reverse()), [], []],
    pointers: PAD_ROWS.map(() => 0),
  }),
  observe(pad) {
    const seen = new Array<number>(PAD_ROWS.length * SYMBOLS).fill(0);
    PAD_ROWS.forEach((_, row) => (seen[row * SYMBOLS + 1 + under(pad, row)] = 1));
    return seen;
  },
  acts: {
    LEFT: ({ pointers }, row) => void ++pointers[row!]!,
    RIGHT({ pointers }, row) {
      if (!pointers[row!]) throw new RangeError(`the pointer of ${PAD_ROWS[row!]} is at the right end`);
      --pointers[row!]!;
    },
    WRITE({ rows, pointers }, row, digit) {
      const [cells, column] = [rows[row!]!, pointers[row!]!];
      while (cells.length < column) cells.push(BLANK);
      cells[column] = digit!;
    },
  },
  takes: { LEFT: 1, RIGHT: 1, WRITE: 2 },
  programs: recursive ? { ...PROGRAMS, ...RECURSIVE } : PROGRAMS,
  deal: dealOperands,
  draw(random, length) {
    // One number has all the digits, the other any number of them.
    const both = [drawNumber(random, length), drawNumber(random, random.integer(1, length))] as const;
    return random.integer(0, 1) ? both : [both[1], both[0]];
  },
  show: ([name, row, digit]) =>
    row === undefined ? name : `${name}(${PAD_ROWS[row]}${digit === undefined ? "" : `, ${digit}`})`,
});

const drawNumber = (random: Random, digits: number): string =>
  Array.from({ length: digits }, (_, i) => random.integer(digits > 1 && !i ? 1 : 0, 9)).join("");

/**
 * Problems in which columns come up equally often: pairs of digits are dealt from shuffled packs, one for each carry into
 * the column and for each number that may be over, which take turns. Of the problems, 40% have numbers of one length on
 * purpose, and of the others some by chance.
 */
function dealOperands(random: Random, lengths: readonly number[]): Operands[] {
  const packs = new Map<string, number[]>();
  const dealt = (kind: string, cards: number): number => {
    let pack = packs.get(kind);
    if (!pack?.length) packs.set(kind, (pack = shuffled(random, cards)));
    return pack.pop()!;
  };
  const turns = [0, 0];
  return lengths.map((length) => {
    const shorter = random.integer(1, 5) < 3 ? length : random.integer(1, length);
    const columns: [first: string, second: string][] = [];
    for (let column = 0, carry = 0, over = 0; column < length; ++column) {
      const isPair = column < shorter;
      if (column === shorter) over = turns[carry]!++ % 2;
      const card = isPair ? dealt(`${carry}`, 100) : dealt(`${carry} over ${over}`, 10);
      const digits = isPair ? [Math.floor(card / 10), card % 10] : over ? [card, ""] : ["", card];
      columns.unshift(digits.map(String) as [string, string]);
      carry = Number(digits.reduce((sum: number, digit) => sum + Number(digit), carry) > 9);
    }
    return [columns.map(([first]) => first).join(""), columns.map(([, second]) => second).join("")];
  });
}

/** 0 to n − 1 in random order. Fisher & Yates. */
function shuffled(random: Random, n: number): number[] {
  const all = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; --i) {
    const j = random.integer(0, i);
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all;
}

/** The sum on a pad, as its decimal digits; empty if nothing has been written. */
export const sumOnPad = ({ rows }: AdditionPad): string =>
  rows[OUT]!.map((digit) => (digit === BLANK ? " " : digit))
    .reverse()
    .join("");

/** What additionProgramsTask learns from. */
export interface AdditionProgramsTaskOptions extends ProgramTaskOptions {
  /** Whether ADD calls itself instead of looping. Default: false. */
  recursive?: boolean;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const additionProgramsRules = (options?: AdditionProgramsTaskOptions) =>
  ({ recursive: [false, flag()], ...programTaskRules(options) }) as const;

/**
 * Traces of ADD and what it calls, on random sums. A problem's length is the number of digits of the longer number.
 *
 * @throws RangeError when an option is out of range, TypeError when one is unknown.
 * @example
 * const task = additionProgramsTask({ recursive: true, problems: 200, maxLength: 3, seed: 1 });
 */
export function additionProgramsTask(options: AdditionProgramsTaskOptions = {}): ProgramTask {
  const checked = checkOptions("additionProgramsTask", options, additionProgramsRules(options));
  const { recursive, ...rest } = checked;
  return programTask(additionEnvironment(recursive), rest, { name: "addition-programs", options: checked });
}

/**
 * Sums that have all step inputs that recursive addition can meet: what a frame observes is a column with the carry into
 * it, what is written there, and the next column. A column has two digits, or one behind the end of either number, or
 * none; what is behind an end has nothing more of that number. Each column comes before each that it may come before,
 * with and without a carry into it: 24,640 sums.
 */
export function* additionCoverage(): Generator<Operands> {
  const digits = Array.from({ length: 10 }, (_, digit) => String(digit));
  const first = digits.map((digit) => [digit, ""] as const);
  const second = digits.map((digit) => ["", digit] as const);
  const both = digits.flatMap((a) => digits.map((b) => [a, b] as const));
  const none = [["", ""]] as const;
  const followed = [
    [both, [...both, ...first, ...second, ...none]],
    [first, [...first, ...none]],
    [second, [...second, ...none]],
  ] as const;
  for (const carrying of ["0", "5"]) {
    for (const [columns, next] of followed) {
      for (const [a, b] of columns) {
        for (const [aboveA, aboveB] of next) yield [aboveA + a + carrying, aboveB + b + carrying];
      }
    }
  }
}
