import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectRank, expectShape, type Shape } from "../shape.js";
import { product, type Size } from "../size.js";

/**
 * The gate of a diagonal cell: state, gate, candidate (batch, length, maps) → gate · moved(state) + (1 − gate) ·
 * candidate, where a third of the maps, ⌊maps / 3⌋, comes from the position before, the last third from the one behind,
 * and the rest stays. Outside of the state there are zeros.
 */
export const diagonalGate = /* @__PURE__ */ defineOp("diagonalGate", {
  inputs: ["state", "gate", "candidate"],
  shape([{ shape }, gate, candidate]) {
    expectRank("diagonalGate", "state", shape, 3);
    expectShape("diagonalGate", "gate", gate.shape, shape);
    expectShape("diagonalGate", "candidate", candidate.shape, shape);
    return shape;
  },
  forward({ emit }, y, reads) {
    emit(Opcode.diagonalGateForward, { writes: [y], reads, sizes: sizesOf(y.shape) });
  },
  backward({ emit }, { x, dy }, adds) {
    emit(Opcode.diagonalGateBackward, { adds, reads: [dy, ...x], sizes: sizesOf(dy.shape) });
  },
});

/** Maps, length, batch. */
const sizesOf = (shape: Shape): Size[] => shape.toReversed().map((axis) => product([axis]));
