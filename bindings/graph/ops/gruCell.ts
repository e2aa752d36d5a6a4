import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, fixedAxis, rowsOf } from "../shape.js";

/**
 * Gated recurrent unit: xGates, hGates (…, 3·hidden), h (…, hidden) → next h (…, hidden).
 * The gates are what input and state, each with its matrix and bias, give to the pre-activations, in the order
 * reset, update, new; the reset gate acts on the state's share of `new`, as in cuDNN.
 */
export const gruCell = /* @__PURE__ */ defineOp("gruCell", {
  inputs: ["xGates", "hGates", "h"],
  shape([xGates, hGates, { shape }]) {
    const gates = shape.with(-1, 3 * fixedAxis("gruCell", shape, -1));
    expectShape("gruCell", "xGates", xGates.shape, gates);
    expectShape("gruCell", "hGates", hGates.shape, gates);
    return shape;
  },
  /** The activated gates. */
  saves: ([xGates]) => [xGates.shape],
  forward({ emit, saved }, next, inputs) {
    const [rows, hidden] = rowsOf(next.shape);
    emit(Opcode.gruCellForward, { writes: [next, ...saved], reads: inputs, sizes: [hidden, rows] });
  },
  backward({ emit, saved }, { x: [, hGates, h], dy }, gradients) {
    const [rows, hidden] = rowsOf(dy.shape);
    emit(Opcode.gruCellBackward, { adds: gradients, reads: [dy, ...saved, hGates, h], sizes: [hidden, rows] });
  },
});
