import {
  add,
  broadcast,
  clip,
  columnSums,
  compareCells,
  concat,
  constant,
  divide,
  firstInOrder,
  maximum,
  minimum,
  multiply,
  selectColumn,
  slice,
  subtract,
  sum,
} from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";
import type { Selection } from "../../layers/tablePrograms.js";

/**
 * Operations of extended questions, in the order of the selector's distribution: table 1 of the paper, its text match,
 * and four that are ours. The largest and the smallest are those of Neelakantan et al. 2017, arXiv:1611.08945, table 1.
 */
export const extendedOperations = [
  "sum",
  "count",
  "difference",
  "greater",
  "lesser",
  "and",
  "or",
  "assign",
  "reset",
  "textMatch",
  "mean",
  "maximum",
  "minimum",
  "not",
] as const;

/** Operations of the paper: table 1, and its text match. */
export const tableOperations: readonly TableOperation[] = /* @__PURE__ */ extendedOperations.slice(0, 10);

/** Operations where tables have no columns of text. */
export const numericOperations: readonly TableOperation[] = /* @__PURE__ */ extendedOperations.slice(0, 9);

/** The name of one. */
export type TableOperation = (typeof extendedOperations)[number];

/** Operations with a pivot, in the order of their distributions. */
export const COMPARISONS: readonly TableOperation[] = ["greater", "lesser", "textMatch"];

/**
 * A batch of tables: cells, and 1 for each that is there, (rows, batch, columns); 1 for each row, (rows, batch). Of
 * tables with texts, numbers that stand for them, from 1, and 0 for a cell that holds none, (rows, batch, columns).
 */
export interface Tables {
  readonly cells: Tensor;
  readonly present: Tensor;
  readonly isRow: Tensor;
  readonly texts?: Tensor;
  /** Of extended questions, rows from each column's largest cell, and from its smallest: (rows, batch, 2 columns). */
  readonly orders?: Tensor;
}

/**
 * Numbers that sit in questions, and how much each is the pivot of a comparison; likewise numbers that stand for texts:
 * all (batch, numbers).
 */
export interface Pivots {
  readonly numbers: Tensor;
  readonly greater: Tensor;
  readonly lesser: Tensor;
  readonly texts?: Tensor;
  readonly textMatch?: Tensor;
}

/** What is left behind by a step: (batch), (rows, batch). */
interface Outputs {
  readonly scalar: Tensor;
  readonly rowSelect: Tensor;
}

/** How selections of rows are joined. */
export const joinings = ["product", "minimum"] as const;

/** The name of one. */
export type Joining = (typeof joinings)[number];

/**
 * Runs all operations on a table at every step, weighted by how much each is selected. Outputs of one type merge only
 * with their type: scalars with scalars, selections of rows with selections of rows, cells with cells.
 * Neelakantan, Le & Sutskever 2015, arXiv:1511.04834, section 2.3 and table 1.
 *
 * A comparison is the mean over a question's numbers of whether a cell is above each, and not whether it is above the
 * mean of the numbers: the same where one of them is chosen, and with a gradient for the choice. In the same way "and"
 * is the product of two selections, what it would be in the mean if programs were drawn by their probabilities, and "or"
 * what is left of their sum; the paper's minimum and maximum have a gradient for one of the two alone.
 *
 * A text match is the same with "=": the paper's dot product of a cell's vector with what attention reads from the
 * question, of vectors that are one-hot and not learned, so that it knows texts that it has never seen.
 */
export class TableMachine {
  readonly #joining: Joining;
  readonly #tables: Tables;
  /** (rows, batch, columns): 1 where a cell is above, or below, the pivot. */
  readonly #greater: Tensor;
  readonly #lesser: Tensor;
  /** Likewise 1 where a cell holds the text. */
  readonly #matches: Tensor | undefined;
  /** Latest last. */
  readonly #outputs: Outputs[] = [];
  readonly #rows: Tensor["shape"][number];
  readonly #start: Outputs;

  constructor(
    tables: Tables,
    { numbers, greater, lesser, texts: wanted, textMatch }: Pivots,
    joining: Joining = "product",
  ) {
    this.#joining = joining;
    const { cells, isRow, present, texts } = tables;
    this.#tables = tables;
    this.#rows = cells.shape[0]!;
    this.#greater = compareCells(cells, present, numbers, greater, { relation: "greater" });
    this.#lesser = compareCells(cells, present, numbers, lesser, { relation: "lesser" });
    if (texts && wanted && textMatch) {
      this.#matches = compareCells(texts, clip(texts, { high: 1 }), wanted, textMatch, { relation: "equal" });
    }
    this.#start = { scalar: constant(cells.scope.graph, [cells.shape[1]!], 0), rowSelect: isRow };
  }

  /** What the step `back` steps ago left behind; before the first all rows are selected, and the scalar is 0. */
  #back(back: number): Outputs {
    return this.#outputs.at(-back) ?? this.#start;
  }

  /** (batch) → (rows, batch). */
  #toRows(x: Tensor): Tensor {
    return broadcast(x, { axis: 0, count: this.#rows });
  }

  step({ operation, column }: Selection): void {
    const { cells, isRow, orders } = this.#tables;
    const batch = operation.shape[0] as number;
    const weight = (name: TableOperation): Tensor => {
      const begin = extendedOperations.indexOf(name);
      return reshape(slice(operation, { begin, end: begin + 1 }), [batch]);
    };
    const [last, before] = [this.#back(1), this.#back(2)];
    const rows = last.rowSelect;

    const sumOfColumn = sum(multiply(columnSums(rows, cells), column));
    const count = sum(rows, { axis: 0 });
    const difference = subtract(this.#back(3).scalar, last.scalar);
    const scalar = total([
      multiply(weight("sum"), sumOfColumn),
      multiply(weight("count"), count),
      multiply(weight("difference"), difference),
      ...(orders ? [multiply(weight("mean"), divide(sumOfColumn, clip(count, { low: 1 })))] : []),
    ]);

    const { and, or } = JOINED[this.#joining];
    const both = and(rows, before.rowSelect);
    const any = or(rows, before.rowSelect);
    const selected = (name: TableOperation, of: Tensor): Tensor => multiply(this.#toRows(weight(name)), of);
    const rowSelect = total([
      selected("greater", selectColumn(this.#greater, column)),
      selected("lesser", selectColumn(this.#lesser, column)),
      selected("and", both),
      selected("or", any),
      selected("reset", isRow),
      ...(this.#matches ? [selected("textMatch", selectColumn(this.#matches, column))] : []),
      ...(orders ? [selected("not", subtract(isRow, rows)), this.#extremes(orders, rows, column, weight)] : []),
    ]);
    this.#outputs.push({ scalar, rowSelect });
    this.#assigned = { rows, column, weight: weight("assign") };
  }

  /** Selected rows with the largest and the smallest cell of a column, as much as each operation is selected. */
  #extremes(orders: Tensor, rows: Tensor, column: Tensor, weight: (name: TableOperation) => Tensor): Tensor {
    const count = column.shape[1] as number;
    const each = (name: TableOperation): Tensor => multiply(broadcast(weight(name), { axis: 1, count }), column);
    return selectColumn(firstInOrder(rows, orders), concat([each("maximum"), each("minimum")]));
  }

  /** What the last step would print, which is computed for no other. */
  #assigned: { rows: Tensor; column: Tensor; weight: Tensor } | undefined;

  /** The scalar that the last step left behind: (batch). */
  get scalar(): Tensor {
    return this.#back(1).scalar;
  }

  /** How much each row is selected behind the last step: (rows, batch). */
  get selected(): Tensor {
    return this.#back(1).rowSelect;
  }

  /** The cells that the last step printed: (rows, batch, columns). */
  get lookup(): Tensor {
    const { rows, column, weight } = this.#assigned!;
    const columns = column.shape[1] as number;
    const weights = multiply(broadcast(weight, { axis: 1, count: columns }), column); // (batch, columns)
    return multiply(broadcast(rows, { axis: 2, count: columns }), this.#toRows(weights));
  }
}

const total = (terms: readonly Tensor[]): Tensor => terms.reduce((a, b) => add(a, b));

type Join = (a: Tensor, b: Tensor) => Tensor;

/** "and" and "or" of two selections of rows: of independent events, or the paper's. */
const JOINED: { readonly [J in Joining]: { and: Join; or: Join } } = {
  product: { and: multiply, or: (a, b) => subtract(add(a, b), multiply(a, b)) },
  minimum: { and: minimum, or: maximum },
};
