import {
  add,
  affine,
  bitErrors,
  bitMisses,
  clip,
  huber,
  log,
  multiply,
  relu,
  slice,
  subtract,
  sum,
} from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";
import { checkOptions, notNegative, oneOf, positive, rising, whole } from "../../common/options.js";
import { EXTENDED, EXTENDED_STEPS, outputSizeOf, programOutputs, QUESTION_NUMBERS, tableLayout } from "./layout.js";
import { COMPARISONS, extendedOperations } from "./machine.js";
import { encodeQuestion } from "./question.js";
import { drawLengths, expectOrder, longestOf, seedRule } from "../../tasks/lengths.js";
import { sequenceError } from "../../tasks/sequenceError.js";
import { drawQuestion, type TemplateLine } from "./tableTemplates.js";
import type { Answer, Task } from "../../tasks/task.js";

/** What tableTask draws. */
export interface TableTaskOptions {
  /** Columns of numbers of a table. Default: 1. */
  columns?: number;
  /** Columns of text, anywhere among those of numbers. Default: 0. */
  textColumns?: number;
  /** Different texts in a column of text. Default: 5. */
  texts?: number;
  /** Rows of the smallest table. Default: 5. */
  minRows?: number;
  /** Rows of the largest. Default: 15. */
  maxRows?: number;
  /** Entries are from −most to most. Default: 10. */
  most?: number;
  /** Most groups of templates that are drawn from: 1 to 4, in the order of the paper's. Default: 4, all. */
  groups?: number;
  /**
   * The paper's questions, or extended ones, about tables with a column of text: averages, the largest and the smallest,
   * and what is not. Extended ones are learned from their programs; answers alone teach the paper's. Default: "paper".
   */
  templates?: "paper" | "extended";
  /** Whether all templates are as frequent as each other, as in the paper, or all groups. Default: "templates". */
  evenly?: "templates" | "groups";
  /**
   * Two steps of training: up to the first, entries are from −2 most to 2 most, then up to the second from −0.3 most to
   * 0.3 most. A difference is found where what it takes away is more than what is left without it: "count diff sum" where
   * sums are large beside counts, and "sum diff count" where they are small. Answers count a sixtieth up to the first and
   * a thirtieth up to the second, so that a bonus for entropy keeps selections open. Default: [], the whole task at once.
   */
  curriculum?: readonly number[];
  /**
   * "any" are the paper's. "telling" ones come in the order in which two comparisons neither select all rows nor none,
   * so that no shorter program is right half of the time. Default: "any".
   */
  pivots?: "any" | "telling";
  /** δ: an error of a number counts in full up to here, and in proportion beyond. Default: 10. */
  delta?: number;
  /** λ: what printing cells counts beside numbers. Default: 25. */
  printWeight?: number;
  /**
   * What a number of rows counts beside a sum. Counts are small, and so are errors of a program that counts what one of
   * two comparisons selects: smaller than what the other costs of a bonus for entropy. Default: 1.
   */
  countWeight?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** An answer is right to the first decimal place. */
const TOLERANCE = 0.05;
/** Up to each step of the curriculum: how many times as large entries are, and what part an answer counts. */
const STAGES = [
  { scale: 2, part: 60 },
  { scale: 0.3, part: 30 },
] as const;
const WHOLE = { scale: 1, part: 1 } as const;
/** Probabilities are clipped to this before their logarithm. */
const EPSILON = 1e-8;

/** What a target holds: whether the answer is a number, the number, what it or a cell counts, and the cells. */
const TARGET = { isNumber: 0, number: 1, weight: 2, cells: 3 } as const;

/** Default and check of each option; a function, since importing calls nothing. */
export const tableRules = () =>
  ({
    columns: [1, whole(1, { most: 1000 })],
    textColumns: [0, whole(0, { most: 1000 })],
    texts: [5, whole(1)],
    minRows: [5, whole(1)],
    maxRows: [15, whole(1)],
    most: [10, positive()],
    groups: [4, whole(1, { most: 4 })],
    templates: ["paper", oneOf("paper", "extended")],
    evenly: ["templates", oneOf("templates", "groups")],
    curriculum: [[], rising({ most: STAGES.length })],
    pivots: ["any", oneOf("any", "telling")],
    delta: [10, positive()],
    printWeight: [25, notNegative()],
    countWeight: [1, notNegative()],
    seed: seedRule(),
  }) as const;

/**
 * Questions about tables: how much is it all, how many rows are above one number and below another, which are they.
 * Neelakantan, Le & Sutskever 2015, arXiv:1511.04834, section 3.1: templates as `greater 17.27 A and lesser -19.21 D
 * count`; with one column its name is left out. Every question has a table of its own. The groups: aggregate all rows;
 * one comparison; two; the difference of two aggregates. The first three aggregate by `sum`, `count` or `print`. Where
 * there are columns of text, a comparison may also ask for rows that hold a text: `equal "w3" E`.
 *
 * Inputs are as tables/layout says: the question's words, with its numbers beside them, and the table's rows. Outputs
 * are a number, the same at every step, and for each column how much the row's cell is printed. The loss of a number
 * is Huber's, that of printed cells the mean cross-entropy of all cells, `printWeight` times. A sequence's length, and
 * its difficulty, is the number of the table's rows.
 *
 * Extended questions have three more words of what to do, and `not` in front of `equal`: `not equal "w3" E mean A`,
 * `greater 1.5 A maximum B print E`. Outputs of these are also the distributions that the program is chosen from, and
 * the loss is their cross-entropy with the shortest program that answers.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * const task = tableTask({ columns: 5, seed: 1 });
 */
export function tableTask(options: TableTaskOptions = {}): Task<"sequenceError"> {
  const checked = checkOptions("tableTask", options, tableRules());
  const { minRows, maxRows, curriculum, delta, printWeight, countWeight, seed } = checked;
  const columns = checked.columns + checked.textColumns;
  const isExtended = checked.templates === "extended";
  if (isExtended && !checked.textColumns) {
    throw new RangeError('tableTask: textColumns is 0, and must be at least 1 where templates are "extended"');
  }
  const layout = tableLayout(columns, { hasTexts: checked.textColumns > 0, isExtended });
  const programs = outputSizeOf(layout) - 1 - columns;
  expectOrder("tableTask", ["minRows", minRows], ["maxRows", maxRows]);

  return {
    name: "table",
    options: checked,
    inputSize: layout.inputSize,
    outputSize: outputSizeOf(layout),
    targetSize: TARGET.cells + columns + programs,
    seed,
    generate(random, count, batch, { length, difficulty = length, step = Infinity } = {}) {
      const { scale, part } = STAGES[curriculum.findIndex((last) => step <= last)] ?? WHOLE;
      const most = scale * checked.most;
      const lengths = { minLength: minRows, maxLength: maxRows };
      const drawn = drawLengths("tableTask", random, count, lengths, difficulty).map((rows) => {
        const { tokens, table, answer, program } = drawQuestion(random, { ...checked, isExtended, rows, most });
        const counts = tokens.includes("count") && !tokens.includes("diff");
        return {
          steps: encodeQuestion(tokens, table, layout),
          rows,
          answer,
          program,
          weight: (counts ? countWeight : 1) / part,
        };
      });
      batch.reset(longestOf(drawn.map(({ steps }) => steps.length)), count);
      drawn.forEach(({ steps, rows, answer, program, weight }, sequence) => {
        batch.lengths[sequence] = steps.length;
        steps.forEach((step, i) => batch.inputs.set(step, batch.inputAt(i, sequence)));
        if (isExtended) {
          batch.targets.set(programTargets(program, columns), batch.targetAt(0, sequence) + TARGET.cells + columns);
        }
        if (typeof answer === "number") {
          batch.targets.set([1, answer, weight], batch.targetAt(0, sequence));
          batch.expect(0, sequence);
          return;
        }
        for (let row = 0; row < rows; ++row) {
          const at = batch.targetAt(row, sequence);
          batch.targets[at + TARGET.weight] = weight / (rows * columns);
          if (answer.rows[row]) batch.targets[at + TARGET.cells + answer.column] = 1;
          batch.expect(row, sequence);
        }
      });
    },
    loss: (answer) => {
      if (isExtended) return programLoss(answer, columns, programs);
      const { number, isNumber, wanted, printed, cells, isPrinted, weight } = partsOf(answer, columns);
      const clipped = clip(printed, { low: EPSILON, high: 1 });
      const rest = clip(affine(printed, { scale: -1, shift: 1 }), { low: EPSILON, high: 1 });
      const misses = add(multiply(cells, log(clipped)), multiply(affine(cells, { scale: -1, shift: 1 }), log(rest)));
      const nats = sum(sum(multiply(sum(misses), multiply(isPrinted, weight))));
      const numbers = huber(number, wanted, multiply(isNumber, weight), { delta });
      return subtract(numbers, affine(nats, { scale: printWeight }));
    },
    metrics: {
      sequenceError: (answer) => {
        const { number, isNumber, wanted, printed, cells, isPrinted } = partsOf(answer, columns);
        const difference = subtract(number, wanted);
        const magnitude = add(relu(difference), relu(affine(difference, { scale: -1 })));
        const within = affine(magnitude, { scale: -1, shift: TOLERANCE });
        const right = affine(wanted, { scale: 0, shift: 1 });
        const misses = bitMisses(affine(printed, { shift: -0.5 }), cells, isPrinted);
        return add(bitErrors(within, right, isNumber), sequenceError(misses));
      },
    },
  };
}

/**
 * A program as targets: each line's operation and its column one-hot, then the pivot of each comparison; what a program
 * has none of is all 0. Lines in front of it reset.
 */
function programTargets(program: readonly TemplateLine[], columns: number): Float32Array {
  const { operations, comparisons } = EXTENDED;
  const targets = new Float32Array(programOutputs(columns, operations, comparisons));
  const first = EXTENDED_STEPS - program.length;
  const pivots = EXTENDED_STEPS * (operations + columns);
  for (let t = 0; t < EXTENDED_STEPS; ++t) {
    const { operation, column, pivot } = program[t - first] ?? RESET;
    targets[t * operations + extendedOperations.indexOf(operation)] = 1;
    if (column !== undefined) targets[EXTENDED_STEPS * operations + t * columns + column] = 1;
    if (pivot !== undefined) targets[pivots + COMPARISONS.indexOf(operation) * QUESTION_NUMBERS + pivot] = 1;
  }
  return targets;
}

const RESET: TemplateLine = { operation: "reset" };

/** Cross-entropy of programs, summed over their choices. */
function programLoss({ logits, targets, mask }: Answer, columns: number, size: number): Tensor {
  const chosen = slice(logits, { begin: 1 + columns, end: 1 + columns + size });
  const wanted = slice(targets, { begin: TARGET.cells + columns, end: TARGET.cells + columns + size });
  const nats = sum(multiply(log(clip(chosen, { low: EPSILON, high: 1 })), wanted));
  return affine(sum(sum(multiply(nats, mask))), { scale: -1 });
}

interface Parts {
  /** (time, batch, 1): the answer, and what is wanted. */
  readonly number: Tensor;
  readonly wanted: Tensor;
  /** (time, batch, columns): cells printed, and wanted. */
  readonly printed: Tensor;
  readonly cells: Tensor;
  /** (time, batch): what is due, and what it weighs. */
  readonly isNumber: Tensor;
  readonly isPrinted: Tensor;
  readonly weight: Tensor;
}

function partsOf({ logits, targets, mask }: Answer, columns: number): Parts {
  const part = (of: Tensor, begin: number, count = 1): Tensor => slice(of, { begin, end: begin + count });
  const isNumber = multiply(reshape(part(targets, TARGET.isNumber), mask.shape), mask);
  return {
    number: part(logits, 0),
    wanted: part(targets, TARGET.number),
    printed: part(logits, 1, columns),
    cells: part(targets, TARGET.cells, columns),
    isNumber,
    isPrinted: subtract(mask, isNumber),
    weight: reshape(part(targets, TARGET.weight), mask.shape),
  };
}
