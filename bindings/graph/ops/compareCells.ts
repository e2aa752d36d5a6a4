import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectRank, expectShape, type Shape } from "../shape.js";
import { product, type Size } from "../size.js";

/** How a cell and a number are to be related. */
export const relations = ["greater", "lesser", "atLeast", "atMost", "equal"] as const;

/** The name of one. */
export type Relation = (typeof relations)[number];

/** Comparison of cells with numbers. */
export interface CompareCellsOptions {
  readonly relation: Relation;
}

/**
 * How much each cell is beyond the numbers of its question, these weighted: cells, present (rows, batch, columns),
 * numbers, weights (batch, numbers) → (rows, batch, columns). Where present is 0, so is the result. Weights alone have a
 * gradient.
 */
export const compareCells = /* @__PURE__ */ defineOp("compareCells", {
  inputs: ["cells", "present", "numbers", "weights"],
  shape([cells, present, numbers, weights], _: CompareCellsOptions) {
    expectRank("compareCells", "cells", cells.shape, 3);
    expectRank("compareCells", "numbers", numbers.shape, 2);
    expectShape("compareCells", "present", present.shape, cells.shape);
    expectShape("compareCells", "numbers", numbers.shape, [cells.shape[1]!, numbers.shape[1]!]);
    expectShape("compareCells", "weights", weights.shape, numbers.shape);
    return cells.shape;
  },
  forward({ emit, attributes: { relation } }, y, inputs) {
    const sizes = sizesOf(inputs[0].shape, inputs[2].shape, relation);
    emit(Opcode.compareCellsForward, { writes: [y], reads: inputs, sizes });
  },
  backward({ emit, attributes: { relation } }, { x: [cells, present, numbers], dy }, [, , , dweights]) {
    emit(Opcode.compareCellsBackward, {
      adds: [dweights],
      reads: [dy, cells, present, numbers],
      sizes: sizesOf(cells.shape, numbers.shape, relation),
    });
  },
});

/** Columns, numbers, batch, rows, and the relation's number. */
const sizesOf = ([rows, batch, columns]: Shape, [, numbers]: Shape, relation: Relation): Size[] => [
  ...[columns, numbers, batch, rows].map((axis) => product([axis!])),
  relations.indexOf(relation),
];
