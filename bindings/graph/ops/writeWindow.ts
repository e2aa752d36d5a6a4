import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectRank, expectShape, fixedAxis, ShapeError, type Shape } from "../shape.js";
import { product, type Size } from "../size.js";
import { expectOdd } from "../window.js";

/**
 * A tape whose cells around a head are replaced: tape (batch, cells, width), position (batch), values (batch, size, width)
 * → the new tape. `readWindow` says where. A position of NaN replaces nothing. Positions have no gradient.
 */
export const writeWindow = /* @__PURE__ */ defineOp("writeWindow", {
  inputs: ["tape", "position", "values"],
  shape([tape, position, values]): Shape {
    expectRank("writeWindow", "tape", tape.shape, 3);
    expectRank("writeWindow", "values", values.shape, 3);
    const [batch, , width] = tape.shape;
    const [cells, size] = [fixedAxis("writeWindow", tape.shape, 1), fixedAxis("writeWindow", values.shape, 1)];
    expectShape("writeWindow", "position", position.shape, [batch!]);
    expectShape("writeWindow", "values", values.shape, [batch!, expectOdd("writeWindow", size), width!]);
    if (size <= cells) return tape.shape;
    const message = `writeWindow: the window has ${size} cells, and must have at most as many as the tape, ${cells}`;
    throw new ShapeError(message, "writeWindow", String(cells), String(size));
  },
  forward({ emit }, next, inputs) {
    emit(Opcode.writeWindowForward, { writes: [next], reads: inputs, sizes: sizesOf(next.shape, inputs[2].shape) });
  },
  backward({ emit }, { x: [, position], dy }, [dtape, , dvalues]) {
    const sizes = sizesOf(dtape.shape, dvalues.shape);
    emit(Opcode.writeWindowBackward, { adds: [dtape, dvalues], reads: [dy, position], sizes });
  },
});

/** Cells, cells of the window, width, rows. */
const sizesOf = ([rows, cells, width]: Shape, [, size]: Shape): Size[] =>
  [cells!, size!, width!, rows!].map((length) => product([length]));
