import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, rowsOf } from "../shape.js";

/** gate·content + (1 − gate)·previous: gate (…), content, previous (…, slots) → (…, slots). */
export const interpolate = /* @__PURE__ */ defineOp("interpolate", {
  inputs: ["gate", "content", "previous"],
  shape([gate, content, previous]) {
    expectShape("interpolate", "previous", previous.shape, content.shape);
    expectShape("interpolate", "gate", gate.shape, content.shape.slice(0, -1));
    return content.shape;
  },
  forward({ emit }, y, inputs) {
    const [rows, slots] = rowsOf(y.shape);
    emit(Opcode.interpolateForward, { writes: [y], reads: inputs, sizes: [slots, rows] });
  },
  backward({ emit }, { x, dy }, gradients) {
    const [rows, slots] = rowsOf(dy.shape);
    emit(Opcode.interpolateBackward, { adds: gradients, reads: [dy, ...x], sizes: [slots, rows] });
  },
});
