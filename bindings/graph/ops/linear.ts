import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { panelFor } from "../panel.js";
import { expectRank, expectShape, fixedAxis, format, rowsOf, ShapeError } from "../shape.js";

/** An affine map of every row: x (…, inputs), weights (inputs, outputs), bias (outputs) → x W + b (…, outputs). */
export const linear = /* @__PURE__ */ defineOp("linear", {
  inputs: ["x", "weights", "bias"],
  shape([x, weights, bias]) {
    expectRank("linear", "weights", weights.shape, 2);
    const [inputs, outputs] = weights.shape;
    if (x.shape.at(-1) !== inputs) {
      const message = `Cannot multiply ${format(x.shape)} by ${format(weights.shape)}: inner sizes are ${x.shape.at(-1)} and ${inputs}, and must be equal`;
      throw new ShapeError(message, "linear", String(inputs), String(x.shape.at(-1)));
    }
    expectShape("linear", "bias", bias.shape, [outputs!]);
    return [...x.shape.slice(0, -1), outputs!];
  },
  saves: ([x]) => panelFor(rowsOf(x.shape)[0]),
  forward({ emit, saved: [panel] }, y, [x, weights, bias]) {
    const [inputs, outputs] = [fixedAxis("linear", weights.shape, 0), fixedAxis("linear", weights.shape, 1)];
    const [rows] = rowsOf(x.shape);
    if (!panel) {
      emit(Opcode.linearForward, { writes: [y], reads: [x, weights, bias], sizes: [inputs, outputs, rows] });
      return;
    }
    const add = 1;
    emit(Opcode.broadcastForward, { writes: [y], reads: [bias], sizes: [rows, outputs, 1] });
    emit(Opcode.matmulPacked, {
      writes: [panel],
      adds: [y],
      reads: [x, weights],
      sizes: [rows, inputs, outputs, add, rows],
    });
  },
  backward({ emit }, { x: [x, weights], dy }, [dx, dweights, dbias]) {
    const [inputs, outputs] = [fixedAxis("linear", weights.shape, 0), fixedAxis("linear", weights.shape, 1)];
    const [rows] = rowsOf(x.shape);
    const add = 1;
    emit(Opcode.matmulTransposedB, {
      adds: [dx],
      reads: [dy, weights],
      sizes: [rows, outputs, inputs, add, rows],
    });
    emit(Opcode.matmulTransposedA, {
      adds: [dweights],
      reads: [x, dy],
      sizes: [inputs, rows, outputs, add, inputs],
    });
    emit(Opcode.linearBackward, { adds: [dbias], reads: [dy], sizes: [outputs, rows] });
  },
});
