/**
 * Sizes and ranges at which every op is checked; benches take theirs from the models. A case's shapes are those of the
 * op's inputs. Sizes sit where kernels break: one lane, a tail of each length, one vector, several.
 */
import type * as ops from "../bindings/graph/ops/index.js";
import type { Random } from "../bindings/random/philox.js";
import type { NDArray } from "./support/array.js";

export type OpName = keyof typeof ops;

export interface Case {
  readonly shapes: readonly (readonly number[])[];
  readonly attributes?: unknown;
  /** Inputs are uniform in [low, high) … */
  readonly low?: number;
  readonly high?: number;
  /** … unless a generator makes them. */
  readonly inputs?: (random: Random) => NDArray[];
  /** Inputs that have no gradient, such as masks and indices. */
  readonly constant?: readonly number[];
  readonly rtol?: number;
  readonly atol?: number;
}

const widths = [1, 2, 3, 4, 5, 7, 8, 16, 17, 67];
/** One input, of each width that matters. */
const rows = (count: number): Case[] => widths.map((width) => ({ shapes: [[count, width]] }));

export const cases: { [Name in OpName]: readonly Case[] } = {
  identity: rows(3),
  softmax: [...rows(1), ...rows(5), { shapes: [[3, 17]], low: -60, high: 60 }],
};
