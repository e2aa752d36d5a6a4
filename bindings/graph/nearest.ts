/** What the ops have in common that find the nearest rows of a memory, exactly and approximately. */
import { Opcode } from "../../assembly/generated/opcodes.js";
import type { Context } from "./op.js";
import { expectRank, expectShape, fixedAxis, ShapeError, type Shape } from "./shape.js";
import { sparseSizes } from "./sparse.js";
import type { Tensor } from "./tensor.js";

/** Which rows are found. */
export interface NearestRowsOptions {
  /** Rows for each head. */
  readonly count: number;
  /** Guards the cosine against 0/0: the product of the norms plus this divides. Default: 1e-8. */
  readonly epsilon?: number;
}

/** A query, and the memory in which rows are found. */
export interface NearestRowsInputs {
  readonly query: Tensor;
  readonly rows: Tensor;
  readonly norms: Tensor;
  readonly used: Tensor;
  readonly touched: Tensor;
}

/** Shape of the indices, and of the similarities. */
export function foundShape(
  op: string,
  { query, rows, norms, used }: Omit<NearestRowsInputs, "touched">,
  { count }: NearestRowsOptions,
): Shape {
  expectRank(op, "rows", rows.shape, 3);
  expectRank(op, "query", query.shape, 3);
  const [batch, slots, width] = rows.shape;
  const heads = fixedAxis(op, query.shape, 1);
  expectShape(op, "query", query.shape, [batch!, heads, width!]);
  expectShape(op, "norms", norms.shape, [batch!, slots!]);
  expectShape(op, "used", used.shape, [batch!]);
  if (!(Number.isInteger(count) && count >= 1 && count <= fixedAxis(op, rows.shape, 1))) {
    const message = `${op}: count is ${count}, and must be from 1 to the rows there are, ${slots!}`;
    throw new ShapeError(message, op, `1 to ${slots!}`, String(count));
  }
  return [batch!, heads, count];
}

/** Adds to the gradients of the query and of the rows that were found. */
export function nearestRowsBackward(
  op: string,
  emit: Context<unknown>["emit"],
  { query, rows, norms, used, touched }: NearestRowsInputs,
  found: { readonly indices: Tensor; readonly similarities: Tensor; readonly dsimilarities: Tensor },
  gradients: { readonly dquery: Tensor; readonly dtouched: Tensor },
  attributes: NearestRowsOptions,
): void {
  const { indices, similarities, dsimilarities } = found;
  const { heads, count, slots, width, places, batch } = sparseSizes(op, { rows, touched }, indices.shape);
  emit(Opcode.nearestRowsBackward, {
    adds: [gradients.dquery, gradients.dtouched],
    reads: [dsimilarities, query, rows, norms, used, indices, similarities],
    sizes: [heads, count, slots, width, places, batch],
    scalars: scalarsOf(attributes),
  });
}

export const scalarsOf = ({ epsilon = 1e-8 }: NearestRowsOptions): number[] => [epsilon];
