import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOpOfMany } from "../op.js";
import { expectShape, fixedAxis, rowsOf } from "../shape.js";

/**
 * Long short-term memory cell without peepholes: gates (…, 4·hidden), cell (…, hidden) → h, c (…, hidden).
 * The gates are pre-activations in the order input, forget, cell, output.
 */
export const lstmCell = /* @__PURE__ */ defineOpOfMany("lstmCell", {
  inputs: ["gates", "cell"],
  outputs: ["h", "c"],
  shapes([gates, { shape }]) {
    expectShape("lstmCell", "gates", gates.shape, shape.with(-1, 4 * fixedAxis("lstmCell", shape, -1)));
    return [shape, shape];
  },
  /** The activated gates and tanh(c). */
  saves: ([gates, cell]) => [gates.shape, cell.shape],
  forward({ emit, saved }, [h, c], [gates, cell]) {
    const [rows, hidden] = rowsOf(cell.shape);
    emit(Opcode.lstmCellForward, { writes: [h, c, ...saved], reads: [gates, cell], sizes: [hidden, rows] });
  },
  backward({ emit, saved }, { x: [, cell], dy }, gradients) {
    const [rows, hidden] = rowsOf(cell.shape);
    emit(Opcode.lstmCellBackward, { adds: gradients, reads: [...dy, ...saved, cell], sizes: [hidden, rows] });
  },
});
