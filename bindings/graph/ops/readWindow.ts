import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectRank, expectShape, type Shape } from "../shape.js";
import { product, type Size } from "../size.js";
import { expectOdd } from "../window.js";

/** How much of a tape is read. */
export interface WindowOptions {
  /** Cells of the window, an odd number. Default: 1, the cell under the head alone. */
  size?: number;
}

/**
 * The cells around a head: tape (batch, cells, width), position (batch) → y (batch, size, width), from the cell
 * (size − 1)/2 in front of the head to that behind it. Positions are whole numbers, held as numbers, and count modulo
 * cells, since the ends of a tape are joined. NaN reads zeros, and passes no gradient. Positions have no gradient.
 */
export const readWindow = /* @__PURE__ */ defineOp("readWindow", {
  inputs: ["tape", "position"],
  shape([tape, position], { size = 1 }: WindowOptions = {}): Shape {
    expectRank("readWindow", "tape", tape.shape, 3);
    const [batch, , width] = tape.shape;
    expectShape("readWindow", "position", position.shape, [batch!]);
    return [batch!, expectOdd("readWindow", size), width!];
  },
  forward({ emit }, y, [tape, position]) {
    emit(Opcode.readWindowForward, { writes: [y], reads: [tape, position], sizes: sizesOf(tape.shape, y.shape) });
  },
  backward({ emit }, { x: [, position], dy }, [dtape]) {
    emit(Opcode.readWindowBackward, { adds: [dtape], reads: [dy, position], sizes: sizesOf(dtape.shape, dy.shape) });
  },
});

/** Cells, cells of the window, width, rows. */
const sizesOf = ([rows, cells, width]: Shape, [, size]: Shape): Size[] =>
  [cells!, size!, width!, rows!].map((length) => product([length]));
