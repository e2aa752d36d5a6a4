import type { Check } from "../../common/options.js";

/** Leaves of a full binary tree. */
export const powerOfTwo: Check<number> = (value) =>
  typeof value === "number" &&
  value >= 2 &&
  value <= 0x1000_0000 &&
  (value & (value - 1)) === 0 &&
  Number.isInteger(value)
    ? undefined
    : "a power of two from 2 up";
