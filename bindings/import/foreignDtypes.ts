import { savedDtypes, type Dtypes } from "../checkpoint/dtypes.js";

/** Types of other people's files, widened to single precision, or rounded to it. A function, since importing calls nothing. */
export const foreignDtypes = (): Dtypes => ({
  ...savedDtypes,
  // The upper half of single precision's bits.
  BF16: [2, (buffer) => new Float32Array(Uint32Array.from(new Uint16Array(buffer), (bits) => bits << 16).buffer)],
  F64: [8, (buffer) => Float32Array.from(new Float64Array(buffer))],
});
