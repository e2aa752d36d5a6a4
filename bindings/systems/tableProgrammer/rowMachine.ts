import type { Relation } from "../../graph/ops/compareCells.js";
import {
  add,
  broadcast,
  compareCells,
  concat,
  firstInOrder,
  matmul,
  multiply,
  selectColumn,
  shiftRows,
  slice,
  sum,
} from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";
import type { Selection } from "../../layers/tablePrograms.js";

/**
 * What a step can do, in the order of the selector's distribution: table 1 of the paper. Those stand together that are
 * computed together.
 */
export const rowOperations = [
  "count",
  "print",
  "previous",
  "next",
  "reset",
  "first",
  "last",
  "max",
  "min",
  "mostFrequent",
  "greater",
  "lesser",
  "atLeast",
  "atMost",
  "select",
] as const;

/** Those that compare with a number, in the order above. */
const comparisons = ["greater", "lesser", "atLeast", "atMost"] as const satisfies readonly (RowOperation & Relation)[];

/** The name of one. */
export type RowOperation = (typeof rowOperations)[number];

/** A batch of tables. What is not there, a row, a column or a cell's number, is 0 in all. */
export interface RowTables {
  /** Numbers of cells, and 1 for each that is there: (rows, batch, columns). */
  readonly cells: Tensor;
  readonly present: Tensor;
  /** 1 for each cell that the question speaks of, and that is the most frequent of its column: (rows, batch, columns). */
  readonly matches: Tensor;
  readonly frequent: Tensor;
  /** Numbers of rows: from the first, from the last, for each column from the highest, and from the lowest: (rows, batch, 2 + 2 columns). */
  readonly orders: Tensor;
  /** (rows, batch) */
  readonly isRow: Tensor;
}

/** Numbers of questions (batch, numbers), and how much each is the pivot of each comparison: four of (batch, numbers). */
export interface RowPivots {
  readonly numbers: Tensor;
  readonly weights: readonly Tensor[];
}

/**
 * Runs all operations on a table at every step, weighted by how much each is selected. Neelakantan, Le, Abadi, McCallum
 * & Amodei 2017, arXiv:1611.08945, section 2.2 and table 1. Every operation but the first two makes a selection of rows,
 * out of that of the step before it or of the whole table.
 */
export class RowMachine {
  readonly #tables: RowTables;
  /** What operations say of a cell whatever has been selected: mostFrequent, four comparisons, select. */
  readonly #always: Tensor;
  #selected: Tensor;
  /** The selection that the last step was given, and what it was to do. */
  #before: { readonly selected: Tensor; readonly selection: Selection } | undefined;

  constructor(tables: RowTables, { numbers, weights }: RowPivots) {
    const { cells, present, frequent, matches, isRow } = tables;
    this.#tables = tables;
    this.#selected = isRow; // row_select₀ is 1 everywhere
    const compared = comparisons.map((relation, i) => compareCells(cells, present, numbers, weights[i]!, { relation }));
    this.#always = concat([frequent, ...compared, matches]);
  }

  step(selection: Selection): void {
    const { orders, isRow } = this.#tables;
    const { operation, column } = selection;
    const before = this.#selected;
    const [rows, batch] = before.shape as [Tensor["shape"][number], number];
    const one = (x: Tensor): Tensor => reshape(x, [rows, batch, 1]);
    const part = (first: RowOperation, last: RowOperation): Tensor =>
      slice(operation, { begin: rowOperations.indexOf(first), end: rowOperations.indexOf(last) + 1 });

    // Each operation on each column: a_o · b_c.
    const each = (first: RowOperation, last: RowOperation): Tensor => {
      const weights = part(first, last);
      const count = weights.shape[1] as number;
      const columns = column.shape[1] as number;
      return reshape(matmul(reshape(weights, [batch, count, 1]), reshape(column, [batch, 1, columns])), [
        batch,
        count * columns,
      ]);
    };
    const around = concat([one(shiftRows(before, { by: -1 })), one(shiftRows(before, { by: 1 })), one(isRow)]);
    const terms = [
      selectColumn(around, part("previous", "reset")),
      selectColumn(firstInOrder(before, orders), concat([part("first", "last"), each("max", "min")])),
      selectColumn(this.#always, each("mostFrequent", "select")),
    ];
    this.#selected = multiply(
      terms.reduce((a, b) => add(a, b)),
      isRow,
    );
    this.#before = { selected: before, selection };
  }

  #last(name: RowOperation): { selected: Tensor; column: Tensor; weight: Tensor } {
    const { selected, selection } = this.#before!;
    const begin = rowOperations.indexOf(name);
    const weight = slice(selection.operation, { begin, end: begin + 1 }); // (batch, 1)
    return { selected, column: selection.column, weight };
  }

  /** How much each row is selected: (rows, batch). */
  get selected(): Tensor {
    return this.#selected;
  }

  /** What the last step counted: (batch). */
  get scalar(): Tensor {
    const { selected, weight } = this.#last("count");
    return multiply(reshape(weight, [selected.shape[1]!]), sum(selected, { axis: 0 }));
  }

  /** The cells that the last step printed: (rows, batch, columns). */
  get lookup(): Tensor {
    const { selected, column, weight } = this.#last("print");
    const columns = column.shape[1] as number;
    const weights = multiply(reshape(broadcast(weight, { axis: 1, count: columns }), column.shape), column);
    return multiply(
      broadcast(selected, { axis: 2, count: columns }),
      broadcast(weights, { count: selected.shape[0]! }),
    );
  }
}
