import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectRank, expectShape, type Shape } from "../shape.js";
import { product, type Size } from "../size.js";

/**
 * How well a query fits each annotation, v · tanh(q + k), the additive score of Bahdanau, Cho & Bengio 2015,
 * arXiv:1409.0473: query (batch, width), keys (batch, count, width), vector (width) → (batch, count).
 */
export const additiveScore = /* @__PURE__ */ defineOp("additiveScore", {
  inputs: ["query", "keys", "vector"],
  shape([query, keys, vector]) {
    expectRank("additiveScore", "keys", keys.shape, 3);
    const [batch, count, width] = keys.shape;
    expectShape("additiveScore", "query", query.shape, [batch!, width!]);
    expectShape("additiveScore", "vector", vector.shape, [width!]);
    return [batch!, count!];
  },
  forward({ emit }, y, inputs) {
    emit(Opcode.additiveScoreForward, { writes: [y], reads: inputs, sizes: sizesOf(inputs[1].shape) });
  },
  backward({ emit }, { x, dy }, gradients) {
    emit(Opcode.additiveScoreBackward, { adds: gradients, reads: [dy, ...x], sizes: sizesOf(x[1].shape) });
  },
});

/** Annotations, width, batch. */
const sizesOf = ([batch, count, width]: Shape): Size[] => [product([count!]), product([width!]), product([batch!])];
