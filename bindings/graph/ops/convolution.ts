import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, fixedAxis, format, ShapeError, sizeOf, type Shape } from "../shape.js";
import { product, type Size } from "../size.js";

/**
 * Convolution that keeps the lengths, with zeros outside: over one axis, x (batch, length, inputs), kernel (taps,
 * inputs, outputs), or over two, x (batch, width, length, inputs), kernel (widthTaps, lengthTaps, inputs, outputs);
 * bias (outputs) → (…, outputs). Taps are odd, to be centred on a position.
 */
export const convolution = /* @__PURE__ */ defineOp("convolution", {
  inputs: ["x", "kernel", "bias"],
  shape([x, kernel, bias]) {
    const axes = kernel.shape.length;
    if ((axes !== 3 && axes !== 4) || x.shape.length !== axes) {
      const wanted = "3 axes each for one dimension, or 4 each for two";
      const given = `x is ${format(x.shape)} and kernel ${format(kernel.shape)}`;
      throw new ShapeError(`convolution: ${given}, and must have ${wanted}`, "convolution", wanted, given);
    }
    for (let axis = 0; axis < axes - 2; ++axis) {
      const taps = fixedAxis("convolution", kernel.shape, axis);
      if (taps % 2 === 1) continue;
      const message = `convolution: kernel is ${format(kernel.shape)}, and its axis ${axis} must be odd, to be centred`;
      throw new ShapeError(message, "convolution", "an odd number of taps", String(taps));
    }
    const inputs = fixedAxis("convolution", kernel.shape, -2);
    const outputs = fixedAxis("convolution", kernel.shape, -1);
    expectShape("convolution", "x", x.shape, x.shape.with(-1, inputs));
    expectShape("convolution", "bias", bias.shape, [outputs]);
    return x.shape.with(-1, outputs);
  },
  forward({ emit }, y, [x, kernel, bias]) {
    const outputs = kernel.shape.at(-1)!;
    emit(Opcode.broadcastForward, {
      writes: [y],
      reads: [bias],
      sizes: [sizeOf(y.shape.slice(0, -1)), product([outputs]), 1],
    });
    emit(Opcode.convolutionForward, { adds: [y], reads: [x, kernel], sizes: sizesOf(x.shape, kernel.shape) });
  },
  backward({ emit }, { x: [x, kernel], dy }, [dx, dkernel, dbias]) {
    const sizes = sizesOf(x.shape, kernel.shape);
    emit(Opcode.convolutionBackward, { adds: [dx, dkernel], reads: [dy, x, kernel], sizes });
    const rows = sizeOf(dy.shape.slice(0, -1));
    emit(Opcode.linearBackward, { adds: [dbias], reads: [dy], sizes: [product([kernel.shape.at(-1)!]), rows] });
  },
});

/** Width, length, inputs, outputs, taps of width and of length, batch. */
function sizesOf(x: Shape, kernel: Shape): Size[] {
  const [batch, width, length] = x.length === 3 ? [x[0]!, 1, x[1]!] : [x[0]!, x[1]!, x[2]!];
  const [widthTaps, lengthTaps] = kernel.length === 3 ? [1, kernel[0]!] : [kernel[0]!, kernel[1]!];
  const [inputs, outputs] = kernel.slice(-2);
  return [width, length, inputs!, outputs!, widthTaps, lengthTaps, batch].map((size) => product([size]));
}
